import { concept, conceptOf, concepts, wordsOf } from './codings.ts'
import { npiOf, patientNumbers } from './identifiers.ts'
import { languageTag, stateCode } from './places.ts'
import {
  code,
  day,
  isObject,
  items,
  type JsonObject,
  list,
  number,
  object,
  quietText,
  type Reading,
  shapeOf,
  shown,
  takeApproximate,
  text,
  textItem,
  warn,
} from './reading.ts'
import type { Address, ImportRecord, PatientRecord, Phone } from './records.ts'
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
        warn(
          reading,
          'date_in_future',
          place,
          `${value} lies after the day of the import (${reading.today}).`,
        )
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

interface PersonName {
  readonly family: string | null
  readonly given: string | null
  readonly prefix: string | null
}

const nameOrder: ReadonlyMap<string | null, number> = new Map([
  ['official', 0],
  ['usual', 1],
  [null, 2],
  ['temp', 3],
  ['nickname', 4],
  ['anonymous', 5],
  ['maiden', 6],
  ['old', 7],
])

/** The best name: official before usual before the rest, current before ended. */
function humanName(reading: Reading, node: JsonObject, path: string): PersonName {
  const place = `${path}.name`
  const raw = node.name
  if (typeof raw === 'string') {
    warn(reading, 'value_wrong_shape', place, 'A structured name was expected here, not a plain text.')
    return nameFromText(text(reading, node, 'name', path) ?? '')
  }
  const names = items(reading, node, 'name', path)
  let chosen: (typeof names)[number] | null = null
  let order = Number.POSITIVE_INFINITY
  for (const one of names) {
    const use = one.node.use
    const ended = isObject(one.node.period) && one.node.period.end !== undefined
    const rank = (nameOrder.get(typeof use === 'string' ? use : null) ?? 3) + (ended ? 10 : 0)
    if (rank < order) {
      chosen = one
      order = rank
    }
  }
  if (chosen === null) {
    warn(reading, 'name_missing', place, `The ${reading.type} has no name.`)
    return { family: null, given: null, prefix: null }
  }
  const family = text(reading, chosen.node, 'family', chosen.path)
  const given = words(reading, chosen.node, 'given', chosen.path)
  const prefix = words(reading, chosen.node, 'prefix', chosen.path)
  if (family !== null || given !== null) return { family, given, prefix }
  const whole = text(reading, chosen.node, 'text', chosen.path)
  if (whole === null) {
    warn(reading, 'name_missing', chosen.path, `The ${reading.type} has an empty name.`)
    return { family: null, given: null, prefix }
  }
  warn(
    reading,
    'name_only_text',
    chosen.path,
    `The name is given as ${shown(whole)} only; its last word is taken as the family name.`,
  )
  return nameFromText(whole)
}

function nameFromText(whole: string): PersonName {
  if (whole === '') return { family: null, given: null, prefix: null }
  const comma = whole.indexOf(',')
  if (comma > 0) {
    return {
      family: whole.slice(0, comma).trim(),
      given: whole.slice(comma + 1).trim() || null,
      prefix: null,
    }
  }
  const space = whole.lastIndexOf(' ')
  return {
    family: whole.slice(space + 1),
    given: space < 0 ? null : whole.slice(0, space).trim(),
    prefix: null,
  }
}

function words(reading: Reading, node: JsonObject, key: string, path: string): string | null {
  const value = node[key]
  if (value === undefined) return null
  if (typeof value === 'string') {
    warn(
      reading,
      'value_wrong_shape',
      `${path}.${key}`,
      'A list of texts was expected here, not a single text.',
    )
    return text(reading, node, key, path)
  }
  const kept: string[] = []
  const values = list(reading, node, key, path)
  for (let index = 0; index < values.length; index++) {
    const one = textItem(reading, values[index], `${path}.${key}[${index}]`)
    if (one !== null) kept.push(one)
  }
  return kept.length === 0 ? null : kept.join(' ')
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

const addressOrder: ReadonlyMap<string | null, number> = new Map([
  ['home', 0],
  [null, 1],
  ['temp', 2],
  ['work', 3],
  ['billing', 4],
  ['old', 9],
])

function addressOf(reading: Reading): Address | null {
  let chosen: { node: JsonObject; path: string } | null = null
  let order = Number.POSITIVE_INFINITY
  for (const one of items(reading, reading.root, 'address', reading.type)) {
    const use = one.node.use
    const ended = isObject(one.node.period) && one.node.period.end !== undefined
    const rank = (addressOrder.get(typeof use === 'string' ? use : null) ?? 3) + (ended ? 20 : 0)
    if (rank < order) {
      chosen = one
      order = rank
    }
  }
  if (chosen === null) return null
  const { node, path } = chosen
  const lines: string[] = []
  const raw = typeof node.line === 'string' ? [node.line] : list(reading, node, 'line', path)
  for (let index = 0; index < raw.length; index++) {
    const line = textItem(reading, raw[index], `${path}.line[${index}]`)
    if (line !== null) lines.push(line)
  }
  const state = text(reading, node, 'state', path)
  return {
    lines,
    city: text(reading, node, 'city', path),
    state: state === null ? null : stateCode(state),
    zip: text(reading, node, 'postalCode', path),
  }
}

function telecomOf(
  reading: Reading,
  node: JsonObject,
  path: string,
): { phones: readonly Phone[]; email: string | null } {
  const phones: Phone[] = []
  let email: string | null = null
  for (const item of items(reading, node, 'telecom', path)) {
    const value = text(reading, item.node, 'value', item.path)
    if (value === null) continue
    const stated = text(reading, item.node, 'system', item.path)
    let system = stated
    if (stated === null) {
      system = value.includes('@') ? 'email' : 'phone'
      warn(
        reading,
        'value_missing',
        `${item.path}.system`,
        `A contact without its system; taken as ${system}.`,
      )
    }
    if (system === 'email') email ??= value.replace(/^mailto:/i, '')
    if (system !== 'phone' && system !== 'sms') continue
    const shownNumber = value.replace(/^(tel|sms):/i, '')
    if (phones.some((phone) => phone.number === shownNumber)) continue
    const rank = number(reading, item.node, 'rank', item.path)
    phones.push({
      number: shownNumber,
      use: text(reading, item.node, 'use', item.path),
      rank: rank !== null && Number.isInteger(rank) && rank > 0 ? rank : null,
    })
  }
  return { phones, email }
}

/** The number to try first: by rank, then as listed, never one marked old. */
function firstPhone(phones: readonly Phone[]): string | null {
  const usable = phones.filter((phone) => phone.use !== 'old')
  let chosen: Phone | null = null
  for (const phone of usable) if (chosen === null || (phone.rank ?? 99) < (chosen.rank ?? 99)) chosen = phone
  return chosen?.number ?? null
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

/** A person's name as one would say it. Takes no findings: the person is read on its own elsewhere. */
function spokenName(node: JsonObject): string | null {
  if (!Array.isArray(node.name)) return quietText(node.name)
  const names: unknown[] = node.name
  const name = names.find((one) => isObject(one) && one.use === 'official') ?? names[0]
  if (!isObject(name)) return null
  const parts = [name.prefix, name.given, name.family].flat().map(quietText)
  return quietText(name.text) ?? quietText(parts.filter((part) => part !== null).join(' '))
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
    const roles = items(reading, item.node, 'role', item.path).map((role) =>
      conceptOf(reading, role.node, role.path),
    )
    const relationship = roles.map(wordsOf).find((one) => one !== null) ?? null
    const target = member === null ? null : targetOf(reading, member, `${item.path}.member`)
    const contained = member === null ? null : containedOf(reading, member)
    const found = contained ?? (target === null ? null : reading.find(`${target.type}/${target.id}`))
    const person = isObject(found) ? found : null
    const name =
      target?.display ?? quietText(member?.display) ?? (person === null ? null : spokenName(person))
    if (target === null && name === null) {
      warn(reading, 'member_missing', `${item.path}.member`, 'A team member without a name; it was left out.')
      continue
    }
    const memberReference = target === null ? null : `${target.type}/${target.id}`
    let id = `${reading.id}#${memberReference ?? records.length}`
    for (let again = 2; used.has(id); again++)
      id = `${reading.id}#${memberReference ?? records.length}~${again}`
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
