import type { Introduction, PatientResponse } from '@keepwell/contract'

export const responseWords: Record<PatientResponse, string> = {
  interested: 'Interested',
  thinking: 'Wants to think',
  agreed: 'Said yes',
  declined: 'Said no',
}
export const kindWords: Record<Introduction['kind'], string> = {
  mentioned: 'Mentioned',
  brochure_given: 'Brochure given',
  heard_before: 'Asked if heard before',
  response: 'Answer',
  question: 'Clinical question routed',
  nudge: "Put on the provider's list",
}
export const channelWords: Record<Introduction['channel'], string> = {
  in_person: 'in person',
  phone: 'by phone',
  e_mail: 'by e-mail',
  text: 'by text',
  mail: 'by post',
}
export const heardWords = {
  yes: 'had heard of it',
  no: 'had not heard of it',
  unsure: 'was not sure',
} as const

/** One line of the log in words. */
export function introductionText(one: Introduction): string {
  if (one.kind === 'response' && one.response !== null) return responseWords[one.response]
  if (one.kind === 'heard_before' && one.heardBefore !== null) return `Patient ${heardWords[one.heardBefore]}`
  return kindWords[one.kind]
}
