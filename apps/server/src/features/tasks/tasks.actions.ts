import { contract } from '@keepwell/contract'
import { action } from '../../action/action.ts'
import { found, orThrow } from '../../kernel/problem.ts'
import { requirePatient } from '../patients/index.ts'
import { insertTask, lockTask, rolesOf, saveAcknowledgment, saveCompletion } from './tasks.store.ts'
import { decideAcknowledge, decideCreate, decideFinish } from './tasks.ts'
import { countTasks, listPeople, listTasks, readTask } from './tasks.views.ts'

export const list = action(contract.tasks.list, async (ctx, { query }) => listTasks(ctx.tx, ctx, query))

export const count = action(contract.tasks.count, async (ctx) => countTasks(ctx.tx, ctx))

export const people = action(contract.tasks.people, async ({ tx }) => ({ items: await listPeople(tx) }))

export const create = action(contract.tasks.create, async (ctx, { body }) => {
  const { tx, by, now, today, touch } = ctx
  if (body.patientId !== null) await requirePatient(tx, body.patientId)
  const ownerRoles =
    body.ownerId === null ? null : found(await rolesOf(tx, body.ownerId), 'There is no such person here.')
  orThrow(decideCreate(body, { today, ownerRoles }))
  const id = await insertTask(tx, { ...body, kind: 'other', by, now })
  touch({
    ...(body.patientId === null ? {} : { patientId: body.patientId }),
    subjectId: id,
    detail: { ownerRole: body.ownerRole, urgency: body.urgency },
  })
  return readTask(tx, ctx, id)
})

export const acknowledge = action(contract.tasks.acknowledge, async (ctx, { params }) => {
  const { tx, by, now, touch } = ctx
  await lockTask(tx, params.id)
  const task = await readTask(tx, ctx, params.id)
  orThrow(decideAcknowledge(task))
  await saveAcknowledgment(tx, task.id, by, now)
  touch({
    ...(task.patient === null ? {} : { patientId: task.patient.id }),
    subjectId: task.id,
    detail: { kind: task.kind },
  })
  return readTask(tx, ctx, task.id)
})

export const finish = action(contract.tasks.finish, async (ctx, { params, body }) => {
  const { tx, by, now, touch } = ctx
  await lockTask(tx, params.id)
  const task = await readTask(tx, ctx, params.id)
  orThrow(decideFinish(task, body.answer))
  await saveCompletion(tx, task.id, body.answer === '' ? null : body.answer, by, now)
  touch({
    ...(task.patient === null ? {} : { patientId: task.patient.id }),
    subjectId: task.id,
    detail: { kind: task.kind, answered: body.answer !== '' },
  })
  return readTask(tx, ctx, task.id)
})
