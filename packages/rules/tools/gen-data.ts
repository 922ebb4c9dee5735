/**
 * Writes src/data/*.gen.ts and test/ccw-codes.gen.ts from the files of CMS.
 *   node packages/rules/tools/gen-data.ts FOLDER
 * FOLDER holds pfs-2026.csv, gpci-2026.csv and ccw-conditions.csv, and, one level up or beside them,
 * icd10cm/icd10cm-2023.csv.gz.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = process.argv[2]
if (!folder) {
  console.error('usage: node gen-data.ts FOLDER (the folder with the CMS files)')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')

function read(path: string): { text: string; sha256: string } {
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { text: (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), sha256 }
}

function parseRow(line: string): string[] {
  const cells: string[] = []
  for (const match of line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)) {
    if (match.index === line.length && match[0] === '' && cells.length > 0 && !line.endsWith(',')) break
    const cell = match[1] ?? ''
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
  }
  return cells
}

function rows(text: string, columns: readonly string[]): string[][] {
  const [head, ...lines] = text.trimEnd().split(/\r?\n/)
  if (parseRow(head ?? '').join() !== columns.join()) throw new Error(`columns are ${head}, expected ${columns.join()}`)
  return lines.map((line, index) => {
    const cells = parseRow(line)
    if (cells.length !== columns.length) throw new Error(`row ${index + 2} has ${cells.length} cells: ${line}`)
    return cells
  })
}

/** '1.98' with 2 places is 198: no float touches a price. */
function scaled(text: string, places: number): number {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > places) throw new Error(`not a number with ${places} places: ${text}`)
  return Number(`${match[1]}${fraction.padEnd(places, '0')}`)
}

const HEADER = '// Written by packages/rules/tools/gen-data.ts. Do not edit.\n'
const write = (path: string, text: string): void => writeFileSync(join(root, path), HEADER + text)
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const pfs = read(join(folder, 'pfs-2026.csv'))
const pfsRows = rows(pfs.text, [
  'code',
  'status',
  'work',
  'pe_nonfacility',
  'pe_facility',
  'malpractice',
  'facility_payable',
  'total_2024_nonfacility',
  'total_2024_facility',
])
write(
  'src/data/pfs-2026.gen.ts',
  `/** code: [status, work, practice expense outside a facility, in a facility, malpractice, payable in a facility,
 *  total 2024 outside, total 2024 in a facility]; units of 0.01, null = no 2024 total. */
export type PfsRow = readonly [string, number, number, number, number, boolean, number | null, number | null]
export const pfs2026: Readonly<Record<string, PfsRow>> = {
${pfsRows
  .map(
    ([
      code = '',
      status = '',
      work = '',
      nonfacility = '',
      facility = '',
      malpractice = '',
      payable,
      t1 = '',
      t2 = '',
    ]) => {
      const numbers = [work, nonfacility, facility, malpractice].map((text) => scaled(text, 2)).join(', ')
      const totals = [t1, t2].map((text) => (text === '' ? 'null' : scaled(text, 2))).join(', ')
      return `  ${quote(code)}: [${quote(status)}, ${numbers}, ${payable === 'yes'}, ${totals}],`
    },
  )
  .join('\n')}
}
`,
)

const gpci = read(join(folder, 'gpci-2026.csv'))
const gpciRows = rows(gpci.text, ['mac', 'locality', 'name', 'work', 'practice_expense', 'malpractice'])
write(
  'src/data/gpci-2026.gen.ts',
  `/** 'MAC-locality': [name, work, practice expense, malpractice]; units of 0.001. */
export type GpciRow = readonly [string, number, number, number]
export const gpci2026: Readonly<Record<string, GpciRow>> = {
${gpciRows
  .map(
    ([mac = '', locality = '', name = '', work = '', practice = '', malpractice = '']) =>
      `  '${mac}-${locality}': [${quote(name)}, ${[work, practice, malpractice].map((text) => scaled(text, 3)).join(', ')}],`,
  )
  .join('\n')}
}
`,
)

const ccw = read(join(folder, 'ccw-conditions.csv'))
const ccwRows = rows(ccw.text, ['condition', 'kind', 'category', 'inclusion', 'code'])
const icd = read(join(folder, '..', 'icd10cm', 'icd10cm-2023.csv.gz'))
const billable = new Set(
  icd.text
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.split(',')[1] === '1')
    .map((line) => line.slice(0, line.indexOf(','))),
)
const excluded = new Set(ccwRows.filter((row) => row[3] === 'Exclude').map((row) => `${row[0]}|${row[4]}`))
const included = new Map<string, Set<string>>()
const kinds = new Map<string, string>()
for (const [condition = '', kind = '', , inclusion, code = ''] of ccwRows) {
  kinds.set(condition, kind)
  if (inclusion !== 'Include' || excluded.has(`${condition}|${code}`) || !/^[A-Z]\d[0-9A-Z]/.test(code)) continue
  const codes = included.get(condition) ?? new Set<string>()
  included.set(condition, codes.add(code))
}

/** A prefix stands for its codes where every billable code under it is listed (or refines a listed one). */
function collapse(codes: ReadonlySet<string>): string[] {
  const refines = (code: string): boolean => {
    for (let length = code.length; length >= 3; length -= 1) if (codes.has(code.slice(0, length))) return true
    return false
  }
  const all = [...billable]
  const whole = new Map<string, boolean>()
  const isWhole = (prefix: string): boolean => {
    const known = whole.get(prefix)
    if (known !== undefined) return known
    const under = all.filter((code) => code.startsWith(prefix))
    const answer = under.length > 0 && under.every(refines)
    whole.set(prefix, answer)
    return answer
  }
  const prefixes = new Set<string>()
  for (const code of codes) {
    let prefix = code
    for (let length = 3; length < code.length; length += 1) {
      if (isWhole(code.slice(0, length))) {
        prefix = code.slice(0, length)
        break
      }
    }
    prefixes.add(prefix)
  }
  return [...prefixes].sort()
}

const names = [...included.keys()].sort()
write(
  'src/data/ccw-other.gen.ts',
  `/** Conditions of the wider set: ICD-10-CM prefixes without dots. */
export const ccwOther: Readonly<Record<string, string>> = {
${names
  .filter((name) => kinds.get(name) !== 'Common')
  .map((name) => `  ${quote(name)}:\n    ${quote(collapse(included.get(name) ?? new Set()).join(' '))},`)
  .join('\n')}
}
`,
)
write(
  'test/ccw-codes.gen.ts',
  `/** The 30 common conditions, code for code, to hold the prefixes of src/eligibility/groups.ts against. */
export const ccwCommon: Readonly<Record<string, string>> = {
${names
  .filter((name) => kinds.get(name) === 'Common')
  .map((name) => `  ${quote(name)}:\n    ${quote([...(included.get(name) ?? [])].sort().join(' '))},`)
  .join('\n')}
}
`,
)
/** The smallest automaton that knows the codes; the form is told in src/diagnoses/icd10.ts. */
function packed(codes: ReadonlyArray<readonly [code: string, billable: boolean]>): string {
  interface Node {
    standing: '-' | 'c' | 'b'
    readonly next: Map<string, Node>
  }
  const node = (): Node => ({ standing: '-', next: new Map() })
  const start = node()
  for (const [code, isBillable] of codes) {
    let at = start
    for (const character of code) {
      const known = at.next.get(character) ?? node()
      at.next.set(character, known)
      at = known
    }
    at.standing = isBillable ? 'b' : 'c'
  }
  const states = new Map<string, number>()
  const numberOf = ({ standing, next }: Node): number => {
    const edges = [...next].sort(([a], [b]) => (a < b ? -1 : 1)).map(([one, to]) => one + numberOf(to).toString(36))
    const state = [standing, ...edges].join(' ')
    const known = states.get(state) ?? states.size
    states.set(state, known)
    return known
  }
  numberOf(start)
  return [...states.keys()].join(';')
}

const icdRows = rows(icd.text, ['code', 'billable', 'description'])
write(
  'src/data/icd10-2023.gen.ts',
  `/** ICD-10-CM of fiscal year 2023, ${icdRows.length} codes and headings without the dot, packed. */
export const icd10Of2023 =
  ${quote(packed(icdRows.map(([code = '', isBillable]) => [code, isBillable === '1'] as const)))}
`,
)
write(
  'src/data/manifest.gen.ts',
  `/** Where each table comes from. */
export interface DataFile {
  readonly file: string
  readonly source: string
  readonly releasedOn: string
  readonly sha256: string
  readonly rows: number
}
export const dataFiles: readonly DataFile[] = [
  {
    file: 'pfs-2026.csv',
    source: 'CMS Physician Fee Schedule RVU26C, non-qualifying-APM file; 2024 totals from RVU24C',
    releasedOn: '2026-06-30',
    sha256: '${pfs.sha256}',
    rows: ${pfsRows.length},
  },
  {
    file: 'gpci-2026.csv',
    source: 'CMS geographic practice cost indices 2026, with the 1.0 work floor',
    releasedOn: '2026-06-30',
    sha256: '${gpci.sha256}',
    rows: ${gpciRows.length},
  },
  {
    file: 'ccw-conditions.csv',
    source: 'CMS Chronic Conditions Warehouse algorithms',
    releasedOn: '2022-02',
    sha256: '${ccw.sha256}',
    rows: ${ccwRows.length},
  },
  {
    file: 'icd10cm-2023.csv.gz',
    source: 'ICD-10-CM, fiscal year 2023, CDC and CMS',
    releasedOn: '2022-10-01',
    sha256: '${icd.sha256}',
    rows: ${icdRows.length},
  },
]
`,
)
