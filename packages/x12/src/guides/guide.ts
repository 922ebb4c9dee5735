import { packed } from '../character-codes.ts'

/** The kinds of value: text, code, whole number, decimal, date, time, and a date whose form the element before it tells. */
export type ElementKind = 'AN' | 'ID' | 'N0' | 'R' | 'DT' | 'TM' | 'DV'

/** What the quick look does with an element (`accept.ts`): one number, for it is asked of every element of a file. */
export const FORM = {
  unused: 0,
  text: 1,
  code: 2,
  whole: 3,
  decimal: 4,
  date: 5,
  time: 6,
  period: 7,
  composite: 8,
} as const

const FORM_OF_KIND: Readonly<Record<ElementKind, number>> = {
  AN: FORM.text,
  ID: FORM.text,
  N0: FORM.whole,
  R: FORM.decimal,
  DT: FORM.date,
  TM: FORM.time,
  DV: FORM.period,
}

export interface ElementRule {
  /** R required, S depends on the situation, N not used. */
  readonly usage: 'R' | 'S' | 'N'
  readonly kind: ElementKind
  readonly shortest: number
  readonly longest: number
  /** The codes that are allowed; null when any text of the kind is. */
  readonly codes: ReadonlySet<string> | null
  /** The parts of a composite; null for a plain element. */
  readonly parts: readonly ElementRule[] | null
  /** How often the element may repeat. */
  readonly repeats: number
  /** Whether the rule is of a part of a composite. */
  readonly isComponent: boolean
  /** One of `FORM`. */
  readonly form: number
  /** The codes of up to four characters as numbers, for finding one without taking the text out. */
  readonly packedCodes: readonly number[]
}

export interface SegmentRule {
  readonly kind: 'segment'
  readonly id: string
  readonly name: string
  readonly usage: 'R' | 'S'
  readonly most: number
  readonly elements: readonly ElementRule[]
  /** The position of the last element that is required; 0 when none is. */
  readonly leastElements: number
  /** The element (and component) whose code tells this use of the segment from others; null when the id is enough. */
  readonly key: {
    readonly element: number
    readonly part: number
    readonly codes: ReadonlySet<string>
  } | null
}

export interface LoopRule {
  readonly kind: 'loop'
  readonly id: string
  readonly name: string
  readonly usage: 'R' | 'S'
  readonly most: number
  /** The first is the segment that opens the loop. */
  readonly children: readonly (SegmentRule | LoopRule)[]
  readonly opening: SegmentRule
}

export interface Guide {
  readonly version: string
  readonly set: string
  readonly root: LoopRule
}

/**
 * One element in short: 'R ID 2 00 18' is a required code of two characters out of 00 and 18; 'S AN 1-60' a text;
 * 'N' not used; 'S ID 1-2 x99' repeats. An array is a composite: its usage, then its parts.
 */
export type ElementNote = string | readonly [usage: 'R' | 'S', ...parts: string[]]

const NOT_USED: ElementRule = {
  usage: 'N',
  kind: 'AN',
  shortest: 0,
  longest: 0,
  codes: null,
  parts: null,
  repeats: 1,
  isComponent: false,
  form: FORM.unused,
  packedCodes: [],
}

function elementRule(note: ElementNote): ElementRule {
  if (typeof note !== 'string') {
    const [usage, ...parts] = note
    const rules = parts.map((part) => ({ ...elementRule(part), isComponent: true }))
    return { ...NOT_USED, usage, form: FORM.composite, parts: rules }
  }
  if (note === 'N') return NOT_USED
  const [usage, kind, length = '1', ...rest] = note.split(' ')
  const [shortest = '1', longest = shortest] = length.split('-')
  const repeat = rest.find((word) => /^x\d+$/.test(word))
  const codes = rest.filter((word) => word !== repeat)
  const known = isKind(kind) ? kind : 'AN'
  return {
    usage: usage === 'R' ? 'R' : 'S',
    kind: known,
    shortest: Number(shortest),
    longest: Number(longest),
    codes: codes.length > 0 ? new Set(codes) : null,
    parts: null,
    repeats: repeat === undefined ? 1 : Number(repeat.slice(1)),
    isComponent: false,
    form: codes.length > 0 ? FORM.code : FORM_OF_KIND[known],
    packedCodes: codes.filter((code) => code.length <= 4).map(packed),
  }
}

function isKind(text: string | undefined): text is ElementKind {
  return (
    text === 'AN' || text === 'ID' || text === 'N0' || text === 'R' || text === 'DT' || text === 'TM' || text === 'DV'
  )
}

/** The elements whose codes tell the uses of a segment apart. */
const KEYS: Readonly<Record<string, { element: number; part: number }>> = {
  AMT: { element: 1, part: 1 },
  CRC: { element: 1, part: 1 },
  DTM: { element: 1, part: 1 },
  DTP: { element: 1, part: 1 },
  HI: { element: 1, part: 1 },
  HL: { element: 3, part: 1 },
  N1: { element: 1, part: 1 },
  NM1: { element: 1, part: 1 },
  PER: { element: 1, part: 1 },
  PRV: { element: 1, part: 1 },
  QTY: { element: 1, part: 1 },
  REF: { element: 1, part: 1 },
}

/** A segment in a guide: id, usage, most repeats, name for sentences, elements. */
export function segment(
  id: string,
  usage: 'R' | 'S',
  most: number,
  name: string,
  ...notes: readonly ElementNote[]
): SegmentRule {
  const elements = notes.map(elementRule)
  const at = KEYS[id]
  const rule = at ? elements[at.element - 1] : undefined
  const codes = rule?.parts ? rule.parts[0]?.codes : rule?.codes
  const leastElements = elements.findLastIndex((one) => one.usage === 'R') + 1
  return { kind: 'segment', id, name, usage, most, elements, leastElements, key: at && codes ? { ...at, codes } : null }
}

/** A loop in a guide; its first child must be the segment that opens it. */
export function loop(
  id: string,
  usage: 'R' | 'S',
  most: number,
  name: string,
  opening: SegmentRule,
  ...children: readonly (SegmentRule | LoopRule)[]
): LoopRule {
  return { kind: 'loop', id, name, usage, most, opening, children: [opening, ...children] }
}

/** More than a file can hold; a small whole number is compared quicker than infinity. */
export const ANY_NUMBER = 1_000_000_000

/** Address lines as every guide has them. */
export function addressLines(usage: 'R' | 'S', whose: string): SegmentRule[] {
  return [
    segment('N3', usage, 1, `street of ${whose}`, 'R AN 1-55', 'S AN 1-55'),
    segment('N4', usage, 1, `city of ${whose}`, 'R AN 2-30', 'S ID 2', 'S ID 3-15', 'S ID 2-3', 'N', 'N', 'S ID 1-3'),
  ]
}

/** A name segment with one role. */
export function nameSegment(
  role: string,
  name: string,
  options: {
    usage?: 'R' | 'S'
    entity?: string
    qualifiers?: string
    identified?: 'R' | 'S' | 'N'
    named?: 'R' | 'S' | 'N'
    most?: number
  } = {},
): SegmentRule {
  const { entity = '1 2', qualifiers = '', identified = 'S', named = 'R' } = options
  return segment(
    'NM1',
    options.usage ?? 'R',
    options.most ?? 1,
    name,
    `R ID 2-3 ${role}`,
    `R ID 1 ${entity}`,
    named === 'N' ? 'N' : `${named} AN 1-60`,
    // Only a person has a first name, a middle name and a suffix.
    ...(entity === '2' || named === 'N' ? ['N', 'N', 'N', 'N'] : ['S AN 1-35', 'S AN 1-25', 'N', 'S AN 1-10']),
    identified === 'N' ? 'N' : `${identified} ID 1-2 ${qualifiers}`.trim(),
    identified === 'N' ? 'N' : `${identified} AN 2-80`,
    'N',
    'N',
    'N',
  )
}

/** A reference with one or more qualifiers. */
export function reference(qualifiers: string, name: string, usage: 'R' | 'S' = 'S', most = 1): SegmentRule {
  return segment('REF', usage, most, name, `R ID 2-3 ${qualifiers}`, 'R AN 1-50', 'S AN 1-80', [
    'S',
    'S ID 2-3',
    'S AN 1-50',
    'S ID 2-3',
    'S AN 1-50',
    'S ID 2-3',
    'S AN 1-50',
  ])
}

/** A date with one or more qualifiers. */
export function dated(qualifiers: string, name: string, formats = 'D8', usage: 'R' | 'S' = 'S', most = 1): SegmentRule {
  return segment('DTP', usage, most, name, `R ID 3 ${qualifiers}`, `R ID 2-3 ${formats}`, 'R DV 1-35')
}

/** A money amount with a qualifier. */
export function amount(qualifiers: string, name: string, usage: 'R' | 'S' = 'S', most = 1): SegmentRule {
  return segment('AMT', usage, most, name, `R ID 1-3 ${qualifiers}`, 'R R 1-10', 'N')
}

/** A contact with its ways. */
export function contact(
  functionCodes: string,
  ways: string,
  name: string,
  usage: 'R' | 'S',
  most: number,
): SegmentRule {
  return segment(
    'PER',
    usage,
    most,
    name,
    `R ID 2 ${functionCodes}`,
    'S AN 1-60',
    `S ID 2 ${ways}`,
    'S AN 1-256',
    `S ID 2 ${ways}`,
    'S AN 1-256',
    `S ID 2 ${ways}`,
    'S AN 1-256',
    'N',
  )
}

/** Adjustments of one group, up to six reasons. */
export function adjustments(groups: string, most: number): SegmentRule {
  const six = Array.from({ length: 6 }, (_, index) => {
    const usage = index === 0 ? 'R' : 'S'
    return [`${usage} ID 1-5`, `${usage} R 1-10`, 'S R 1-15']
  }).flat()
  return segment('CAS', 'S', most, 'adjustments', `R ID 1-2 ${groups}`, ...six)
}

/** A hierarchical level. */
export function level(
  code: string,
  name: string,
  parent: 'R' | 'N',
  children = '0 1',
  usage: 'R' | 'S' = 'S',
): SegmentRule {
  return segment(
    'HL',
    'R',
    1,
    name,
    'R AN 1-12',
    parent === 'N' ? 'N' : 'R AN 1-12',
    `R ID 1-2 ${code}`,
    `${usage} ID 1 ${children}`,
  )
}
