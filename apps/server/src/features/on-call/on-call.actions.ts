import { contract } from '@keepwell/contract'
import { action, type Ctx } from '../../action/action.ts'
import { orThrow } from '../../kernel/problem.ts'
import { lockPatient, requirePatient } from '../patients/index.ts'
import { insertTask } from '../tasks/index.ts'
import {
  insertNote,
  insertOpening,
  latestOpening,
  listOpenings,
  type OpeningRow,
  readOpening,
  updateReview,
} from './on-call.store.ts'
import { decideReview, decideView, openingSeconds } from './on-call.ts'
import { presentOpening, presentRecord, searchCallers } from './on-call.views.ts'

export const search = action(contract.onCall.search, async ({ tx, touch }, { query }) => {
  const items = await searchCallers(tx, query.text)
  touch({ detail: { hits: items.length } })
  return { items }
})

export const open = action(contract.onCall.open, async ({ tx, by, now, touch }, { params, body }) => {
  await requirePatient(tx, params.patientId)
  const id = await insertOpening(tx, {
    patientId: params.patientId,
    staffId: by,
    reasonCode: body.reasonCode,
    reason: body.reason,
    openedAt: now,
    expiresAt: new Date(now.getTime() + openingSeconds * 1000),
  })
  touch({ subjectId: id, detail: { reasonCode: body.reasonCode } })
  return presentOpening(await readOpening(tx, id))
})

export const record = action(contract.onCall.record, async (ctx, { params }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  const opening = await mustBeOpen(ctx, patient.id)
  ctx.touch({ subjectId: opening.id })
  return presentRecord(ctx.tx, patient, opening, ctx.today)
})

export const note = action(contract.onCall.note, async (ctx, { params, body }) => {
  const { tx, by, now, today, touch } = ctx
  const patient = await requirePatient(tx, params.patientId)
  const opening = await mustBeOpen(ctx, patient.id)
  const taskId = body.handOver
    ? await insertTask(tx, {
        patientId: patient.id,
        kind: 'on_call_hand_over',
        title: `Called in the night: ${patient.name}`,
        detail: `${body.whatHappened} Advice: ${body.advice}`,
        urgency: 'today',
        ownerRole: 'care_manager',
        ownerId: null,
        dueOn: today,
        by,
        now,
      })
    : null
  const id = await insertNote(tx, { patientId: patient.id, openingId: opening.id, ...body, taskId, by, now })
  touch({ subjectId: id })
  return { id, taskId }
})

export const openings = action(contract.onCall.openings, async ({ tx }, { query }) => ({
  items: (await listOpenings(tx, query.open === undefined ? undefined : query.open === 'false')).map(presentOpening),
}))

export const review = action(contract.onCall.review, async ({ tx, by, now, touch }, { params, body }) => {
  const { patientId } = await readOpening(tx, params.id)
  await lockPatient(tx, patientId)
  const opening = await readOpening(tx, params.id)
  orThrow(decideReview({ staffId: opening.staffId, reviewed: opening.reviewedAt !== null }, by))
  await updateReview(tx, opening.id, { by, at: now, outcome: body.outcome, note: body.note })
  touch({ patientId, subjectId: opening.id, detail: { outcome: body.outcome } })
  return presentOpening(await readOpening(tx, opening.id))
})

async function mustBeOpen(ctx: Ctx, patientId: string): Promise<OpeningRow> {
  return orThrow(decideView(await latestOpening(ctx.tx, ctx.by, patientId), ctx.now))
}
