import type { CheckFacts, EligibilityCheck } from '@keepwell/contract'
import {
  type CoverageFacts,
  covers,
  type InquiryToWrite,
  isMbi,
  isNpi,
  isSyntheticMbi,
  type Period,
  read271,
} from '@keepwell/x12'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'

export interface CheckSituation {
  patient: { family: string; given: string; bornOn: string | null; sex: string; mbi: string | null }
  clinic: { name: string; npi: string | null }
  parties: {
    submitterId: string
    receiverId: string
    payerId: string
    payerName: string
    usage: 'T' | 'P'
  } | null
  serviceOn: string
}

/** A check cannot be asked for a day to come. */
export function decideServiceDay(serviceOn: string | undefined, today: string): Decision<string> {
  if (serviceOn !== undefined && serviceOn > today) {
    return refuse('invalid_input', 'Medicare answers for today and days before. Choose one of them.', [
      { path: 'body.serviceOn', message: 'Not in the future.' },
    ])
  }
  return accept(serviceOn ?? today)
}

export type Inquiry =
  | { missing: string[] }
  | {
      missing: null
      question: Omit<InquiryToWrite, 'envelope' | 'setControl'>
      parties: NonNullable<CheckSituation['parties']>
    }

/** The question to Medicare, or the facts that are missing to ask it, each in a sentence with who mends it. */
export function inquiryOf({ patient, clinic, parties, serviceOn }: CheckSituation, trace: string): Inquiry {
  const missing: string[] = []
  const test = parties?.usage === 'T'
  if (patient.mbi === null) missing.push("The Medicare number (MBI) is not on file: copy it from the patient's card.")
  else if (!isMbi(patient.mbi) && !(test && isSyntheticMbi(patient.mbi))) {
    missing.push("The Medicare number (MBI) on file cannot be right: compare it with the patient's card.")
  }
  if (patient.bornOn === null) missing.push('The birth date is not on file: ask the patient.')
  if (clinic.npi === null || !isNpi(clinic.npi))
    missing.push("The clinic's NPI is not set: the CCM manager adds it under Settings.")
  if (parties === null) missing.push('Submitter and payer are not set: the CCM manager adds them under Settings.')
  if (missing.length > 0 || patient.mbi === null || patient.bornOn === null || clinic.npi === null || parties === null)
    return { missing }
  const sex = { male: 'M', female: 'F' }[patient.sex]
  return {
    missing: null,
    parties,
    question: {
      originator: `9${parties.submitterId}`.slice(0, 10).padEnd(10, '0'),
      inquiries: [
        {
          trace,
          payer: { name: parties.payerName, id: parties.payerId },
          provider: { name: clinic.name, npi: clinic.npi },
          serviceOn,
          subscriber: {
            family: patient.family,
            given: patient.given,
            memberId: patient.mbi,
            bornOn: patient.bornOn,
            ...(sex === undefined ? {} : { sex }),
          },
        },
      ],
    },
  }
}

export interface Judgment {
  verdict: EligibilityCheck['verdict']
  reasons: string[]
  failure: string | null
  facts: CheckFacts | null
}

/** A verdict without an answer: unsure, with what failed. */
export function unanswered(failure: string): Judgment {
  return {
    verdict: 'unsure',
    reasons: ['Medicare was not asked or gave no answer; nothing is known for sure.'],
    failure,
    facts: null,
  }
}

/** What the 271 means for the desk: yes, no or unsure, always with the reasons. */
export function judge271(text: string, question: { serviceOn: string; trace: string }): Judgment {
  const file = read271(text, { serviceOn: question.serviceOn })
  const answer =
    file.answers.find((one) => one.trace?.toUpperCase() === question.trace.toUpperCase()) ??
    (file.answers.length === 1 && file.answers[0]?.trace === null ? file.answers[0] : undefined)
  if (file.refused !== null) return unanswered(`The answer could not be read: ${file.refused}`)
  if (answer === undefined) return unanswered('The answer is about another question, so it was not used. Ask again.')
  if (answer.truncated) return unanswered('The answer is cut off. Ask again.')
  const rejection = answer.rejections.find((one) => one.level !== 'benefit')
  if (rejection !== undefined) {
    return {
      verdict: 'unsure',
      failure: `${rejection.message} ${rejection.action}`,
      facts: null,
      reasons: [rejection.mayRetry ? 'Asking again may help.' : 'Asking again without a change gives the same answer.'],
    }
  }
  return { ...verdictOf(answer, question.serviceOn), failure: null, facts: factsOf(answer) }
}

function verdictOf(answer: CoverageFacts, serviceOn: string): Pick<Judgment, 'verdict' | 'reasons'> {
  const { billMedicare } = answer
  const reasons = [billMedicare.reason]
  let verdict: Judgment['verdict'] = billMedicare.answer === 'unknown' ? 'unsure' : billMedicare.answer
  if (within(answer.hospice, serviceOn)) {
    if (verdict === 'yes') verdict = 'unsure'
    reasons.push('Hospice care is open: the provider has to say whether this care lies outside of it.')
  }
  if (within(answer.homeHealth, serviceOn))
    reasons.push('A home health episode is open: tell the care manager, so that the agencies speak with each other.')
  if (within(answer.skilledNursing, serviceOn))
    reasons.push('A stay in a skilled nursing facility is on file: the biller checks the month.')
  if (within(answer.esrd, serviceOn))
    reasons.push('End stage renal disease is on file: monthly dialysis services may exclude this one.')
  if (answer.qmb === 'yes')
    reasons.push('Qualified Medicare Beneficiary: the patient owes nothing, never collect a share.')
  const left = answer.partBDeductible.leftCents
  if (left !== null && verdict !== 'no') {
    reasons.push(
      left === 0 ? 'The Part B deductible is met.' : `${dollars(left)} of the Part B deductible is still open.`,
    )
  }
  return { verdict, reasons }
}

function within(periods: readonly Period[], day: string): boolean {
  return periods.some((period) => covers(period, day) !== 'no')
}

function dollars(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

/**
 * HETS tells a QMB period whenever there is one. An answer that tells Part B's amounts and no such period therefore
 * says that the patient is none; a thinner answer leaves it unknown. [K]
 */
function qmbOf(answer: CoverageFacts): CheckFacts['qmb'] {
  const full = answer.partB.active === 'yes' && answer.partBDeductible.yearCents !== null
  return answer.qmb === 'unknown' && full ? 'no' : answer.qmb
}

function factsOf(answer: CoverageFacts): CheckFacts {
  const period = ({ from, to }: Period) => ({ from, to })
  const other = (one: CoverageFacts['msp'][number]) => ({
    ...period(one),
    meaning: one.meaning,
    payerName: one.payerName,
    reference: one.reference,
  })
  const { year, yearCents, leftCents } = answer.partBDeductible
  return {
    partA: { active: answer.partA.active, ...period(answer.partA) },
    partB: { active: answer.partB.active, ...period(answer.partB) },
    medicareAdvantage: answer.medicareAdvantage.map(other),
    msp: answer.msp.map(other),
    qmb: qmbOf(answer),
    deductible: { year, yearCents, leftCents },
    hospice: answer.hospice.map(period),
    homeHealth: answer.homeHealth.map(period),
    skilledNursing: answer.skilledNursing.map(period),
    esrd: answer.esrd.map(period),
    diedOn: answer.diedOn,
  }
}

export interface ToldCoverage {
  kind: string
  /** Tells several of one kind apart, from 0. */
  number: number
  payerName: string | null
  memberId: string | null
  from: string | null
  to: string | null
}

/** The coverages that an answer tells, as rows of the record. A part told as not active is no coverage. */
export function coveragesOf(facts: CheckFacts, question: { mbi: string | null }): ToldCoverage[] {
  const told: Omit<ToldCoverage, 'number'>[] = []
  const add = (kind: string, period: Period, payerName: string | null, memberId: string | null = null) =>
    told.push({ kind, payerName, memberId, from: period.from, to: period.to })
  const part = (kind: string, coverage: CheckFacts['partB']) => {
    if (coverage.active === 'yes') add(kind, coverage, 'Medicare', question.mbi)
  }
  part('medicare_part_a', facts.partA)
  part('medicare_part_b', facts.partB)
  for (const plan of facts.medicareAdvantage) add('medicare_advantage', plan, plan.payerName, plan.reference)
  for (const payer of facts.msp) add('other_primary', payer, payer.payerName, payer.reference)
  if (facts.qmb === 'yes') add('qmb', { from: null, to: null }, 'Medicaid')
  for (const period of facts.hospice) add('hospice', period, null)
  for (const period of facts.homeHealth) add('home_health', period, null)
  for (const period of facts.esrd) add('esrd', period, null)
  const seen = new Map<string, number>()
  return told.map((one) => {
    const number = seen.get(one.kind) ?? 0
    seen.set(one.kind, number + 1)
    return { ...one, number }
  })
}

export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
