import { concept, concepts, wordsOf } from './codings.ts'
import { instant, isObject, items, object, type Reading, status, takeApproximate, text } from './reading.ts'
import type { ImportRecord } from './records.ts'
import { parseReference, patientIdOf } from './references.ts'

const planStatuses = new Set(['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'])
const goalStatuses = new Set([
  'proposed',
  'planned',
  'accepted',
  'active',
  'on-hold',
  'completed',
  'cancelled',
  'entered-in-error',
  'rejected',
])

export function readCarePlan(reading: Reading): ImportRecord[] | null {
  const patientId = patientIdOf(reading, 'subject')
  if (patientId === null) return null
  const title =
    text(reading, reading.root, 'title', 'CarePlan') ??
    concepts(reading, reading.root, 'category', 'CarePlan').text ??
    text(reading, reading.root, 'description', 'CarePlan')
  return [
    {
      kind: 'care_plan',
      id: reading.id,
      patientId,
      title,
      status: status(reading, 'status', planStatuses),
      approximate: [],
    },
  ]
}

export function readGoal(reading: Reading): ImportRecord[] | null {
  const patientId = patientIdOf(reading, 'subject')
  if (patientId === null) return null
  return [
    {
      kind: 'goal',
      id: reading.id,
      patientId,
      title: wordsOf(concept(reading, reading.root, 'description', 'Goal')),
      status: status(reading, 'lifecycleStatus', goalStatuses),
      approximate: [],
    },
  ]
}

const documentStatuses = new Set(['current', 'superseded', 'entered-in-error'])

export function readDocumentReference(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'subject')
  if (patientId === null) return null
  const type = concept(reading, root, 'type', 'DocumentReference')
  let title = text(reading, root, 'description', 'DocumentReference')
  for (const item of title === null ? items(reading, root, 'content', 'DocumentReference') : []) {
    const attachment = object(reading, item.node, 'attachment', item.path)
    if (attachment !== null) title ??= text(reading, attachment, 'title', `${item.path}.attachment`)
  }
  return [
    {
      kind: 'document_reference',
      id: reading.id,
      patientId,
      type: wordsOf(type),
      typeCode: type.codings.find((coding) => coding.system === 'loinc')?.code ?? type.codings[0]?.code ?? null,
      title: title ?? wordsOf(type),
      at: instant(reading, root, 'date', 'DocumentReference', 'at'),
      status: status(reading, 'status', documentStatuses),
      approximate: takeApproximate(reading),
    },
  ]
}

const patientKeys = ['subject', 'patient', 'beneficiary', 'for', 'individual'] as const

/** Everything else that R4 knows: only whose it is. */
export function readOther(reading: Reading): ImportRecord[] {
  return [{ kind: 'other', id: reading.id, type: reading.type, patientId: anyPatientId(reading), approximate: [] }]
}

function anyPatientId(reading: Reading): string | null {
  for (const key of patientKeys) {
    const value = reading.root[key]
    const stated = isObject(value) ? value.reference : null
    if (typeof stated !== 'string') continue
    const direct = parseReference(stated)
    const found = direct?.form === 'literal' ? direct : parseReference(reading.resolve(stated) ?? '')
    if (found?.form === 'literal' && found.type === 'Patient') return found.id
  }
  return null
}
