import { type Concept, concept, concepts, preferred, wordsOf } from './codings.ts'
import {
  code,
  instant,
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
import type { Coding, ImportRecord, ObservationComponent } from './records.ts'
import { patientIdOf } from './references.ts'

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
    return refuse(reading, 'code_missing', 'Observation.code', 'The Observation does not say what was observed.')
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
    warn(reading, 'value_missing', 'Observation.effective[x]', 'The Observation does not say when it was made.')
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
    return ratio === null ? noValue : between(reading, ratio, `${path}.valueRatio`, 'numerator', 'denominator', ':')
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

function between(reading: Reading, node: JsonObject, path: string, first: string, second: string, sign: string): Value {
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
