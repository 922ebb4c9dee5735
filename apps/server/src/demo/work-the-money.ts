import { contract, type Denial } from '@keepwell/contract'
import { addDays } from '@keepwell/rules'
import type { Stage } from './deeds.ts'

/** A Medigap insurer to which Medicare does not pass its decisions on, as the clearinghouse lists it. */
const medigap = { payerName: 'Hudson Mutual Medigap', payerId: '71412', filingCode: 'CI' as const }

/** Lena goes through the bank statement and her denials when they are so many days old; what is newer waits for its day. */
const daysUntilWorked = 20

/**
 * What the biller does between two months: every payment of before is tied to the bank, every denial of before is talked
 * over, answered and closed, the payer is asked about what waits too long, and the supplement of a patient is billed.
 */
export async function workTheMoney(stage: Stage, today: string): Promise<void> {
  const before = addDays(today, -daysUntilWorked)
  await tieToTheBank(stage, before)
  await workDenials(stage, before)
  await askAboutStaleClaims(stage)
  await billSupplements(stage, before)
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

/** Two patients show their Medigap cards. Lena bills the one for every month; of the other the payer id is not known yet. */
async function billSupplements(stage: Stage, before: string): Promise<void> {
  const { app, actors, supplemented } = stage
  const lena = actors.lena
  if (supplemented.length === 0) supplemented.push(...(await writeDownCards(stage, before)))
  const { items } = await app.act(contract.supplements.list, lena, { query: { limit: 200 } })
  const due = items.filter((one) => one.claim.patient.id === supplemented[0] && one.decidedOn < before)
  for (const { claim, supplement, whyNot } of due) {
    if (whyNot !== null) continue
    const body = { coverageId: supplement.coverageId }
    await app.act(contract.supplements.bill, lena, { params: { id: claim.id }, body })
  }
  const { otherPayers, payer } = await app.act(contract.claims.preview, lena, { body: {} })
  if ([payer, ...otherPayers].some(({ payerId }) => payerId === medigap.payerId))
    await app.act(contract.claims.batch, lena, { body: { payerId: medigap.payerId } })
}

/** The cards of the first two patients to whom Medicare left a share and who have no second insurance on file; answers who. */
async function writeDownCards({ app, actors }: Stage, before: string): Promise<string[]> {
  const lena = actors.lena
  const { items } = await app.act(contract.claims.list, lena, { query: { status: 'paid', limit: 200 } })
  const patients: string[] = []
  for (const claim of items.filter(({ qmb, serviceOn }) => !qmb && serviceOn < before)) {
    if (patients.length === 2) break
    if (patients.includes(claim.patient.id)) continue
    const { shareCents, supplement } = await app.act(contract.supplements.get, lena, { params: { id: claim.id } })
    if ((shareCents ?? 0) > 0 && supplement === null) patients.push(claim.patient.id)
  }
  if (patients.length < 2) return []
  for (const [at, patientId] of patients.entries()) {
    const coverage = await app.act(contract.patients.addCoverage, lena, {
      params: { patientId },
      body: {
        kind: 'medigap',
        payerName: medigap.payerName,
        memberId: `HM-44${at + 10}`,
        fromOn: `${before.slice(0, 7)}-01`,
      },
    })
    if (at === 0)
      await app.act(contract.patients.identifyPayer, lena, {
        params: { id: coverage.id },
        body: { payerId: medigap.payerId, filingCode: medigap.filingCode },
      })
  }
  return patients
}
