import { type ClaimStanding, type ClaimStatus, inquiryCan } from '@keepwell/contract'
import { addDays, daysBetween } from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'

/** A question or an answer of so few days stands: the payer is not asked twice a week about one claim. */
export const quietDays = 7
/** After so many days without an answer somebody telephones. */
export const answerDays = 7

export interface Standing {
  status: ClaimStatus
  /** The day in the clinic's zone on which it left last; null for a claim that never left. */
  sentOn: string | null
  today: string
  staleDays: number
  /** Whether it went to a supplement, which no 276 reaches. */
  toSupplement: boolean
  /** The newest question since it left. */
  asked: { on: string; answered: boolean } | null
  /** What the payer told last since it left. */
  told: {
    on: string
    /** `category:status`, with the entity where there is one. */
    codes: readonly string[]
    decidedOn: string | null
    paidCents: number | null
    paymentTrace: string | null
  } | null
}

const withPayer = (status: ClaimStatus) => inquiryCan.ask.whyNot({ status }) === null

/** Days since a claim left, while the payer has it undecided; null otherwise. */
export function waitingDaysOf({ status, sentOn, today }: Pick<Standing, 'status' | 'sentOn' | 'today'>): number | null {
  return sentOn !== null && withPayer(status) ? Math.max(0, daysBetween(sentOn, today)) : null
}

type Next = ClaimStanding['next']

/** The next thing to do about a claim that the payer has; null where it has none or has decided. */
export function nextStepOf(claim: Standing): Next {
  const days = waitingDaysOf(claim)
  if (days === null) return null
  const { told, asked, today, staleDays } = claim
  if (claim.toSupplement)
    return days > staleDays
      ? { step: 'telephone', sentence: `No decision for ${days} days: telephone the insurer.` }
      : { step: 'wait', sentence: 'Wait for the remittance of the insurer.' }
  const quietSince = addDays(today, -quietDays)
  if (told !== null && (asked === null || asked.answered || told.on >= asked.on)) {
    const step = stepAfter(told)
    if (step.step !== 'wait' || told.on > quietSince || days <= staleDays) return step
  }
  if (asked !== null && !asked.answered)
    return asked.on > addDays(today, -answerDays)
      ? { step: 'await_answer', sentence: `Asked on ${dayWords(asked.on)}; wait for the answer.` }
      : { step: 'telephone', sentence: `Asked on ${dayWords(asked.on)} and not answered: telephone the payer.` }
  if (days > staleDays) return { step: 'ask', sentence: `No decision for ${days} days: ask the payer for its status.` }
  return {
    step: 'wait',
    sentence: `Wait for the remittance; ask from ${dayWords(addDays(today, staleDays + 1 - days))} on.`,
  }
}

/** What an answer of the payer asks of the clinic. Several codes may stand together: what needs a deed wins over what only tells. */
function stepAfter(told: NonNullable<Standing['told']>): NonNullable<Next> {
  const categories = told.codes.map((code) => code.split(':')[0] ?? '')
  const says = (...wanted: string[]) => categories.some((category) => wanted.includes(category))
  if (says('A3', 'A6', 'A7', 'A8'))
    return {
      step: 'make_ready',
      sentence: 'The payer refused it before it was decided: mend what it names, make it ready again and send it.',
    }
  if (says('A4'))
    return {
      step: 'make_ready',
      sentence: 'The payer does not have it: make it ready again, and it leaves with the next batch.',
    }
  if (categories.some((category) => /^[FR]\d+$/.test(category) || category === 'P3' || category === 'P4')) {
    if (says('F2', 'F4'))
      return {
        step: 'fetch_payment',
        sentence: `The payer decided not to pay it${onDay(told.decidedOn)}: take in its remittance, and the denial says what to do.`,
      }
    if (categories.some((category) => category.startsWith('F')))
      return {
        step: 'fetch_payment',
        sentence: `The payer decided it${onDay(told.decidedOn)}${told.paymentTrace === null ? '' : ` and paid under number ${told.paymentTrace}`}: take in that remittance, or ask the payer for a copy.`,
      }
    return says('P4')
      ? {
          step: 'answer_payer',
          sentence: 'The payer asked the patient for something: ask the patient to answer it.',
        }
      : { step: 'answer_payer', sentence: 'The payer asks for more: send what it names, with the packet of the month.' }
  }
  if (says('D0', 'E0', 'E3', 'E4'))
    return { step: 'telephone', sentence: 'The payer could not answer the question: telephone it.' }
  return { step: 'wait', sentence: 'The payer has it and is working on it: wait.' }
}

const onDay = (day: string | null) => (day === null ? '' : ` on ${dayWords(day)}`)

export interface Askable {
  id: string
  controlNumber: string
  status: ClaimStatus
  followsClaimId: string | null
}

/** Which claims go into a question: each named one has to be with the payer. */
export function decideAsked(ids: readonly string[], found: readonly Askable[]): Decision<readonly Askable[]> {
  if (found.length < ids.length) return refuse('not_found', 'There is no such claim here. Nothing was asked.')
  const faults = found.flatMap((claim) => {
    const whyNot = inquiryCan.ask.whyNot(claim)
    return whyNot === null ? [] : [{ path: claim.controlNumber, message: whyNot }]
  })
  return faults.length === 0
    ? accept(found)
    : refuse('claim_not_ready', 'At least one of these claims cannot be asked about. Nothing was asked.', faults)
}

/** @see nextStepOf: only what the payer itself denies having is made ready again. */
export function decideReadiness(claim: Standing): Decision<'ready'> {
  const whyNot = inquiryCan.makeReady.whyNot({ status: claim.status, next: nextStepOf(claim) })
  return whyNot === null ? accept('ready') : refuse('claim_not_ready', whyNot)
}
