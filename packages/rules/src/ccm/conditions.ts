import { valueOn } from '../book/dated.ts'
import { block, type Cure, info, pass, rule, unknown } from '../book/rule.ts'
import { groupsOfIcd10 } from '../eligibility/groups.ts'
import type { ConditionFacts, Facts } from '../facts.ts'
import { sources } from '../sources.ts'
import { lastDayOf } from '../time.ts'
import { conditionsNeeded, diagnosesOnClaim } from '../values/ccm/time.ts'
import { chosenOf } from '../values/switches.ts'
import type { MonthView } from './month-view.ts'

type Standing = 'attested' | 'unknown' | 'not'

const SHAPE = /^[A-Z][0-9][0-9AB](\.?[0-9A-Z]{1,4})?$/

/** Whether the practitioner has said of this condition, by the end of the month, all that Medicare asks. */
function standingOf(condition: ConditionFacts, lastDay: string): Standing {
  const { attestedOn, lasts12Months, significantRisk } = condition
  if (!SHAPE.test(condition.code)) return 'not'
  if (attestedOn === null || lasts12Months === null || significantRisk === null) return 'not'
  if (lasts12Months === false || significantRisk === false) return 'not'
  if (attestedOn !== undefined && attestedOn > lastDay) return 'not'
  if (attestedOn === undefined || lasts12Months === undefined || significantRisk === undefined) return 'unknown'
  return 'attested'
}

/** The disease groups of a code, or its category where it is in no group. */
function diseasesOf(code: string): readonly string[] {
  const groups = groupsOfIcd10(code)
  return groups.length > 0 ? groups.map((group) => group.id) : [code.slice(0, 3)]
}

export function dotted(code: string): string {
  return code.length > 3 && !code.includes('.') ? `${code.slice(0, 3)}.${code.slice(3)}` : code
}

/** The conditions of a month as a claim needs them. */
export interface ConditionsView {
  /**
   * The codes of the attested conditions, one of each disease group before a second of the same, in the order of
   * the facts: the same patient gets the same diagnoses every month.
   */
  readonly diagnoses: readonly string[]
  /** How many distinct diseases these are: groups where the book knows one, else three-character categories. */
  readonly diseases: number
  /** Codes of which it is not known whether they are attested in full. */
  readonly open: readonly string[]
}

export function conditionsOf(
  conditions: readonly ConditionFacts[] | null | undefined,
  lastDay: string,
): ConditionsView {
  const first: string[] = []
  const further: string[] = []
  const open: string[] = []
  const seen: string[] = []
  for (const condition of conditions ?? []) {
    const standing = standingOf(condition, lastDay)
    if (standing === 'not') continue
    const code = dotted(condition.code)
    if (standing === 'unknown') {
      open.push(code)
      continue
    }
    if (first.includes(code) || further.includes(code)) continue
    const fresh = diseasesOf(code).filter((disease) => !seen.includes(disease))
    if (fresh.length > 0) first.push(code)
    else further.push(code)
    seen.push(...fresh)
  }
  return { diagnoses: [...first, ...further], diseases: seen.length, open }
}

const diseaseCount = (codes: readonly string[]): number => new Set(codes.flatMap(diseasesOf)).size
const categoryCount = (codes: readonly string[]): number => new Set(codes.map((code) => code.slice(0, 3))).size

/** How many distinct diseases are still lacking. */
export function conditionsNeededFor(facts: Facts): number {
  const { diseases } = conditionsOf(facts.conditions, lastDayOf(facts.month))
  return valueOn(conditionsNeeded, facts.month) - diseases
}

const attest: Cure = {
  step: 'attest_conditions',
  role: 'provider',
  sentence: 'Attest two or more distinct conditions: each lasts 12 months or more and carries a significant risk.',
}

export const twoConditions = rule<MonthView>({
  id: 'ccm.conditions',
  asks: 'Has the practitioner attested two or more lasting conditions with significant risk?',
  values: [conditionsNeeded],
  reads: ({ facts }) => ({ conditions: facts.conditions }),
  base: {
    id: 'attested',
    from: '2015-01',
    law: [sources.noridianTpe, sources.mln909188],
    decide: ({ facts, diagnoses, diseases, open }, month) => {
      const needed = valueOn(conditionsNeeded, month)
      if (facts.conditions === undefined) {
        return unknown('Nobody has said which lasting conditions the patient has.', {
          ...attest,
          step: 'find_out',
          late: true,
        })
      }
      if (diseases >= needed) return pass(`${diseases} distinct conditions are attested.`)
      if (categoryCount(diagnoses) >= needed) {
        return info('Two conditions are attested, but both belong to one disease group: a reviewer may see one.')
      }
      const might = [...diagnoses, ...open]
      if (diseaseCount(might) >= needed || categoryCount(might) >= needed) {
        return unknown(`It is not known whether ${open.join(', ')} is attested in full.`, {
          ...attest,
          step: 'find_out',
          late: true,
        })
      }
      return block(
        diseases === 0 ? 'No lasting condition is attested.' : 'Only one distinct lasting condition is attested.',
        attest,
      )
    },
  },
})

export const twoDiagnoses = rule<MonthView>({
  id: 'ccm.claim.diagnoses',
  asks: 'Are there two diagnosis codes for the claim?',
  values: [diagnosesOnClaim],
  reads: ({ diagnoses }) => ({ diagnoses }),
  base: {
    id: 'two_codes',
    from: '2015-01',
    law: [sources.clinicPolicy],
    decide: ({ facts, diagnoses, open }, month) => {
      if (diagnoses.length === 0 || open.length > 0) return pass('The diagnosis codes follow from the conditions.')
      if (diagnoses.length >= valueOn(diagnosesOnClaim, month))
        return pass('Two or more diagnosis codes are ready for the claim.')
      if (chosenOf(facts.policy, 'secondDiagnosis') === 'warn') {
        return info('Only one diagnosis code is ready; reviewers look for two.')
      }
      return block('Only one diagnosis code is ready; reviewers look for two.', {
        step: 'add_diagnosis',
        role: 'provider',
        sentence: 'Attest a code for the second condition.',
      })
    },
  },
})
