import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, type PersonName, type Story } from '../../../test/support/story.ts'
import { insertTask, type NewTask } from './index.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

const work = {
  title: 'Call the pharmacy',
  urgency: 'normal',
  ownerRole: 'care_manager',
  patientId: null,
} as const
const give = (by: PersonName, more: Record<string, unknown> = {}) =>
  story.as(by).does(contract.tasks.create, { body: { ...work, ...more } })
const titles = async (person: PersonName, query: Record<string, unknown> = {}) =>
  (await story.as(person).does(contract.tasks.list, { query })).items.map((task) => task.title)

function insert(more: Partial<NewTask>): Promise<string> {
  return story.look((tx) =>
    insertTask(tx, {
      patientId: null,
      kind: 'month_fix',
      title: 'Mend',
      detail: null,
      urgency: 'normal',
      ownerRole: 'care_manager',
      ownerId: null,
      dueOn: null,
      by: story.as('lena').id,
      now: story.clock.now(),
      ...more,
    }),
  )
}

describe('giving work', () => {
  test('to a seat: everybody in it sees it, nobody else does, and the giver follows it', async () => {
    const patientId = await story.addPatient()
    const task = await give('sam', { title: 'Bring the walker form', patientId })
    expect(task).toMatchObject({
      patient: { id: patientId, name: 'Elena Diaz' },
      mine: false,
      ownerRole: 'care_manager',
      owner: null,
      done: null,
    })
    expect(await titles('rosa')).toContain('Bring the walker form')
    expect(await titles('tomas')).toContain('Bring the walker form')
    expect(await titles('lena', { whose: 'visible' })).not.toContain('Bring the walker form')
    expect(await titles('sam', { whose: 'asked' })).toContain('Bring the walker form')
    expect((await story.auditOf('task.created')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { ownerRole: 'care_manager' },
    })
  })
  test('to a person: only that person has it on the list', async () => {
    await give('june', { title: 'For Rosa alone', ownerId: story.as('rosa').id })
    expect(await titles('rosa')).toContain('For Rosa alone')
    expect(await titles('tomas')).not.toContain('For Rosa alone')
  })
  test('to nobody, in the past, or to a person of another seat is refused with its field', async () => {
    const refused = (more: Record<string, unknown>) =>
      story.as('june').isRefused(contract.tasks.create, { body: { ...work, ...more } })
    expect(await refused({ dueOn: '2026-11-02' })).toMatchObject({
      code: 'invalid_input',
      faults: [{ path: 'body.dueOn' }],
    })
    expect(await refused({ ownerId: story.as('lena').id })).toMatchObject({
      code: 'invalid_input',
      faults: [{ path: 'body.ownerId' }],
    })
    expect((await refused({ ownerId: story.other.as('rosa').id })).code).toBe('not_found')
    expect((await refused({ patientId: story.as('rosa').id })).code).toBe('not_found')
  })
  test('the same request twice is one task', async () => {
    const input = { body: { ...work, title: 'Only once' } }
    const first = await story.as('june').call(contract.tasks.create, input, { key: 'task-1' })
    expect((await story.as('june').call(contract.tasks.create, input, { key: 'task-1' })).body).toEqual(first.body)
    expect((await titles('rosa')).filter((title) => title === 'Only once')).toHaveLength(1)
  })
  test('people who can be given work are those of the house', async () => {
    const { items } = await story.as('sam').does(contract.tasks.people, {})
    expect(items.map((one) => one.name)).toContain('Rosa Marin')
    expect(items).toHaveLength(9)
  })
})

describe('doing work', () => {
  test("Rosa takes it: it carries her name, leaves Tomas's list, and is done once", async () => {
    const task = await give('june', { title: 'Take and do' })
    const taken = await story.as('rosa').does(contract.tasks.acknowledge, { params: { id: task.id } })
    expect(taken).toMatchObject({
      owner: { name: 'Rosa Marin' },
      acknowledged: { by: { name: 'Rosa Marin' } },
      mine: true,
    })
    expect(await titles('tomas')).not.toContain('Take and do')
    expect((await story.as('rosa').isRefused(contract.tasks.acknowledge, { params: { id: task.id } })).code).toBe(
      'conflict',
    )
    expect((await story.as('tomas').isRefused(contract.tasks.finish, { params: { id: task.id }, body: {} })).code).toBe(
      'forbidden',
    )
    const done = await story
      .as('rosa')
      .does(contract.tasks.finish, { params: { id: task.id }, body: { answer: 'Spoke with them.' } })
    expect(done.done).toMatchObject({ by: { name: 'Rosa Marin' }, answer: 'Spoke with them.' })
    expect((await story.as('rosa').isRefused(contract.tasks.finish, { params: { id: task.id }, body: {} })).code).toBe(
      'conflict',
    )
    expect(await titles('rosa')).not.toContain('Take and do')
    expect(await titles('rosa', { state: 'done', whose: 'mine' })).toContain('Take and do')
    expect((await story.auditOf('task.done')).filter((event) => event.outcome === 'done').at(-1)).toMatchObject({
      detail: { kind: 'other', answered: true },
    })
  })
  test('a question is closed by an answer alone', async () => {
    const id = await insert({ kind: 'clinical_question', title: 'Which dose?' })
    expect(
      await story.as('rosa').isRefused(contract.tasks.finish, { params: { id }, body: { answer: '  ' } }),
    ).toMatchObject({ code: 'invalid_input', faults: [{ path: 'body.answer' }] })
    await story.as('rosa').does(contract.tasks.finish, { params: { id }, body: { answer: 'Dr Okafor: 10 mg.' } })
  })
  test("what is on another seat's list can be seen by those who read the chart and done by its owner alone", async () => {
    const id = await insert({ ownerRole: 'provider', title: 'Sign' })
    expect((await story.as('rosa').isRefused(contract.tasks.acknowledge, { params: { id } })).code).toBe('forbidden')
    expect((await story.as('sam').isRefused(contract.tasks.acknowledge, { params: { id } })).code).toBe('not_found')
  })
  test('another organization does not learn that the task exists', async () => {
    const id = await insert({ title: 'Ours' })
    expect((await story.other.as('rosa').isRefused(contract.tasks.acknowledge, { params: { id } })).code).toBe(
      'not_found',
    )
    expect((await story.other.as('rosa').isRefused(contract.tasks.finish, { params: { id }, body: {} })).code).toBe(
      'not_found',
    )
    expect((await story.other.as('rosa').does(contract.tasks.list, { query: { whose: 'visible' } })).items).toEqual([])
  })
  test('the administrator has no work list', async () => {
    expect((await story.as('alex').isRefused(contract.tasks.list, { query: {} })).code).toBe('forbidden')
  })
})

describe('the list', () => {
  test('goes by urgency and due time, says what is overdue, and pages on', async () => {
    const owner = { ownerRole: 'biller' as const }
    await insert({ ...owner, title: 'c normal, no day' })
    await insert({ ...owner, title: 'b normal, due', dueOn: '2026-11-02' })
    await insert({ ...owner, title: 'a now', urgency: 'now', dueAt: new Date('2026-11-03T14:00:00Z') })
    await insert({ ...owner, title: 'a2 today', urgency: 'today' })
    const { items } = await story.as('lena').does(contract.tasks.list, { query: {} })
    expect(items.map((task) => task.title)).toEqual(['a now', 'a2 today', 'b normal, due', 'c normal, no day'])
    expect(items.map((task) => task.overdue)).toEqual([true, false, true, false])
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await story
        .as('lena')
        .does(contract.tasks.list, { query: { limit: 1, ...(cursor === undefined ? {} : { cursor }) } })
      seen.push(...page.items.map((task) => task.title))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(items.map((task) => task.title))
    expect(await story.as('lena').does(contract.tasks.count, {})).toEqual({
      open: 4,
      dueToday: 3,
      overdue: 2,
      now: 1,
    })
    expect((await story.as('lena').isRefused(contract.tasks.list, { query: { cursor: 'nonsense' } })).code).toBe(
      'bad_request',
    )
  })
})
