import { thing } from './clinical.ts'
import { type Concept, concept, concepts, preferred, wordsOf } from './codings.ts'
import { dosageText } from './dosage.ts'
import { day, isObject, items, object, type Reading, refuse, status, takeApproximate, text, warn } from './reading.ts'
import type { ImportRecord } from './records.ts'
import { containedOf, patientIdOf, practitionerIdOf, targetOf } from './references.ts'

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
      requesterId: requester === null ? null : practitionerIdOf(reading, requester, 'MedicationRequest.requester'),
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
    return refuse(reading, 'medication_missing', path, 'The medication it points at did not come with the request.')
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
