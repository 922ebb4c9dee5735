import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEnrolledPatient } from '../../../test/support/enrolled.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'
import { readEnrollment } from './index.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

async function consent(patientId: string) {
  const form = await story.as('sam').does(contract.consents.form, { params: { patientId }, query: {} })
  return story.as('sam').does(contract.consents.record, {
    params: { patientId },
    body: {
      form: 'written',
      practitionerId: form.practitioners[0]?.id ?? '',
      language: 'en',
      told: form.statements.map(({ id }) => id),
      formVersion: form.version,
      formSha256: form.sha256,
      faceToFace: true,
      signerName: 'Elena Diaz',
      signature: { kind: 'typed', name: 'Elena Diaz', agreed: true },
      copyChannel: 'printed',
    },
  })
}

async function seen(
  patientId: string,
  startedAt: string,
  more: { kind?: string; code?: string | null } = {},
): Promise<string> {
  const id = newId()
  await story.look((tx) =>
    tx.db
      .insertInto('encounters')
      .values({
        tenant_id: tx.tenantId,
        id,
        patient_id: patientId,
        source: 'ehr',
        source_id: id,
        status: 'finished',
        kind: more.kind ?? 'office',
        class: 'AMB',
        code: more.code ?? null,
        display: 'Visit',
        started_at: startedAt,
      })
      .execute(),
  )
  return id
}

const two = { conditions: [{ code: 'I10' }, { code: 'E11.22' }], lasts12Months: true, significantRisk: true }
const attest = (patientId: string) =>
  story.as('okafor').does(contract.enrollments.attest, { params: { patientId }, body: two })
const enrollBody = () => ({ careManagerId: story.as('rosa').id })

async function enrolled(): Promise<string> {
  const patientId = await story.addPatient()
  await seen(patientId, '2026-05-04T15:00:00Z', { code: '99214' })
  await consent(patientId)
  await attest(patientId)
  await story.as('okafor').does(contract.enrollments.enroll, { params: { patientId }, body: enrollBody() })
  return patientId
}

describe('attestation', () => {
  test('Dr Okafor sees the evidence, attests two conditions, and the facts of that day are kept with their hash', async () => {
    const patientId = await story.addPatient()
    const evidence = await story.as('okafor').does(contract.enrollments.evidence, { params: { patientId } })
    expect(evidence.candidates.map((hit) => hit.group)).toEqual(
      expect.arrayContaining(['hypertension', 'diabetes', 'chronic_kidney_disease']),
    )
    expect(evidence.candidates.every((hit) => hit.evidence.length > 0)).toBe(true)
    const attestation = await story.as('okafor').does(contract.enrollments.attest, {
      params: { patientId },
      body: { ...two, factsSha256: evidence.factsSha256 },
    })
    expect(attestation).toMatchObject({
      attestedOn: '2026-11-03',
      practitioner: { name: 'Dr Ada Okafor' },
      factsSha256: evidence.factsSha256,
      conditions: [{ code: 'I10' }, { code: 'E11.22' }],
    })
    expect(attestation.statement).toContain('12 months')
    expect((await story.auditOf('enrollment.attested')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('okafor').id,
      patient_id: patientId,
    })
  })

  test('what changed in the chart meanwhile is not attested', async () => {
    const patientId = await story.addPatient()
    const { factsSha256 } = await story.as('okafor').does(contract.enrollments.evidence, { params: { patientId } })
    await story.look((tx) =>
      tx.db
        .updateTable('conditions')
        .set({ clinical_status: 'resolved' })
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .where('code', '=', 'I10')
        .execute(),
    )
    expect(
      (
        await story
          .as('okafor')
          .isRefused(contract.enrollments.attest, { params: { patientId }, body: { ...two, factsSha256 } })
      ).code,
    ).toBe('conflict')
  })

  test('refusals: one condition, a box not ticked, the dead, a provider without a credential of that day', async () => {
    const patientId = await story.addPatient()
    const code = async (body: unknown, id = patientId) =>
      (
        await story
          .as('okafor')
          .isRefused(contract.enrollments.attest, { params: { patientId: id }, body: body as typeof two })
      ).code
    expect(await code({ ...two, conditions: [{ code: 'I10' }] })).toBe('conditions_insufficient')
    expect(await code({ ...two, significantRisk: false })).toBe('attestation_required')
    expect(await code({ ...two, conditions: [{ code: 'hypertension' }] })).toBe('invalid_input')
    expect(await code(two, await story.addPatient({ deceased: true, diedOn: '2026-10-01' }))).toBe('patient_deceased')
    await story.look((tx) =>
      tx.db
        .updateTable('staff_credentials')
        .set({ valid_to: '2026-11-02' })
        .where('tenant_id', '=', tx.tenantId)
        .where('credential', '=', 'MD')
        .execute(),
    )
    expect(await code(two)).toBe('not_a_practitioner')
    await story.look((tx) =>
      tx.db
        .updateTable('staff_credentials')
        .set({ valid_to: null })
        .where('tenant_id', '=', tx.tenantId)
        .where('credential', '=', 'MD')
        .execute(),
    )
  })

  test('Rosa may look and not attest; a stranger learns nothing', async () => {
    const patientId = await story.addPatient()
    expect(
      (await story.as('rosa').isRefused(contract.enrollments.attest, { params: { patientId }, body: two })).code,
    ).toBe('forbidden')
    expect((await story.as('sam').isRefused(contract.enrollments.evidence, { params: { patientId } })).code).toBe(
      'forbidden',
    )
    expect(
      (await story.other.as('okafor').isRefused(contract.enrollments.attest, { params: { patientId }, body: two }))
        .code,
    ).toBe('not_found')
    expect(
      (await story.other.as('okafor').isRefused(contract.enrollments.evidence, { params: { patientId } })).code,
    ).toBe('not_found')
  })
})

describe('the starting visit', () => {
  test('an office visit of May is found, no visit is needed, and the hospital stay is shown with why it does not count', async () => {
    const patientId = await story.addPatient()
    const office = await seen(patientId, '2026-05-04T15:00:00Z', { code: '99214' })
    await seen(patientId, '2026-07-01T15:00:00Z', { kind: 'inpatient' })
    const visits = await story.as('rosa').does(contract.enrollments.visits, { params: { patientId } })
    expect(visits).toMatchObject({ needed: false, lastSeenOn: '2026-05-04', startingVisitId: null })
    expect(visits.found[0]).toMatchObject({ encounterId: office, code: '99214', fits: 'yes' })
    expect(visits.found[1]).toMatchObject({ fits: 'no', why: expect.stringContaining('Hospital stay') })
  })

  test('a visit by video starts care unless the clinic asks for one in person; unusual planning in it is kept', async () => {
    const patientId = await story.addPatient()
    const record = (body: { code: string; byVideo?: boolean; extensivePlanning?: boolean }) =>
      story.as('rosa').does(contract.enrollments.recordVisit, {
        params: { patientId },
        body: { on: '2026-10-01', ccmDiscussed: true, ...body },
      })
    const { recorded, startingVisitId } = await record({ code: '99214', byVideo: true, extensivePlanning: true })
    expect(recorded[0]).toMatchObject({ byVideo: true, extensivePlanning: true })
    expect(startingVisitId).toBe(recorded[0]?.id)
    await story.setPolicy('policy.telehealth_visit', 'refuse')
    const visits = await story.as('rosa').does(contract.enrollments.visits, { params: { patientId } })
    expect(visits.startingVisitId).toBeNull()
    const inPerson = await record({ code: '99215' })
    expect(inPerson.recorded.find(({ id }) => id === inPerson.startingVisitId)).toMatchObject({
      code: '99215',
      byVideo: false,
    })
    await story.setPolicy('policy.telehealth_visit', 'accept')
  })

  test('a visit without a billing code is recorded once its code is stated; 99211 is refused with the reason', async () => {
    const patientId = await story.addPatient()
    const encounterId = await seen(patientId, '2026-06-04T15:00:00Z', { code: '185349003' })
    const body = { encounterId, ccmDiscussed: true }
    expect(
      await story.as('rosa').isRefused(contract.enrollments.recordVisit, {
        params: { patientId },
        body: { ...body, code: '99211' },
      }),
    ).toMatchObject({ code: 'visit_does_not_qualify', detail: expect.stringContaining('99211') })
    const visits = await story
      .as('rosa')
      .does(contract.enrollments.recordVisit, { params: { patientId }, body: { ...body, code: '99213' } })
    expect(visits.recorded[0]).toMatchObject({
      on: '2026-06-04',
      code: '99213',
      encounterId,
      practitioner: { name: 'Dr Ada Okafor' },
    })
    expect(visits.startingVisitId).toBe(visits.recorded[0]?.id)
    expect(
      (
        await story.as('rosa').isRefused(contract.enrollments.recordVisit, {
          params: { patientId },
          body: { ...body, code: '99213' },
        })
      ).code,
    ).toBe('conflict')
    expect(
      (
        await story.as('rosa').isRefused(contract.enrollments.recordVisit, {
          params: { patientId },
          body: { ...body, code: '99213', practitionerId: story.as('rosa').id },
        })
      ).code,
    ).toBe('not_a_practitioner')
    expect(
      (
        await story.as('rosa').isRefused(contract.enrollments.recordVisit, {
          params: { patientId },
          body: { ...body, code: '99213', encounterId: newId() },
        })
      ).code,
    ).toBe('not_found')
    expect((await story.auditOf('initiating_visit.recorded')).some((event) => event.outcome === 'done')).toBe(true)
  })

  test('a visit in which CCM was not discussed starts nothing', async () => {
    const patientId = await story.addPatient()
    const visits = await story.as('okafor').does(contract.enrollments.recordVisit, {
      params: { patientId },
      body: { on: '2026-10-01', code: 'G0439', ccmDiscussed: false },
    })
    expect(visits.startingVisitId).toBeNull()
  })

  test('where none is found the front desk is asked once to book one', async () => {
    const patientId = await story.addPatient()
    const asked = await story.as('okafor').does(contract.enrollments.askForVisit, {
      params: { patientId },
      body: { note: 'Annual wellness visit is due.' },
    })
    expect(asked).toMatchObject({ needed: true, askedFor: { by: { name: 'Dr Ada Okafor' } } })
    expect(
      (await story.as('rosa').isRefused(contract.enrollments.askForVisit, { params: { patientId }, body: {} })).code,
    ).toBe('conflict')
    const dead = await story.addPatient({ deceased: true })
    expect(
      (await story.as('rosa').isRefused(contract.enrollments.askForVisit, { params: { patientId: dead }, body: {} }))
        .code,
    ).toBe('patient_deceased')
    expect(
      (await story.as('sam').isRefused(contract.enrollments.askForVisit, { params: { patientId }, body: {} })).code,
    ).toBe('forbidden')
    expect(
      (await story.other.as('rosa').isRefused(contract.enrollments.askForVisit, { params: { patientId }, body: {} }))
        .code,
    ).toBe('not_found')
    expect((await story.other.as('rosa').isRefused(contract.enrollments.visits, { params: { patientId } })).code).toBe(
      'not_found',
    )
    const { rows } = await story.look(async (tx) => ({
      rows: await tx.db
        .selectFrom('tasks')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .execute(),
    }))
    expect(rows).toMatchObject([{ kind: 'book_initiating_visit', owner_role: 'front_desk', done_at: null }])
  })
})

describe('enrolling', () => {
  test('each missing piece is a refusal with its own code, until Mrs Diaz is enrolled with Rosa as her care manager', async () => {
    const patientId = await story.addPatient()
    const params = { patientId }
    const refusal = async () =>
      (await story.as('okafor').isRefused(contract.enrollments.enroll, { params, body: enrollBody() })).code
    expect(await refusal()).toBe('consent_missing')
    await consent(patientId)
    expect(await refusal()).toBe('attestation_missing')
    await attest(patientId)
    expect(await refusal()).toBe('initiating_visit_missing')
    const before = await story.as('okafor').does(contract.enrollments.status, { params })
    expect(before.missing).toMatchObject([{ code: 'initiating_visit_missing', who: ['care_manager', 'provider'] }])
    const awaiting = await story.as('okafor').does(contract.enrollments.awaiting, { query: {} })
    expect(awaiting.items.find((item) => item.patientId === patientId)).toMatchObject({
      attestedOn: '2026-11-03',
      missing: [{ code: 'initiating_visit_missing' }],
    })
    await story.as('okafor').does(contract.enrollments.recordVisit, {
      params,
      body: { on: '2026-10-20', code: '99204', ccmDiscussed: true },
    })
    expect(
      (
        await story
          .as('okafor')
          .isRefused(contract.enrollments.enroll, { params, body: { careManagerId: story.as('sam').id } })
      ).code,
    ).toBe('not_found')

    const first = await story
      .as('okafor')
      .call(contract.enrollments.enroll, { params, body: enrollBody() }, { key: 'enroll-diaz' })
    const again = await story
      .as('okafor')
      .call(contract.enrollments.enroll, { params, body: enrollBody() }, { key: 'enroll-diaz' })
    expect(again.body).toEqual(first.body)
    expect(first.body).toMatchObject({
      enrolled: true,
      careManager: { name: 'Rosa Marin' },
      enrollment: {
        enrolledOn: '2026-11-03',
        practitioner: { name: 'Dr Ada Okafor' },
        newOrNotSeenWithinYear: true,
        end: null,
      },
      missing: [{ code: 'already_enrolled' }],
      assignments: [{ careManager: { name: 'Rosa Marin' }, fromOn: '2026-11-03' }],
    })
    expect(first.body.steps.map((step) => [step.id, step.state])).toEqual([
      ['eligible', 'done'],
      ['introduced', 'done'],
      ['consented', 'done'],
      ['attested', 'done'],
      ['initiating_visit', 'done'],
      ['enrolled', 'done'],
      ['plan_signed', 'open'],
      ['copy_given', 'open'],
    ])
    expect(await refusal()).toBe('already_enrolled')
    expect(
      (await story.auditOf('enrollment.enrolled')).filter(
        (event) => event.patient_id === patientId && event.outcome === 'done',
      ),
    ).toHaveLength(1)
    const kept = await story.look((tx) => readEnrollment(tx, patientId))
    expect(kept).toMatchObject({ careManagerId: story.as('rosa').id, endedOn: null })
    expect(kept?.initiatingVisitId).not.toBeNull()
  })

  test('the dead are not enrolled, Rosa enrolls nobody, and a stranger finds nobody', async () => {
    const dead = await story.addPatient({ deceased: true })
    expect(
      (
        await story
          .as('okafor')
          .isRefused(contract.enrollments.enroll, { params: { patientId: dead }, body: enrollBody() })
      ).code,
    ).toBe('patient_deceased')
    expect(
      (
        await story
          .as('rosa')
          .isRefused(contract.enrollments.enroll, { params: { patientId: dead }, body: enrollBody() })
      ).code,
    ).toBe('forbidden')
    expect(
      (
        await story.other
          .as('okafor')
          .isRefused(contract.enrollments.enroll, { params: { patientId: dead }, body: enrollBody() })
      ).code,
    ).toBe('not_found')
    expect(
      (await story.other.as('okafor').isRefused(contract.enrollments.status, { params: { patientId: dead } })).code,
    ).toBe('not_found')
  })

  test('a consent that was withdrawn no longer carries an enrollment after its month', async () => {
    const patientId = await story.addPatient()
    await seen(patientId, '2026-05-04T15:00:00Z')
    const given = await consent(patientId)
    await attest(patientId)
    await story.as('rosa').does(contract.consents.revoke, {
      params: { id: given.id },
      body: { requestedOn: '2026-11-03', reason: 'Has enough calls.' },
    })
    story.clock.set('2026-12-01T14:00:00Z')
    expect(
      (await story.as('okafor').isRefused(contract.enrollments.enroll, { params: { patientId }, body: enrollBody() }))
        .code,
    ).toBe('consent_missing')
    const { steps } = await story.as('okafor').does(contract.enrollments.status, { params: { patientId } })
    expect(steps.find((step) => step.id === 'consented')).toMatchObject({
      state: 'stopped',
      on: '2026-11-30',
    })
    story.clock.set('2026-11-03T14:12:00Z')
  })
})

describe('afterwards', () => {
  test('June moves Mrs Diaz to Tomas, and the history keeps both', async () => {
    const patientId = await enrolled()
    const body = { careManagerId: story.as('tomas').id, reason: 'Rosa is on leave.' }
    const moved = await story.as('june').does(contract.enrollments.assign, { params: { patientId }, body })
    expect(moved.careManager?.name).toBe('Tomas Reyes')
    expect(moved.assignments.map((row) => row.careManager.name)).toEqual(['Tomas Reyes', 'Rosa Marin'])
    expect((await story.as('june').isRefused(contract.enrollments.assign, { params: { patientId }, body })).code).toBe(
      'conflict',
    )
    expect(
      (
        await story.as('june').isRefused(contract.enrollments.assign, {
          params: { patientId },
          body: { ...body, careManagerId: story.as('june').id },
        })
      ).code,
    ).toBe('not_found')
    expect((await story.as('rosa').isRefused(contract.enrollments.assign, { params: { patientId }, body })).code).toBe(
      'forbidden',
    )
    expect(
      (await story.other.as('june').isRefused(contract.enrollments.assign, { params: { patientId }, body })).code,
    ).toBe('not_found')
    expect(
      (
        await story
          .as('june')
          .isRefused(contract.enrollments.assign, { params: { patientId: await story.addPatient() }, body })
      ).code,
    ).toBe('not_enrolled')
  })

  test('an enrollment ends once, with its reason, and leaves the caseload', async () => {
    const patientId = await enrolled()
    const inCaseload = async () =>
      (
        await story.as('june').does(contract.enrollments.caseload, { query: { careManagerId: story.as('rosa').id } })
      ).items.some((item) => item.patientId === patientId)
    expect(await inCaseload()).toBe(true)
    const params = { patientId }
    expect(
      (
        await story
          .as('rosa')
          .isRefused(contract.enrollments.end, { params, body: { reason: 'moved', endedOn: '2026-10-01' } })
      ).code,
    ).toBe('invalid_input')
    const ended = await story.as('rosa').does(contract.enrollments.end, {
      params,
      body: { reason: 'moved', endedOn: '2026-11-03', note: 'To Florida.' },
    })
    expect(ended.enrollment?.end).toMatchObject({
      on: '2026-11-03',
      reason: 'moved',
      note: 'To Florida.',
      by: { name: 'Rosa Marin' },
    })
    expect(
      (
        await story
          .as('rosa')
          .isRefused(contract.enrollments.end, { params, body: { reason: 'moved', endedOn: '2026-11-03' } })
      ).code,
    ).toBe('not_enrolled')
    expect(
      (
        await story
          .as('june')
          .isRefused(contract.enrollments.end, { params, body: { reason: 'moved', endedOn: '2026-11-03' } })
      ).code,
    ).toBe('forbidden')
    expect(
      (
        await story.other
          .as('rosa')
          .isRefused(contract.enrollments.end, { params, body: { reason: 'moved', endedOn: '2026-11-03' } })
      ).code,
    ).toBe('not_found')
    story.clock.set('2026-11-04T14:12:00Z')
    expect(await inCaseload()).toBe(false)
    story.clock.set('2026-11-03T14:12:00Z')
  })

  test('Mrs Diaz wants to stop: one deed ends the consent and the enrollment with the month, and is told as one', async () => {
    const patientId = await enrolled()
    const params = { patientId }
    const wish = { params, body: { requestedOn: '2026-11-03', reason: 'Her daughter looks after her now.' } }
    const before = await story.auditOf('enrollment.withdrawn')
    const tried = await story.as('rosa').call(contract.enrollments.withdraw, wish, { dryRun: true })
    expect(tried.body.enrollment?.end?.on).toBe('2026-11-30')
    expect((await story.as('rosa').does(contract.enrollments.status, { params })).enrollment?.end).toBeNull()

    const stopped = await story.as('rosa').does(contract.enrollments.withdraw, wish, { key: 'stop' })
    expect(await story.as('rosa').does(contract.enrollments.withdraw, wish, { key: 'stop' })).toEqual(stopped)
    expect(stopped).toMatchObject({
      enrolled: true,
      enrollment: { end: { on: '2026-11-30', reason: 'withdrew', note: 'Her daughter looks after her now.' } },
    })
    const { items } = await story.as('rosa').does(contract.consents.list, { params })
    expect(items.map(({ revocation }) => revocation)).toMatchObject([
      { requestedOn: '2026-11-03', effectiveOn: '2026-11-30', by: { name: 'Rosa Marin' } },
    ])
    expect((await story.as('rosa').isRefused(contract.enrollments.withdraw, wish)).code).toBe('consent_not_active')
    const told = (await story.auditOf('enrollment.withdrawn')).slice(before.length)
    expect(told.map(({ outcome }) => outcome)).toEqual(['done', 'refused'])
    expect(told[0]).toMatchObject({
      patient_id: patientId,
      detail: { consentId: items[0]?.id, effectiveOn: '2026-11-30' },
    })

    story.clock.set('2026-12-01T14:00:00Z')
    expect((await story.as('rosa').does(contract.enrollments.status, { params })).enrolled).toBe(false)
    const waiting = await story.as('okafor').does(contract.enrollments.awaiting, { query: { limit: 200 } })
    expect(waiting.items.map((item) => item.patientId)).not.toContain(patientId)
    story.clock.set('2026-11-03T14:12:00Z')
  })

  test('where one of the two cannot end, neither does', async () => {
    const body = { requestedOn: '2026-11-03', reason: 'No more calls.' }
    const withdraw = (patientId: string, requestedOn = body.requestedOn) =>
      story
        .as('okafor')
        .isRefused(contract.enrollments.withdraw, { params: { patientId }, body: { ...body, requestedOn } })
    const revocationsOf = async (patientId: string) =>
      (await story.as('okafor').does(contract.consents.list, { params: { patientId } })).items.map(
        ({ revocation }) => revocation,
      )

    const consented = await story.addPatient()
    await consent(consented)
    expect((await withdraw(consented)).code).toBe('not_enrolled')
    expect(await revocationsOf(consented)).toEqual([null])

    const patientId = await enrolled()
    expect((await withdraw(patientId, '2026-11-04')).code).toBe('consent_not_active')
    expect((await withdraw(patientId, '2026-10-31')).code).toBe('consent_not_active')
    expect((await withdraw(await story.addPatient())).code).toBe('consent_not_active')
    expect((await withdraw(newId())).code).toBe('not_found')

    // A consent of October carries an enrollment of November: a wish of October cannot end what had not begun.
    const early = await addEnrolledPatient(story, { consentAt: '2026-10-20T15:00:00Z', enrolledOn: '2026-11-02' })
    expect((await withdraw(early, '2026-10-25')).code).toBe('invalid_input')
    expect(await revocationsOf(early)).toEqual([null])
  })

  test('Dr Okafor documents the decision making of the month; nobody else does, and a closed month stays as it is', async () => {
    const patientId = await enrolled()
    const params = { patientId }
    const body = {
      month: '2026-11',
      level: 'moderate',
      rationale: 'Two conditions not at goal; insulin started and kidney function followed.',
    } as const
    const record = await story.as('okafor').does(contract.enrollments.recordDecision, { params, body })
    expect(record).toMatchObject({
      level: 'moderate',
      documentedOn: '2026-11-03',
      practitioner: { name: 'Dr Ada Okafor' },
    })
    expect((await story.as('lena').does(contract.enrollments.decisions, { params })).items).toHaveLength(1)
    expect((await story.as('rosa').isRefused(contract.enrollments.recordDecision, { params, body })).code).toBe(
      'forbidden',
    )
    expect(
      (
        await story
          .as('okafor')
          .isRefused(contract.enrollments.recordDecision, { params, body: { ...body, month: '2026-12' } })
      ).code,
    ).toBe('invalid_input')
    expect(
      (
        await story
          .as('okafor')
          .isRefused(contract.enrollments.recordDecision, { params, body: { ...body, month: '2026-09' } })
      ).code,
    ).toBe('not_enrolled')
    expect((await story.other.as('okafor').isRefused(contract.enrollments.recordDecision, { params, body })).code).toBe(
      'not_found',
    )
    expect((await story.other.as('lena').isRefused(contract.enrollments.decisions, { params })).code).toBe('not_found')
    await story.look((tx) =>
      tx.db
        .insertInto('month_closes')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          clinic_id: story.clinicId,
          month: '2026-11',
          phase: 'done',
          book: 'b',
          started_by: story.as('lena').id,
          started_at: '2026-12-01T00:00:00Z',
        })
        .execute(),
    )
    expect((await story.as('okafor').isRefused(contract.enrollments.recordDecision, { params, body })).code).toBe(
      'month_closed',
    )
    expect((await story.auditOf('decision.recorded')).some((event) => event.outcome === 'done')).toBe(true)
  })
})
