import { isTime, parseDate6, parseDate8 } from './dates.ts'
import type { FunctionalGroup } from './envelope.ts'
import type { Severity } from './findings.ts'
import { element, type Segment } from './segments.ts'

/** Takes what is wrong with a header: code, element, sentence, and how bad it is (an error unless told). */
type Report = (code: string, at: string, message: string, severity?: Severity) => void

/** ISA05 and ISA07: what kind of number names sender and receiver. */
const QUALIFIERS = /^(?:01|14|20|27|28|29|30|33|ZZ)$/

/** The ISA is the one segment of fixed width; what is not named here is told by its codes or digits. */
const ISA_WIDTHS = [
  ['ISA02', 2, 10],
  ['ISA04', 4, 10],
  ['ISA06', 6, 15],
  ['ISA08', 8, 15],
  ['ISA11', 11, 1],
] as const

export function checkInterchangeHeader(segment: Segment, report: Report): void {
  const { repetition, component, segment: terminator } = segment.delimiters
  if (repetition === component || repetition === terminator) {
    const other = repetition === component ? 'component separator of ISA16' : 'segment terminator'
    report('isa_repetition_separator', 'ISA11', `ISA11 is the ${other} as well; each delimiter must be another one.`)
    // A terminator inside cuts the rest of the ISA off.
    if (repetition === terminator) return
  }
  for (const [name, position, width] of ISA_WIDTHS) {
    const { length } = element(segment, position)
    if (length !== width) report('isa_width', name, `${name} has ${length} characters; it must have ${width}.`)
  }
  const authorization = element(segment, 1)
  if (!/^(?:00|03)$/.test(authorization)) {
    report('isa_authorization', 'ISA01', `ISA01 is ${quoted(segment, 1)}; it must be 00 or 03.`)
  }
  if (!/^(?:00|01)$/.test(element(segment, 3))) {
    report('isa_security', 'ISA03', `ISA03 is ${quoted(segment, 3)}; it must be 00 or 01.`)
  }
  for (const [position, name] of [
    [5, 'ISA05'],
    [7, 'ISA07'],
  ] as const) {
    if (!QUALIFIERS.test(element(segment, position))) {
      report(
        'isa_qualifier',
        name,
        `${name} is ${quoted(segment, position)}, which is no identifier qualifier of an ISA.`,
      )
    }
  }
  for (const [position, name] of [
    [6, 'ISA06'],
    [8, 'ISA08'],
  ] as const) {
    if (element(segment, position).trim() === '') {
      report('isa_id', name, `${name} is empty; sender and receiver must be named.`)
    }
  }
  if (parseDate6(element(segment, 9)) === null) {
    report('isa_date', 'ISA09', `ISA09 is ${quoted(segment, 9)}; it must be a date as YYMMDD.`)
  }
  if (!/^\d{4}$/.test(element(segment, 10)) || !isTime(element(segment, 10))) {
    report('isa_time', 'ISA10', `ISA10 is ${quoted(segment, 10)}; it must be a time as HHMM.`)
  }
  if (/[A-Za-z0-9 ]/.test(element(segment, 11))) {
    report(
      'isa_repetition_separator',
      'ISA11',
      `ISA11 is ${quoted(segment, 11)}; in version 5010 it is the repetition separator and may not be a letter or digit.`,
      'warning',
    )
  }
  if (element(segment, 12) !== '00501') {
    report('isa_version', 'ISA12', `ISA12 is ${quoted(segment, 12)}; version 00501 is read here.`)
  }
  if (!/^\d{9}$/.test(element(segment, 13))) {
    report('isa_control', 'ISA13', `ISA13 is ${quoted(segment, 13)}; it must have nine digits.`)
  }
  if (!/^[01]$/.test(element(segment, 14))) {
    report('isa_acknowledgment', 'ISA14', `ISA14 is ${quoted(segment, 14)}; it must be 0 or 1.`)
  }
  if (!/^[PT]$/.test(element(segment, 15))) {
    report('isa_usage', 'ISA15', `ISA15 is ${quoted(segment, 15)}; it must be P for production or T for test.`)
  }
}

export function checkGroupHeader(segment: Segment, report: Report): void {
  if (element(segment, 2) === '' || element(segment, 3) === '') {
    const at = element(segment, 2) === '' ? 'GS02' : 'GS03'
    report('gs_id', at, 'GS02 and GS03 must name the sender and the receiver of the group.')
  }
  if (parseDate8(element(segment, 4)) === null) {
    report('gs_date', 'GS04', `GS04 is ${quoted(segment, 4)}; it must be a date as CCYYMMDD.`)
  }
  if (!isTime(element(segment, 5))) {
    report('gs_time', 'GS05', `GS05 is ${quoted(segment, 5)}; it must be a time of day.`)
  }
  if (!/^\d{1,9}$/.test(element(segment, 6))) {
    report('gs_control', 'GS06', `GS06 is ${quoted(segment, 6)}; it must have one to nine digits.`)
  }
  if (element(segment, 7) !== 'X') {
    report('gs_agency', 'GS07', `GS07 is ${quoted(segment, 7)}; it must be X.`)
  }
  if (!element(segment, 8).startsWith('005010')) {
    report('gs_version', 'GS08', `GS08 is ${quoted(segment, 8)}; version 005010 is read here.`)
  }
}

const FUNCTIONAL_CODES: Readonly<Record<string, readonly string[]>> = {
  '270': ['HS'],
  '271': ['HB'],
  '276': ['HR'],
  '277': ['HN'],
  '835': ['HP'],
  '837': ['HC'],
  '999': ['FA'],
}

export function checkSetHeader(segment: Segment, group: FunctionalGroup, report: Report): void {
  if (!/^[A-Za-z0-9 ]{4,9}$/.test(element(segment, 2))) {
    report('st_control', 'ST02', `ST02 is ${quoted(segment, 2)}; it must have four to nine characters.`)
  }
  const stated = element(segment, 3)
  if (stated !== '' && stated !== group.version) {
    report('st_version', 'ST03', `ST03 is "${stated}", but GS08 is "${group.version}"; they must be the same.`)
  }
  const type = element(segment, 1)
  const expected = Object.hasOwn(FUNCTIONAL_CODES, type) ? FUNCTIONAL_CODES[type] : undefined
  if (expected !== undefined && !expected.includes(group.functionalCode)) {
    // Some vendors send 271 files under HS: it is read, but said.
    const severity = type === '271' && group.functionalCode === 'HS' ? 'warning' : 'error'
    report(
      'gs_functional_code',
      'GS01',
      `GS01 is "${group.functionalCode}", but a group of ${type} sets is ${expected.join(' or ')}.`,
      severity,
    )
  }
}

/** An element's text in quotes, for a sentence. */
export function quoted(segment: Segment, position: number): string {
  const text = element(segment, position)
  return text === '' ? 'empty' : `"${text.slice(0, 40)}"`
}
