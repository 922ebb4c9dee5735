import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEnrolledPatient } from '../../../test/support/enrolled.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { json } from '../../db/database.ts'
import { checkWorklist } from './index.ts'

let story: Story
const people: Record<'diaz' | 'lee' | 'kim' | 'ray', string> = { diaz: '', lee: '', kim: '', ray: '' }
const heartFailure = { system: 'icd10cm', code: 'I50.9', display: 'Heart failure' }
const copd = { system: 'icd10cm', code: 'J44.9', display: 'COPD' }

beforeAll(async () => {
  story = await openStory()
  people.diaz = await addEnrolledPatient(story)
  people.lee = await addEnrolledPatient(story, {
    given: 'Tom',
    family: 'Lee',
    bornOn: '1938-02-02',
    conditions: [
      heartFailure,
      copd,
      { system: 'icd10cm', code: 'E11.9', display: 'Diabetes' },
      { system: 'icd10cm', code: 'I10', display: 'Hypertension' },
      { system: 'icd10cm', code: 'N18.4', display: 'Kidney disease' },
    ],
  })
  people.kim = await addEnrolledPatient(story, { given: 'Ann', family: 'Kim', careManager: 'tomas' })
  people.ray = await addEnrolledPatient(story, { given: 'Ray', family: 'Moss' })
  await story.look(async (tx) => {
    await tx.db
      .insertInto('enrollment_ends')
      .values({
        tenant_id: tx.tenantId,
        id: '01a00000-0000-7000-8000-000000000001',
        enrollment_id: (
          await tx.db
            .selectFrom('enrollments')
            .select('id')
            .where('tenant_id', '=', tx.tenantId)
            .where('patient_id', '=', people.ray)
            .executeTakeFirstOrThrow()
        ).id,
        reason: 'moved',
        ended_on: '2026-10-31',
        recorded_by: story.as('rosa').id,
        recorded_at: story.clock.now(),
      })
      .execute()
  })
})
afterAll(() => story.close())

const list = (query: object = {}) => story.as('rosa').does(contract.calls.worklist, { query })

describe('my month', () => {
  test('shows the enrolled patients of the care manager, the neediest first, with bar, steps and days left', async () => {
    const mine = await list()
    expect(mine.items.map((row) => row.patient.id)).toEqual([people.lee, people.diaz])
    expect(mine).toMatchObject({
      month: '2026-11',
      total: 2,
      patients: 2,
      reached: 0,
      daysLeft: 28,
      workdaysLeft: 20,
      hoursLeft: 80,
      stepsSeconds: [1200, 2400, 3600],
    })
    expect(mine.items[0]).toMatchObject({
      need: { level: expect.stringMatching(/high/) },
      steps: { reach: false, sign: false },
      plan: { state: 'none', due: true },
      owner: { name: 'Rosa Marin' },
    })
    expect(mine.owners).toMatchObject([
      { name: 'Rosa Marin', patients: 2 },
      { name: 'Tomas Reyes', patients: 1 },
    ])
    expect((await list({ who: 'all' })).items).toHaveLength(3)
    expect((await list({ who: story.as('tomas').id })).items.map((row) => row.patient.id)).toEqual([people.kim])
    expect((await list({ who: 'all', search: 'ki' })).items.map((row) => row.patient.id)).toEqual([people.kim])
  })

  test('goes on after the last row of a page; a page that nobody gave is refused', async () => {
    const first = await list({ who: 'all', limit: 2 })
    const second = await list({ who: 'all', limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map((row) => row.patient.id).sort()).toEqual(
      [people.lee, people.diaz, people.kim].sort(),
    )
    expect(second.nextCursor).toBeNull()
    expect((await story.as('rosa').isRefused(contract.calls.worklist, { query: { cursor: 'xyz' } })).code).toBe(
      'bad_request',
    )
  })

  test('says nothing of money, and money changes nothing in its order', async () => {
    const before = await list({ who: 'all' })
    expect(JSON.stringify(before)).not.toMatch(/cents|amount|revenue|allowed|\$|99490/i)
    await story.look((tx) =>
      tx.db
        .insertInto('month_verdicts')
        .values({
          tenant_id: tx.tenantId,
          clinic_id: story.clinicId,
          patient_id: people.kim,
          month: '2026-11',
          lane: 'ready',
          outcome: 'billable',
          allowed_cents: 1_000_000,
          counted_seconds: 0,
          lines: json([]),
          record: Buffer.from([]),
          since: story.clock.now(),
          facts_sha256: 'x',
          book: 'x',
          assessed_at: story.clock.now(),
        })
        .execute(),
    )
    expect((await list({ who: 'all' })).items).toEqual(before.items)
  })

  test("the steps are those of this month: a call of October leaves November's open", async () => {
    story.clock.set('2026-10-20T14:00:00Z')
    const call = await story
      .as('rosa')
      .does(contract.calls.open, { params: { patientId: people.diaz }, body: { timer: false } })
    for (const [questionId, value] of [
      ['since.feeling', 'same'],
      ['med.new', 'no'],
      ['goal.matters', 'the garden'],
    ] as const) {
      await story
        .as('rosa')
        .does(contract.calls.answer, { params: { id: call.id, questionId }, body: { value, detail: null } })
    }
    await story.as('rosa').does(contract.calls.sign, { params: { id: call.id }, body: {} })
    const october = (await list()).items.find((row) => row.patient.id === people.diaz)
    expect(october).toMatchObject({
      steps: { reach: true, review: true, meds: true, goals: true, coordinate: true, sign: true },
      whyNow: 'Spoken with this month',
      nextContactOn: '2026-11-17',
    })
    // One second before and after midnight in New York, while UTC has long been in November.
    story.clock.set('2026-11-01T03:59:59Z')
    expect((await list()).month).toBe('2026-10')
    story.clock.set('2026-11-01T04:00:00Z')
    const november = await list()
    expect(november.month).toBe('2026-11')
    expect(november.items.find((row) => row.patient.id === people.diaz)).toMatchObject({
      steps: { reach: false, sign: false },
      lastContactAt: '2026-10-20T14:00:00.000Z',
    })
    story.clock.set('2026-11-03T14:12:00Z')
  })

  test('beside the list: the last note and what is open', async () => {
    const beside = await story.as('rosa').does(contract.calls.preview, { params: { patientId: people.diaz } })
    expect(beside).toMatchObject({
      patient: { name: 'Elena Diaz' },
      last: { note: expect.stringContaining('the garden') },
      openLoops: [],
    })
  })

  test('a deed about a patient moves them at once, and the counts with them', async () => {
    const order = async () => (await list({ who: 'all' })).items.map((row) => row.patient.id)
    const before = await order()
    expect(before.at(-1)).not.toBe(people.lee)
    const params = { patientId: people.kim }
    await story
      .as('okafor')
      .does(contract.eligibility.mark, { params, body: { level: 'first', reason: 'Fell twice last week.' } })
    expect((await order())[0]).toBe(people.kim)
    expect((await list({ who: story.as('tomas').id })).views).toMatchObject({ all: 1, high_not_reached: 1 })
    const call = await story.as('tomas').does(contract.calls.open, { params, body: { timer: false } })
    await story.as('tomas').does(contract.calls.answer, {
      params: { id: call.id, questionId: 'since.feeling' },
      body: { value: 'same', detail: null },
    })
    await story.as('tomas').does(contract.calls.sign, { params: { id: call.id }, body: {} })
    expect((await order()).at(-1)).toBe(people.kim)
    expect(await list({ who: 'all' })).toMatchObject({ patients: 3, reached: 1, views: { all: 3 } })
    expect(await list({ who: story.as('tomas').id })).toMatchObject({ reached: 1, views: { high_not_reached: 0 } })
    expect(await list({ who: 'mine' })).toMatchObject({ patients: 2, reached: 0 })
  })

  test('who can be rung now comes before who cannot, as the hours begin and end, though nobody did anything', async () => {
    const params = { patientId: people.diaz }
    // Sam keeps the hours; 09:12 in New York is the story's beginning.
    await story
      .as('sam')
      .does(contract.patients.updateContact, { params, body: { bestFrom: '09:30', bestTo: '09:45' } })
    /** Done, need, call-back and reach, as the list keeps them, and when they change by themselves. */
    const placeAt = async (now: string) => {
      story.clock.set(now)
      const shown = (await list()).items.find((row) => row.patient.id === people.diaz)
      const kept = await story.look((tx) =>
        tx.db
          .selectFrom('worklist_rows')
          .select(['sort_key', 'changes_at'])
          .where('tenant_id', '=', tx.tenantId)
          .where('patient_id', '=', people.diaz)
          .executeTakeFirstOrThrow(),
      )
      return [shown?.window?.openNow, kept.sort_key?.split('\u0001')[3], kept.changes_at]
    }
    expect(await placeAt('2026-11-03T14:12:00Z')).toEqual([false, '1', '09:30'])
    expect(await placeAt('2026-11-03T14:29:59Z')).toEqual([false, '1', '09:30'])
    expect(await placeAt('2026-11-03T14:30:00Z')).toEqual([true, '0', '09:46'])
    expect(await placeAt('2026-11-03T14:45:59Z')).toEqual([true, '0', '09:46'])
    expect(await placeAt('2026-11-03T14:46:00Z')).toEqual([false, '2', null])
  })

  test("what is kept of the list is what the patients' facts give", async () => {
    await list({ who: 'all' })
    const violations = await story.look(async (tx) => {
      const found: unknown[] = []
      for await (const violation of checkWorklist(tx)) found.push(violation)
      return found
    })
    expect(violations).toEqual([])
  })

  test("Sam has no such list, and another organization's is its own", async () => {
    expect((await story.as('sam').isRefused(contract.calls.worklist, { query: {} })).code).toBe('forbidden')
    expect((await story.other.as('rosa').does(contract.calls.worklist, { query: { who: 'all' } })).items).toEqual([])
  })
})
