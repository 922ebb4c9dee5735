import { contract, type HospiceCare, type Lane } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  billableMonth,
  insertCheck,
  insertWork,
  type MonthStory,
  signWaitingPlan,
} from '../../../test/support/month.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { json } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

const month = '2026-10'
const verdictOf = (patientId: string, of = month) =>
  story.as('lena').does(contract.months.verdict, { params: { month: of, patientId } })

/** A month in which one thing is other than it should be; answers the verdict that Lena sees. */
async function when(change: Partial<MonthStory>) {
  return verdictOf(await billableMonth(story, change), change.month)
}

describe('one patient-month', () => {
  test('Mrs Diaz with twenty minutes and everything in order is ready, with her code, its diagnoses and its amount', async () => {
    const verdict = await when({})
    expect(verdict).toMatchObject({
      lane: 'ready',
      state: 'over',
      family: 'non_complex',
      cause: null,
      fixes: [],
      minutes: { countedSeconds: 1200, stepsSeconds: [1200, 2400, 3600] },
    })
    expect(verdict.lines).toHaveLength(1)
    expect(verdict.lines[0]).toMatchObject({
      code: '99490',
      units: 1,
      dateOfService: '2026-10-31',
      diagnoses: ['E11.22', 'I10'],
    })
    const { allowedCents, medicareCents, patientCents } = verdict.lines[0] ?? {}
    expect(allowedCents).toBeGreaterThan(5000)
    expect(verdict.totalCents).toBe(allowedCents)
    expect((medicareCents ?? 0) + (patientCents ?? 0)).toBeLessThanOrEqual(allowedCents ?? 0)
    expect(verdict.groups.map(({ id, result }) => [id, result])).toEqual(
      ['consent', 'visit', 'conditions', 'plan', 'minutes', 'staff', 'conflicts', 'coverage'].map((id) => [id, 'pass']),
    )
  })

  test('every reason names its law and leads to its record', async () => {
    const patientId = await billableMonth(story)
    const verdict = await verdictOf(patientId)
    for (const group of verdict.groups) {
      expect(group.leaves.length, group.title).toBeGreaterThan(0)
      for (const leaf of group.leaves) {
        expect(leaf.law.length, leaf.rule).toBeGreaterThan(0)
        expect(leaf.sentence, leaf.rule).not.toBe('')
      }
    }
    const linked = verdict.groups.flatMap(({ leaves }) =>
      leaves.flatMap(({ evidence }) => evidence.map(({ kind }) => kind)),
    )
    expect(new Set(linked)).toEqual(
      new Set([
        'consent',
        'attestation',
        'care_plan',
        'time',
        'staff',
        'clinic',
        'patient',
        'coverage',
        'other_service',
      ]),
    )
    const consent = await story.look((tx) =>
      tx.db
        .selectFrom('consents')
        .select('id')
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .executeTakeFirstOrThrow(),
    )
    expect(verdict.groups[0]?.leaves[0]?.evidence[0]).toMatchObject({ kind: 'consent', id: consent.id })
  })

  test.each<[string, Partial<MonthStory>, Lane, RegExp, string | null]>([
    [
      '19:59 are not enough',
      { work: [{ seconds: 1199 }] },
      'not_billable',
      /19 min 59 s count; 20 min are needed/,
      null,
    ],
    ['no minute at all', { work: [] }, 'not_billable', /No minute counts; 20 min are needed/, null],
    [
      'the plan is not signed, and the month is over',
      { plan: { signedOn: null, copyOn: null } },
      'not_billable',
      /care plan is not approved/,
      null,
    ],
    [
      'the plan was signed after the month',
      { plan: { signedOn: '2026-11-02' } },
      'not_billable',
      /after this month/,
      null,
    ],
    ['no copy of the plan was given', { plan: { copyOn: null } }, 'fix', /no copy of the care plan/, 'care_manager'],
    [
      'the consent came after the call',
      { consent: { givenOn: '2026-10-07' } },
      'not_billable',
      /No minute counts; 20 min are needed/,
      null,
    ],
    [
      'the consent was stopped the month before',
      { consent: { withdrawnOn: '2026-09-20' } },
      'not_billable',
      /asked to stop on 2026-09-20/,
      null,
    ],
    [
      'one statement was not told',
      { consent: { told: ['availability_and_cost', 'right_to_stop'] } },
      'not_billable',
      /only one practitioner/,
      null,
    ],
    [
      'the consent was by word of mouth, and the clinic asks for writing',
      { consent: { form: 'verbal' } },
      'not_billable',
      /word of mouth/,
      null,
    ],
    ['one condition only', { attestation: { codes: ['I10'] } }, 'not_billable', /Only one distinct/, null],
    [
      'the conditions were attested after the month',
      { attestation: { attestedOn: '2026-11-01' } },
      'not_billable',
      /No lasting condition/,
      null,
    ],
    ['a new patient without a starting visit', { newPatient: true }, 'not_billable', /visit that starts care/, null],
    ['nobody is the care manager', { careManager: null }, 'not_billable', /no named care manager/, null],
    ['nobody asked Medicare', { check: null }, 'hold', /owes is not known/, 'front_desk'],
    ['the QMB status is not told', { check: { qmb: 'unknown' } }, 'hold', /QMB/, 'front_desk'],
    [
      'the deductible is of another year',
      { check: { serviceOn: '2025-10-02', leftCents: null } },
      'hold',
      /deductible/,
      'front_desk',
    ],
    [
      'only an old claim names Medicare',
      { coverages: [{ kind: 'medicare', from: null, to: null }], check: null },
      'hold',
      /Nobody has checked Medicare coverage/,
      'front_desk',
    ],
    [
      'Part B ended in the month',
      { coverages: [{ kind: 'medicare_part_b', from: '2017-03-01', to: '2026-10-20' }] },
      'fix',
      /Part B ended on 2026-10-20/,
      'biller',
    ],
    [
      'a Medicare Advantage plan',
      { coverages: [...partB(), { kind: 'medicare_advantage', from: '2026-01-01', to: null }] },
      'hold',
      /Medicare Advantage/,
      'biller',
    ],
    [
      'another insurer pays first',
      { coverages: [...partB(), { kind: 'other_primary', from: '2026-01-01', to: null }] },
      'hold',
      /pays before Medicare/,
      'biller',
    ],
    [
      'hospice',
      { coverages: [...partB(), { kind: 'hospice', from: '2026-10-01', to: null }] },
      'hold',
      /hospice/,
      'provider',
    ],
    [
      'in the hospital on the day of the call',
      { stays: [{ from: '2026-10-05', to: '2026-10-08' }] },
      'not_billable',
      /No minute counts; 20 min are needed/,
      null,
    ],
    [
      'another practice bills CCM',
      { otherServices: [{ code: '99490', on: '2026-10-31', practitioner: 'other' }] },
      'not_billable',
      /another practitioner blocks CCM/,
      null,
    ],
    [
      'advanced primary care by another practice',
      { otherServices: [{ code: 'G0557', on: '2026-10-31', practitioner: 'other' }] },
      'hold',
      /settle/,
      'biller',
    ],
    [
      'she died before the month',
      { patient: { deceased: true, diedOn: '2026-09-30' } },
      'not_billable',
      /died on 2026-09-30/,
      null,
    ],
    ['she died, and nobody knows when', { patient: { deceased: true } }, 'hold', /alive/, 'front_desk'],
    [
      'the minutes wait for a second person',
      { work: [{ seconds: 1500, waiting: true }] },
      'fix',
      /another 25 min wait for approval/,
      'ccm_manager',
    ],
    [
      'the minutes belong to another program',
      { work: [{ seconds: 1500, program: 'rpm' }] },
      'not_billable',
      /No minute counts; 20 min are needed/,
      null,
    ],
    [
      'the front desk made the call',
      { work: [{ seconds: 1500, credential: 'FRONT_DESK' }] },
      'not_billable',
      /No minute counts; 20 min are needed/,
      null,
    ],
  ])('%s', async (_, change, lane, sentence, owner) => {
    const verdict = await when(change)
    expect(verdict.lane).toBe(lane)
    expect(verdict.lines).toEqual([])
    expect(verdict.cause).toMatch(sentence)
    const board = await story.as('lena').does(contract.months.board, { params: { month }, query: {} })
    const row = board.lanes.flatMap(({ rows }) => rows).find(({ patient }) => patient.id === verdict.patient.id)
    expect(row).toMatchObject({ lane, cause: verdict.cause })
    expect(row?.owner?.role ?? null).toBe(owner)
  })

  test('20:00 to the second is enough; forty minutes add one code, sixty minutes two', async () => {
    const codes = async (seconds: number) =>
      (await when({ work: [{ seconds }] })).lines.map(({ code, units }) => `${code}x${units}`)
    expect(await codes(1200)).toEqual(['99490x1'])
    expect(await codes(2399)).toEqual(['99490x1'])
    expect(await codes(2400)).toEqual(['99490x1', '99439x1'])
    expect(await codes(3600)).toEqual(['99490x1', '99439x2'])
    expect(await codes(7200)).toEqual(['99490x1', '99439x2'])
  })

  test('a call over the end of the month counts in both months by the clinic’s clock, not by UTC', async () => {
    // New York keeps summer time until 1 November: 1 November 03:50 UTC is 31 October 23:50, and midnight lies at 04:00 UTC.
    const patientId = await billableMonth(story, {
      work: [
        { seconds: 600, startedAt: '2026-11-01T03:50:00Z' },
        { seconds: 600, startedAt: '2026-10-31T12:00:00Z' },
      ],
    })
    expect((await verdictOf(patientId)).minutes.countedSeconds).toBe(1200)
    const early = await billableMonth(story, { work: [{ seconds: 1200, startedAt: '2026-10-01T03:50:00Z' }] })
    const cut = await verdictOf(early)
    expect(cut.minutes.countedSeconds).toBe(600)
    expect(cut.minutes.leftOut).toEqual([{ reason: 'other_month', words: 'in another month', seconds: 600 }])
  })

  test('while the month runs, what is missing can still be mended, and says by whom', async () => {
    const verdict = await when({
      month: '2026-11',
      work: [{ seconds: 600, startedAt: '2026-11-02T15:00:00Z' }],
      plan: { signedOn: null, copyOn: null },
    })
    expect(verdict).toMatchObject({ state: 'running', lane: 'fix' })
    expect(verdict.fixes.map(({ role, owner }) => [role, owner?.name])).toEqual([
      ['provider', 'Dr Ada Okafor'],
      ['care_manager', 'Rosa Marin'],
      ['care_manager', 'Rosa Marin'],
    ])
  })

  test('mending the cause moves the patient into the ready lane at the next look', async () => {
    const patientId = await billableMonth(story, {
      plan: { signedOn: null, copyOn: '2026-10-20' },
      check: null,
    })
    expect((await verdictOf(patientId)).lane).toBe('not_billable')
    await signWaitingPlan(story, patientId, '2026-10-19')
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'hold' })
    await story.look((tx) => insertCheck(tx, patientId, story.as('sam').id, {}, month))
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'ready' })
  })

  test('what did not change is not written anew', async () => {
    const patientId = await billableMonth(story)
    await verdictOf(patientId)
    const stored = () =>
      story.look((tx) =>
        tx.db
          .selectFrom('month_verdicts')
          .select(['since', 'assessed_at', 'facts_sha256'])
          .where('tenant_id', '=', tx.tenantId)
          .where('patient_id', '=', patientId)
          .executeTakeFirstOrThrow(),
      )
    const first = await stored()
    story.clock.advanceSeconds(60)
    await verdictOf(patientId)
    const again = await stored()
    expect(again.facts_sha256).toBe(first.facts_sha256)
    expect(again.since).toEqual(first.since)
    expect(again.assessed_at).toEqual(first.assessed_at)
  })

  test('minutes of somebody who never enrolled are shown, not dropped', async () => {
    const patientId = await billableMonth(story, { consent: null, enrolledOn: null, attestation: null })
    expect(await verdictOf(patientId)).toMatchObject({
      lane: 'not_billable',
      cause: 'No lasting condition is attested.',
      minutes: { leftOut: [{ reason: 'before_consent', seconds: 1200 }] },
    })
  })

  test('a patient who left the program before the month is not on its board', async () => {
    const patientId = await billableMonth(story, { endedOn: '2026-09-30', work: [] })
    expect((await story.as('lena').isRefused(contract.months.verdict, { params: { month, patientId } })).code).toBe(
      'not_found',
    )
  })
})

function partB() {
  return [{ kind: 'medicare_part_b', from: '2017-03-01', to: null }]
}

describe('the board', () => {
  test('every enrolled patient is in exactly one lane; lanes add up to the rows, amounts to the total', async () => {
    const board = await story.as('lena').does(contract.months.board, { params: { month }, query: {} })
    expect(board).toMatchObject({
      state: 'over',
      fresh: true,
      close: null,
      today: '2026-11-03',
      lastDay: '2026-10-31',
    })
    const ids = board.lanes.flatMap(({ rows }) => rows.map(({ patient }) => patient.id))
    expect(new Set(ids).size).toBe(ids.length)
    for (const lane of board.lanes) {
      expect(lane.rows).toHaveLength(lane.count)
      expect(lane.totalCents).toBe(lane.rows.reduce((sum, row) => sum + (row.allowedCents ?? 0), 0))
      expect(lane.causes.reduce((sum, { count }) => sum + count, 0)).toBe(
        lane.rows.filter(({ cause }) => cause !== null).length,
      )
    }
    expect((await story.auditOf('month.board_opened')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('lena').id,
    })
  })

  test('June and Theo see it, Rosa and Sam do not', async () => {
    for (const person of ['june', 'theo'] as const)
      await story.as(person).does(contract.months.board, { params: { month }, query: {} })
    for (const person of ['rosa', 'sam', 'okafor', 'nia', 'alex'] as const) {
      expect((await story.as(person).isRefused(contract.months.board, { params: { month }, query: {} })).code).toBe(
        'forbidden',
      )
    }
  })

  test('a limit shortens the rows and not the counts', async () => {
    const board = await story.as('lena').does(contract.months.board, { params: { month }, query: { limit: 1 } })
    for (const lane of board.lanes) expect(lane.rows.length).toBe(Math.min(1, lane.count))
    expect(board.lanes.some(({ count }) => count > 1)).toBe(true)
  })

  test('the same can be assessed in batches, for clinics too large for one look', async () => {
    const first = await story.as('june').does(contract.months.assess, { params: { month } })
    expect(first.patients).toBeGreaterThan(10)
    expect(first.changed).toBe(0)
  })

  test('a month before the book or without its fee schedule is not guessed at', async () => {
    for (const unknown of ['2023-12', '2027-01']) {
      const refusal = await story.as('lena').isRefused(contract.months.board, { params: { month: unknown }, query: {} })
      expect(refusal.code).toBe('law_unknown')
      const patientId = await story.addPatient()
      expect(
        (await story.as('lena').isRefused(contract.months.verdict, { params: { month: unknown, patientId } })).code,
      ).toBe('law_unknown')
      expect(
        (await story.as('rosa').isRefused(contract.months.progress, { params: { month: unknown }, query: {} })).code,
      ).toBe('law_unknown')
      expect((await story.as('june').isRefused(contract.months.assess, { params: { month: unknown } })).code).toBe(
        'law_unknown',
      )
      expect(
        (
          await story.as('lena').isRefused(contract.months.choose, {
            params: { month: unknown, patientId },
            body: { reason: 'A try.' },
          })
        ).code,
      ).toBe('law_unknown')
      expect(
        (
          await story.as('lena').isRefused(contract.months.sendBack, {
            params: { month: unknown, patientId },
            body: { fixId: 'x', dueOn: '2026-11-10' },
          })
        ).code,
      ).toBe('law_unknown')
    }
  })

  test('Hillside sees none of it', async () => {
    const patientId = await billableMonth(story)
    const board = await story.other.as('lena').does(contract.months.board, { params: { month }, query: {} })
    expect(board.lanes.every(({ count }) => count === 0)).toBe(true)
    const params = { month, patientId }
    expect((await story.other.as('lena').isRefused(contract.months.verdict, { params })).code).toBe('not_found')
    expect(
      (await story.other.as('lena').isRefused(contract.months.choose, { params, body: { reason: 'A try.' } })).code,
    ).toBe('not_found')
    expect(
      (
        await story.other
          .as('lena')
          .isRefused(contract.months.sendBack, { params, body: { fixId: 'x', dueOn: '2026-11-10' } })
      ).code,
    ).toBe('not_found')
    expect(
      (await story.other.as('rosa').isRefused(contract.months.progress, { params: { month }, query: { patientId } }))
        .code,
    ).toBe('not_found')
  })
})

describe('progress', () => {
  test('Rosa sees where her patients stand and what is to do, and no money', async () => {
    const patientId = await billableMonth(story, {
      month: '2026-11',
      work: [{ seconds: 725, startedAt: '2026-11-03T13:00:00Z' }],
    })
    const answer = await story.as('rosa').call(contract.months.progress, {
      params: { month: '2026-11' },
      query: { careManagerId: story.as('rosa').id },
    })
    const row = answer.body.items.find(({ patient }) => patient.id === patientId)
    expect(row).toMatchObject({
      lane: 'fix',
      countedSeconds: 725,
      stepsSeconds: [1200, 2400, 3600],
      fixes: [
        {
          step: 'add_care_time',
          role: 'care_manager',
          sentence: '7 min 55 s more of countable care by 2026-11-30.',
        },
      ],
    })
    expect(answer.raw.payload).not.toMatch(/[Cc]ents|\$/)
    const one = await story
      .as('okafor')
      .does(contract.months.progress, { params: { month: '2026-11' }, query: { patientId } })
    expect(one).toMatchObject({ total: 1, state: 'running', lastDay: '2026-11-30' })
    const tomas = await story.as('tomas').does(contract.months.progress, {
      params: { month: '2026-11' },
      query: { careManagerId: story.as('tomas').id },
    })
    expect(tomas.items).toEqual([])
    expect((await story.as('sam').isRefused(contract.months.progress, { params: { month }, query: {} })).code).toBe(
      'forbidden',
    )
  })
})

describe('a choice', () => {
  const hour: Partial<MonthStory> = { work: [{ seconds: 3600 }], decision: 'moderate' }

  test('with an hour and moderate decisions the record points to complex care, and says what the other family pays', async () => {
    const verdict = await when(hour)
    expect(verdict).toMatchObject({ lane: 'ready', family: 'complex', lines: [{ code: '99487' }] })
    const [other] = verdict.alternatives
    expect(other).toMatchObject({
      family: 'non_complex',
      lines: [
        { code: '99490', units: 1 },
        { code: '99439', units: 2 },
      ],
    })
    expect(other?.differenceCents).toBe((other?.totalCents ?? 0) - (verdict.totalCents ?? 0))
  })

  test('other programs that the same minutes would fill are named with their money and what they ask besides', async () => {
    const verdict = await when(hour)
    const said = verdict.otherPrograms.map(({ program, name, lines }) => [program, name, lines.map(({ code }) => code)])
    expect(said).toEqual([
      ['pcm', 'Principal care management', ['99426', '99427']],
      ['apcm', 'Advanced primary care management', ['G0557']],
    ])
    for (const one of verdict.otherPrograms) {
      expect(one.differenceCents).toBe((one.totalCents ?? 0) - (verdict.totalCents ?? 0))
      expect(one.needs.length).toBeGreaterThan(0)
    }
  })

  test('Lena chooses care by staff with a reason; it is billed so, kept with her name, and can be taken back', async () => {
    const patientId = await billableMonth(story, hour)
    const body = { family: 'non_complex', reason: 'Dr Okafor asks for it.' } as const
    const chosen = await story
      .as('lena')
      .does(contract.months.choose, { params: { month, patientId }, body }, { key: 'choice-1' })
    expect(chosen).toMatchObject({
      family: 'non_complex',
      lane: 'ready',
      choice: { family: 'non_complex', reason: 'Dr Okafor asks for it.', by: { name: 'Lena Weiss' } },
    })
    await story.as('lena').does(contract.months.choose, { params: { month, patientId }, body }, { key: 'choice-1' })
    const kept = await story.look((tx) =>
      tx.db
        .selectFrom('month_choices')
        .select('id')
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .execute(),
    )
    expect(kept).toHaveLength(1)
    expect((await story.auditOf('month.choice_made')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { month, family: 'non_complex', practitionerId: null },
    })
    const back = await story.as('june').does(contract.months.choose, {
      params: { month, patientId },
      body: { reason: 'It was complex after all.' },
    })
    expect(back).toMatchObject({ family: 'complex', choice: null })
  })

  test('Lena chooses principal care with a reason: the month is not billed here and says who chose it, until it is taken back', async () => {
    const patientId = await billableMonth(story, { work: [{ seconds: 1800 }] })
    const choose = (body: object) =>
      story.as('lena').does(contract.months.choose, {
        params: { month, patientId },
        body: { reason: 'One disease took it all.', ...body },
      })
    const chosen = await choose({ program: 'pcm' })
    expect(chosen).toMatchObject({
      lane: 'not_billable',
      lines: [],
      cause: 'Lena Weiss chose principal care management for this month: One disease took it all.',
      choice: { family: null, program: { id: 'pcm', name: 'Principal care management' }, by: { name: 'Lena Weiss' } },
    })
    expect(chosen.fixes.map(({ step, role }) => [step, role])).toEqual([['take_program_back', 'biller']])
    expect(await choose({})).toMatchObject({ lane: 'ready', choice: null })
  })

  test('a program that the minutes do not fill cannot be chosen', async () => {
    const patientId = await billableMonth(story)
    const { code, detail } = await story.as('lena').isRefused(contract.months.choose, {
      params: { month, patientId },
      body: { program: 'pcm', reason: 'It pays more.' },
    })
    expect([code, detail]).toEqual([
      'invalid_input',
      expect.stringContaining('The record of this month does not reach that program'),
    ])
  })

  test('a family that the record does not reach, or a person who may not bill, cannot be chosen', async () => {
    const patientId = await billableMonth(story)
    const params = { month, patientId }
    expect(
      (
        await story
          .as('lena')
          .isRefused(contract.months.choose, { params, body: { family: 'complex', reason: 'Pays more.' } })
      ).code,
    ).toBe('invalid_input')
    expect(
      (
        await story.as('lena').isRefused(contract.months.choose, {
          params,
          body: { practitionerId: story.as('rosa').id, reason: 'She did it.' },
        })
      ).code,
    ).toBe('not_a_practitioner')
    expect(
      (
        await story
          .as('theo')
          .isRefused(contract.months.choose, { params, body: { family: 'complex', reason: 'Pays more.' } })
      ).code,
    ).toBe('forbidden')
    const same = await story.as('lena').does(contract.months.choose, {
      params,
      body: { practitionerId: story.as('okafor').id, reason: 'She supervised.' },
    })
    expect(same).toMatchObject({ lane: 'ready', practitioner: { name: 'Dr Ada Okafor' } })
  })
})

describe('what the rule book leaves to the clinic', () => {
  test('a visit by video is told, and starts no care once the clinic refuses it; unusual planning tells of G0506', async () => {
    const patientId = await billableMonth(story, {
      newPatient: true,
      consent: { givenOn: '2026-10-02' },
      visit: { on: '2026-10-02', code: '99215', byVideo: true, extensivePlanning: true },
    })
    const sentences = async () =>
      (await verdictOf(patientId)).groups.flatMap(({ leaves }) => leaves.map(({ sentence }) => sentence))
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'ready' })
    expect(await sentences()).toEqual(
      expect.arrayContaining([
        'The visit 99215 on 2026-10-02 was by video: Medicare has not barred it, nor said yes.',
        expect.stringMatching(/planned extensively in the visit on 2026-10-02: G0506 may be added/),
      ]),
    )
    await story.setPolicy('policy.telehealth_visit', 'refuse')
    expect(await verdictOf(patientId)).toMatchObject({
      lane: 'not_billable',
      cause: 'The visit on 2026-10-02 was by video, which this clinic does not accept.',
    })
    await story.setPolicy('policy.telehealth_visit', 'accept')
  })

  test('a service of the same group is told, and holds the month once the clinic chooses so', async () => {
    const patientId = await billableMonth(story, {
      otherServices: [{ code: '99424', on: '2026-10-09', practitioner: 'same_group' }],
    })
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'ready' })
    await story.setPolicy('policy.same_group', 'hold')
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'hold' })
    await story.setPolicy('policy.same_group', 'warn')
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'ready' })
  })
})

describe('a hospice election', () => {
  test('holds the month until Lena enters how the care stands to it; then the lines carry GW, or nothing is billed', async () => {
    const patientId = await billableMonth(story, {
      coverages: [
        { kind: 'medicare_part_b', from: '2015-01-01', to: null },
        { kind: 'hospice', from: '2026-10-01', to: null },
      ],
    })
    const settle = (hospiceCare: HospiceCare | null) =>
      story.as('lena').does(contract.months.choose, {
        params: { month, patientId },
        body: { hospiceCare, reason: 'Dr Okafor: heart failure only, note of 6 October.' },
      })
    expect(await verdictOf(patientId)).toMatchObject({ lane: 'hold', fixes: [{ step: 'settle_hospice' }] })
    expect(await settle('unrelated')).toMatchObject({
      lane: 'ready',
      lines: [{ code: '99490', modifiers: ['GW'] }],
      choice: { hospiceCare: 'unrelated', by: { name: 'Lena Weiss' } },
    })
    expect(await settle('attending')).toMatchObject({ lane: 'ready', lines: [{ modifiers: ['GV'] }] })
    expect(await settle('related')).toMatchObject({ lane: 'not_billable', lines: [] })
    expect(await settle(null)).toMatchObject({ lane: 'hold', choice: null })
  })

  test('where none is on file there is nothing to settle', async () => {
    const patientId = await billableMonth(story)
    expect(
      await story.as('lena').isRefused(contract.months.choose, {
        params: { month, patientId },
        body: { hospiceCare: 'unrelated', reason: 'To be sure.' },
      }),
    ).toMatchObject({ code: 'invalid_input', faults: [{ path: 'body.hospiceCare' }] })
  })
})

describe('sending back', () => {
  test('Lena sends a missing copy of the plan to Rosa with a day; it stands on the board until done', async () => {
    const patientId = await billableMonth(story, { plan: { copyOn: null } })
    const fix = (await verdictOf(patientId)).fixes[0]
    const body = { fixId: fix?.id ?? '', dueOn: '2026-11-05', note: 'She comes in on Thursday.' }
    const sent = await story
      .as('lena')
      .does(contract.months.sendBack, { params: { month, patientId }, body }, { key: 'send-1' })
    expect(sent).toMatchObject({
      ownerRole: 'care_manager',
      owner: { name: 'Rosa Marin' },
      dueOn: '2026-11-05',
      doneAt: null,
    })
    const again = await story
      .as('lena')
      .does(contract.months.sendBack, { params: { month, patientId }, body }, { key: 'send-1' })
    expect(again.taskId).toBe(sent.taskId)
    expect(
      (await story.as('lena').isRefused(contract.months.sendBack, { params: { month, patientId }, body })).code,
    ).toBe('conflict')
    const board = await story.as('lena').does(contract.months.board, { params: { month }, query: {} })
    const row = board.lanes.flatMap(({ rows }) => rows).find(({ patient }) => patient.id === patientId)
    expect(row?.sentBack).toMatchObject({ taskId: sent.taskId, dueOn: '2026-11-05' })
    const task = await story.look((tx) =>
      tx.db
        .selectFrom('tasks')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', sent.taskId)
        .executeTakeFirstOrThrow(),
    )
    expect(task).toMatchObject({
      kind: 'month_fix',
      month,
      patient_id: patientId,
      owner_id: story.as('rosa').id,
      created_by: story.as('lena').id,
    })
    expect(
      (await story.auditOf('month.sent_back')).some(
        ({ outcome, patient_id }) => outcome === 'done' && patient_id === patientId,
      ),
    ).toBe(true)
  })

  test('a step that is not open, or a day that is over, is refused', async () => {
    const patientId = await billableMonth(story, { plan: { copyOn: null } })
    const params = { month, patientId }
    const fixId = (await verdictOf(patientId)).fixes[0]?.id ?? ''
    expect(
      (
        await story.as('lena').isRefused(contract.months.sendBack, {
          params,
          body: { fixId: 'ccm.time.enough.add_care_time', dueOn: '2026-11-05' },
        })
      ).code,
    ).toBe('not_found')
    expect(
      (await story.as('lena').isRefused(contract.months.sendBack, { params, body: { fixId, dueOn: '2026-11-02' } }))
        .code,
    ).toBe('invalid_input')
    expect(
      (await story.as('rosa').isRefused(contract.months.sendBack, { params, body: { fixId, dueOn: '2026-11-05' } }))
        .code,
    ).toBe('forbidden')
  })
})

describe('many patients', () => {
  test('a clinic is judged in as many queries for forty patients as for one', async () => {
    const few = await queriesOf('2025-02', 1)
    const many = await queriesOf('2025-03', 40)
    expect(many).toBe(few)
  })
})

/** How many statements the look at a month takes, with so many patients in it. */
async function queriesOf(of: string, patients: number): Promise<number> {
  for (let number = 0; number < patients; number++) {
    await billableMonth(story, {
      month: of,
      enrolledOn: `${of}-01`,
      endedOn: `${of}-28`,
      consent: { givenOn: `${of}-01` },
      attestation: { attestedOn: `${of}-01` },
      plan: { signedOn: `${of}-02`, copyOn: `${of}-02` },
      work: [{ seconds: 60 }],
    })
  }
  const { assessMonth } = await import('./index.ts')
  return story.look(async (tx) => {
    let queries = 0
    const counted = {
      ...tx,
      db: tx.db.withPlugin({
        transformQuery: ({ node }) => {
          queries++
          return node
        },
        transformResult: async ({ result }) => result,
      }) as typeof tx.db,
    }
    const { patients: judged } = await assessMonth(counted, story.clinicId, of, story.clock.now())
    expect(judged).toBe(patients)
    return queries
  })
}

describe('the board between looks', () => {
  test('shows after every deed what it would show if everybody were judged anew', async () => {
    const board = async () => {
      const { lanes, fresh } = await story.as('june').does(contract.months.board, { params: { month }, query: {} })
      return {
        fresh,
        lanes: lanes.map((lane) => ({ ...lane, rows: lane.rows.map((row) => ({ ...row, since: null })) })),
      }
    }
    const forget = () =>
      story.look((tx) =>
        tx.db.updateTable('month_looks').set({ book: 'another' }).where('tenant_id', '=', tx.tenantId).execute(),
      )
    const diaz = await billableMonth(story, { work: [{ seconds: 3600 }], decision: 'moderate' })
    const lee = await billableMonth(story, { work: [{ seconds: 1199 }] })
    const kim = await billableMonth(story)
    const consent = await story.look((tx) =>
      tx.db
        .selectFrom('consents')
        .select('id')
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', kim)
        .executeTakeFirstOrThrow(),
    )
    const { items: staff } = await story.as('june').does(contract.staffing.list, {})
    const npi = staff.find(({ id }) => id === story.as('okafor').id)?.npi ?? null
    await board()
    const deeds: Record<string, () => Promise<unknown>> = {
      'Rosa writes time by hand': () =>
        story.as('rosa').does(contract.minutes.log, {
          params: { patientId: lee },
          body: {
            startedAt: '2026-10-30T15:00:00Z',
            endedAt: '2026-10-30T15:05:00Z',
            activity: 'patient_call',
            contact: 'patient',
            whatWasDone: 'Spoke about the sugar readings.',
            reason: 'The computer was off.',
            attested: true,
          },
        }),
      'Lena chooses another family': () =>
        story.as('lena').does(contract.months.choose, {
          params: { month, patientId: diaz },
          body: { family: 'non_complex', reason: 'Dr Okafor asks for it.' },
        }),
      'a consent is withdrawn': () =>
        story.as('rosa').does(contract.consents.revoke, {
          params: { id: consent.id },
          body: { requestedOn: '2026-11-03', reason: 'No more calls.' },
        }),
      'an enrollment ends before the month': () =>
        story.as('okafor').does(contract.enrollments.end, {
          params: { patientId: lee },
          body: { reason: 'moved', endedOn: '2026-11-02' },
        }),
      'Dr Okafor has no NPI any more': () =>
        story.as('june').does(contract.staffing.update, {
          params: { id: story.as('okafor').id },
          body: { title: 'Physician', npi: null, weeklyMinutes: 60 },
        }),
      'his NPI is written again': () =>
        story.as('june').does(contract.staffing.update, {
          params: { id: story.as('okafor').id },
          body: { title: 'Physician', npi, weeklyMinutes: 60 },
        }),
    }
    for (const [name, deed] of Object.entries(deeds)) {
      const before = await board()
      await deed()
      const after = await board()
      await forget()
      expect(after, name).toEqual(await board())
      expect(after.fresh, name).toBe(true)
      if (name !== 'a consent is withdrawn' && !name.startsWith('an enrollment'))
        expect(after, name).not.toEqual(before)
    }
  })

  test('leaves alone what another clinic of the organization has judged of its own patients', async () => {
    const board = () => story.as('june').does(contract.months.board, { params: { month }, query: {} })
    await board()
    const patientId = await story.addPatient({})
    const elsewhere = newId()
    await story.look(async (tx) => {
      const clinic = await tx.db
        .selectFrom('clinics')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', story.clinicId)
        .executeTakeFirstOrThrow()
      await tx.db
        .insertInto('clinics')
        .values({ ...clinic, id: elsewhere, name: 'Elsewhere', address: json(clinic.address) })
        .execute()
      await tx.db
        .updateTable('patients')
        .set({ clinic_id: elsewhere })
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', patientId)
        .execute()
      await tx.db
        .insertInto('month_verdicts')
        .values({
          tenant_id: tx.tenantId,
          clinic_id: elsewhere,
          patient_id: patientId,
          month,
          lane: 'fix',
          outcome: 'not_yet',
          counted_seconds: 0,
          lines: json([]),
          record: Buffer.from([]),
          since: story.clock.now(),
          facts_sha256: 'x',
          book: 'x',
          assessed_at: story.clock.now(),
        })
        .execute()
      await insertWork(tx, patientId, month, { seconds: 60 }, (person) => story.as(person).id)
    })
    await board()
    const kept = await story.look((tx) =>
      tx.db
        .selectFrom('month_verdicts')
        .select('clinic_id')
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .execute(),
    )
    expect(kept).toEqual([{ clinic_id: elsewhere }])
  })
})

test('work added to an open month is seen at once', async () => {
  const patientId = await billableMonth(story, { work: [{ seconds: 1199 }] })
  expect((await verdictOf(patientId)).lane).toBe('not_billable')
  await story.look((tx) => insertWork(tx, patientId, month, { seconds: 1 }, (person) => story.as(person).id))
  expect((await verdictOf(patientId)).lane).toBe('ready')
})
