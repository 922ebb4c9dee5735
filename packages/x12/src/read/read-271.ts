import { ADVANTAGE_TYPES, MSP_TYPES, REJECTIONS, RETRY_FOLLOW_UPS } from '../codes/eligibility.ts'
import type { Period } from '../dates.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { element, repetitions, type Segment } from '../segments.ts'
import { type SetPlace, SetReading, startReading, told } from './reading.ts'

/** yes and no are told by the payer for the date of service; unknown is not told, never taken as no. */
export type Told = 'yes' | 'no' | 'unknown'

export interface PartCoverage extends Period {
  /** Active on the date of service. */
  readonly active: Told
}

export interface OtherCoverage extends Period {
  /** EB04 */
  readonly code: string
  readonly meaning: string
  readonly payerName: string | null
  readonly payerId: string | null
  /** REF*18 (contract and plan) for Medicare Advantage, REF*IG (policy) for other payers. */
  readonly reference: string | null
  readonly coversServiceOn: Told
}

export interface Deductible {
  /** The calendar year, such as '2026'. */
  readonly year: string | null
  readonly yearCents: number | null
  readonly leftCents: number | null
  /** Both amounts as they are written. */
  readonly yearAmount: string | null
  readonly left: string | null
}

export interface EligibilityRejection {
  readonly level: 'payer' | 'provider' | 'patient' | 'benefit'
  /** AAA03 */
  readonly code: string
  /** AAA04: C correct, R retry, Y wait, N do not resend, and others. */
  readonly followUp: string
  readonly message: string
  readonly action: string
  readonly mayRetry: boolean
}

/** One EB with what belongs to it, as told. */
export interface Benefit {
  readonly kind: string
  readonly level: string | null
  readonly serviceTypes: readonly string[]
  readonly insuranceType: string | null
  readonly text: string | null
  readonly timePeriod: string | null
  readonly amountCents: number | null
  /** EB07 as it is written. */
  readonly amount: string | null
  readonly percent: string | null
  readonly quantity: string | null
  readonly periods: readonly (Period & { readonly qualifier: string })[]
  readonly references: readonly { readonly qualifier: string; readonly value: string }[]
  readonly entities: readonly { readonly role: string; readonly name: string; readonly id: string | null }[]
  readonly messages: readonly string[]
}

export interface CoverageFacts {
  readonly set: string
  readonly interchange: string
  /** TRN02: the trace of our 270. */
  readonly trace: string | null
  readonly payerName: string
  readonly payerId: string | null
  readonly subscriber: {
    readonly family: string
    readonly given: string
    readonly middle: string
    readonly memberId: string | null
    readonly bornOn: string | null
    readonly sex: string | null
  }
  /** The date for which `active` and `coversServiceOn` are judged; null when neither told nor given. */
  readonly serviceOn: string | null
  readonly partA: PartCoverage
  readonly partB: PartCoverage
  readonly medicareAdvantage: readonly OtherCoverage[]
  readonly msp: readonly OtherCoverage[]
  /** Qualified Medicare Beneficiary on the date of service: the patient owes nothing. */
  readonly qmb: Told
  readonly qmbPeriods: readonly Period[]
  readonly partBDeductible: Deductible
  /** Coinsurance of Part B as a decimal text such as '.2', or null. */
  readonly partBCoinsurance: string | null
  readonly hospice: readonly Period[]
  readonly homeHealth: readonly Period[]
  readonly skilledNursing: readonly Period[]
  readonly esrd: readonly Period[]
  readonly diedOn: string | null
  readonly rejections: readonly EligibilityRejection[]
  /**
   * Whether a claim for the date goes to the Medicare contractor: Part B active, alive, and no Medicare Advantage
   * plan covers it. Never taken from the mere presence of an EB*1.
   */
  readonly billMedicare: { readonly answer: Told; readonly reason: string }
  readonly benefits: readonly Benefit[]
  readonly truncated: boolean
}

export interface EligibilityFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly answers: readonly CoverageFacts[]
}

/**
 * Reads every 271 in a text as facts about Medicare coverage on `serviceOn` ('YYYY-MM-DD'; without it the date the
 * answer itself names). Never throws.
 */
export function read271(text: string, options: { readonly serviceOn?: string } = {}): EligibilityFile {
  return read271Sets(readInterchanges(text), options)
}

/** The same for a text that was cut into interchanges already. */
export function read271Sets(file: InterchangeFile, options: { readonly serviceOn?: string } = {}): EligibilityFile {
  const places = setsOf(file, '271')
  const answer = startReading(file, places.length, '271')
  return {
    ...answer,
    answers: places.flatMap((place) => readAnswers(place, options.serviceOn ?? null, answer.findings)),
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
type DatedPeriod = Period & { readonly qualifier: string }
interface OpenBenefit extends Omit<Writable<Benefit>, 'periods' | 'references' | 'entities' | 'messages'> {
  periods: DatedPeriod[]
  references: { qualifier: string; value: string }[]
  entities: { role: string; name: string; id: string | null }[]
  messages: string[]
}
interface OpenAnswer {
  traces: { kind: string; value: string }[]
  subscriber: Writable<CoverageFacts['subscriber']>
  named: boolean
  periods: DatedPeriod[]
  benefits: OpenBenefit[]
  rejections: EligibilityRejection[]
}

const KNOWN = new Set('ST SE BHT HL PER PRV INS HI MPI LS LE HSD III REF N3 N4'.split(' '))

function readAnswers(
  { interchange, group, set }: SetPlace,
  asked: string | null,
  findings: Finding[],
): CoverageFacts[] {
  const reading = new SetReading({ interchange, set }, (one) => findings.push(one))
  const answers: OpenAnswer[] = []
  const shared: EligibilityRejection[] = []
  let level: EligibilityRejection['level'] = 'payer'
  let current: OpenAnswer | null = null
  let benefit: OpenBenefit | null = null
  let payerName = ''
  let payerId: string | null = null

  for (const segment of set.segments) {
    reading.position++
    switch (segment.id) {
      case 'HL':
        benefit = null
        current = null
        level = element(segment, 3) === '20' ? 'payer' : element(segment, 3) === '21' ? 'provider' : 'patient'
        reading.loop = level === 'payer' ? '2000A' : level === 'provider' ? '2000B' : '2000C'
        if (level === 'patient') {
          current = {
            traces: [],
            subscriber: { family: '', given: '', middle: '', memberId: null, bornOn: null, sex: null },
            named: false,
            periods: [],
            benefits: [],
            rejections: [],
          }
          answers.push(current)
        }
        break
      case 'TRN':
        current?.traces.push({ kind: element(segment, 1), value: element(segment, 2) })
        break
      case 'NM1':
        if (benefit) {
          benefit.entities.push({
            role: element(segment, 1),
            name: [element(segment, 3), element(segment, 4)].filter((part) => part !== '').join(', '),
            id: told(element(segment, 9)),
          })
        } else if (current && !current.named) {
          current.named = true
          current.subscriber.family = element(segment, 3)
          current.subscriber.given = element(segment, 4)
          current.subscriber.middle = element(segment, 5)
          current.subscriber.memberId = told(element(segment, 9))
        } else if (level === 'payer' && payerName === '') {
          payerName = element(segment, 3)
          payerId = told(element(segment, 9))
        }
        break
      case 'DMG':
        if (current) {
          current.subscriber.bornOn = reading.date(segment, 2)
          current.subscriber.sex = told(element(segment, 3))
        }
        break
      case 'DTP': {
        const period = reading.period(segment, 2, 3)
        const into = benefit ? benefit.periods : current?.periods
        if (period !== null) into?.push({ qualifier: element(segment, 1), ...period })
        break
      }
      case 'EB':
        if (!current) break
        reading.loop = '2110C'
        benefit = openBenefit(segment, reading)
        current.benefits.push(benefit)
        break
      case 'MSG':
        benefit?.messages.push(element(segment, 1))
        break
      case 'AAA': {
        const rejection = readRejection(segment, benefit ? 'benefit' : level)
        if (current) current.rejections.push(rejection)
        else shared.push(rejection)
        break
      }
      default:
        if (!KNOWN.has(segment.id)) reading.unknown(segment)
    }
    if (segment.id === 'REF' && benefit) {
      benefit.references.push({ qualifier: element(segment, 1), value: element(segment, 2) })
    }
  }
  if (answers.length === 0 && shared.length > 0) {
    answers.push({
      traces: [],
      subscriber: { family: '', given: '', middle: '', memberId: null, bornOn: null, sex: null },
      named: false,
      periods: [],
      benefits: [],
      rejections: [],
    })
  }
  const truncated = set.truncated || group.truncated || interchange.truncated
  return answers.map((answer) => ({
    set: set.control,
    interchange: interchange.control,
    payerName,
    payerId,
    truncated,
    ...factsOf({ ...answer, rejections: [...shared, ...answer.rejections] }, asked, truncated),
  }))
}

function openBenefit(segment: Segment, reading: SetReading): OpenBenefit {
  return {
    kind: element(segment, 1),
    level: told(element(segment, 2)),
    serviceTypes: repetitions(segment, 3),
    insuranceType: told(element(segment, 4)),
    text: told(element(segment, 5)),
    timePeriod: told(element(segment, 6)),
    amountCents: reading.cents(segment, 7),
    amount: told(element(segment, 7)),
    percent: told(element(segment, 8)),
    quantity: told(element(segment, 10)),
    periods: [],
    references: [],
    entities: [],
    messages: [],
  }
}

function readRejection(segment: Segment, level: EligibilityRejection['level']): EligibilityRejection {
  const code = element(segment, 3)
  const followUp = element(segment, 4)
  const text = REJECTIONS[code]
  return {
    level,
    code,
    followUp,
    message: text?.message ?? `The payer rejects the question with code ${code}.`,
    action: text?.action ?? 'Ask the payer what the code means.',
    mayRetry: RETRY_FOLLOW_UPS.has(followUp) || code === '42' || code === '80',
  }
}

type Judged = Omit<CoverageFacts, 'set' | 'interchange' | 'payerName' | 'payerId' | 'truncated'>

function factsOf(answer: OpenAnswer, asked: string | null, truncated: boolean): Judged {
  const serviceOn = asked ?? statedDay(answer.periods)
  const partA = partCoverage('MA', answer, serviceOn)
  const partB = partCoverage('MB', answer, serviceOn)
  const medicareAdvantage = answer.benefits
    .filter(
      (one) => one.kind === 'R' && one.insuranceType !== null && Object.hasOwn(ADVANTAGE_TYPES, one.insuranceType),
    )
    .map((one) => otherCoverage(one, ADVANTAGE_TYPES, '18', serviceOn))
  const msp = answer.benefits
    .filter((one) => one.kind === 'R' && one.insuranceType !== null && Object.hasOwn(MSP_TYPES, one.insuranceType))
    .map((one) => otherCoverage(one, MSP_TYPES, 'IG', serviceOn))
  const diedOn = answer.periods.find((one) => one.qualifier === '442')?.from ?? null
  const qmb = qmbOf(answer.benefits, serviceOn)
  return {
    trace: (answer.traces.find((trace) => trace.kind === '2') ?? answer.traces[0])?.value ?? null,
    subscriber: answer.subscriber,
    serviceOn,
    partA,
    partB,
    medicareAdvantage,
    msp,
    qmb: qmb.told,
    qmbPeriods: qmb.periods,
    partBDeductible: deductibleOf(answer.benefits, serviceOn),
    partBCoinsurance:
      answer.benefits.find(
        (one) => one.kind === 'A' && one.insuranceType === 'MB' && one.percent !== null && isGeneral(one),
      )?.percent ?? null,
    hospice: stays(answer.benefits, ['45']),
    homeHealth: stays(answer.benefits, ['42']),
    skilledNursing: stays(answer.benefits, ['AG']),
    esrd: stays(answer.benefits, ['RN', '76']),
    diedOn,
    rejections: answer.rejections,
    billMedicare: truncated
      ? { answer: 'unknown', reason: 'The answer is cut off.' }
      : billMedicare({ partB, medicareAdvantage, msp, diedOn, serviceOn, rejections: answer.rejections }),
    benefits: answer.benefits,
  }
}

/** The date that the answer names for the whole patient, when it is one day. */
function statedDay(periods: readonly DatedPeriod[]): string | null {
  const stated = periods.find((one) => one.qualifier === '307') ?? periods.find((one) => one.qualifier === '291')
  if (!stated) return null
  return stated.to === null || stated.to === stated.from ? stated.from : null
}

/** Whether a period covers a day; a start that is not told, or a day that is not known, is unknown. */
export function covers(period: Period, day: string | null): Told {
  if (day === null || (period.from === null && period.to === null)) return 'unknown'
  if (period.to !== null && period.to < day) return 'no'
  if (period.from === null) return 'unknown'
  return period.from <= day ? 'yes' : 'no'
}

/** One period out of the qualifiers of a benefit; 193 and 194 are the start and end of the same stay. */
function periodOf(benefit: Benefit, qualifiers: readonly string[]): Period {
  for (const qualifier of qualifiers) {
    const found = benefit.periods.find((one) => one.qualifier === qualifier)
    if (found) return { from: found.from, to: found.to }
  }
  const start = benefit.periods.find(
    (one) => one.qualifier === '193' || one.qualifier === '346' || one.qualifier === '356',
  )
  const end = benefit.periods.find(
    (one) => one.qualifier === '194' || one.qualifier === '347' || one.qualifier === '357',
  )
  return { from: start?.from ?? null, to: end?.from ?? start?.to ?? null }
}

function partCoverage(insuranceType: string, answer: OpenAnswer, serviceOn: string | null): PartCoverage {
  const own = answer.benefits.filter((one) => one.insuranceType === insuranceType)
  const whole = answer.periods.find(
    (one) => one.qualifier === '291' || one.qualifier === '307' || one.qualifier === '346',
  )
  const dated = (benefit: Benefit): Period => {
    const period = periodOf(benefit, ['291', '307', '290'])
    return period.from === null && period.to === null && whole ? { from: whole.from, to: whole.to } : period
  }
  const active = own.filter((one) => one.kind === '1').map(dated)
  const inactive = own.filter((one) => one.kind === '6').map(dated)
  const covering = active.find((period) => covers(period, serviceOn) === 'yes')
  if (covering) return { active: 'yes', ...covering }
  const ended = inactive.find((period) => covers(period, serviceOn) !== 'no')
  if (ended) return { active: serviceOn === null ? 'unknown' : 'no', ...ended }
  const latest = active[0]
  if (!latest) return { active: 'unknown', from: null, to: null }
  return {
    active: active.every((period) => covers(period, serviceOn) === 'no') ? 'no' : 'unknown',
    ...latest,
  }
}

function otherCoverage(
  benefit: Benefit,
  meanings: Readonly<Record<string, string>>,
  referenceQualifier: string,
  serviceOn: string | null,
): OtherCoverage {
  const period = periodOf(benefit, ['290', '291', '292'])
  const payer =
    benefit.entities.find((one) => one.role === 'PRP') ??
    benefit.entities.find((one) => one.role === 'PR' || one.role === 'SEP') ??
    benefit.entities[0]
  const code = benefit.insuranceType ?? ''
  return {
    ...period,
    code,
    meaning: meanings[code] ?? code,
    payerName: told(payer?.name ?? ''),
    payerId: payer?.id ?? null,
    reference: benefit.references.find((one) => one.qualifier === referenceQualifier)?.value ?? null,
    coversServiceOn: covers(period, serviceOn),
  }
}

function qmbOf(benefits: readonly Benefit[], serviceOn: string | null): { told: Told; periods: Period[] } {
  const own = benefits.filter((one) => one.insuranceType === 'QM')
  if (own.length === 0) return { told: 'unknown', periods: [] }
  const periods = own.filter((one) => one.kind === 'R').map((one) => periodOf(one, ['290', '291', '292']))
  const judged = (periods.length > 0 ? periods : own.map((one) => periodOf(one, ['290', '291', '292']))).map((period) =>
    covers(period, serviceOn),
  )
  if (judged.includes('yes')) return { told: 'yes', periods }
  return { told: judged.every((one) => one === 'no') ? 'no' : 'unknown', periods }
}

/** Service type 30 is the whole plan; a benefit that names other types alone is about those. */
function isGeneral(benefit: Benefit): boolean {
  return benefit.serviceTypes.length === 0 || benefit.serviceTypes.includes('30')
}

function deductibleOf(benefits: readonly Benefit[], serviceOn: string | null): Deductible {
  const own = benefits.filter(
    (one) =>
      one.kind === 'C' &&
      one.insuranceType === 'MB' &&
      isGeneral(one) &&
      (serviceOn === null || covers(periodOf(one, ['291', '292']), serviceOn) !== 'no'),
  )
  const whole = own.find((one) => one.timePeriod === '23' || one.timePeriod === '25')
  const left = own.find((one) => one.timePeriod === '29')
  const from = [whole, left].map((one) => (one ? periodOf(one, ['291', '292']).from : null)).find((day) => day !== null)
  return {
    year: from?.slice(0, 4) ?? null,
    yearCents: whole?.amountCents ?? null,
    leftCents: left?.amountCents ?? null,
    yearAmount: whole?.amount ?? null,
    left: left?.amount ?? null,
  }
}

/** Stays and episodes told by EB*X (and D) with one of the service types. */
function stays(benefits: readonly Benefit[], serviceTypes: readonly string[]): Period[] {
  return benefits
    .filter(
      (one) => (one.kind === 'X' || one.kind === 'D') && one.serviceTypes.some((type) => serviceTypes.includes(type)),
    )
    .map((one) => periodOf(one, ['292', '290', '291', '435', '472']))
}

interface BillingFacts {
  readonly partB: PartCoverage
  readonly medicareAdvantage: readonly OtherCoverage[]
  readonly msp: readonly OtherCoverage[]
  readonly diedOn: string | null
  readonly serviceOn: string | null
  readonly rejections: readonly EligibilityRejection[]
}

function billMedicare(facts: BillingFacts): { answer: Told; reason: string } {
  const rejection = facts.rejections.find((one) => one.level !== 'benefit')
  if (rejection)
    return {
      answer: 'unknown',
      reason: `The payer could not answer: ${rejection.message} ${rejection.action}`,
    }
  if (facts.serviceOn === null) return { answer: 'unknown', reason: 'No date of service is known for this answer.' }
  if (facts.diedOn !== null && facts.diedOn < facts.serviceOn) {
    return { answer: 'no', reason: `The patient died on ${facts.diedOn}, before the date of service.` }
  }
  if (facts.partB.active === 'no') return { answer: 'no', reason: `Part B is not active on ${facts.serviceOn}.` }
  const plan = facts.medicareAdvantage.find((one) => one.coversServiceOn === 'yes')
  if (plan)
    return {
      answer: 'no',
      reason: `${plan.payerName ?? 'A Medicare Advantage plan'} covers the patient: bill the plan, not Medicare.`,
    }
  if (facts.partB.active === 'unknown')
    return {
      answer: 'unknown',
      reason: 'The answer does not say whether Part B is active on the date of service.',
    }
  if (facts.medicareAdvantage.some((one) => one.coversServiceOn === 'unknown')) {
    return { answer: 'unknown', reason: 'A Medicare Advantage plan is named without dates.' }
  }
  const first = facts.msp.find((one) => one.coversServiceOn !== 'no')
  return first
    ? {
        answer: 'yes',
        reason: `Part B is active, but Medicare is secondary: ${first.payerName ?? first.meaning} pays first.`,
      }
    : { answer: 'yes', reason: `Part B is active on ${facts.serviceOn}.` }
}
