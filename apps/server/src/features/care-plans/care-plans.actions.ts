import { contract, signatureMeaning } from '@keepwell/contract'
import { consentDocumentReference } from '@keepwell/fhir'
import { localDateOf } from '@keepwell/rules'
import { action, type Ctx } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { newId, sha256 } from '../../kernel/ids.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { readClinic } from '../clinics/index.ts'
import { insertDocument, queueForEhr, readContent, readDocument, sha1Base64 } from '../documents/index.ts'
import { readEnrollment } from '../enrollments/index.ts'
import { lockPatient, type PatientIdentity, requirePatient } from '../patients/index.ts'
import { practitionersOn } from '../staffing/index.ts'
import { insertTask } from '../tasks/index.ts'
import {
  contentHash,
  deleteWorkingCopy,
  findPlan,
  insertCopy,
  insertPlan,
  insertReturn,
  insertSignature,
  insertSubmission,
  insertVersion,
  keepWorkingCopy,
  listCopies,
  listVersions,
  newestVersion,
  type PlanRow,
  readPlan,
  readVersion,
  signedVersionOn,
  type VersionRow,
} from './care-plans.store.ts'
import {
  completenessOf,
  decideCopy,
  decideReturn,
  decideSave,
  decideSignature,
  decideSubmission,
  stateOf,
} from './care-plans.ts'
import { listToSign, paperLanguage, presentPlan, presentTemplates, presentVersion, textOf } from './care-plans.views.ts'
import { readPlanChart } from './plan-chart.views.ts'
import { mergePlans, planDiff } from './plan-diff.ts'
import { composeDraft, fittingTemplates } from './plan-draft.ts'
import { printPlan } from './plan-paper.ts'

export const templates = action(contract.carePlans.templates, async () => ({ items: presentTemplates() }))

export const draft = action(contract.carePlans.draft, async (ctx, { params, query }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  if (patient.deceased) throw new Problem('patient_deceased', 'The patient has died; no plan is drafted.')
  const chart = await readPlanChart(ctx.tx, patient.id, ctx.today, ctx.timeZone)
  const fitting = fittingTemplates(chart.groups)
  const used =
    query.templates === undefined
      ? fitting.map(({ templateId }) => templateId)
      : query.templates.split(',').filter(Boolean)
  const content = composeDraft(used, chart, await peopleOf(ctx, patient), ctx.today)
  return { content, used, fitting, completeness: completenessOf(content) }
})

export const get = action(contract.carePlans.get, async (ctx, { params }) => {
  await requirePatient(ctx.tx, params.patientId)
  const plan = await findPlan(ctx.tx, params.patientId)
  return { plan: plan === null ? null : await presentPlan(ctx, plan) }
})

export const open = action(contract.carePlans.open, async (ctx, { params }) => {
  const plan = await readPlan(ctx.tx, params.id)
  ctx.touch({ patientId: plan.patientId, subjectId: plan.id })
  return presentPlan(ctx, plan)
})

export const save = action(contract.carePlans.save, async (ctx, { params, body }) => {
  const { tx, by, now, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  await lockPatient(tx, patient.id)
  const known = await findPlan(tx, patient.id)
  const newest = known === null ? null : await newestVersion(tx, known.id)
  const base =
    known === null || body.baseNumber === 0 || body.baseNumber >= (newest?.number ?? 0)
      ? null
      : await readVersion(tx, known.id, body.baseNumber)
  const changed = newest === null ? [] : planDiff(base, newest).sections
  const { number } = orThrow(decideSave(body, standing(ctx, newest), changed, patient.deceased))
  const plan = known ?? (await insertPlan(tx, { patientId: patient.id, by, now }))
  await insertVersion(tx, { planId: plan.id, number, content: body.content, by, now })
  await deleteWorkingCopy(tx, plan.id, by)
  touch({ subjectId: plan.id, detail: { number, contentSha256: contentHash(body.content) } })
  return presentPlan(ctx, plan)
})

export const keep = action(contract.carePlans.keep, async ({ tx, by, now, touch }, { params, body }) => {
  const plan = await readPlan(tx, params.id)
  await keepWorkingCopy(tx, {
    planId: plan.id,
    staffId: by,
    basedOn: body.baseNumber,
    content: body.content,
    now,
  })
  touch({ patientId: plan.patientId, subjectId: plan.id })
  return { keptAt: now.toISOString(), completeness: completenessOf(body.content) }
})

export const discard = action(contract.carePlans.discard, async (ctx, { params }) => {
  const plan = await readPlan(ctx.tx, params.id)
  await deleteWorkingCopy(ctx.tx, plan.id, ctx.by)
  ctx.touch({ patientId: plan.patientId, subjectId: plan.id })
  return presentPlan(ctx, plan)
})

export const merge = action(contract.carePlans.merge, async ({ tx, touch }, { params, body }) => {
  const plan = await readPlan(tx, params.id)
  const base = await readVersion(tx, plan.id, body.baseNumber)
  const newest = found(await newestVersion(tx, plan.id), 'The plan has no version.')
  const merged = mergePlans(base.content, body.content, newest.content)
  touch({
    patientId: plan.patientId,
    subjectId: plan.id,
    detail: { base: base.number, newest: newest.number, conflicts: merged.conflicts.length },
  })
  return {
    newestNumber: newest.number,
    writtenBy: { id: newest.writtenById, name: newest.writtenByName },
    writtenAt: newest.writtenAt.toISOString(),
    ...merged,
  }
})

export const submit = action(contract.carePlans.submit, async (ctx, { params, body }) => {
  const { plan, newest } = await lockedPlan(ctx, params.id)
  orThrow(decideSubmission(body, standing(ctx, newest)))
  await insertSubmission(ctx.tx, { versionId: newest.id, note: body.note ?? null, by: ctx.by, now: ctx.now })
  ctx.touch({ patientId: plan.patientId, subjectId: plan.id, detail: { number: newest.number } })
  return presentPlan(ctx, plan)
})

export const sendBack = action(contract.carePlans.return, async (ctx, { params, body }) => {
  const { plan, newest } = await lockedPlan(ctx, params.id)
  orThrow(decideReturn(body, standing(ctx, newest)))
  await insertReturn(ctx.tx, { versionId: newest.id, reason: body.reason, by: ctx.by, now: ctx.now })
  await insertTask(ctx.tx, {
    patientId: plan.patientId,
    kind: 'plan_return',
    title: 'Care plan returned: change it and submit it again',
    detail: body.reason,
    urgency: 'today',
    ownerRole: 'care_manager',
    ownerId: newest.submission?.byId ?? null,
    dueOn: null,
    subjectId: plan.id,
    by: ctx.by,
    now: ctx.now,
  })
  ctx.touch({ patientId: plan.patientId, subjectId: plan.id, detail: { number: newest.number } })
  return presentPlan(ctx, plan)
})

export const sign = action(contract.carePlans.sign, async (ctx, { params, body }) => {
  const { tx, by, now, today, touch } = ctx
  const { plan, newest } = await lockedPlan(ctx, params.id)
  const patient = await requirePatient(tx, plan.patientId)
  const text = textOf(patient, newest)
  const signer = (await practitionersOn(tx, today)).find(({ id }) => id === by)
  orThrow(
    decideSignature(body, standing(ctx, newest), {
      practitioner: signer !== undefined,
      deceased: patient.deceased,
      textSha256: sha256(text),
    }),
  )
  const signed = await insertDocument(tx, {
    patientId: patient.id,
    kind: 'care_plan',
    name: `Care plan version ${newest.number}, signed.txt`,
    mediaType: 'text/plain',
    bytes: Buffer.from(text),
    by,
    now,
  })
  const bytes = await paperOf(
    ctx,
    patient,
    newest,
    { by: signer?.name ?? '', on: today, sha256: signed.sha256 },
    await paperLanguage(tx, patient.id),
  )
  const paper = await insertDocument(tx, {
    patientId: patient.id,
    kind: 'care_plan',
    name: `Care plan ${patient.family} ${today}.pdf`,
    mediaType: 'application/pdf',
    bytes,
    by,
    now,
  })
  await insertSignature(tx, {
    versionId: newest.id,
    documentId: signed.id,
    paperDocumentId: paper.id,
    sha256: signed.sha256,
    meaning: signatureMeaning,
    by,
    on: today,
    now,
  })
  await sendToEhr(ctx, patient, { documentId: paper.id, bytes, number: newest.number })
  touch({
    patientId: patient.id,
    subjectId: plan.id,
    detail: { number: newest.number, signedSha256: signed.sha256 },
  })
  return presentPlan(ctx, plan)
})

export const toSign = action(contract.carePlans.toSign, async ({ tx }, { query }) => listToSign(tx, query.limit))

export const diff = action(contract.carePlans.diff, async (ctx, { params, query }) => {
  const plan = await readPlan(ctx.tx, params.id)
  const to =
    query.to === undefined
      ? found(await newestVersion(ctx.tx, plan.id), 'The plan has no version.')
      : await readVersion(ctx.tx, plan.id, query.to)
  const signed = await signedVersionOn(ctx.tx, plan.id, null)
  const from =
    query.from === undefined
      ? signed !== null && signed.number < to.number
        ? signed
        : null
      : await readVersion(ctx.tx, plan.id, query.from)
  ctx.touch({ patientId: plan.patientId, subjectId: plan.id })
  return planDiff(from, to)
})

export const versions = action(contract.carePlans.versions, async ({ tx, touch }, { params }) => {
  const plan = await readPlan(tx, params.id)
  const copies = await listCopies(tx, plan.id)
  touch({ patientId: plan.patientId, subjectId: plan.id })
  return { items: (await listVersions(tx, plan.id)).map((row) => presentVersion(row, copies)) }
})

export const giveCopy = action(contract.carePlans.giveCopy, async (ctx, { params, body }) => {
  const plan = await readPlan(ctx.tx, params.id)
  const signed = await signedVersionOn(ctx.tx, plan.id, null)
  const { givenOn } = orThrow(
    decideCopy(body, signed?.signature == null ? null : { signedOn: signed.signature.on }, ctx.today),
  )
  await insertCopy(ctx.tx, {
    versionId: found(signed, 'No version is signed yet.').id,
    recipient: body.recipient,
    recipientName: body.recipientName,
    channel: body.channel,
    proof: body.proof || null,
    givenOn,
    by: ctx.by,
    now: ctx.now,
  })
  ctx.touch({
    patientId: plan.patientId,
    subjectId: plan.id,
    detail: { channel: body.channel, recipient: body.recipient, givenOn },
  })
  return presentPlan(ctx, plan)
})

export const pdf = action(contract.carePlans.pdf, async (ctx, { params, query }) => {
  const { tx } = ctx
  const plan = await readPlan(tx, params.id)
  const patient = await requirePatient(tx, plan.patientId)
  const version =
    query.number === undefined
      ? found(
          (await signedVersionOn(tx, plan.id, null)) ?? (await newestVersion(tx, plan.id)),
          'The plan has no version.',
        )
      : await readVersion(tx, plan.id, query.number)
  const { signature } = version
  ctx.touch({ patientId: patient.id, subjectId: plan.id, detail: { number: version.number } })
  const name = `Care plan ${patient.family} version ${version.number}.pdf`
  if (signature !== null && query.language === undefined) {
    return {
      name,
      mediaType: 'application/pdf',
      bytes: await readContent(tx, await readDocument(tx, signature.paperDocumentId)),
      inline: true,
    }
  }
  const language = query.language ?? (await paperLanguage(tx, patient.id))
  const signed = signature === null ? null : { by: signature.byName, on: signature.on, sha256: signature.sha256 }
  return {
    name,
    mediaType: 'application/pdf',
    bytes: await paperOf(ctx, patient, version, signed, language),
    inline: true,
  }
})

/** The plan with its patient locked, so that nobody saves, submits, returns or signs at the same time. */
async function lockedPlan(ctx: Ctx, planId: string): Promise<{ plan: PlanRow; newest: VersionRow }> {
  const plan = await readPlan(ctx.tx, planId)
  await lockPatient(ctx.tx, plan.patientId)
  return { plan, newest: found(await newestVersion(ctx.tx, plan.id), 'The plan has no version.') }
}

type Standing = Parameters<typeof decideSubmission>[1]

function standing(ctx: Ctx, newest: VersionRow): Standing
function standing(ctx: Ctx, newest: VersionRow | null): Standing | null
function standing(ctx: Ctx, newest: VersionRow | null): Standing | null {
  if (newest === null) return null
  return {
    number: newest.number,
    state: stateOf(newest),
    writtenByName: newest.writtenByName,
    writtenOn: localDateOf(newest.writtenAt.getTime(), ctx.timeZone),
    content: newest.content,
  }
}

async function peopleOf(ctx: Ctx, patient: PatientIdentity) {
  const enrollment = await readEnrollment(ctx.tx, patient.id)
  const roles = ctx.actor.roles
  return {
    patient: patient.name,
    careManager: enrollment?.careManagerName ?? (roles.includes('care_manager') ? ctx.actor.name : null),
    provider: enrollment?.practitionerName ?? (roles.includes('provider') ? ctx.actor.name : null),
  }
}

async function paperOf(
  ctx: Ctx,
  patient: PatientIdentity,
  version: VersionRow,
  signed: Parameters<typeof printPlan>[0]['signed'],
  language: 'en' | 'es',
): Promise<Uint8Array> {
  const clinic = await readClinic(ctx.tx, patient.clinicId)
  const careManager = (await readEnrollment(ctx.tx, patient.id))?.careManagerName ?? null
  return printPlan({
    patient,
    clinic: { name: clinic.name, phone: clinic.phone, afterHoursPhone: clinic.afterHoursPhone },
    careManager,
    number: version.number,
    content: version.content,
    signed,
    language,
  })
}

/** Queues the signed paper for the clinic's EHR as a plan of care. */
async function sendToEhr(
  ctx: Ctx,
  patient: PatientIdentity,
  paper: { documentId: string; bytes: Uint8Array; number: number },
): Promise<void> {
  const title = `Comprehensive care plan, version ${paper.number}, signed ${ctx.today}`
  const reference = consentDocumentReference({
    id: newId(),
    patient: { reference: `Patient/${patient.sourceId}`, display: patient.name },
    documentedAt: ctx.now.toISOString(),
    title,
    contentType: 'application/pdf',
    sizeBytes: paper.bytes.length,
    sha1Base64: sha1Base64(paper.bytes),
    url: `urn:uuid:${paper.documentId}`,
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${paper.documentId}` },
  })
  // The same resource as for a signed form, under the document type of a plan of care.
  const resource = {
    ...reference,
    type: {
      coding: [{ system: 'http://loinc.org', code: '18776-5', display: 'Plan of care note' }],
      text: title,
    },
  }
  await queueForEhr(ctx.tx, {
    patientId: patient.id,
    documentId: paper.documentId,
    title,
    resource,
    now: ctx.now,
  })
}

export interface SignedPlan {
  planId: string
  versionId: string
  number: number
  signedOn: string
  practitionerId: string
  practitionerName: string
  signedSha256: string
  documentId: string
  paperDocumentId: string
  /** The first day on which the patient or caregiver had a copy of any signed version by then; null when never. */
  copyGivenOn: string | null
  /** The first copy of this very version by then. */
  copyOfVersionGivenOn: string | null
}

/** The care plan that was in force on a day: the newest version signed by then, with its copies; null when none was. */
export async function signedPlanOn(tx: Tx, patientId: string, on: string): Promise<SignedPlan | null> {
  const plan = await findPlan(tx, patientId)
  const version = plan === null ? null : await signedVersionOn(tx, plan.id, on)
  if (plan === null || version?.signature == null) return null
  const copies = (await listCopies(tx, plan.id)).filter((copy) => copy.givenOn <= on)
  const first = (rows: readonly { givenOn: string }[]) => rows.map(({ givenOn }) => givenOn).sort()[0] ?? null
  const { signature } = version
  return {
    planId: plan.id,
    versionId: version.id,
    number: version.number,
    signedOn: signature.on,
    practitionerId: signature.byId,
    practitionerName: signature.byName,
    signedSha256: signature.sha256,
    documentId: signature.documentId,
    paperDocumentId: signature.paperDocumentId,
    copyGivenOn: first(copies),
    copyOfVersionGivenOn: first(copies.filter((copy) => copy.versionId === version.id)),
  }
}

/** What a call or the person on call works from: the plan in force, or the newest draft where none is signed; null without a plan. */
export async function readPlanForCall(
  tx: Tx,
  patientId: string,
): Promise<{
  planId: string
  number: number
  signedOn: string | null
  newestNumber: number
  content: VersionRow['content']
} | null> {
  const plan = await findPlan(tx, patientId)
  const newest = plan === null ? null : await newestVersion(tx, plan.id)
  if (plan === null || newest === null) return null
  const version = (await signedVersionOn(tx, plan.id, null)) ?? newest
  return {
    planId: plan.id,
    number: version.number,
    signedOn: version.signature?.on ?? null,
    newestNumber: newest.number,
    content: version.content,
  }
}
