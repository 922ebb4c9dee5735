import type { CallQuestion, CallSection } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { ageText, answerText, askedOf, firstOpen, questionAfter } from './words.ts'

function question(id: string, more: Partial<CallQuestion> = {}): CallQuestion {
  return {
    id,
    text: id,
    kind: 'choice',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
    unit: null,
    min: null,
    max: null,
    askWhen: null,
    help: null,
    ...more,
  }
}
const sections: CallSection[] = [
  {
    id: 'since',
    title: 'Since the last call',
    questions: [question('falls'), question('head', { askWhen: { questionId: 'falls', values: ['yes'] } })],
  },
  { id: 'med', title: 'Medications', questions: [question('taking')] },
]
const said = (value: string) => ({ value, detail: null })

test('a branch opens with its answer, and the next question leads into it', () => {
  const [since] = sections
  if (since === undefined) throw new Error('there is one')
  expect(askedOf(since, {}).map((one) => one.id)).toEqual(['falls'])
  expect(questionAfter(sections, { falls: said('no') }, 'falls')).toEqual({
    sectionId: 'med',
    questionId: 'taking',
  })
  expect(questionAfter(sections, { falls: said('yes') }, 'falls')).toEqual({
    sectionId: 'since',
    questionId: 'head',
  })
  expect(questionAfter(sections, {}, 'taking')).toBeNull()
  expect(firstOpen(since, { falls: said('yes') })).toBe('head')
})

test("last month's answer is told in the words of its option, a number with its unit", () => {
  expect(answerText(question('falls'), { value: 'no', detail: 'careful now' })).toBe('No, careful now')
  expect(answerText(question('weight', { kind: 'number', options: [], unit: 'lb' }), said('182'))).toBe('182 lb')
  expect(answerText(question('falls'), undefined)).toBeNull()
})

test('the age of a plan is told in days, then in months', () => {
  expect([ageText(1), ageText(59), ageText(365)]).toEqual(['1 day', '59 days', '12 months'])
})
