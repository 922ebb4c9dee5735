import type { LocalDate } from '../time.ts'

/**
 * billable = may stand on a claim; category = a heading that needs further characters;
 * not_listed = the table of that year does not have it.
 */
export type Icd10Standing = 'billable' | 'category' | 'not_listed'

/** The codes of one fiscal year, 1 October to 30 September. */
export interface Icd10Table {
  readonly fiscalYear: number
  /** With or without the dot. */
  readonly standingOf: (code: string) => Icd10Standing
}

export interface DiagnosisOnDay {
  /** unknown = the table of that fiscal year is not loaded. */
  readonly standing: Icd10Standing | 'unknown'
  readonly fiscalYear: number
  /** Where it is unknown: what the newest older table says, which is no answer for the day. */
  readonly older: { readonly fiscalYear: number; readonly standing: Icd10Standing } | null
}

/** The fiscal year a date lies in: 2026-09-30 is in 2026, 2026-10-01 in 2027. */
export function fiscalYearOf(on: LocalDate): number {
  return +on.slice(0, 4) + (on.slice(5) >= '10-01' ? 1 : 0)
}

const undotted = (code: string): string => code.replace('.', '').toUpperCase()

const standings: Readonly<Record<string, Icd10Standing>> = { c: 'category', b: 'billable' }

/**
 * A table in its packed form: states parted by ';', the last one the start. A state is its standing ('c' a category,
 * 'b' billable, '-' neither), then its edges parted by blanks: one character of a code and, in base 36, the state it
 * leads to. Endings that many codes share, such as the seventh characters of injuries, are in it once.
 */
export function packedIcd10Table(fiscalYear: number, packed: string): Icd10Table {
  let states: readonly string[] | undefined
  return {
    fiscalYear,
    standingOf: (code) => {
      states ??= packed.split(';')
      let state = states.at(-1) ?? ''
      for (const character of undotted(code)) {
        const at = state.indexOf(` ${character}`)
        if (at === -1) return 'not_listed'
        // The number ends at the next blank.
        state = states[Number.parseInt(state.slice(at + 2), 36)] ?? ''
      }
      return standings[state.charAt(0)] ?? 'not_listed'
    },
  }
}

/** A table from the rows of the file that CDC and CMS publish each year: codes without the dot, billable or heading. */
export function icd10TableOf(
  fiscalYear: number,
  rows: Iterable<readonly [code: string, billable: boolean]>,
): Icd10Table {
  const byCode = new Map(rows)
  return {
    fiscalYear,
    standingOf: (code) => {
      const billable = byCode.get(undotted(code))
      return billable === undefined ? 'not_listed' : billable ? 'billable' : 'category'
    },
  }
}

/** Whether a code may stand on a claim of a day. Codes come, go and are split each October, so no other year answers. */
export function diagnosisOn(code: string, on: LocalDate, tables: readonly Icd10Table[]): DiagnosisOnDay {
  const fiscalYear = fiscalYearOf(on)
  const published = tables.filter((table) => table.fiscalYear <= fiscalYear)
  const newest = published.toSorted((a, b) => b.fiscalYear - a.fiscalYear)[0]
  if (newest === undefined) return { standing: 'unknown', fiscalYear, older: null }
  const standing = newest.standingOf(code)
  if (newest.fiscalYear === fiscalYear) return { standing, fiscalYear, older: null }
  return { standing: 'unknown', fiscalYear, older: { fiscalYear: newest.fiscalYear, standing } }
}
