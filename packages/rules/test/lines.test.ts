import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import { conditionsOf } from '../src/ccm/conditions.ts'
import { blocksOf } from '../src/ccm/families.ts'
import { totalAllowedOf } from '../src/ccm/lines.ts'
import { assess, type Facts, type Line } from '../src/index.ts'

const lines = (change: Partial<Facts> = {}, month = '2026-10'): readonly Line[] =>
  assess(diazIn(month, change)).linesIfCleared
const money = (change: Partial<Facts>): ReadonlyArray<readonly (number | null)[]> =>
  lines(change).map((line) => [line.allowedCents, line.medicareCents, line.patientCents])
const partB = { kind: 'part_b', from: '2017-04-01', to: null } as const

describe('the shares of a line', () => {
  test('are not known while one of the three questions is open, and the amount is', () => {
    for (const key of ['deductible', 'qmb', 'secondary'] as const) {
      expect(money({ [key]: undefined })).toEqual([[6613, null, null]])
    }
    expect(money({ deductible: null, qmb: null, secondary: null })).toEqual([[6613, 5184, 1323]])
  })

  test('take the deductible from the first line on until it is used up', () => {
    expect(money({ time: [rosa(3600)], deductible: { remainingCents: 6613 } })).toEqual([
      [6613, 0, 6613],
      [10_088, 7909, 2018],
    ])
    expect(money({ time: [rosa(3600)], deductible: { remainingCents: 20_000 } })).toEqual([
      [6613, 0, 6613],
      [10_088, 0, 10_088],
    ])
  })

  test('are none where the amount is not known', () => {
    expect(money({ locality: '99999-99' })).toEqual([[null, null, null]])
    expect(money({ placeOfService: undefined })).toEqual([[null, null, null]])
    expect(totalAllowedOf(lines({ locality: '99999-99' }))).toBeNull()
    expect([totalAllowedOf([]), totalAllowedOf(lines({ time: [rosa(3600)] }))]).toEqual([0, 16_701])
  })

  test('behind another insurer follow from its line, and a QMB owes nothing', () => {
    const second = { coverage: [partB, { kind: 'other_primary' as const, from: '2026-01-01', to: null }] }
    const first = { code: '99490', chargeCents: 12_000, acceptCents: null, allowedCents: 9000, paidCents: 4000 }
    const answer = (change = {}): Partial<Facts> => ({
      ...second,
      primaryPayment: { decidedOn: '2026-11-01', paidCents: 4000, lines: [{ ...first, ...change }] },
    })
    expect([money(answer()), money({ ...answer(), qmb: true }), money({ ...answer({ code: '99487' }) })]).toEqual([
      [[6613, 4900, null]],
      [[6613, 4900, 0]],
      [[6613, null, null]],
    ])
    expect([money({ ...second, primaryPayment: null }), money({ ...answer(), coverage: undefined })]).toEqual([
      [[6613, null, null]],
      [[6613, 5184, 1323]],
    ])
    const over = { coverage: [partB, { kind: 'other_primary' as const, from: '2026-01-01', to: '2026-10-30' }] }
    expect(money({ ...answer(), ...over })).toEqual([[6613, 5184, 1323]])
  })
})

describe('a line carries', () => {
  test('GV or GW under a hospice election on its day, and no modifier else', () => {
    const hospice = { kind: 'hospice' as const, from: '2026-10-01', to: null }
    const modifiers = (coverage: Facts['coverage'], hospiceCare?: Facts['hospiceCare']) =>
      lines({ coverage, hospiceCare }).map((line) => line.modifiers)
    expect([modifiers([partB, hospice], 'attending'), modifiers([partB, hospice], 'unrelated')]).toEqual([
      [['GV']],
      [['GW']],
    ])
    for (const care of [undefined, null, 'related'] as const) {
      expect(modifiers([partB, hospice], care)).toEqual([undefined])
    }
    expect(modifiers([partB], 'unrelated')).toEqual([undefined])
    expect(modifiers(undefined, 'unrelated')).toEqual([undefined])
    expect(modifiers([partB, { ...hospice, to: '2026-10-30' }], 'unrelated')).toEqual([undefined])
  })

  test('up to four diagnoses, one of each disease before a second of the same', () => {
    const conditions = ['E11.9', 'E1165', 'I10', 'J44.9', 'G20', 'E11.9', 'E11.65'].map((code) => ({
      code,
      attestedOn: '2026-03-02',
      lasts12Months: true,
      significantRisk: true,
    }))
    const diagnoses = (count: number) => lines({ conditions: conditions.slice(0, count) })[0]?.diagnoses
    expect(diagnoses(3)).toEqual(['E11.9', 'I10', 'E11.65'])
    expect(diagnoses(4)).toEqual(['E11.9', 'I10', 'J44.9', 'E11.65'])
    expect(diagnoses(5)).toEqual(['E11.9', 'I10', 'J44.9', 'G20'])
    expect(conditionsOf(conditions, '2026-10-31')).toEqual({
      diagnoses: ['E11.9', 'I10', 'J44.9', 'G20', 'E11.65'],
      diseases: 4,
      open: [],
    })
    expect(conditionsOf(null, '2026-10-31')).toEqual({ diagnoses: [], diseases: 0, open: [] })
    const open = { code: 'N18.30', attestedOn: undefined, lasts12Months: true, significantRisk: true }
    expect(conditionsOf([open, ...conditions.slice(0, 1)], '2026-10-31')).toEqual({
      diagnoses: ['E11.9'],
      diseases: 1,
      open: ['N18.30'],
    })
    // A code that is in no disease group stands for its category.
    const rare = ['Q99.8', 'Q99.9', 'Q98'].map((code) => ({ ...open, code, attestedOn: '2026-03-02' }))
    expect(conditionsOf(rare, '2026-10-31')).toEqual({ diagnoses: ['Q99.8', 'Q98', 'Q99.9'], diseases: 2, open: [] })
  })

  test('one code for the month in a rural clinic of 2024, however many blocks', () => {
    const of = (month: string) =>
      lines({ placeOfService: '72', time: [rosa(3600, { month })] }, month).map((line) => `${line.code} ${line.units}`)
    expect([of('2024-12'), of('2025-01')]).toEqual([['G0511 1'], ['99490 1', '99439 2']])
  })
})

describe('the blocks of a family', () => {
  test('are twenty, sixty and thirty minutes, with the caps that the law or the clinic sets', () => {
    expect(blocksOf('non_complex', '2026-10')).toEqual({ first: 20, further: 20, cap: 2 })
    expect(blocksOf('complex', '2026-10')).toEqual({ first: 60, further: 30, cap: null })
    expect(blocksOf('personal', '2026-10')).toEqual({ first: 30, further: 30, cap: null })
    expect(blocksOf('personal', '2026-10', { personalAddOnCap: 'none' }).cap).toBeNull()
    expect(blocksOf('personal', '2026-10', { personalAddOnCap: 'two' }).cap).toBe(2)
    expect(blocksOf('personal', '2026-10', null).cap).toBeNull()
    expect(blocksOf('complex', '2026-10', { personalAddOnCap: 'two' }).cap).toBeNull()
  })

  test('the record points to the practitioner’s own where enough was logged as such', () => {
    const family = (change: Partial<Facts>) => assess(diazIn('2026-10', change)).family
    const his = (seconds: number, personalCcm: boolean) => ({
      time: [{ ...okafor(seconds), personalCcm }, rosa(1200)],
    })
    expect([family(his(1800, true)), family(his(1799, true)), family(his(1800, false))]).toEqual([
      'personal',
      'non_complex',
      'non_complex',
    ])
    const part = {
      time: [okafor(1740), { ...okafor(60, { id: 'more', start: '2026-10-09T15:00:00Z' }), personalCcm: false }],
    }
    expect(family(part)).toBe('non_complex')
    const decisionMaking = { level: 'moderate', documentedOn: '2026-10-12' } as const
    expect(family({ time: [okafor(3600)], decisionMaking })).toBe('complex')
    expect(family({ time: [okafor(3599)], decisionMaking })).toBe('personal')
    const apart = {
      policy: { practitionerMinutes: 'keep_apart' },
      time: [{ ...okafor(1800), personalCcm: false }],
    } as const
    expect([family(apart), family({ time: [] })]).toEqual(['personal', null])
  })

  test('a claim is dated on the day of death, and on the day the minutes were full where that is earlier', () => {
    const day = (change: Partial<Facts>) => lines(change)[0]?.dateOfService
    const died = (diedOn: string | null): Partial<Facts> => ({ patient: { ...mrsDiaz.patient, diedOn } })
    const days = ['2026-09-30', '2026-10-31', '2026-10-30', '2026-11-01', null].map((on) => day(died(on)) ?? null)
    expect(days).toEqual([null, '2026-10-31', '2026-10-30', '2026-10-31', '2026-10-31'])
    const onTheFirst = { time: [rosa(1200, { start: '2026-10-01T14:00:00Z' })] }
    expect(day({ ...onTheFirst, ...died('2026-10-01') })).toBe('2026-10-01')
    const { findings } = assess(diazIn('2026-10', died('2026-09-30')))
    expect(findings.find((one) => one.rule === 'ccm.coverage.part_b')?.facts.dateOfService).toBe('2026-10-31')
    const threshold = { policy: { dateOfService: 'threshold_date' } } as const
    expect([day(threshold), day({ ...threshold, ...died('2026-10-06') })]).toEqual(['2026-10-06', '2026-10-06'])
    expect(day({ ...threshold, time: [okafor(1800)] })).toBe('2026-10-08')
    const twice = [
      rosa(1200),
      rosa(1200, { start: '2026-10-20T14:00:00Z' }),
      rosa(600, { start: '2026-10-25T14:00:00Z' }),
    ]
    expect(day({ ...threshold, time: twice.toReversed() })).toBe('2026-10-20')
    expect([day({ ...threshold, time: twice }), day({ ...threshold, time: twice.slice(0, 1) })]).toEqual([
      '2026-10-20',
      '2026-10-06',
    ])
  })
})
