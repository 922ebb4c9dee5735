import { entryOn, valueOn } from '../book/dated.ts'
import { diagnosisOn, type Icd10Table } from '../diagnoses/icd10.ts'
import type { PolicyFacts } from '../facts.ts'
import { programOf } from '../programs/programs.ts'
import { addYears, isLocalDate, type LocalDate, type Month } from '../time.ts'
import { ccmCodes, familyShapes } from '../values/ccm/codes.ts'
import { complexAddOnCap, diagnosesOnClaim, nonComplexAddOnCap, personalAddOnCap } from '../values/ccm/time.ts'
import { diagnosesAtMost, pointersAtMost, telehealthPlaces, timelyFilingYears } from '../values/claims.ts'
import { hasMbiForm, hasNpiForm } from '../values/identifiers.ts'
import { chosenOf } from '../values/switches.ts'

/** A claim as it would leave, to the depth that the edits need. Missing parts are not asked. */
export interface ClaimToEdit {
  readonly month: Month
  readonly mbi?: string
  readonly billingTin?: string
  readonly renderingNpi: string
  readonly placeOfService: string
  /** The day on which it would be sent. */
  readonly sentOn: LocalDate
  readonly diedOn?: LocalDate | null
  /** The clinic's answers; a clinic that lets one diagnosis pass is not told that there are too few. */
  readonly policy?: PolicyFacts | null
  readonly diagnoses: readonly string[]
  readonly lines: ReadonlyArray<{
    readonly code: string
    readonly units: number
    readonly dateOfService: LocalDate
    /** Diagnosis pointers, from 1. */
    readonly pointers: readonly number[]
    readonly chargeCents: number
    /** The schedule's amount for all units; null = not known. */
    readonly allowedCents: number | null
  }>
}

export type EditId =
  | 'no_line'
  | 'line_twice'
  | 'units'
  | 'two_families'
  | 'add_on_without_base'
  | 'date_outside_month'
  | 'date_after_death'
  | 'dates_differ'
  | 'place'
  | 'too_few_diagnoses'
  | 'too_many_diagnoses'
  | 'diagnosis_shape'
  | 'diagnosis_not_billable'
  | 'pointer'
  | 'npi'
  | 'mbi'
  | 'too_late'
  | 'charge_below_schedule'
  | 'code_not_paid'
  | 'already_billed'

/** What is wrong with a claim, where, and the reason code it would come back with; null where no code is sure. */
export interface ClaimEdit {
  readonly id: EditId
  /** 'claim' or 'line 1'. */
  readonly place: string
  readonly sentence: string
  readonly reason: string | null
}

const DIAGNOSIS = /^[A-Z][0-9][0-9AB](\.?[0-9A-Z]{1,4})?$/
const rows = new Map(ccmCodes.map((row) => [row.code, row]))

function capOf(code: string, month: Month): number | null {
  if (code === familyShapes.non_complex.addOn) return valueOn(nonComplexAddOnCap, month)
  if (code === familyShapes.complex.addOn) return valueOn(complexAddOnCap, month)
  if (code === familyShapes.personal.addOn) return valueOn(personalAddOnCap, month)
  return 1
}

/** What makes two claims the same month of care: patient, practice, family, month. Fire before a second one leaves. */
export function duplicateKeyOf(claim: Pick<ClaimToEdit, 'mbi' | 'billingTin' | 'month' | 'lines'>): string {
  const families = new Set(claim.lines.map((line) => rows.get(line.code)?.family ?? line.code))
  return [claim.mbi ?? '', claim.billingTin ?? '', [...families].sort().join('+'), claim.month].join('|')
}

/**
 * Everything that would bring the claim back, before it leaves. Empty = it may leave.
 * @param tables the ICD-10-CM tables at hand; of a fiscal year without one nothing is said about a diagnosis
 */
export function editsOf(
  claim: ClaimToEdit,
  billedBefore: readonly string[] = [],
  tables: readonly Icd10Table[] = [],
): ClaimEdit[] {
  const found: ClaimEdit[] = []
  const { month, lines } = claim
  const note = (id: EditId, place: string, sentence: string, reason: string | null = null): void => {
    found.push({ id, place, sentence, reason })
  }
  if (lines.length === 0) note('no_line', 'claim', 'The claim has no line.', '16')
  if (billedBefore.includes(duplicateKeyOf(claim))) {
    note('already_billed', 'claim', 'This patient, practice, family and month were billed before.', '18')
  }
  const codes = new Set<string>()
  const families = new Set<string>()
  lines.forEach((line, index) => {
    const place = `line ${index + 1}`
    const row = rows.get(line.code)
    if (codes.has(line.code)) note('line_twice', place, `${line.code} stands twice: one line with its units.`, '18')
    codes.add(line.code)
    if (row) families.add(row.family)
    else if (!programOf(line.code, month)) note('code_not_paid', place, `${line.code} is not paid in ${month}.`, '181')
    const cap = row ? capOf(line.code, month) : null
    if (!Number.isSafeInteger(line.units) || line.units < 1 || (cap !== null && line.units > cap)) {
      note('units', place, `${line.code} has ${line.units} units; ${cap ?? 'a whole number'} are allowed.`, '222')
    }
    if (!isLocalDate(line.dateOfService) || line.dateOfService.slice(0, 7) !== month) {
      note('date_outside_month', place, `${line.dateOfService} is not a day of ${month}.`, '16')
    }
    if (claim.diedOn && line.dateOfService > claim.diedOn) {
      note('date_after_death', place, `${line.dateOfService} lies after the death on ${claim.diedOn}.`, '13')
    }
    if (
      isLocalDate(line.dateOfService) &&
      claim.sentOn > addYears(line.dateOfService, valueOn(timelyFilingYears, month))
    ) {
      note('too_late', place, `The time to file for ${line.dateOfService} is over.`, '29')
    }
    const pointers = new Set(line.pointers)
    const most = valueOn(pointersAtMost, month)
    if (
      pointers.size < 1 ||
      pointers.size !== line.pointers.length ||
      pointers.size > most ||
      line.pointers.some((one) => !Number.isSafeInteger(one) || one < 1 || one > claim.diagnoses.length)
    ) {
      note('pointer', place, `The line points to ${line.pointers.join(', ') || 'no diagnosis'}.`, '16')
    }
    if (line.allowedCents !== null && line.chargeCents < line.allowedCents) {
      note('charge_below_schedule', place, 'The charge is below the schedule: Medicare pays the lower of the two.')
    }
  })
  for (const line of lines) {
    const base = rows.get(line.code)?.addOnTo
    if (base && !codes.has(base)) {
      note('add_on_without_base', 'claim', `${line.code} needs ${base} on the same claim.`, '107')
    }
  }
  if (families.size > 1) note('two_families', 'claim', 'Codes of two families of CCM never stand together.', '97')
  if (new Set(lines.map((line) => line.dateOfService)).size > 1) {
    note('dates_differ', 'claim', 'The base and its add-on carry one day.')
  }
  if (valueOn(telehealthPlaces, month).includes(claim.placeOfService) || !/^[0-9]{2}$/.test(claim.placeOfService)) {
    note('place', 'claim', `Place ${claim.placeOfService} is not where the practitioner sees the patient.`, '16')
  }
  const distinct = new Set(claim.diagnoses)
  const fewest = chosenOf(claim.policy, 'secondDiagnosis') === 'warn' ? 1 : valueOn(diagnosesOnClaim, month)
  if (distinct.size < fewest) {
    note(
      'too_few_diagnoses',
      'claim',
      distinct.size === 0 ? 'The claim has no diagnosis.' : 'Two different diagnoses are needed.',
      '11',
    )
  }
  if (claim.diagnoses.length > (entryOn(diagnosesAtMost, month)?.value ?? 12)) {
    note('too_many_diagnoses', 'claim', 'More diagnoses than a claim can hold.', '16')
  }
  const days = [...new Set(lines.map((line) => line.dateOfService).filter(isLocalDate))]
  for (const code of distinct) {
    if (!DIAGNOSIS.test(code)) {
      note('diagnosis_shape', 'claim', `${code} is no ICD-10-CM code.`, '146')
      continue
    }
    for (const day of days) {
      const { standing, fiscalYear } = diagnosisOn(code, day, tables)
      if (standing === 'billable' || standing === 'unknown') continue
      const why = standing === 'category' ? 'needs further characters' : 'is no code'
      note('diagnosis_not_billable', 'claim', `${code} ${why} in fiscal year ${fiscalYear}, on ${day}.`, '146')
      break
    }
  }
  if (!hasNpiForm(claim.renderingNpi)) note('npi', 'claim', `${claim.renderingNpi} is not an NPI.`, '208')
  if (claim.mbi !== undefined && !hasMbiForm(claim.mbi)) note('mbi', 'claim', 'The Medicare number is malformed.', '31')
  return found
}
