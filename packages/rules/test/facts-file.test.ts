import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, rosa } from '../src/cases/story.ts'
import { type Facts, parseFacts } from '../src/index.ts'

const frame = { month: '2026-10', timeZone: 'America/New_York' }
const faultsOf = (change: object): string[] => {
  const parsed = parseFacts({ ...frame, ...change })
  return parsed.ok ? [] : parsed.faults.map((fault) => fault.path)
}
const read = (change: object): Facts => {
  const parsed = parseFacts({ ...frame, ...change })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.facts
}

describe('each kind of fact is read as what it is and as nothing else', () => {
  test('a text has something in it', () => {
    for (const id of ['', '  ', 3, true, {}]) expect(faultsOf({ practitioner: { id } })).toEqual(['$.practitioner.id'])
    expect(read({ practitioner: { id: ' okafor ' } }).practitioner).toEqual({ id: ' okafor ' })
  })

  test('true and false are no words and no numbers', () => {
    for (const qmb of ['true', 0, 1, [], {}]) expect(faultsOf({ qmb })).toEqual(['$.qmb'])
    expect([read({ qmb: true }).qmb, read({ qmb: false }).qmb, read({ qmb: null }).qmb]).toEqual([true, false, null])
  })

  test('a date exists and is a text', () => {
    for (const asOf of ['2026-02-29', '2026-1-1', '2026-10-03T00:00:00Z', 20_261_003, ['2026-10-03']]) {
      expect(faultsOf({ asOf })).toEqual(['$.asOf'])
    }
    expect(read({ asOf: '2024-02-29' }).asOf).toBe('2024-02-29')
  })

  test('an instant has its offset and is a text', () => {
    for (const givenAt of ['2026-10-03T14:00:00', '2026-10-03', 1_791_036_000_000, ['2026-10-03T14:00:00Z']]) {
      expect(faultsOf({ consent: { givenAt } })).toEqual(['$.consent.givenAt'])
    }
    expect(read({ consent: { givenAt: '2026-10-03T14:00:00-04:00' } }).consent?.givenAt).toBe(
      '2026-10-03T14:00:00-04:00',
    )
  })

  test('cents are whole, not negative and no text', () => {
    for (const remainingCents of [-1, 0.5, '100', 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(faultsOf({ deductible: { remainingCents } })).toEqual(['$.deductible.remainingCents'])
    }
    expect(read({ deductible: { remainingCents: 0 } }).deductible).toEqual({ remainingCents: 0 })
  })

  test('a month is one of the calendar and of the book', () => {
    for (const month of ['2026-13', '2026-00', '2026-1', 202_610, ['2026-10'], '2023-12', null]) {
      expect(faultsOf({ month })).toEqual(['$.month'])
    }
    expect(read({ month: '2024-01' }).month).toBe('2024-01')
  })

  test('a time zone is one of the machine, by name', () => {
    for (const timeZone of ['Mars/Olympus', '-05:00', 5, ['UTC'], null])
      expect(faultsOf({ timeZone })).toEqual(['$.timeZone'])
  })

  test('codes have their shape and are texts', () => {
    for (const code of [99_490, '9949', '994900', 'g0181']) {
      expect(faultsOf({ otherServices: [{ code, on: '2026-10-10' }] })).toEqual(['$.otherServices[0].code'])
    }
    for (const code of ['e11.9', 'E11.', 'E1', 'E11.22222', 250]) {
      expect(faultsOf({ conditions: [{ code }] })).toEqual(['$.conditions[0].code'])
    }
  })

  test('words are of the list, and the words of others are turned into ours', () => {
    const kind = (word: unknown): unknown => read({ practitioner: { kind: word } }).practitioner?.kind
    expect(
      ['MD', 'DO', 'NP', 'PA', 'CNS', 'CNM', 'nurse_practitioner', 'physician_assistant', 'nurse_midwife', 'pa'].map(
        kind,
      ),
    ).toEqual(['physician', 'physician', 'np', 'pa', 'cns', 'cnm', 'np', 'pa', 'cnm', 'pa'])
    expect(kind('clinical_nurse_specialist')).toBe('cns')
    for (const word of ['RN', 'toString', '__proto__', '', 7, ['MD'], ['np']]) {
      expect(faultsOf({ practitioner: { kind: word } })).toEqual(['$.practitioner.kind'])
    }
    expect(read({ coverage: [{ kind: 'part_c', from: '2026-01-01', to: null }] }).coverage).toEqual([
      { kind: 'medicare_advantage', from: '2026-01-01', to: null },
    ])
    expect(read({ stays: [{ kind: 'snf', from: '2026-10-01', to: null }] }).stays).toEqual([
      { kind: 'snf_part_a', from: '2026-10-01', to: null },
    ])
    expect(read({ policy: { consentMode: 'written_required' } }).policy).toEqual({ consentMode: 'written' })
  })

  test('a list is a list of the right things, and each wrong one is named by its number', () => {
    for (const stays of [{}, 'none', { length: 0 }]) expect(faultsOf({ stays })).toEqual(['$.stays'])
    const stay = { kind: 'inpatient', from: '2026-10-05', to: null }
    expect(faultsOf({ stays: [stay, null, 4, [stay], { ...stay, from: 'noon' }] })).toEqual([
      '$.stays[1]',
      '$.stays[2]',
      '$.stays[3]',
      '$.stays[4].from',
    ])
  })

  test('an object is no list, no text and not null where null means nothing', () => {
    for (const patient of [[], 'Diaz', 4, true]) expect(faultsOf({ patient })).toEqual(['$.patient'])
    expect(faultsOf({ conditions: [null] })).toEqual(['$.conditions[0]'])
  })

  test('a span may be one day, and its last day is not before its first', () => {
    const span = { kind: 'part_b', from: '2026-10-02' }
    expect(faultsOf({ coverage: [{ ...span, to: '2026-10-01' }] })).toEqual(['$.coverage[0].to'])
    expect(faultsOf({ coverage: [{ ...span, to: '2026-10-02' }] })).toEqual([])
    expect(faultsOf({ coverage: [{ ...span, to: null }] })).toEqual([])
    expect(faultsOf({ coverage: [{ ...span, from: 'then', to: '2026-10-01' }] })).toEqual(['$.coverage[0].from'])
  })

  test('an entry may have no length, and does not end before it starts, whatever its offsets', () => {
    const entry = rosa(0)
    expect(faultsOf({ time: [entry] })).toEqual([])
    expect(faultsOf({ time: [{ ...entry, end: '2026-10-06T09:59:59-04:00' }] })).toEqual(['$.time[0].end'])
    expect(faultsOf({ time: [{ ...entry, end: '2026-10-06T10:00:00-04:00' }] })).toEqual([])
    expect(faultsOf({ time: [{ ...entry, kind: 'robot', end: '2026-10-01T00:00:00Z' }] })).toEqual(['$.time[0].kind'])
  })
})

describe('the file as a whole', () => {
  test('every fault is told, in the order of the file', () => {
    expect(
      faultsOf({ month: 'May', qmb: 'no', time: [{ ...rosa(60), kind: 'robot', activity: 5 }], stays: 3 }),
    ).toEqual(['$.month', '$.qmb', '$.time[0].kind', '$.time[0].activity', '$.stays'])
  })

  test('what must be there is asked for, also where its key holds nothing', () => {
    expect(faultsOf({ month: undefined })).toEqual(['$.month'])
    expect(faultsOf({ coverage: [{}] })).toEqual(['$.coverage[0].kind', '$.coverage[0].from', '$.coverage[0].to'])
    expect(faultsOf({ time: [{}] })).toEqual(['id', 'person', 'kind', 'start', 'end'].map((key) => `$.time[0].${key}`))
    expect(faultsOf({ initiatingVisit: {} })).toEqual(['$.initiatingVisit.on', '$.initiatingVisit.code'])
    expect(faultsOf({ choice: {} })).toEqual(['$.choice.family', '$.choice.by', '$.choice.reason'])
    expect(faultsOf({ secondary: {}, deductible: {}, primaryPayment: {} })).toEqual([
      '$.deductible.remainingCents',
      '$.secondary.kind',
      '$.primaryPayment.decidedOn',
      '$.primaryPayment.paidCents',
    ])
  })

  test('what need not be there stays away, and what the book does not know does not come in', () => {
    expect(read({ consent: { form: undefined, givenOn: null }, mood: 'fine' })).toEqual({
      ...frame,
      consent: { givenOn: null },
    })
    expect(Object.keys(read({ consent: { form: undefined } }).consent ?? {})).toEqual([])
    expect(Object.keys(read({ qmb: undefined }))).toEqual(['month', 'timeZone'])
  })

  test('what an object has not of its own is not in it', () => {
    expect(parseFacts(Object.create(mrsDiaz))).toMatchObject({
      ok: false,
      faults: [{ path: '$.month' }, { path: '$.timeZone' }],
    })
    const heir: object = Object.assign(Object.create({ qmb: true }), frame)
    expect(parseFacts(heir)).toEqual({ ok: true, facts: frame })
  })

  test('an entry that stands twice is named at its second place, and no other is', () => {
    const at = (start: string, id: string) => rosa(60, { start, id })
    const log = [at('2026-10-01T14:00:00Z', 'a'), at('2026-10-02T14:00:00Z', 'b'), at('2026-10-03T14:00:00Z', 'a')]
    expect(faultsOf({ time: log })).toEqual(['$.time[2].id'])
    expect(faultsOf({ time: log.slice(0, 2) })).toEqual([])
  })

  test('a full month comes through word for word', () => {
    const facts = {
      ...diazIn('2026-10'),
      hospiceCare: 'unrelated',
      choice: { family: 'complex', by: 'June', reason: 'Asked.' },
    }
    expect(parseFacts(facts)).toEqual({ ok: true, facts })
  })
})
