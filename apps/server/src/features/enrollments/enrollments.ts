import type { EndReason, EnrollmentStatus, PathStep, PlanState } from '@keepwell/contract'
import {
  addYears,
  conditionsNeeded,
  type Eligibility,
  groupsOfIcd10,
  initiatingVisitCodes,
  initiatingVisitYears,
  lastDayOf,
  monthOfDate,
  type PatientVisit,
  valueOn,
} from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'

export type MissingPiece = EnrollmentStatus['missing'][number]

/** What the provider puts their name to; kept with every attestation in the words of its day. */
export const attestationStatement =
  'I have reviewed this patient’s record. Each condition named here is expected to last at least 12 months, or until the patient’s death, and together they place the patient at significant risk of death, acute exacerbation or decompensation, or functional decline.'

export interface AttestationCommand {
  conditions: readonly { code: string; label?: string | undefined }[]
  lasts12Months: boolean
  significantRisk: boolean
  factsSha256?: string | undefined
}

export interface AttestationSituation {
  today: string
  deceased: boolean
  practitioner: boolean
  factsSha256: string
  groups: Eligibility['groups']
}

export interface AttestedCondition {
  code: string
  label: string
  groups: string[]
  conditionIds: string[]
}

/** With its dot, as claims and charts write it. */
export function dotted(code: string): string {
  const plain = code.replace('.', '').toUpperCase()
  return plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
}

/** Whether this provider may attest these conditions of this patient today. */
export function decideAttestation(
  command: AttestationCommand,
  situation: AttestationSituation,
): Decision<{ conditions: AttestedCondition[] }> {
  if (situation.deceased) return refuse('patient_deceased', 'The patient has died; nothing can be attested.')
  if (!situation.practitioner)
    return refuse('not_a_practitioner', 'Only a practitioner who may bill on this day can attest.')
  if (command.factsSha256 !== undefined && command.factsSha256 !== situation.factsSha256) {
    return refuse(
      'conflict',
      'The chart has changed since this page was opened. Load it again and look at the evidence; nothing was stored.',
    )
  }
  if (!command.lasts12Months || !command.significantRisk) {
    return refuse(
      'attestation_required',
      'Both are needed: that the conditions last 12 months or more, and that they carry a significant risk.',
      [
        ...(command.lasts12Months ? [] : [{ path: 'body.lasts12Months', message: 'Not attested.' }]),
        ...(command.significantRisk ? [] : [{ path: 'body.significantRisk', message: 'Not attested.' }]),
      ],
    )
  }
  const conditions = attestedConditions(command.conditions, situation.groups)
  const useless = command.conditions.filter(({ code }) => usefulGroups(code).length === 0)
  if (useless.length > 0) {
    return refuse(
      'conditions_insufficient',
      `${useless.map(({ code }) => dotted(code)).join(', ')} is in no group of lasting conditions: acute conditions and findings cannot carry the program.`,
      useless.map(({ code }) => ({
        path: 'body.conditions',
        message: `${dotted(code)} is no lasting condition.`,
      })),
    )
  }
  const distinct = new Set(conditions.flatMap((one) => one.groups))
  const needed = valueOn(conditionsNeeded, monthOfDate(situation.today))
  if (distinct.size < needed) {
    return refuse(
      'conditions_insufficient',
      `Medicare asks for ${needed} distinct conditions; these codes are ${distinct.size === 1 ? 'one and the same disease' : 'none'}. Choose another condition.`,
    )
  }
  return accept({ conditions })
}

const usefulGroups = (code: string) => groupsOfIcd10(code).filter((group) => group.use !== 'no')

/** Each code once, with its groups and the conditions of the chart that speak for it. */
function attestedConditions(
  chosen: AttestationCommand['conditions'],
  groups: Eligibility['groups'],
): AttestedCondition[] {
  const byCode = new Map<string, AttestedCondition>()
  for (const { code: written, label } of chosen) {
    const code = dotted(written)
    if (byCode.has(code)) continue
    const own = usefulGroups(code)
    const evidence = groups.filter((hit) => own.some((group) => group.id === hit.group)).flatMap((hit) => hit.evidence)
    byCode.set(code, {
      code,
      label:
        label ??
        evidence.find((one) => dotted(one.icd10) === code)?.display ??
        own.map((group) => group.label).join(' and '),
      groups: own.map((group) => group.id),
      conditionIds: [...new Set(evidence.map((one) => one.conditionId))],
    })
  }
  return [...byCode.values()]
}

/** What the visit is in words, by the kind that the EHR gave. */
const kindWords: Record<string, string> = {
  office: 'Office visit',
  wellness: 'Wellness visit',
  home: 'Home visit',
  emergency: 'Emergency visit',
  inpatient: 'Hospital stay',
  urgent: 'Urgent care',
  virtual: 'Video or phone visit',
}
export const visitWords = (kind: string): string => kindWords[kind] ?? 'Other contact'

const seeingKinds = new Set(['office', 'home', 'wellness'])
const billingCode = /^(\d{5}|[A-Z]\d{4})$/

/** Only a code that bills; an EHR's own code of the visit type says nothing here. */
export function visitCode(code: string | null): string | null {
  return code !== null && billingCode.test(code) ? code : null
}

/** Whether a visit of the chart may start care; `ask` where the kind fits and the EHR gave no billing code. */
export function judgeVisit(
  visit: { kind: string; code: string | null; on: string },
  today: string,
): { fits: 'yes' | 'ask' | 'no'; why: string } {
  const month = monthOfDate(visit.on)
  const code = visitCode(visit.code)
  const oldest = addYears(today, -valueOn(initiatingVisitYears, month))
  if (visit.on < oldest) return { fits: 'no', why: 'It lies more than a year back.' }
  if (code !== null) {
    return valueOn(initiatingVisitCodes, month).includes(code)
      ? { fits: 'yes', why: `${code} may start care when CCM was discussed in it.` }
      : {
          fits: 'no',
          why: `${code} cannot start care: it takes an office visit of level 2 to 5, a home, wellness or transition visit.`,
        }
  }
  if (seeingKinds.has(visit.kind))
    return { fits: 'ask', why: 'The EHR gave no billing code: say which one was billed.' }
  return { fits: 'no', why: `${visitWords(visit.kind)}: not a visit that may start care.` }
}

/**
 * Whether the law asks for a starting visit: where the practice has not seen the patient within the year before care
 * begins. Visits of emergency rooms and hospitals are not the practice's own.
 */
export function visitNeeded(
  visits: readonly PatientVisit[],
  today: string,
): { needed: boolean; why: string; lastSeenOn: string | null } {
  const years = valueOn(initiatingVisitYears, monthOfDate(today))
  const seen = visits
    .filter((visit) => seeingKinds.has(visit.kind) && visit.on <= today)
    .map((visit) => visit.on)
    .sort()
  const lastSeenOn = seen.at(-1) ?? null
  if (lastSeenOn === null)
    return {
      needed: true,
      lastSeenOn,
      why: 'No visit with this practice is known, so a visit has to start care.',
    }
  const within = lastSeenOn >= addYears(today, -years)
  return within
    ? {
        needed: false,
        lastSeenOn,
        why: `Seen on ${dayWords(lastSeenOn)}, within the year before care begins: no starting visit is needed.`,
      }
    : {
        needed: true,
        lastSeenOn,
        why: `Last seen on ${dayWords(lastSeenOn)}, more than a year ago, so a visit has to start care.`,
      }
}

export interface VisitCommand {
  code: string
  on: string
  today: string
}

/** Whether this day and code can be recorded as the visit that starts care. */
export function decideVisit({ code, on, today }: VisitCommand): Decision<{ on: string; code: string }> {
  if (on > today) return refuse('visit_does_not_qualify', 'The visit lies in the future. Record it once it took place.')
  const verdict = judgeVisit({ kind: 'office', code, on }, today)
  if (visitCode(code) === null)
    return refuse(
      'visit_does_not_qualify',
      `${code} is no billing code of a visit. Write the code that was billed, such as 99214.`,
    )
  return verdict.fits === 'yes' ? accept({ on, code }) : refuse('visit_does_not_qualify', verdict.why)
}

export interface EnrollmentFacts {
  deceased: boolean
  enrolled: boolean
  consentGivenOn: string | null
  attestedOn: string | null
  visitNeeded: boolean
  visitWhy: string
  /** A recorded visit that may start care, in which CCM was discussed. */
  startingVisitOn: string | null
}

/** What stands between a patient and enrollment, each with its code and whose work it is. */
export function missingPieces(facts: EnrollmentFacts): MissingPiece[] {
  const missing: MissingPiece[] = []
  if (facts.deceased) return [{ code: 'patient_deceased', sentence: 'The patient has died.', who: [] }]
  if (facts.enrolled) return [{ code: 'already_enrolled', sentence: 'The patient is enrolled already.', who: [] }]
  if (facts.consentGivenOn === null) {
    missing.push({
      code: 'consent_missing',
      sentence: 'There is no consent in force.',
      who: ['front_desk', 'care_manager', 'provider'],
    })
  }
  if (facts.attestedOn === null) {
    missing.push({
      code: 'attestation_missing',
      sentence: 'The provider has not attested the conditions.',
      who: ['provider'],
    })
  }
  if (facts.visitNeeded && facts.startingVisitOn === null) {
    missing.push({
      code: 'initiating_visit_missing',
      sentence: `${facts.visitWhy} Find it or ask for one.`,
      who: ['care_manager', 'provider'],
    })
  }
  return missing
}

/** The first missing piece becomes the refusal. */
export function decideEnrollment(facts: EnrollmentFacts): Decision<true> {
  const first = missingPieces(facts)[0]
  return first === undefined ? accept(true) : refuse(first.code, first.sentence)
}

/** Whether an enrollment holds on a day: its last day still counts. */
export function isEnrolledOn(enrollment: { enrolledOn: string; endedOn: string | null } | null, on: string): boolean {
  return enrollment !== null && enrollment.enrolledOn <= on && (enrollment.endedOn === null || on <= enrollment.endedOn)
}

export interface EndCommand {
  reason: EndReason
  endedOn: string
}

/** The last day of an enrollment: not before it began, and not after this month, because a wish to stop counts at its end. */
export function decideEnd(
  enrollment: { enrolledOn: string; endedOn: string | null } | null,
  command: EndCommand,
  today: string,
): Decision<EndCommand> {
  if (enrollment === null || enrollment.endedOn !== null)
    return refuse(
      'not_enrolled',
      enrollment?.endedOn == null
        ? 'The patient is not enrolled.'
        : `The enrollment ended on ${dayWords(enrollment.endedOn)}.`,
    )
  if (command.endedOn < enrollment.enrolledOn)
    return refuse(
      'invalid_input',
      `The patient was enrolled on ${dayWords(enrollment.enrolledOn)}; the last day cannot be before it.`,
      [{ path: 'body.endedOn', message: 'Before the enrollment.' }],
    )
  const latest = command.reason === 'withdrew' ? lastDayOf(monthOfDate(today)) : today
  if (command.endedOn > latest)
    return refuse('invalid_input', `The last day cannot be after ${dayWords(latest)}.`, [
      { path: 'body.endedOn', message: 'Too late.' },
    ])
  return accept(command)
}

export interface DecisionSituation {
  today: string
  practitioner: boolean
  enrolledInMonth: boolean
  closed: boolean
}

/** Whether a month's decision making can be written down now. */
export function decideDecision(command: { month: string }, situation: DecisionSituation): Decision<true> {
  if (!situation.practitioner)
    return refuse('not_a_practitioner', 'Only a practitioner who may bill on this day can document decision making.')
  if (command.month > monthOfDate(situation.today))
    return refuse('invalid_input', 'The month has not begun.', [{ path: 'body.month', message: 'In the future.' }])
  if (!situation.enrolledInMonth) return refuse('not_enrolled', 'The patient was not enrolled in that month.')
  if (situation.closed)
    return refuse('month_closed', 'The month is closed. Ask the CCM manager to open a correction case for it.')
  return accept(true)
}

export interface PathFacts extends EnrollmentFacts {
  groups: Eligibility['groups']
  eligibilityReasons: readonly string[]
  proposed: boolean
  introducedOn: string | null
  consentStoppedOn: string | null
  enrolledOn: string | null
  endedOn: string | null
  planState: PlanState
  planSignedOn: string | null
  copyGivenOn: string | null
  today: string
}

/** The whole way of one patient through the program, step by step. */
export function pathOf(facts: PathFacts): PathStep[] {
  const step = (
    id: PathStep['id'],
    label: string,
    done: string | null,
    open: string,
    who: PathStep['who'],
    doneSentence?: string,
  ): PathStep => ({
    id,
    label,
    state: done === null ? 'open' : 'done',
    on: done,
    sentence: done === null ? open : (doneSentence ?? ''),
    who: done === null ? who : [],
  })
  const groups = facts.groups.map((hit) => hit.label).join(', ')
  const stopped = facts.consentGivenOn === null && facts.consentStoppedOn !== null
  return [
    {
      id: 'eligible',
      label: 'Eligible',
      state: facts.proposed || facts.attestedOn !== null ? 'done' : 'open',
      on: null,
      sentence: facts.eligibilityReasons.join(' '),
      who: facts.proposed ? [] : ['care_manager', 'provider'],
    },
    step(
      'introduced',
      'Introduced',
      facts.introducedOn ?? facts.consentGivenOn,
      'Nobody has spoken of the program with the patient yet.',
      ['front_desk', 'provider'],
      'The program was introduced.',
    ),
    stopped
      ? {
          id: 'consented',
          label: 'Consent',
          state: 'stopped',
          on: facts.consentStoppedOn,
          sentence: 'The consent was withdrawn.',
          who: ['care_manager', 'front_desk'],
        }
      : step(
          'consented',
          'Consent',
          facts.consentGivenOn,
          'There is no consent in force.',
          ['front_desk', 'care_manager', 'provider'],
          'A consent is in force.',
        ),
    step(
      'attested',
      'Conditions attested',
      facts.attestedOn,
      groups === '' ? 'The chart shows no lasting condition.' : `To attest: ${groups}.`,
      ['provider'],
      'Two or more lasting conditions are attested.',
    ),
    !facts.visitNeeded && facts.startingVisitOn === null
      ? {
          id: 'initiating_visit',
          label: 'Starting visit',
          state: 'not_needed',
          on: null,
          sentence: facts.visitWhy,
          who: [],
        }
      : step(
          'initiating_visit',
          'Starting visit',
          facts.startingVisitOn,
          facts.visitWhy,
          ['care_manager', 'provider'],
          'CCM was discussed in it.',
        ),
    facts.endedOn !== null && !facts.enrolled
      ? {
          id: 'enrolled',
          label: 'Enrolled',
          state: 'stopped',
          on: facts.endedOn,
          sentence: 'The enrollment ended.',
          who: ['provider'],
        }
      : step(
          'enrolled',
          'Enrolled',
          facts.enrolledOn,
          'The provider enrolls the patient and names the care manager.',
          ['provider'],
          facts.endedOn === null ? 'Enrolled.' : `Enrolled until ${dayWords(facts.endedOn)}.`,
        ),
    step(
      'plan_signed',
      'Care plan signed',
      facts.planSignedOn,
      planWords[facts.planState],
      facts.planState === 'submitted' ? ['provider'] : ['care_manager', 'provider'],
      'The plan is signed.',
    ),
    step(
      'copy_given',
      'Copy given',
      facts.copyGivenOn,
      'The patient or caregiver has no copy of the plan yet.',
      ['care_manager'],
      'A copy of the plan was given.',
    ),
  ]
}

const planWords: Record<PlanState, string> = {
  none: 'There is no care plan yet.',
  draft: 'The care plan is a draft.',
  submitted: 'The care plan waits for the provider’s signature.',
  returned: 'The provider returned the care plan.',
  signed: 'The plan is signed.',
}
