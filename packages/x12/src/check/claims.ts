import { addMonths, type Period, parseDate8, parsePeriod } from '../dates.ts'
import { isIcd10Cm, isMadeUpMbi, isMbi, isModifier, isPlaceOfService, isProcedureCode } from '../identifiers.ts'
import { dollars, parseCents, parseQuantity } from '../money.ts'
import { diagnosesOf } from '../read/read-837p.ts'
import { type Located, referenceOf, type ScannedClaim, type ScannedLine } from '../read/scan-837p.ts'
import { component, components, element } from '../segments.ts'
import type { Reporter } from './reporting.ts'

export interface CheckingDates {
  /** No date of service may lie after it. */
  readonly today: string | null
}

/** A diagnosis of the HI segments. */
export type DiagnosisInHand = ReturnType<typeof diagnosesOf>[number]

/** What the rules ask of a line, taken out of its segments once. */
export interface LineInHand {
  readonly line: ScannedLine
  readonly service: Located | null
  /** SV101 in its parts; empty without a service. */
  readonly procedure: readonly string[]
  /** SV102; null when it is no amount. */
  readonly chargeCents: number | null
  /** SV104; null when it is no quantity. */
  readonly units: number | null
  /** SV107 in its parts. */
  readonly pointers: readonly string[]
  /** DTP*472 and what it says; null when it is missing or no date. */
  readonly dated: Located | null
  readonly period: Period | null
}

/** What is known of a claim while its rules run. */
export interface ClaimInHand {
  readonly claim: ScannedClaim
  readonly filingCode: string
  readonly isMedicare: boolean
  /** ISA15 is T. */
  readonly isTest: boolean
  readonly bornOn: string | null
  readonly diedOn: string | null
  readonly diagnoses: readonly DiagnosisInHand[]
  readonly lines: readonly LineInHand[]
}

export function claimInHand(claim: ScannedClaim, usage: string): ClaimInHand {
  const insurance = claim.subscriber?.insurance
  const filingCode = insurance ? element(insurance.segment, 9) : ''
  const person = claim.dependent ? claim.dependent.person : claim.subscriber?.person
  const patient = claim.dependent ? claim.dependent.patient : claim.subscriber?.patient
  return {
    claim,
    filingCode,
    isMedicare: filingCode === 'MB',
    isTest: usage === 'T',
    bornOn: person?.demographics ? parseDate8(element(person.demographics.segment, 2)) : null,
    diedOn: patient ? parseDate8(element(patient.segment, 6)) : null,
    diagnoses: diagnosesOf(claim.diagnoses),
    lines: claim.lines.map(lineInHand),
  }
}

/** The guide has four; what is far more is damage, and each would be compared with each. */
const MOST_POINTERS = 12

function lineInHand(line: ScannedLine): LineInHand {
  const { service } = line
  const dated = referenceOf(line.dates, '472')
  return {
    line,
    service,
    procedure: service ? components(service.segment, 1) : [],
    chargeCents: service ? parseCents(element(service.segment, 2)) : null,
    units: service ? parseQuantity(element(service.segment, 4)) : null,
    pointers: service ? components(service.segment, 7).slice(0, MOST_POINTERS) : [],
    dated,
    period: dated ? parsePeriod(element(dated.segment, 2), element(dated.segment, 3)) : null,
  }
}

/** Who is insured how: sequence, relationship, what the patient's record must hold. */
export function checkInsurance(hand: ClaimInHand, report: Reporter): void {
  const { claim, isMedicare } = hand
  const subscriber = claim.subscriber
  const insurance = subscriber?.insurance
  if (!subscriber || !insurance) return
  const sequence = element(insurance.segment, 1)
  const relationship = element(insurance.segment, 2)
  const mspType = element(insurance.segment, 5)

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
  if (isMedicare && sequence !== 'P' && mspType === '') {
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
  if (isMedicare && (!insurance.segment.isEmpty(3) || !insurance.segment.isEmpty(4))) {
    const at = insurance.segment.isEmpty(3) ? 'SBR04' : 'SBR03'
    report.warning(7, 'medicare_group', `${at} names a group; Medicare has none.`, insurance, at, '2000B')
  } else if (!insurance.segment.isEmpty(3) && !insurance.segment.isEmpty(4)) {
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

function checkSequences(claim: ScannedClaim, insurance: Located, report: Reporter): void {
  const all = [insurance, ...claim.others.map((other) => other.insurance)]
  const seen = new Set<string>()
  for (const [index, one] of all.entries()) {
    const sequence = element(one.segment, 1)
    if (seen.has(sequence) && sequence !== 'U') {
      report.error(
        4,
        'sequence_repeated',
        `SBR01 is "${sequence}" for two payers of one claim.`,
        one,
        'SBR01',
        index === 0 ? '2000B' : '2320',
      )
    }
    seen.add(sequence)
  }
  if (!seen.has('P') && !seen.has('U')) {
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
  const id = element(person.name.segment, 9)
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
  if (person.name.segment.is(2, '1') && person.name.segment.isEmpty(4)) {
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
  const located = claim.claim
  const { segment } = located
  const number = element(segment, 1)
  if (number !== '' && !/^[A-Za-z0-9-]+$/.test(number)) {
    report.warning(
      7,
      'claim_control_characters',
      'CLM01 should have only letters, digits and hyphens, so that it comes back unchanged.',
      located,
      'CLM01',
      '2300',
    )
  }
  if (number.length > 20) {
    report.warning(
      4,
      'claim_control_long',
      `CLM01 has ${number.length} characters; payers may cut it at 20, and then the answer does not match.`,
      located,
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
      located,
      'CLM05-1',
      '2300',
    )
  }
  if (isMedicare && segment.is(7, 'C')) {
    report.warning(
      7,
      'assignment_not_accepted',
      'CLM07 says that assignment is not accepted: Medicare will pay the patient.',
      located,
      'CLM07',
      '2300',
    )
  }
  checkTotal(hand, report)
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
  const billingIsOrganization = claim.billing?.provider?.name.segment.is(2, '2')
  const hasRendering = claim.providers.some((party) => party.name.segment.is(1, '82'))
  const linesHaveRendering =
    claim.lines.length > 0 &&
    claim.lines.every((line) => line.providers.some((party) => party.name.segment.is(1, '82')))
  if (isMedicare && billingIsOrganization && !hasRendering && !linesHaveRendering) {
    report.error(
      4,
      'rendering_missing',
      'Loop 2310B is missing: a group must name the practitioner who rendered the service.',
      located,
      'NM1',
      '2310B',
    )
  }
}

function checkTotal({ claim, lines }: ClaimInHand, report: Reporter): void {
  const stated = parseCents(element(claim.claim.segment, 2))
  if (stated === null) return
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

function checkFrequency(
  { claim, isMedicare }: ClaimInHand,
  acceptsReplacement: boolean | undefined,
  report: Reporter,
): void {
  const frequency = component(claim.claim.segment, 5, 3)
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
  const seen = new Set<string>()
  for (const [index, one] of diagnoses.entries()) {
    const before = diagnoses[index - 1]
    const expected = before?.located === one.located ? before.element + 1 : 1
    if (one.element > expected) {
      const at = `HI${String(expected).padStart(2, '0')}`
      const message = `${at} is empty, but diagnoses follow: the pointers of the lines count on.`
      report.error(4, 'diagnosis_gap', message, one.located, at, '2300')
    }
    if (one.code === '') continue
    const at = `HI${String(one.element).padStart(2, '0')}-2`
    if (seen.has(one.code))
      report.error(
        4,
        'diagnosis_repeated',
        `${at} is "${one.code}", which stands in the claim already.`,
        one.located,
        at,
        '2300',
      )
    seen.add(one.code)
    const isIcd10 = one.qualifier === 'ABK' || one.qualifier === 'ABF'
    if (isIcd10 && (!isIcd10Cm(one.code) || one.code.includes('.'))) {
      report.error(
        5,
        'diagnosis_invalid',
        `${at} is "${one.code.slice(0, 20)}", which has not the form of an ICD-10-CM code without its point.`,
        one.located,
        at,
        '2300',
      )
    }
    if (!isIcd10 && lastDay !== null && lastDay >= '2015-10-01') {
      report.error(
        5,
        'diagnosis_icd9',
        `${at} is qualified as ICD-9-CM, which ended on 30 September 2015; ICD-10-CM is ABK and ABF.`,
        one.located,
        `HI${String(one.element).padStart(2, '0')}-1`,
        '2300',
      )
    }
  }
}

/** Every line by itself: charge, units, code, pointers, date, our line number. */
export function checkLines(hand: ClaimInHand, dates: CheckingDates, report: Reporter): void {
  const controls = new Set<string>()
  for (const one of hand.lines) {
    const { line } = one
    checkService(one, hand.diagnoses.length, report)
    checkServiceDate(one, hand, dates, report)
    const control = referenceOf(line.references, '6R')
    if (!control) {
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
    const value = element(control.segment, 2)
    if (controls.has(value))
      report.error(
        4,
        'line_control_repeated',
        `REF*6R is "${value.slice(0, 40)}" on two lines of the claim.`,
        control,
        'REF02',
        '2400',
      )
    controls.add(value)
  }
}

function checkService(line: LineInHand, diagnosisCount: number, report: Reporter): void {
  const { service, procedure, chargeCents: charge, units, pointers } = line
  if (!service) return
  const { segment } = service
  const [qualifier = '', code = ''] = procedure
  if (qualifier === 'HC' && code !== '' && !isProcedureCode(code)) {
    report.error(
      5,
      'procedure_invalid',
      `SV101-2 is "${code.slice(0, 20)}", which has not the form of a CPT or HCPCS code.`,
      service,
      'SV101-2',
      '2400',
    )
  }
  for (let part = 2; part < Math.min(6, procedure.length); part++) {
    const modifier = procedure[part] ?? ''
    if (modifier !== '' && !isModifier(modifier)) {
      const at = `SV101-${part + 1}`
      const message = `${at} is "${modifier.slice(0, 10)}", which is no modifier.`
      report.error(5, 'modifier_invalid', message, service, at, '2400')
    }
  }
  if (charge !== null && charge < 0)
    report.error(4, 'line_charge_negative', 'SV102 is negative; a charge never is.', service, 'SV102', '2400')
  if (units !== null && units <= 0) report.error(4, 'units_zero', 'SV104 must be above zero.', service, 'SV104', '2400')
  const place = element(segment, 5)
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
  for (const [index, pointer] of pointers.entries()) {
    if (pointer === '' && index > 0 && index < pointers.length - 1) {
      const at = `SV107-${index + 1}`
      report.error(4, 'pointer_gap', `${at} is empty, but pointers follow.`, service, at, '2400')
    }
    if (!/^\d{1,2}$/.test(pointer)) continue
    const at = `SV107-${index + 1}`
    if (Number(pointer) < 1 || Number(pointer) > diagnosisCount) {
      report.error(
        4,
        'pointer_unknown',
        `${at} points to diagnosis ${pointer}, but the claim has ${diagnosisCount}.`,
        service,
        at,
        '2400',
      )
    }
    if (pointers.indexOf(pointer) < index)
      report.error(4, 'pointer_repeated', `${at} points to diagnosis ${pointer} a second time.`, service, at, '2400')
  }
}

function checkServiceDate(line: LineInHand, hand: ClaimInHand, dates: CheckingDates, report: Reporter): void {
  const { dated: located, period } = line
  if (!located || !period?.from) return
  const last = period.to ?? period.from
  if (period.to !== null && period.to < period.from) {
    report.error(4, 'service_dates_reversed', 'DTP03 ends before it begins.', located, 'DTP03', '2400')
  }
  if (dates.today !== null && last > dates.today) {
    report.error(
      4,
      'service_in_future',
      `DTP03 is ${last}, after ${dates.today}: a service is billed after it was given.`,
      located,
      'DTP03',
      '2400',
    )
  }
  if (hand.bornOn !== null && period.from < hand.bornOn) {
    report.error(
      4,
      'service_before_birth',
      `DTP03 is ${period.from}, before the patient was born.`,
      located,
      'DTP03',
      '2400',
    )
  }
  if (hand.diedOn !== null && last > hand.diedOn) {
    report.error(
      4,
      'service_after_death',
      `DTP03 is ${last}, after the patient died on ${hand.diedOn}.`,
      located,
      'DTP03',
      '2400',
    )
  }
  // Medicare pays for claims filed within one calendar year after the service (42 CFR 424.44).
  if (hand.isMedicare && dates.today !== null && addMonths(period.from, 12) < dates.today) {
    report.error(
      7,
      'filing_limit',
      `DTP03 is ${period.from}, more than one year before ${dates.today}: Medicare will deny the claim as late.`,
      located,
      'DTP03',
      '2400',
    )
  }
}
