import { type Concept, concept } from './codings.ts'
import { identifierValue } from './identifiers.ts'
import {
  day,
  isObject,
  items,
  type JsonObject,
  number,
  object,
  quietText,
  type Reading,
  status,
  takeApproximate,
  text,
  warn,
} from './reading.ts'
import type { CoverageKind, ImportRecord } from './records.ts'
import { containedOf, patientIdOf, targetOf } from './references.ts'

const coverageStatuses = new Set(['active', 'cancelled', 'draft', 'entered-in-error'])

export function readCoverage(reading: Reading): ImportRecord[] | null {
  const { root } = reading
  const patientId = patientIdOf(reading, 'beneficiary')
  if (patientId === null) return null
  const described = describe(reading, root, 'Coverage')
  let from: string | null = null
  let to: string | null = null
  const period = object(reading, root, 'period', 'Coverage')
  if (period !== null) {
    from = day(reading, period, 'start', 'Coverage.period', 'from')
    to = day(reading, period, 'end', 'Coverage.period', 'to')
    if (from !== null && to !== null && to < from) {
      warn(
        reading,
        'dates_out_of_order',
        'Coverage.period.end',
        `The coverage ends (${to}) before it begins (${from}).`,
      )
    }
  }
  const order = number(reading, root, 'order', 'Coverage')
  return [
    {
      kind: 'coverage',
      id: reading.id,
      patientId,
      coverageKind: described.kind,
      status: status(reading, 'status', coverageStatuses),
      payerName: described.payerName,
      memberId: text(reading, root, 'subscriberId', 'Coverage') ?? identifierValue(reading, ['MB', 'MC', 'SN']),
      from,
      to,
      order: order !== null && Number.isInteger(order) && order > 0 ? order : null,
      source: 'fhir_coverage',
      approximate: takeApproximate(reading),
    },
  ]
}

/** Payer and kind of a Coverage, its own or one contained in a claim. */
function describe(
  reading: Reading,
  coverage: JsonObject,
  path: string,
): { kind: CoverageKind; payerName: string | null; said: string } {
  const type = concept(reading, coverage, 'type', path)
  const words: string[] = []
  for (const coding of type.codings) if (coding.display !== null) words.push(coding.display)
  if (type.text !== null) words.push(type.text)
  let payerName: string | null = null
  for (const item of items(reading, coverage, 'payor', path)) {
    const name = payerOf(reading, item.node, item.path)
    if (name === null) continue
    payerName ??= name
    words.push(name)
  }
  for (const item of items(reading, coverage, 'class', path)) {
    const value = text(reading, item.node, 'value', item.path)
    const name = text(reading, item.node, 'name', item.path)
    if (value !== null) words.push(value)
    if (name !== null) words.push(name)
  }
  const said = words.join(' | ')
  return { kind: bestKind(kindOfWords(said), kindOfType(type)), payerName: payerName ?? type.text, said }
}

function payerOf(reading: Reading, node: JsonObject, path: string): string | null {
  const display = text(reading, node, 'display', path)
  if (display !== null) return display
  const contained = containedOf(reading, node)
  if (contained !== null) return text(reading, contained, 'name', `${path}.resolve()`)
  const target = targetOf(reading, node, path, 'Organization')
  const found = target === null ? null : reading.find(`${target.type}/${target.id}`)
  return isObject(found) ? quietText(found.name) : null
}

/** What the words on a card or claim say. Medicare first: most Advantage and Medigap payers also sell commercial plans. */
export function kindOfWords(said: string): CoverageKind {
  const words = said.toLowerCase().replaceAll('_', ' ')
  if (/\b(no insurance|uninsured|self[- ]?pay)\b/.test(words)) return 'self_pay'
  if (/medigap|medicare supp|med ?supp?\b|supplement/.test(words)) return 'medigap'
  if (/medicare/.test(words)) {
    if (/advantage|part c\b|\bhmo\b|\bppo\b|\bpffs\b|managed|replacement|\bd?-?snp\b/.test(words)) {
      return 'medicare_advantage'
    }
    if (/part b\b|parts? a (and|&|\/|\+) ?b\b|\ba\/b\b/.test(words)) return 'medicare_part_b'
    // Hospital or drug cover alone pays no CCM: say that it is not known rather than that it is Medicare.
    if (/part [ad]\b/.test(words)) return 'unknown'
    return 'medicare'
  }
  if (/\bdual\b/.test(words)) return 'medicare'
  if (/medicaid|medi-cal|masshealth|\bchip\b/.test(words)) return 'medicaid'
  if (
    /\b(private|commercial|employer|aetna|cigna|anthem|humana|kaiser|bcbs|blue (cross|shield)|united ?health)/.test(
      words,
    )
  ) {
    return 'commercial'
  }
  return 'unknown'
}

const typologySystems = new Set([
  'https://nahdo.org/sopt',
  'http://www.nahdo.org/sopt',
  'urn:oid:2.16.840.1.113883.3.221.5',
  '2.16.840.1.113883.3.221.5',
])

/** Codes of Coverage.type: the Source of Payment Typology, HL7's own, X12's claim filing indicator. */
function kindOfType(type: Concept): CoverageKind {
  for (const { system, code } of type.codings) {
    const place = system?.toLowerCase() ?? ''
    if (typologySystems.has(place)) {
      if (code.startsWith('11') || code.startsWith('14')) return 'medicare_advantage'
      if (code === '122') return 'unknown'
      if (code.startsWith('1')) return 'medicare'
      if (code.startsWith('2')) return 'medicaid'
      if (/^[567]/.test(code)) return 'commercial'
      if (code.startsWith('81')) return 'self_pay'
    }
    if (place.endsWith('/coverage-selfpay') && code === 'pay') return 'self_pay'
    if (place.endsWith('/v3-actcode') && (code === 'EHCPOL' || code === 'HIP')) return 'commercial'
    if (place.includes('x12')) {
      if (code === 'MB') return 'medicare_part_b'
      if (code === '16') return 'medicare_advantage'
      if (code === 'MC') return 'medicaid'
      if (code === 'CI' || code === 'BL' || code === 'HM') return 'commercial'
    }
  }
  return 'unknown'
}

/** The more telling of two: anything before 'unknown', a part of Medicare before plain Medicare. */
function bestKind(byWords: CoverageKind, byType: CoverageKind): CoverageKind {
  if (byWords === 'unknown') return byType
  if (byWords === 'medicare' && (byType === 'medicare_advantage' || byType === 'medicare_part_b')) return byType
  if (byWords === 'commercial' && byType !== 'unknown') return byType
  return byWords
}

/**
 * ExplanationOfBenefit and Claim: who was the payer then. One hint for each kind of payer named; a payer of
 * people who have both Medicare and Medicaid gives two.
 */
export function readClaimHints(reading: Reading): ImportRecord[] | null {
  const { type } = reading
  const patientId = patientIdOf(reading, 'patient')
  if (patientId === null) return null
  const on = claimDay(reading)
  const approximate = takeApproximate(reading)
  const hints = new Map<CoverageKind, ImportRecord>()
  const add = (kind: CoverageKind, payerName: string | null) => {
    if (hints.has(kind)) return
    hints.set(kind, {
      kind: 'coverage_hint',
      id: `${reading.id}#${kind}`,
      patientId,
      coverageKind: kind,
      payerName,
      on,
      approximate,
    })
  }
  for (const payer of payersOf(reading)) {
    add(payer.kind, payer.payerName)
    if (/\bdual\b/i.test(payer.said.replaceAll('_', ' '))) add('medicaid', payer.payerName)
  }
  if (hints.size > 0) return [...hints.values()]
  return [{ kind: 'other', id: reading.id, type, patientId, approximate: [] }]
}

function payersOf(reading: Reading): { kind: CoverageKind; payerName: string | null; said: string }[] {
  const { root, type } = reading
  const payers: { kind: CoverageKind; payerName: string | null; said: string }[] = []
  for (const item of items(reading, root, 'insurance', type)) {
    const coverage = object(reading, item.node, 'coverage', item.path)
    if (coverage === null) continue
    const path = `${item.path}.coverage`
    const contained = containedOf(reading, coverage)
    const target = contained === null ? targetOf(reading, coverage, path, 'Coverage') : null
    const found = contained ?? (target === null ? null : reading.find(`Coverage/${target.id}`))
    if (isObject(found)) payers.push(describe(reading, found, `${path}.resolve()`))
    else {
      const display = text(reading, coverage, 'display', path)
      if (display !== null) payers.push({ kind: kindOfWords(display), payerName: display, said: display })
    }
  }
  if (payers.length === 0) {
    const insurer = object(reading, root, 'insurer', type)
    const name = insurer === null ? null : payerOf(reading, insurer, `${type}.insurer`)
    if (name !== null) payers.push({ kind: kindOfWords(name), payerName: name, said: name })
  }
  return payers
}

function claimDay(reading: Reading): string | null {
  const { root, type } = reading
  const period = object(reading, root, 'billablePeriod', type)
  const start = period === null ? null : day(reading, period, 'start', `${type}.billablePeriod`, 'on')
  return start ?? day(reading, root, 'created', type, 'on')
}
