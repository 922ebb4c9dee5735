import { contract, type PrimaryDecision, type PrimaryDecisionView } from '@keepwell/contract'
import { action, type Ctx } from '../../action/action.ts'
import { orThrow, Problem } from '../../kernel/problem.ts'
import { chargeOf } from '../claims/index.ts'
import { policyOn } from '../clinics/index.ts'
import { insertCorrectionCase, isMonthFrozen, readClose, supersedeCorrections, verdictNow } from '../months/index.ts'
import { lockPatient, type PatientIdentity, requirePatient } from '../patients/index.ts'
import {
  type EnteredRow,
  insertEntered,
  listEntered,
  listInsurers,
  readStandingClaim,
} from './primary-decisions.store.ts'
import { type AskedLine, decideOpen, decideRecord, type Situation } from './primary-decisions.ts'

export const get = action(contract.primaryDecisions.get, async (ctx, { params }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  return present(ctx, patient, params.month, await situationOf(ctx, patient, params.month))
})

export const record = action(contract.primaryDecisions.record, async (ctx, { params, body }) => {
  const { reason, ...given } = body
  const patient = await locked(ctx, params.patientId)
  const situation = await situationOf(ctx, patient, params.month)
  const decision = orThrow(decideRecord(given, situation, ctx.today))
  const [standing] = await listEntered(ctx.tx, patient.id, params.month)
  if (standing?.decision && reason === null)
    throw new Problem(
      'conflict',
      `${standing.by.name} entered a decision already. Say why it is corrected. Nothing was kept.`,
    )
  await enter(ctx, patient, params.month, { decision, reason })
  return present(ctx, patient, params.month, situation)
})

export const takeBack = action(contract.primaryDecisions.takeBack, async (ctx, { params, body }) => {
  const patient = await locked(ctx, params.patientId)
  const situation = await situationOf(ctx, patient, params.month)
  orThrow(decideOpen(situation))
  const [standing] = await listEntered(ctx.tx, patient.id, params.month)
  if (!standing?.decision) throw new Problem('conflict', 'No decision of a first insurer counts for this month.')
  await enter(ctx, patient, params.month, { decision: null, reason: body.reason })
  return present(ctx, patient, params.month, situation)
})

async function locked({ tx }: Ctx, patientId: string): Promise<PatientIdentity> {
  const patient = await requirePatient(tx, patientId)
  await lockPatient(tx, patient.id)
  return patient
}

/** Keeps what was entered. A frozen month keeps its verdict; what is entered then becomes a correction case. */
async function enter(
  { tx, by, now, touch }: Ctx,
  patient: PatientIdentity,
  month: string,
  entered: { decision: PrimaryDecision | null; reason: string | null },
): Promise<void> {
  const of = { patientId: patient.id, month, by, now }
  const id = await insertEntered(tx, { ...of, ...entered })
  const { decision, reason } = entered
  if (await isMonthFrozen(tx, patient.clinicId, month)) {
    const cause = 'first_insurer_decided'
    await supersedeCorrections(tx, { ...of, cause, note: 'Another entry for the first insurer came after it.' })
    const detail =
      decision === null
        ? `The first insurer's decision does not count: ${reason}`
        : `${decision.insurer.name} decided on ${decision.decidedOn}.`
    await insertCorrectionCase(tx, { ...of, cause, detail, timeEntryId: null })
  }
  touch({ patientId: patient.id, subjectId: id, detail: { month, decided: decision !== null } })
}

async function situationOf({ tx, now }: Ctx, patient: PatientIdentity, month: string): Promise<Situation> {
  // The lock of the month comes first: a close that began meanwhile has frozen what is read next.
  const frozen = await isMonthFrozen(tx, patient.clinicId, month)
  const close = frozen ? await readClose(tx, patient.clinicId, month) : null
  const verdict = await verdictNow(tx, patient, month, now)
  const percent = await policyOn(tx, patient.clinicId, 'claim.charge_percent', `${month}-28`)
  const lines = (verdict?.linesIfCleared ?? []).flatMap(({ code, units, dateOfService, allowedCents }): AskedLine[] =>
    allowedCents === null
      ? []
      : [{ code, units, serviceOn: dateOfService, chargeCents: chargeOf(allowedCents, percent) }],
  )
  return {
    state: close === null ? 'open' : close.phase === 'done' ? 'closed' : 'closing',
    lines: lines.length === verdict?.linesIfCleared.length ? lines : [],
    claim: await readStandingClaim(tx, patient.id, month),
  }
}

async function present(
  { tx, touch }: Ctx,
  patient: PatientIdentity,
  month: string,
  situation: Situation,
): Promise<PrimaryDecisionView> {
  const history = (await listEntered(tx, patient.id, month)).map(presentEntered)
  const [newest] = history
  const open = decideOpen(situation)
  touch({ patientId: patient.id })
  return {
    patient: { id: patient.id, name: patient.name },
    month,
    lines: [...situation.lines],
    whyNot: open.ok
      ? situation.lines.length > 0
        ? null
        : 'Nothing would be billed for this month yet.'
      : open.problem.message,
    insurers: await listInsurers(tx, patient.id),
    self: { family: patient.family, given: patient.given },
    standing: newest?.decision ? newest : null,
    history,
  }
}

const presentEntered = ({ at, ...row }: EnteredRow) => ({ ...row, at: at.toISOString() })
