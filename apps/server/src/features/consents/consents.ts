import { type ConsentMode, consentCan, type RecordConsent } from '@keepwell/contract'
import { consentModeRow, consentStatements, daysBetween, stopTakesEffect } from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'

export type ConsentFormKind = RecordConsent['form']

/** The form's version: it changes with its words, and every consent keeps the version and the hash that it was given on. */
export const consentFormVersion = '2026.1'
export const consentFormId = 'ccm-consent'

export interface RenderedForm {
  title: string
  text: string
  verbalScript: string
  statements: { id: string; words: string; required: boolean }[]
}

const words = {
  en: {
    title: 'Consent to Chronic Care Management',
    intro: (clinic: string, doctor: string) =>
      `${clinic} offers me Chronic Care Management, a service of Medicare for people who live with two or more lasting conditions. ${doctor} is responsible for it. I was told, and had time to ask about, each of the following:`,
    agree: (phone: string) =>
      `I agree to receive Chronic Care Management. I may stop at any time by calling ${phone}. I was offered a copy of this form.`,
    script: (clinic: string, doctor: string) =>
      `I am calling from ${clinic} on behalf of ${doctor}. I will read you a few short points about Chronic Care Management. Please stop me with any question.`,
    ask: 'Do you agree to receive this service?',
  },
  es: {
    title: 'Consentimiento para el Manejo de Cuidados Crónicos',
    intro: (clinic: string, doctor: string) =>
      `${clinic} me ofrece el Manejo de Cuidados Crónicos, un servicio de Medicare para personas que viven con dos o más enfermedades duraderas. ${doctor} es responsable del servicio. Me explicaron cada uno de los siguientes puntos y tuve tiempo de preguntar:`,
    agree: (phone: string) =>
      `Acepto recibir el Manejo de Cuidados Crónicos. Puedo dejarlo cuando quiera llamando al ${phone}. Me ofrecieron una copia de este formulario.`,
    script: (clinic: string, doctor: string) =>
      `Le llamo de ${clinic} de parte de ${doctor}. Le voy a leer unos puntos cortos sobre el Manejo de Cuidados Crónicos. Por favor, deténgame si tiene alguna pregunta.`,
    ask: '¿Acepta usted recibir este servicio?',
  },
}

/** The form in the words that are shown, signed, hashed and kept. Pure: the same clinic, doctor and language give the same bytes. */
export function renderConsentForm(
  clinic: { name: string; phone: string },
  practitionerName: string,
  language: 'en' | 'es',
): RenderedForm {
  const w = words[language]
  const statements = consentStatements.map((statement) => ({
    id: statement.id,
    words: statement[language],
    required: statement.required,
  }))
  const list = statements.map((statement, index) => `${index + 1}. ${statement.words}`)
  return {
    title: w.title,
    text: [
      w.title,
      `${consentFormId} ${consentFormVersion} (${language})`,
      '',
      w.intro(clinic.name, practitionerName),
      '',
      ...list,
      '',
      w.agree(clinic.phone),
      '',
    ].join('\n'),
    verbalScript: [w.script(clinic.name, practitionerName), '', ...list, '', w.ask].join('\n'),
    statements,
  }
}

/** The forms that a clinic's mode allows: what is written at a visit, what is written anywhere, and the spoken word. */
export function allowedForms(mode: ConsentMode): ConsentFormKind[] {
  return consentModeRow(mode).writtenRequired ? ['written', 'scanned'] : ['written', 'scanned', 'verbal']
}

export interface ConsentSituation {
  mode: ConsentMode
  today: string
  daysBack: number
  deceased: boolean
  /** The day a consent in force was given, or null. */
  inForceSince: string | null
  formSha256: string
  practitionerMayBill: boolean
}

/** Whether this consent can be recorded, and on which day it counts as given. */
export function decideRecord(command: RecordConsent, situation: ConsentSituation): Decision<{ givenOn: string }> {
  if (situation.deceased) return refuse('patient_deceased', 'The patient has died; no consent can be recorded.')
  if (situation.inForceSince !== null) {
    return refuse(
      'consent_exists',
      `A consent given on ${situation.inForceSince} is in force. It has to be stopped before another is recorded.`,
    )
  }
  if (!situation.practitionerMayBill)
    return refuse('not_a_practitioner', 'Choose the doctor or other practitioner who will bill for the service.')
  if (command.formSha256 !== situation.formSha256 || command.formVersion !== consentFormVersion) {
    return refuse(
      'consent_form_outdated',
      'The form has changed since this page was opened. Load it again and show the patient the new one; nothing was stored.',
    )
  }
  const form = decideForm(command, situation.mode)
  if (!form.ok) return form
  const missing = consentModeRow(situation.mode).required.filter((id) => !command.told.includes(id))
  if (missing.length > 0) {
    return refuse(
      'consent_statement_missing',
      'Tick each required statement once the patient was told it.',
      missing.map((id) => ({ path: 'body.told', message: `Not told: ${id}` })),
    )
  }
  return decideDay(command, situation)
}

function decideForm(command: RecordConsent, mode: ConsentMode): Decision<true> {
  if (!allowedForms(mode).includes(command.form)) {
    return refuse(
      'consent_form_not_allowed',
      'This clinic asks for consent in writing. Let the patient sign, or scan the signed paper.',
    )
  }
  if (consentModeRow(mode).faceToFaceRequired && !command.faceToFace) {
    return refuse(
      'consent_form_not_allowed',
      'This clinic asks for consent at a visit in person. Say that the patient is here, or wait for the visit.',
    )
  }
  if (
    command.form === 'written' &&
    command.signature.kind === 'typed' &&
    !sameName(command.signature.name, command.signerName)
  ) {
    return refuse('consent_signature_missing', "The typed signature is not the signer's name.")
  }
  return accept(true)
}

function decideDay(command: RecordConsent, { today, daysBack }: ConsentSituation): Decision<{ givenOn: string }> {
  const givenOn = command.givenOn ?? today
  if (givenOn > today) return refuse('attestation_required', 'A consent cannot be dated in the future.')
  const back = daysBetween(givenOn, today)
  if (back > 0 && command.form !== 'scanned')
    return refuse('attestation_required', 'Only a signed paper can carry an earlier day.')
  if (back > daysBack)
    return refuse(
      'attestation_required',
      `The paper is ${back} days old; this clinic takes at most ${daysBack}. Ask the patient to sign again.`,
    )
  if (back > 0 && command.backDatingReason === undefined)
    return refuse('attestation_required', 'Say why the paper is recorded only today.')
  return accept({ givenOn })
}

function sameName(a: string, b: string): boolean {
  const plain = (text: string) =>
    text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
  return plain(a) === plain(b)
}

export interface RevocableConsent {
  givenOn: string
  revocation: { requestedOn: string; effectiveOn: string } | null
}

/** When a withdrawal takes effect: at the end of its month, as the patient was told in the consent. */
export function decideRevocation(
  consent: RevocableConsent,
  requestedOn: string,
  today: string,
): Decision<{ requestedOn: string; effectiveOn: string }> {
  const whyNot = consentCan.revoke.whyNot(consent)
  if (whyNot !== null) return refuse('consent_not_active', whyNot)
  if (requestedOn < consent.givenOn)
    return refuse('consent_not_active', `The consent was given on ${consent.givenOn}, after that day.`)
  if (requestedOn > today) return refuse('consent_not_active', 'A wish to stop cannot be dated in the future.')
  return accept({ requestedOn, effectiveOn: stopTakesEffect(requestedOn) })
}

/** Whether a consent is in force on a day: given by then, and not past the day on which a withdrawal took effect. */
export function isInForce(consent: RevocableConsent, on: string): boolean {
  return consent.givenOn <= on && (consent.revocation === null || on <= consent.revocation.effectiveOn)
}
