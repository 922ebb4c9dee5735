import { type Item, isObject, quietText } from './reading.ts'

const units = new Map([
  ['s', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['wk', 'week'],
  ['mo', 'month'],
  ['a', 'year'],
])

/**
 * The dosage in words: the source's own where it has them, else put together from dose, timing and route
 * ('1 tablet, twice a day, as needed'). Null when nothing is stated.
 */
export function dosageText(dosages: readonly Item[]): string | null {
  const lines: string[] = []
  for (const { node } of dosages) {
    const own = quietText(node.text) ?? quietText(node.patientInstruction)
    if (own !== null) {
      lines.push(own)
      continue
    }
    const parts = [doseOf(node.doseAndRate), timingOf(node.timing), conceptText(node.route)]
    if (node.asNeededBoolean === true) parts.push('as needed')
    const condition = conceptText(node.asNeededCodeableConcept)
    if (condition !== null) parts.push(`as needed for ${condition}`)
    const stated = parts.filter((part) => part !== null)
    if (stated.length > 0) lines.push(stated.join(', '))
  }
  return lines.length === 0 ? null : lines.join('; ')
}

function conceptText(value: unknown): string | null {
  if (!isObject(value)) return null
  const coding: unknown = Array.isArray(value.coding) ? value.coding[0] : null
  return quietText(value.text) ?? (isObject(coding) ? quietText(coding.display) : null)
}

function doseOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : null
  if (!isObject(first)) return null
  const range = first.doseRange
  if (isObject(range)) {
    const low = amount(range.low)
    const high = amount(range.high)
    return low !== null && high !== null ? `${low} to ${high}` : (low ?? high)
  }
  return amount(first.doseQuantity)
}

function amount(value: unknown): string | null {
  if (!isObject(value) || typeof value.value !== 'number') return null
  const unit = quietText(value.unit) ?? quietText(value.code)
  return unit === null ? `dose ${value.value}` : `${value.value} ${unit}`
}

function timingOf(value: unknown): string | null {
  if (!isObject(value)) return null
  const stated = conceptText(value.code)
  if (stated !== null) return stated
  const repeat = value.repeat
  if (!isObject(repeat)) return null
  const { frequency = 1, period, periodUnit } = repeat
  if (typeof frequency !== 'number' || typeof period !== 'number' || typeof periodUnit !== 'string') return null
  const unit = units.get(periodUnit)
  if (unit === undefined) return null
  const often = frequency === 1 ? 'once' : frequency === 2 ? 'twice' : `${frequency} times`
  if (period === 1) return `${often} ${unit === 'hour' ? 'an' : 'a'} ${unit}`
  const every = `every ${period} ${unit}s`
  return frequency === 1 ? every : `${often} ${every}`
}
