import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, rosa } from '../src/cases/story.ts'
import {
  appealLevels,
  assess,
  type ClaimToEdit,
  denialCauseOf,
  denialCauses,
  differencesOf,
  duplicateKeyOf,
  editsOf,
  hasMbiForm,
  hasNpiForm,
  reachesLevel,
  redeterminationDueOn,
  reopeningDueOn,
} from '../src/index.ts'
import { factsSchema } from '../src/parse-facts.ts'

const line = (code: string, change: Partial<ClaimToEdit['lines'][number]> = {}): ClaimToEdit['lines'][number] => ({
  code,
  units: 1,
  dateOfService: '2026-10-31',
  pointers: [1, 2],
  chargeCents: 10_000,
  allowedCents: 6613,
  ...change,
})
const claim = (change: Partial<ClaimToEdit> = {}): ClaimToEdit => ({
  month: '2026-10',
  mbi: '1EG4TE5MK73',
  billingTin: '123456789',
  renderingNpi: '1234567893',
  placeOfService: '11',
  sentOn: '2026-11-03',
  diedOn: null,
  diagnoses: ['E11.9', 'I10'],
  lines: [line('99490'), line('99439', { units: 2, allowedCents: 10_088, chargeCents: 12_000 })],
  ...change,
})
const five = ['E11.9', 'I10', 'J44.9', 'N18.30', 'F33.1']
const many = [...five, 'M17.9', 'I50.22', 'G20', 'E78.5', 'J45.909', 'I48.0', 'E03.9', 'M81.0']
const edits = (change: Partial<ClaimToEdit>, before: readonly string[] = []): string[] =>
  editsOf(claim(change), before).map((edit) => edit.id)

describe('edits before the claim', () => {
  test('a sound claim leaves', () => expect(edits({})).toEqual([]))

  const faulty: ReadonlyArray<readonly [string, Partial<ClaimToEdit>, readonly string[]]> = [
    ['no line', { lines: [] }, ['no_line']],
    ['one code on two lines', { lines: [line('99490'), line('99490')] }, ['line_twice']],
    ['three units of the add-on', { lines: [line('99490'), line('99439', { units: 3 })] }, ['units']],
    ['two units of a base', { lines: [line('99490', { units: 2 })] }, ['units']],
    ['no unit', { lines: [line('99490', { units: 0 })] }, ['units']],
    ['an add-on alone', { lines: [line('99439')] }, ['add_on_without_base']],
    [
      'the add-on of the other family',
      { lines: [line('99490'), line('99489')] },
      ['add_on_without_base', 'two_families'],
    ],
    ['two families', { lines: [line('99490'), line('99487')] }, ['two_families']],
    ['the day after the month', { lines: [line('99490', { dateOfService: '2026-11-01' })] }, ['date_outside_month']],
    ['the day before the month', { lines: [line('99490', { dateOfService: '2026-09-30' })] }, ['date_outside_month']],
    ['a day after death', { diedOn: '2026-10-30', lines: [line('99490')] }, ['date_after_death']],
    ['the day of death', { diedOn: '2026-10-31', lines: [line('99490')] }, []],
    ['two days', { lines: [line('99490'), line('99439', { dateOfService: '2026-10-30' })] }, ['dates_differ']],
    ['a place of telehealth', { placeOfService: '02' }, ['place']],
    ['one diagnosis', { diagnoses: ['I10'], lines: [line('99490', { pointers: [1] })] }, ['too_few_diagnoses']],
    [
      'one diagnosis in a clinic that lets one pass',
      { policy: { secondDiagnosis: 'warn' }, diagnoses: ['I12.9'], lines: [line('99490', { pointers: [1] })] },
      [],
    ],
    [
      'none in such a clinic',
      { policy: { secondDiagnosis: 'warn' }, diagnoses: [], lines: [line('99490', { pointers: [] })] },
      ['pointer', 'too_few_diagnoses'],
    ],
    ['one diagnosis twice', { diagnoses: ['I10', 'I10'] }, ['too_few_diagnoses']],
    ['a word for a diagnosis', { diagnoses: ['I10', 'gout'] }, ['diagnosis_shape']],
    ['a pointer to nothing', { lines: [line('99490', { pointers: [1, 3] })] }, ['pointer']],
    ['no pointer', { lines: [line('99490', { pointers: [] })] }, ['pointer']],
    ['one pointer twice', { lines: [line('99490', { pointers: [1, 1] })] }, ['pointer']],
    ['a pointer before the first', { lines: [line('99490', { pointers: [0, 1] })] }, ['pointer']],
    ['half a pointer', { lines: [line('99490', { pointers: [1.5] })] }, ['pointer']],
    ['four pointers', { diagnoses: five, lines: [line('99490', { pointers: [1, 2, 3, 4] })] }, []],
    ['five pointers', { diagnoses: five, lines: [line('99490', { pointers: [1, 2, 3, 4, 5] })] }, ['pointer']],
    ['twelve diagnoses', { diagnoses: many.slice(0, 12) }, []],
    ['thirteen diagnoses', { diagnoses: many }, ['too_many_diagnoses']],
    ['nine units of the complex add-on', { lines: [line('99487'), line('99489', { units: 9 })] }, []],
    ['nine units of the practitioner’s add-on', { lines: [line('99491'), line('99437', { units: 9 })] }, []],
    ['half a unit', { lines: [line('99490', { units: 0.5 })] }, ['units']],
    ['principal care on the claim', { lines: [line('99426')] }, []],
    ['a code that nobody pays', { lines: [line('12345')] }, ['code_not_paid']],
    [
      'a code that starts next year',
      { month: '2024-12', sentOn: '2025-01-03', lines: [line('G0557', { dateOfService: '2024-12-31' })] },
      ['code_not_paid'],
    ],
    ['a place of three digits', { placeOfService: '111' }, ['place']],
    ['a day that does not exist', { lines: [line('99490', { dateOfService: '2026-10-32' })] }, ['date_outside_month']],
    ['an amount that nobody knows', { lines: [line('99490', { allowedCents: null, chargeCents: 1 })] }, []],
    ['a wrong NPI', { renderingNpi: '1234567890' }, ['npi']],
    ['a number with an S', { mbi: '1SG4TE5MK73' }, ['mbi']],
    ['the last day to file', { sentOn: '2027-10-31' }, []],
    ['a day too late', { sentOn: '2027-11-01', lines: [line('99490')] }, ['too_late']],
    ['a charge below the schedule', { lines: [line('99490', { chargeCents: 6612 })] }, ['charge_below_schedule']],
    ['a charge at the schedule', { lines: [line('99490', { chargeCents: 6613 })] }, []],
    ['a code that ended', { lines: [line('G0511')] }, ['code_not_paid']],
  ]
  for (const [name, change, ids] of faulty) test(name, () => expect(edits(change)).toEqual(ids))

  // The reason codes stand in the table of likely denials; where none is sure, none is told.
  const told: ReadonlyArray<readonly [Partial<ClaimToEdit>, string, string, string | null]> = [
    [{ lines: [] }, 'no_line', 'claim', '16'],
    [{ lines: [line('99490'), line('99490')] }, 'line_twice', 'line 2', '18'],
    [{ lines: [line('99490'), line('99439', { units: 3 })] }, 'units', 'line 2', '222'],
    [{ lines: [line('99439')] }, 'add_on_without_base', 'claim', '107'],
    [{ lines: [line('99490'), line('99487')] }, 'two_families', 'claim', '97'],
    [{ lines: [line('99490', { dateOfService: '2026-11-01' })] }, 'date_outside_month', 'line 1', '16'],
    [{ diedOn: '2026-10-30', lines: [line('99490')] }, 'date_after_death', 'line 1', '13'],
    [{ lines: [line('99490'), line('99439', { dateOfService: '2026-10-30' })] }, 'dates_differ', 'claim', null],
    [{ placeOfService: '02' }, 'place', 'claim', '16'],
    [{ diagnoses: ['I10', 'I10'] }, 'too_few_diagnoses', 'claim', '11'],
    [{ diagnoses: many }, 'too_many_diagnoses', 'claim', '16'],
    [{ diagnoses: ['I10', 'gout'] }, 'diagnosis_shape', 'claim', '146'],
    [{ lines: [line('99490', { pointers: [] })] }, 'pointer', 'line 1', '16'],
    [{ renderingNpi: '1234567890' }, 'npi', 'claim', '208'],
    [{ mbi: '1SG4TE5MK73' }, 'mbi', 'claim', '31'],
    [{ sentOn: '2027-11-01', lines: [line('99490')] }, 'too_late', 'line 1', '29'],
    [{ lines: [line('99490', { chargeCents: 6612 })] }, 'charge_below_schedule', 'line 1', null],
    [{ lines: [line('G0511')] }, 'code_not_paid', 'line 1', '181'],
  ]
  for (const [change, id, place, reason] of told) {
    test(`${id} is told with its place and the reason it would come back with`, () => {
      expect(editsOf(claim(change)).map((edit) => [edit.id, edit.place, edit.reason])).toEqual([[id, place, reason]])
    })
  }

  test('the edits say what is wrong in figures', () => {
    const sentence = (change: Partial<ClaimToEdit>): string | undefined => editsOf(claim(change))[0]?.sentence
    expect(sentence({ lines: [line('99490'), line('99439', { units: 3 })] })).toBe('99439 has 3 units; 2 are allowed.')
    expect(sentence({ lines: [line('99487'), line('99489', { units: 0 })] })).toContain('a whole number are allowed')
    expect(sentence({ lines: [line('99490', { pointers: [] })] })).toBe('The line points to no diagnosis.')
    expect(sentence({ lines: [line('99490', { pointers: [1, 3] })] })).toBe('The line points to 1, 3.')
  })

  test('a month billed before comes back as a duplicate', () => {
    const key = duplicateKeyOf(claim())
    expect(key).toBe('1EG4TE5MK73|123456789|non_complex|2026-10')
    expect(editsOf(claim(), [key]).map((edit) => [edit.place, edit.reason])).toEqual([['claim', '18']])
    const two = [line('99490'), line('99487')]
    expect(duplicateKeyOf(claim({ lines: two }))).toBe('1EG4TE5MK73|123456789|complex+non_complex|2026-10')
    expect(duplicateKeyOf({ month: '2026-10', lines: [line('99426')] })).toBe('||99426|2026-10')
  })

  test('a month billed before is stopped, also under another code of the family', () => {
    const before = [duplicateKeyOf(claim({ lines: [line('99490')] }))]
    expect(edits({}, before)).toEqual(['already_billed'])
    expect(edits({ billingTin: '987654321' }, before)).toEqual([])
  })

  test('what the book bills passes its own edits', () => {
    const { lines } = assess(diazIn('2026-10', { time: [rosa(3600)] }))
    const made = lines.map((one) => ({ ...one, pointers: [1, 2], chargeCents: one.allowedCents ?? 0 }))
    expect(edits({ lines: made, diagnoses: lines[0]?.diagnoses ?? [] })).toEqual([])
  })

  test('numbers of people and practices', () => {
    expect(['1EG4TE5MK73', '1EG4-TE5-MK73', '0EG4TE5MK73', '1SG4TE5MK73', '1EG4TE5MK7'].map(hasMbiForm)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
    expect(['1234567893', '1972534865', '1234567890', '3234567893', '12345678931'].map(hasNpiForm)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('denials and appeals', () => {
  test('each reason code has one cause, a first step, a seat and a time', () => {
    const codes = denialCauses.flatMap((one) => one.reasons)
    expect(new Set(codes).size).toBe(codes.length)
    for (const one of denialCauses) {
      expect(one.sentence.endsWith('.')).toBe(true)
      expect(one.law.length).toBeGreaterThan(0)
    }
    expect(denialCauseOf('B20')?.step).toBe('settle_with_other_biller')
    expect(denialCauseOf('29')?.appealable).toBe(false)
    expect(denialCauseOf('50')).toMatchObject({ step: 'appeal', deadline: 'redetermination', appealable: true })
    expect(denialCauseOf('999')).toBeUndefined()
  })

  test('MA130 takes the right of appeal away, whatever the reason', () => {
    expect(denialCauseOf('50', ['MA130'])).toMatchObject({ step: 'correct_and_send_new', appealable: false })
    expect(denialCauseOf('50', ['N1'])?.appealable).toBe(true)
  })

  test('a notice counts as received after five days, and 120 days run from then', () => {
    expect(redeterminationDueOn('2026-01-01')).toBe('2026-05-06')
    expect(reopeningDueOn('2026-01-15')).toBe('2027-01-15')
  })

  test('the amounts at stake follow the year; 2027 is not known', () => {
    const [, , third, , fifth] = appealLevels
    if (!third || !fifth) throw new Error('five levels')
    expect([
      reachesLevel(third, 18_999, '2025-12-31'),
      reachesLevel(third, 19_000, '2025-12-31'),
      reachesLevel(third, 19_999, '2026-01-01'),
      reachesLevel(third, 20_000, '2026-01-01'),
      reachesLevel(third, 20_000, '2027-01-01'),
      reachesLevel(fifth, 196_000, '2026-06-01'),
      reachesLevel(fifth, 195_999, '2026-06-01'),
    ]).toEqual([false, true, false, true, null, true, false])
    expect(appealLevels.map((one) => one.fileWithinDays.values[0]?.value)).toEqual([120, 180, 60, 60, 60])
  })
})

describe('replay', () => {
  test('the same verdict has no difference; another says what differs', () => {
    const before = assess(diazIn('2026-10'))
    expect(differencesOf(before, assess(diazIn('2026-10')))).toEqual([])
    const more = assess(diazIn('2026-10', { time: [rosa(2400)], locality: '13202-01' }))
    expect(differencesOf(before, more)).toMatchObject([
      { what: 'minutes.countedSeconds', before: 1200, after: 2400 },
      { what: '99490.allowedCents', before: 6613, after: 7457 },
      { what: '99490.medicareCents' },
      { what: '99490.patientCents' },
      { what: '99439', before: null, after: 1 },
    ])
    expect(differencesOf(before, assess({ ...mrsDiaz })).map((one) => one.what)).toContain('outcome')
  })
})

describe('the schema of the facts file', () => {
  test('is made of the readers themselves: every key of the facts is in it', () => {
    const { $defs } = factsSchema as { $defs: { facts: { properties: object; required: string[] } } }
    expect($defs.facts.required).toEqual(['month', 'timeZone'])
    for (const key of Object.keys(diazIn('2026-10'))) expect($defs.facts.properties).toHaveProperty(key)
  })
})
