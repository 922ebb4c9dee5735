import { codeAmong, concept, concepts, preferred, wordsOf } from './codings.ts'
import { code, day, isOneOf, items, object, type Reading, refuse, status, takeApproximate, warn } from './reading.ts'
import type { ConditionRecord, ConditionSystem, ImportRecord } from './records.ts'
import { idOf, patientIdOf } from './references.ts'

const conditionClinical = new Set(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'] as const)
const conditionVerification = new Set([
  'unconfirmed',
  'provisional',
  'differential',
  'confirmed',
  'refuted',
  'entered-in-error',
] as const)
const conditionSystems = new Set<ConditionSystem>(['icd10cm', 'snomed', 'icd9cm'])

export function readCondition(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'subject')
  const what = concept(reading, root, 'code', 'Condition')
  const display = wordsOf(what)
  if (what.codings.length === 0 && display === null) {
    return refuse(reading, 'code_missing', 'Condition.code', 'The Condition does not say which condition it is.')
  }
  if (patientId === null) return null
  const main = preferred(what.codings, ['icd10cm', 'snomed', 'icd9cm'])
  const onsetOn = periodDay(reading, 'onset', 'onsetOn')
  const abatedOn = periodDay(reading, 'abatement', 'abatedOn')
  if (onsetOn !== null && abatedOn !== null && abatedOn < onsetOn) {
    warn(
      reading,
      'dates_out_of_order',
      'Condition.abatement[x]',
      `The condition ends (${abatedOn}) before it begins (${onsetOn}).`,
    )
  }
  const system = main?.system ?? null
  return [
    {
      kind: 'condition',
      id: reading.id,
      patientId,
      system: system !== null && isOneOf(system, conditionSystems) ? system : 'other',
      code: main?.code ?? null,
      display: display ?? main?.code ?? null,
      codings: what.codings,
      clinicalStatus: conditionClinicalStatus(reading, abatedOn),
      verificationStatus: statusConcept(reading, 'verificationStatus', conditionVerification),
      category: conditionCategory(reading),
      onsetOn,
      abatedOn,
      recordedOn: day(reading, root, 'recordedDate', 'Condition', 'recordedOn'),
      encounterId: idOf(reading, root, 'encounter', 'Condition', 'Encounter'),
      approximate: takeApproximate(reading),
    },
  ]
}

/** The day of `onset[x]` or `abatement[x]`, whichever of its date forms the source used. */
function periodDay(reading: Reading, stem: 'onset' | 'abatement', field: string): string | null {
  const { root, type } = reading
  const dated = day(reading, root, `${stem}DateTime`, type, field)
  if (dated !== null) return dated
  const period = object(reading, root, `${stem}Period`, type)
  return period === null ? null : day(reading, period, 'start', `${type}.${stem}Period`, field)
}

/** A status that FHIR gives as a concept; a plain code (as in FHIR 3) is read too. */
function statusConcept<Code extends string>(reading: Reading, key: string, allowed: ReadonlySet<Code>): Code | null {
  const { root, type } = reading
  if (root[key] === undefined || root[key] === null) return null
  if (typeof root[key] === 'string') {
    warn(reading, 'value_wrong_shape', `${type}.${key}`, 'A coded concept was expected here, not a plain text.')
    return code(reading, root, key, type, allowed)
  }
  const one = concept(reading, root, key, type)
  const found = codeAmong(one, allowed)
  if (found === null && (one.codings.length > 0 || one.text !== null)) {
    warn(
      reading,
      'code_unknown',
      `${type}.${key}`,
      `"${one.codings[0]?.code ?? one.text ?? ''}" is not one of ${[...allowed].join(', ')}.`,
    )
  }
  return found
}

function conditionClinicalStatus(reading: Reading, abatedOn: string | null): ConditionRecord['clinicalStatus'] {
  const stated = statusConcept(reading, 'clinicalStatus', conditionClinical)
  if (stated !== null) return stated
  // FHIR's con-4: a condition with an abatement cannot be active.
  if (abatedOn !== null) return 'resolved'
  const value = reading.root.clinicalStatus
  if (value === undefined || value === null) {
    warn(
      reading,
      'clinical_status_missing',
      'Condition.clinicalStatus',
      'The source does not say whether the condition is active; it counts as not known.',
    )
  }
  return null
}

function conditionCategory(reading: Reading): ConditionRecord['category'] {
  const codings = concepts(reading, reading.root, 'category', 'Condition').codings
  for (const category of ['problem-list-item', 'health-concern', 'encounter-diagnosis'] as const) {
    if (codings.some((coding) => coding.code === category)) return category
  }
  warn(
    reading,
    'category_missing',
    'Condition.category',
    'The source does not say whether this is a problem of the list or the diagnosis of one visit.',
  )
  return null
}

/** Code, system and words of the thing itself; null after a refusal when it says nothing at all. */
export function thing(
  reading: Reading,
  key: string,
  systems: readonly string[],
): { system: string | null; code: string | null; display: string | null } | null {
  const path = `${reading.type}.${key}`
  const what = concept(reading, reading.root, key, reading.type)
  const main = preferred(what.codings, systems)
  const display = wordsOf(what) ?? main?.code ?? null
  if (main === null && display === null) {
    return refuse(reading, 'code_missing', path, `The ${reading.type} does not say what it is about.`)
  }
  return { system: main?.system ?? null, code: main?.code ?? null, display }
}

const allergyClinical = new Set(['active', 'inactive', 'resolved'] as const)
const allergyVerification = new Set(['unconfirmed', 'presumed', 'confirmed', 'refuted', 'entered-in-error'] as const)
const criticalities = new Set(['low', 'high', 'unable-to-assess'] as const)

export function readAllergy(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'patient')
  const what = thing(reading, 'code', ['rxnorm', 'snomed'])
  if (patientId === null || what === null) return null
  const reactions = new Set<string>()
  for (const item of items(reading, root, 'reaction', 'AllergyIntolerance')) {
    for (const sign of items(reading, item.node, 'manifestation', item.path)) {
      const words = wordsOf(concept(reading, { sign: sign.node }, 'sign', sign.path))
      if (words !== null) reactions.add(words)
    }
  }
  return [
    {
      kind: 'allergy',
      id: reading.id,
      patientId,
      ...what,
      clinicalStatus: statusConcept(reading, 'clinicalStatus', allergyClinical),
      verificationStatus: statusConcept(reading, 'verificationStatus', allergyVerification),
      criticality: code(reading, root, 'criticality', 'AllergyIntolerance', criticalities),
      reactions: [...reactions],
      recordedOn: day(reading, root, 'recordedDate', 'AllergyIntolerance', 'recordedOn'),
      approximate: takeApproximate(reading),
    },
  ]
}

const immunizationStatuses = new Set(['completed', 'entered-in-error', 'not-done'])

export function readImmunization(reading: Reading): ImportRecord[] | null {
  const patientId = patientIdOf(reading, 'patient')
  const what = thing(reading, 'vaccineCode', ['cvx', 'ndc'])
  if (patientId === null || what === null) return null
  return [
    {
      kind: 'immunization',
      id: reading.id,
      patientId,
      status: status(reading, 'status', immunizationStatuses),
      ...what,
      occurredOn: day(reading, reading.root, 'occurrenceDateTime', 'Immunization', 'occurredOn'),
      approximate: takeApproximate(reading),
    },
  ]
}

const eventStatuses = new Set([
  'preparation',
  'in-progress',
  'not-done',
  'on-hold',
  'stopped',
  'completed',
  'entered-in-error',
  'unknown',
])

export function readProcedure(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'subject')
  const what = thing(reading, 'code', ['cpt', 'hcpcs', 'snomed'])
  if (patientId === null || what === null) return null
  let performedOn = day(reading, root, 'performedDateTime', 'Procedure', 'performedOn')
  if (performedOn === null) {
    const period = object(reading, root, 'performedPeriod', 'Procedure')
    if (period !== null) {
      performedOn =
        day(reading, period, 'start', 'Procedure.performedPeriod', 'performedOn') ??
        day(reading, period, 'end', 'Procedure.performedPeriod', 'performedOn')
    }
  }
  return [
    {
      kind: 'procedure',
      id: reading.id,
      patientId,
      status: status(reading, 'status', eventStatuses),
      ...what,
      performedOn,
      approximate: takeApproximate(reading),
    },
  ]
}
