import type { Remittance, RemittanceStatus } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'
import type { Standing } from './pairs.ts'

/** How each standing of a line looks. */
export const standingFaces: Record<Standing, { state: State; word: string }> = {
  as_expected: { state: 'good', word: 'As expected' },
  less: { state: 'attention', word: 'Too little' },
  more: { state: 'attention', word: 'Too much' },
  unpaid: { state: 'stop', word: 'Not paid' },
  reversal: { state: 'info', word: 'Taken back' },
  unmatched: { state: 'attention', word: 'Not attributed' },
  unknown: { state: 'unknown', word: 'Nothing to compare' },
}

/** How a line was brought to its claim. */
export const matchWords: Record<string, string> = {
  control_number: 'our number',
  payer_number: "the payer's number",
  line_control: 'the number of its line',
  patient_and_date: 'patient and day of service',
  person: 'a person',
}

const methodWords: Record<string, string> = {
  ACH: 'Electronic transfer (ACH)',
  BOP: "As the payer's bank chose",
  CHK: 'Check',
  FWT: 'Wire transfer',
  NON: 'No money moved',
}

/** How the payer paid, in words. */
export function methodText(method: string): string {
  return methodWords[method] ?? method
}

export const statusFaces: Record<RemittanceStatus, { state: State; word: string }> = {
  posted: { state: 'good', word: 'Posted' },
  held: { state: 'attention', word: 'Held' },
  discarded: { state: 'neutral', word: 'Discarded' },
}

export const deedWords: Record<Remittance['deeds'][number]['kind'], string> = {
  entered: 'Entered from paper',
  released: 'Posted by hand',
  discarded: 'Discarded',
  restored: 'Held again',
}
