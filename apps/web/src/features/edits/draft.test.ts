import { expect, test } from 'vitest'
import { conditionsOf, emptyDraft } from './draft.ts'

test('what is left empty is not asked, and an edit that asks nothing is none', () => {
  expect(conditionsOf(emptyDraft)).toBeNull()
  expect(conditionsOf({ ...emptyDraft, code: ' ' })).toBeNull()
  expect(conditionsOf({ ...emptyDraft, code: ' 99490 ', qmb: 'no' })).toEqual({ code: '99490', qmb: false })
})
