import type { Consent } from '@keepwell/contract'
import { dayText, type State } from '../../ui/index.ts'

/** Where a patient stands with consent, in one word for the strip and the card. */
export interface ConsentStanding {
  state: State
  word: string
  why: string
  /** The consent that counts today, or the last one. */
  consent: Consent | null
}

const spoken: Record<Consent['form'], string> = {
  written: 'written',
  scanned: 'on paper',
  verbal: 'by word of mouth',
}

/** The standing on a day, from every consent that the patient gave; the newest comes first. */
export function consentStanding(consents: readonly Consent[], today: string): ConsentStanding {
  const inForce = consents.find((consent) => isInForce(consent, today))
  if (inForce !== undefined) {
    const given = `Given ${spoken[inForce.form]} on ${dayText(inForce.givenOn)} to ${inForce.obtainedBy.name}.`
    if (inForce.revocation === null) return { state: 'good', word: 'Consent given', why: given, consent: inForce }
    return {
      state: 'attention',
      word: `Stops ${dayText(inForce.revocation.effectiveOn)}`,
      why: `The patient asked on ${dayText(inForce.revocation.requestedOn)} to stop.`,
      consent: inForce,
    }
  }
  const last = consents[0]
  if (last?.revocation != null) {
    return {
      state: 'stop',
      word: 'Consent withdrawn',
      why: `The patient asked on ${dayText(last.revocation.requestedOn)} to stop; it ended on ${dayText(last.revocation.effectiveOn)}.`,
      consent: last,
    }
  }
  return {
    state: 'neutral',
    word: 'No consent',
    why: 'No consent has been recorded for this patient.',
    consent: null,
  }
}

/** Given by then, and not past the day on which a withdrawal took effect. */
export function isInForce(consent: Pick<Consent, 'givenOn' | 'revocation'>, on: string): boolean {
  return consent.givenOn <= on && (consent.revocation === null || on <= consent.revocation.effectiveOn)
}

/** How a consent was given, as one phrase. */
export function formText(consent: Pick<Consent, 'form' | 'signature' | 'faceToFace'>): string {
  const how = {
    drawn: 'Signed on the screen',
    typed: 'Signed by typing the name',
    paper: 'Signed on paper',
    spoken: 'Said aloud',
  }[consent.signature]
  return `${how}, ${consent.faceToFace ? 'face to face' : 'not face to face'}`
}

/** What became of the paper on its way to the EHR. */
export function ehrStanding(ehr: Consent['ehr']): { state: State; word: string; why?: string } {
  switch (ehr.status) {
    case 'sent':
      return {
        state: 'good',
        word: 'In the EHR',
        ...(ehr.receipt === null ? {} : { why: `Receipt ${ehr.receipt}` }),
      }
    case 'queued':
      return { state: 'info', word: 'On its way to the EHR' }
    case 'failed':
      return { state: 'stop', word: 'Not in the EHR yet', why: 'The EHR did not take it; it is tried again.' }
    case 'none':
      return { state: 'neutral', word: 'Kept here only' }
  }
}
