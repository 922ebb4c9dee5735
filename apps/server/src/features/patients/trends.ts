import type { ValueTrend } from '@keepwell/contract'

/** One measured value as the chart's table has it. */
export interface MeasuredRow {
  id: string
  code: string
  name: string
  category: string | null
  at: Date | null
  number: number | null
  text: string | null
  unit: string | null
  components: {
    code: { code: string; display: string | null }
    valueNumber: number | null
    valueText: string | null
    unit: string | null
  }[]
}

/** Points of one line: enough for years of visits, few enough to draw at once. */
const pointsAtMost = 60

/**
 * Groups values by what they measure, the newest value of each first, and the kinds in order of their name.
 * A panel such as a blood pressure becomes the values that it is made of. Units that differ are kept apart,
 * because a line through mg/dL and mmol/L would be wrong.
 */
export function trendsOf(rows: readonly MeasuredRow[]): ValueTrend[] {
  const groups = new Map<string, MeasuredRow[]>()
  for (const row of rows.flatMap(partsOf)) {
    const key = `${row.code} ${row.unit ?? ''}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups.values()].map(trendOf).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function partsOf(row: MeasuredRow): MeasuredRow[] {
  const parts = row.components
    .filter((part) => part.valueNumber !== null || part.valueText !== null)
    .map((part) => ({
      ...row,
      code: part.code.code,
      name: part.code.display ?? row.name,
      number: part.valueNumber,
      text: part.valueText,
      unit: part.unit,
      components: [],
    }))
  return parts.length === 0
    ? [row]
    : row.number === null && row.text === null
      ? parts
      : [{ ...row, components: [] }, ...parts]
}

function trendOf(group: MeasuredRow[]): ValueTrend {
  const sorted = [...group].sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0))
  const latest = sorted.at(-1) as MeasuredRow
  const points = sorted.flatMap((row) =>
    row.at === null || row.number === null ? [] : [{ at: row.at.toISOString(), value: row.number }],
  )
  return {
    code: latest.code,
    name: latest.name,
    category: latest.category,
    unit: unitText(latest.unit),
    latest: { id: latest.id, at: latest.at?.toISOString() ?? null, text: wordsOf(latest) },
    points: points.slice(-pointsAtMost),
  }
}

/** A value as read: at most two decimals, with its unit. */
export function wordsOf(row: Pick<MeasuredRow, 'number' | 'text' | 'unit'>): string {
  const value = row.text ?? (row.number === null ? '' : String(Math.round(row.number * 100) / 100))
  return [value, unitText(row.unit) ?? ''].filter((part) => part !== '').join(' ') || 'No value given'
}

/** A UCUM unit as it is printed: `mm[Hg]` is mmHg, `Cel` is °C, and what stands in braces is a comment. */
export function unitText(unit: string | null): string | null {
  if (unit === null) return null
  const plain = unit
    .replace(/\{[^}]*\}/g, '')
    .replace('[degF]', '°F')
    .replace(/^Cel$/, '°C')
    .replace(/\[(\w+)\]/g, (_, inner: string) => inner.replace(/_.*$/, ''))
    .replace(/m2$/, 'm²')
    .replace(/^10\*3\//, '10³/')
    .replace(/^10\*6\//, '10⁶/')
  return plain === '' || plain === '1' ? null : plain
}
