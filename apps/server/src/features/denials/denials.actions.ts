import { contract } from '@keepwell/contract'
import { sql } from 'kysely'
import { action } from '../../action/action.ts'
import { Problem } from '../../kernel/problem.ts'
import { setResolution } from './denials.store.ts'
import { denialsByCause, listDenials, readDenial } from './denials.views.ts'

export const list = action(contract.denials.list, async ({ tx, today, touch }, { query }) => {
  const page = await listDenials(tx, query, today)
  touch({ detail: { count: page.items.length } })
  return { ...page, byCause: await denialsByCause(tx, query) }
})

export const resolve = action(contract.denials.resolve, async ({ tx, by, now, today, touch }, { params, body }) => {
  await sql`select id from denials where tenant_id = ${tx.tenantId} and id = ${params.id} for update`.execute(tx.db)
  const { patientId, ...denial } = await readDenial(tx, params.id, today)
  if (denial.resolution !== null)
    throw new Problem('conflict', `It was closed already by ${denial.resolution.by.name}: ${denial.resolution.text}`)
  await setResolution(tx, denial.id, { resolution: body.resolution, by, now })
  touch({ patientId, subjectId: denial.id, detail: { kind: denial.kind } })
  const { patientId: _, ...after } = await readDenial(tx, params.id, today)
  return after
})
