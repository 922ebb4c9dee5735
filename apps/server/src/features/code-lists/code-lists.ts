import type { CodeList, CodeListLine } from '@keepwell/contract'
import { fiscalYearOf, isLocalDate } from '@keepwell/rules'
import { accept, type Decision, type Fault, refuse } from '../../kernel/problem.ts'

/** A line of a list as it is kept: `code` without a point, `area` of a fee such as `13202 01`, otherwise empty. */
export type ListedCode = CodeListLine & { code: string; area: string }

const faultsAtMost = 50

/** The last day for which a list speaks: diagnoses end with the fiscal year, fees with the calendar year, others never. */
export function holdsUntil(list: CodeList, holdsFrom: string): string | null {
  if (list === 'icd10cm') return `${fiscalYearOf(holdsFrom)}-09-30`
  return list === 'fees' ? `${holdsFrom.slice(0, 4)}-12-31` : null
}

/**
 * Reads the file of a list: text parted by commas or tabs, with or without a line of column names, and for diagnoses also
 * the order file of CMS. Answers every line or, with the place and reason of each fault, none.
 */
export function readCodeList(list: CodeList, bytes: Uint8Array, holdsFrom: string): Decision<ListedCode[]> {
  const text = textOf(bytes)
  if (text.includes('\0') || text.startsWith('PK'))
    return refuse('file_type_mismatch', 'This is no text file. Save the list as CSV and choose that. Nothing was kept.')
  const rows =
    list === 'icd10cm' && orderLine.test(text.slice(0, text.indexOf('\n') + 1).trimEnd())
      ? orderRows(text)
      : columnRows(list, text)
  if (rows === null)
    return refuse('unreadable_file', `The columns have to be ${columns[list].join(', ')}. Nothing was kept.`)
  const faults: Fault[] = []
  const lines = new Map<string, ListedCode>()
  for (const { number, cells } of rows) {
    const read = lineOf(list, cells, holdsFrom)
    const key = typeof read === 'string' ? '' : `${read.code} ${read.area}`
    const why = typeof read === 'string' ? read : lines.has(key) ? `${key.trim()} stands twice.` : null
    if (why !== null) faults.push({ path: `line ${number}`, message: why })
    else if (typeof read !== 'string') lines.set(key, read)
  }
  if (faults.length > 0)
    return refuse(
      'unreadable_file',
      faults.length === 1
        ? 'One line of the file is not right. Nothing was kept.'
        : `${faults.length} lines of the file are not right. Nothing was kept.`,
      faults.slice(0, faultsAtMost),
    )
  if (lines.size === 0) return refuse('unreadable_file', 'The file has no line. Nothing was kept.')
  return accept([...lines.values()])
}

/** Lists come as UTF-8 or, from older tools, in the Windows code page. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

type Cells = Readonly<Record<string, string>>
interface Row {
  /** Of the line in the file, from 1. */
  number: number
  cells: Cells
}

const coded = ['code', 'text', 'from', 'to']
const columns: Record<CodeList, readonly string[]> = {
  carc: coded,
  rarc: coded,
  icd10cm: coded,
  fees: ['year', 'mac', 'locality', 'code', 'non_facility', 'facility'],
}
const optional = ['from', 'to']

const orderLine = /^\d{5} [A-Z][A-Z0-9]{2,6} *[01] /

/** The order file has no separators: its places are fixed. */
function orderRows(text: string): Row[] {
  return text.split(/\r?\n/).flatMap((line, index) =>
    line.trim() === ''
      ? []
      : [
          {
            number: index + 1,
            cells: {
              code: line.slice(6, 13).trim(),
              billable: orderLine.test(line) ? line.slice(14, 15) : '?',
              text: line.slice(77).trim() || line.slice(16, 76).trim(),
            },
          },
        ],
  )
}

/** Null where the names of the columns do not hold all that is needed. */
function columnRows(list: CodeList, text: string): Row[] | null {
  const end = text.search(/[\r\n]/)
  const records = recordsOf(text, text.slice(0, end === -1 ? text.length : end).includes('\t') ? '\t' : ',')
  const [head, ...rest] = records
  const names = head?.cells.map((cell) => cell.trim().toLowerCase().replaceAll(/[ -]+/g, '_')) ?? []
  const named = names.includes('code')
  const order = named ? names : columns[list]
  if (columns[list].some((name) => !optional.includes(name) && !order.includes(name))) return null
  return (named ? rest : records).map(({ number, cells }) => ({
    number,
    cells: Object.fromEntries(order.map((name, index) => [name, (cells[index] ?? '').trim()])),
  }))
}

/** The records of a text with separators; a quoted cell may hold separators, doubled quotes and line ends. */
function recordsOf(text: string, separator: string): { number: number; cells: string[] }[] {
  const records: { number: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let number = 1
  const endRecord = () => {
    cells.push(cell)
    if (cells.some((one) => one.trim() !== '')) records.push({ number, cells })
    cells = []
    cell = ''
    number = line
  }
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\n') line++
    if (quoted) {
      if (character !== '"') cell += character
      else if (text.charAt(at + 1) === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === separator) {
      cells.push(cell)
      cell = ''
    } else if (character === '\n') endRecord()
    else if (character !== '\r') cell += character
  }
  endRecord()
  return records
}

const shapes: Record<CodeList, { pattern: RegExp; words: string }> = {
  carc: { pattern: /^[A-Z]?\d{1,3}$/, words: 'is no reason code, such as 45' },
  rarc: { pattern: /^(M|MA|N)\d{1,4}$/, words: 'is no remark code, such as MA130' },
  icd10cm: { pattern: /^[A-Z]\d[0-9A-Z]{1,5}$/, words: 'is no ICD-10-CM code, such as E11.9' },
  fees: { pattern: /^[A-Z0-9]{5}$/, words: 'is no procedure code of five characters' },
}
const billableWords: Readonly<Record<string, boolean>> = { '1': true, '0': false }
const textAtMost = 2000

/** The line, or what is wrong with it. */
function lineOf(list: CodeList, cells: Cells, holdsFrom: string): ListedCode | string {
  const code = (cells.code ?? '').toUpperCase().replace('.', '')
  const { pattern, words } = shapes[list]
  if (!pattern.test(code)) return code === '' ? 'The code is missing.' : `${code.slice(0, 20)} ${words}.`
  if (list === 'fees') return feeOf(code, cells, holdsFrom)
  const { text = '', billable } = cells
  if (text === '') return `${code} has no text.`
  if (text.length > textAtMost)
    return `The text of ${code} has more than ${textAtMost} characters. Look for a quotation mark that is not closed.`
  const [from, to] = [cells.from, cells.to].map(dayOf)
  if (from === undefined || to === undefined) return `${code} has a day that is none. Write it as 2026-10-01.`
  if (from !== null && to !== null && to < from) return `${code} ends before it begins.`
  const flag = billable === undefined || billable === '' ? null : billableWords[billable]
  if (flag === undefined) return `${code} does not say with 1 or 0 whether it is billable.`
  return { code, area: '', text, from, to, billable: flag, nonFacilityCents: null, facilityCents: null }
}

function feeOf(code: string, cells: Cells, holdsFrom: string): ListedCode | string {
  const { year = '', mac = '', locality = '' } = cells
  if (year !== holdsFrom.slice(0, 4))
    return `${code} is of the year ${year || 'unknown'}, not of ${holdsFrom.slice(0, 4)}.`
  if (!/^\d{5}$/.test(mac)) return `${code} has no contractor of five digits.`
  if (!/^\d{2}$/.test(locality)) return `${code} has no locality of two digits.`
  const [nonFacilityCents, facilityCents] = [cells.non_facility, cells.facility].map(centsOf)
  if (nonFacilityCents === undefined || facilityCents === undefined)
    return `${code} has an amount that is none. Write it as 60.49.`
  const none = { text: '', from: null, to: null, billable: null }
  return { code, area: `${mac} ${locality}`, ...none, nonFacilityCents, facilityCents }
}

/** A day as 2026-10-01, 20261001 or 10/1/2026; null where the cell is empty, undefined where it is none. */
function dayOf(text = ''): string | null | undefined {
  if (text === '') return null
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const iso =
    year === ''
      ? text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
      : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isLocalDate(iso) ? iso : undefined
}

/** Dollars in cents, exactly; undefined where it is no amount. */
function centsOf(text = ''): number | undefined {
  const [, dollars, cents = ''] = /^\$?(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  return dollars === undefined ? undefined : Number(dollars) * 100 + Number(cents.padEnd(2, '0'))
}
