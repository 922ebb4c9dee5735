import type { AgeBucket, Batch, ClaimRow, ClaimStatus, FilingBucket, X12File } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

/** How each status of a claim looks, what it means in one sentence, and what comes next; null where nothing does by the status alone. */
export const claimFaces: Record<ClaimStatus, { state: State; means: string; next: string | null }> = {
  ready: { state: 'info', means: 'Made by the month close; waits for a batch.', next: 'Put it in a batch' },
  batched: { state: 'info', means: 'In a batch that has not left yet.', next: 'Leaves with its batch' },
  sent: { state: 'neutral', means: 'Has left; the payer has not answered yet.', next: 'Wait for the receipt' },
  accepted: { state: 'neutral', means: 'The payer has it and will decide.', next: 'Wait for the decision' },
  rejected: {
    state: 'stop',
    means: 'Refused before it was looked at; correct it and send it anew.',
    next: 'Mend it, make it ready',
  },
  paid: { state: 'good', means: 'Paid as expected.', next: null },
  denied: { state: 'stop', means: 'Looked at and not paid; the denial says what to do.', next: null },
  underpaid: { state: 'attention', means: 'Paid less than the fee schedule says.', next: null },
  reversed: { state: 'attention', means: 'The payer took its payment back.', next: 'See what comes instead' },
  withdrawn: { state: 'neutral', means: 'Taken back by the clinic before the payer had it.', next: null },
  replaced: { state: 'neutral', means: 'Decided by the payer, and billed anew by another claim.', next: null },
}

/** What comes next for a claim; null where nothing is left to do. */
export function nextOf({ status, openDenials }: Pick<ClaimRow, 'status' | 'openDenials'>): string | null {
  return openDenials > 0 ? 'Work the denial' : claimFaces[status].next
}

/** The lanes that always stand on top, in the order in which a claim goes through them. */
export const mainLanes: readonly ClaimStatus[] = [
  'ready',
  'batched',
  'sent',
  'accepted',
  'rejected',
  'paid',
  'denied',
  'underpaid',
]
/** Shown as lanes only where a claim stands in them. */
export const rareLanes: readonly ClaimStatus[] = ['reversed', 'withdrawn', 'replaced']

export const batchFaces: Record<Batch['status'], { state: State; word: string }> = {
  waiting: { state: 'info', word: 'Waiting' },
  sending: { state: 'info', word: 'Leaving now' },
  sent: { state: 'neutral', word: 'Sent' },
  undone: { state: 'neutral', word: 'Taken back' },
  failed: { state: 'stop', word: 'Not delivered' },
  accepted: { state: 'good', word: 'Taken by the payer' },
  rejected: { state: 'stop', word: 'Rejected' },
}

export const channelWords: Record<Batch['channel'], string> = {
  download: 'Downloaded by hand',
  sftp: 'SFTP',
  simulator: 'Payer simulator',
}
/** The same in the middle of a sentence, after `by`. */
export const channelPhrases: Record<Batch['channel'], string> = {
  download: 'download',
  sftp: 'SFTP',
  simulator: 'the payer simulator',
}
/** When the payment is to be expected: a contractor pays a clean claim after two weeks, the simulator in minutes. */
export const paymentWords: Record<Batch['channel'], string> = {
  download: 'in about two weeks',
  sftp: 'in about two weeks',
  simulator: 'after five minutes',
}

export const outcomeFaces: Record<X12File['outcome'], { state: State; word: string }> = {
  posted: { state: 'good', word: 'Posted' },
  held: { state: 'attention', word: 'Held' },
  taken: { state: 'good', word: 'Taken in' },
  refused: { state: 'stop', word: 'Refused' },
  sent: { state: 'good', word: 'Sent' },
  made: { state: 'neutral', word: 'Made' },
}

const kindWords: Record<string, string> = {
  '837P': 'Claims',
  '999': 'Receipt for a file',
  TA1: 'Receipt for an envelope',
  '277CA': 'Answer claim by claim',
  '276': 'Question about claims',
  '277': 'Status of claims',
  '835': 'Payment',
  '270': 'Eligibility question',
  '271': 'Eligibility answer',
}

/** `Payment (835)`: what a file is, with its number in the standard. */
export function kindText(kind: string): string {
  const known = kindWords[kind.toUpperCase()]
  return known === undefined ? kind : `${known} (${kind.toUpperCase()})`
}

export const ageWords: Record<AgeBucket, string> = {
  '0_30': 'Up to 30 days',
  '31_60': '31 to 60 days',
  '61_90': '61 to 90 days',
  '91_120': '91 to 120 days',
  over_120: 'More than 120 days',
}

/** How long an unsent claim may still leave. */
export const filingWords: Record<FilingBucket, string> = {
  late: 'Too late to file',
  days_30: '30 days or less to file',
  days_60: '31 to 60 days to file',
  days_90: '61 to 90 days to file',
  later: 'More than 90 days to file',
}
