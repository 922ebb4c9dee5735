import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEnrolledPatient } from '../../../test/support/enrolled.ts'
import { openStory, type Story, storyNow } from '../../../test/support/story.ts'
import { canonicalJson, newId, sha256 } from '../../kernel/ids.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

let day = 0
async function fresh(more: Parameters<typeof addEnrolledPatient>[1] = {}) {
  day += 1
  story.clock.set(new Date(Date.parse(storyNow) + day * 86_400_000))
  return addEnrolledPatient(story, more)
}
async function openCall(patientId: string, more: object = {}) {
  return story.as('rosa').does(contract.calls.open, { params: { patientId }, body: { switch: true, ...more } })
}
async function say(callId: string, answers: Record<string, string>) {
  let call = await story.as('rosa').does(contract.calls.get, { params: { id: callId } })
  for (const [questionId, value] of Object.entries(answers)) {
    call = await story
      .as('rosa')
      .does(contract.calls.answer, { params: { id: callId, questionId }, body: { value, detail: null } })
  }
  return call
}
/** The phone call goes on for so long, with the page's heartbeats. */
async function talk(seconds: number) {
  const { running } = await story.as('rosa').does(contract.minutes.timer, {})
  for (let left = seconds; left > 0; left -= 15) {
    story.clock.advanceSeconds(Math.min(15, left))
    await story.as('rosa').does(contract.minutes.heartbeat, { params: { id: running?.id ?? '' } })
  }
}

describe('a standard call', () => {
  test("opens with the patient's script and a running timer, keeps each answer, and is signed with exact seconds", async () => {
    const patientId = await fresh()
    await story.look((tx) =>
      tx.db
        .insertInto('medications')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          patient_id: patientId,
          source: 'ehr',
          source_id: newId(),
          status: 'active',
          display: 'Metformin 500 mg',
        })
        .execute(),
    )
    const call = await openCall(patientId)
    expect(call.script.sections.map((section) => section.id)).toEqual([
      'hello',
      'since',
      'med',
      'symptom',
      'goal',
      'education',
      'next',
    ])
    expect(call.script.parts).toEqual(['diabetes@2026.1', 'hypertension@2026.1', 'kidney-disease@2026.1'])
    const drug = call.script.sections[2]?.questions[0]
    expect(drug).toMatchObject({ text: expect.stringContaining('Metformin 500 mg'), kind: 'choice' })
    expect((await story.as('rosa').does(contract.minutes.timer, {})).running).toMatchObject({
      callId: call.id,
      patient: { id: patientId },
      activity: 'patient_call',
    })
    await talk(600)
    const answered = await say(call.id, {
      'hello.identity': 'yes',
      'hello.who': 'patient',
      'since.now': 'no',
      'since.feeling': 'better',
      [drug?.id ?? '']: 'no',
      'goal.matters': 'dance at the wedding',
    })
    expect(answered.note).toContain('Does not take Metformin 500 mg.')
    expect(answered).toMatchObject({ noteEdited: false, redFlags: [] })
    await talk(599)
    const {
      call: signed,
      credited,
      next,
    } = await story
      .as('rosa')
      .does(contract.calls.sign, { params: { id: call.id }, body: { nextContactOn: '2026-12-08' } })
    expect(credited).toMatchObject({
      seconds: 1199,
      entries: [
        {
          activity: 'patient_call',
          countedSeconds: 1199,
          callId: call.id,
          contact: 'patient',
          whatWasDone: 'Monthly call: hello and identity, since the last call, medications, goals.',
        },
      ],
    })
    expect(signed).toMatchObject({
      outcome: 'completed',
      nextContactOn: '2026-12-08',
      signed: { by: { name: 'Rosa Marin' } },
      note: answered.note,
    })
    expect(signed.signed?.sha256).toBe(
      sha256(
        canonicalJson({
          callId: call.id,
          patientId,
          staffId: story.as('rosa').id,
          scriptId: 'monthly-call',
          scriptVersion: '2026.1',
          startedAt: call.startedAt,
          endedAt: signed.endedAt,
          outcome: 'completed',
          answers: signed.answers,
          note: signed.note,
        }),
      ),
    )
    expect(next?.patientId).not.toBe(patientId)
    expect((await story.as('rosa').does(contract.minutes.timer, {})).running).toBeNull()
    // Call and list do not agree about metformin: that is a task.
    const tasks = await story.look((tx) =>
      tx.db
        .selectFrom('tasks')
        .select(['kind', 'title', 'due_on', 'owner_id', 'subject_id'])
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .execute(),
    )
    expect(tasks).toMatchObject([
      {
        kind: 'medication_discrepancy',
        title: expect.stringContaining('Does not take Metformin'),
        due_on: '2026-11-11',
        owner_id: story.as('rosa').id,
        subject_id: call.id,
      },
    ])
    const contact = await story.look((tx) =>
      tx.db
        .selectFrom('patient_months')
        .select(['last_contact_at', 'staff_seconds'])
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .where('month', '=', '2026-11')
        .executeTakeFirst(),
    )
    expect(contact).toMatchObject({ staff_seconds: 1199, last_contact_at: story.clock.now() })
    expect((await story.auditOf('call.signed')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { outcome: 'completed', sha256: signed.signed?.sha256 },
    })
  })

  test('a signed call does not change: no answer, no note, no second signature', async () => {
    const patientId = await fresh()
    const call = await openCall(patientId, { timer: false })
    await say(call.id, { 'since.feeling': 'same' })
    const sign = { params: { id: call.id }, body: {} }
    const first = await story.as('rosa').call(contract.calls.sign, sign, { key: 'sign-1' })
    const replay = await story.as('rosa').call(contract.calls.sign, sign, { key: 'sign-1' })
    expect(replay.body).toEqual(first.body)
    expect(first.body.credited).toBeNull()
    const rosa = story.as('rosa')
    expect((await rosa.isRefused(contract.calls.sign, sign)).code).toBe('call_signed')
    expect(
      (
        await rosa.isRefused(contract.calls.answer, {
          params: { id: call.id, questionId: 'since.feeling' },
          body: { value: 'worse', detail: null },
        })
      ).code,
    ).toBe('call_signed')
    expect(
      (
        await rosa.isRefused(contract.calls.writeNote, {
          params: { id: call.id },
          body: { note: 'Other words.' },
        })
      ).code,
    ).toBe('call_signed')
    expect(
      (
        await rosa.isRefused(contract.calls.attempt, {
          params: { id: call.id },
          body: { outcome: 'voicemail' },
        })
      ).code,
    ).toBe('call_signed')
    expect(
      (
        await rosa.isRefused(contract.calls.escalate, {
          params: { id: call.id, questionId: 'since.now' },
          body: { whatWasDone: 'Nothing.' },
        })
      ).code,
    ).toBe('call_signed')
    expect((await rosa.does(contract.calls.get, { params: { id: call.id } })).answers['since.feeling']?.value).toBe(
      'same',
    )
  })

  test('opened again it is the same call, with what was answered', async () => {
    const patientId = await fresh()
    const call = await openCall(patientId)
    await say(call.id, { 'since.feeling': 'worse' })
    const again = await openCall(patientId)
    expect(again).toMatchObject({ id: call.id, answers: { 'since.feeling': { value: 'worse' } } })
    expect((await story.as('rosa').does(contract.minutes.timer, {})).running).toMatchObject({
      callId: call.id,
    })
  })

  test('an answer can be taken back; wrong ones are refused with their field', async () => {
    const patientId = await fresh()
    const call = await openCall(patientId, { timer: false })
    await say(call.id, { 'since.feeling': 'worse' })
    const back = await story.as('rosa').does(contract.calls.answer, {
      params: { id: call.id, questionId: 'since.feeling' },
      body: { value: null, detail: null },
    })
    expect(back).toMatchObject({ answers: {}, note: '' })
    const rosa = story.as('rosa')
    expect(
      await rosa.isRefused(contract.calls.answer, {
        params: { id: call.id, questionId: 'since.feeling' },
        body: { value: 'great', detail: null },
      }),
    ).toMatchObject({ code: 'invalid_input', faults: [{ path: 'body.value' }] })
    expect(
      (
        await rosa.isRefused(contract.calls.answer, {
          params: { id: call.id, questionId: 'what.ever' },
          body: { value: 'yes', detail: null },
        })
      ).code,
    ).toBe('not_found')
    expect((await rosa.isRefused(contract.calls.sign, { params: { id: call.id }, body: {} })).code).toBe(
      'invalid_input',
    )
    expect(
      (
        await rosa.isRefused(contract.calls.sign, {
          params: { id: call.id },
          body: { note: 'A note.', nextContactOn: '2026-01-01' },
        })
      ).code,
    ).toBe('invalid_input')
  })

  test("the note can be edited and built anew; a copy of last month's is measured", async () => {
    const patientId = await fresh()
    const october = await openCall(patientId, { timer: false })
    const said = {
      'hello.identity': 'yes',
      'hello.who': 'patient',
      'since.now': 'no',
      'since.feeling': 'same',
      'since.hospital': 'no',
      'since.falls': 'no',
      'next.emergency': 'yes',
    }
    await say(october.id, said)
    await story.as('rosa').does(contract.calls.sign, { params: { id: october.id }, body: {} })
    story.clock.advanceSeconds(28 * 86_400)
    const november = await openCall(patientId, { timer: false })
    expect((await say(november.id, said)).similarity).toBe(1)
    const edited = await story.as('rosa').does(contract.calls.writeNote, {
      params: { id: november.id },
      body: { note: 'She danced at the wedding and is proud of her morning walks with her daughter Ana.' },
    })
    expect(edited).toMatchObject({ noteEdited: true, note: expect.stringContaining('danced') })
    expect(edited.similarity).toBeLessThan(0.1)
    expect(
      (await story.as('rosa').does(contract.calls.writeNote, { params: { id: november.id }, body: { note: null } }))
        .noteEdited,
    ).toBe(false)
    const space = await story.as('rosa').does(contract.calls.workspace, { params: { patientId } })
    expect(space).toMatchObject({
      blocked: null,
      call: { id: november.id },
      last: { id: october.id, answers: { 'since.feeling': { value: 'same' } } },
      careManager: { name: 'Rosa Marin' },
      stepsSeconds: [1200, 2400, 3600],
    })
    expect(space.voicemail.en).toContain('Riverside Family Medicine')
    expect(space.voicemail.en).not.toMatch(/diabetes|Medicare|care management/i)
  })
})

describe('a red flag', () => {
  test('stops the signature until somebody acted; the provider has it as a task', async () => {
    const patientId = await fresh()
    const call = await openCall(patientId, { timer: false })
    const flagged = await say(call.id, { 'since.now': 'yes' })
    expect(flagged.redFlags).toMatchObject([
      {
        questionId: 'since.now',
        urgency: 'emergency',
        say: expect.stringContaining('911'),
        acknowledged: null,
      },
    ])
    const rosa = story.as('rosa')
    expect((await rosa.isRefused(contract.calls.sign, { params: { id: call.id }, body: {} })).code).toBe(
      'red_flag_open',
    )
    expect(
      (
        await rosa.isRefused(contract.calls.attempt, {
          params: { id: call.id },
          body: { outcome: 'declined_today' },
        })
      ).code,
    ).toBe('red_flag_open')
    expect(
      (
        await rosa.isRefused(contract.calls.escalate, {
          params: { id: call.id, questionId: 'since.feeling' },
          body: { whatWasDone: 'Nothing.' },
        })
      ).code,
    ).toBe('not_found')
    const acted = await rosa.does(contract.calls.escalate, {
      params: { id: call.id, questionId: 'since.now' },
      body: { whatWasDone: 'Called 911, stayed on the line until they came.' },
    })
    const [flag] = acted.redFlags
    expect(flag?.acknowledged).toMatchObject({
      by: { name: 'Rosa Marin' },
      whatWasDone: 'Called 911, stayed on the line until they came.',
    })
    expect(
      (
        await rosa.isRefused(contract.calls.escalate, {
          params: { id: call.id, questionId: 'since.now' },
          body: { whatWasDone: 'Again.' },
        })
      ).code,
    ).toBe('conflict')
    const task = await story.look((tx) =>
      tx.db
        .selectFrom('tasks')
        .select(['kind', 'owner_role', 'urgency', 'subject_id', 'title'])
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', flag?.acknowledged?.taskId ?? '')
        .executeTakeFirst(),
    )
    expect(task).toEqual({
      kind: 'escalation',
      owner_role: 'provider',
      urgency: 'now',
      subject_id: call.id,
      title: 'Emergency symptoms now.',
    })
    expect(
      (await story.auditOf('call.red_flag_acknowledged')).filter((event) => event.outcome === 'done'),
    ).toMatchObject([{ patient_id: patientId }])
    await rosa.does(contract.calls.sign, { params: { id: call.id }, body: {} })
  })

  test('pressed by mistake and taken back before anybody acted is none', async () => {
    const patientId = await fresh()
    const call = await openCall(patientId, { timer: false })
    await say(call.id, { 'since.now': 'yes' })
    expect((await say(call.id, { 'since.now': 'no' })).redFlags).toEqual([])
    await story.as('rosa').does(contract.calls.sign, { params: { id: call.id }, body: {} })
  })
})

describe('not reached', () => {
  test('a voicemail is one request: noted, signed, its seconds left out with the reason, and the next patient is named', async () => {
    const patientId = await fresh()
    const call = await openCall(patientId)
    await talk(65)
    const { call: left, credited } = await story
      .as('rosa')
      .does(contract.calls.attempt, { params: { id: call.id }, body: { outcome: 'voicemail' } })
    expect(left).toMatchObject({
      outcome: 'voicemail',
      note: 'Not reached; left the approved voicemail message.',
      signed: { by: { name: 'Rosa Marin' } },
    })
    expect(credited).toMatchObject({
      seconds: 65,
      entries: [
        {
          activity: 'voicemail_only',
          countedSeconds: 0,
          leftOut: [{ reason: 'activity_not_countable', seconds: 65 }],
        },
      ],
    })
    const space = await story.as('rosa').does(contract.calls.workspace, { params: { patientId } })
    expect(space).toMatchObject({
      call: null,
      attempts: [{ outcome: 'voicemail' }],
      steps: { reach: false, sign: false },
      month: { countedSeconds: 0, leftOutSeconds: 65 },
    })
    const contact = await story.look((tx) =>
      tx.db
        .selectFrom('patient_months')
        .select('last_contact_at')
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .executeTakeFirst(),
    )
    expect(contact?.last_contact_at).toBeNull()
  })

  test('a call-back needs a time ahead, and then leads the list', async () => {
    const patientId = await fresh({ given: 'Tom', family: 'Lee' })
    const call = await openCall(patientId)
    await talk(30)
    const rosa = story.as('rosa')
    expect(
      (
        await rosa.isRefused(contract.calls.attempt, {
          params: { id: call.id },
          body: { outcome: 'call_back' },
        })
      ).code,
    ).toBe('invalid_input')
    const at = new Date(story.clock.now().getTime() + 3_600_000).toISOString()
    const { call: promised, credited } = await rosa.does(contract.calls.attempt, {
      params: { id: call.id },
      body: { outcome: 'call_back', callBackAt: at },
    })
    expect(promised).toMatchObject({ callBackAt: at, outcome: 'call_back' })
    expect(credited).toMatchObject({ entries: [{ activity: 'scheduling', countedSeconds: 0 }] })
    const list = await rosa.does(contract.calls.worklist, { query: { view: 'call_backs' } })
    expect(list.items.map((row) => row.patient.id)).toContain(patientId)
    expect(list.items.find((row) => row.patient.id === patientId)?.whyNow).toMatch(/^Call-back promised for \d\d:\d\d$/)
  })
})

describe('who may, and when', () => {
  test('a call waits for consent and enrollment, and says which is missing', async () => {
    day += 1
    const patientId = await story.addPatient()
    const refusal = await story.as('rosa').isRefused(contract.calls.open, { params: { patientId }, body: {} })
    expect(refusal).toMatchObject({
      code: 'not_enrolled',
      detail: expect.stringContaining('no consent in force'),
    })
    expect((await story.as('rosa').does(contract.calls.workspace, { params: { patientId } })).blocked).toMatchObject({
      step: 'consent',
    })
  })
  test('beside a running timer of another patient it asks whether to switch; without a credential it does not start', async () => {
    const other = await fresh()
    await story.as('rosa').does(contract.minutes.start, { params: { patientId: other }, body: {} })
    const patientId = await addEnrolledPatient(story)
    expect((await story.as('rosa').isRefused(contract.calls.open, { params: { patientId }, body: {} })).code).toBe(
      'timer_running',
    )
    expect((await story.as('rosa').does(contract.calls.workspace, { params: { patientId } })).call).toBeNull()
    await setCredentialEnd('2026-10-31')
    expect(
      (await story.as('rosa').isRefused(contract.calls.open, { params: { patientId }, body: { switch: true } })).code,
    ).toBe('staff_expired')
    await setCredentialEnd(null)
  })
  test('nobody rings the dead', async () => {
    const patientId = await story.addPatient({ deceased: true, diedOn: '2026-10-01' })
    expect((await story.as('rosa').isRefused(contract.calls.open, { params: { patientId }, body: {} })).code).toBe(
      'patient_deceased',
    )
  })
  test("Tomas does not write in Rosa's call, Sam sees none, and another organization learns nothing", async () => {
    const patientId = await fresh()
    const call = await openCall(patientId, { timer: false })
    const tomas = story.as('tomas')
    expect(
      (
        await tomas.isRefused(contract.calls.answer, {
          params: { id: call.id, questionId: 'since.now' },
          body: { value: 'no', detail: null },
        })
      ).code,
    ).toBe('forbidden')
    expect(
      (await tomas.isRefused(contract.calls.sign, { params: { id: call.id }, body: { note: 'Mine.' } })).code,
    ).toBe('forbidden')
    expect(
      (
        await tomas.isRefused(contract.calls.attempt, {
          params: { id: call.id },
          body: { outcome: 'voicemail' },
        })
      ).code,
    ).toBe('forbidden')
    expect(
      (await tomas.isRefused(contract.calls.writeNote, { params: { id: call.id }, body: { note: 'Mine.' } })).code,
    ).toBe('forbidden')
    expect(
      (
        await tomas.isRefused(contract.calls.escalate, {
          params: { id: call.id, questionId: 'since.now' },
          body: { whatWasDone: 'Mine.' },
        })
      ).code,
    ).toBe('forbidden')
    expect((await story.as('sam').isRefused(contract.calls.get, { params: { id: call.id } })).code).toBe('forbidden')
    const stranger = story.other.as('rosa')
    for (const endpoint of [
      contract.calls.get,
      contract.calls.sign,
      contract.calls.attempt,
      contract.calls.writeNote,
    ] as const) {
      expect(
        (
          await stranger.isRefused(endpoint, {
            params: { id: call.id },
            body: { outcome: 'voicemail', note: null },
          } as never)
        ).code,
      ).toMatch(/not_found|invalid_input/)
    }
    expect((await stranger.isRefused(contract.calls.workspace, { params: { patientId } })).code).toBe('not_found')
    expect((await stranger.isRefused(contract.calls.list, { params: { patientId }, query: {} })).code).toBe('not_found')
    expect((await stranger.isRefused(contract.calls.preview, { params: { patientId } })).code).toBe('not_found')
    expect((await stranger.isRefused(contract.calls.open, { params: { patientId }, body: {} })).code).toBe('not_found')
    expect(
      (await story.as('rosa').does(contract.calls.list, { params: { patientId }, query: {} })).items,
    ).toMatchObject([{ id: call.id, signedAt: null }])
    expect((await story.as('theo').does(contract.calls.scripts, {})).items.length).toBe(7)
  })
})

function setCredentialEnd(lastDay: string | null) {
  return story.look((tx) =>
    tx.db
      .updateTable('staff_credentials')
      .set({ valid_to: lastDay })
      .where('tenant_id', '=', tx.tenantId)
      .where('staff_id', '=', story.as('rosa').id)
      .execute(),
  )
}
