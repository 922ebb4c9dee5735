import { contract } from '@keepwell/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billable, closeOctober, collect, instantPayer, sendAll, violations } from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const lena = () => story.as('lena')
const why = { reason: 'It came back twice.' }

/** October: one claim denied beside transitional care, one paid. Answers the denial. */
async function decided() {
  await billable(story, '79')
  await billable(story, '10')
  await closeOctober(story)
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  const [denial] = (await lena().does(contract.denials.list, { query: {} })).items
  if (denial === undefined) throw new Error('one claim was denied')
  return denial
}

test('from a denial Lena proposes an edit, tests it on past claims, and only then switches it on; on, it holds claims at the preview', async () => {
  const denial = await decided()
  const choices = await lena().does(contract.edits.choices, { params: { id: denial.claim.id } })
  expect(choices).toMatchObject({ codes: ['99490'], payerId: '13202', placeOfService: '11', qmb: false })
  const edit = await lena().does(contract.edits.propose, {
    body: {
      sentence: 'Ask the hospital whether transitional care was billed.',
      conditions: { code: '99490', placeOfService: '11' },
      denialId: denial.id,
    },
  })
  expect(edit).toMatchObject({
    on: false,
    tested: null,
    by: { name: 'Lena Weiss' },
    denial: { id: denial.id },
    words: ['it bills 99490', 'the place of service is 11'],
  })
  const { id } = edit
  expect(await lena().isRefused(contract.edits.switchOn, { params: { id }, body: why })).toMatchObject({
    code: 'conflict',
    detail: 'Test it on past claims first.',
  })
  expect((await story.auditOf('edit.switched_on')).at(-1)).toMatchObject({ outcome: 'refused' })
  expect(await lena().does(contract.edits.test, { params: { id } })).toMatchObject({
    on: false,
    tested: {
      result: { lookedAt: 2, stopped: 2, denied: 1, paid: 1, unknown: 0, deniedCents: 11_186, stopsItsDenial: true },
    },
  })
  expect(await lena().does(contract.edits.switchOn, { params: { id }, body: why })).toMatchObject({ on: true })
  expect(await lena().isRefused(contract.edits.switchOn, { params: { id }, body: why })).toMatchObject({
    code: 'conflict',
  })

  expect((await story.auditOf('edit.proposed')).at(-1)).toMatchObject({ outcome: 'done' })
  expect((await story.auditOf('edit.tested')).at(-1)).toMatchObject({ outcome: 'done', detail: { stopped: 2 } })
  expect((await story.auditOf('edit.switched_on')).map(({ outcome }) => outcome)).toEqual([
    'refused',
    'done',
    'refused',
  ])
})

test('a held claim stays ready with the sentence and who made it, leaves by a pass with a reason, or when the edit is off', async () => {
  await billable(story, '10')
  await billable(story, '11')
  await closeOctober(story)
  const { id } = await lena().does(contract.edits.propose, {
    body: { sentence: 'Look at the second diagnosis.', conditions: { code: '99490' }, denialId: null },
  })
  // What has not left yet is no past claim.
  expect((await lena().does(contract.edits.test, { params: { id } })).tested?.result).toMatchObject({
    lookedAt: 0,
    stopped: 0,
    stopsItsDenial: null,
  })
  expect((await lena().does(contract.claims.preview, { body: {} })).held).toEqual([])
  await lena().does(contract.edits.switchOn, { params: { id }, body: why })
  const preview = await lena().does(contract.claims.preview, { body: {} })
  expect(preview).toMatchObject({
    claimsCount: 0,
    faulty: [],
    held: [
      { edits: [{ id, sentence: 'Look at the second diagnosis.', by: { name: 'Lena Weiss' } }] },
      { edits: [{ id }] },
    ],
  })
  expect((await story.auditOf('batch.previewed')).at(-1)).toMatchObject({ detail: { claims: 0, faulty: 0, held: 2 } })
  expect(await lena().isRefused(contract.claims.batch, { body: {} })).toMatchObject({
    code: 'claim_faulty',
    detail: '2 of 2 claims are held by edits of the clinic. Nothing was made.',
    faults: [{ message: 'Held by an edit of Lena Weiss: Look at the second diagnosis.' }, {}],
  })
  const [first, second] = preview.held.map(({ claim }) => claim.id)
  const pass = { params: { id: first ?? '' }, body: { editId: id, reason: 'The second diagnosis is right here.' } }
  await lena().does(contract.edits.letPass, pass)
  expect(await lena().isRefused(contract.edits.letPass, pass)).toMatchObject({ code: 'conflict' })
  expect((await story.auditOf('edit.claim_passed'))[0]).toMatchObject({ outcome: 'done' })
  const after = await lena().does(contract.claims.preview, { body: {} })
  expect([after.claims.map((claim) => claim.id), after.held.map(({ claim }) => claim.id)]).toEqual([[first], [second]])
  // All that are ready leaves the held one for later; whoever names it is refused.
  expect(
    await lena().isRefused(contract.claims.batch, { body: { claimIds: [first ?? '', second ?? ''] } }),
  ).toMatchObject({
    code: 'claim_faulty',
  })
  expect(await lena().does(contract.claims.batch, { body: {} })).toMatchObject({ claimsCount: 1 })
  expect((await story.auditOf('batch.made')).at(-1)).toMatchObject({ detail: { claims: 1, leftOut: 1 } })

  const off = await lena().does(contract.edits.switchOff, {
    params: { id },
    body: { reason: 'It stopped good claims.' },
  })
  expect(off).toMatchObject({
    on: false,
    passed: 1,
    deeds: [{ kind: 'switched_off' }, { kind: 'switched_on' }, { kind: 'tested' }],
  })
  expect(await lena().isRefused(contract.edits.switchOff, { params: { id }, body: why })).toMatchObject({
    code: 'conflict',
  })
  expect(await lena().does(contract.claims.preview, { body: {} })).toMatchObject({ claimsCount: 1, held: [] })
  expect((await story.auditOf('edit.switched_off')).at(0)).toMatchObject({ outcome: 'done' })
})

test('an edit without a condition, with a strange one, or from a stranger is refused; others see and hold only their own', async () => {
  await billable(story, '10')
  await closeOctober(story)
  for (const conditions of [
    {},
    { code: '9949' },
    { diagnosis: '11' },
    { placeOfService: 'office' },
    { amount: 3 },
    { payerId: '' },
  ]) {
    const body = { sentence: 'Look.', conditions, denialId: null }
    expect((await lena().call(contract.edits.propose, { body: body as never })).status).toBe(422)
  }
  expect(
    (
      await lena().call(contract.edits.propose, {
        body: { sentence: ' ', conditions: { code: '99490' }, denialId: null },
      })
    ).status,
  ).toBe(422)
  expect(
    await lena().isRefused(contract.edits.propose, {
      body: { sentence: 'Look.', conditions: { code: '99490' }, denialId: newId() },
    }),
  ).toMatchObject({ code: 'not_found' })
  const { id } = await lena().does(contract.edits.propose, {
    body: { sentence: 'Look.', conditions: { code: '99490', diagnosis: 'e11.2' }, denialId: null },
  })
  const stranger = story.other.as('lena')
  expect((await stranger.does(contract.edits.list, {})).items).toEqual([])
  expect(await stranger.isRefused(contract.edits.test, { params: { id } })).toMatchObject({ code: 'not_found' })
  expect(await stranger.isRefused(contract.edits.switchOn, { params: { id }, body: why })).toMatchObject({
    code: 'not_found',
  })
  expect((await lena().does(contract.edits.list, {})).items).toMatchObject([{ id, conditions: { diagnosis: 'E112' } }])
})
