import { contract } from '@keepwell/contract'
import { switches } from '@keepwell/rules'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

const listed = async () => (await story.as('june').does(contract.clinics.policies, {})).items
const choice = async (key: string) => (await listed()).find((policy) => policy.key === key)
const set = (key: string, value: unknown, fromOn = '2026-12-01') => ({
  params: { key },
  body: { value, fromOn, reason: 'Our auditor asks for it.' },
})

describe("the clinic's choices", () => {
  test('every question that the rule book leaves open stands among them with its default and why', async () => {
    const keys = (await listed()).map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['consent.mode', 'claim.date_of_service']))
    for (const row of switches.filter(({ id }) => id !== 'dateOfService')) {
      expect(await choice(row.byDefault.key), row.id).toMatchObject({
        title: row.asks,
        says: row.why,
        value: row.options[0],
        isDefault: true,
        schema: { enum: row.options },
      })
    }
  })

  test('June chooses otherwise from a day on, with a reason; until then the default holds', async () => {
    const answered = await story
      .as('june')
      .does(contract.clinics.setPolicy, set('policy.telehealth_visit', 'refuse'), { key: 'video-1' })
    expect(answered).toMatchObject({
      value: 'refuse',
      isDefault: false,
      fromOn: '2026-12-01',
      reason: 'Our auditor asks for it.',
      setBy: { name: 'June Park' },
    })
    expect(await choice('policy.telehealth_visit')).toMatchObject({ value: 'accept', isDefault: true })
    expect((await story.auditOf('clinic.policy_set')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: { key: 'policy.telehealth_visit', fromOn: '2026-12-01' },
    })
  })

  test('a word that is no answer, a day that is over and a question that does not exist are refused', async () => {
    const refused = async (key: string, value: unknown, fromOn?: string) =>
      (await story.as('june').isRefused(contract.clinics.setPolicy, set(key, value, fromOn))).code
    expect(await refused('policy.same_group', 'perhaps')).toBe('invalid_input')
    expect(await refused('policy.same_group', 'hold', '2026-01-01')).toBe('invalid_input')
    expect(await refused('policy.no_such_question', 'hold')).toBe('not_found')
    expect(await choice('policy.same_group')).toMatchObject({ isDefault: true })
  })
})
