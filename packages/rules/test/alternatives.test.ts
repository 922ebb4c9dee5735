import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import { type Alternative, assess, type Facts, type Line, pairCell, programsIn } from '../src/index.ts'

const alternatives = (change: Partial<Facts> = {}, month = '2026-10'): readonly Alternative[] =>
  assess(diazIn(month, change)).alternatives
const codesOf = (one: Alternative): string => one.lines.map((line) => line.code).join(' ')
const offered = (change: Partial<Facts> = {}, month = '2026-10'): string[] =>
  alternatives(change, month)
    .filter((one) => one.program !== 'ccm')
    .map(codesOf)
const hour = { time: [rosa(3600)] }
const oneCondition = mrsDiaz.conditions?.slice(0, 1) ?? []

describe('what an alternative would put on the claim', () => {
  const diagnoses = (program: string, change: Partial<Facts>): ReadonlyArray<Line['diagnoses']> | undefined =>
    alternatives(change)
      .find((one) => one.program === program)
      ?.lines.map((line) => line.diagnoses)

  test('principal care is for one disease, advanced primary care for all', () => {
    expect(diagnoses('pcm', hour)).toEqual([['E11.9'], ['E11.9']])
    expect(diagnoses('apcm', hour)).toEqual([['E11.9', 'I10']])
  })

  test('without an attested condition there is no principal care, and where nobody asked no advanced primary care', () => {
    expect(offered({ ...hour, conditions: [] })).toEqual(['G0556'])
    expect(offered({ ...hour, conditions: undefined })).toEqual([])
  })

  test('what the record must show is told of each, and the unknown QMB where it makes a difference', () => {
    const needs = (change: Partial<Facts>): Array<readonly [string, number, boolean]> =>
      alternatives({ ...hour, ...change })
        .filter((one) => one.program !== 'ccm')
        .map((one) => [one.program, one.needs.length, one.needs.some((need) => need.includes('QMB'))])
    expect(needs({})).toEqual([
      ['pcm', 2, false],
      ['apcm', 3, false],
    ])
    expect(needs({ qmb: undefined })[1]).toEqual(['apcm', 4, true])
    expect(needs({ qmb: undefined, conditions: oneCondition })[1]).toEqual(['apcm', 3, false])
    const bundle = alternatives({ placeOfService: '72' }, '2025-06').find((one) => one.program === 'rhc_bundle')
    expect(bundle?.needs).toHaveLength(1)
  })

  test('the level of advanced primary care is told in words', () => {
    const why = (change: Partial<Facts>): string | undefined =>
      alternatives(change).find((one) => one.program === 'apcm')?.why
    expect(why({ conditions: oneCondition })).toContain('with fewer than 2 conditions it is G0556')
    expect(why({ conditions: oneCondition, qmb: true })).toContain('with fewer than 2 conditions it is G0556')
    expect(why({})).toContain('with two conditions or more it is G0557')
    expect(why({ qmb: true })).toContain('with two conditions or more and QMB it is G0558')
  })

  test('the bundle of a rural clinic asks for twenty minutes', () => {
    const rural = (minutes: number): string[] =>
      offered({ placeOfService: '72', time: [rosa(minutes * 60, { month: '2025-06' })] }, '2025-06')
    expect([rural(19), rural(20)]).toEqual([['G0557'], ['G0511', 'G0557']])
  })
})

describe('what stands in the way of another program', () => {
  const beside = (code: string, on = '2026-10-04', practitioner: 'same' | 'other' | null = 'same'): string[] =>
    offered({ otherServices: [{ code, on, ...(practitioner ? { practitioner } : {}) }] })

  test('a service of the month that excludes it, not one that may stand beside it, nor one of another month', () => {
    expect([beside('99495'), beside('99495', '2026-09-30'), beside('99457'), beside('12345')]).toEqual([
      [],
      ['G0557'],
      ['G0557'],
      ['G0557'],
    ])
  })

  test('a service of which nobody knows whose it was is taken as another practice’s', () => {
    expect([beside('90960'), beside('90960', '2026-10-04', 'other'), beside('90960', '2026-10-04', null)]).toEqual([
      [],
      ['G0557'],
      ['G0557'],
    ])
  })

  test('death before the month, not in it', () => {
    const died = (diedOn: string): string[] => offered({ patient: { diedOn, newOrNotSeenWithinYear: false } })
    expect([died('2026-09-30'), died('2026-10-01'), died('2026-10-15')]).toEqual([[], ['G0557'], ['G0557']])
  })

  test('a practitioner who may not bill, and coverage under which Part B does not pay', () => {
    expect(offered({ practitioner: { ...mrsDiaz.practitioner, kind: 'other' } })).toEqual([])
    expect(offered({ coverage: [] })).toEqual([])
    const partB = { kind: 'part_b' as const, from: '2017-04-01', to: null }
    expect(offered({ coverage: [partB] })).toEqual(['G0557'])
    for (const kind of ['hospice', 'medicare_advantage'] as const) {
      expect(offered({ coverage: [partB, { kind, from: '2026-01-01', to: null }] })).toEqual([])
    }
    expect(offered({ coverage: undefined })).toEqual(['G0557'])
  })

  test('in 2024 a rural clinic has one code for every family, so none of them stands instead of another', () => {
    const both = (month: string) => alternatives({ placeOfService: '72', time: [okafor(3600, { month })] }, month)
    expect(both('2024-12')).toEqual([])
    expect(both('2025-01').map((one) => one.family)).toContain('non_complex')
  })
})

describe('what an alternative pays', () => {
  const said = (change: Partial<Facts>, month?: string): string[] =>
    alternatives(change, month).map(
      (one) => one.why.replace(/^.*?\. (?=It pays|What it pays)/, '').split(' Choos')[0] ?? '',
    )

  test('is told against what CCM pays, to the cent', () => {
    expect(said({ time: [rosa(900)] })).toEqual([expect.stringMatching(/^It pays \$53\.78 more\. /)])
    expect(said({})).toEqual([expect.stringMatching(/^It pays \$12\.35 less\. /)])
    const own = { time: [okafor(1800, { month: '2024-06' })] }
    expect(said(own, '2024-06')[1]).toMatch(/^It pays \$2\.00 less\. /)
    expect(said({ time: [rosa(1800, { month: '2025-06' })] }, '2025-06')[1]).toMatch(/^What it pays is not known\. /)
  })

  test('the families come first and the other programs after them, each from the highest amount to the unknown', () => {
    const decisionMaking = { level: 'high', documentedOn: '2026-10-12' } as const
    const totals = (change: Partial<Facts>, month?: string): Array<readonly [string, number | null]> =>
      alternatives(change, month).map((one) => [one.family ?? one.program, one.totalAllowedCents])
    expect(totals({ time: [okafor(5400)], decisionMaking })).toEqual([
      ['personal', 21_544],
      ['non_complex', 16_701],
      ['pcm', 21_043],
      ['pcm', 17_602],
      ['apcm', 5378],
    ])
    expect(totals({ time: [rosa(1800, { month: '2025-06' })] }, '2025-06')).toEqual([
      ['apcm', 4884],
      ['pcm', null],
    ])
  })
})

describe('programs and pairs by name and month', () => {
  test('a program that ended is paid to the month before', () => {
    expect(['2025-09', '2025-10'].map((month) => programsIn(month).includes('rhc_bundle'))).toEqual([true, false])
    expect(['2024-12', '2025-01'].map((month) => programsIn(month).includes('apcm'))).toEqual([false, true])
  })

  test('a pair that is none is refused', () => {
    expect(() => pairCell('ccm', 'gout' as 'pcm', 'same')).toThrow(RangeError)
  })
})
