import { contract, type RecordConsent } from '@keepwell/contract'
import { consentDocumentReference } from '@keepwell/fhir'
import { action, type Ctx } from '../../action/action.ts'
import { newId, sha256 } from '../../kernel/ids.ts'
import { orThrow, Problem } from '../../kernel/problem.ts'
import { policyOn, readClinic } from '../clinics/index.ts'
import { insertDocument, queueForEhr, readContent, readDocument, sha1Base64 } from '../documents/index.ts'
import { type PatientIdentity, requirePatient } from '../patients/index.ts'
import { practitionersOn } from '../staffing/index.ts'
import { printConsent } from './consent-paper.ts'
import {
  type ConsentRow,
  insertConsent,
  insertCopy,
  insertRevocation,
  listConsents,
  lockConsent,
  readConsent,
} from './consents.store.ts'
import {
  allowedForms,
  consentFormId,
  consentFormVersion,
  decideRecord,
  decideRevocation,
  isInForce,
  renderConsentForm,
} from './consents.ts'
import { presentConsent } from './consents.views.ts'

export const form = action(contract.consents.form, async (ctx, { params, query }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  if (patient.deceased) throw new Problem('patient_deceased', 'The patient has died; no consent can be taken.')
  const { rendered, mode, practitioners, named } = await currentForm(ctx, query.language, query.practitionerId ?? null)
  const forms = allowedForms(mode)
  return {
    formId: consentFormId,
    version: consentFormVersion,
    language: query.language,
    title: rendered.title,
    text: rendered.text,
    sha256: sha256(rendered.text),
    statements: rendered.statements,
    verbalScript: forms.includes('verbal') ? rendered.verbalScript : null,
    mode,
    allowedForms: forms,
    practitioners: practitioners.map(({ id, name }) => ({ id, name })),
    practitionerId: named?.id ?? null,
  }
})

export const list = action(contract.consents.list, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  return { items: (await listConsents(tx, params.patientId)).map(presentConsent) }
})

export const record = action(contract.consents.record, async (ctx, { params, body }) => {
  const { tx, now, today, by, clinicId, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  const { rendered, mode, practitioners } = await currentForm(ctx, body.language, body.practitionerId)
  const inForce = (await listConsents(tx, patient.id)).find((consent) => isInForce(consent, today))
  const { givenOn } = orThrow(
    decideRecord(body, {
      mode,
      today,
      daysBack: await policyOn(tx, clinicId, 'consent.days_back', today),
      deceased: patient.deceased,
      inForceSince: inForce?.givenOn ?? null,
      formSha256: sha256(rendered.text),
      practitionerMayBill: practitioners.some(({ id }) => id === body.practitionerId),
    }),
  )
  const shown = await insertDocument(tx, {
    patientId: patient.id,
    kind: 'consent_form',
    name: `Consent form ${consentFormVersion} ${body.language}.txt`,
    mediaType: 'text/plain',
    bytes: Buffer.from(rendered.text),
    by,
    now,
  })
  const signed = await keepSignature(ctx, patient, body)
  const id = await insertConsent(tx, {
    patientId: patient.id,
    clinicId,
    practitionerId: body.practitionerId,
    form: body.form,
    mode,
    givenOn,
    givenAt: now,
    faceToFace: body.faceToFace,
    language: body.language,
    told: body.told,
    formId: consentFormId,
    formVersion: consentFormVersion,
    formSha256: shown.sha256,
    formDocumentId: shown.id,
    signature: signed.kind,
    signatureDocumentId: signed.documentId,
    signerName: body.signerName,
    signerCapacity: body.signerCapacity,
    witness: body.form === 'verbal' ? (body.witness ?? null) : null,
    backDatingReason: body.backDatingReason ?? null,
    obtainedBy: by,
  })
  if (body.copyChannel !== 'later') await insertCopy(tx, id, { channel: body.copyChannel, givenOn: today, by, now })
  const consent = await readConsent(tx, id)
  await sendToEhr(ctx, patient, consent)
  touch({
    subjectId: id,
    detail: { form: body.form, mode, formVersion: consentFormVersion, formSha256: shown.sha256, told: body.told },
  })
  return presentConsent(await readConsent(tx, id))
})

export const revoke = action(contract.consents.revoke, async (ctx, { params, body }) => {
  const consent = await lockConsent(ctx.tx, params.id)
  const revocation = await stopConsent(ctx, consent, body)
  ctx.touch({ patientId: consent.patientId, subjectId: consent.id, detail: revocation })
  return presentConsent(await readConsent(ctx.tx, consent.id))
})

/** Keeps a wish to stop a consent whose patient is locked. Answers the day of the wish and the one on which it takes effect. */
export async function stopConsent(
  { tx, by, now, today }: Ctx,
  consent: ConsentRow,
  wish: { requestedOn: string; reason: string },
): Promise<{ requestedOn: string; effectiveOn: string }> {
  const revocation = orThrow(decideRevocation(consent, wish.requestedOn, today))
  await insertRevocation(tx, consent.id, { ...revocation, reason: wish.reason, by, now })
  return revocation
}

export const giveCopy = action(contract.consents.giveCopy, async ({ tx, by, now, today, touch }, { params, body }) => {
  const consent = await lockConsent(tx, params.id)
  if (consent.copyGivenOn !== null) throw new Problem('conflict', `A copy was given on ${consent.copyGivenOn}.`)
  await insertCopy(tx, consent.id, { channel: body.channel, givenOn: today, by, now })
  touch({ patientId: consent.patientId, subjectId: consent.id, detail: { channel: body.channel } })
  return presentConsent(await readConsent(tx, consent.id))
})

export const pdf = action(contract.consents.pdf, async (ctx, { params }) => {
  const consent = await readConsent(ctx.tx, params.id)
  const patient = await requirePatient(ctx.tx, consent.patientId)
  ctx.touch({ patientId: patient.id, subjectId: consent.id })
  return {
    name: `Consent ${patient.family} ${consent.givenOn}.pdf`,
    mediaType: 'application/pdf',
    bytes: await paperOf(ctx, patient, consent),
    inline: true,
  }
})

/** The form of today for a language, with the practitioner who is named in it (the first one until somebody chose). */
async function currentForm(ctx: Ctx, language: 'en' | 'es', practitionerId: string | null) {
  const clinic = await readClinic(ctx.tx, ctx.clinicId)
  const practitioners = await practitionersOn(ctx.tx, ctx.today)
  const named = practitioners.find(({ id }) => id === practitionerId) ?? practitioners[0]
  const mode = await policyOn(ctx.tx, ctx.clinicId, 'consent.mode', ctx.today)
  return { rendered: renderConsentForm(clinic, named?.name ?? clinic.name, language), mode, practitioners, named }
}

/** Keeps what proves the patient's will: the drawn strokes or the scanned paper as a document; typed and spoken words are in the row. */
async function keepSignature(
  ctx: Ctx,
  patient: PatientIdentity,
  body: RecordConsent,
): Promise<{ kind: ConsentRow['signature']; documentId: string | null }> {
  if (body.form === 'verbal') return { kind: 'spoken', documentId: null }
  if (body.form === 'scanned') {
    const scan = await readDocument(ctx.tx, body.scanDocumentId)
    if (scan.patientId !== patient.id || scan.kind !== 'consent_scan') {
      throw new Problem(
        'consent_signature_missing',
        'The scan belongs to another patient or is no consent. Upload the signed paper of this patient.',
      )
    }
    return { kind: 'paper', documentId: scan.id }
  }
  if (body.signature.kind === 'typed') return { kind: 'typed', documentId: null }
  const bytes = Buffer.from(body.signature.image.split(',')[1] ?? '', 'base64')
  // A blank pad gives a picture of a few hundred bytes; a signature has strokes.
  if (bytes.length < 600)
    throw new Problem('consent_signature_missing', 'The signature is empty. Sign in the box, or type the name instead.')
  const { id } = await insertDocument(ctx.tx, {
    patientId: patient.id,
    kind: 'consent_signature',
    name: 'Signature.png',
    mediaType: 'image/png',
    bytes,
    by: ctx.by,
    now: ctx.now,
  })
  return { kind: 'drawn', documentId: id }
}

/** Queues the signed paper for the clinic's EHR: the scan as it is, otherwise the consent as a PDF. */
async function sendToEhr(ctx: Ctx, patient: PatientIdentity, consent: ConsentRow): Promise<void> {
  const documentId = consent.signatureDocumentId ?? consent.formDocumentId
  const document = await readDocument(ctx.tx, documentId)
  const content = await readContent(ctx.tx, document)
  await queueForEhr(ctx.tx, {
    patientId: patient.id,
    documentId,
    title: `Consent of ${consent.givenOn}`,
    now: ctx.now,
    resource: consentDocumentReference({
      id: newId(),
      patient: { reference: `Patient/${patient.sourceId}`, display: patient.name },
      documentedAt: ctx.now.toISOString(),
      title: `CCM consent ${consent.givenOn}, form ${consent.formVersion}`,
      contentType: document.mediaType,
      language: consent.language === 'es' ? 'es-US' : 'en-US',
      sizeBytes: content.length,
      sha1Base64: sha1Base64(content),
      url: `urn:uuid:${documentId}`,
      identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${documentId}` },
    }),
  })
}

async function paperOf(ctx: Ctx, patient: PatientIdentity, consent: ConsentRow): Promise<Uint8Array> {
  const shown = await readContent(ctx.tx, await readDocument(ctx.tx, consent.formDocumentId))
  const signature =
    consent.signature === 'drawn' && consent.signatureDocumentId !== null
      ? await readContent(ctx.tx, await readDocument(ctx.tx, consent.signatureDocumentId))
      : null
  return printConsent({ patient, consent, formText: shown.toString('utf8'), signature, timeZone: ctx.timeZone })
}

/** The consent that was in force on a day, for the other features; null when there was none. */
export async function consentOn(tx: Ctx['tx'], patientId: string, on: string): Promise<ConsentRow | null> {
  return (await listConsents(tx, patientId)).find((consent) => isInForce(consent, on)) ?? null
}
