import type { Inquiry, StandingStep } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

/** How the next step looks: what waits is quiet, what somebody has to do stands out. */
export const stepFaces: Record<StandingStep, { state: State; word: string }> = {
  wait: { state: 'neutral', word: 'Wait' },
  ask: { state: 'attention', word: 'Ask' },
  await_answer: { state: 'info', word: 'Asked' },
  telephone: { state: 'attention', word: 'Telephone' },
  answer_payer: { state: 'attention', word: 'Answer the payer' },
  fetch_payment: { state: 'attention', word: 'Fetch the remittance' },
  make_ready: { state: 'stop', word: 'Make ready again' },
}

export const inquiryFaces: Record<Inquiry['status'], { state: State; word: string }> = {
  waiting: { state: 'info', word: 'Waiting' },
  sent: { state: 'good', word: 'Asked' },
  failed: { state: 'stop', word: 'Not delivered' },
}

/** `31 days`, for how long a claim waits; empty where it does not. */
export function agesText(days: number | null): string {
  if (days === null) return ''
  return days === 0 ? 'today' : days === 1 ? '1 day' : `${days} days`
}
