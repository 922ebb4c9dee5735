import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'

let story: Story
let patientId: string
beforeAll(async () => {
  story = await openStory()
  patientId = await story.addPatient({ phone: '555-010-0102' })
})
afterAll(() => story.close())

const why = { reasonCode: 'urgent_call', reason: 'Her daughter Ana calls: short of breath since the evening.' } as const

test('Nia finds Mrs Diaz by the number on the phone and by her name, and sees no more than she needs to know who it is', async () => {
  for (const text of ['555-010-0102', 'diaz', 'Elena Diaz', '1952-03-14']) {
    const { items } = await story.as('nia').does(contract.onCall.search, { query: { text } })
    expect(items, text).toEqual([
      { id: patientId, name: 'Elena Diaz', bornOn: '1952-03-14', phoneLast4: '0102', enrolled: false },
    ])
  }
  expect((await story.as('nia').does(contract.onCall.search, { query: { text: 'nobody' } })).items).toEqual([])
})

test('a record opens with a reason, for one hour', async () => {
  expect((await story.as('nia').isRefused(contract.onCall.record, { params: { patientId } })).code).toBe(
    'break_glass_needed',
  )
  const opening = await story.as('nia').does(contract.onCall.open, { params: { patientId }, body: why })
  expect(opening).toMatchObject({ reasonCode: 'urgent_call', review: null, expiresAt: '2026-11-03T15:12:00.000Z' })
  const record = await story.as('nia').does(contract.onCall.record, { params: { patientId } })
  expect(record.conditions.map((condition) => condition.display)).toContain('Hypertension')
  expect(record.patient).toMatchObject({ name: 'Elena Diaz', age: 74 })
  story.clock.set('2026-11-03T15:11:59Z')
  expect((await story.as('nia').call(contract.onCall.record, { params: { patientId } })).status).toBe(200)
  story.clock.set('2026-11-03T15:12:00Z')
  expect((await story.as('nia').isRefused(contract.onCall.record, { params: { patientId } })).code).toBe(
    'break_glass_needed',
  )
  story.clock.set('2026-11-03T14:12:00Z')
  const [event] = await story.auditOf('break_glass.opened')
  expect(event).toMatchObject({ outcome: 'done', patient_id: patientId, detail: { reasonCode: 'urgent_call' } })
})

test('the night call is written down and handed over for the morning', async () => {
  await story.as('nia').does(contract.onCall.open, { params: { patientId }, body: why })
  const kept = await story.as('nia').does(contract.onCall.note, {
    params: { patientId },
    body: {
      callerName: 'Ana Diaz',
      callerPhone: '555-010-0177',
      whatHappened: 'Short of breath lying down.',
      advice: 'Sent to the emergency department.',
      handOver: true,
    },
  })
  expect(kept.taskId).not.toBeNull()
  const record = await story.as('nia').does(contract.onCall.record, { params: { patientId } })
  expect(record.lastNotes[0]).toMatchObject({ kind: 'on_call', by: 'Nia Cole' })
})

test('June reviews an opening once; nobody reviews their own', async () => {
  const opening = await story.as('nia').does(contract.onCall.open, { params: { patientId }, body: why })
  const reviewed = await story
    .as('june')
    .does(contract.onCall.review, { params: { id: opening.id }, body: { outcome: 'justified', note: null } })
  expect(reviewed.review).toMatchObject({ outcome: 'justified', by: { name: 'June Park' } })
  expect(
    (
      await story
        .as('june')
        .isRefused(contract.onCall.review, { params: { id: opening.id }, body: { outcome: 'justified', note: null } })
    ).code,
  ).toBe('conflict')
  const { items } = await story.as('june').does(contract.onCall.openings, { query: { open: 'true' } })
  expect(items.every((item) => item.review === null)).toBe(true)
})

test('another organization finds and opens nobody', async () => {
  const stranger = story.other.as('nia')
  expect((await stranger.does(contract.onCall.search, { query: { text: 'diaz' } })).items).toEqual([])
  expect((await stranger.isRefused(contract.onCall.open, { params: { patientId }, body: why })).code).toBe('not_found')
})
