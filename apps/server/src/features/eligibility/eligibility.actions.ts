import { contract } from '@keepwell/contract'
import { action, longAction } from '../../action/action.ts'
import { assert, found, orThrow } from '../../kernel/problem.ts'
import { requirePatient } from '../patients/index.ts'
import { checkCoverage } from './check-coverage.ts'
import { insertMark, listChecks, listMarks } from './eligibility.store.ts'
import { decideMark } from './eligibility.ts'
import { ccmStatusOf, listEligiblePatients, presentCheck, readEligibility } from './eligibility.views.ts'

export const list = action(contract.eligibility.list, async (ctx, { query }) => {
  const answer = await listEligiblePatients(ctx, ctx.clinicId, query)
  ctx.touch({ detail: { shown: answer.items.length, filter: { state: query.state, sort: query.sort } } })
  return answer
})

export const get = action(contract.eligibility.get, async (ctx, { params }) => {
  await requirePatient(ctx.tx, params.patientId)
  return readEligibility(ctx, params.patientId)
})

export const chip = action(contract.eligibility.chip, async (ctx, { params }) => {
  await requirePatient(ctx.tx, params.patientId)
  const chips = await ccmStatusOf(ctx, [params.patientId])
  const [check] = await listChecks(ctx.tx, [params.patientId], 1)
  return {
    chip: found(chips.get(params.patientId), 'There is no such patient here.'),
    lastCheck: check === undefined ? null : presentCheck(check),
  }
})

export const mark = action(contract.eligibility.mark, async ({ tx, by, now, touch }, { params, body }) => {
  const patient = await requirePatient(tx, params.patientId)
  orThrow(decideMark(patient))
  const id = await insertMark(tx, { patientId: patient.id, ...body, by, now })
  touch({ subjectId: id, detail: { level: body.level } })
  const [row] = await listMarks(tx, [patient.id], 1)
  assert(row !== undefined, 'the mark was just written')
  return {
    level: row.level,
    reason: row.reason,
    by: { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
  }
})

export const check = longAction(contract.eligibility.check, async (ctx, { params, body }) => {
  const checked = await checkCoverage(ctx, params.patientId, { serviceOn: body.serviceOn, by: ctx.by }, async () => {})
  ctx.touch({ patientId: params.patientId, subjectId: checked.check.id, detail: checked.detail })
  return presentCheck(checked.check)
})

export const checks = action(contract.eligibility.checks, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  return { items: (await listChecks(tx, [params.patientId], 50)).map(presentCheck) }
})
