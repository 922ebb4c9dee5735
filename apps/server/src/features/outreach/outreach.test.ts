import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  csvCell,
  csvOf,
  decideDecline,
  decideSpeaking,
  funnelOf,
  intervalOf,
  type LoggedWord,
  leastAnswers,
  promptOf,
  questionDueAt,
  scriptResultsOf,
  whyNotAsk,
  winnerOf,
} from './outreach.ts'

describe('speaking of the program', () => {
  test('nobody asks the dead, or who asked not to be asked; who brings it up is heard', () => {
    const free = { deceased: false, doNotAskSince: null }
    expect(decideSpeaking(free, 'mentioned').ok).toBe(true)
    expect(decideSpeaking({ ...free, deceased: true }, 'response')).toMatchObject({
      ok: false,
      problem: { code: 'patient_deceased' },
    })
    const asked = { ...free, doNotAskSince: '2026-10-02' }
    expect(decideSpeaking(asked, 'mentioned')).toMatchObject({ ok: false, problem: { code: 'do_not_ask' } })
    expect(decideSpeaking(asked, 'declined')).toMatchObject({ ok: false, problem: { code: 'do_not_ask' } })
    expect(decideSpeaking(asked, 'response').ok).toBe(true)
  })
  test('the sentence to say names no diagnosis and falls silent where nothing is to be asked', () => {
    expect(promptOf('eligible', null)).toContain('Two or more lasting conditions')
    expect(promptOf('introduced', 'agreed')).toContain('consent')
    for (const status of ['enrolled', 'declined', 'deceased', 'not_eligible', 'enrolled_elsewhere'] as const)
      expect(promptOf(status, null)).toBeNull()
    expect(whyNotAsk('eligible', true)).toContain('not to be asked')
    expect(whyNotAsk('declined', false)).toBeNull()
    expect(whyNotAsk('enrolled', false)).not.toBeNull()
  })
  test('a question of somebody who waits is due in fifteen minutes', () => {
    expect(questionDueAt(new Date('2026-11-03T14:00:00Z'), true).toISOString()).toBe('2026-11-03T14:15:00.000Z')
    expect(questionDueAt(new Date('2026-11-03T14:00:00Z'), false).toISOString()).toBe('2026-11-04T14:00:00.000Z')
  })
})

describe('a no', () => {
  const situation = { today: '2026-11-03', owner: true }
  test('may name who follows up and when, from today on', () => {
    expect(decideDecline({ doNotAskAgain: false, followUp: { byId: 'x', on: '2026-11-03' } }, situation).ok).toBe(true)
    expect(decideDecline({ doNotAskAgain: false, followUp: { byId: 'x', on: '2026-11-02' } }, situation).ok).toBe(false)
    expect(
      decideDecline({ doNotAskAgain: false, followUp: { byId: 'x', on: '2026-11-03' } }, { ...situation, owner: false })
        .ok,
    ).toBe(false)
  })
  test('with "do not ask again" there is no follow-up', () => {
    expect(decideDecline({ doNotAskAgain: true, followUp: { byId: 'x', on: '2026-11-10' } }, situation).ok).toBe(false)
    expect(decideDecline({ doNotAskAgain: true, followUp: null }, situation).ok).toBe(true)
  })
})

describe('the export', () => {
  test('no cell is ever a formula, and every cell reads back', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text)
        const inner = cell.slice(1, -1).replaceAll('""', '"')
        return (
          cell.startsWith('"') &&
          cell.endsWith('"') &&
          !/^[=+\-@\t\r]/.test(inner) &&
          (inner === text || inner === `'${text}`)
        )
      }),
    )
    expect(csvOf([['=1+1', '+2', '-3', '@x', '\tz', 'plain "quoted"']])).toBe(
      '"\'=1+1","\'+2","\'-3","\'@x","\'\tz","plain ""quoted"""\r\n',
    )
  })
})

describe('trends', () => {
  const word = (patientId: string, more: Partial<LoggedWord>): LoggedWord => ({
    patientId,
    kind: 'mentioned',
    response: null,
    objection: null,
    scriptVersion: null,
    byId: 'sam',
    byName: 'Sam',
    ...more,
  })
  test('count each patient once in a step', () => {
    const words = [
      word('a', {}),
      word('a', {}),
      word('a', { kind: 'response', response: 'agreed' }),
      word('b', { kind: 'brochure_given' }),
      word('c', { kind: 'question' }),
    ]
    expect(funnelOf(words, new Set(['a', 'z']))).toEqual({
      introduced: 2,
      brochures: 1,
      interested: 0,
      thinking: 0,
      agreed: 1,
      declined: 0,
      consented: 1,
    })
  })
  const answers = (version: string, agreed: number, of: number) =>
    Array.from({ length: of }, (_unused, at) =>
      word(`${version}${at}`, {
        kind: 'response',
        response: at < agreed ? 'agreed' : 'declined',
        scriptVersion: version,
      }),
    )
  test('no winner below the threshold, however large the difference', () => {
    const results = scriptResultsOf(
      [...answers('a', leastAnswers - 1, leastAnswers - 1), ...answers('b', 0, 200)],
      (version) => version,
    )
    expect(winnerOf(results)).toMatchObject({
      version: null,
      sentence: expect.stringContaining(String(leastAnswers)),
    })
  })
  test('no winner where chance can explain it, one where it cannot', () => {
    expect(
      winnerOf(scriptResultsOf([...answers('a', 16, 30), ...answers('b', 13, 30)], (version) => version)).version,
    ).toBeNull()
    expect(
      winnerOf(scriptResultsOf([...answers('a', 45, 50), ...answers('b', 10, 50)], (version) => version)).version,
    ).toBe('a')
    expect(winnerOf(scriptResultsOf(answers('a', 45, 50), (version) => version)).version).toBeNull()
  })
  test('the last answer of a patient counts', () => {
    const results = scriptResultsOf(
      [
        word('a', { kind: 'response', response: 'declined', scriptVersion: 'v' }),
        word('a', { kind: 'response', response: 'agreed', scriptVersion: 'v' }),
      ],
      () => 'V',
    )
    expect(results).toMatchObject([{ answered: 1, agreed: 1 }])
  })
  test('the interval holds the share and never leaves 0 to 1000', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }), (tries, some) => {
        const successes = Math.min(some, tries)
        const interval = intervalOf(successes, tries)
        const share = (successes / tries) * 1000
        return (
          interval !== null &&
          interval.low >= 0 &&
          interval.high <= 1000 &&
          interval.low <= share + 1 &&
          interval.high >= share - 1
        )
      }),
    )
  })
})
