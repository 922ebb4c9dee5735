import { stateCode } from './places.ts'
import {
  isObject,
  items,
  type JsonObject,
  list,
  number,
  quietText,
  type Reading,
  shown,
  text,
  textItem,
  warn,
} from './reading.ts'
import type { Address, Phone } from './records.ts'

export interface PersonName {
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
export function humanName(reading: Reading, node: JsonObject, path: string): PersonName {
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
    warn(reading, 'value_wrong_shape', `${path}.${key}`, 'A list of texts was expected here, not a single text.')
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

const addressOrder: ReadonlyMap<string | null, number> = new Map([
  ['home', 0],
  [null, 1],
  ['temp', 2],
  ['work', 3],
  ['billing', 4],
  ['old', 9],
])

export function addressOf(reading: Reading): Address | null {
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

export function telecomOf(
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
      warn(reading, 'value_missing', `${item.path}.system`, `A contact without its system; taken as ${system}.`)
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
export function firstPhone(phones: readonly Phone[]): string | null {
  const usable = phones.filter((phone) => phone.use !== 'old')
  let chosen: Phone | null = null
  for (const phone of usable) if (chosen === null || (phone.rank ?? 99) < (chosen.rank ?? 99)) chosen = phone
  return chosen?.number ?? null
}

/** A person's name as one would say it. Takes no findings: the person is read on its own elsewhere. */
export function spokenName(node: JsonObject): string | null {
  if (!Array.isArray(node.name)) return quietText(node.name)
  const names: unknown[] = node.name
  const name = names.find((one) => isObject(one) && one.use === 'official') ?? names[0]
  if (!isObject(name)) return null
  const parts = [name.prefix, name.given, name.family].flat().map(quietText)
  return quietText(name.text) ?? quietText(parts.filter((part) => part !== null).join(' '))
}
