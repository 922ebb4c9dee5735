import { bookHash, lastDayOf, localDateOf } from '@keepwell/rules'
import type { Tx } from '../../db/database.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import { assert, orThrow, Problem } from '../../kernel/problem.ts'
import { makeClaims } from '../claims/index.ts'
import { policyOn, readClinic, rulePoliciesOn } from '../clinics/index.ts'
import { daysOf, type Frame } from './month-facts.ts'
import { gatherFacts, listMonthPatients } from './month-facts.views.ts'
import {
  countFrozen,
  deleteVerdicts,
  insertClose,
  insertFrozen,
  type Lease,
  listKnownVerdicts,
  listReadyPatients,
  lockMonthForClose,
  readClose,
  releaseClose,
  saveProgress,
  saveVerdicts,
  takeClose,
} from './months.store.ts'
import {
  type Assessed,
  assessOne,
  type CloseCounts,
  type CloseRow,
  decideClose,
  decideLaw,
  fingerprintOf,
  leaseSeconds,
  noCounts,
} from './months.ts'

/** So many patients are judged and committed together: a hundred thousand close in the memory of one batch. */
export const batchSize = 500
/** So many ids are read ahead at once. */
const idsAhead = 20_000

/** What is the same for all patients of a clinic's month: place, policies of its last day, and the day of asking. */
export async function frameOf(
  tx: Tx,
  clinicId: string,
  month: string,
  asked: { on: Date; frozenAt?: Date | null },
): Promise<Frame> {
  const clinic = await readClinic(tx, clinicId)
  const lastDay = lastDayOf(month)
  return {
    clinicId,
    month,
    ...daysOf(month),
    timeZone: clinic.timeZone,
    locality: clinic.locality,
    placeOfService: clinic.placeOfService,
    access24x7AttestedOn: clinic.access24x7AttestedOn,
    policy: {
      consentMode: await policyOn(tx, clinicId, 'consent.mode', lastDay),
      dateOfService: await policyOn(tx, clinicId, 'claim.date_of_service', lastDay),
      ...(await rulePoliciesOn(tx, clinicId, lastDay)),
    },
    asOf: localDateOf(asked.on.getTime(), clinic.timeZone),
    frozenAt: asked.frozenAt ?? null,
  }
}

/** Assesses one batch and writes what changed; answers how many rows were written. */
export async function assessBatch(tx: Tx, frame: Frame, patientIds: readonly string[], now: Date): Promise<number> {
  const gathered = await gatherFacts(tx, frame, patientIds)
  const known = await listKnownVerdicts(tx, frame.month, patientIds)
  const changed = gathered
    .filter(({ patientId, facts, evidence }) => {
      const before = known.get(patientId)
      return before?.book !== bookHash || before.factsSha256 !== fingerprintOf(facts, evidence)
    })
    .map(assessOne)
  await saveVerdicts(tx, frame.clinicId, frame.month, changed, now)
  return changed.length
}

/**
 * Judges an open month of a clinic, all its patients or some, and writes what changed. A month whose close has begun is
 * left alone: its verdicts are frozen. Answers how many patients were judged and how many rows changed.
 */
export async function assessMonth(
  tx: Tx,
  clinicId: string,
  month: string,
  now: Date,
  patientIds?: readonly string[],
): Promise<{ patients: number; changed: number }> {
  if ((await readClose(tx, clinicId, month)) !== null) return { patients: 0, changed: 0 }
  const frame = await frameOf(tx, clinicId, month, { on: now })
  let changed = 0
  const ids = patientIds ?? (await listMonthPatients(tx, frame, null, 1_000_000))
  for (let from = 0; from < ids.length; from += batchSize)
    changed += await assessBatch(tx, frame, ids.slice(from, from + batchSize), now)
  if (patientIds === undefined) await deleteVerdicts(tx, clinicId, month, ids)
  return { patients: ids.length, changed }
}

export type Step = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Makes the claims of some ready patients of a closed month; doing it again makes none twice. */
export type ClaimMaker = (
  tx: Tx,
  batch: { clinicId: string; month: string; patientIds: readonly string[]; now: Date; by: string | null },
) => Promise<{ made: number }>

export interface CloseOrder {
  clinicId: string
  month: string
  timeZone: string
  by: string | null
  clock: Clock
  step: Step
  makeClaims?: ClaimMaker
  /** Patients in one transaction; `batchSize` when left out. */
  batch?: number
}

/**
 * Closes a clinic's month in phases: freeze (working rows leave), compute (each batch is judged and written frozen),
 * snapshot (what is frozen is counted against what was judged), claims, done. Every batch commits with how far it came,
 * so that a close may be killed anywhere and taken up again with the same result; a second close changes nothing.
 * @throws Problem month_not_over, law_unknown, close_running
 */
export async function closeMonth(order: CloseOrder): Promise<CloseRow> {
  orThrow(decideLaw(order.month))
  const worker = newId()
  const lease = (): Lease => ({ worker, until: new Date(order.clock.now().getTime() + leaseSeconds * 1000) })
  const begun = await order.step((tx) => begin(tx, order, lease()))
  if (begun.phase === 'done') return begun
  const ahead = new PatientsAhead()
  try {
    let close = begun
    while (close.phase !== 'done') close = await order.step((tx) => advance(tx, order, close, ahead, lease()))
    return close
  } catch (error) {
    // Whoever tries again need not wait for the lease. A crash that takes this away too is met by the lease's end.
    await order.step((tx) => releaseClose(tx, begun.id, worker)).catch(() => undefined)
    throw error
  }
}

/** The patients of a month that is being closed. Whose month it is takes a look at all of its time, so many are listed at once. */
class PatientsAhead {
  #ids: string[] = []

  /** The next `count` patients after `cursor`; fewer, or none, only at the end. */
  async after(tx: Tx, frame: Frame, cursor: string | null, count: number): Promise<string[]> {
    this.#ids = this.#ids.filter((id) => cursor === null || id > cursor)
    if (this.#ids.length < count) this.#ids = await listMonthPatients(tx, frame, cursor, idsAhead)
    return this.#ids.slice(0, count)
  }
}

async function begin(tx: Tx, order: CloseOrder, lease: Lease): Promise<CloseRow> {
  await lockMonthForClose(tx, order.clinicId, order.month)
  const now = order.clock.now()
  const close = await readClose(tx, order.clinicId, order.month)
  const way = orThrow(decideClose(order.month, localDateOf(now.getTime(), order.timeZone), now, close))
  if (way === 'start') {
    await insertClose(tx, {
      clinicId: order.clinicId,
      month: order.month,
      counts: noCounts,
      by: order.by,
      now,
      lease,
    })
  } else if (way === 'take_up' && close !== null && !(await takeClose(tx, close.id, now, lease))) {
    throw new Problem(
      'close_running',
      'Somebody else is closing this month at this moment. Wait until it is done; nothing is done twice.',
    )
  }
  const row = await readClose(tx, order.clinicId, order.month)
  assert(row !== null, 'the close that was just begun is there')
  return row
}

/** One transaction of a close: the next piece of its present phase, or the step into the next phase. */
async function advance(
  tx: Tx,
  order: CloseOrder,
  close: CloseRow,
  ahead: PatientsAhead,
  lease: Lease,
): Promise<CloseRow> {
  const next = await nextOf(tx, order, close, ahead)
  const finishedAt = next.phase === 'done' ? order.clock.now() : null
  const mine = await saveProgress(tx, close.id, { ...next, lease, finishedAt })
  if (!mine)
    throw new Problem(
      'close_running',
      'Somebody else has taken this close over. Wait until it is done; nothing is done twice.',
    )
  return { ...close, ...next, finishedAt }
}

async function nextOf(
  tx: Tx,
  order: CloseOrder,
  close: CloseRow,
  ahead: PatientsAhead,
): Promise<{ phase: CloseRow['phase']; counts: CloseCounts }> {
  const { counts } = close
  const batch = order.batch ?? batchSize
  switch (close.phase) {
    case 'freeze': {
      // What was assessed while the month was open says the day it was assessed on; the close says its own.
      await deleteVerdicts(tx, order.clinicId, order.month, null)
      const frame = await closeFrame(tx, order, close)
      let patients = 0
      for (let cursor: string | null = null; ; ) {
        const ids: string[] = await listMonthPatients(tx, frame, cursor, idsAhead)
        patients += ids.length
        cursor = ids.at(-1) ?? null
        if (ids.length < idsAhead) break
      }
      return { phase: 'compute', counts: { ...noCounts, patients } }
    }
    case 'compute': {
      const frame = await closeFrame(tx, order, close)
      const ids = await ahead.after(tx, frame, counts.cursor, batch)
      if (ids.length === 0) return { phase: 'snapshot', counts: { ...counts, patients: counts.assessed, cursor: null } }
      const assessed = (await gatherFacts(tx, frame, ids)).map(assessOne)
      await insertFrozen(
        tx,
        { id: close.id, clinicId: order.clinicId, month: order.month, at: close.startedAt },
        assessed,
      )
      return { phase: 'compute', counts: { ...tallied(counts, assessed), cursor: ids.at(-1) ?? null } }
    }
    case 'snapshot': {
      const { frozen, cursor } = await countFrozen(tx, {
        clinicId: order.clinicId,
        month: order.month,
        cursor: counts.cursor,
        limit: batch,
      })
      if (frozen > 0) return { phase: 'snapshot', counts: { ...counts, frozen: counts.frozen + frozen, cursor } }
      assert(counts.frozen === counts.assessed, 'every patient who was assessed is frozen')
      // A board that was opened in the moment of the close may have written its rows after they were taken out.
      await deleteVerdicts(tx, order.clinicId, order.month, null)
      return { phase: 'claims', counts: { ...counts, cursor: null } }
    }
    default: {
      const ids = await listReadyPatients(tx, order.clinicId, order.month, counts.cursor, batch)
      if (ids.length === 0) return { phase: 'done', counts: { ...counts, cursor: null } }
      const make = order.makeClaims ?? makeClaims
      const { made } = await make(tx, {
        clinicId: order.clinicId,
        month: order.month,
        patientIds: ids,
        now: close.startedAt,
        by: order.by,
      })
      return {
        phase: 'claims',
        counts: { ...counts, claims: counts.claims + made, cursor: ids.at(-1) ?? null },
      }
    }
  }
}

const closeFrame = (tx: Tx, order: CloseOrder, close: CloseRow) =>
  frameOf(tx, order.clinicId, order.month, { on: close.startedAt, frozenAt: close.startedAt })

function tallied(counts: CloseCounts, assessed: readonly Assessed[]): CloseCounts {
  const of = (lane: Assessed['lane']) => assessed.filter((one) => one.lane === lane)
  return {
    ...counts,
    assessed: counts.assessed + assessed.length,
    ready: counts.ready + of('ready').length,
    fix: counts.fix + of('fix').length,
    hold: counts.hold + of('hold').length,
    notBillable: counts.notBillable + of('not_billable').length,
    readyCents: of('ready').reduce((sum, one) => sum + (one.allowedCents ?? 0), counts.readyCents),
  }
}
