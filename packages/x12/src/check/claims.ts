import { isOverOneYear, type Period } from '../dates.ts'
import { Gathered } from '../gathered.ts'
import { isIcd10Cm, isMadeUpMbi, isMbi, isModifier, isPlaceOfService, isProcedureCode } from '../identifiers.ts'
import { dollars } from '../money.ts'
import { diagnosesOf, type ScannedDiagnosis } from '../read/read-837p.ts'
import { centsOf, dayOf, elementName, periodOf, quantityOf } from '../read/reading.ts'
import { referenceOf, type ScannedClaim, type ScannedLine } from '../read/scan-837p.ts'
import { component, components, element, type Segment } from '../segments.ts'
import { checkAmount } from './amounts.ts'
import { type CareManagementRule, careManagementRule } from './care-management.ts'
import type { Reporter } from './reporting.ts'

export interface CheckingDates {
  /** Neither a date of service nor a decision of another payer may lie after it. */
  readonly today: string | null
  /** Today, or the day on which the batch was made where that is earlier: no service in it was given later. */
  readonly latest: string | null
}

/** What the rules ask of a line, taken out of its segments once. */
export class LineInHand {
  readonly line: ScannedLine
  readonly service: Segment | null
  /** SV101 in its parts: qualifier, code, modifiers. */
  readonly procedure: readonly string[]
  /** SV101-2; empty without a service. */
  readonly code: string
  /** What is known of the code where it is care management. */
  readonly rule: CareManagementRule | null
  /** SV102; null when it is no amount. */
  readonly chargeCents: number | null
  /** SV104; null when it is no quantity. */
  readonly units: number | null
  /** SV107 in its parts. */
  readonly pointers: readonly string[]
  /** REF*6R and our line number in it. */
  readonly controlled: Segment | null
  readonly control: string
  /** DTP*472 and what it says; null when it is missing or no date. */
  readonly dated: Segment | null
  readonly period: Period | null

  constructor(line: ScannedLine) {
    const { service } = line
    const dated = referenceOf(line.dates, '472')
    const controlled = referenceOf(line.references, '6R')
    this.line = line
    this.service = service
    this.procedure = service ? components(service, 1, MOST_PARTS) : NO_PARTS
    this.code = this.procedure[1] ?? ''
    this.rule = careManagementRule(this.code)
    this.chargeCents = service ? centsOf(service, 2) : null
    this.units = service ? quantityOf(service, 4) : null
    this.pointers = service ? components(service, 7, MOST_POINTERS) : NO_PARTS
    this.controlled = controlled
    this.control = controlled ? element(controlled, 2) : ''
    this.dated = dated
    this.period = dated ? periodOf(dated, 2, 3) : null
  }
}

const NO_PARTS: readonly string[] = []
/** So few diagnoses or lines are looked through for one that repeats, which costs less than a set of them for each claim. */
const FEW = 12
/** The qualifier, the code and four modifiers. */
const MOST_PARTS = 6
/** More are said to be too many, and not looked at one by one. */
const MOST_POINTERS = 4

/** What is known of a claim while its rules run. */
export class ClaimInHand {
  readonly claim: ScannedClaim
  readonly filingCode: string
  readonly isMedicare: boolean
  /** ISA15 is T. */
  readonly isTest: boolean
  readonly bornOn: string | null
  readonly diedOn: string | null
  readonly diagnoses: readonly ScannedDiagnosis[]
  readonly lines: readonly LineInHand[]

  /** `usage` is ISA15. */
  constructor(claim: ScannedClaim, usage: string) {
    const insurance = claim.subscriber?.insurance
    const person = claim.dependent ? claim.dependent.person : claim.subscriber?.person
    const patient = claim.dependent ? claim.dependent.patient : claim.subscriber?.patient
    this.claim = claim
    this.filingCode = insurance ? element(insurance, 9) : ''
    this.isMedicare = this.filingCode === 'MB'
    this.isTest = usage === 'T'
    this.bornOn = person?.demographics ? dayOf(person.demographics, 2) : null
    this.diedOn = patient ? dayOf(patient, 6) : null
    this.diagnoses = diagnosesOf(claim.diagnoses)
    for (const line of claim.lines) gatheredLines.add(new LineInHand(line))
    this.lines = gatheredLines.take(NO_LINES)
  }
}

const gatheredLines = new Gathered<LineInHand>()
const NO_LINES: readonly LineInHand[] = []

/** Who is insured how: sequence, relationship, what the patient's record must hold. */
export function checkInsurance(hand: ClaimInHand, report: Reporter): void {
  const { claim, isMedicare } = hand
  const subscriber = claim.subscriber
  const insurance = subscriber?.insurance
  if (!subscriber || !insurance) return
  const sequence = element(insurance, 1)
  const relationship = element(insurance, 2)
  const mspType = element(insurance, 5)

  if (claim.dependent && relationship !== '') {
    report.error(
      4,
      'relationship_unexpected',
      'SBR02 must be empty when the patient is not the subscriber.',
      insurance,
      'SBR02',
      '2000B',
    )
  }
  if (!claim.dependent && relationship === '') {
    report.error(
      4,
      'relationship_missing',
      'SBR02 must be 18 when the subscriber is the patient.',
      insurance,
      'SBR02',
      '2000B',
    )
  }
  if (claim.dependent && isMedicare) {
    report.error(
      7,
      'medicare_dependent',
      'With Medicare the patient is always the subscriber; there is no patient level.',
      claim.dependent.level,
      'HL03',
      '2000C',
    )
  }
  if (isMedicare && sequence !== 'P' && mspType === '' && isSequence(sequence)) {
    report.error(
      4,
      'msp_type_missing',
      'SBR05 is empty: when Medicare is not primary, it must say why.',
      insurance,
      'SBR05',
      '2000B',
    )
  }
  if (mspType !== '' && (!isMedicare || sequence === 'P')) {
    report.error(
      4,
      'msp_type_unexpected',
      'SBR05 is only for claims on which Medicare is not primary.',
      insurance,
      'SBR05',
      '2000B',
    )
  }
  if (isMedicare && (!insurance.isEmpty(3) || !insurance.isEmpty(4))) {
    const at = insurance.isEmpty(3) ? 'SBR04' : 'SBR03'
    report.warning(7, 'medicare_group', `${at} names a group; Medicare has none.`, insurance, at, '2000B')
  } else if (!insurance.isEmpty(3) && !insurance.isEmpty(4)) {
    report.warning(
      4,
      'group_name_unexpected',
      'SBR04 is only used when there is no group number in SBR03.',
      insurance,
      'SBR04',
      '2000B',
    )
  }
  checkSequences(claim, insurance, report)
  checkPerson(hand, report)
}

/** What is no code at all is said by the guide. */
function isSequence(code: string): boolean {
  return /^[A-HPSTU]$/.test(code)
}

function checkSequences(claim: ScannedClaim, insurance: Segment, report: Reporter): void {
  const own = element(insurance, 1)
  // Most claims have one payer, and it is primary.
  if (claim.others.length === 0 && own === 'P') return
  const seen = new Set([own])
  for (const { insurance: one } of claim.others) {
    const sequence = element(one, 1)
    if (seen.has(sequence) && sequence !== 'U') {
      const message = `SBR01 is "${sequence}" for two payers of one claim.`
      report.error(4, 'sequence_repeated', message, one, 'SBR01', '2320')
    }
    seen.add(sequence)
  }
  if (!seen.has('P') && !seen.has('U') && isSequence(own)) {
    report.error(
      4,
      'primary_payer_missing',
      'No payer of the claim is primary: the payer that decided before must stand in loop 2320.',
      insurance,
      'SBR01',
      '2000B',
    )
  }
}

function checkPerson(hand: ClaimInHand, report: Reporter): void {
  const { claim, isMedicare, isTest } = hand
  const person = claim.subscriber?.person
  if (!person) return
  const id = element(person.name, 9)
  if (id === '')
    report.error(
      4,
      'member_id_missing',
      'NM109 is empty: the subscriber needs the member id.',
      person.name,
      'NM109',
      '2010BA',
    )
  else if (isMedicare && isMadeUpMbi(id) && isTest) {
    report.warning(
      7,
      'mbi_made_up',
      `NM109 is "${id}", which uses a letter that real Medicare ids never have: right for a test, refused in production.`,
      person.name,
      'NM109',
      '2010BA',
    )
  } else if (isMedicare && !isMbi(id)) {
    report.error(
      7,
      'mbi_invalid',
      `NM109 is "${id.slice(0, 20)}", which has not the form of a Medicare id: eleven characters without dashes, never the letters S, L, O, I, B or Z.`,
      person.name,
      'NM109',
      '2010BA',
    )
  }
  if (isMedicare && person.name.is(8, 'II')) {
    const message = 'NM108 is II, but a Medicare id is a member id: MI.'
    report.error(7, 'member_id_qualifier', message, person.name, 'NM108', '2010BA')
  }
  if (claim.dependent) return
  if (!person.street)
    report.error(
      4,
      'patient_address_missing',
      'N3 is missing: the subscriber is the patient and needs the address.',
      person.name,
      'N3',
      '2010BA',
    )
  if (!person.city)
    report.error(
      4,
      'patient_address_missing',
      'N4 is missing: the subscriber is the patient and needs the address.',
      person.name,
      'N4',
      '2010BA',
    )
  if (!person.demographics)
    report.error(
      4,
      'patient_birth_missing',
      'DMG is missing: the subscriber is the patient and needs birth date and sex.',
      person.name,
      'DMG',
      '2010BA',
    )
  if (person.name.is(2, '1') && person.name.isEmpty(4)) {
    report.warning(
      4,
      'given_name_missing',
      'NM104 is empty: the patient should have a first name.',
      person.name,
      'NM104',
      '2010BA',
    )
  }
}

/** The claim itself: number, charge, place, frequency, diagnoses. */
export function checkClaim(
  hand: ClaimInHand,
  acceptsReplacement: boolean | undefined,
  dates: CheckingDates,
  report: Reporter,
): void {
  const { claim, isMedicare } = hand
  const segment = claim.claim
  const number = element(segment, 1)
  if (number !== '' && !/^[A-Za-z0-9-]+$/.test(number)) {
    report.warning(
      7,
      'claim_control_characters',
      'CLM01 should have only letters, digits and hyphens, so that it comes back unchanged.',
      segment,
      'CLM01',
      '2300',
    )
  }
  if (number.length > 20) {
    report.warning(
      4,
      'claim_control_long',
      `CLM01 has ${number.length} characters; payers may cut it at 20, and then the answer does not match.`,
      segment,
      'CLM01',
      '2300',
    )
  }
  const place = component(segment, 5, 1)
  if (place !== '' && !isPlaceOfService(place)) {
    report.error(
      5,
      'place_of_service_invalid',
      `CLM05-1 is "${place.slice(0, 10)}", which is no place of service.`,
      segment,
      'CLM05-1',
      '2300',
    )
  }
  if (isMedicare && segment.is(7, 'C')) {
    report.warning(
      7,
      'assignment_not_accepted',
      'CLM07 says that assignment is not accepted: Medicare will pay the patient.',
      segment,
      'CLM07',
      '2300',
    )
  }
  checkTotal(hand, report)
  checkPaidByPatient(claim, report)
  checkFrequency(hand, acceptsReplacement, report)
  checkDiagnoses(hand, report)
  if (hand.bornOn !== null && dates.today !== null && hand.bornOn > dates.today) {
    const person = claim.dependent ? claim.dependent.person : claim.subscriber?.person
    if (person?.demographics)
      report.error(
        4,
        'birth_in_future',
        'DMG02 lies in the future.',
        person.demographics,
        'DMG02',
        claim.dependent ? '2010CA' : '2010BA',
      )
  }
  const billingIsOrganization = claim.billing?.provider?.name.is(2, '2')
  if (isMedicare && billingIsOrganization && !hasRendering(claim) && !haveRendering(claim.lines)) {
    report.error(
      4,
      'rendering_missing',
      'Loop 2310B is missing: a group must name the practitioner who rendered the service.',
      segment,
      'NM1',
      '2310B',
    )
  }
}

function hasRendering({ providers }: ScannedClaim | ScannedLine): boolean {
  for (const party of providers) if (party.name.is(1, '82')) return true
  return false
}

/** Whether each line names who rendered it. */
function haveRendering(lines: readonly ScannedLine[]): boolean {
  for (const line of lines) if (!hasRendering(line)) return false
  return lines.length > 0
}

function checkTotal({ claim, lines }: ClaimInHand, report: Reporter): void {
  const stated = centsOf(claim.claim, 2)
  if (stated === null) {
    checkAmount(claim.claim, 2, '2300', report)
    return
  }
  if (stated <= 0) report.error(4, 'claim_charge_zero', 'CLM02 must be above zero.', claim.claim, 'CLM02', '2300')
  let sum = 0
  for (const { chargeCents } of lines) {
    if (chargeCents === null) return
    sum += chargeCents
  }
  if (lines.length > 0 && sum !== stated) {
    report.error(
      3,
      'claim_total',
      `CLM02 says ${dollars(stated)}, but the lines come to ${dollars(sum)}.`,
      claim.claim,
      'CLM02',
      '2300',
    )
  }
}

function checkPaidByPatient({ amounts }: ScannedClaim, report: Reporter): void {
  const paid = referenceOf(amounts, 'F5')
  if (!paid || (centsOf(paid, 2) ?? 0) >= 0) return
  const message = 'AMT02 is negative; what the patient paid never is.'
  report.error(4, 'patient_paid_negative', message, paid, 'AMT02', '2300')
}

function checkFrequency(
  { claim, isMedicare }: ClaimInHand,
  acceptsReplacement: boolean | undefined,
  report: Reporter,
): void {
  const frequency = component(claim.claim, 5, 3)
  const reference = referenceOf(claim.references, 'F8')
  const replaces = frequency === '7' || frequency === '8'
  if (replaces && !reference) {
    report.error(
      4,
      'frequency_reference_missing',
      `CLM05-3 is ${frequency}, so the payer's claim number must stand in REF*F8.`,
      claim.claim,
      'REF02',
      '2300',
    )
  }
  if (frequency === '1' && reference) {
    report.error(
      4,
      'frequency_reference_unexpected',
      'REF*F8 names an earlier claim, but CLM05-3 says that this is a new one.',
      reference,
      'REF01',
      '2300',
    )
  }
  if (!replaces) return
  if (isMedicare) {
    report.error(
      7,
      'frequency_not_accepted',
      `CLM05-3 is ${frequency}: Medicare Part B takes only 1. Send a rejected or unprocessable claim anew, ask for a reopening of a clerical error, or ask for a redetermination.`,
      claim.claim,
      'CLM05-3',
      '2300',
    )
  } else if (acceptsReplacement === false) {
    report.error(
      7,
      'frequency_not_accepted',
      `CLM05-3 is ${frequency}, but this payer takes no replacement claims.`,
      claim.claim,
      'CLM05-3',
      '2300',
    )
  }
}

function checkDiagnoses({ diagnoses, lines }: ClaimInHand, report: Reporter): void {
  let lastDay: string | null = null
  for (const { period } of lines) {
    const day = period?.from ?? null
    if (day !== null && (lastDay === null || day > lastDay)) lastDay = day
  }
  const seen = diagnoses.length > FEW ? new Set<string>() : null
  let before: ScannedDiagnosis | null = null
  for (const one of diagnoses) {
    const segment = one.segment
    const expected: number = before?.segment === one.segment ? before.element + 1 : 1
    before = one
    if (one.element > expected) {
      const at = elementName(segment, expected)
      const message = `${at} is empty, but diagnoses follow: the pointers of the lines count on.`
      report.error(4, 'diagnosis_gap', message, one.segment, at, '2300')
    }
    if (one.code === '') continue
    if (seen === null ? firstDiagnosisWith(diagnoses, one.code) !== one : seen.has(one.code)) {
      const at = elementName(segment, one.element, 2)
      const message = `${at} is "${one.code}", which stands in the claim already.`
      report.error(4, 'diagnosis_repeated', message, one.segment, at, '2300')
    }
    seen?.add(one.code)
    const isIcd10 = one.qualifier === 'ABK' || one.qualifier === 'ABF'
    if (isIcd10 && (!isIcd10Cm(one.code) || one.code.includes('.'))) {
      const at = elementName(segment, one.element, 2)
      const message = `${at} is "${one.code.slice(0, 20)}", which has not the form of an ICD-10-CM code without its point.`
      report.error(5, 'diagnosis_invalid', message, one.segment, at, '2300')
    }
    if (!isIcd10 && lastDay !== null && lastDay >= '2015-10-01') {
      const message = `${elementName(segment, one.element, 2)} is qualified as ICD-9-CM, which ended on 30 September 2015; ICD-10-CM is ABK and ABF.`
      report.error(5, 'diagnosis_icd9', message, one.segment, elementName(segment, one.element, 1), '2300')
    }
  }
}

function firstDiagnosisWith(diagnoses: readonly ScannedDiagnosis[], code: string): ScannedDiagnosis | null {
  for (const one of diagnoses) if (one.code === code) return one
  return null
}

/** Every line by itself: charge, units, code, pointers, date, our line number. */
export function checkLines(hand: ClaimInHand, dates: CheckingDates, report: Reporter): void {
  const seen = hand.lines.length > FEW ? new Set<string>() : null
  for (const one of hand.lines) {
    const { line, control, controlled } = one
    checkService(one, hand.diagnoses.length, report)
    checkServiceDate(one, hand, dates, report)
    if (!controlled) {
      if (hand.isMedicare)
        report.warning(
          4,
          'line_control_missing',
          'REF*6R is missing: without our line number the remittance cannot be matched line by line.',
          line.number,
          'REF',
          '2400',
        )
      continue
    }
    if (seen === null ? firstLineWith(hand.lines, control) !== one : seen.has(control))
      report.error(
        4,
        'line_control_repeated',
        `REF*6R is "${control.slice(0, 40)}" on two lines of the claim.`,
        controlled,
        'REF02',
        '2400',
      )
    seen?.add(control)
  }
}

function firstLineWith(lines: readonly LineInHand[], control: string): LineInHand | null {
  for (const one of lines) if (one.controlled && one.control === control) return one
  return null
}

function checkService(line: LineInHand, diagnosisCount: number, report: Reporter): void {
  const { service, procedure, code, chargeCents: charge, units } = line
  if (!service) return
  if (code !== '' && !isProcedureCode(code) && procedure[0] === 'HC') {
    report.error(
      5,
      'procedure_invalid',
      `SV101-2 is "${code.slice(0, 20)}", which has not the form of a CPT or HCPCS code.`,
      service,
      'SV101-2',
      '2400',
    )
  }
  for (let part = 3; part <= procedure.length; part++) {
    const modifier = procedure[part - 1] ?? ''
    if (modifier.length !== 2 || isModifier(modifier)) continue
    const at = `SV101-${part}`
    const message = `${at} is "${modifier.slice(0, 10)}", which is no modifier.`
    report.error(5, 'modifier_invalid', message, service, at, '2400')
  }
  if (charge === null) checkAmount(service, 2, '2400', report)
  else if (charge < 0)
    report.error(4, 'line_charge_negative', 'SV102 is negative; a charge never is.', service, 'SV102', '2400')
  if (units !== null && units <= 0) report.error(4, 'units_zero', 'SV104 must be above zero.', service, 'SV104', '2400')
  const place = element(service, 5)
  if (place !== '' && !isPlaceOfService(place)) {
    report.error(
      5,
      'place_of_service_invalid',
      `SV105 is "${place.slice(0, 10)}", which is no place of service.`,
      service,
      'SV105',
      '2400',
    )
  }
  checkPointers(line, service, diagnosisCount, report)
}

function checkPointers({ pointers }: LineInHand, service: Segment, diagnosisCount: number, report: Reporter): void {
  for (let index = 0; index < pointers.length; index++) {
    const pointer = pointers[index] ?? ''
    const number = pointedTo(pointer)
    if (pointer === '' && index > 0 && index < pointers.length - 1) {
      reportPointer(index, 'pointer_gap', 'is empty, but pointers follow.', service, report)
    }
    if (number === null) continue
    // Where the claim has no diagnoses at all, that is what is wrong.
    if (number < 1 || (number > diagnosisCount && diagnosisCount > 0)) {
      const what = `points to diagnosis ${pointer}, but the claim has ${diagnosisCount}.`
      reportPointer(index, 'pointer_unknown', what, service, report)
    }
    if (pointers.indexOf(pointer) < index) {
      reportPointer(index, 'pointer_repeated', `points to diagnosis ${pointer} a second time.`, service, report)
    }
  }
}

/** One or two digits as a number; what else stands there is the guide's business. */
function pointedTo(pointer: string): number | null {
  const digit = pointer.charCodeAt(0) - 48
  if (pointer.length === 1) return digit >= 0 && digit <= 9 ? digit : null
  return /^\d\d$/.test(pointer) ? Number(pointer) : null
}

function reportPointer(index: number, code: string, what: string, service: Segment, report: Reporter): void {
  const at = `SV107-${index + 1}`
  report.error(4, code, `${at} ${what}`, service, at, '2400')
}

function checkServiceDate(line: LineInHand, hand: ClaimInHand, dates: CheckingDates, report: Reporter): void {
  const { dated, period } = line
  if (!dated || !period?.from) return
  const last = period.to ?? period.from
  if (period.to !== null && period.to < period.from) {
    report.error(4, 'service_dates_reversed', 'DTP03 ends before it begins.', dated, 'DTP03', '2400')
  }
  if (dates.latest !== null && last > dates.latest) {
    report.error(
      4,
      'service_in_future',
      `DTP03 is ${last}, after ${dates.latest}: a service is billed after it was given.`,
      dated,
      'DTP03',
      '2400',
    )
  }
  if (hand.bornOn !== null && period.from < hand.bornOn) {
    report.error(
      4,
      'service_before_birth',
      `DTP03 is ${period.from}, before the patient was born.`,
      dated,
      'DTP03',
      '2400',
    )
  }
  if (hand.diedOn !== null && last > hand.diedOn) {
    report.error(
      4,
      'service_after_death',
      `DTP03 is ${last}, after the patient died on ${hand.diedOn}.`,
      dated,
      'DTP03',
      '2400',
    )
  }
  // Medicare pays for claims filed within one calendar year after the service (42 CFR 424.44).
  if (hand.isMedicare && dates.today !== null && isOverOneYear(period.from, dates.today)) {
    report.error(
      7,
      'filing_limit',
      `DTP03 is ${period.from}, more than one year before ${dates.today}: Medicare will deny the claim as late.`,
      dated,
      'DTP03',
      '2400',
    )
  }
}
