import { contract, sweepCan } from '@keepwell/contract'
import { action, type Ctx } from '../../action/action.ts'
import { assert, Problem } from '../../kernel/problem.ts'
import { policyOn } from '../clinics/index.ts'
import { insertLook, insertSweep, readSweep } from './coverage-sweeps.store.ts'
import { beginsOn } from './coverage-sweeps.ts'
import { countSwept, listChanges, listUnanswered, presentSweep, readChange } from './coverage-sweeps.views.ts'

/** Where the month of today stands. */
async function standingOf({ tx, clinicId, today, outside }: Pick<Ctx, 'tx' | 'clinicId' | 'today' | 'outside'>) {
  const month = today.slice(0, 7)
  const sweep = await readSweep(tx, clinicId, month)
  return {
    month,
    connected: outside.eligibility.connected,
    beginsOn: beginsOn(month, await policyOn(tx, clinicId, 'coverage.sweep_days', today)),
    sweep: sweep === undefined ? null : presentSweep(sweep),
    ...(await countSwept(tx, { clinicId, month, startedAt: sweep?.startedAt ?? null })),
  }
}

export const standing = action(contract.coverageSweeps.standing, standingOf)

export const unanswered = action(contract.coverageSweeps.unanswered, async ({ tx, clinicId, today, touch }) => {
  const month = today.slice(0, 7)
  const sweep = await readSweep(tx, clinicId, month)
  const items = await listUnanswered(tx, { clinicId, month, startedAt: sweep?.startedAt ?? null })
  touch({ detail: { count: items.length } })
  return { items }
})

export const start = action(contract.coverageSweeps.start, async (ctx) => {
  const { tx, clinicId, by, now, touch } = ctx
  const { month, ...rest } = await standingOf(ctx)
  const whyNot = sweepCan.start.whyNot(rest)
  if (whyNot !== null) throw new Problem('conflict', `${whyNot} Nothing was started.`)
  const id = await insertSweep(tx, { clinicId, month, by, now })
  if (id === undefined) throw new Problem('conflict', 'Medicare is being asked already. Nothing was started.')
  touch({ subjectId: id, detail: { month } })
  const sweep = await readSweep(tx, clinicId, month)
  assert(sweep?.id === id, 'the sweep was just written')
  return presentSweep(sweep)
})

export const changes = action(contract.coverageSweeps.changes, async ({ tx, clinicId, today, touch }, { query }) => {
  const page = await listChanges(tx, query, { clinicId, month: today.slice(0, 7) })
  touch({ detail: { count: page.items.length } })
  return page
})

export const look = action(contract.coverageSweeps.look, async ({ tx, by, now, touch }, { params, body }) => {
  const change = await readChange(tx, params.id)
  if (!(await insertLook(tx, { changeId: change.id, note: body.note, by, now })))
    throw new Problem('conflict', 'Somebody has looked at it already. Nothing was written.')
  touch({ patientId: change.patient.id, subjectId: change.id })
  return readChange(tx, change.id)
})
