import { contract } from '@keepwell/contract'
import { assess, bookHash, bookVersion, type Facts } from '@keepwell/rules'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { billableMonth } from '../../test/support/month.ts'
import { openStory, type Story } from '../../test/support/story.ts'
import { type Book, replayMonth } from './rules-replay.ts'

const month = '2026-10'
let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(() => story.close())

/** An edition that pays a cent more for each line. */
const dearer: Book = {
  bookVersion: '2027.01.1',
  bookHash: 'another',
  assess: (facts: Facts) => {
    const verdict = assess(facts)
    const lines = verdict.lines.map((line) => ({ ...line, allowedCents: (line.allowedCents ?? 0) + 1 }))
    return { ...verdict, lines }
  },
}

describe('judging a closed month again', () => {
  test('by the same edition nothing differs; by another it is said what does, and nothing is changed', async () => {
    const patientId = await billableMonth(story)
    await story.as('lena').does(contract.months.close, { params: { month } })
    const replay = (book: Book) => story.look((tx) => replayMonth(tx, story.clinicId, month, book))
    expect(await replay({ assess, bookHash, bookVersion })).toMatchObject({
      patients: 1,
      changed: [],
      unreadable: [],
      frozenUnder: [{ hash: bookHash, months: 1 }],
    })
    const other = await replay(dearer)
    expect(other.changed).toMatchObject([{ patientId, differences: [{ what: '99490.allowedCents' }] }])
    expect(await replay({ assess, bookHash, bookVersion })).toMatchObject({ changed: [] })
  })
})
