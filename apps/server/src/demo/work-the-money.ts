import { contract, type Denial } from '@keepwell/contract'
import { addDays } from '@keepwell/rules'
import type { Stage } from './deeds.ts'

/** Lena goes through the bank statement and her denials when they are so many days old; what is newer waits for its day. */
const daysUntilWorked = 20

/**
 * What the biller does between two months: every payment of before is tied to the bank, every denial of before is talked
 * over, answered and closed, and the payer is asked about what waits too long.
 */
export async function workTheMoney(stage: Stage, today: string): Promise<void> {
  const before = addDays(today, -daysUntilWorked)
  await tieToTheBank(stage, before)
  await workDenials(stage, before)
  await askAboutStaleClaims(stage)
}

async function tieToTheBank({ app, actors }: Stage, before: string): Promise<void> {
  const { items } = await app.act(contract.remittances.list, actors.lena, {
    query: { deposit: 'missing', limit: 200 },
  })
  for (const { id, paidOn, amountCents, trace } of items.filter((payment) => payment.paidOn < before)) {
    await app.act(contract.remittances.deposit, actors.lena, {
      params: { id },
      body: { bankCents: amountCents, receivedOn: addDays(paidOn, 1), reference: `CCD ${trace}` },
    })
  }
}

interface Told {
  kind: 'payer_contact' | 'appealed' | 'reopening_asked'
  sentence: string
  ended: string
}

/** What Lena did about a denial and how it ended, by what the payer had said. */
function toldOf({ kind, adjustment }: Denial): Told {
  if (kind === 'underpaid')
    return {
      kind: 'reopening_asked',
      sentence: 'Asked for a clerical reopening with the fee schedule of the locality.',
      ended: 'The contractor keeps to its price; the difference is written off.',
    }
  if (kind === 'overpaid')
    return {
      kind: 'payer_contact',
      sentence: 'The contractor takes the difference back from the next payment.',
      ended: 'Taken back by the payer with the next payment.',
    }
  switch (adjustment?.code) {
    case '119':
      return {
        kind: 'payer_contact',
        sentence: 'Another practice was paid for the month; it holds the older consent.',
        ended:
          'The month belongs to the other practice; written off. The patient was asked which practice is to go on.',
      }
    case '97':
      return {
        kind: 'appealed',
        sentence: 'Redetermination asked for with the record of the month.',
        ended: 'The denial was upheld on redetermination; written off.',
      }
    case '22':
      return {
        kind: 'payer_contact',
        sentence: "The employer plan pays first by the contractor's file.",
        ended: 'The first insurer is billed by the practice management system.',
      }
    default:
      return {
        kind: 'payer_contact',
        sentence: 'Talked it over with the contractor.',
        ended: 'The decision stands; written off.',
      }
  }
}

async function workDenials({ app, actors, clock }: Stage, before: string): Promise<void> {
  const lena = actors.lena
  const { items } = await app.act(contract.denials.list, lena, { query: { state: 'open', limit: 200 } })
  for (const denial of items.filter(({ openedAt }) => openedAt.slice(0, 10) < before)) {
    const params = { id: denial.id }
    const { kind, sentence, ended } = toldOf(denial)
    await app.act(contract.denials.assign, lena, { params, body: { ownerId: lena.id ?? '', dueOn: null } })
    clock.advanceSeconds(300)
    await app.act(contract.denials.record, lena, {
      params,
      body: { kind, sentence, reference: `CALL ${denial.claim.controlNumber.slice(-4)}`, dueOn: null },
    })
    clock.advanceSeconds(120)
    await app.act(contract.denials.resolve, lena, { params, body: { resolution: ended } })
  }
}

async function askAboutStaleClaims({ app, actors }: Stage): Promise<void> {
  const { askableCount, staleDays } = await app.act(contract.inquiries.waiting, actors.lena, { query: { stale: true } })
  if (askableCount > 0) await app.act(contract.inquiries.ask, actors.lena, { body: { olderThanDays: staleDays } })
}
