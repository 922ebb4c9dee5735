import { localDateOf } from '@keepwell/rules'
import { appendAuditEvent } from '../../audit/audit.ts'
import type { Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Outside } from '../../outside/outside.ts'
import { type Step, systemOf } from '../claims/index.ts'
import { policyOn } from '../clinics/index.ts'
import { checkCoverage } from '../eligibility/index.ts'
import { endOldSweeps, insertSweep, lockDueSweep, nextPatient, readSweep, setSweep } from './coverage-sweeps.store.ts'
import { beginsOn, leaseMilliseconds, pauseMilliseconds, pausesAfter } from './coverage-sweeps.ts'

/**
 * Asks Medicare about the next patient of the month's sweep, with no transaction open; where the clinic's day for it has
 * come, the sweep begins. A worker that died in between leaves the patient to be asked about once more, which changes
 * nothing. Answers whether somebody was asked about.
 */
export async function sweepCoverage(step: Step, outside: Outside, clinicId: string, now: Date): Promise<boolean> {
  const due = await step((tx) => takeNext(tx, outside, clinicId, now))
  if (due === undefined) return false
  const { actor, sweepId, patientId, today } = due
  const { timeZone } = actor.clinic
  await checkCoverage(
    { step, outside, clinicId, timeZone, now, today },
    patientId,
    { by: null },
    async (tx, checked) => {
      const silent = checked.answered ? 0 : due.silent + 1
      const pause = pausesAfter(silent) ? pauseMilliseconds : 0
      await setSweep(tx, sweepId, { next_at: new Date(now.getTime() + pause), silent })
      await appendAuditEvent(tx, {
        deed: 'eligibility.checked',
        endpoint: 'job',
        actor,
        outcome: 'done',
        patientId,
        subjectId: checked.id,
        at: now,
        source: 'process',
        detail: checked.detail,
        changedPatientIds: [patientId],
      })
    },
  )
  return true
}

interface Due {
  actor: Actor
  sweepId: string
  patientId: string
  today: string
  /** Questions in a row without an answer so far. */
  silent: number
}

/** The next patient of the sweep that is due, under a lease; nobody left ends the sweep. */
async function takeNext(tx: Tx, outside: Outside, clinicId: string, now: Date): Promise<Due | undefined> {
  const actor = await systemOf(tx, clinicId)
  const today = localDateOf(now.getTime(), actor.clinic.timeZone)
  const month = today.slice(0, 7)
  await endOldSweeps(tx, clinicId, month, now)
  await beginByItself(tx, { outside, actor, month, today, now })
  const sweep = await lockDueSweep(tx, { clinicId, month, now })
  if (sweep === undefined) return undefined
  const patientId = await nextPatient(tx, { clinicId, month, startedAt: sweep.startedAt })
  if (patientId === undefined) {
    await setSweep(tx, sweep.id, { ended_at: now })
    return undefined
  }
  await setSweep(tx, sweep.id, { next_at: new Date(now.getTime() + leaseMilliseconds) })
  return { actor, sweepId: sweep.id, patientId, today, silent: sweep.silent }
}

interface Moment {
  outside: Outside
  actor: Actor
  month: string
  today: string
  now: Date
}

async function beginByItself(tx: Tx, { outside, actor, month, today, now }: Moment): Promise<void> {
  const clinicId = actor.clinic.id
  const begins = beginsOn(month, await policyOn(tx, clinicId, 'coverage.sweep_days', today))
  if (!outside.eligibility.connected || begins === null || today < begins) return
  if ((await readSweep(tx, clinicId, month)) !== undefined) return
  const id = await insertSweep(tx, { clinicId, month, by: null, now })
  if (id === undefined) return
  await appendAuditEvent(tx, {
    deed: 'coverage.sweep_started',
    endpoint: 'job',
    actor,
    outcome: 'done',
    subjectId: id,
    at: now,
    source: 'process',
    detail: { month },
  })
}
