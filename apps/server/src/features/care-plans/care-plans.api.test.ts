import { type CarePlan, type CarePlanContent, contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'
import { sha256 } from '../../kernel/ids.ts'
import { readPlanForCall, signedPlanOn } from './index.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

/** The draft with what Rosa heard from Mrs Diaz. */
async function heard(patientId: string): Promise<CarePlanContent> {
  const { content } = await story.as('rosa').does(contract.carePlans.draft, { params: { patientId }, query: {} })
  return {
    ...content,
    function: { ...content.function, cognition: 'Clear.', dailyLiving: 'Independent.' },
    medications: {
      ...content.medications,
      noMedications: content.medications.items.length === 0,
      reconciledOn: '2026-11-03',
      reconciledBy: 'Rosa Marin',
    },
    environment: { ...content.environment, home: 'Second floor with elevator.' },
    caregiver: { ...content.caregiver, name: 'Ana Diaz', relationship: 'daughter' },
    coordination: { ...content.coordination, none: true },
    values: { ...content.values, matters: 'To cook for the grandchildren.' },
  }
}

async function saved(patient?: string): Promise<CarePlan> {
  const patientId = patient ?? (await story.addPatient())
  return story.as('rosa').does(contract.carePlans.save, {
    params: { patientId },
    body: { baseNumber: 0, content: await heard(patientId) },
  })
}
async function submitted(): Promise<CarePlan> {
  const plan = await saved()
  return story.as('rosa').does(contract.carePlans.submit, {
    params: { id: plan.id },
    body: { number: plan.newest.number, note: 'First plan.' },
  })
}
const sign = (plan: CarePlan) =>
  story.as('okafor').does(contract.carePlans.sign, {
    params: { id: plan.id },
    body: { number: plan.newest.number, textSha256: plan.textSha256 },
  })
const home = (plan: CarePlan, words: string): CarePlanContent => ({
  ...plan.content,
  environment: { ...plan.content.environment, home: words },
})

describe('writing', () => {
  test('the draft of Mrs Diaz comes from her chart and stores nothing', async () => {
    const patientId = await story.addPatient()
    const draft = await story.as('rosa').does(contract.carePlans.draft, { params: { patientId }, query: {} })
    expect(draft.used).toEqual(['diabetes', 'ckd', 'hypertension'])
    expect(draft.content.problems.map((one) => one.icd10)).toEqual(expect.arrayContaining(['I10', 'E11.22']))
    expect(draft.completeness.blocking.length).toBeGreaterThan(0)
    expect((await story.as('rosa').does(contract.carePlans.get, { params: { patientId } })).plan).toBeNull()
    expect((await story.as('rosa').does(contract.carePlans.templates, {})).items.length).toBeGreaterThanOrEqual(15)
    const one = await story
      .as('rosa')
      .does(contract.carePlans.draft, { params: { patientId }, query: { templates: 'copd' } })
    expect(one.content.goals.some((goal) => goal.from === 'copd@2026.1')).toBe(true)
  })

  test('each save is a version; sent twice with one key it is one', async () => {
    const patientId = await story.addPatient()
    const body = { baseNumber: 0, content: await heard(patientId) }
    const first = await story
      .as('rosa')
      .call(contract.carePlans.save, { params: { patientId }, body }, { key: 'plan-1' })
    const again = await story
      .as('rosa')
      .call(contract.carePlans.save, { params: { patientId }, body }, { key: 'plan-1' })
    expect(again.body).toEqual(first.body)
    expect(first.body).toMatchObject({
      state: 'draft',
      newest: { number: 1, writtenBy: { name: 'Rosa Marin' }, changeNote: 'First plan.' },
      signed: null,
    })
    const second = await story.as('tomas').does(contract.carePlans.save, {
      params: { patientId },
      body: { baseNumber: 1, content: home(first.body, 'First floor.') },
    })
    expect(second.newest.number).toBe(2)
    const { items } = await story.as('rosa').does(contract.carePlans.versions, { params: { id: second.id } })
    expect(items.map((version) => [version.number, version.writtenBy.name])).toEqual([
      [2, 'Tomas Reyes'],
      [1, 'Rosa Marin'],
    ])
    expect((await story.auditOf('care_plan.saved')).filter((event) => event.patient_id === patientId)).toHaveLength(2)
  })

  test('Rosa and Tomas write at once: the second is told what changed, nothing is lost, both works come together', async () => {
    const plan = await saved()
    const params = { patientId: plan.patient.id }
    await story.as('tomas').does(contract.carePlans.save, {
      params,
      body: {
        baseNumber: 1,
        content: { ...plan.content, review: { ...plan.content.review, nextOn: '2027-01-15' } },
      },
    })
    const mine = home(plan, 'First floor now.')
    const refusal = await story
      .as('rosa')
      .isRefused(contract.carePlans.save, { params, body: { baseNumber: 1, content: mine } })
    expect(refusal).toMatchObject({
      code: 'plan_changed',
      detail: expect.stringContaining('Tomas Reyes'),
      faults: [{ path: 'body.content.review' }],
    })
    const merged = await story
      .as('rosa')
      .does(contract.carePlans.merge, { params: { id: plan.id }, body: { baseNumber: 1, content: mine } })
    expect(merged).toMatchObject({
      newestNumber: 2,
      takenFromOther: ['review'],
      keptMine: ['environment'],
      conflicts: [],
    })
    const third = await story.as('rosa').does(contract.carePlans.save, {
      params,
      body: { baseNumber: merged.newestNumber, content: merged.content },
    })
    expect(third).toMatchObject({
      newest: { number: 3 },
      content: { environment: { home: 'First floor now.' }, review: { nextOn: '2027-01-15' } },
    })
  })

  test('saves that race give one version each number, whatever the order', async () => {
    const plan = await saved()
    const race = await Promise.all(
      ['A', 'B', 'C', 'D'].map((words) =>
        story.as('rosa').call(contract.carePlans.save, {
          params: { patientId: plan.patient.id },
          body: { baseNumber: 1, content: home(plan, words) },
        }),
      ),
    )
    expect(race.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(race.filter((answer) => answer.problem?.code === 'plan_changed')).toHaveLength(3)
    const { items } = await story.as('rosa').does(contract.carePlans.versions, { params: { id: plan.id } })
    expect(items.map((version) => version.number)).toEqual([2, 1])
  })

  test('what was typed and not saved waits on the server for its writer alone', async () => {
    const plan = await saved()
    const params = { id: plan.id }
    const kept = await story
      .as('rosa')
      .does(contract.carePlans.keep, { params, body: { baseNumber: 1, content: home(plan, 'Half a sent') } })
    expect(kept.completeness.blocking).toEqual([])
    expect((await story.as('rosa').does(contract.carePlans.open, { params })).workingCopy).toMatchObject({
      basedOn: 1,
      content: { environment: { home: 'Half a sent' } },
    })
    expect((await story.as('tomas').does(contract.carePlans.open, { params })).workingCopy).toBeNull()
    expect((await story.as('rosa').does(contract.carePlans.discard, { params })).workingCopy).toBeNull()
    expect(
      (
        await story.other
          .as('rosa')
          .isRefused(contract.carePlans.keep, { params, body: { baseNumber: 1, content: plan.content } })
      ).code,
    ).toBe('not_found')
    expect((await story.other.as('rosa').isRefused(contract.carePlans.discard, { params })).code).toBe('not_found')
  })

  test('for the dead no plan is drafted or saved; Sam sees none; a stranger finds none', async () => {
    const content = await heard(await story.addPatient())
    const dead = { patientId: await story.addPatient({ deceased: true }) }
    expect((await story.as('rosa').isRefused(contract.carePlans.draft, { params: dead, query: {} })).code).toBe(
      'patient_deceased',
    )
    expect(
      (await story.as('rosa').isRefused(contract.carePlans.save, { params: dead, body: { baseNumber: 0, content } }))
        .code,
    ).toBe('patient_deceased')
    expect((await story.as('sam').isRefused(contract.carePlans.get, { params: dead })).code).toBe('forbidden')
    expect((await story.other.as('rosa').isRefused(contract.carePlans.get, { params: dead })).code).toBe('not_found')
    expect((await story.other.as('rosa').isRefused(contract.carePlans.draft, { params: dead, query: {} })).code).toBe(
      'not_found',
    )
    expect(
      (
        await story.other
          .as('rosa')
          .isRefused(contract.carePlans.save, { params: dead, body: { baseNumber: 0, content } })
      ).code,
    ).toBe('not_found')
    const plan = await saved()
    for (const refusal of [
      story.other.as('rosa').isRefused(contract.carePlans.open, { params: { id: plan.id } }),
      story.other
        .as('rosa')
        .isRefused(contract.carePlans.merge, { params: { id: plan.id }, body: { baseNumber: 1, content } }),
      story.other.as('rosa').isRefused(contract.carePlans.submit, { params: { id: plan.id }, body: { number: 1 } }),
      story.other.as('okafor').isRefused(contract.carePlans.sign, {
        params: { id: plan.id },
        body: { number: 1, textSha256: plan.textSha256 },
      }),
      story.other.as('okafor').isRefused(contract.carePlans.return, {
        params: { id: plan.id },
        body: { number: 1, reason: 'No.' },
      }),
      story.other.as('rosa').isRefused(contract.carePlans.diff, { params: { id: plan.id }, query: {} }),
      story.other.as('rosa').isRefused(contract.carePlans.versions, { params: { id: plan.id } }),
      story.other.as('rosa').isRefused(contract.carePlans.giveCopy, {
        params: { id: plan.id },
        body: { recipient: 'patient', recipientName: 'X', channel: 'printed' },
      }),
      story.other.as('rosa').isRefused(contract.carePlans.pdf, { params: { id: plan.id }, query: {} }),
    ])
      expect((await refusal).code).toBe('not_found')
  })
})

describe('submitting and signing', () => {
  test('a plan with gaps is not submitted, and each gap is named with its section', async () => {
    const patientId = await story.addPatient()
    const { content } = await story.as('rosa').does(contract.carePlans.draft, { params: { patientId }, query: {} })
    const plan = await story
      .as('rosa')
      .does(contract.carePlans.save, { params: { patientId }, body: { baseNumber: 0, content } })
    const refusal = await story
      .as('rosa')
      .isRefused(contract.carePlans.submit, { params: { id: plan.id }, body: { number: 1 } })
    expect(refusal.code).toBe('plan_incomplete')
    expect(refusal.faults?.map((fault) => fault.path)).toEqual(
      expect.arrayContaining(['content.environment', 'content.function', 'content.medications']),
    )
  })

  test('Dr Okafor signs what she was shown: the exact bytes are kept under their hash, the paper waits for the EHR', async () => {
    const plan = await submitted()
    expect(
      (await story.as('rosa').isRefused(contract.carePlans.submit, { params: { id: plan.id }, body: { number: 1 } }))
        .code,
    ).toBe('conflict')
    const { items } = await story.as('okafor').does(contract.carePlans.toSign, { query: {} })
    const item = items.find((one) => one.planId === plan.id)
    expect(item).toMatchObject({
      number: 1,
      textSha256: plan.textSha256,
      submittedBy: { name: 'Rosa Marin' },
      lastSignedOn: null,
      note: 'First plan.',
    })
    const signed = await sign(plan)
    expect(signed).toMatchObject({
      state: 'signed',
      signed: {
        number: 1,
        signature: {
          by: { name: 'Dr Ada Okafor' },
          on: '2026-11-03',
          sha256: plan.textSha256,
          ehr: { status: 'queued' },
        },
      },
    })
    const kept = await story
      .as('rosa')
      .call(contract.documents.content, { params: { id: signed.signed?.signature?.documentId ?? '' } })
    expect(sha256(kept.raw.rawPayload)).toBe(plan.textSha256)
    expect(kept.raw.payload).toBe(plan.text)
    const paper = await story.as('rosa').call(contract.carePlans.pdf, { params: { id: plan.id }, query: {} })
    expect(paper.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const again = await story.as('rosa').call(contract.carePlans.pdf, { params: { id: plan.id }, query: {} })
    expect(sha256(again.raw.rawPayload)).toBe(sha256(paper.raw.rawPayload))
    const queued = await story.look((tx) =>
      tx.db
        .selectFrom('ehr_outbox')
        .select(['resource_type', 'body'])
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', plan.patient.id)
        .execute(),
    )
    expect(queued).toMatchObject([
      { resource_type: 'DocumentReference', body: { type: { coding: [{ code: '18776-5' }] } } },
    ])
    expect(
      (await story.auditOf('care_plan.signed')).find(
        (event) => event.patient_id === plan.patient.id && event.outcome === 'done',
      ),
    ).toMatchObject({ actor_id: story.as('okafor').id, detail: { signedSha256: plan.textSha256 } })
    expect(
      (
        await story.as('okafor').isRefused(contract.carePlans.sign, {
          params: { id: plan.id },
          body: { number: 1, textSha256: plan.textSha256 },
        })
      ).code,
    ).toBe('plan_not_submitted')
  })

  test('Rosa saves while Dr Okafor reads: the signature is refused, nothing is signed, the queue is empty until the new version is submitted', async () => {
    const plan = await submitted()
    const changed = await story.as('rosa').does(contract.carePlans.save, {
      params: { patientId: plan.patient.id },
      body: { baseNumber: 1, content: home(plan, 'Moved to Ana.') },
    })
    const body = { number: 1, textSha256: plan.textSha256 }
    const refusal = await story.as('okafor').isRefused(contract.carePlans.sign, { params: { id: plan.id }, body })
    expect(refusal).toMatchObject({
      code: 'plan_changed',
      detail: expect.stringContaining('Rosa Marin saved version 2'),
    })
    expect(
      (
        await story.as('okafor').isRefused(contract.carePlans.return, {
          params: { id: plan.id },
          body: { number: 1, reason: 'Late.' },
        })
      ).code,
    ).toBe('plan_changed')
    expect(
      (await story.as('rosa').isRefused(contract.carePlans.submit, { params: { id: plan.id }, body: { number: 1 } }))
        .code,
    ).toBe('plan_changed')
    expect(
      (await story.as('okafor').does(contract.carePlans.toSign, { query: {} })).items.some(
        (item) => item.planId === plan.id,
      ),
    ).toBe(false)
    expect(
      (
        await story.as('okafor').isRefused(contract.carePlans.sign, {
          params: { id: plan.id },
          body: { number: 2, textSha256: changed.textSha256 },
        })
      ).code,
    ).toBe('plan_not_submitted')
    expect((await story.as('okafor').does(contract.carePlans.open, { params: { id: plan.id } })).signed).toBeNull()
    const documents = await story.as('okafor').does(contract.documents.list, { params: { patientId: plan.patient.id } })
    expect(documents.items).toEqual([])
  })

  test('a hash of other words signs nothing', async () => {
    const plan = await submitted()
    expect(
      (
        await story.as('okafor').isRefused(contract.carePlans.sign, {
          params: { id: plan.id },
          body: { number: 1, textSha256: '0'.repeat(64) },
        })
      ).code,
    ).toBe('plan_changed')
    expect(
      (
        await story.as('rosa').isRefused(contract.carePlans.sign, {
          params: { id: plan.id },
          body: { number: 1, textSha256: plan.textSha256 },
        })
      ).code,
    ).toBe('forbidden')
  })

  test('without a credential of that day, or after a death, nothing is signed', async () => {
    const plan = await submitted()
    const attempt = async () =>
      (
        await story.as('okafor').isRefused(contract.carePlans.sign, {
          params: { id: plan.id },
          body: { number: 1, textSha256: plan.textSha256 },
        })
      ).code
    const until = (day: string | null) =>
      story.look((tx) =>
        tx.db
          .updateTable('staff_credentials')
          .set({ valid_to: day })
          .where('tenant_id', '=', tx.tenantId)
          .where('credential', '=', 'MD')
          .execute(),
      )
    await until('2026-11-02')
    expect(await attempt()).toBe('not_a_practitioner')
    await until(null)
    await story.look((tx) =>
      tx.db
        .updateTable('patients')
        .set({ deceased: true, died_on: '2026-11-03' })
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', plan.patient.id)
        .execute(),
    )
    expect(await attempt()).toBe('patient_deceased')
  })

  test('what was submitted before an element was asked for is not signed with the gap', async () => {
    const plan = await submitted()
    await story.look((tx) =>
      tx.db
        .insertInto('care_plan_versions')
        .values({
          tenant_id: tx.tenantId,
          id: '00000000-0000-7000-8000-000000000001',
          plan_id: plan.id,
          number: 2,
          content: JSON.stringify({ ...plan.content, problems: [] }),
          content_sha256: 'x',
          written_by: story.as('rosa').id,
          written_at: story.clock.now(),
        })
        .execute(),
    )
    await story.look((tx) =>
      tx.db
        .insertInto('care_plan_submissions')
        .values({
          tenant_id: tx.tenantId,
          id: '00000000-0000-7000-8000-000000000002',
          version_id: '00000000-0000-7000-8000-000000000001',
          submitted_by: story.as('rosa').id,
          submitted_at: story.clock.now(),
        })
        .execute(),
    )
    const now = await story.as('okafor').does(contract.carePlans.open, { params: { id: plan.id } })
    expect(
      (
        await story.as('okafor').isRefused(contract.carePlans.sign, {
          params: { id: plan.id },
          body: { number: 2, textSha256: now.textSha256 },
        })
      ).code,
    ).toBe('plan_incomplete')
  })

  test('a return tells Rosa why as a task of hers, and the changed plan is signed on its difference alone', async () => {
    const plan = await submitted()
    const back = await story.as('okafor').does(contract.carePlans.return, {
      params: { id: plan.id },
      body: { number: 1, reason: 'Loosen the A1c target: she had lows.' },
    })
    expect(back).toMatchObject({
      state: 'returned',
      newest: { returned: { reason: 'Loosen the A1c target: she had lows.', by: { name: 'Dr Ada Okafor' } } },
    })
    expect(
      (
        await story.as('okafor').isRefused(contract.carePlans.return, {
          params: { id: plan.id },
          body: { number: 1, reason: 'Again.' },
        })
      ).code,
    ).toBe('plan_not_submitted')
    const tasks = await story.look((tx) =>
      tx.db
        .selectFrom('tasks')
        .select(['kind', 'owner_id', 'detail'])
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', plan.patient.id)
        .execute(),
    )
    expect(tasks).toEqual([
      { kind: 'plan_return', owner_id: story.as('rosa').id, detail: 'Loosen the A1c target: she had lows.' },
    ])
    const content = {
      ...plan.content,
      goals: plan.content.goals.map((goal) => (goal.id === 'a1c' ? { ...goal, target: 'below 8' } : goal)),
      revision: { note: 'A1c target loosened.' },
    }
    const second = await story.as('rosa').does(contract.carePlans.save, {
      params: { patientId: plan.patient.id },
      body: { baseNumber: 1, content },
    })
    const again = await story
      .as('rosa')
      .does(contract.carePlans.submit, { params: { id: plan.id }, body: { number: 2 } })
    await sign({ ...again, textSha256: second.textSha256 })
    const third = await story.as('rosa').does(contract.carePlans.save, {
      params: { patientId: plan.patient.id },
      body: {
        baseNumber: 2,
        content: {
          ...content,
          environment: { ...content.environment, home: 'With Ana.' },
          revision: { note: 'Moved in with her daughter.' },
        },
      },
    })
    await story.as('rosa').does(contract.carePlans.submit, { params: { id: plan.id }, body: { number: 3 } })
    const item = (await story.as('okafor').does(contract.carePlans.toSign, { query: {} })).items.find(
      (one) => one.planId === plan.id,
    )
    expect(item).toMatchObject({
      number: 3,
      textSha256: third.textSha256,
      lastSignedOn: '2026-11-03',
      diff: { fromNumber: 2, toNumber: 3, changed: 1, added: 0, removed: 0 },
    })
    expect(item?.diff.sections.map(({ section }) => section)).toEqual(['environment'])
    const whole = await story
      .as('rosa')
      .does(contract.carePlans.diff, { params: { id: plan.id }, query: { from: 1, to: 3 } })
    expect(whole.sections.map(({ section }) => section)).toEqual(['goals', 'environment'])
    expect(
      (await story.as('rosa').isRefused(contract.carePlans.diff, { params: { id: plan.id }, query: { from: 9 } })).code,
    ).toBe('not_found')
  })
})

describe('the copy', () => {
  test('of a signed plan only, to the patient or her daughter, with channel, name and day', async () => {
    const plan = await submitted()
    const params = { id: plan.id }
    const body = {
      recipient: 'caregiver',
      recipientName: 'Ana Diaz',
      channel: 'printed',
      proof: 'Handed over at the desk.',
    } as const
    expect((await story.as('rosa').isRefused(contract.carePlans.giveCopy, { params, body })).code).toBe(
      'plan_not_signed',
    )
    await sign(plan)
    expect(
      (
        await story
          .as('rosa')
          .isRefused(contract.carePlans.giveCopy, { params, body: { ...body, givenOn: '2026-11-04' } })
      ).code,
    ).toBe('invalid_input')
    expect((await story.as('lena').isRefused(contract.carePlans.giveCopy, { params, body })).code).toBe('forbidden')
    const given = await story.as('rosa').does(contract.carePlans.giveCopy, { params, body })
    expect(given.signed?.copies).toEqual([
      { ...body, givenOn: '2026-11-03', by: { id: story.as('rosa').id, name: 'Rosa Marin' } },
    ])
    expect(
      (await story.auditOf('care_plan.copy_given')).some(
        (event) => event.outcome === 'done' && event.patient_id === plan.patient.id,
      ),
    ).toBe(true)
  })

  test('the month and the call learn which plan was in force on a day', async () => {
    const plan = await submitted()
    const patientId = plan.patient.id
    expect(await story.look((tx) => signedPlanOn(tx, patientId, '2026-11-30'))).toBeNull()
    expect(await story.look((tx) => readPlanForCall(tx, patientId))).toMatchObject({
      number: 1,
      signedOn: null,
    })
    await sign(plan)
    await story.as('rosa').does(contract.carePlans.giveCopy, {
      params: { id: plan.id },
      body: { recipient: 'patient', recipientName: 'Elena Diaz', channel: 'mailed' },
    })
    await story.as('rosa').does(contract.carePlans.save, {
      params: { patientId },
      body: { baseNumber: 1, content: home(plan, 'Changed.') },
    })
    expect(await story.look((tx) => signedPlanOn(tx, patientId, '2026-11-30'))).toMatchObject({
      number: 1,
      signedOn: '2026-11-03',
      copyGivenOn: '2026-11-03',
      copyOfVersionGivenOn: '2026-11-03',
    })
    expect(await story.look((tx) => signedPlanOn(tx, patientId, '2026-11-02'))).toBeNull()
    expect(await story.look((tx) => readPlanForCall(tx, patientId))).toMatchObject({
      number: 1,
      newestNumber: 2,
      signedOn: '2026-11-03',
      content: { environment: { home: 'Second floor with elevator.' } },
    })
    const { steps } = await story.as('rosa').does(contract.enrollments.status, { params: { patientId } })
    expect(steps.slice(-2)).toMatchObject([
      { id: 'plan_signed', state: 'done', on: '2026-11-03' },
      { id: 'copy_given', state: 'done', on: '2026-11-03' },
    ])
  })
})

test('on paper a draft says that it is one, and a Spanish speaker reads Spanish headings', async () => {
  const plan = await saved()
  for (const query of [{}, { language: 'es' as const }]) {
    const paper = await story.as('rosa').call(contract.carePlans.pdf, { params: { id: plan.id }, query })
    expect(paper.raw.headers['content-type']).toBe('application/pdf')
    expect(paper.raw.rawPayload.length).toBeGreaterThan(5_000)
  }
})
