import { expect, test } from 'vitest'
import { wordRuns } from './word-runs.ts'

const marked = (text: string, other: string) =>
  wordRuns(text, other)
    .filter((run) => !run.shared)
    .map((run) => run.words.trim())

test('only the target and the dropped words of Mrs Diaz’s goal are marked', () => {
  const before =
    'Target: A1c below 7.5 % by Mon 1 Feb 2027; Next step: Check sugar each morning this week and bring the log.'
  const after = 'Target: A1c below 8 % by Mon 1 Feb 2027; Next step: Check sugar each morning and bring the log.'
  expect(marked(before, after)).toEqual(['7.5', 'this week'])
  expect(marked(after, before)).toEqual(['8'])
})

test('equal texts carry no mark, and no word is lost', () => {
  expect(marked('one two three', 'one two three')).toEqual([])
  expect(
    wordRuns('a b c d', 'x c')
      .map((run) => run.words)
      .join(''),
  ).toBe('a b c d')
  expect(marked('a b', '')).toEqual(['a b'])
})
