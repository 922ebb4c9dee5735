import type { ConsentForm, Language, RecordConsent } from '@keepwell/contract'
import type { Signature } from '../../ui/index.ts'

/** What stands on the page while a consent is being taken; nothing of it is kept before "Record consent". */
export interface Draft {
  language: Language
  practitionerId: string | null
  how: RecordConsent['form'] | null
  faceToFace: boolean | null
  signerCapacity: 'self' | 'legal_representative'
  signerName: string
  told: readonly string[]
  signature: Signature | null
  scan: File | null
  /** The day on the paper; empty means today. */
  givenOn: string
  backDatingReason: string
  readAloud: boolean
  witness: string
  copyChannel: RecordConsent['copyChannel']
}

export const steps = [
  { id: 'how', label: 'How' },
  { id: 'tell', label: 'Tell' },
  { id: 'sign', label: 'Sign' },
  { id: 'copy', label: 'Copy' },
] as const
export type StepId = (typeof steps)[number]['id']

export function emptyDraft(language: Language, signerName: string): Draft {
  return {
    language,
    practitionerId: null,
    how: null,
    faceToFace: null,
    signerCapacity: 'self',
    signerName,
    told: [],
    signature: null,
    scan: null,
    givenOn: '',
    backDatingReason: '',
    readAloud: false,
    witness: '',
    copyChannel: 'printed',
  }
}

/** Why the step is not complete, as the sentence on the button; null when the next one may come. */
export function whyNotDone(step: StepId, draft: Draft, form: ConsentForm, today: string): string | null {
  switch (step) {
    case 'how':
      if (draft.how === null) return 'Choose how the patient consents.'
      if (!form.allowedForms.includes(draft.how)) return 'This clinic does not take consent in that way.'
      if (draft.faceToFace === null) return 'Say whether the patient is here.'
      if (form.mode === 'written_face_to_face' && !draft.faceToFace) return 'This clinic takes consent at a visit only.'
      if (practitionerOf(draft, form) === null) return 'Choose the practitioner.'
      return null
    case 'tell': {
      const open = form.statements.filter((one) => one.required && !draft.told.includes(one.id)).length
      if (open === 0) return null
      return open === 1 ? 'One statement has not been told yet.' : `${open} statements have not been told yet.`
    }
    case 'sign':
      return whyNotSigned(draft, today)
    case 'copy':
      return null
  }
}

function whyNotSigned(draft: Draft, today: string): string | null {
  if (draft.signerName.trim() === '') return 'Write the name of the person who consents.'
  if (draft.how === 'written') {
    if (draft.signature === null) return 'The signature is missing.'
    const typedOther = draft.signature.kind === 'typed' && !sameName(draft.signature.name, draft.signerName)
    return typedOther ? 'The typed signature is not the name of the person who consents.' : null
  }
  if (draft.how === 'scanned') {
    if (draft.scan === null) return 'Add the scan of the signed paper.'
    if (draft.givenOn > today) return 'A paper cannot be signed in the future.'
    const late = draft.givenOn !== '' && draft.givenOn < today
    return late && draft.backDatingReason.trim() === '' ? 'Say why the paper is recorded only today.' : null
  }
  return draft.readAloud ? null : 'Confirm that the script was read aloud and the patient said yes.'
}

/** Names as people type them: accents, capitals and double spaces do not make another person. */
function sameName(a: string, b: string): boolean {
  const plain = (text: string) =>
    text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
  return plain(a) === plain(b)
}

/** The practitioner chosen, else the one whom the form names. */
export function practitionerOf(draft: Draft, form: ConsentForm): string | null {
  return draft.practitionerId ?? form.practitionerId
}

/** The first step that still lacks something, or the last: a reload never lands beyond it. */
export function furthestStep(draft: Draft, form: ConsentForm, today: string): StepId {
  return steps.find((step) => whyNotDone(step.id, draft, form, today) !== null)?.id ?? 'copy'
}

/**
 * What is sent: the form exactly as it was shown, by its version and hash.
 * @returns null while something is missing, which `whyNotDone` names.
 */
export function requestOf(
  draft: Draft,
  form: ConsentForm,
  today: string,
  scanDocumentId: string | null,
): RecordConsent | null {
  const practitionerId = practitionerOf(draft, form)
  if (practitionerId === null || steps.some((step) => whyNotDone(step.id, draft, form, today) !== null)) return null
  const common = {
    practitionerId,
    language: form.language,
    told: form.statements.map((one) => one.id).filter((id) => draft.told.includes(id)),
    formVersion: form.version,
    formSha256: form.sha256,
    faceToFace: draft.faceToFace === true,
    signerName: draft.signerName.trim(),
    signerCapacity: draft.signerCapacity,
    copyChannel: draft.copyChannel,
  }
  if (draft.how === 'written' && draft.signature !== null) {
    return { ...common, form: 'written', signature: draft.signature }
  }
  if (draft.how === 'scanned' && scanDocumentId !== null) {
    const late = draft.givenOn !== '' && draft.givenOn < today
    return {
      ...common,
      form: 'scanned',
      scanDocumentId,
      ...(late ? { givenOn: draft.givenOn, backDatingReason: draft.backDatingReason.trim() } : {}),
    }
  }
  if (draft.how === 'verbal') {
    const witness = draft.witness.trim()
    return { ...common, form: 'verbal', readAloud: true, ...(witness === '' ? {} : { witness }) }
  }
  return null
}
