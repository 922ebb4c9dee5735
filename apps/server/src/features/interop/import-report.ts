import type { ImportCounts, ImportFinding } from '@keepwell/contract'

/** How many findings a report keeps. All are counted; errors go before warnings. */
export const findingsKept = 1000
/** Findings of one code for one type that are kept: a flaw of the whole file does not crowd out the others. */
const sameKept = 100

export type Fate = 'created' | 'changed' | 'unchanged' | 'refused'

/** What an import says of itself, gathered as it goes. */
export class Report {
  readonly counts: Record<string, ImportCounts> = {}
  errors = 0
  warnings = 0
  readonly #kept: { error: ImportFinding[]; warning: ImportFinding[] } = { error: [], warning: [] }
  readonly #same = new Map<string, number>()

  /** Counts one resource that was read. What names no type counts as `Unreadable`. */
  count(type: string, fate: Fate): void {
    const name = type === '' ? 'Unreadable' : type
    const counts = this.counts[name] ?? noCounts()
    this.counts[name] = counts
    counts.read++
    counts[fate]++
  }

  add(finding: ImportFinding): void {
    if (finding.severity === 'error') this.errors++
    else this.warnings++
    const key = `${finding.code} ${finding.resourceType ?? ''}`
    const same = (this.#same.get(key) ?? 0) + 1
    this.#same.set(key, same)
    const list = this.#kept[finding.severity]
    if (same <= sameKept && list.length < findingsKept) list.push(finding)
  }

  get findings(): ImportFinding[] {
    return [...this.#kept.error, ...this.#kept.warning].slice(0, findingsKept)
  }
}

export function noCounts(): ImportCounts {
  return { read: 0, created: 0, changed: 0, unchanged: 0, refused: 0 }
}

/** All types together. */
export function totalOf(counts: Record<string, ImportCounts>): ImportCounts {
  const total = noCounts()
  for (const one of Object.values(counts)) {
    for (const key of ['read', 'created', 'changed', 'unchanged', 'refused'] as const) total[key] += one[key]
  }
  return total
}
