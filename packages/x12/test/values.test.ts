import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  basicText,
  dollars,
  formatCents,
  formatQuantity,
  isEin,
  isIcd10Cm,
  isLocalDate,
  isMadeUpMbi,
  isMbi,
  isNpi,
  isOverOneYear,
  isPhone,
  isPostOfficeBox,
  isProcedureCode,
  isTaxonomy,
  isTime,
  isZip,
  isZip9,
  parseCents,
  parseDate8,
  parsePeriod,
  parseQuantity,
  SegmentWriter,
  sumDecimals,
  write837P,
} from '../src/index.ts'
import { batch, mrsDiaz } from './story.ts'

describe('amounts', () => {
  test('are exact in cents or refused', () => {
    const amounts: readonly (readonly [string, number | null])[] = [
      ['92', 9_200],
      ['92.5', 9_250],
      ['92.55', 9_255],
      ['92.550', 9_255],
      ['.2', 20],
      ['0.96', 96],
      ['-9', -900],
      ['-0', 0],
      ['0', 0],
      ['34.00', 3_400],
      ['5.', 500],
      ['', null],
      ['.', null],
      ['-', null],
      ['+5', null],
      ['1,000', null],
      ['92.555', null],
      ['1e3', null],
      ['NaN', null],
      [' 5', null],
      ['99999999999999', null],
    ]
    for (const [text, cents] of amounts) expect([text, parseCents(text)]).toEqual([text, cents])
  })

  test('are printed without needless zeros', () => {
    expect([9_200, 9_250, 9_255, 5, 0, -96, -9_200].map(formatCents)).toEqual([
      '92',
      '92.5',
      '92.55',
      '0.05',
      '0',
      '-0.96',
      '-92',
    ])
    expect(() => formatCents(1.5)).toThrow(RangeError)
    expect(() => formatCents(Number.NaN)).toThrow(RangeError)
    expect([123_450, -300, 5, 100_000_000].map(dollars)).toEqual(['$1,234.50', '-$3.00', '$0.05', '$1,000,000.00'])
    expect(sumDecimals(['34.00', '0.5'])).toBe('34.50')
    expect(sumDecimals(['1', '2.5'])).toBe('3.5')
    expect(sumDecimals([])).toBe('0')
  })

  test('come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (cents) => {
        expect(parseCents(formatCents(cents))).toBe(cents)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (tenths) => {
        expect(parseQuantity(formatQuantity(tenths / 10))).toBe(tenths / 10)
      }),
    )
  })
})

describe('identifiers', () => {
  test('an NPI has ten digits and a right check digit', () => {
    expect(['1234567893', '1999999992'].every(isNpi)).toBe(true)
    expect(['1234567890', '123456789', '12345678931', '3234567893', '', '123456789A'].some(isNpi)).toBe(false)
    const good = [...Array(10).keys()].filter((digit) => isNpi(`123456789${digit}`))
    expect(good).toEqual([3])
  })

  test('an MBI has its eleven places', () => {
    expect(['1EG4TE5MK73', '2FH5UF6NK84', '5JM8XJ9RP18'].every(isMbi)).toBe(true)
    expect(
      [
        '1EG4-TE5-MK73',
        '1eg4te5mk73',
        '0EG4TE5MK73',
        '1EG4TE5MK7',
        '1EG4TE5MK734',
        '1SG4TE5MK73',
        '2FH5UF6NL84',
        'EG4TE5MK731',
      ].some(isMbi),
    ).toBe(false)
    expect(['1SG4TE5MK73', '2FH5UF6NL84'].every(isMadeUpMbi)).toBe(true)
    expect(['1EG4TE5MK73', '1EG4TE5MK7'].some(isMadeUpMbi)).toBe(false)
  })

  test('other numbers and codes', () => {
    expect([isEin('912345678'), isEin('91-2345678'), isEin('000000000')]).toEqual([true, false, false])
    expect([isZip('98101'), isZip('981011234'), isZip('98101-1234'), isZip('9810')]).toEqual([true, true, false, false])
    expect([isZip9('981011234'), isZip9('98101')]).toEqual([true, false])
    expect([isTaxonomy('207Q00000X'), isTaxonomy('203BF0100Y'), isTaxonomy('207Q0000X')]).toEqual([true, true, false])
    expect([isPhone('2065550100'), isPhone('206-555-0100'), isPhone('1065550100')]).toEqual([true, false, false])
    expect(['I10', 'E11.22', 'E1122', 'N18.31', 'Z79899', 'M1A.0110'].every(isIcd10Cm)).toBe(true)
    expect(['I', '110', 'E11.', 'i10', 'E11.22345'].some(isIcd10Cm)).toBe(false)
    expect(['99490', '0591T', 'G0506'].every(isProcedureCode)).toBe(true)
    expect(['9949', '994900', 'Z0506'].some(isProcedureCode)).toBe(false)
    expect(['PO BOX 7', 'P.O. Box 12', 'Post Office Box 3'].every(isPostOfficeBox)).toBe(true)
    expect(isPostOfficeBox('12 BOXWOOD LN')).toBe(false)
  })
})

describe('dates', () => {
  test('are days of the calendar', () => {
    expect(parseDate8('20240229')).toBe('2024-02-29')
    expect(['20230229', '20251301', '20250431', '2025', '2025010A', '00000101'].map(parseDate8)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ])
    expect([isLocalDate('2025-12-31'), isLocalDate('2025-12-32'), isLocalDate('20251231')]).toEqual([
      true,
      false,
      false,
    ])
    expect([isTime('0930'), isTime('093059'), isTime('01494438'), isTime('2430'), isTime('93')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    expect(parsePeriod('RD8', '20251201-20251231')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect([parsePeriod('D8', '20251301'), parsePeriod('RD8', '20251201'), parsePeriod('TM', '0930')]).toEqual([
      null,
      null,
      null,
    ])
    // The day itself a year later is still within the year; of 29 February the year ends with 28 February.
    expect(isOverOneYear('2025-01-05', '2026-01-05')).toBe(false)
    expect(isOverOneYear('2025-01-05', '2026-01-06')).toBe(true)
    expect(isOverOneYear('2024-02-29', '2025-02-28')).toBe(false)
    expect(isOverOneYear('2024-02-29', '2025-03-01')).toBe(true)
    expect(isOverOneYear('2027-02-28', '2028-02-29')).toBe(true)
    expect(isOverOneYear('2025-12-31', '2025-01-01')).toBe(false)
    expect(isOverOneYear('2023-12-31', '2025-01-01')).toBe(true)
  })
})

describe('writing', () => {
  test('drops what is empty at the end and keeps what is empty in the middle', () => {
    const writer = new SegmentWriter()
    writer.openInterchange(batch.envelope)
    writer.segment('SV1', ['HC', '99490', '', ''], '92', '', '', null, undefined, [])
    expect(writer.closeInterchange(batch.envelope).split('\n')[1]).toBe('SV1*HC:99490*92~')
  })

  test('pads the ISA to 106 characters and refuses control numbers that cannot be', () => {
    const text = write837P(batch)
    expect(text.indexOf('~')).toBe(105)
    expect(() => write837P({ ...batch, envelope: { ...batch.envelope, interchangeControl: 0 } })).toThrow(RangeError)
    expect(() => write837P({ ...batch, setControl: 1.5 })).toThrow(RangeError)
    expect(() =>
      write837P(batch, { delimiters: { element: '*', component: '*', repetition: '^', segment: '~' } }),
    ).toThrow(RangeError)
    expect(() =>
      write837P(batch, { delimiters: { element: 'A', component: ':', repetition: '^', segment: '~' } }),
    ).toThrow(RangeError)
  })

  test('takes the dashes out of ids, ZIP codes and telephone numbers', () => {
    const text = write837P({
      ...batch,
      billing: batch.billing.map(({ provider }) => ({
        provider: {
          ...provider,
          taxId: '91-2345678',
          address: { ...provider.address, zip: '98101-1234' },
          contact: { name: 'DESK', phone: '+1 (206) 555-0100' },
        },
        claims: [
          {
            ...mrsDiaz,
            subscriber: { ...mrsDiaz.subscriber, memberId: '1EG4-TE5-MK73' },
            diagnoses: ['I11.0', 'E11.22', 'N18.31'],
          },
        ],
      })),
    })
    for (const part of [
      'REF*EI*912345678~',
      'N4*SEATTLE*WA*981011234~',
      'PER*IC*DESK*TE*2065550100~',
      'MI*1EG4TE5MK73~',
      'HI*ABK:I110*ABF:E1122*ABF:N1831~',
    ]) {
      expect(text).toContain(part)
    }
  })

  test('a wrong date or a fraction of a cent is a bug of the caller', () => {
    const withLine = (change: object) => ({
      ...batch,
      billing: batch.billing.map((one) => ({
        ...one,
        claims: [{ ...mrsDiaz, lines: mrsDiaz.lines.map((line) => ({ ...line, ...change })) }],
      })),
    })
    expect(() => write837P(withLine({ serviceOn: '2025-02-30' }))).toThrow(RangeError)
    expect(() => write837P(withLine({ chargeCents: 92.5 }))).toThrow(RangeError)
  })

  test('basic text', () => {
    expect(basicText('  José   Peña-Müller, “Pepe” ')).toBe('JOSE PENA-MULLER, "PEPE"')
    expect(basicText('a\u0000b\tc\nd')).toBe('A B C D')
  })
})
