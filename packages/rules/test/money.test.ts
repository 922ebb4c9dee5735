import { describe, expect, test } from 'vitest'
import { diazIn, rosa } from '../src/cases/story.ts'
import {
  acceptedInFull,
  allowedCents,
  assess,
  expected,
  type Facts,
  localities,
  OutOfForce,
  type PrimaryLineFacts,
  priceOf,
  secondPayment,
  staleValues,
} from '../src/index.ts'

const october = { month: '2026-10', locality: null, placeOfService: '11', qualifyingApm: false } as const

describe('allowed amounts', () => {
  const national: ReadonlyArray<readonly [string, number, number, number, number]> = [
    ['99490', 6613, 4376, 6646, 4397],
    ['99439', 5044, 3073, 5069, 3088],
    ['99487', 14429, 7916, 14501, 7955],
    ['99489', 7816, 4376, 7855, 4397],
    ['99491', 8918, 6547, 8963, 6579],
    ['99437', 6313, 4376, 6344, 4397],
    ['G0506', 6647, 3841, 6680, 3860],
    ['G0557', 5378, 3373, 5404, 3390],
    ['G0558', 11724, 7281, 11782, 7318],
    ['99496', 29860, 16634, 30009, 16717],
    ['90951', 118373, 118373, 118963, 118963],
    ['99214', 13561, 8450, 13628, 8493],
  ]
  for (const [code, office, facility, officeQp, facilityQp] of national) {
    test(`${code} in 2026`, () => {
      expect([
        allowedCents(code, october),
        allowedCents(code, { ...october, placeOfService: '22' }),
        allowedCents(code, { ...october, qualifyingApm: true }),
        allowedCents(code, { ...october, placeOfService: '22', qualifyingApm: true }),
      ]).toEqual([office, facility, officeQp, facilityQp])
    })
  }

  const local: ReadonlyArray<readonly [string, number, number]> = [
    ['13202-01', 7457, 16358],
    ['01182-18', 7228, 15986],
    ['01112-09', 8183, 18346],
    ['12202-01', 7361, 16220],
    ['14212-01', 7314, 16171],
    ['02402-02', 7428, 16457],
    ['06102-16', 6955, 15074],
    ['09102-04', 7095, 15419],
    ['04412-18', 6707, 14585],
    ['04412-99', 6436, 13982],
    ['15202-00', 6351, 13741],
    ['06202-00', 6537, 14354],
    ['10112-00', 6132, 13247],
    ['07102-13', 6071, 13098],
    ['02102-01', 8376, 17774],
    ['09202-20', 6643, 14510],
  ]
  for (const [locality, first, complex] of local) {
    test(`locality ${locality}`, () => {
      expect([
        allowedCents('99490', { ...october, locality }),
        allowedCents('99487', { ...october, locality }),
      ]).toEqual([first, complex])
    })
  }

  test('there are 109 localities', () => expect(localities).toHaveLength(109))

  test('the factor of 2024 changed on 9 March', () => {
    const on = (dateOfService: string): number | null => allowedCents('99490', { ...october, dateOfService })
    expect([on('2024-03-08'), on('2024-03-09'), on('2024-12-31')]).toEqual([6156, 6258, 6258])
    expect(allowedCents('99490', { ...october, dateOfService: '2024-06-30', placeOfService: '22' })).toBe(4960)
  })

  test('2025 has the published national amounts outside a facility, and no other', () => {
    const at = (code: string, placeOfService = '11'): number | null =>
      allowedCents(code, { ...october, month: '2025-12', placeOfService })
    expect(['99490', '99439', '99487', '99489', '99491', '99437'].map((code) => at(code))).toEqual([
      6049, 4593, 13165, 7052, 8216, 5758,
    ])
    expect([at('G0506'), at('99490', '22'), at('99424')]).toEqual([null, null, null])
  })

  test('2027 waits: never an old price', () => {
    const price = priceOf('99490', { ...october, dateOfService: '2027-01-01' })
    expect(price).toMatchObject({ amountCents: null, why: 'year_not_loaded' })
    expect(price.sentence).toContain('CY 2027 rule')
    expect(priceOf('99490', { ...october, dateOfService: '2026-12-31' }).amountCents).toBe(6613)
    const verdict = assess(diazIn('2027-01'))
    expect(verdict.outcome).toBe('held')
    expect(verdict.linesIfCleared[0]?.allowedCents).toBeNull()
    expect(verdict.findings.filter((one) => one.stale).length).toBeGreaterThan(0)
    expect(staleValues('2026-12').map((value) => value.key)).toEqual([
      'pfs.national_amounts_2025',
      'rural.bundle.amount',
    ])
    expect(staleValues('2027-01').length).toBeGreaterThan(20)
  })

  test('before the book there is no answer', () => {
    expect(priceOf('99490', { ...october, dateOfService: '2023-12-31' }).amountCents).toBeNull()
    expect(() => assess(diazIn('2023-12'))).toThrow(OutOfForce)
  })

  test('nurse practitioners are paid 85 percent, nurse midwives all', () => {
    const as = (practitionerKind: 'np' | 'cnm'): number | null =>
      allowedCents('99490', { ...october, practitionerKind })
    expect([as('np'), as('cnm')]).toEqual([5621, 6613])
  })

  test('a code that is not paid, not known or not paid at the place has no amount', () => {
    expect(priceOf('99358', { ...october, dateOfService: '2026-10-31' }).why).toBe('code_not_valid')
    expect(priceOf('12345', { ...october, dateOfService: '2026-10-31' }).why).toBe('code_not_priced')
    expect(priceOf('99453', { ...october, dateOfService: '2026-10-31', placeOfService: '22' }).why).toBe(
      'not_payable_at_place',
    )
  })
})

describe('from the allowed amount to cash', () => {
  const ask = { on: '2026-10-31', deductibleRemainingCents: 0, qmb: false, secondary: null }

  test('99490 with the deductible met', () => {
    expect(expected(6613, ask)).toMatchObject({
      coinsuranceCents: 1323,
      sequestrationCents: 106,
      medicareCents: 5184,
      patientCents: 1323,
    })
  })

  test('the deductible comes first, line by line', () => {
    const verdict = assess(diazIn('2026-10', { time: [rosa(40 * 60)], deductible: { remainingCents: 7000 } }))
    expect(verdict.lines.map((line) => [line.medicareCents, line.patientCents])).toEqual([
      [0, 6613],
      [3651, 387 + 931],
    ])
  })

  test('a QMB owes nothing, and Medicare pays the same', () => {
    const qmb = expected(6613, { ...ask, deductibleRemainingCents: 1000, qmb: true })
    const other = expected(6613, { ...ask, deductibleRemainingCents: 1000 })
    expect(qmb.patientCents).toBe(0)
    expect(qmb.notCollectableCents).toBe(other.patientCents)
    expect(qmb.medicareCents).toBe(other.medicareCents)
  })

  test('Medigap takes the coinsurance, not the deductible', () => {
    expect(expected(6613, { ...ask, deductibleRemainingCents: 1000, secondary: { kind: 'medigap' } })).toMatchObject({
      patientCents: 1000,
      secondaryCents: 1123,
    })
  })

  test('half a cent is rounded up', () => {
    // 31 cents: 6 of coinsurance, 25 of share, and 2 percent of 25 is half a cent.
    expect(expected(31, ask)).toMatchObject({ coinsuranceCents: 6, sequestrationCents: 1, medicareCents: 24 })
    expect(expected(30, ask)).toMatchObject({ coinsuranceCents: 6, sequestrationCents: 0, medicareCents: 24 })
  })

  test('every cent is somewhere', () => {
    for (let allowed = 0; allowed < 3000; allowed += 7) {
      const money = expected(allowed, { ...ask, deductibleRemainingCents: 500 })
      expect(money.medicareCents + money.sequestrationCents + money.patientCents).toBe(allowed)
    }
  })
})

describe('rural health clinics and health centers', () => {
  const at = (month: string, change = {}): string[] =>
    assess(diazIn(month, { placeOfService: '72', locality: '02102-01', ...change })).lines.map(
      (line) => `${line.code} ${line.allowedCents}`,
    )
  test('bill one code for the month until December 2024, then the individual ones', () => {
    expect(at('2024-12')).toEqual(['G0511 7290'])
    expect(at('2025-01')).toEqual(['99490 6049'])
  })
  test('are paid the national office amount, also for a nurse practitioner', () => {
    const practitioner = { ...diazIn('2026-10').practitioner, kind: 'np' as const }
    expect(at('2026-10', { practitioner })).toEqual(['99490 6613'])
    expect(at('2026-10', { placeOfService: '50' })).toEqual(['99490 6613'])
  })
  test('the amount of the bundle ended with September 2025', () => {
    const on = (dateOfService: string): number | null => allowedCents('G0511', { ...october, dateOfService })
    expect([on('2024-12-31'), on('2025-01-01'), on('2025-09-30'), on('2025-10-01')]).toEqual([7290, 5467, 5467, null])
  })
})

describe('another payer', () => {
  const partB = { kind: 'part_b', from: '2017-04-01', to: null } as const
  test('under a hospice election the lines carry GV or GW', () => {
    const lines = (hospiceCare: 'attending' | 'unrelated'): ReadonlyArray<readonly string[] | undefined> =>
      assess(
        diazIn('2026-10', { coverage: [partB, { kind: 'hospice', from: '2026-10-01', to: null }], hospiceCare }),
      ).lines.map((line) => line.modifiers)
    expect([lines('attending'), lines('unrelated')]).toEqual([[['GV']], [['GW']]])
    expect(assess(diazIn('2026-10')).lines[0]).not.toHaveProperty('modifiers')
  })
  const behind = (primaryPayment: Facts['primaryPayment'], change: Partial<Facts> = {}) =>
    assess(
      diazIn('2026-10', {
        coverage: [partB, { kind: 'other_primary', from: '2026-01-01', to: null }],
        primaryPayment,
        ...change,
      }),
    ).lines.map((line) => [line.allowedCents, line.medicareCents, line.patientCents])
  const decided = (change: Partial<PrimaryLineFacts> = {}): Facts['primaryPayment'] => ({
    decidedOn: '2026-11-01',
    paidCents: 4000,
    lines: [{ code: '99490', chargeCents: 12_000, acceptCents: null, allowedCents: 9000, paidCents: 4000, ...change }],
  })

  test('behind a first insurer who told no lines the allowed amount is known and the shares are not', () => {
    expect(behind({ decidedOn: '2026-11-01', paidCents: 4000 })).toEqual([[6613, null, null]])
  })

  test('nothing is billed of a month whose codes the first insurer did not decide on', () => {
    expect(behind(decided({ code: '99439' }))).toEqual([])
    expect(behind(decided({ units: 2 }))).toEqual([])
    expect(behind(decided({ units: 1 }))).toEqual([[6613, 4900, null]])
  })

  test('Medicare pays second the lowest of three, less sequestration', () => {
    // Left of the higher allowed amount: 50.00. Alone Medicare would pay 52.90. Left of the charge: 80.00.
    expect(behind(decided())).toEqual([[6613, 5000 - 100, null]])
    // The first insurer allowed less than Medicare does: 66.13 - 40.00.
    expect(behind(decided({ allowedCents: 5000 }))).toEqual([[6613, 2613 - 52, null]])
    // It paid little: never more than alone.
    expect(behind(decided({ paidCents: 1000 }))).toEqual([[6613, 5184, null]])
    // Left of the charge is the least.
    expect(behind(decided({ chargeCents: 7000 }))).toEqual([[6613, 3000 - 60, null]])
  })

  test('a practice that must accept the first insurer’s amount in full gets only what is left of that', () => {
    expect(behind(decided({ acceptCents: 4500 }))).toEqual([[6613, 500 - 10, null]])
    expect(behind(decided({ acceptCents: 4000 }))).toEqual([[6613, 0, null]])
    expect(behind(decided({ acceptCents: 99_999, chargeCents: 7000 }))).toEqual([[6613, 2940, null]])
    expect(behind(decided({ acceptCents: undefined }))).toEqual([[6613, null, null]])
  })

  test('the example of the law: charge 175, allowed 150 and paid 120, schedule 125', () => {
    const alone = expected(12_500, { on: '2026-10-31', deductibleRemainingCents: 0, qmb: false, secondary: null })
    const first = { code: '99490', chargeCents: 17_500, acceptCents: null, allowedCents: 15_000, paidCents: 12_000 }
    expect(secondPayment(alone, first, '2026-10-31')).toEqual({ paidCents: 3000 - 60, sequestrationCents: 60 })
  })

  test('what must be accepted in full is what was paid and left to the patient, where something was written off by contract', () => {
    const adjusted = (...adjustments: [group: string, amountCents: number][]) =>
      acceptedInFull({
        paidCents: 4000,
        adjustments: adjustments.map(([group, amountCents]) => ({ group, amountCents })),
      })
    expect(adjusted(['CO', 6000], ['PR', 1500], ['PR', 500])).toBe(6000)
    expect(adjusted(['OA', 6000], ['PR', 2000])).toBeNull()
    expect(adjusted(['PR', 8000])).toBeNull()
    expect(acceptedInFull({ paidCents: 0, adjustments: [{ group: 'CO', amountCents: 12_000 }] })).toBeNull()
  })

  test('what the first insurer paid in full leaves Medicare nothing to pay, never less than nothing', () => {
    expect(behind(decided({ paidCents: 12_000 }))).toEqual([[6613, 0, null]])
    expect(behind(decided({ paidCents: 13_000 }))).toEqual([[6613, 0, null]])
  })

  test('a QMB owes nothing behind another insurer either, and a rural clinic’s share is not known', () => {
    expect(behind(decided(), { qmb: true })).toEqual([[6613, 4900, 0]])
    expect(behind(decided(), { placeOfService: '72' })).toEqual([[6613, null, null]])
  })

  test('what an employer’s plan takes over after Medicare is not known, where anything is owed', () => {
    const shares = (kind: 'employer' | 'other' | 'medigap' | 'medicaid', change: Partial<Facts> = {}) =>
      assess(diazIn('2026-10', { secondary: { kind }, ...change })).lines.map((line) => [
        line.medicareCents,
        line.patientCents,
      ])
    expect([shares('employer'), shares('other'), shares('medigap'), shares('medicaid')]).toEqual([
      [[5184, null]],
      [[5184, null]],
      [[5184, 0]],
      [[5184, 0]],
    ])
    expect(shares('employer', { qmb: true })).toEqual([[5184, 0]])
  })
})
