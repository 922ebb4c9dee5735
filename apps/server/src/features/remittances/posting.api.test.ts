import type { RemittanceClaimToWrite } from '@keepwell/x12'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { billable, closeOctober, instantPayer, sendAll } from '../../../test/support/claims.ts'
import { type Payment, paymentFile } from '../../../test/support/payment.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import type { Tx } from '../../db/database.ts'
import { Problem } from '../../kernel/problem.ts'
import { systemOf } from '../claims/index.ts'
import { type IntakeResult, takeIn } from './intake.ts'
import { checkMoney } from './remittances.checks.ts'

interface SentClaim {
  control: string
  lines: { code: string; chargeCents: number; lineControl: string; serviceOn: string }[]
}

/** What the payer decides on each claim: the adjustments of its lines, as many lists as it has lines at most. */
type Decided = RemittanceClaimToWrite['lines'][number]['adjustments'][]

const claimCount = 3
let story: Story
let claims: SentClaim[]

beforeAll(async () => {
  story = await openStory()
  for (let number = 0; number < claimCount; number++) await billable(story, '10')
  await closeOctober(story)
  await sendAll(story, instantPayer(story))
  claims = await story.look(async (tx) => {
    const rows = await tx.db
      .selectFrom('claim_lines')
      .innerJoin('claims', 'claims.id', 'claim_lines.claim_id')
      .select(['claims.control_number', 'code', 'claim_lines.charge_cents', 'line_control', 'claim_lines.service_on'])
      .where('claims.tenant_id', '=', tx.tenantId)
      .orderBy('claims.control_number')
      .orderBy('number')
      .execute()
    return [...Map.groupBy(rows, (row) => row.control_number)].map(([control, lines]) => ({
      control,
      lines: lines.map((line) => ({
        code: line.code,
        chargeCents: line.charge_cents,
        lineControl: line.line_control,
        serviceOn: line.service_on,
      })),
    }))
  })
  expect(claims).toHaveLength(claimCount)
})
afterAll(() => story.close())

const adjustment = fc.record({
  group: fc.constantFrom('CO' as const, 'PR' as const, 'OA' as const, 'PI' as const),
  code: fc.constantFrom('45', '253', '1', '2', '119', '97', '23', '18'),
  amountCents: fc.integer({ min: -2_000, max: 20_000 }).filter((cents) => cents !== 0),
})
const decided: fc.Arbitrary<Decided> = fc.array(fc.array(adjustment, { maxLength: 3 }), { minLength: 1, maxLength: 3 })
const decisions = fc.array(decided, { minLength: claimCount, maxLength: claimCount })
const plb = fc.array(
  fc.record({
    providerId: fc.constant('1972534865'),
    fiscalYearEnd: fc.constant('2026-12-31'),
    code: fc.constantFrom('WO', 'FB', 'L6', '72'),
    reference: fc.stringMatching(/^[1-9][0-9]{4,11}$/),
    amountCents: fc.integer({ min: -50_000, max: 50_000 }).filter((cents) => cents !== 0),
  }),
  { maxLength: 2 },
)

/** The decision on one of our claims that balances on every line; `number` is the payer's own. */
function decision(claim: SentClaim | undefined, how: Decided | undefined, number: string): RemittanceClaimToWrite {
  if (claim === undefined) throw new Error('There is no such claim.')
  const lines = claim.lines.map(({ code, chargeCents, lineControl, serviceOn }, index) => {
    const adjustments = (how?.[index] ?? []).toSorted((left, right) => left.group.localeCompare(right.group))
    const paidCents = chargeCents - adjustments.reduce((sum, { amountCents }) => sum + amountCents, 0)
    return { code, chargeCents, paidCents, unitsPaid: 1, serviceOn, lineControl, adjustments }
  })
  return {
    claimControl: claim.control,
    status: '1',
    chargeCents: lines.reduce((sum, line) => sum + line.chargeCents, 0),
    paidCents: lines.reduce((sum, line) => sum + line.paidCents, 0),
    filingCode: 'MB',
    payerClaimNumber: number,
    patient: { family: 'DIAZ', given: 'ELENA', memberId: 'NOBODY' },
    lines,
  }
}

/** The same decision taken back: every amount with its sign changed. */
function takenBack(one: RemittanceClaimToWrite): RemittanceClaimToWrite {
  const turned = (cents: number): number => (cents === 0 ? 0 : -cents)
  return {
    ...one,
    status: '22',
    chargeCents: turned(one.chargeCents),
    paidCents: turned(one.paidCents),
    lines: one.lines.map((line) => ({
      ...line,
      chargeCents: turned(line.chargeCents),
      paidCents: turned(line.paidCents),
      adjustments: line.adjustments.map((part) => ({ ...part, amountCents: turned(part.amountCents) })),
    })),
  }
}

class Undone extends Error {}

/** Does work on the story as it stands after its claims were sent, and leaves nothing of it behind. */
async function tried<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let answer: T | undefined
  await story
    .look(async (tx) => {
      answer = await work(tx)
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  return answer as T
}

async function take(tx: Tx, text: string): Promise<IntakeResult> {
  const actor = await systemOf(tx, story.clinicId)
  const ctx = { tx, actor, now: story.clock.now(), today: '2026-11-10', clinicId: story.clinicId }
  return takeIn(ctx, { name: 'payment.835', text })
}

async function moneyIsWhole(tx: Tx): Promise<void> {
  const wrong = []
  for await (const one of checkMoney(tx)) wrong.push(one)
  expect(wrong).toEqual([])
}

async function postAll(tx: Tx, payments: Payment[]): Promise<void> {
  for (const payment of payments) {
    const { file, unknownClaims } = await take(tx, paymentFile(payment))
    expect([file.outcome, unknownClaims]).toEqual(['posted', []])
  }
  await moneyIsWhole(tx)
}

/** What is booked on each claim and line in each account, and what belongs to no claim; accounts that come to 0 left out. */
async function money(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('postings')
    .innerJoin('journal_entries', 'journal_entries.id', 'postings.entry_id')
    .select(['claim_id', 'claim_line_id', 'account', (row) => row.fn.sum<number>('amount_cents').as('cents')])
    .where('postings.tenant_id', '=', tx.tenantId)
    .groupBy(['claim_id', 'claim_line_id', 'account'])
    .execute()
  return rows
    .filter(({ cents }) => Number(cents) !== 0)
    .map((row) => `${row.claim_id} ${row.claim_line_id} ${row.account} ${Number(row.cents)}`)
    .sort()
}

/** The same, with where each claim stands. */
async function standing(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('claims').select(['id', 'status']).where('tenant_id', '=', tx.tenantId).execute()
  return [...(await money(tx)), ...rows.map(({ id, status }) => `${id} ${status}`).sort()]
}

const runs = { numRuns: 15 }

describe('PROP-22: posting keeps the money whole', () => {
  test('any remittance that balances posts its BPR02 as cash, and taken back it leaves the ledger as it was', async () => {
    await fc.assert(
      fc.asyncProperty(decisions, plb, async (how, adjustments) => {
        await tried(async (tx) => {
          const before = await money(tx)
          const paid = claims.map((claim, index) => decision(claim, how[index], `N${index}`))
          await postAll(tx, [{ trace: 'PAY1', claims: paid, plb: adjustments }])
          const back = adjustments.map((one) => ({ ...one, amountCents: -one.amountCents }))
          const first = await money(tx)
          expect(first).not.toEqual(before)
          await postAll(tx, [{ trace: 'BACK1', claims: paid.map(takenBack), plb: back }])
          const onClaims = (lines: string[]) => lines.filter((line) => !line.startsWith('null '))
          expect(onClaims(await money(tx))).toEqual(onClaims(before))
        })
      }),
      runs,
    )
  })
})

describe('PROP-23: a payment counts once, in whatever order payments come', () => {
  test('posted twice, also in another envelope, it is posted once', async () => {
    await fc.assert(
      fc.asyncProperty(decisions, plb, async (how, adjustments) => {
        await tried(async (tx) => {
          const payment = {
            trace: 'PAY1',
            claims: claims.map((claim, index) => decision(claim, how[index], `N${index}`)),
            plb: adjustments,
          }
          await postAll(tx, [payment])
          const once = await standing(tx)
          const copy = paymentFile(payment).replaceAll('000000077', '000000078')
          for (const text of [paymentFile(payment), copy])
            expect(await take(tx, text)).toMatchObject({ alreadyKnown: true, claimsChanged: 0 })
          expect(await standing(tx)).toEqual(once)
        })
      }),
      runs,
    )
  })

  test('payments of different claims leave the same in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        decisions,
        fc.shuffledSubarray([0, 1, 2], { minLength: claimCount, maxLength: claimCount }),
        async (how, order) => {
          const payments = claims.map((claim, index) => ({
            trace: `PAY${index}`,
            claims: [decision(claim, how[index], `N${index}`)],
          }))
          const inOrder = await tried(async (tx) => {
            await postAll(tx, payments)
            return standing(tx)
          })
          const shuffled = await tried(async (tx) => {
            await postAll(
              tx,
              order.flatMap((index) => payments[index] ?? []),
            )
            return standing(tx)
          })
          expect(shuffled).toEqual(inOrder)
        },
      ),
      runs,
    )
  })
})

test('PROP-24: a decision, its reversal and the correction leave what the correction alone leaves', async () => {
  await fc.assert(
    fc.asyncProperty(decided, decided, fc.boolean(), async (wrong, right, together) => {
      const first = decision(claims[0], wrong, 'N1')
      const correction = decision(claims[0], right, 'N2')
      const corrected = await tried(async (tx) => {
        await postAll(tx, [{ trace: 'PAY1', claims: [first] }])
        await postAll(
          tx,
          together
            ? [{ trace: 'PAY2', claims: [takenBack(first), correction] }]
            : [
                { trace: 'PAY2', claims: [takenBack(first)] },
                { trace: 'PAY3', claims: [correction] },
              ],
        )
        return standing(tx)
      })
      const alone = await tried(async (tx) => {
        await postAll(tx, [{ trace: 'PAY3', claims: [correction] }])
        return standing(tx)
      })
      const ofClaims = (lines: string[]) => lines.filter((line) => !line.startsWith('null '))
      expect(ofClaims(corrected)).toEqual(ofClaims(alone))
    }),
    runs,
  )
})

test('PROP-25: a file that lost or changed any stretch of text is refused, held, or posted whole; never in part', async () => {
  const outcomes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      decisions,
      plb,
      fc.nat(),
      fc.integer({ min: 1, max: 80 }),
      fc.boolean(),
      async (how, adjustments, place, length, flips) => {
        const paid = claims.map((claim, index) => decision(claim, how[index], `N${index}`))
        const text = paymentFile({ trace: 'PAY1', claims: paid, plb: adjustments })
        const at = place % text.length
        const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << (length % 7)))
        const broken = text.slice(0, at) + (flips ? changed + text.slice(at + 1) : text.slice(at + length))
        await tried(async (tx) => {
          const before = await standing(tx)
          const outcome = await take(tx, broken).then(
            ({ file }) => file.outcome,
            (error: unknown) => {
              if (error instanceof Problem) return 'refused'
              throw error
            },
          )
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
          if (outcome !== 'posted') expect(await standing(tx)).toEqual(before)
          await moneyIsWhole(tx)
        })
      },
    ),
    { numRuns: 60 },
  )
  // Most places hurt: a test in which all were posted, or none, would show nothing.
  expect(outcomes.get('held') ?? 0).toBeGreaterThan(10)
  expect(outcomes.get('posted') ?? 0).toBeGreaterThan(0)
}, 60_000)
