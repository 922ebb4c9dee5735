import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEnrolledPatient } from '../../../test/support/enrolled.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { eligibilitySimulator } from '../../outside/eligibility/eligibility-simulator.ts'
import { sweepCoverage } from './index.ts'

let story: Story
const patients: Record<'diaz' | 'advantage' | 'silent' | 'unnumbered', string> = {
  diaz: '',
  advantage: '',
  silent: '',
  unnumbered: '',
}
beforeAll(async () => {
  story = await openStory()
  story.app.runner.outside.eligibility = eligibilitySimulator()
  await story.setPolicy('claim.parties', {
    submitterId: 'KEEPWELL1',
    submitterContact: 'Lena Weiss',
    submitterPhone: '2125550100',
    receiverId: '13202',
    receiverName: 'NGS MEDICARE',
    payerId: '13202',
    payerName: 'NGS MEDICARE PART B',
    usage: 'T',
  })
  patients.diaz = await addEnrolledPatient(story, { family: 'Diaz' })
  patients.advantage = await addEnrolledPatient(story, { family: 'Diaz', given: 'Rose' })
  patients.silent = await addEnrolledPatient(story, { family: 'Silent' })
  patients.unnumbered = await addEnrolledPatient(story, { family: 'Lee', mbi: null })
  await story.addPatient({ family: 'Nobody' })
})
afterAll(() => story.close())

const round = () =>
  sweepCoverage(
    (work) => story.database.withTenant(story.tenantId, work),
    story.app.runner.outside,
    story.clinicId,
    story.clock.now(),
  )
/** Works like the worker until nothing is due; answers how many were asked about. */
async function rounds(): Promise<number> {
  let asked = 0
  while (await round()) asked++
  return asked
}
const standing = () => story.as('lena').does(contract.coverageSweeps.standing, {})
const changes = (state: 'open' | 'looked_at' = 'open') =>
  story.as('lena').does(contract.coverageSweeps.changes, { query: { state } })
const moved = (family: string) =>
  story.look((tx) => tx.db.updateTable('patients').set({ family }).where('id', '=', patients.advantage).execute())

describe('asking about everybody', () => {
  test('before its day nothing happens by itself; on its day it begins and asks each enrolled patient once', async () => {
    expect(await standing()).toMatchObject({
      month: '2026-11',
      connected: true,
      beginsOn: '2026-11-24',
      sweep: null,
      enrolledCount: 4,
    })
    story.clock.advanceSeconds(20 * 86_400)
    expect(await rounds()).toBe(0)
    story.clock.advanceSeconds(86_400)
    expect(await rounds()).toBe(6)
    expect(await standing()).toMatchObject({
      sweep: { month: '2026-11', startedBy: null, endedAt: null },
      answeredCount: 2,
      failedCount: 2,
    })
    const [event] = await story.auditOf('coverage.sweep_started')
    expect(event).toMatchObject({ outcome: 'done', actor_id: null })
    const asked = (await story.auditOf('eligibility.checked')).map(({ patient_id }) => patient_id)
    expect([...new Set(asked)].toSorted()).toEqual(Object.values(patients).toSorted())
    expect(asked.filter((id) => id !== patients.silent)).toHaveLength(3)
  })

  test('who cannot be asked about stands with the reason; who gets no answer is asked about three times, with a pause', async () => {
    expect((await standing()).sweep?.pausedUntil).toBe('2026-11-24T14:22:00.000Z')
    expect(await rounds()).toBe(0)
    story.clock.advanceSeconds(600)
    expect(await rounds()).toBe(0)
    expect((await standing()).sweep).toMatchObject({ endedAt: '2026-11-24T14:22:00.000Z', pausedUntil: null })
    const { items } = await story.as('lena').does(contract.coverageSweeps.unanswered, {})
    expect(items.map(({ patient, failure }) => [patient.id, failure])).toEqual([
      [patients.unnumbered, expect.stringContaining('MBI')],
      [patients.silent, expect.stringContaining('did not answer in time')],
    ])
    const checks = await story.as('lena').does(contract.eligibility.checks, { params: { patientId: patients.silent } })
    expect(checks.items.map(({ by }) => by)).toEqual([null, null, null])
  })

  test('it is done once a month by itself; Lena asks again by hand, one sweep at a time', async () => {
    story.clock.advanceSeconds(86_400)
    expect(await rounds()).toBe(0)
    const again = await story.as('lena').does(contract.coverageSweeps.start, { body: {} })
    expect(again).toMatchObject({ month: '2026-11', startedBy: { name: 'Lena Weiss' }, endedAt: null })
    expect((await story.as('lena').isRefused(contract.coverageSweeps.start, { body: {} })).code).toBe('conflict')
    expect((await story.as('june').isRefused(contract.coverageSweeps.start, { body: {} })).code).toBe('forbidden')
    expect((await story.auditOf('coverage.sweep_started')).at(-1)).toMatchObject({ outcome: 'refused' })
  })
})

describe('what changed', () => {
  test('a plan that is new since the last answer stands on the list, with the coverage of the record', async () => {
    expect(await changes()).toMatchObject({ items: [], openCount: 0 })
    await moved('Advantage')
    expect(await rounds()).toBeGreaterThan(0)
    const { items, openCount } = await changes()
    expect(openCount).toBe(1)
    expect(items).toMatchObject([
      {
        patient: { id: patients.advantage },
        changes: [
          {
            kind: 'medicare_advantage',
            sentence: 'RIVERVIEW ADVANTAGE (Medicare Advantage) covers the patient now.',
          },
        ],
        verdict: 'no',
        look: null,
      },
    ])
  })

  test('a change that the front desk sees stands there too; of a patient who is not enrolled it does not', async () => {
    await moved('Diaz')
    story.clock.advanceSeconds(60)
    await story.as('sam').does(contract.eligibility.check, { params: { patientId: patients.advantage }, body: {} })
    const guest = await story.addPatient({ family: 'Hospice' })
    await story.as('sam').does(contract.eligibility.check, { params: { patientId: guest }, body: {} })
    const { items } = await changes()
    expect(items.map(({ patient }) => patient.id)).toEqual([patients.advantage, patients.advantage])
    expect(items[0]?.changes[0]?.sentence).toContain('does not cover the patient any more')
  })

  test('Lena says what she did; the change leaves the list and is written once', async () => {
    const [change] = (await changes()).items
    if (change === undefined) throw new Error('a change stands on the list')
    const input = { params: { id: change.id }, body: { note: 'Told Rosa; the plan ended.' } }
    expect((await story.as('june').isRefused(contract.coverageSweeps.look, input)).code).toBe('forbidden')
    const looked = await story.as('lena').does(contract.coverageSweeps.look, input)
    expect(looked.look).toMatchObject({ note: 'Told Rosa; the plan ended.', by: { name: 'Lena Weiss' } })
    expect((await story.as('lena').isRefused(contract.coverageSweeps.look, input)).code).toBe('conflict')
    expect(await changes()).toMatchObject({ openCount: 1 })
    expect((await changes('looked_at')).items.map(({ id }) => id)).toEqual([change.id])
    expect((await story.auditOf('coverage.change_looked_at')).find(({ outcome }) => outcome === 'done')).toMatchObject({
      patient_id: patients.advantage,
      actor_id: story.as('lena').id,
    })
  })

  test('the list goes on where it stopped', async () => {
    const first = await story.as('lena').does(contract.coverageSweeps.changes, { query: { limit: 1 } })
    expect(first.nextCursor).toBeNull()
    expect(
      (await story.as('lena').isRefused(contract.coverageSweeps.changes, { query: { cursor: 'nowhere' } })).code,
    ).toBe('bad_request')
  })
})

test('where no service is connected nothing begins, and the button says why', async () => {
  const lonely = await openStory()
  await addEnrolledPatient(lonely, { family: 'Diaz' })
  lonely.clock.advanceSeconds(25 * 86_400)
  expect(
    await sweepCoverage(
      (work) => lonely.database.withTenant(lonely.tenantId, work),
      lonely.app.runner.outside,
      lonely.clinicId,
      lonely.clock.now(),
    ),
  ).toBe(false)
  expect(await lonely.as('lena').does(contract.coverageSweeps.standing, {})).toMatchObject({
    connected: false,
    sweep: null,
  })
  expect(await lonely.as('lena').isRefused(contract.coverageSweeps.start, { body: {} })).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('No eligibility service is connected'),
  })
  await lonely.close()
})

test('a month that ended takes its unfinished sweep with it', async () => {
  await story
    .as('lena')
    .does(contract.coverageSweeps.start, { body: {} })
    .catch(() => undefined)
  story.clock.advanceSeconds(7 * 86_400)
  expect(await rounds()).toBe(0)
  expect(await standing()).toMatchObject({ month: '2026-12', sweep: null })
  const open = await story.look((tx) =>
    tx.db.selectFrom('coverage_sweeps').select('id').where('ended_at', 'is', null).execute(),
  )
  expect(open).toEqual([])
})
