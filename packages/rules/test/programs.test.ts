import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import {
  type Alternative,
  assess,
  type Facts,
  neighborCodes,
  pairCell,
  programOf,
  programPairs,
  programs,
  programsIn,
  sameMonthMatrix,
  switches,
} from '../src/index.ts'

const offered = (facts: Facts): Array<readonly [string, number | null, number | null]> =>
  assess(facts)
    .alternatives.filter((one) => one.program !== 'ccm')
    .map((one: Alternative) => [
      one.lines.map((line) => `${line.code}x${line.units}`).join(' '),
      one.totalAllowedCents,
      one.differenceCents,
    ])

describe('what other programs could bill', () => {
  test('fifteen minutes with two conditions earn nothing as CCM and 53.78 as advanced primary care', () => {
    const facts = diazIn('2026-10', { time: [rosa(15 * 60)] })
    expect(assess(facts).lines).toEqual([])
    expect(offered(facts)).toEqual([['G0557x1', 5378, 5378]])
  })

  test('the level follows the conditions and QMB', () => {
    const one = { conditions: mrsDiaz.conditions?.slice(0, 1) ?? [] }
    expect(offered(diazIn('2026-10', one)).map(([codes]) => codes)).toEqual(['G0556x1'])
    expect(offered(diazIn('2026-10', { qmb: true }))).toEqual([['G0558x1', 11724, 11724 - 6613]])
  })

  test('advanced primary care begins with January 2025 and its add-ons with January 2026', () => {
    expect(offered(diazIn('2024-12'))).toEqual([])
    expect(offered(diazIn('2025-01'))).toEqual([['G0557x1', 4884, 4884 - 6049]])
    expect([programOf('G0568', '2025-12')?.id, programOf('G0568', '2026-01')?.id]).toEqual([undefined, 'apcm_add_on'])
    expect([programOf('G0511', '2025-09')?.id, programOf('G0511', '2025-10')?.id]).toEqual(['rhc_bundle', undefined])
  })

  test('principal care by staff stops at two further blocks, in person it does not', () => {
    const of = (facts: Facts): string[] =>
      offered(facts).flatMap(([codes]) => (codes.startsWith('9942') ? [codes] : []))
    expect(of(diazIn('2026-10', { time: [rosa(29 * 60 + 59)] }))).toEqual([])
    expect(of(diazIn('2026-10', { time: [rosa(30 * 60)] }))).toEqual(['99426x1'])
    expect(of(diazIn('2026-10', { time: [rosa(89 * 60 + 59)] }))).toEqual(['99426x1 99427x1'])
    expect(of(diazIn('2026-10', { time: [rosa(200 * 60)] }))).toEqual(['99426x1 99427x2'])
    expect(of(diazIn('2026-10', { time: [okafor(150 * 60)] }))).toEqual(['99424x1 99425x4', '99426x1 99427x2'])
  })

  test('what is not priced is said so, and never with another year’s price', () => {
    const [first] = offered(diazIn('2025-06', { time: [rosa(1800, { month: '2025-06' })] })).filter(
      ([codes]) => codes === '99426x1',
    )
    expect(first).toEqual(['99426x1', null, null])
    expect(offered(diazIn('2027-03')).every(([, total]) => total === null)).toBe(true)
  })

  test('nothing is offered beside what forbids it, nor to whom Part B does not pay', () => {
    const tcm = { otherServices: [{ code: '99495', on: '2026-10-04', practitioner: 'same' as const }] }
    expect(offered(diazIn('2026-10', tcm))).toEqual([])
    const plan = { kind: 'medicare_advantage' as const, from: '2026-01-01', to: null }
    expect(offered(diazIn('2026-10', { coverage: [...(mrsDiaz.coverage ?? []), plan] }))).toEqual([])
    expect(offered(diazIn('2026-10', { patient: { diedOn: '2026-09-30', newOrNotSeenWithinYear: false } }))).toEqual([])
  })

  test('a rural clinic may take its one code instead until September 2025', () => {
    const at = (month: string): string[] =>
      offered(diazIn(month, { placeOfService: '72' })).flatMap(([codes]) => (codes.startsWith('G0511') ? [codes] : []))
    expect([at('2024-12'), at('2025-01'), at('2025-09'), at('2025-10')]).toEqual([[], ['G0511x1'], ['G0511x1'], []])
  })

  test('each says what the record must show as well', () => {
    for (const one of assess(diazIn('2026-10', { time: [rosa(3600)] })).alternatives) {
      expect(one.needs.length > 0).toBe(one.program !== 'ccm')
      expect(one.why).toContain('needs a person and a reason')
    }
  })
})

describe('the table of pairs', () => {
  test('has every pair of programs, each cell with its reason and law, the same both ways round', () => {
    expect(programPairs).toHaveLength(programs.length ** 2)
    for (const pair of programPairs) {
      expect(pair.law.length, `${pair.one} ${pair.other}`).toBeGreaterThan(0)
      expect(pair.why).not.toBe('')
      for (const relation of ['same', 'same_group', 'other'] as const) {
        expect(pairCell(pair.one, pair.other, relation)).toBe(pairCell(pair.other, pair.one, relation))
      }
    }
  })

  test('says of CCM what the verdict does', () => {
    const relations = ['same', 'same_group', 'other'] as const
    for (const program of programs) {
      const month = program.until === null ? '2026-10' : '2025-09'
      const code = program.codes[0] ?? ''
      for (const practitioner of relations) {
        const verdict = assess(diazIn(month, { otherServices: [{ code, on: `${month}-10`, practitioner }] }))
        const cell = pairCell('ccm', program.id, practitioner)
        const outcome = cell === 'no' ? 'not_billable' : cell === 'hold' ? 'held' : 'billable'
        expect([program.id, practitioner, verdict.outcome]).toEqual([program.id, practitioner, outcome])
      }
    }
  })

  const facts: ReadonlyArray<readonly [Parameters<typeof pairCell>, string]> = [
    [['apcm', 'tcm', 'same'], 'no'],
    [['apcm', 'pcm', 'same'], 'no'],
    [['ccm', 'tcm', 'same'], 'minutes_once'],
    [['bhi', 'cocm', 'same'], 'no'],
    [['apcm', 'apcm_add_on', 'same'], 'yes'],
    [['apcm', 'apcm_add_on', 'other'], 'no'],
    [['rhc_bundle', 'tcm', 'same'], 'minutes_once'],
    [['chi', 'chi', 'other'], 'no'],
    [['rpm', 'rpm', 'other'], 'no'],
    [['pcm', 'pcm', 'other'], 'yes'],
  ]
  for (const [pair, cell] of facts) test(`${pair.join(', ')}: ${cell}`, () => expect(pairCell(...pair)).toBe(cell))

  test('the programs of a month are those whose codes are paid', () => {
    expect(programsIn('2024-06')).not.toContain('apcm')
    expect(programsIn('2025-06')).toEqual(expect.arrayContaining(['apcm', 'rhc_bundle']))
    expect(programsIn('2026-06')).toContain('apcm_add_on')
    expect(programsIn('2026-06')).not.toContain('rhc_bundle')
    for (const code of neighborCodes.keys()) expect(programs.some((one) => one.codes.includes(code))).toBe(true)
    expect(sameMonthMatrix.every((row) => row.law.length > 0)).toBe(true)
  })
})

describe('the switches of a clinic', () => {
  test('each has two options or more, a default that is its first, and its law', () => {
    for (const one of switches) {
      expect(one.options.length).toBeGreaterThan(1)
      expect(one.byDefault.values[0]?.value).toBe(one.options[0])
      expect(one.law.length).toBeGreaterThan(0)
    }
  })
})
