import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'
import { insertTask } from '../tasks/index.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

const figures = () => story.as('lena').does(contract.remittances.receivables, {})

test('how long what was sent back took is measured by the seat that has it, and what is late is told', async () => {
  expect((await figures()).sentBack).toEqual([])
  const patientId = await story.addPatient()
  const sendBack = (ownerRole: 'care_manager' | 'provider', dueOn: string, kind = 'month_fix') =>
    story.look((tx) =>
      insertTask(tx, {
        patientId,
        kind,
        title: 'The care plan is not approved.',
        detail: null,
        urgency: 'normal',
        ownerRole,
        ownerId: null,
        dueOn,
        month: '2026-10',
        by: story.as('lena').id,
        now: story.clock.now(),
      }),
    )
  const [first, second, third] = [
    await sendBack('care_manager', '2026-11-05'),
    await sendBack('care_manager', '2026-11-05'),
    await sendBack('care_manager', '2026-11-05'),
  ]
  await sendBack('provider', '2026-11-04')
  await sendBack('care_manager', '2026-11-04', 'call_back')
  const finish = (id: string) =>
    story.as('rosa').does(contract.tasks.finish, { params: { id }, body: { answer: 'Mended.' } })
  story.clock.advanceSeconds(4 * 3600)
  await finish(first)
  story.clock.advanceSeconds(20 * 3600)
  await finish(second)
  story.clock.advanceSeconds(48 * 3600)
  await finish(third)
  expect((await figures()).sentBack).toEqual([
    { role: 'care_manager', sent: 3, done: 3, open: 0, late: 1, medianSeconds: 24 * 3600 },
    { role: 'provider', sent: 1, done: 0, open: 1, late: 1, medianSeconds: null },
  ])
})

test('who has twenty counted minutes in a month that is over and no claim is counted; the running month is not', async () => {
  const counted = async (month: string, staff: number, practitioner: number) => {
    const patientId = await story.addPatient()
    await story.look((tx) =>
      tx.db
        .insertInto('patient_months')
        .values({
          tenant_id: tx.tenantId,
          patient_id: patientId,
          month,
          staff_seconds: staff,
          practitioner_seconds: practitioner,
          updated_at: story.clock.now(),
        })
        .execute(),
    )
  }
  await counted('2026-10', 1199, 0)
  await counted('2026-10', 1200, 0)
  await counted('2026-09', 600, 600)
  await counted('2026-09', 3000, 0)
  await counted('2026-11', 3000, 0)
  expect((await figures()).unbilled).toEqual([
    { month: '2026-10', patients: 1 },
    { month: '2026-09', patients: 2 },
  ])
})
