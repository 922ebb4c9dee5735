import {
  allValues,
  type Dated,
  entryOn,
  isStale,
  OutOfForce,
  type Pair,
  programPairs,
  programs,
  programsIn,
  type SameMonthRow,
} from '@keepwell/rules'

/** A value of the book as a page shows it: how it stands in one month. */
export interface ShownValue {
  key: string
  unit: string
  /** In words; null where the book has no text for the month. */
  text: string | null
  from: string | null
  source: string | null
  checkedThrough: string
  nextExpected: string
  /** Its time is over: no change is due any more. */
  closed: boolean
  /** Nobody has compared it with the law for this month yet. */
  stale: boolean
}

/** Every value of the book as it stands in a month, what waits first. */
export function valuesIn(month: string): ShownValue[] {
  return allValues()
    .map((value) => shown(value, month))
    .sort((a, b) => Number(b.stale) - Number(a.stale) || a.key.localeCompare(b.key))
}

function shown(value: Dated<unknown>, month: string): ShownValue {
  const entry = entryIn(value, month)
  // A value of one past year is never compared again: no change of it is due after its last month.
  const closed = value.nextExpected <= value.checkedThrough
  return {
    key: value.key,
    unit: value.unit,
    text: entry === undefined ? null : valueText(entry.value, value.unit),
    from: entry?.from ?? null,
    source: entry?.source.title ?? null,
    checkedThrough: value.checkedThrough,
    nextExpected: value.nextExpected,
    closed,
    stale: !closed && isStale(value, month),
  }
}

function entryIn(value: Dated<unknown>, month: string) {
  try {
    // As the rules read it: the text in force at the end of the month.
    return entryOn(value, `${month}-31`)
  } catch (error) {
    if (error instanceof OutOfForce) return undefined
    throw error
  }
}

const segmentWords: Record<string, string> = {
  ccm: '',
  pfs: 'Fee schedule',
  part_b: 'Part B',
  non_complex: 'Care by staff',
  complex: 'Complex care',
  personal: 'Care in person',
  initiating_visit: 'Starting visit',
}

/** `ccm.non_complex.first_block` as `Care by staff, first block`. */
export function valueName(key: string): string {
  const words = key
    .split('.')
    .map((segment) => segmentWords[segment] ?? segment.replaceAll('_', ' '))
    .filter((word) => word !== '')
    .join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value with its unit, in a line: lists are counted when they are long. */
export function valueText(value: unknown, unit: string): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return numberText(value, unit)
  if (Array.isArray(value)) return value.length > 12 ? `${value.length} of them` : value.join(', ')
  if (typeof value === 'object') return `${Object.keys(value).length} amounts`
  return String(value)
}

function numberText(value: number, unit: string): string {
  if (unit === '0.0001 dollar') return `$${(value / 10_000).toFixed(4)}`
  if (unit.startsWith('cent')) return `$${(value / 100).toFixed(2)}${unit.slice('cent'.length)}`
  if (unit.startsWith('percent')) return `${value}%${unit.slice('percent'.length)}`
  return value === 1 ? `1 ${unit}` : `${value} ${plural(unit)}`
}

/** `unit a month` becomes `units a month`. */
function plural(unit: string): string {
  const [first = '', ...rest] = unit.split(' ')
  return [`${first}s`, ...rest].join(' ')
}

type Cell = SameMonthRow['same']

/** A cell of the table of pairs in words, with its color. */
export const cellFaces = {
  no: { state: 'stop', word: 'No' },
  yes: { state: 'good', word: 'Yes' },
  minutes_once: { state: 'good', word: 'Yes, a minute once' },
  warn: { state: 'attention', word: 'Yes, with a warning' },
  hold: { state: 'attention', word: 'A person settles it' },
} as const satisfies Record<Cell, { state: string; word: string }>

/** Two programs, by name, and whether they may stand together for a patient in a month. */
export interface ShownPair extends Pick<Pair, 'same' | 'sameGroup' | 'elsewhere' | 'why' | 'law'> {
  id: string
  one: string
  other: string
}

/** Every pair of the programs that are paid in a month, each once. */
export function pairsIn(month: string): ShownPair[] {
  const paid = programsIn(month)
  const nameOf = (id: string): string => programs.find((one) => one.id === id)?.label ?? id
  return programPairs
    .filter((pair) => paid.includes(pair.one) && paid.includes(pair.other))
    .filter((pair) => paid.indexOf(pair.one) <= paid.indexOf(pair.other))
    .map(({ one, other, same, sameGroup, elsewhere, why, law }) => ({
      id: `${one} ${other}`,
      one: nameOf(one),
      other: nameOf(other),
      same,
      sameGroup,
      elsewhere,
      why,
      law,
    }))
}
