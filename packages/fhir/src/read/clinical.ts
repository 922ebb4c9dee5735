import { type Concept, codeAmong, concept, concepts, preferred, wordsOf } from './codings.ts'
import { dosageText } from './dosage.ts'
import {
  code,
  day,
  instant,
  isObject,
  isOneOf,
  items,
  type JsonObject,
  number,
  object,
  type Reading,
  refuse,
  status,
  takeApproximate,
  text,
  warn,
} from './reading.ts'
import type {
  Coding,
  ConditionRecord,
  ConditionSystem,
  ImportRecord,
  ObservationComponent,
} from './records.ts'
import { containedOf, idOf, patientIdOf, practitionerIdOf, targetOf } from './references.ts'

const conditionClinical = new Set([
  'active',
  'recurrence',
  'relapse',
  'inactive',
  'remission',
  'resolved',
] as const)
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
    return refuse(
      reading,
      'code_missing',
      'Condition.code',
      'The Condition does not say which condition it is.',
    )
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
function statusConcept<Code extends string>(
  reading: Reading,
  key: string,
  allowed: ReadonlySet<Code>,
): Code | null {
  const { root, type } = reading
  if (root[key] === undefined || root[key] === null) return null
  if (typeof root[key] === 'string') {
    warn(
      reading,
      'value_wrong_shape',
      `${type}.${key}`,
      'A coded concept was expected here, not a plain text.',
    )
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

function conditionClinicalStatus(
  reading: Reading,
  abatedOn: string | null,
): ConditionRecord['clinicalStatus'] {
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
function thing(
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
const allergyVerification = new Set([
  'unconfirmed',
  'presumed',
  'confirmed',
  'refuted',
  'entered-in-error',
] as const)
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

const observationStatuses = new Set([
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
  'unknown',
])

export function readObservation(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'subject')
  const what = observationCode(concept(reading, root, 'code', 'Observation'))
  if (what === null) {
    return refuse(
      reading,
      'code_missing',
      'Observation.code',
      'The Observation does not say what was observed.',
    )
  }
  if (patientId === null) return null
  const components: ObservationComponent[] = []
  if (root.component !== undefined) {
    for (const item of items(reading, root, 'component', 'Observation')) {
      const part = observationCode(concept(reading, item.node, 'code', item.path))
      if (part === null) {
        warn(reading, 'value_missing', `${item.path}.code`, 'A component without a code; it was left out.')
        continue
      }
      components.push({ code: part, ...observedValue(reading, item.node, item.path) })
    }
  }
  const value = observedValue(reading, root, 'Observation')
  const categories = root.category === undefined ? null : concepts(reading, root, 'category', 'Observation')
  return [
    {
      kind: 'observation',
      id: reading.id,
      patientId,
      code: what,
      category: categories?.codings[0]?.code ?? categories?.text ?? null,
      effectiveAt: effectiveAt(reading),
      ...value,
      components,
      status: status(reading, 'status', observationStatuses),
      approximate: takeApproximate(reading),
    },
  ]
}

function observationCode(what: Concept): Coding | null {
  const main = preferred(what.codings, ['loinc', 'snomed'])
  if (main === null) return what.text === null ? null : { system: null, code: what.text, display: what.text }
  return main.display === null && what.text !== null ? { ...main, display: what.text } : main
}

/** When it was true: effective[x], or when it was issued where the source says no more. */
function effectiveAt(reading: Reading): string | null {
  const { root } = reading
  const dated =
    instant(reading, root, 'effectiveDateTime', 'Observation', 'effectiveAt') ??
    instant(reading, root, 'effectiveInstant', 'Observation', 'effectiveAt')
  if (dated !== null) return dated
  const period = object(reading, root, 'effectivePeriod', 'Observation')
  if (period !== null) {
    const within =
      instant(reading, period, 'start', 'Observation.effectivePeriod', 'effectiveAt') ??
      instant(reading, period, 'end', 'Observation.effectivePeriod', 'effectiveAt')
    if (within !== null) return within
  }
  const issued = instant(reading, root, 'issued', 'Observation', 'effectiveAt')
  if (issued === null) {
    warn(
      reading,
      'value_missing',
      'Observation.effective[x]',
      'The Observation does not say when it was made.',
    )
  } else if (!reading.approximate.includes('effectiveAt')) {
    reading.approximate.push('effectiveAt')
  }
  return issued
}

interface Value {
  readonly valueNumber: number | null
  readonly valueText: string | null
  readonly unit: string | null
}

/** value[x] in any of its forms. */
function observedValue(reading: Reading, node: JsonObject, path: string): Value {
  if (node.valueQuantity !== undefined) {
    const quantity = object(reading, node, 'valueQuantity', path)
    return quantity === null ? noValue : quantityOf(reading, quantity, `${path}.valueQuantity`)
  }
  if (node.valueCodeableConcept !== undefined) {
    const answer = concept(reading, node, 'valueCodeableConcept', path)
    return words(wordsOf(answer) ?? answer.codings[0]?.code ?? null)
  }
  if (node.valueString !== undefined) return words(text(reading, node, 'valueString', path))
  if (node.valueInteger !== undefined) {
    return { valueNumber: number(reading, node, 'valueInteger', path), valueText: null, unit: null }
  }
  if (typeof node.valueBoolean === 'boolean') return words(node.valueBoolean ? 'yes' : 'no')
  if (node.valueDateTime !== undefined) return words(text(reading, node, 'valueDateTime', path))
  if (node.valueTime !== undefined) return words(text(reading, node, 'valueTime', path))
  if (node.valueRange !== undefined) {
    const range = object(reading, node, 'valueRange', path)
    return range === null ? noValue : between(reading, range, `${path}.valueRange`, 'low', 'high', '-')
  }
  if (node.valueRatio !== undefined) {
    const ratio = object(reading, node, 'valueRatio', path)
    return ratio === null
      ? noValue
      : between(reading, ratio, `${path}.valueRatio`, 'numerator', 'denominator', ':')
  }
  return noValue
}

const noValue: Value = { valueNumber: null, valueText: null, unit: null }
const comparators = new Set(['<', '<=', '>=', '>'])

function words(valueText: string | null): Value {
  return { valueNumber: null, valueText, unit: null }
}

function quantityOf(reading: Reading, quantity: JsonObject, path: string): Value {
  const valueNumber = number(reading, quantity, 'value', path)
  const unit = text(reading, quantity, 'code', path) ?? text(reading, quantity, 'unit', path)
  const comparator = code(reading, quantity, 'comparator', path, comparators)
  const valueText = comparator !== null && valueNumber !== null ? `${comparator}${valueNumber}` : null
  return { valueNumber, valueText, unit }
}

function between(
  reading: Reading,
  node: JsonObject,
  path: string,
  first: string,
  second: string,
  sign: string,
): Value {
  const low = object(reading, node, first, path)
  const high = object(reading, node, second, path)
  const from = low === null ? null : quantityOf(reading, low, `${path}.${first}`)
  const to = high === null ? null : quantityOf(reading, high, `${path}.${second}`)
  if (from?.valueNumber == null && to?.valueNumber == null) return noValue
  return {
    valueNumber: null,
    valueText: `${from?.valueNumber ?? ''}${sign}${to?.valueNumber ?? ''}`,
    unit: from?.unit ?? to?.unit ?? null,
  }
}

const medicationStatuses = new Set([
  'active',
  'on-hold',
  'cancelled',
  'completed',
  'entered-in-error',
  'stopped',
  'draft',
  'unknown',
])

export function readMedicationRequest(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'subject')
  const drug = medicationOf(reading)
  if (patientId === null || drug === null) return null
  if (root.doNotPerform === true) {
    warn(
      reading,
      'do_not_perform',
      'MedicationRequest.doNotPerform',
      'This request says that the medication must not be given; it does not go on the medication list.',
    )
    return [{ kind: 'other', id: reading.id, type: 'MedicationRequest', patientId, approximate: [] }]
  }
  const requester = object(reading, root, 'requester', 'MedicationRequest')
  return [
    {
      kind: 'medication',
      id: reading.id,
      patientId,
      status: status(reading, 'status', medicationStatuses),
      ...drug,
      authoredOn: day(reading, root, 'authoredOn', 'MedicationRequest', 'authoredOn'),
      dosageText: dosageText(items(reading, root, 'dosageInstruction', 'MedicationRequest')),
      requesterId:
        requester === null ? null : practitionerIdOf(reading, requester, 'MedicationRequest.requester'),
      ...reasonOf(reading),
      approximate: takeApproximate(reading),
    },
  ]
}

interface Drug {
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
  readonly medicationId: string | null
}

function medicationOf(reading: Reading): Drug | null {
  const { root } = reading
  if (root.medicationCodeableConcept !== undefined) {
    const what = drugOf(concept(reading, root, 'medicationCodeableConcept', 'MedicationRequest'))
    if (what !== null) return { ...what, medicationId: null }
  }
  const path = 'MedicationRequest.medicationReference'
  const pointer = object(reading, root, 'medicationReference', 'MedicationRequest')
  if (pointer === null) {
    return refuse(
      reading,
      'medication_missing',
      'MedicationRequest.medication[x]',
      'The MedicationRequest does not say which medication.',
    )
  }
  const display = text(reading, pointer, 'display', path)
  const contained = containedOf(reading, pointer)
  if (contained !== null) {
    const what = drugOf(concept(reading, contained, 'code', `${path}.resolve()`))
    if (what !== null) return { ...what, medicationId: null }
  }
  const target = targetOf(reading, pointer, path, 'Medication')
  const found = target === null ? null : reading.find(`Medication/${target.id}`)
  const medicationId = target !== null && target.type === 'Medication' && target.resolved ? target.id : null
  if (isObject(found)) {
    const what = drugOf(concept(reading, found, 'code', `${path}.resolve()`))
    if (what !== null) return { ...what, medicationId }
  }
  if (medicationId === null && display === null) {
    return refuse(
      reading,
      'medication_missing',
      path,
      'The medication it points at did not come with the request.',
    )
  }
  warn(
    reading,
    'medication_not_found',
    path,
    'The medication it points at did not come with the request; its code is not known.',
  )
  return { system: null, code: null, display, medicationId }
}

function drugOf(what: Concept): Omit<Drug, 'medicationId'> | null {
  const main = preferred(what.codings, ['rxnorm', 'ndc', 'snomed'])
  const display = wordsOf(what) ?? main?.code ?? null
  return display === null ? null : { system: main?.system ?? null, code: main?.code ?? null, display }
}

function reasonOf(reading: Reading): { reason: string | null; reasonConditionId: string | null } {
  const { root, type } = reading
  let reason = concepts(reading, root, 'reasonCode', type).text
  let reasonConditionId: string | null = null
  const values = root.reasonReference === undefined ? [] : items(reading, root, 'reasonReference', type)
  for (const item of values) {
    const target = targetOf(reading, item.node, item.path)
    if (target === null || target.type !== 'Condition' || !target.resolved) continue
    reasonConditionId ??= target.id
    reason ??= target.display
    const found = reason === null ? reading.find(`Condition/${target.id}`) : null
    if (isObject(found)) reason = wordsOf(concept({ ...reading, findings: [] }, found, 'code', 'Condition'))
  }
  return { reason, reasonConditionId }
}

export function readMedication(reading: Reading): ImportRecord[] | null {
  const what = thing(reading, 'code', ['rxnorm', 'ndc', 'snomed'])
  if (what === null) return null
  return [{ kind: 'medication_definition', id: reading.id, ...what, approximate: [] }]
}
