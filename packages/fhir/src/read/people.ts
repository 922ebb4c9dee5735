import { concept, conceptOf, concepts, wordsOf } from './codings.ts'
import { addressOf, firstPhone, humanName, spokenName, telecomOf } from './contacts.ts'
import { npiOf, patientNumbers } from './identifiers.ts'
import { languageTag } from './places.ts'
import {
  code,
  day,
  isObject,
  items,
  object,
  quietText,
  type Reading,
  shapeOf,
  shown,
  takeApproximate,
  text,
  warn,
} from './reading.ts'
import type { ImportRecord, PatientRecord } from './records.ts'
import { containedOf, idOf, patientIdOf, targetOf } from './references.ts'

const sexes = new Set(['male', 'female', 'other', 'unknown'] as const)

export function readPatient(reading: Reading): ImportRecord[] {
  const { root } = reading
  const name = humanName(reading, root, 'Patient')
  const bornOn = day(reading, root, 'birthDate', 'Patient', 'bornOn')
  const death = deathOf(reading)
  if (reading.today !== null) {
    for (const [value, place] of [
      [bornOn, 'Patient.birthDate'],
      [death.diedOn, 'Patient.deceasedDateTime'],
    ] as const) {
      if (value !== null && value > reading.today) {
        warn(reading, 'date_in_future', place, `${value} lies after the day of the import (${reading.today}).`)
      }
    }
  }
  if (bornOn !== null && death.diedOn !== null && death.diedOn < bornOn) {
    warn(
      reading,
      'dates_out_of_order',
      'Patient.deceasedDateTime',
      `The death (${death.diedOn}) is dated before the birth (${bornOn}).`,
    )
  }
  if (root.active === false) {
    warn(reading, 'patient_inactive', 'Patient.active', 'The source has set this patient inactive.')
  }
  for (const item of items(reading, root, 'link', 'Patient')) {
    if (item.node.type !== 'replaced-by') continue
    const other = idOf(reading, item.node, 'other', item.path, 'Patient')
    warn(
      reading,
      'patient_replaced',
      item.path,
      `The source has merged this patient into another (${other ?? 'not named'}).`,
    )
  }
  const { mbi, mrn } = patientNumbers(reading)
  const record: PatientRecord = {
    kind: 'patient',
    id: reading.id,
    ...name,
    bornOn,
    sex: code(reading, root, 'gender', 'Patient', sexes) ?? 'unknown',
    ...death,
    language: languageOf(reading),
    mbi,
    mrn,
    address: addressOf(reading),
    ...telecomOf(reading, root, 'Patient'),
    approximate: takeApproximate(reading),
  }
  return [record]
}

/**
 * Any statement of a death counts, also one whose date cannot be read: a dead patient must never be proposed.
 * Only when nothing is said at all is the patient taken as alive.
 */
function deathOf(reading: Reading): { deceased: boolean; diedOn: string | null } {
  const { root } = reading
  const dated = root.deceasedDateTime
  const flag = root.deceasedBoolean
  const stated = (dated !== undefined && dated !== null) || isObject(root._deceasedDateTime)
  if (stated) {
    if (flag === false) {
      warn(
        reading,
        'death_contradictory',
        'Patient.deceasedBoolean',
        'The source says that the patient is alive and gives a date of death; taken as dead.',
      )
    }
    return { deceased: true, diedOn: day(reading, root, 'deceasedDateTime', 'Patient', 'diedOn') }
  }
  if (flag === undefined || flag === null) return { deceased: false, diedOn: null }
  if (typeof flag === 'boolean') return { deceased: flag, diedOn: null }
  const dead = flag !== 'false' && flag !== 0
  warn(
    reading,
    'value_wrong_type',
    'Patient.deceasedBoolean',
    `True or false was expected here, not ${shapeOf(flag)}; taken as ${dead ? 'dead' : 'alive'}.`,
  )
  return { deceased: dead, diedOn: null }
}

function languageOf(reading: Reading): string | null {
  const spoken = items(reading, reading.root, 'communication', 'Patient')
  const chosen = spoken.find((one) => one.node.preferred === true) ?? spoken[0]
  if (chosen === undefined) return null
  const language = concept(reading, chosen.node, 'language', chosen.path)
  for (const coding of language.codings) {
    const tag = languageTag(coding.code)
    if (tag !== null) return tag
  }
  const tag = language.text === null ? null : languageTag(language.text)
  if (tag === null && (language.codings.length > 0 || language.text !== null)) {
    warn(
      reading,
      'language_unknown',
      `${chosen.path}.language`,
      `The language ${shown(language.codings[0]?.code ?? language.text)} is not known; ask the patient.`,
    )
  }
  return tag
}

export function readPractitioner(reading: Reading): ImportRecord[] {
  const { family, given } = humanName(reading, reading.root, 'Practitioner')
  return [{ kind: 'practitioner', id: reading.id, family, given, npi: npiOf(reading), approximate: [] }]
}

export function readOrganization(reading: Reading): ImportRecord[] {
  const name = text(reading, reading.root, 'name', 'Organization')
  if (name === null) warn(reading, 'name_missing', 'Organization.name', 'The Organization has no name.')
  return [{ kind: 'organization', id: reading.id, name, npi: npiOf(reading), approximate: [] }]
}

export function readPractitionerRole(reading: Reading): ImportRecord[] {
  const { root } = reading
  return [
    {
      kind: 'practitioner_role',
      id: reading.id,
      practitionerId: idOf(reading, root, 'practitioner', 'PractitionerRole', 'Practitioner'),
      organizationId: idOf(reading, root, 'organization', 'PractitionerRole', 'Organization'),
      roles: concepts(reading, root, 'code', 'PractitionerRole').codings,
      specialties: concepts(reading, root, 'specialty', 'PractitionerRole').codings,
      phone: firstPhone(telecomOf(reading, root, 'PractitionerRole').phones),
      approximate: [],
    },
  ]
}

export function readRelatedPerson(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'patient')
  if (patientId === null) return null
  const name = spokenName(root)
  if (name === null) warn(reading, 'name_missing', 'RelatedPerson.name', 'The RelatedPerson has no name.')
  return [
    {
      kind: 'related_person',
      id: reading.id,
      patientId,
      name,
      relationship: concepts(reading, root, 'relationship', 'RelatedPerson').text,
      phone: firstPhone(telecomOf(reading, root, 'RelatedPerson').phones),
      approximate: [],
    },
  ]
}

export function readCareTeam(reading: Reading): ImportRecord[] | null {
  const patientId = patientIdOf(reading, 'subject')
  if (patientId === null) return null
  const records: ImportRecord[] = []
  const used = new Set<string>()
  for (const item of items(reading, reading.root, 'participant', 'CareTeam')) {
    const member = object(reading, item.node, 'member', item.path)
    const roles = items(reading, item.node, 'role', item.path).map((role) => conceptOf(reading, role.node, role.path))
    const relationship = roles.map(wordsOf).find((one) => one !== null) ?? null
    const target = member === null ? null : targetOf(reading, member, `${item.path}.member`)
    const contained = member === null ? null : containedOf(reading, member)
    const found = contained ?? (target === null ? null : reading.find(`${target.type}/${target.id}`))
    const person = isObject(found) ? found : null
    const name = target?.display ?? quietText(member?.display) ?? (person === null ? null : spokenName(person))
    if (target === null && name === null) {
      warn(reading, 'member_missing', `${item.path}.member`, 'A team member without a name; it was left out.')
      continue
    }
    const memberReference = target === null ? null : `${target.type}/${target.id}`
    let id = `${reading.id}#${memberReference ?? records.length}`
    for (let again = 2; used.has(id); again++) id = `${reading.id}#${memberReference ?? records.length}~${again}`
    used.add(id)
    const phones = person === null ? [] : telecomOf({ ...reading, findings: [] }, person, '').phones
    records.push({
      kind: 'care_team_member',
      id,
      patientId,
      careTeamId: reading.id,
      memberReference,
      name,
      relationship,
      phone: firstPhone(phones),
      approximate: [],
    })
  }
  return records.length > 0
    ? records
    : [{ kind: 'other', id: reading.id, type: 'CareTeam', patientId, approximate: [] }]
}
