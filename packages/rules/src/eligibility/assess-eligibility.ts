import { visitStarts } from '../ccm/initiating-visit-fits.ts'
import { compare } from '../compare.ts'
import { addYears, ageOn, type LocalDate, monthOfDate } from '../time.ts'
import { groupById, groupsOfIcd10 } from './groups.ts'
import { snomedMap } from './snomed.ts'
import type {
  ChronicGroup,
  Eligibility,
  EligibilityInput,
  EligibilityStatus,
  GroupHit,
  PatientCondition,
  PatientCoverage,
  SuspectedCondition,
} from './types.ts'

const GROUPS_NEEDED = 2
const MEDICARE_AGE = 65
const ACTIVE = new Set(['active', 'recurrence', 'relapse'])
const SNOMED = 'http://snomed.info/sct'
const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm'

/** A disease that another one already contains: prediabetes is not beside diabetes. */
const CONTAINED: ReadonlyArray<readonly [inner: string, outer: string]> = [['prediabetes', 'diabetes']]

function isActive(condition: PatientCondition, asOf: LocalDate): boolean {
  if (!ACTIVE.has(condition.status)) return false
  if (condition.abatedOn && condition.abatedOn <= asOf) return false
  return !condition.onsetOn || condition.onsetOn <= asOf
}

interface Found {
  readonly groups: readonly GroupHit[]
  readonly suspected: readonly SuspectedCondition[]
}

/** The distinct disease groups of the active conditions, each with the conditions that show it. */
function findGroups(input: EligibilityInput): Found {
  const hits = new Map<string, { group: ChronicGroup; icd10: string; evidence: GroupHit['evidence'][number][] }>()
  const suspected: SuspectedCondition[] = []
  for (const condition of input.conditions) {
    if (!isActive(condition, input.asOf)) continue
    const display = condition.display ?? condition.code
    const row = condition.system === SNOMED ? snomedMap.get(condition.code) : undefined
    if (row?.suspects !== undefined) {
      suspected.push({
        conditionId: condition.id,
        code: condition.code,
        system: condition.system,
        display,
        why: `May point to ${groupById(row.suspects)?.label ?? row.suspects}; the provider decides.`,
      })
      continue
    }
    const icd10 = condition.system === ICD10CM ? condition.code : row?.icd10cm
    if (!icd10) continue
    for (const group of groupsOfIcd10(icd10)) {
      if (group.use === 'no') continue
      const hit = hits.get(group.id) ?? { group, icd10, evidence: [] }
      hit.evidence.push({
        conditionId: condition.id,
        code: condition.code,
        system: condition.system,
        display,
        icd10,
        onsetOn: condition.onsetOn ?? null,
      })
      hits.set(group.id, hit)
    }
  }
  for (const [inner, outer] of CONTAINED) if (hits.has(outer)) hits.delete(inner)
  const groups = [...hits.values()]
    .map(({ group, icd10, evidence }) => ({
      group: group.id,
      label: group.label,
      use: group.use,
      icd10,
      evidence,
    }))
    .sort((a, b) => Number(a.use === 'weak') - Number(b.use === 'weak') || compare(a.group, b.group))
  return { groups, suspected }
}

function inForce(coverages: readonly PatientCoverage[], kind: PatientCoverage['kind'], on: LocalDate): boolean {
  return coverages.some((one) => one.kind === kind && one.from <= on && (one.to === null || one.to >= on))
}

function coverageOf(input: EligibilityInput): Eligibility['coverage'] {
  const { coverages, asOf } = input
  if (coverages === undefined) return 'to_be_checked'
  if (inForce(coverages, 'medicare_advantage', asOf)) return 'medicare_advantage'
  return inForce(coverages, 'part_b', asOf) ? 'part_b' : 'none'
}

/**
 * May this patient be asked about chronic care management? Nobody who is dead or has fewer than two distinct
 * disease groups is proposed. Whoever is 65 or older and never checked is proposed with "coverage to be checked";
 * below 65 only known Medicare is enough. Suspected conditions never count.
 */
export function assessEligibility(input: EligibilityInput): Eligibility {
  const { asOf, bornOn, diedOn } = input
  const { groups, suspected } = findGroups(input)
  const coverage = coverageOf(input)
  const age = bornOn === undefined ? undefined : ageOn(bornOn, asOf)
  const yearAgo = addYears(asOf, -1)
  const recent = input.visits
    .filter((visit) => visit.on <= asOf && visit.on >= yearAgo)
    .sort((a, b) => compare(b.on, a.on) || compare(a.id, b.id))
  const starting = recent.find((visit) => visit.code && visitStarts(visit.code, monthOfDate(asOf)))
  const seenWithinYear = recent.some(
    (visit) => visit.kind === 'office' || visit.kind === 'home' || visit.kind === 'wellness',
  )
  const reasons: string[] = []
  let status: EligibilityStatus
  if (diedOn && diedOn <= asOf) {
    status = 'deceased'
    reasons.push(`The patient died on ${diedOn}.`)
  } else if (input.enrolledElsewhere === true) {
    status = 'enrolled_elsewhere'
    reasons.push('The patient is enrolled with another practice.')
  } else {
    status = 'eligible'
    if (groups.length < GROUPS_NEEDED) {
      status = 'not_eligible'
      reasons.push(
        groups.length === 0
          ? 'No active chronic condition is on the problem list.'
          : `Only one chronic condition: ${groups[0]?.label}.`,
      )
    } else reasons.push(`${groups.length} chronic conditions: ${groups.map((hit) => hit.label).join(', ')}.`)
    if (coverage === 'part_b') reasons.push('Medicare Part B is active.')
    else if (coverage === 'medicare_advantage') {
      if (status === 'eligible') status = 'unsure'
      reasons.push('The patient is in a Medicare Advantage plan: the plan pays by its own rules.')
    } else if (coverage === 'none') {
      status = 'not_eligible'
      reasons.push('Medicare Part B is not active.')
    } else if (age === undefined) {
      if (status === 'eligible') status = 'unsure'
      reasons.push('Birth date and coverage are not known: coverage to be checked.')
    } else if (age >= MEDICARE_AGE) {
      if (status === 'eligible') status = 'unsure'
      reasons.push(`Aged ${age}: coverage to be checked.`)
    } else {
      status = 'not_eligible'
      reasons.push(`Aged ${age}, and no Medicare is known.`)
    }
    if (groups.length >= GROUPS_NEEDED && groups.filter((hit) => hit.use !== 'weak').length < GROUPS_NEEDED) {
      reasons.push('Some of these conditions carry little risk alone: the provider judges the risk.')
    }
    if (diedOn === undefined) reasons.push('It is not known whether the patient is alive.')
  }
  const proposed =
    status === 'eligible' || (status === 'unsure' && (coverage === 'medicare_advantage' || age !== undefined))
  return {
    status,
    proposed,
    age,
    coverage,
    reasons,
    groups,
    suspected,
    initiatingVisit: starting ? { id: starting.id, on: starting.on, code: starting.code ?? null } : null,
    seenWithinYear,
  }
}
