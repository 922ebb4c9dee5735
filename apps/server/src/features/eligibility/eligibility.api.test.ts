import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStory, type Story, type StoryPatient } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'
import { eligibilitySimulator } from '../../outside/eligibility/eligibility-simulator.ts'
import { listEligible } from './index.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())
beforeEach(() => {
  story.app.runner.outside.eligibility = eligibilitySimulator()
})

const snomed = (code: string, display: string) => ({ system: 'snomed', code, display })
const icd = (code: string, display: string) => ({ system: 'icd10cm', code, display })
const patient = (family: string, more: Partial<StoryPatient> = {}) =>
  story.addPatient({ family, given: 'Pat', mbi: '1EG4TE5MK73', ...more })

describe('the list of eligible patients', () => {
  test('shows each patient with the evidence in both codings, the risk with its points, and nobody who may not be asked', async () => {
    const ann = await patient('Kim', {
      conditions: [
        snomed('38341003', 'Hypertension'),
        snomed('44054006', 'Diabetes'),
        snomed('84114007', 'Heart failure'),
      ],
    })
    const dead = await patient('Gone', { deceased: true, diedOn: '2026-10-01' })
    const single = await patient('Single', {
      conditions: [icd('I10', 'Hypertension'), icd('I11.9', 'Hypertensive heart disease')],
    })
    const { items, counts, groups } = await story.as('rosa').does(contract.eligibility.list, { query: { limit: 500 } })
    const ids = items.map((one) => one.patient.id)
    expect(ids).toContain(ann)
    expect(ids).not.toContain(dead)
    expect(ids).not.toContain(single)
    const kim = items.find((one) => one.patient.id === ann)
    expect(kim).toMatchObject({
      coverage: 'part_b',
      chip: { status: 'eligible' },
      seenWithinYear: false,
      initiatingVisit: null,
      mark: null,
      lastCheck: null,
    })
    const hypertension = kim?.groups.find((hit) => hit.group === 'hypertension')
    expect(hypertension?.evidence[0]).toMatchObject({
      icd10: 'I10',
      codings: [{ system: 'snomed', code: '38341003' }],
    })
    expect(kim?.risk.points.reduce((sum, point) => sum + point.points, 0)).toBe(kim?.risk.score)
    expect(kim?.risk.points.every((point) => point.evidence.length > 0)).toBe(true)
    expect(counts.open).toBe(items.length)
    expect(groups.find((one) => one.group === 'heart_failure')?.patients).toBe(1)
    expect((await story.auditOf('eligibility.listed')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('rosa').id,
    })
  })

  test("the provider's mark comes before the risk, the risk before the name; pages go on where they stopped", async () => {
    const low = await patient('Aaron', {
      conditions: [icd('E78.5', 'High lipids'), icd('I10', 'Hypertension')],
    })
    const high = await patient('Zoe', {
      conditions: [
        icd('I50.9', 'Heart failure'),
        icd('J44.9', 'COPD'),
        icd('N18.30', 'CKD'),
        icd('E11.9', 'Diabetes'),
        icd('I10', 'Hypertension'),
      ],
    })
    await story.as('okafor').does(contract.eligibility.mark, {
      params: { patientId: low },
      body: { level: 'first', reason: 'Lives alone since August.' },
    })
    const all = await story.as('rosa').does(contract.eligibility.list, { query: { limit: 500 } })
    const order = all.items.map((one) => one.patient.id)
    expect(order[0]).toBe(low)
    expect(all.items[0]?.mark).toMatchObject({
      level: 'first',
      reason: 'Lives alone since August.',
      by: { name: 'Dr Ada Okafor' },
    })
    expect(order.indexOf(high)).toBe(1)
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await story
        .as('rosa')
        .does(contract.eligibility.list, { query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } })
      paged.push(...page.items.map((one) => one.patient.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(paged).toEqual(order)
    const firsts = await story.as('rosa').does(contract.eligibility.list, { query: { priority: 'first' } })
    expect(firsts.items.map((one) => one.patient.id)).toEqual([low])
    const hearts = await story.as('rosa').does(contract.eligibility.list, { query: { group: 'copd' } })
    expect(hearts.items.map((one) => one.patient.id)).toEqual([high])
  })

  test('a page that does not exist is said so', async () => {
    expect(
      (await story.as('rosa').isRefused(contract.eligibility.list, { query: { cursor: 'bm9uc2Vuc2U' } })).code,
    ).toBe('bad_request')
  })

  test('the front desk does not get the list or the evidence', async () => {
    const patientId = await patient('Diaz')
    expect((await story.as('sam').isRefused(contract.eligibility.list, { query: {} })).code).toBe('forbidden')
    expect((await story.as('sam').isRefused(contract.eligibility.get, { params: { patientId } })).code).toBe(
      'forbidden',
    )
  })

  test('the command line lists the same people with both ids', async () => {
    const patientId = await patient('Liner', {
      sourceId: 'ehr-77',
      conditions: [snomed('38341003', 'Hypertension'), icd('E11.9', 'Diabetes')],
    })
    const lines = await story.look((tx) => listEligible(tx, '2026-11-03'))
    expect(lines.find((line) => line.id === patientId)).toMatchObject({
      sourceId: 'ehr-77',
      name: 'Pat Liner',
      bornOn: '1952-03-14',
      conditions: ['Diabetes', 'Hypertension'],
      evidence: expect.arrayContaining([
        expect.objectContaining({ group: 'hypertension', code: '38341003', icd10: 'I10' }),
      ]),
    })
  })
})

describe('one patient', () => {
  test('who is not proposed is shown with the reason', async () => {
    const patientId = await patient('Single', { conditions: [icd('I10', 'Hypertension')] })
    const view = await story.as('okafor').does(contract.eligibility.get, { params: { patientId } })
    expect(view).toMatchObject({ proposed: false, chip: { status: 'not_eligible' } })
    expect(view.reasons[0]).toContain('Only one chronic condition')
  })
  test('another organization does not learn that the patient exists', async () => {
    const patientId = await patient('Diaz')
    const stranger = story.other.as('okafor')
    expect((await stranger.isRefused(contract.eligibility.get, { params: { patientId } })).code).toBe('not_found')
    expect((await stranger.isRefused(contract.eligibility.chip, { params: { patientId } })).code).toBe('not_found')
    expect(
      (
        await stranger.isRefused(contract.eligibility.mark, {
          params: { patientId },
          body: { level: 'soon', reason: 'Curious.' },
        })
      ).code,
    ).toBe('not_found')
    expect(
      (await story.other.as('sam').isRefused(contract.eligibility.check, { params: { patientId }, body: {} })).code,
    ).toBe('not_found')
    expect((await stranger.isRefused(contract.eligibility.checks, { params: { patientId } })).code).toBe('not_found')
    expect((await stranger.does(contract.eligibility.list, { query: {} })).items).toEqual([])
  })
})

describe("the provider's mark", () => {
  test('is kept with its reason and history, once for one request, and is in the audit', async () => {
    const patientId = await patient('Marked')
    const input = {
      params: { patientId },
      body: { level: 'soon', reason: 'Two falls this autumn.' },
    } as const
    const first = await story.as('okafor').call(contract.eligibility.mark, input, { key: 'mark-1' })
    expect((await story.as('okafor').call(contract.eligibility.mark, input, { key: 'mark-1' })).body).toEqual(
      first.body,
    )
    await story.as('okafor').does(contract.eligibility.mark, {
      params: { patientId },
      body: { level: 'later', reason: 'In rehabilitation.' },
    })
    const view = await story.as('rosa').does(contract.eligibility.get, { params: { patientId } })
    expect(view.marks.map((mark) => mark.level)).toEqual(['later', 'soon'])
    expect((await story.auditOf('priority.marked')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { level: 'later' },
    })
  })
  test('is not set on the dead, nor by the care manager', async () => {
    const dead = await patient('Gone', { deceased: true, diedOn: '2026-10-01' })
    expect(
      (
        await story.as('okafor').isRefused(contract.eligibility.mark, {
          params: { patientId: dead },
          body: { level: 'first', reason: 'No.' },
        })
      ).code,
    ).toBe('patient_deceased')
    const alive = await patient('Alive')
    expect(
      (
        await story.as('rosa').isRefused(contract.eligibility.mark, {
          params: { patientId: alive },
          body: { level: 'first', reason: 'No.' },
        })
      ).code,
    ).toBe('forbidden')
  })
})

describe('asking Medicare', () => {
  test('Sam asks: yes with reasons, the coverage is on record, and both files are kept', async () => {
    const patientId = await patient('Diaz', { coverages: [] })
    const before = await story.as('sam').does(contract.eligibility.chip, { params: { patientId } })
    expect(before.chip.status).toBe('unknown')
    const check = await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })
    expect(check).toMatchObject({
      verdict: 'yes',
      failure: null,
      serviceOn: '2026-11-03',
      by: { name: 'Sam Porter' },
      facts: { partB: { active: 'yes' } },
    })
    const after = await story.as('sam').does(contract.eligibility.chip, { params: { patientId } })
    expect(after).toMatchObject({ chip: { status: 'eligible' }, lastCheck: { id: check.id } })
    const kept = await story.look((tx) =>
      tx.db
        .selectFrom('eligibility_checks')
        .select(['request_270', 'response_271'])
        .where('id', '=', check.id)
        .executeTakeFirst(),
    )
    expect(kept?.request_270).toContain('1EG4TE5MK73')
    expect(kept?.response_271).toContain('EB*1**30*MB')
    expect((await story.auditOf('eligibility.checked')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { verdict: 'yes', failed: false },
    })
    expect((await story.as('lena').does(contract.eligibility.checks, { params: { patientId } })).items).toHaveLength(1)
  })

  test('a plan that Medicare tells ends the proposal as Part B; when it is told no more, it ends', async () => {
    const patientId = await patient('Diaz', { mbi: '1EG4TE5XX90' })
    const first = await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })
    expect(first).toMatchObject({
      verdict: 'no',
      facts: { medicareAdvantage: [{ payerName: 'RIVERVIEW ADVANTAGE' }] },
    })
    expect((await story.as('rosa').does(contract.eligibility.get, { params: { patientId } })).coverage).toBe(
      'medicare_advantage',
    )
    await story.look((tx) =>
      tx.db.updateTable('patients').set({ mbi: '1EG4TE5MK73' }).where('id', '=', patientId).execute(),
    )
    story.clock.advanceSeconds(60)
    await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })
    const view = await story.as('rosa').does(contract.eligibility.get, { params: { patientId } })
    expect(view).toMatchObject({ coverage: 'part_b', chip: { status: 'eligible' } })
    const rows = await story.look((tx) =>
      tx.db
        .selectFrom('coverages')
        .select(['kind', 'to_on'])
        .where('patient_id', '=', patientId)
        .where('source', '=', '271')
        .orderBy('kind')
        .execute(),
    )
    expect(rows).toEqual([
      { kind: 'medicare_advantage', to_on: '2026-11-02' },
      { kind: 'medicare_part_a', to_on: null },
      { kind: 'medicare_part_b', to_on: null },
    ])
  })

  test('a silent service is no wall: unsure, what failed, and the next try works', async () => {
    const patientId = await patient('Silent', { coverages: [] })
    const failed = await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })
    expect(failed).toMatchObject({
      verdict: 'unsure',
      facts: null,
      failure: expect.stringContaining('did not answer in time'),
    })
    expect((await story.as('sam').does(contract.eligibility.chip, { params: { patientId } })).chip).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('failed at 09:'),
    })
    await story.look((tx) =>
      tx.db.updateTable('patients').set({ family: 'Diaz' }).where('id', '=', patientId).execute(),
    )
    story.clock.advanceSeconds(60)
    expect((await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })).verdict).toBe(
      'yes',
    )
  })

  test('without an MBI nobody is asked; the answer says which fact is missing', async () => {
    const patientId = await patient('Diaz', { mbi: null })
    story.app.runner.outside.eligibility = {
      name: 'nobody',
      connected: true,
      ask: () => Promise.reject(new Error('must not be asked')),
    }
    const check = await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })
    expect(check).toMatchObject({ verdict: 'unsure', failure: expect.stringContaining('MBI') })
    expect(check.failure).not.toContain('must not be asked')
  })

  test('nobody is asked inside an open transaction', async () => {
    const patientId = await patient('Diaz')
    let free = false
    story.app.runner.outside.eligibility = {
      name: 'watching',
      connected: true,
      ask: async () => {
        await story.look(async (tx) => tx.db.selectFrom('patients').select('id').limit(1).execute())
        free = true
        return 'no X12'
      },
    }
    expect((await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })).verdict).toBe(
      'unsure',
    )
    expect(free).toBe(true)
  })

  test('tomorrow cannot be asked for, nor may the auditor ask', async () => {
    const patientId = await patient('Diaz')
    expect(
      (
        await story
          .as('sam')
          .isRefused(contract.eligibility.check, { params: { patientId }, body: { serviceOn: '2026-11-04' } })
      ).code,
    ).toBe('invalid_input')
    expect(
      (await story.as('theo').isRefused(contract.eligibility.check, { params: { patientId }, body: {} })).code,
    ).toBe('forbidden')
  })

  test('a death that Medicare tells takes the patient off the list', async () => {
    const patientId = await patient('Died')
    const check = await story.as('sam').does(contract.eligibility.check, { params: { patientId }, body: {} })
    expect(check).toMatchObject({ verdict: 'no', facts: { diedOn: '2025-12-31' } })
    const { items } = await story.as('rosa').does(contract.eligibility.list, { query: { state: 'all', limit: 500 } })
    expect(items.map((one) => one.patient.id)).not.toContain(patientId)
  })
})

describe('the list as kept', () => {
  const lineOf = async (patientId: string) =>
    (await story.as('rosa').does(contract.eligibility.list, { query: { state: 'all', limit: 500 } })).items.find(
      (one) => one.patient.id === patientId,
    )
  const rowOf = (patientId: string) =>
    story.look(async (tx) =>
      tx.db
        .selectFrom('patient_assessments')
        .select(['seen', 'basis', 'proposed'])
        .where('tenant_id', '=', tx.tenantId)
        .where('patient_id', '=', patientId)
        .executeTakeFirst(),
    )

  test('is the same the second time, and what is told of Medicare in between changes the one it is about', async () => {
    const patientId = await patient('Kept', {
      conditions: [icd('E11.9', 'Diabetes'), icd('I10', 'Hypertension')],
      coverages: [],
      mbi: null,
    })
    const first = await lineOf(patientId)
    expect(first?.coverage).toBe('to_be_checked')
    expect(await lineOf(patientId)).toEqual(first)
    const before = await rowOf(patientId)
    await story.as('sam').does(contract.patients.addCoverage, {
      params: { patientId },
      body: {
        kind: 'medicare_part_b',
        payerName: 'Medicare',
        memberId: '2AC4TE5MK74',
        fromOn: '2019-01-01',
        payerOrder: 1,
      },
    })
    expect(await lineOf(patientId)).toMatchObject({ coverage: 'part_b', chip: { status: 'eligible' } })
    const after = await rowOf(patientId)
    expect(after?.basis).toBe(before?.basis)
    expect(after?.seen).toBe((before?.seen ?? 0) + 1)
    await story
      .as('okafor')
      .does(contract.eligibility.mark, { params: { patientId }, body: { level: 'soon', reason: 'Lives alone.' } })
    expect(await lineOf(patientId)).toMatchObject({ mark: { level: 'soon' } })
    const soon = await story.as('rosa').does(contract.eligibility.list, { query: { state: 'all', priority: 'soon' } })
    expect(soon.items.map((one) => one.patient.id)).toEqual([patientId])
  })

  test('is made anew the next day, and by what an import brings', async () => {
    const patientId = await patient('Anew', {
      conditions: [icd('E11.9', 'Diabetes'), icd('I10', 'Hypertension')],
    })
    await lineOf(patientId)
    const before = await rowOf(patientId)
    story.clock.advanceSeconds(86_400)
    expect(await lineOf(patientId)).toBeDefined()
    const dayAfter = await rowOf(patientId)
    expect(dayAfter?.basis).not.toBe(before?.basis)
    await story.look((tx) =>
      tx.db
        .insertInto('imports')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          kind: 'fhir',
          source: 'ehr',
          files: '[]',
          dry_run: false,
          status: 'done',
          counts: '{}',
          findings: '[]',
          started_at: story.clock.now(),
          progress_at: story.clock.now(),
          finished_at: story.clock.now(),
        })
        .execute(),
    )
    expect(await lineOf(patientId)).toBeDefined()
    expect((await rowOf(patientId))?.basis).not.toBe(dayAfter?.basis)
  })
})
