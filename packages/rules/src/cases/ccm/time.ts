import { valueOn } from '../../book/dated.ts'
import type { Facts } from '../../facts.ts'
import {
  complexFirstBlock,
  complexFurtherBlock,
  nonComplexAddOnCap,
  nonComplexFirstBlock,
  nonComplexFurtherBlock,
  personalFirstBlock,
  personalFurtherBlock,
} from '../../values/ccm/time.ts'
import { type Case, casesOf } from '../case.ts'
import { diazIn, okafor, rosa } from '../story.ts'

export interface LineCase {
  readonly name: string
  readonly given: Facts
  /** 'code x units', in order; empty = nothing may be billed. */
  readonly expect: readonly string[]
}

const MONTH = '2026-10'
const complex: Partial<Facts> = { decisionMaking: { level: 'high', documentedOn: '2026-10-12' } }

function spoken(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const staff = (seconds: number, change: Partial<Facts> = {}): Facts =>
  diazIn(MONTH, { time: [rosa(seconds)], ...change })
const personal = (seconds: number): Facts => diazIn(MONTH, { time: [okafor(seconds)] })

/** Both sides of every block of the three families, worked out from the values themselves. */
export function blockBoundaries(): LineCase[] {
  const list: LineCase[] = []
  const add = (who: string, given: Facts, seconds: number, expect: readonly string[]): void => {
    list.push({ name: `${who} ${spoken(seconds)}`, given, expect })
  }
  const first = valueOn(nonComplexFirstBlock, MONTH) * 60
  const further = valueOn(nonComplexFurtherBlock, MONTH) * 60
  const cap = valueOn(nonComplexAddOnCap, MONTH) ?? 0
  const nonComplex = (units: number): string[] => (units > 0 ? ['99490 x 1', `99439 x ${units}`] : ['99490 x 1'])
  add('staff', staff(first - 1), first - 1, [])
  add('staff', staff(first), first, nonComplex(0))
  for (let unit = 1; unit <= cap + 1; unit += 1) {
    const at = first + unit * further
    add('staff', staff(at - 1), at - 1, nonComplex(Math.min(cap, unit - 1)))
    add('staff', staff(at), at, nonComplex(Math.min(cap, unit)))
  }
  const complexFirst = valueOn(complexFirstBlock, MONTH) * 60
  const complexFurther = valueOn(complexFurtherBlock, MONTH) * 60
  add('staff, complex', staff(complexFirst - 1, complex), complexFirst - 1, nonComplex(1))
  add('staff, complex', staff(complexFirst, complex), complexFirst, ['99487 x 1'])
  for (let unit = 1; unit <= 4; unit += 1) {
    const at = complexFirst + unit * complexFurther
    add(
      'staff, complex',
      staff(at - 1, complex),
      at - 1,
      unit > 1 ? ['99487 x 1', `99489 x ${unit - 1}`] : ['99487 x 1'],
    )
    add('staff, complex', staff(at, complex), at, ['99487 x 1', `99489 x ${unit}`])
  }
  const personalFirst = valueOn(personalFirstBlock, MONTH) * 60
  const personalFurther = valueOn(personalFurtherBlock, MONTH) * 60
  add('Dr Okafor', personal(personalFirst - 1), personalFirst - 1, ['99490 x 1'])
  add('Dr Okafor', personal(personalFirst), personalFirst, ['99491 x 1'])
  for (let unit = 1; unit <= 3; unit += 1) {
    const at = personalFirst + unit * personalFurther
    add('Dr Okafor', personal(at - 1), at - 1, unit > 1 ? ['99491 x 1', `99437 x ${unit - 1}`] : ['99491 x 1'])
    add('Dr Okafor', personal(at), at, ['99491 x 1', `99437 x ${unit}`])
  }
  return list
}

export const timeCases: readonly Case[] = casesOf('ccm.time.enough', [
  ['19 min 59 s bills nothing, month over', staff(1199), 'block', 'not_billable'],
  ['19 min 59 s, month running', staff(1199, { asOf: '2026-10-31' }), 'block', 'not_yet'],
  ['20 min', staff(1200), 'pass', 'billable'],
  [
    '10 min known and 10 min of a stranger',
    staff(600, { time: [rosa(600), { ...okafor(600), credential: undefined, person: 'x' }] }),
    'unknown',
    'held',
  ],
  [
    '10 min known and 9 min 59 s of a stranger',
    staff(600, { time: [rosa(600), { ...okafor(599), credential: undefined, person: 'x' }] }),
    'block',
    'not_billable',
  ],
  [
    '10 min count and 10 min wait for approval, month over',
    staff(600, { time: [rosa(600), { ...rosa(600, { start: '2026-10-20T14:00:00Z' }), waitsForApproval: true }] }),
    'block',
    'not_yet',
  ],
  [
    '10 min count and 9 min 59 s wait for approval, month over',
    staff(600, { time: [rosa(600), { ...rosa(599, { start: '2026-10-20T14:00:00Z' }), waitsForApproval: true }] }),
    'block',
    'not_billable',
  ],
  [
    'the waiting minutes are the same minutes as those that count',
    staff(600, { time: [rosa(600), { ...rosa(600, { id: 'twice' }), waitsForApproval: true }] }),
    'block',
    'not_billable',
  ],
  [
    '20 min count, more wait',
    staff(1200, { time: [rosa(1200), { ...rosa(600, { start: '2026-10-20T14:00:00Z' }), waitsForApproval: true }] }),
    'pass',
    'billable',
  ],
])
