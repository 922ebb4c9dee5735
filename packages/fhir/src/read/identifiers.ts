import { concept } from './codings.ts'
import { items, type JsonObject, type Reading, shown, text, warn } from './reading.ts'

interface Identifier {
  readonly system: string
  readonly value: string
  readonly types: readonly string[]
  readonly typeText: string | null
  /** Smaller is better: official and current before old. */
  readonly order: number
  readonly path: string
}

function identifiersOf(reading: Reading, node: JsonObject, path: string): Identifier[] {
  const found: Identifier[] = []
  for (const item of items(reading, node, 'identifier', path)) {
    const value = text(reading, item.node, 'value', item.path)
    if (value === null) continue
    const type = concept(reading, item.node, 'type', item.path)
    const use = text(reading, item.node, 'use', item.path)
    const period = item.node.period
    const ended = typeof period === 'object' && period !== null && 'end' in period
    found.push({
      system: text(reading, item.node, 'system', item.path) ?? '',
      value,
      types: type.codings.map((coding) => coding.code),
      typeText: type.text,
      order: (use === 'old' || ended ? 10 : 0) + (use === 'official' || use === 'usual' ? 0 : 1),
      path: item.path,
    })
  }
  return found.sort((a, b) => a.order - b.order)
}

/** The best of several; says so when current ones disagree. */
function best(reading: Reading, candidates: readonly Identifier[], name: string): Identifier | null {
  const first = candidates[0]
  if (first === undefined) return null
  const rival = candidates.find((one) => one.value !== first.value && one.order < 10)
  if (rival !== undefined) {
    warn(
      reading,
      'identifier_repeated',
      rival.path,
      `There is more than one ${name}; ${shown(first.value)} is used, ${shown(rival.value)} is not.`,
    )
  }
  return first
}

const mbiSystems = new Set([
  'http://hl7.org/fhir/sid/us-mbi',
  'http://terminology.hl7.org/NamingSystem/cmsMBI',
  'urn:oid:2.16.840.1.113883.4.927',
])
const npiSystems = new Set(['http://hl7.org/fhir/sid/us-npi', 'urn:oid:2.16.840.1.113883.4.6'])

/**
 * CMS's pattern of the Medicare Beneficiary Identifier. S, L, O, I, B and Z are never used, except that the
 * published examples and CMS's own synthetic data have an S in the second place.
 */
const mbiPattern =
  /^[1-9][AC-HJKMNP-RST-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/

/** Medicare Beneficiary Identifier and medical record number of a Patient. */
export function patientNumbers(reading: Reading): { mbi: string | null; mrn: string | null } {
  const all = identifiersOf(reading, reading.root, reading.type)
  const medicare = best(
    reading,
    all.filter((one) => mbiSystems.has(one.system) || one.types.includes('MC')),
    'Medicare number',
  )
  let mbi: string | null = null
  if (medicare !== null) {
    const bare = medicare.value.toUpperCase().replace(/[-\s]/g, '')
    if (mbiPattern.test(bare)) mbi = bare
    else {
      warn(
        reading,
        'mbi_invalid',
        `${medicare.path}.value`,
        `${shown(medicare.value)} is not a Medicare Beneficiary Identifier; it was left out.`,
      )
    }
  }
  const record = best(
    reading,
    all.filter((one) => one.types.includes('MR') || one.typeText?.toUpperCase() === 'MRN'),
    'medical record number',
  )
  return { mbi, mrn: record?.value ?? null }
}

/** National Provider Identifier of a practitioner or organization, 10 digits. */
export function npiOf(reading: Reading): string | null {
  const all = identifiersOf(reading, reading.root, reading.type)
  const stated = best(
    reading,
    all.filter((one) => npiSystems.has(one.system) || one.types.includes('NPI')),
    'NPI',
  )
  if (stated === null) return null
  const path = `${stated.path}.value`
  if (!/^\d{10}$/.test(stated.value)) {
    warn(reading, 'npi_invalid', path, `${shown(stated.value)} is not an NPI (10 digits); it was left out.`)
    return null
  }
  if (!npiCheckDigitHolds(stated.value)) {
    warn(reading, 'npi_check_digit', path, `The check digit of NPI ${stated.value} is wrong; a payer would refuse it.`)
  }
  return stated.value
}

/** Luhn over '80840' and the ten digits (45 CFR 162.406 names the check digit; CMS the prefix). */
function npiCheckDigitHolds(npi: string): boolean {
  let sum = 24
  for (let index = 0; index < npi.length; index++) {
    const digit = npi.charCodeAt(index) - 48
    const doubled = index % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The first identifier of one of the given type codes, or under one of the given systems. */
export function identifierValue(
  reading: Reading,
  types: readonly string[],
  systems: ReadonlySet<string> = mbiSystems,
): string | null {
  const all = identifiersOf(reading, reading.root, reading.type)
  const found = all.find((one) => systems.has(one.system) || types.some((type) => one.types.includes(type)))
  return found?.value ?? null
}
