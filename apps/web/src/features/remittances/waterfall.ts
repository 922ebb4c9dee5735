import type { Receivables } from '@keepwell/contract'

type Month = Receivables['months'][number]

export interface Step {
  id: string
  label: string
  cents: number
  /** Where its bar begins and how long it is, as shares of the charge between 0 and 1. */
  from: number
  share: number
}

const fates: readonly (readonly [string, string, (month: Month) => number])[] = [
  ['first', 'Taken on by a first insurer', (month) => month.firstInsurerCents],
  ['contract', "Over the payer's fee schedule", (month) => month.contractualCents],
  ['sequestration', 'Sequestration', (month) => month.sequestrationCents],
  ['denied', 'Denied', (month) => month.deniedCents],
  ['other', 'Other adjustments', (month) => month.otherCents],
  ['share', "Patients' share", (month) => month.patientCents],
  ['paid', 'Paid', (month) => month.paidCents],
  ['open', 'Still open', (month) => month.openCents],
]

/**
 * What became of a month's charges, each step beginning where the one before ended; steps of nothing are left out. An
 * amount below zero (taken back) has no bar and moves nothing.
 */
export function waterfallOf(month: Month): Step[] {
  const whole = Math.max(1, month.chargeCents)
  const steps: Step[] = [{ id: 'charge', label: 'Charged', cents: month.chargeCents, from: 0, share: 1 }]
  let left = month.chargeCents
  for (const [id, label, of] of fates) {
    const cents = of(month)
    if (cents === 0) continue
    const drawn = Math.max(0, cents)
    left -= drawn
    steps.push({ id, label, cents, from: Math.max(0, left) / whole, share: Math.min(1, drawn / whole) })
  }
  return steps
}

/** `4 hours`, `2.5 days`: how long something took. */
export function timeTakenText(seconds: number): string {
  const hours = Math.round(seconds / 3600)
  if (hours < 1) return 'under an hour'
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`
  const days = Math.round(seconds / 8640) / 10
  return `${days} days`
}
