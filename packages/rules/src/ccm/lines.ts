import { valueOn } from '../book/dated.ts'
import type { Facts } from '../facts.ts'
import type { LocalDate } from '../time.ts'
import { familyShapes } from '../values/ccm/codes.ts'
import { expected, secondPayment } from '../values/pfs/expected.ts'
import { priceOf } from '../values/pfs/price.ts'
import type { Expected } from '../values/pfs/types.ts'
import { isRural, ruralBundle, ruralIndividualCodes } from '../values/rural.ts'
import type { Line } from '../verdict.ts'
import { coverageOn } from './coverage-on.ts'
import { priceQuestionOf } from './money.ts'
import type { Candidate, MonthView } from './month-view.ts'

export type CodesAndUnits = ReadonlyArray<readonly [code: string, units: number]>

const POINTERS = 4

/** Lines of some codes on one claim, priced and shared where that is known. */
export function linesFor(
  codes: CodesAndUnits,
  facts: Facts,
  dateOfService: LocalDate,
  diagnoses: readonly string[],
): Line[] {
  const question = priceQuestionOf(facts, dateOfService)
  const modifier = modifierOf(facts, dateOfService)
  const pointed = diagnoses.slice(0, POINTERS)
  const { qmb, secondary } = facts
  const sharing = facts.deductible !== undefined && qmb !== undefined && secondary !== undefined
  const second = isSecondToAnother(facts, dateOfService)
  let deductible = facts.deductible?.remainingCents ?? 0
  const lines: Line[] = []
  for (const [code, units] of codes) {
    const amount = question ? priceOf(code, question).amountCents : null
    const allowedCents = amount === null ? null : amount * units
    let medicareCents: number | null = null
    let patientCents: number | null = null
    if (allowedCents !== null && sharing) {
      const alone = expected(allowedCents, {
        on: dateOfService,
        deductibleRemainingCents: deductible,
        qmb: qmb === true,
        secondary,
      })
      deductible = alone.deductibleRemainingCents
      medicareCents = second ? secondTo(facts, code, alone, dateOfService) : alone.medicareCents
      // What a patient owes behind another insurer stands in a text (42 CFR 411.35) that was not read.
      patientCents = (second && qmb !== true) || !alone.secondaryKnown ? null : alone.patientCents
    }
    const line = { code, units, dateOfService, diagnoses: pointed, allowedCents, medicareCents, patientCents }
    lines.push(modifier === null ? line : { ...line, modifiers: [modifier] })
  }
  return lines
}

/** The lines of a family that the minutes reach. */
export function linesOf(candidate: Candidate, { facts, diagnoses }: MonthView): Line[] {
  return linesFor(codesOf(candidate, facts), facts, candidate.dateOfService, diagnoses)
}

/** The codes of a family that the minutes reach. */
export function codesOf({ family, addOns }: Candidate, facts: Facts): CodesAndUnits {
  const { base, addOn } = familyShapes[family]
  if (isBundled(facts)) return [[valueOn(ruralBundle, facts.month), 1]]
  return addOns > 0
    ? [
        [base, 1],
        [addOn, addOns],
      ]
    : [[base, 1]]
}

/** Until the end of 2024 a rural clinic or health center bills one code for the month, whatever the family. */
export function isBundled(facts: Facts): boolean {
  return isRural(facts.placeOfService) && !valueOn(ruralIndividualCodes, facts.month)
}

/** What lines are allowed together; null where an amount is not known. */
export function totalAllowedOf(lines: readonly Line[]): number | null {
  let total = 0
  for (const line of lines) {
    if (line.allowedCents === null) return null
    total += line.allowedCents
  }
  return total
}

/** GV or GW where the patient is in hospice and the care is not the hospice's. */
function modifierOf(facts: Facts, dateOfService: LocalDate): 'GV' | 'GW' | null {
  if (!facts.coverage || !coverageOn(facts.coverage, 'hospice', dateOfService)) return null
  return facts.hospiceCare === 'attending' ? 'GV' : facts.hospiceCare === 'unrelated' ? 'GW' : null
}

function isSecondToAnother(facts: Facts, dateOfService: LocalDate): boolean {
  return Boolean(facts.coverage && coverageOn(facts.coverage, 'other_primary', dateOfService))
}

/** Null where the first insurer's amounts for the code are not known; rural clinics are paid by another paragraph. */
function secondTo(facts: Facts, code: string, alone: Expected, dateOfService: LocalDate): number | null {
  const first = facts.primaryPayment?.lines?.find((line) => line.code === code)
  if (!first || isRural(facts.placeOfService)) return null
  return secondPayment(alone, first, dateOfService)?.paidCents ?? null
}
