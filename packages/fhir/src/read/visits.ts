import { codingOf, concept, concepts, wordsOf } from './codings.ts'
import { isAfter } from './dates.ts'
import {
  instant,
  isObject,
  items,
  type JsonObject,
  object,
  type Reading,
  status,
  takeApproximate,
  text,
  warn,
} from './reading.ts'
import type { Coding, EncounterRecord, ImportRecord, VisitKind } from './records.ts'
import { patientIdOf, practitionerIdOf, targetOf } from './references.ts'

const encounterStatuses = new Set([
  'planned',
  'arrived',
  'triaged',
  'in-progress',
  'onleave',
  'finished',
  'cancelled',
  'entered-in-error',
  'unknown',
])

export function readEncounter(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'subject')
  if (patientId === null) return null
  const typeCodes = concepts(reading, root, 'type', 'Encounter').codings
  const service = concept(reading, root, 'serviceType', 'Encounter').codings
  const classCode = classOf(reading)
  const period = object(reading, root, 'period', 'Encounter')
  let startedAt: string | null = null
  let endedAt: string | null = null
  if (period !== null) {
    startedAt = instant(reading, period, 'start', 'Encounter.period', 'startedAt')
    endedAt = instant(reading, period, 'end', 'Encounter.period', 'endedAt')
    if (startedAt !== null && endedAt !== null && isAfter(startedAt, endedAt)) {
      warn(
        reading,
        'dates_out_of_order',
        'Encounter.period.end',
        `The visit ends (${endedAt}) before it begins (${startedAt}); the end was left out.`,
      )
      endedAt = null
      reading.approximate = reading.approximate.filter((field) => field !== 'endedAt')
    }
  }
  const cptCode = visitCode([...typeCodes, ...service])
  const record: EncounterRecord = {
    kind: 'encounter',
    id: reading.id,
    patientId,
    status: status(reading, 'status', encounterStatuses),
    class: classCode,
    typeCodes,
    startedAt,
    endedAt,
    practitionerId: performerOf(reading),
    reason: visitReason(reading),
    visitKind: visitKindOf(classCode, typeCodes, cptCode),
    cptCode,
    approximate: takeApproximate(reading),
  }
  return [record]
}

/** R4 has one Coding here; some servers send R5's list of concepts. */
function classOf(reading: Reading): string | null {
  const stated = object(reading, reading.root, 'class', 'Encounter')
  if (stated === null) {
    if (typeof reading.root.class !== 'string') {
      warn(reading, 'value_missing', 'Encounter.class', 'The Encounter does not say its class (AMB, IMP, EMER…).')
    }
    return null
  }
  if (stated.coding !== undefined) {
    return concept(reading, { class: stated }, 'class', 'Encounter').codings[0]?.code ?? null
  }
  return codingOf(reading, stated, 'Encounter.class')?.code ?? null
}

/** The primary performer, else the attender, else the first practitioner named. */
function performerOf(reading: Reading): string | null {
  let chosen: string | null = null
  let order = Number.POSITIVE_INFINITY
  for (const item of items(reading, reading.root, 'participant', 'Encounter')) {
    const individual = object(reading, item.node, 'individual', item.path)
    if (individual === null) continue
    const codes = concepts(reading, item.node, 'type', item.path).codings.map((coding) => coding.code)
    const rank = codes.includes('PPRF') ? 0 : codes.includes('ATND') ? 1 : 2
    if (rank >= order) continue
    const id = practitionerIdOf(reading, individual, `${item.path}.individual`)
    if (id === null) continue
    chosen = id
    order = rank
  }
  return chosen
}

function visitReason(reading: Reading): string | null {
  const { root } = reading
  const coded = concepts(reading, root, 'reasonCode', 'Encounter')
  if (coded.text !== null) return coded.text
  if (root.reasonReference === undefined) return null
  for (const item of items(reading, root, 'reasonReference', 'Encounter')) {
    const target = targetOf(reading, item.node, item.path)
    if (target === null) continue
    if (target.display !== null) return target.display
    const found = reading.find(`${target.type}/${target.id}`)
    if (isObject(found)) return wordsOf(concept({ ...reading, findings: [] }, found, 'code', target.type))
  }
  return null
}

/** What a visit's CPT or HCPCS code says about the kind of visit. Ranges are of codes, both ends included. */
const visitCodes: readonly (readonly [from: string, to: string, kind: VisitKind])[] = [
  ['G0402', 'G0402', 'wellness'],
  ['G0438', 'G0439', 'wellness'],
  ['99381', '99397', 'wellness'],
  ['99202', '99215', 'office'],
  ['99495', '99496', 'office'],
  ['99241', '99245', 'office'],
  ['G0463', 'G0463', 'office'],
  ['G0466', 'G0467', 'office'],
  ['G0468', 'G0468', 'wellness'],
  ['99281', '99285', 'emergency'],
  ['99221', '99239', 'inpatient'],
  ['99251', '99255', 'inpatient'],
  ['99341', '99350', 'home'],
  ['98000', '98016', 'virtual'],
  ['99441', '99443', 'virtual'],
  ['99421', '99423', 'virtual'],
  ['G2010', 'G2012', 'virtual'],
]

function kindOfCode(code: string): VisitKind | null {
  if (!/^[0-9A-Z]\d{4}$/.test(code)) return null
  for (const [from, to, kind] of visitCodes) if (code >= from && code <= to) return kind
  return null
}

/** The CPT or HCPCS code that says most: one that names a kind of visit, wellness first. */
function visitCode(codings: readonly Coding[]): string | null {
  let chosen: string | null = null
  let order = Number.POSITIVE_INFINITY
  for (const { system, code } of codings) {
    if (system !== 'cpt' && system !== 'hcpcs') continue
    const kind = kindOfCode(code)
    const rank = kind === 'wellness' ? 0 : kind === null ? 2 : 1
    if (rank < order) {
      chosen = code
      order = rank
    }
  }
  return chosen
}

const visitClasses: ReadonlyMap<string, VisitKind> = new Map([
  ['EMER', 'emergency'],
  ['IMP', 'inpatient'],
  ['ACUTE', 'inpatient'],
  ['NONAC', 'inpatient'],
  ['HH', 'home'],
  ['VR', 'virtual'],
  ['FLD', 'other'],
  ['OBSENC', 'other'],
  ['PRENC', 'other'],
  ['SS', 'other'],
])

/** SNOMED CT types of an ambulatory visit that tell more than "office". */
const visitTypes: ReadonlyMap<string, VisitKind> = new Map([
  ['185349003', 'wellness'],
  ['162673000', 'wellness'],
  ['410620009', 'wellness'],
  ['444971000124105', 'wellness'],
  ['456201000124103', 'wellness'],
  ['866149003', 'wellness'],
  ['86013001', 'wellness'],
  ['702927004', 'urgent'],
  ['50849002', 'emergency'],
  ['183460006', 'emergency'],
  ['4525004', 'emergency'],
  ['183452005', 'inpatient'],
  ['32485007', 'inpatient'],
  ['185389009', 'inpatient'],
  ['448337001', 'virtual'],
  ['185317003', 'virtual'],
  ['185316007', 'virtual'],
  ['439708006', 'home'],
  ['210098006', 'home'],
  ['185347001', 'office'],
  ['371883000', 'other'],
  ['308646001', 'other'],
])

function visitKindOf(classCode: string | null, types: readonly Coding[], cptCode: string | null): VisitKind {
  const byCode = cptCode === null ? null : kindOfCode(cptCode)
  if (byCode !== null) return byCode
  const byClass = classCode === null ? undefined : visitClasses.get(classCode)
  if (byClass !== undefined) return byClass
  for (const type of types) {
    const kind = type.system === 'snomed' ? visitTypes.get(type.code) : undefined
    if (kind !== undefined) return kind
  }
  return classCode === 'AMB' ? 'office' : 'other'
}

const appointmentStatuses = new Set([
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'entered-in-error',
  'checked-in',
  'waitlist',
])

export function readAppointment(reading: Reading): ImportRecord[] {
  const { root } = reading
  let patientId: string | null = null
  let practitionerId: string | null = null
  for (const item of items(reading, root, 'participant', 'Appointment')) {
    const actor = object(reading, item.node, 'actor', item.path)
    if (actor === null) continue
    const found = actorOf(reading, actor, `${item.path}.actor`)
    if (found.patientId !== null) patientId ??= found.patientId
    else practitionerId ??= found.practitionerId
  }
  if (patientId === null) {
    warn(
      reading,
      'appointment_without_patient',
      'Appointment.participant',
      'No patient takes part in this appointment; it is kept but shown nowhere.',
    )
    return [{ kind: 'other', id: reading.id, type: 'Appointment', patientId: null, approximate: [] }]
  }
  const startAt = instant(reading, root, 'start', 'Appointment', 'startAt')
  let endAt = instant(reading, root, 'end', 'Appointment', 'endAt')
  if (startAt !== null && endAt !== null && isAfter(startAt, endAt)) {
    warn(
      reading,
      'dates_out_of_order',
      'Appointment.end',
      'The appointment ends before it begins; the end was left out.',
    )
    endAt = null
  }
  return [
    {
      kind: 'appointment',
      id: reading.id,
      patientId,
      practitionerId,
      startAt,
      endAt,
      status: status(reading, 'status', appointmentStatuses),
      description: text(reading, root, 'description', 'Appointment'),
      typeText:
        wordsOf(concept(reading, root, 'appointmentType', 'Appointment')) ??
        concepts(reading, root, 'serviceType', 'Appointment').text,
      approximate: takeApproximate(reading),
    },
  ]
}

function actorOf(
  reading: Reading,
  actor: JsonObject,
  path: string,
): { patientId: string | null; practitionerId: string | null } {
  const target = targetOf(reading, actor, path)
  if (target?.type === 'Patient' && target.resolved) return { patientId: target.id, practitionerId: null }
  if (target === null || (target.type !== 'Practitioner' && target.type !== 'PractitionerRole')) {
    return { patientId: null, practitionerId: null }
  }
  return { patientId: null, practitionerId: practitionerIdOf(reading, actor, path) }
}
