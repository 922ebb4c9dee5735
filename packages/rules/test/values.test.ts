import { describe, expect, test } from 'vitest'
import { diazIn } from '../src/cases/story.ts'
import {
  allowedCents,
  assess,
  type ConsentMode,
  consentModeRow,
  expected,
  OutOfForce,
  type PriceQuestion,
  priceOf,
  switches,
} from '../src/index.ts'
import { credentialRow } from '../src/values/credentials.ts'
import { chosenOf } from '../src/values/switches.ts'

describe('the ground of a price', () => {
  const ask: PriceQuestion = {
    dateOfService: '2026-10-31',
    locality: null,
    placeOfService: '11',
    qualifyingApm: false,
    practitionerKind: 'physician',
  }
  const grounds: ReadonlyArray<
    readonly [string, string, Partial<PriceQuestion>, readonly [number | null, string, string | null, string | null]]
  > = [
    [
      'the last day before the book',
      '99490',
      { dateOfService: '2023-12-31' },
      [null, 'unknown', 'year_not_loaded', null],
    ],
    ['its first day', '99490', { dateOfService: '2024-01-01' }, [6156, 'national', null, '32.7442']],
    [
      '2024, whatever the locality',
      '99490',
      { dateOfService: '2024-03-09', locality: '13202-01' },
      [6258, 'national', null, '33.2875'],
    ],
    [
      '2024 by a nurse practitioner',
      '99490',
      { dateOfService: '2024-12-31', practitionerKind: 'np' },
      [5319, 'national', null, '33.2875'],
    ],
    [
      '2024, a qualifying participant: there was one factor',
      '99490',
      { dateOfService: '2024-12-31', qualifyingApm: true },
      [6258, 'national', null, '33.2875'],
    ],
    ['a code of 2025 in 2024', 'G0557', { dateOfService: '2024-12-31' }, [null, 'unknown', 'code_not_priced', null]],
    [
      '2025, whatever the locality',
      '99490',
      { dateOfService: '2025-06-30', locality: '13202-01' },
      [6049, 'national', null, '32.3465'],
    ],
    [
      '2025 by a physician assistant',
      '99490',
      { dateOfService: '2025-06-30', practitionerKind: 'pa' },
      [5142, 'national', null, '32.3465'],
    ],
    [
      '2025 in a facility',
      '99490',
      { dateOfService: '2025-06-30', placeOfService: '22' },
      [null, 'unknown', 'amount_not_published', null],
    ],
    [
      '2025, a code without an amount',
      '99424',
      { dateOfService: '2025-06-30' },
      [null, 'unknown', 'amount_not_published', null],
    ],
    ['2026 without a locality', '99490', {}, [6613, 'national', null, '33.4009']],
    ['2026 where the national amount is asked', '99490', { locality: 'national' }, [6613, 'national', null, '33.4009']],
    ['2026 in New York', '99490', { locality: '13202-01' }, [7457, 'local', null, '33.4009']],
    ['2026 by a clinical nurse specialist', '99490', { practitionerKind: 'cns' }, [5621, 'national', null, '33.4009']],
    ['2026 as a qualifying participant', '99490', { qualifyingApm: true }, [6646, 'national', null, '33.5675']],
    ['2026 where nobody lives', '99490', { locality: '99999-99' }, [null, 'unknown', 'locality_not_known', null]],
    [
      'a rural clinic, whatever the locality',
      '99490',
      { placeOfService: '72', locality: '13202-01' },
      [6613, 'national', null, '33.4009'],
    ],
    [
      'a rural clinic in a locality that does not exist',
      '99490',
      { placeOfService: '50', locality: '99999-99' },
      [6613, 'national', null, '33.4009'],
    ],
    [
      'the rural bundle',
      'G0511',
      { dateOfService: '2024-12-31', placeOfService: '72' },
      [7290, 'national', null, null],
    ],
    ['the rural bundle after its end', 'G0511', {}, [null, 'unknown', 'code_not_valid', null]],
    ['what Medicare does not pay', '99358', {}, [null, 'unknown', 'code_not_valid', null]],
    ['what nobody knows', '12345', {}, [null, 'unknown', 'code_not_priced', null]],
    [
      'a facility that is not paid for it',
      '99453',
      { placeOfService: '22' },
      [null, 'unknown', 'not_payable_at_place', null],
    ],
    ['the first day of 2027', '99490', { dateOfService: '2027-01-01' }, [null, 'unknown', 'year_not_loaded', null]],
    [
      '2027 as a qualifying participant',
      '99490',
      { dateOfService: '2027-01-01', qualifyingApm: true },
      [null, 'unknown', 'year_not_loaded', null],
    ],
  ]
  for (const [name, code, change, ground] of grounds) {
    test(name, () => {
      const { amountCents, basis, why, factorUsed } = priceOf(code, { ...ask, ...change })
      expect([amountCents, basis, why, factorUsed]).toEqual(ground)
    })
  }

  test('whoever asks one thing otherwise gets another answer, also right after the first', () => {
    const changes: ReadonlyArray<Partial<PriceQuestion>> = [
      { dateOfService: '2024-10-31' },
      { locality: '13202-01' },
      { placeOfService: '22' },
      { qualifyingApm: true },
      { practitionerKind: 'np' },
    ]
    for (const change of changes) {
      const first = priceOf('99490', ask).amountCents
      expect(priceOf('99490', { ...ask, ...change }).amountCents).not.toBe(first)
      expect(priceOf('99490', ask).amountCents).toBe(first)
    }
    const { practitionerKind: _kind, ...unsaid } = ask
    expect(priceOf('99490', unsaid)).toEqual(priceOf('99490', ask))
  })

  test('a month is asked by its last day, and without a day or a month there is no answer', () => {
    const { dateOfService: _day, ...rest } = ask
    expect(allowedCents('99490', { ...rest, month: '2024-03' })).toBe(6258)
    expect(() => allowedCents('99490', rest)).toThrow(OutOfForce)
  })
})

describe('who shares the cost', () => {
  test('where nothing is owed, an employer’s plan leaves no question', () => {
    const ask = { on: '2026-10-31', deductibleRemainingCents: 0, qmb: false, secondary: { kind: 'employer' } } as const
    expect([expected(0, ask).secondaryKnown, expected(6613, ask).secondaryKnown]).toEqual([true, false])
    expect(expected(6613, { ...ask, secondary: { kind: 'other' } }).secondaryKnown).toBe(false)
    expect(expected(6613, { ...ask, secondary: { kind: 'medicaid' } }).secondaryKnown).toBe(true)
  })
})

describe('words that a clinic writes in its own way', () => {
  test('a credential is known in small letters, with dots and with blanks around it', () => {
    for (const written of ['PharmD', 'pharmd', 'PHARMD', ' Pharm.D. '])
      expect(credentialRow(written)?.id).toBe('PharmD')
    expect(credentialRow('R N')).toBeUndefined()
  })

  test('a consent mode that is none is refused', () => {
    expect(consentModeRow('written').writtenRequired).toBe(true)
    expect(() => consentModeRow('by post' as ConsentMode)).toThrow(RangeError)
  })

  test('a clinic that has chosen nothing has the first option of each switch', () => {
    for (const { id, options, byDefault } of switches) {
      expect([chosenOf(undefined, id), chosenOf(null, id), chosenOf({ [id]: null }, id)]).toEqual([
        options[0],
        options[0],
        options[0],
      ])
      expect(chosenOf({ [id]: options[1] }, id)).toBe(options[1])
      expect(byDefault.key).toMatch(/^policy\.[a-z_]+$/)
    }
  })

  test('rural clinics and health centers are told by their places', () => {
    const lines = (placeOfService: string) =>
      assess(diazIn('2024-12', { placeOfService })).lines.map((line) => line.code)
    expect([lines('50'), lines('72'), lines('11')]).toEqual([['G0511'], ['G0511'], ['99490']])
  })
})
