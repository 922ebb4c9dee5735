import { contract } from '@keepwell/contract'
import { firstDayOf, lastDayOf, localDateOf } from '@keepwell/rules'
import { action, type Ctx } from '../../action/action.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { consentOn, stopConsent } from '../consents/index.ts'
import { lockPatient, requirePatient } from '../patients/index.ts'
import { practitionersOn } from '../staffing/index.ts'
import { insertTask } from '../tasks/index.ts'
import { judgeChart, readChart } from './chart.views.ts'
import {
  insertAssignment,
  insertAttestation,
  insertDecision,
  insertEnd,
  insertEnrollment,
  insertVisit,
  listAttestations,
  listDecisions,
  readEnrollment,
  readEnrollmentBetween,
} from './enrollments.store.ts'
import {
  attestationStatement,
  decideAttestation,
  decideDecision,
  decideEnd,
  decideEnrollment,
  decideVisit,
  type EndCommand,
  isEnrolledOn,
} from './enrollments.ts'
import {
  evidenceOf,
  isClosed,
  listAwaiting,
  listCareManagers,
  listCaseload,
  openVisitRequest,
  presentAttestation,
  presentDecision,
  standingOf,
  statusOf,
  visitsOf,
  visitTaskKind,
} from './enrollments.views.ts'

export const status = action(contract.enrollments.status, async (ctx, { params }) => statusOf(ctx, params.patientId))

export const evidence = action(contract.enrollments.evidence, async (ctx, { params }) => {
  await requirePatient(ctx.tx, params.patientId)
  return (await evidenceOf(ctx, params.patientId)).evidence
})

export const attest = action(contract.enrollments.attest, async (ctx, { params, body }) => {
  const { tx, by, now, today, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  const { evidence: shown, facts } = await evidenceOf(ctx, patient.id)
  const { eligibility } = judgeChart(await readChart(tx, patient.id, today, ctx.timeZone), today)
  const { conditions } = orThrow(
    decideAttestation(body, {
      today,
      deceased: patient.deceased,
      practitioner: await isPractitioner(ctx),
      factsSha256: shown.factsSha256,
      groups: eligibility.groups,
    }),
  )
  const id = await insertAttestation(tx, {
    patientId: patient.id,
    practitionerId: by,
    attestedOn: today,
    attestedAt: now,
    conditions,
    facts,
    factsSha256: shown.factsSha256,
    statement: attestationStatement,
  })
  touch({ subjectId: id, detail: { conditions: conditions.length, factsSha256: shown.factsSha256 } })
  return presentAttestation(
    found(
      (await listAttestations(tx, patient.id)).find((row) => row.id === id),
      'The attestation was not kept.',
    ),
  )
})

export const visits = action(contract.enrollments.visits, async (ctx, { params }) => {
  await requirePatient(ctx.tx, params.patientId)
  return visitsOf(ctx, params.patientId)
})

export const recordVisit = action(contract.enrollments.recordVisit, async (ctx, { params, body }) => {
  const { tx, by, now, today, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  const on =
    body.encounterId === undefined ? (body.on ?? today) : await dayOfEncounter(ctx, patient.id, body.encounterId)
  const visit = orThrow(decideVisit({ code: body.code, on, today }))
  const practitioners = await practitionersOn(tx, visit.on)
  const practitionerId = body.practitionerId ?? (practitioners.some(({ id }) => id === by) ? by : practitioners[0]?.id)
  if (practitionerId === undefined || !practitioners.some(({ id }) => id === practitionerId)) {
    throw new Problem('not_a_practitioner', 'Name the practitioner who held the visit and could bill on that day.')
  }
  await lockPatient(tx, patient.id)
  const known = (await visitsOf(ctx, patient.id)).recorded.find(
    (one) =>
      one.on === visit.on &&
      one.code === visit.code &&
      one.ccmDiscussed === body.ccmDiscussed &&
      (one.byVideo ?? false) === body.byVideo &&
      (one.extensivePlanning ?? false) === body.extensivePlanning,
  )
  if (known !== undefined) throw new Problem('conflict', `${known.recordedBy.name} has recorded this visit already.`)
  const id = await insertVisit(tx, {
    patientId: patient.id,
    encounterId: body.encounterId ?? null,
    practitionerId,
    on: visit.on,
    code: visit.code,
    ccmDiscussed: body.ccmDiscussed,
    byVideo: body.byVideo,
    extensivePlanning: body.extensivePlanning,
    note: body.note || null,
    by,
    now,
  })
  const { ccmDiscussed, byVideo, extensivePlanning } = body
  touch({ subjectId: id, detail: { code: visit.code, on: visit.on, ccmDiscussed, byVideo, extensivePlanning } })
  return visitsOf(ctx, patient.id)
})

export const askForVisit = action(contract.enrollments.askForVisit, async (ctx, { params, body }) => {
  const { tx, by, now, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  if (patient.deceased) throw new Problem('patient_deceased', 'The patient has died.')
  await lockPatient(tx, patient.id)
  const open = await openVisitRequest(tx, patient.id)
  if (open !== null)
    throw new Problem('conflict', `${open.byName} has asked for a visit already; it waits at the front desk.`)
  const taskId = await insertTask(tx, {
    patientId: patient.id,
    kind: visitTaskKind,
    title: 'Book a visit that may start care',
    detail: [
      'An office visit of level 2 to 5, a wellness or home visit with the provider, in which CCM is discussed.',
      body.note ?? '',
    ]
      .filter(Boolean)
      .join(' '),
    urgency: 'normal',
    ownerRole: 'front_desk',
    ownerId: null,
    dueOn: body.dueOn ?? null,
    by,
    now,
  })
  touch({ subjectId: taskId })
  return visitsOf(ctx, patient.id)
})

export const enroll = action(contract.enrollments.enroll, async (ctx, { params, body }) => {
  const { tx, by, now, today, clinicId, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  await lockPatient(tx, patient.id)
  if (!(await isPractitioner(ctx)))
    throw new Problem('not_a_practitioner', 'Only a practitioner who may bill on this day can enroll a patient.')
  const { facts, consent, attestation, visit } = await standingOf(ctx, patient.id)
  orThrow(decideEnrollment(facts))
  const { consentId, practitionerId } = found(
    consent === null ? null : { consentId: consent.id, practitionerId: consent.practitionerId },
    'There is no consent.',
  )
  const careManager = found(
    (await listCareManagers(tx, today)).find(({ id }) => id === body.careManagerId),
    'There is no such care manager.',
  )
  const id = await insertEnrollment(tx, {
    patientId: patient.id,
    clinicId,
    practitionerId,
    consentId,
    attestationId: found(attestation, 'There is no attestation.').id,
    initiatingVisitId: visit?.id ?? null,
    newOrNotSeenWithinYear: facts.visitNeeded,
    enrolledOn: today,
    by,
    now,
  })
  await insertAssignment(tx, {
    patientId: patient.id,
    careManagerId: careManager.id,
    fromOn: today,
    reason: 'Named at enrollment.',
    by,
    now,
  })
  touch({
    subjectId: id,
    detail: { careManagerId: careManager.id, practitionerId, startingVisit: visit?.on ?? null },
  })
  return statusOf(ctx, patient.id)
})

export const end = action(contract.enrollments.end, async (ctx, { params, body }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  await lockPatient(ctx.tx, patient.id)
  const { reason, endedOn } = body
  const enrollmentId = await endEnrollment(ctx, patient.id, { reason, endedOn }, body.note || null)
  ctx.touch({ subjectId: enrollmentId, detail: { reason, endedOn } })
  return statusOf(ctx, patient.id)
})

export const withdraw = action(contract.enrollments.withdraw, async (ctx, { params, body }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  await lockPatient(ctx.tx, patient.id)
  const consent = await consentOn(ctx.tx, patient.id, ctx.today)
  if (consent === null) throw new Problem('consent_not_active', 'There is no consent in force that could be stopped.')
  const { requestedOn, effectiveOn } = await stopConsent(ctx, consent, body)
  const ending = { reason: 'withdrew', endedOn: effectiveOn } as const
  const enrollmentId = await endEnrollment(ctx, patient.id, ending, body.reason)
  ctx.touch({ subjectId: enrollmentId, detail: { consentId: consent.id, requestedOn, effectiveOn } })
  return statusOf(ctx, patient.id)
})

export const assign = action(contract.enrollments.assign, async (ctx, { params, body }) => {
  const { tx, by, now, today, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  await lockPatient(tx, patient.id)
  const enrollment = await readEnrollment(tx, patient.id)
  if (!isEnrolledOn(enrollment, today))
    throw new Problem('not_enrolled', 'The patient is not enrolled, so there is no care manager to change.')
  const careManager = found(
    (await listCareManagers(tx, today)).find(({ id }) => id === body.careManagerId),
    'There is no such care manager.',
  )
  if (enrollment?.careManagerId === careManager.id)
    throw new Problem('conflict', `${careManager.name} is the care manager already.`)
  await insertAssignment(tx, {
    patientId: patient.id,
    careManagerId: careManager.id,
    fromOn: today,
    reason: body.reason,
    by,
    now,
  })
  touch({ subjectId: careManager.id, detail: { before: enrollment?.careManagerId ?? null } })
  return statusOf(ctx, patient.id)
})

export const caseload = action(contract.enrollments.caseload, async ({ tx, today }, { query }) =>
  listCaseload(tx, today, query.careManagerId ?? null, query.limit),
)

export const awaiting = action(contract.enrollments.awaiting, async (ctx, { query }) => listAwaiting(ctx, query.limit))

export const decisions = action(contract.enrollments.decisions, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  return { items: (await listDecisions(tx, params.patientId)).map(presentDecision) }
})

export const recordDecision = action(contract.enrollments.recordDecision, async (ctx, { params, body }) => {
  const { tx, by, now, today, clinicId, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  const enrollment = await readEnrollmentBetween(tx, patient.id, firstDayOf(body.month), lastDayOf(body.month))
  orThrow(
    decideDecision(body, {
      today,
      practitioner: await isPractitioner(ctx),
      enrolledInMonth: enrollment !== null,
      closed: await isClosed(tx, enrollment?.clinicId ?? clinicId, body.month),
    }),
  )
  const id = await insertDecision(tx, {
    patientId: patient.id,
    month: body.month,
    level: body.level,
    rationale: body.rationale,
    practitionerId: by,
    documentedOn: today,
    now,
  })
  touch({ subjectId: id, detail: { month: body.month, level: body.level } })
  return presentDecision(
    found(
      (await listDecisions(tx, patient.id, body.month)).find((row) => row.id === id),
      'The record was not kept.',
    ),
  )
})

/** Gives the enrollment of a locked patient its last day, and answers its id. */
async function endEnrollment(
  { tx, by, now, today }: Ctx,
  patientId: string,
  command: EndCommand,
  note: string | null,
): Promise<string> {
  const enrollment = await readEnrollment(tx, patientId)
  const { reason, endedOn } = orThrow(decideEnd(enrollment, command, today))
  const enrollmentId = found(enrollment, 'The patient is not enrolled.').id
  await insertEnd(tx, { enrollmentId, reason, endedOn, note, by, now })
  return enrollmentId
}

/** Whether the person who acts holds a credential that may bill on this day. */
async function isPractitioner(ctx: Ctx): Promise<boolean> {
  return (await practitionersOn(ctx.tx, ctx.today)).some(({ id }) => id === ctx.by)
}

async function dayOfEncounter(ctx: Ctx, patientId: string, encounterId: string): Promise<string> {
  const row = await ctx.tx.db
    .selectFrom('encounters')
    .select('started_at')
    .where('tenant_id', '=', ctx.tx.tenantId)
    .where('patient_id', '=', patientId)
    .where('id', '=', encounterId)
    .executeTakeFirst()
  return localDateOf(found(row?.started_at, 'There is no such visit in the chart.').getTime(), ctx.timeZone)
}
