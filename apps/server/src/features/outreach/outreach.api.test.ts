import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, type Story, type StoryPatient } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
  await story.look(async (tx) => {
    for (const [id, npi] of [
      ['okafor', '1234567893'],
      ['else', '1679576722'],
    ] as const) {
      await tx.db
        .insertInto('practitioners')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          source: 'ehr',
          source_id: id,
          name: id === 'okafor' ? 'Dr Ada Okafor' : 'Dr Else',
          npi,
        })
        .execute()
    }
  })
})
afterAll(() => story.close())

async function arrives(more: Partial<StoryPatient> = {}, at = '2026-11-03T14:10:00Z', practitioner = 'okafor') {
  const patientId = await story.addPatient(more)
  const appointmentId = newId()
  await story.look((tx) =>
    tx.db
      .insertInto('appointments')
      .values({
        tenant_id: tx.tenantId,
        id: appointmentId,
        patient_id: patientId,
        clinic_id: story.clinicId,
        source: 'ehr',
        source_id: appointmentId,
        starts_at: at,
        practitioner_source_id: practitioner,
        status: 'booked',
        description: 'CANARY diabetic foot check',
      })
      .execute(),
  )
  return { patientId, appointmentId }
}
const rowOf = async (patientId: string) =>
  (await story.as('sam').does(contract.outreach.today, { query: {} })).rows.find((row) => row.patient.id === patientId)

describe("the desk's day", () => {
  test("shows who comes today in the clinic's zone, with chip, prompt, contact and no diagnosis", async () => {
    const { patientId } = await arrives()
    const late = await arrives({ given: 'Late', family: 'Evening' }, '2026-11-04T04:30:00Z')
    const tomorrow = await arrives({ given: 'Not', family: 'Today' }, '2026-11-04T05:30:00Z')
    const answer = await story.as('sam').call(contract.outreach.today, { query: {} })
    const ids = answer.body.rows.map((row) => row.patient.id)
    expect(ids).toContain(patientId)
    expect(ids).toContain(late.patientId)
    expect(ids).not.toContain(tomorrow.patientId)
    expect(answer.body.rows.find((row) => row.patient.id === patientId)).toMatchObject({
      chip: { status: 'eligible' },
      prompt: expect.stringContaining('Two or more lasting conditions'),
      whyNotAsk: null,
      contact: { phone: '555-010-0102', verifiedOn: null },
      appointment: { with: 'Dr Ada Okafor', startsAt: '2026-11-03T14:10:00.000Z' },
      mentionedAt: null,
      introducedToday: false,
    })
    expect(answer.raw.payload).not.toMatch(/CANARY|hypertension|diabetes|I10|E11/i)
    expect((await story.auditOf('desk_day.opened')).at(-1)).toMatchObject({ outcome: 'done' })
  })

  test('counts to how many of those who may be asked somebody spoke', async () => {
    const before = (await story.as('sam').does(contract.outreach.today, { query: {} })).introduced
    const { patientId, appointmentId } = await arrives()
    await arrives({ deceased: true, diedOn: '2026-10-01' })
    await arrives({ conditions: [] })
    await story
      .as('sam')
      .does(contract.outreach.record, { params: { patientId }, body: { kind: 'mentioned', appointmentId } })
    const after = (await story.as('sam').does(contract.outreach.today, { query: {} })).introduced
    expect(after).toEqual({ count: before.count + 1, of: before.of + 1 })
  })

  test('one tap "mentioned", one tap "brochure": the log keeps which words and which paper', async () => {
    const { patientId, appointmentId } = await arrives()
    const row = await story
      .as('sam')
      .does(contract.outreach.record, { params: { patientId }, body: { kind: 'mentioned', appointmentId } })
    expect(row).toMatchObject({
      chip: { status: 'introduced' },
      introducedToday: true,
      mentionedAt: '2026-11-03T14:12:00.000Z',
    })
    await story.as('sam').does(contract.outreach.record, {
      params: { patientId },
      body: { kind: 'brochure_given', language: 'es' },
    })
    const { events } = await story.as('sam').does(contract.outreach.patient, { params: { patientId } })
    expect(events).toMatchObject([
      {
        kind: 'brochure_given',
        brochureVersion: 'brochure 2026.1',
        brochureLanguage: 'es',
        by: { name: 'Sam Porter' },
      },
      { kind: 'mentioned', scriptVersion: 'intro 2026.1', channel: 'in_person' },
    ])
    expect((await story.auditOf('introduction.recorded')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { kind: 'brochure_given' },
    })
  })

  test('"thinking" stays with its day; "agreed" asks for the form until a consent is on file', async () => {
    const { patientId } = await arrives()
    await story.as('sam').does(contract.outreach.record, {
      params: { patientId },
      body: { kind: 'response', response: 'thinking', objection: 'cost' },
    })
    expect(await rowOf(patientId)).toMatchObject({
      chip: { status: 'thinking', reason: 'Thinking about it since Tue 3 Nov 2026.' },
      prompt: expect.stringContaining('any questions'),
    })
    story.clock.advanceSeconds(30)
    const agreed = await story.as('sam').does(contract.outreach.record, {
      params: { patientId },
      body: { kind: 'response', response: 'agreed' },
    })
    expect(agreed).toMatchObject({ chip: { status: 'introduced' }, consentMissing: true })
    expect(
      (await story.as('sam').does(contract.outreach.today, { query: {} })).formsMissing.map((one) => one.patient.id),
    ).toContain(patientId)
    const form = await story.as('sam').does(contract.consents.form, { params: { patientId }, query: {} })
    await story.as('sam').does(contract.consents.record, {
      params: { patientId },
      body: {
        form: 'written',
        practitionerId: form.practitioners[0]?.id ?? '',
        language: 'en',
        told: form.statements.map((one) => one.id),
        formVersion: form.version,
        formSha256: form.sha256,
        faceToFace: true,
        signerName: 'Elena Diaz',
        signature: { kind: 'typed', name: 'Elena Diaz', agreed: true },
        copyChannel: 'printed',
      },
    })
    const day = await story.as('sam').does(contract.outreach.today, { query: {} })
    expect(day.formsMissing.map((one) => one.patient.id)).not.toContain(patientId)
    expect(day.rows.find((row) => row.patient.id === patientId)).toMatchObject({
      chip: { status: 'consented' },
      consentMissing: false,
    })
  })

  test('the same tap sent twice is one line', async () => {
    const { patientId } = await arrives()
    const input = { params: { patientId }, body: { kind: 'mentioned' } } as const
    const first = await story.as('sam').call(contract.outreach.record, input, { key: 'tap-1' })
    expect((await story.as('sam').call(contract.outreach.record, input, { key: 'tap-1' })).body).toEqual(first.body)
    expect((await story.as('sam').does(contract.outreach.patient, { params: { patientId } })).events).toHaveLength(1)
  })

  test('the appointment of another patient is not taken', async () => {
    const { patientId } = await arrives()
    const other = await arrives()
    expect(
      (
        await story.as('sam').isRefused(contract.outreach.record, {
          params: { patientId },
          body: { kind: 'mentioned', appointmentId: other.appointmentId },
        })
      ).code,
    ).toBe('not_found')
  })
})

describe('the words to say', () => {
  test("Sam gets the general card; Rosa also those for the patient's conditions", async () => {
    const { patientId } = await arrives()
    const sam = await story.as('sam').does(contract.outreach.script, { params: { patientId }, query: {} })
    expect(sam.cards.map((card) => card.id)).toEqual(['intro'])
    const rosa = await story
      .as('rosa')
      .does(contract.outreach.script, { params: { patientId }, query: { language: 'es' } })
    expect(rosa.cards.map((card) => card.id)).toEqual(['intro', 'diabetes', 'hypertension', 'chronic_kidney_disease'])
    expect(rosa.cards[0]?.title).toBe('Cuidado entre visitas')
    expect(sam.answers.length).toBeGreaterThan(3)
  })
  test.each([
    ['en', 'no'],
    ['es', 'yes'],
  ] as const)('the brochure is a PDF (%s, large: %s)', async (language, large) => {
    const paper = await story.as('sam').call(contract.outreach.brochure, { query: { language, large } })
    expect(paper.raw.headers['content-type']).toBe('application/pdf')
    expect(paper.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('a no', () => {
  test('keeps its reason, gives the follow-up to Dr Okafor and shows on her list', async () => {
    const { patientId } = await arrives()
    const followUp = { byId: story.as('okafor').id, on: '2026-11-17' }
    const row = await story
      .as('sam')
      .does(contract.outreach.decline, { params: { patientId }, body: { reason: 'cost', followUp } })
    expect(row).toMatchObject({
      chip: { status: 'declined' },
      prompt: null,
      decline: {
        reason: 'cost',
        doNotAskAgain: false,
        followUp: { by: { name: 'Dr Ada Okafor' }, on: '2026-11-17' },
      },
    })
    const mine = await story.as('okafor').does(contract.outreach.declines, { query: { whose: 'mine' } })
    expect(mine.items.find((one) => one.patient.id === patientId)).toMatchObject({
      reason: 'cost',
      later: null,
    })
    const { items } = await story.as('okafor').does(contract.tasks.list, { query: { whose: 'mine' } })
    expect(items.find((task) => task.patient?.id === patientId)).toMatchObject({
      kind: 'decline_follow_up',
      dueOn: '2026-11-17',
      ownerRole: 'provider',
    })
    expect((await story.auditOf('decline.recorded')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { reason: 'cost' },
    })
  })

  test('"do not ask again" is respected until the patient brings it up', async () => {
    const { patientId } = await arrives()
    await story.as('sam').does(contract.outreach.decline, {
      params: { patientId },
      body: { reason: 'privacy', doNotAskAgain: true },
    })
    expect(await rowOf(patientId)).toMatchObject({
      prompt: null,
      whyNotAsk: expect.stringContaining('not to be asked again'),
    })
    expect(
      (
        await story
          .as('sam')
          .isRefused(contract.outreach.record, { params: { patientId }, body: { kind: 'mentioned' } })
      ).code,
    ).toBe('do_not_ask')
    expect(
      (await story.as('sam').isRefused(contract.outreach.decline, { params: { patientId }, body: { reason: 'cost' } }))
        .code,
    ).toBe('do_not_ask')
    story.clock.advanceSeconds(60)
    const row = await story.as('sam').does(contract.outreach.record, {
      params: { patientId },
      body: { kind: 'response', response: 'interested' },
    })
    expect(row).toMatchObject({ decline: null, chip: { status: 'introduced' }, whyNotAsk: null })
  })

  test('a follow-up in the past, by Sam, or beside "do not ask again" is refused with its field', async () => {
    const { patientId } = await arrives()
    const refused = (body: Record<string, unknown>) =>
      story.as('sam').isRefused(contract.outreach.decline, { params: { patientId }, body: { reason: 'cost', ...body } })
    expect(await refused({ followUp: { byId: story.as('okafor').id, on: '2026-11-02' } })).toMatchObject({
      code: 'invalid_input',
      faults: [{ path: 'body.followUp.on' }],
    })
    expect(await refused({ followUp: { byId: story.as('sam').id, on: '2026-11-20' } })).toMatchObject({
      code: 'invalid_input',
      faults: [{ path: 'body.followUp.byId' }],
    })
    expect(
      await refused({ doNotAskAgain: true, followUp: { byId: story.as('okafor').id, on: '2026-11-20' } }),
    ).toMatchObject({ code: 'invalid_input' })
    expect((await story.as('sam').does(contract.outreach.patient, { params: { patientId } })).events).toEqual([])
  })

  test('"has it with another practice" shows as enrolled elsewhere', async () => {
    const { patientId } = await arrives()
    const row = await story
      .as('sam')
      .does(contract.outreach.decline, { params: { patientId }, body: { reason: 'enrolled_elsewhere' } })
    expect(row.chip.status).toBe('enrolled_elsewhere')
  })
})

describe('what the desk hands on', () => {
  test('a clinical question becomes a task with a due time; Sam types no words of his own and reads no clinical answer', async () => {
    const { patientId } = await arrives()
    const task = await story
      .as('sam')
      .does(contract.outreach.ask, { params: { patientId }, body: { topic: 'medicine', waiting: true } })
    expect(task).toMatchObject({
      kind: 'clinical_question',
      ownerRole: 'care_manager',
      urgency: 'now',
      mine: false,
    })
    expect(Date.parse(task.dueAt ?? '') - story.clock.now().getTime()).toBe(15 * 60_000)
    expect(
      (
        await story
          .as('sam')
          .isRefused(contract.tasks.finish, { params: { id: task.id }, body: { answer: 'Take two.' } })
      ).code,
    ).toBe('forbidden')
    expect((await story.as('rosa').isRefused(contract.tasks.finish, { params: { id: task.id }, body: {} })).code).toBe(
      'invalid_input',
    )
    await story
      .as('rosa')
      .does(contract.tasks.finish, { params: { id: task.id }, body: { answer: 'CANARY halve the dose' } })
    const asked = await story.as('sam').call(contract.tasks.list, { query: { whose: 'asked', state: 'done' } })
    expect(asked.body.items.find((one) => one.id === task.id)?.done).toMatchObject({
      by: { name: 'Rosa Marin' },
      answer: null,
    })
    expect(asked.raw.payload).not.toContain('CANARY')
    expect((await story.auditOf('clinical_question.routed')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: { topic: 'medicine' },
    })
  })

  test('a care manager is called once; the page shows until it is answered', async () => {
    const { patientId, appointmentId } = await arrives()
    const paged = await story.as('sam').does(contract.outreach.page, { params: { patientId }, body: { appointmentId } })
    expect(paged).toMatchObject({ kind: 'warm_hand_off', urgency: 'now' })
    expect((await rowOf(patientId))?.pagedAt).not.toBeNull()
    expect((await story.as('sam').isRefused(contract.outreach.page, { params: { patientId }, body: {} })).code).toBe(
      'conflict',
    )
    await story.as('rosa').does(contract.tasks.acknowledge, { params: { id: paged.id } })
    await story.as('rosa').does(contract.tasks.finish, { params: { id: paged.id }, body: {} })
    expect((await rowOf(patientId))?.pagedAt).toBeNull()
    expect((await story.auditOf('hand_off.paged')).map((event) => event.outcome)).toEqual(['done', 'refused'])
  })

  test('nobody is called to, asked about or spoken of the dead', async () => {
    const { patientId } = await arrives({ deceased: true, diedOn: '2026-10-01' })
    const params = { patientId }
    expect(
      (await story.as('sam').isRefused(contract.outreach.record, { params, body: { kind: 'mentioned' } })).code,
    ).toBe('patient_deceased')
    expect(
      (await story.as('sam').isRefused(contract.outreach.decline, { params, body: { reason: 'cost' } })).code,
    ).toBe('patient_deceased')
    expect((await story.as('sam').isRefused(contract.outreach.ask, { params, body: { topic: 'medicine' } })).code).toBe(
      'patient_deceased',
    )
    expect((await story.as('sam').isRefused(contract.outreach.page, { params, body: {} })).code).toBe(
      'patient_deceased',
    )
    expect(await rowOf(patientId)).toMatchObject({ chip: { status: 'deceased' }, prompt: null })
  })

  test("the nudge puts the patient on Dr Okafor's list for today, with conditions and risk; other doctors' patients stay off", async () => {
    const { patientId } = await arrives()
    const elsewhere = await arrives({}, '2026-11-03T15:00:00Z', 'else')
    await story.as('sam').does(contract.outreach.record, {
      params: { patientId },
      body: { kind: 'heard_before', heardBefore: 'no', nudge: true },
    })
    const list = await story.as('okafor').does(contract.outreach.discussToday, {})
    expect(list.ownSchedule).toBe(true)
    expect(list.items.find((one) => one.patient.id === patientId)).toMatchObject({
      flaggedBy: 'Sam Porter',
      heardBefore: 'no',
      conditions: expect.arrayContaining(['Diabetes', 'Hypertension']),
      appointmentAt: '2026-11-03T14:10:00.000Z',
    })
    expect(list.items.map((one) => one.patient.id)).not.toContain(elsewhere.patientId)
    expect((await story.as('sam').isRefused(contract.outreach.discussToday, {})).code).toBe('forbidden')
  })
})

describe('the log and the trends', () => {
  test('the log pages, filters and exports without formulas', async () => {
    const { patientId } = await arrives({ given: '=HYPERLINK("x")', family: 'Formula' })
    for (const kind of ['mentioned', 'brochure_given'] as const) {
      await story.as('sam').does(contract.outreach.record, { params: { patientId }, body: { kind } })
      story.clock.advanceSeconds(1)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await story.as('june').does(contract.outreach.log, {
        query: {
          limit: 3,
          from: '2026-11-03',
          to: '2026-11-03',
          ...(cursor === undefined ? {} : { cursor }),
        },
      })
      seen.push(...page.items.map((one) => one.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    const all = await story.as('june').does(contract.outreach.log, { query: { limit: 500 } })
    expect(seen).toEqual(all.items.map((one) => one.id))
    expect(
      (await story.as('june').does(contract.outreach.log, { query: { patientId, kind: 'brochure_given' } })).items,
    ).toHaveLength(1)
    expect((await story.as('june').does(contract.outreach.log, { query: { to: '2026-11-02' } })).items).toEqual([])
    const file = await story.as('june').call(contract.outreach.exportLog, { query: { patientId } })
    expect(file.raw.headers['content-type']).toContain('text/csv')
    expect(file.raw.payload).toContain('"\'=HYPERLINK(""x"") Formula"')
    expect((await story.auditOf('introduction.exported')).at(-1)).toMatchObject({ detail: { rows: 2 } })
    expect((await story.as('june').isRefused(contract.outreach.log, { query: { cursor: 'nonsense' } })).code).toBe(
      'bad_request',
    )
    expect((await story.as('june').isRefused(contract.outreach.declines, { query: { cursor: 'nonsense' } })).code).toBe(
      'bad_request',
    )
  })
  test('June reads the funnel by person and the objections; no script wins on a handful', async () => {
    const trends = await story.as('june').does(contract.outreach.trends, { query: {} })
    expect(trends.byPerson[0]).toMatchObject({ person: { name: 'Sam Porter' } })
    expect(trends.total.introduced).toBeGreaterThan(3)
    expect(trends.objections.map((one) => one.objection)).toContain('cost')
    expect(trends.winner.version).toBeNull()
    expect(
      (await story.as('june').isRefused(contract.outreach.trends, { query: { from: '2026-11-03', to: '2026-11-01' } }))
        .code,
    ).toBe('invalid_input')
    expect((await story.as('sam').isRefused(contract.outreach.trends, { query: {} })).code).toBe('forbidden')
  })
})

test('another organization sees none of it', async () => {
  const { patientId } = await arrives()
  const stranger = story.other.as('sam')
  const params = { patientId }
  expect((await stranger.does(contract.outreach.today, { query: {} })).rows).toEqual([])
  expect((await stranger.does(contract.outreach.log, { query: {} })).items).toEqual([])
  for (const refused of [
    stranger.isRefused(contract.outreach.patient, { params }),
    stranger.isRefused(contract.outreach.script, { params, query: {} }),
    stranger.isRefused(contract.outreach.record, { params, body: { kind: 'mentioned' } }),
    stranger.isRefused(contract.outreach.decline, { params, body: { reason: 'cost' } }),
    stranger.isRefused(contract.outreach.ask, { params, body: { topic: 'other' } }),
    stranger.isRefused(contract.outreach.page, { params, body: {} }),
  ])
    expect((await refused).code).toBe('not_found')
})

test('the auditor reads and records nothing', async () => {
  const { patientId } = await arrives()
  expect(
    (await story.as('theo').isRefused(contract.outreach.record, { params: { patientId }, body: { kind: 'mentioned' } }))
      .code,
  ).toBe('forbidden')
  expect((await story.as('theo').does(contract.outreach.log, { query: {} })).items.length).toBeGreaterThan(0)
})
