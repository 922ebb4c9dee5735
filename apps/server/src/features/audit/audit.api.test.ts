import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'

let story: Story
let patientId: string
beforeAll(async () => {
  story = await openStory()
  patientId = await story.addPatient()
  for (const person of ['sam', 'rosa', 'okafor'] as const)
    await story.as(person).does(contract.consents.list, { params: { patientId } })
  await story.as('nia').call(contract.consents.list, { params: { patientId } })
})
afterAll(() => story.close())

test('June sees who looked at Mrs Diaz, the refused try included, the newest first', async () => {
  const { items } = await story.as('june').does(contract.audit.list, { query: { patientId } })
  expect(items.map(({ actorName, outcome }) => `${actorName} ${outcome}`)).toEqual([
    'Dr Ada Okafor done',
    'Rosa Marin done',
    'Sam Porter done',
  ])
  const refused = await story.as('june').does(contract.audit.list, { query: { deed: 'consent.listed' } })
  expect(refused.items.map(({ outcome }) => outcome)).toContain('refused')
})

test('the trail is read in pages without a gap or a double', async () => {
  const whole = await story.as('june').does(contract.audit.list, { query: { deed: 'consent.listed' } })
  const seen: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await story
      .as('june')
      .does(contract.audit.list, { query: { deed: 'consent.listed', limit: 2, ...(cursor ? { cursor } : {}) } })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(whole.items.map(({ id }) => id))
})

test('Rosa does not read the trail, and another organization sees none of it', async () => {
  expect((await story.as('rosa').isRefused(contract.audit.list, { query: {} })).code).toBe('forbidden')
  expect((await story.other.as('june').does(contract.audit.list, { query: { patientId } })).items).toEqual([])
})
