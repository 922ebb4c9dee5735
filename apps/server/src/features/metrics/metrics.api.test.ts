import { contract, type NumberId } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { billableMonth } from '../../../test/support/month.ts'
import { openStory, type Story } from '../../../test/support/story.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

/** The morning of 3 November, written down by hand in entries of at most twenty minutes, one after the other. */
let nextStart = Date.parse('2026-11-02T14:00:00Z')
async function works(patientId: string, ...seconds: number[]): Promise<void> {
  for (const each of seconds) {
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: {
        startedAt: new Date(nextStart).toISOString(),
        endedAt: new Date(nextStart + each * 1000).toISOString(),
        activity: 'coordination',
        whatWasDone: 'Arranged home health with the agency.',
        reason: 'Written down from notes.',
        attested: true,
      },
    })
    nextStart += each * 1000
  }
}

const countOf = (rows: readonly { number: NumberId; count: number }[], number: NumberId) =>
  rows.find((row) => row.number === number)?.count

async function behind(number: NumberId, query: { month?: string; careManagerId?: string } = {}): Promise<string[]> {
  const { items } = await story.as('june').does(contract.metrics.list, { params: { number }, query })
  return items.map(({ patient }) => patient.id)
}

describe('the control room', () => {
  const patients: Record<string, string> = {}
  beforeAll(async () => {
    const enrolled = () => billableMonth(story, { month: '2026-11', work: [] })
    for (const name of ['nothing', 'under', 'one', 'nineteen', 'twenty', 'forty', 'sixty']) {
      patients[name] = await enrolled()
    }
    await works(patients.under ?? '', 59)
    await works(patients.one ?? '', 60)
    await works(patients.nineteen ?? '', 1199)
    await works(patients.twenty ?? '', 1200)
    await works(patients.forty ?? '', 1200, 1200)
    await works(patients.sixty ?? '', 1200, 1200, 1200)
    patients.left = await billableMonth(story, { month: '2026-11', work: [], endedOn: '2026-10-20' })
    patients.leaves = await billableMonth(story, { month: '2026-11', work: [], endedOn: '2026-11-30' })
  })

  test('every enrolled patient stands in exactly one band of minutes, each whole minute counted once', async () => {
    const { minutesSpread, funnel } = await story.as('june').does(contract.metrics.controlRoom, { query: {} })
    expect(countOf(minutesSpread, 'minutes_0')).toBe(3)
    expect(countOf(minutesSpread, 'minutes_1_19')).toBe(2)
    expect(countOf(minutesSpread, 'minutes_20_39')).toBe(1)
    expect(countOf(minutesSpread, 'minutes_40_59')).toBe(1)
    expect(countOf(minutesSpread, 'minutes_60')).toBe(1)
    const enrolled = countOf(funnel, 'enrolled')
    expect(minutesSpread.reduce((sum, { count }) => sum + count, 0)).toBe(enrolled)
  })

  test('each number opens the list of just these patients', async () => {
    const room = await story.as('june').does(contract.metrics.controlRoom, { query: {} })
    for (const { number, count } of [...room.funnel, ...room.engagement, ...room.minutesSpread]) {
      expect([number, (await behind(number)).length]).toEqual([number, count])
    }
    expect(await behind('minutes_60')).toEqual([patients.sixty])
    expect((await story.auditOf('metric.opened')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('june').id,
      detail: { number: 'minutes_60', shown: 1 },
    })
  })

  test('who left stands in the months of the enrollment and in no later one; who leaves at the end of the month still counts', async () => {
    expect(await behind('enrolled')).not.toContain(patients.left)
    expect(await behind('enrolled')).toContain(patients.leaves)
    expect(await behind('enrolled', { month: '2026-10' })).toContain(patients.left)
    expect(await behind('left_90_days')).toContain(patients.left)
    const { reasonsForLeaving } = await story.as('june').does(contract.metrics.controlRoom, { query: {} })
    expect(reasonsForLeaving.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0)
  })

  test('the caseload of a care manager is the same people', async () => {
    const rosa = story.as('rosa').id
    const { caseload } = await story.as('june').does(contract.metrics.controlRoom, { query: {} })
    expect(caseload.find(({ careManager }) => careManager.id === rosa)).toMatchObject({
      patients: 8,
      atTwenty: 3,
      neededMinutes: 20 + 20 + 20 + 19 + 1,
      secondsThisMonth: 59 + 60 + 1199 + 1200 + 2400 + 3600,
    })
    expect(await behind('caseload', { careManagerId: rosa })).toHaveLength(8)
    expect(await behind('caseload_20', { careManagerId: rosa })).toHaveLength(3)
  })

  test('another clinic sees none of it', async () => {
    const { funnel } = await story.other.as('june').does(contract.metrics.controlRoom, { query: {} })
    expect(countOf(funnel, 'enrolled')).toBe(0)
    expect((await story.as('sam').isRefused(contract.metrics.controlRoom, { query: {} })).code).toBe('forbidden')
  })
})
