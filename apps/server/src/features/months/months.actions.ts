import {
  contract,
  isGranted,
  type Lane,
  type MonthClose,
  type MonthVerdict,
  monthCan,
  type SentBack,
} from '@keepwell/contract'
import { bookVersion, localDateOf } from '@keepwell/rules'
import { action, type Ctx, longAction } from '../../action/action.ts'
import type { App } from '../../app.ts'
import type { Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { lockPatient, requirePatient } from '../patients/index.ts'
import { practitionersOn } from '../staffing/index.ts'
import { insertTask } from '../tasks/index.ts'
import { assessBatch, assessMonth, batchSize, closeMonth, frameOf } from './month-close.actions.ts'
import { daysOf } from './month-facts.ts'
import { gatherFacts, listMonthPatients } from './month-facts.views.ts'
import { lookOver, saveLook } from './month-looks.ts'
import {
  countOpenCorrections,
  deleteVerdicts,
  insertChoice,
  insertCorrection,
  listCorrections,
  lockCorrection,
  readClose,
  readCorrection,
  readStalledClose,
  saveResolution,
} from './months.store.ts'
import { decideChoice, decideLaw, type KeptVerdict, stateOf, verdictOn } from './months.ts'
import {
  differenceOf,
  listSentBack,
  presentClose,
  presentCorrection,
  presentLanes,
  presentProgress,
  presentVerdict,
  readVerdict,
  sumLanes,
} from './months.views.ts'

const seesMoney = (actor: Actor) => actor.system || isGranted(actor.roles, 'revenue:read')
type MonthCtx = Pick<Ctx, 'tx' | 'clinicId' | 'today' | 'now'>

/** The month's state and where its rows lie. Of an open month, some patients are judged on the way, or all who changed. */
async function lookAt({ tx, clinicId, today, now }: MonthCtx, month: string, patientIds?: readonly string[]) {
  orThrow(decideLaw(month))
  const close = await readClose(tx, clinicId, month)
  const state = stateOf(month, today, close)
  // A close writes frozen rows from its first batch on.
  if (close !== null) return { close, state, source: 'frozen' as const, lookedAt: close.startedAt, fresh: true }
  const frame = await frameOf(tx, clinicId, month, { on: now })
  if (patientIds === undefined) return { close, state, source: 'open' as const, ...(await lookOver(tx, frame, now)) }
  await assessBatch(tx, frame, patientIds, now)
  return { close, state, source: 'open' as const, lookedAt: now, fresh: true }
}

export const board = action(contract.months.board, async (ctx, { params, query }) => {
  const { tx, clinicId, now, today, timeZone, actor } = ctx
  const { close, state, source, lookedAt, fresh } = await lookAt(ctx, params.month)
  const lanes = await presentLanes(tx, clinicId, params.month, source, {
    limit: query.limit,
    money: seesMoney(actor),
  })
  return {
    month: params.month,
    timeZone,
    state,
    ...daysOf(params.month),
    today,
    lanes,
    close: close === null ? null : presentClose(close, now),
    openCorrections: await countOpenCorrections(tx, clinicId, params.month),
    assessedAt: lookedAt?.toISOString() ?? null,
    fresh,
    book: bookVersion,
  }
})

export const assess = longAction(contract.months.assess, async ({ step, clinicId, now }, { params }) => {
  orThrow(decideLaw(params.month))
  const mark = newId()
  const { frame, ids } = await step(async (tx) => {
    if ((await readClose(tx, clinicId, params.month)) !== null)
      throw new Problem('month_closed', 'The month is closed; its verdicts are frozen.')
    const frame = await frameOf(tx, clinicId, params.month, { on: now })
    const ids = await listMonthPatients(tx, frame, null, 1_000_000)
    await deleteVerdicts(tx, clinicId, params.month, ids)
    return { frame, ids }
  })
  let changed = 0
  for (let from = 0; from < ids.length; from += batchSize) {
    changed += (await step((tx) => assessMonth(tx, clinicId, params.month, now, ids.slice(from, from + batchSize))))
      .changed
  }
  await step((tx) => saveLook(tx, frame, mark, now))
  return { patients: ids.length, changed }
})

export const progress = action(contract.months.progress, async (ctx, { params, query }) => {
  const { tx, clinicId } = ctx
  if (query.patientId !== undefined) await requirePatient(tx, query.patientId)
  const { state, source } = await lookAt(ctx, params.month)
  const { items, total } = await presentProgress(tx, { clinicId, month: params.month }, source, {
    careManagerId: query.careManagerId ?? null,
    patientId: query.patientId ?? null,
    limit: query.limit,
  })
  return { month: params.month, state, lastDay: daysOf(params.month).lastDay, items, total }
})

export const verdict = action(contract.months.verdict, async (ctx, { params }) =>
  verdictOf(ctx, params.month, params.patientId),
)

async function verdictOf(ctx: Ctx, month: string, patientId: string): Promise<MonthVerdict> {
  const { tx, clinicId, now, actor } = ctx
  const patient = await requirePatient(tx, patientId)
  orThrow(decideLaw(month))
  const frame = await frameOf(tx, clinicId, month, { on: now })
  const belongs = (await listMonthPatients(tx, { ...frame }, before(patient.id), 1))[0] === patient.id
  const { state, source } = await lookAt(ctx, month, belongs ? [patient.id] : [])
  const row = found(
    await readVerdict(tx, clinicId, month, patient.id, source),
    `${patient.name} was not in the program in this month.`,
  )
  ctx.touch({ patientId: patient.id })
  const practitioners = (await practitionersOn(tx, frame.lastDay)).map(({ id, name }) => ({ id, name }))
  return presentVerdict(tx, row, frame, { state, now, practitioners, money: seesMoney(actor) })
}

/** The greatest id below an id, to ask a keyset for exactly that one. */
function before(id: string): string {
  const less = BigInt(`0x${id.replaceAll('-', '')}`) - 1n
  const hex = less.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const choose = action(contract.months.choose, async (ctx, { params, body }) => {
  const { tx, by, now } = ctx
  const { family, program, practitionerId, hospiceCare } = body
  await lockPatient(tx, params.patientId)
  const standing = await verdictOf(ctx, params.month, params.patientId)
  const families = [
    ...standing.alternatives.map(({ family }) => family),
    ...(standing.family === null ? [] : [standing.family]),
  ]
  orThrow(
    decideChoice(body, {
      state: standing.state,
      families,
      programs: standing.otherPrograms.map((one) => one.program),
      inHospice:
        standing.fixes.some(({ step }) => step === 'settle_hospice') || (standing.choice?.hospiceCare ?? null) !== null,
      practitionerIds: standing.practitioners.map(({ id }) => id),
    }),
  )
  const id = await insertChoice(tx, {
    patientId: params.patientId,
    month: params.month,
    family,
    program,
    practitionerId,
    hospiceCare,
    reason: body.reason,
    by,
    now,
  })
  ctx.touch({ subjectId: id, detail: { month: params.month, family, program, practitionerId, hospiceCare } })
  return verdictOf(ctx, params.month, params.patientId)
})

export const sendBack = action(contract.months.sendBack, async (ctx, { params, body }): Promise<SentBack> => {
  const { tx, by, now, today } = ctx
  await lockPatient(tx, params.patientId)
  const standing = await verdictOf(ctx, params.month, params.patientId)
  if (standing.state === 'closed' || standing.state === 'closing')
    throw new Problem('month_closed', 'The month is closed; open the correction case instead.')
  const fix = found(
    standing.fixes.find(({ id }) => id === body.fixId),
    'This step is not open any more. Load the page again.',
  )
  if (body.dueOn < today)
    throw new Problem('invalid_input', 'Choose today or a later day.', [
      { path: 'body.dueOn', message: 'This day is over.' },
    ])
  const open = standing.sentBack.find((sent) => sent.doneAt === null && sent.title === fix.sentence)
  if (open !== undefined)
    throw new Problem('conflict', `This was sent to ${open.owner?.name ?? 'the seat'} already and is still open.`)
  const taskId = await insertTask(tx, {
    patientId: params.patientId,
    kind: 'month_fix',
    title: fix.sentence,
    detail: [`For ${params.month}: ${standing.cause ?? fix.sentence}`, body.note]
      .filter((text) => text !== '')
      .join('\n'),
    urgency: body.dueOn === today ? 'today' : 'normal',
    ownerRole: fix.role,
    ownerId: fix.owner?.id ?? null,
    dueOn: body.dueOn,
    month: params.month,
    by,
    now,
  })
  ctx.touch({
    subjectId: taskId,
    detail: { month: params.month, step: fix.step, ownerRole: fix.role, dueOn: body.dueOn },
  })
  const sent = (await listSentBack(tx, params.month, [params.patientId]))
    .get(params.patientId)
    ?.find((one) => one.taskId === taskId)
  return found(sent, 'The task that was just made is gone.')
})

export const close = longAction(
  contract.months.close,
  async ({ step, clinicId, timeZone, clock, actor, touch }, { params }) => {
    const closed = await closeMonth({ clinicId, month: params.month, timeZone, by: actor.id, clock, step })
    const { cursor: _, ...counts } = closed.counts
    touch({ subjectId: closed.id, detail: { month: params.month, ...counts } })
    return presentClose(closed, clock.now())
  },
)

export const closing = action(contract.months.closing, async ({ tx, clinicId, now }, { params }) => {
  const row = await readClose(tx, clinicId, params.month)
  return { close: row === null ? null : presentClose(row, now) }
})

export const corrections = action(contract.months.corrections, async ({ tx, clinicId, actor }, { query }) => ({
  items: (
    await listCorrections(tx, {
      clinicId,
      month: query.month ?? null,
      state: query.state,
      limit: query.limit,
    })
  ).map((row) => presentCorrection(row, seesMoney(actor))),
  open: await countOpenCorrections(tx, clinicId, query.month ?? null),
}))

export const openCorrection = action(contract.months.openCorrection, async (ctx, { params, body }) => {
  const { tx, clinicId, by, now, touch } = ctx
  await lockPatient(tx, params.patientId)
  const standing = await verdictOf(ctx, params.month, params.patientId)
  const whyNot = monthCan.correct.whyNot(standing)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  const open = (await listCorrections(tx, { clinicId, month: params.month, state: 'open', limit: 500 })).find(
    (row) => row.patientId === params.patientId && row.timeEntryId === null,
  )
  if (open !== undefined)
    throw new Problem(
      'conflict',
      `${open.openedByName} opened a case for this patient already. Resolve that one first.`,
    )
  const id = await insertCorrectionCase(tx, {
    patientId: params.patientId,
    month: params.month,
    cause: 'opened_by_hand',
    detail: body.detail,
    timeEntryId: null,
    by,
    now,
  })
  touch({ subjectId: id, detail: { month: params.month } })
  return presentCorrection(
    found(await readCorrection(tx, clinicId, id), 'There is no such correction case.'),
    seesMoney(ctx.actor),
  )
})

export const resolveCorrection = action(
  contract.months.resolveCorrection,
  async ({ tx, clinicId, by, now, actor, touch }, { params, body }) => {
    const row = found(await lockCorrection(tx, clinicId, params.id), 'There is no such correction case.')
    if (row.resolvedAt !== null)
      throw new Problem('conflict', `${row.resolvedByName ?? 'Somebody'} resolved this case already.`)
    await saveResolution(tx, row.id, { resolution: body.resolution, note: body.note, by, now })
    touch({
      patientId: row.patientId,
      subjectId: row.id,
      detail: { resolution: body.resolution, month: row.month },
    })
    return presentCorrection(
      found(await readCorrection(tx, clinicId, row.id), 'There is no such correction case.'),
      seesMoney(actor),
    )
  },
)

/** A patient's month judged by the records as they are now, closed or not; null where the patient is not known. */
export async function verdictNow(
  tx: Tx,
  patient: { id: string; clinicId: string },
  month: string,
  now: Date,
): Promise<KeptVerdict | null> {
  orThrow(decideLaw(month))
  const [gathered] = await gatherFacts(tx, await frameOf(tx, patient.clinicId, month, { on: now }), [patient.id])
  return gathered === undefined ? null : verdictOn(gathered.facts)
}

/**
 * Keeps what came to light after a close, with the verdict as it was frozen, the verdict as it would be now, and the
 * difference in cents. Write the late record first, in the same transaction. Answers the case's id.
 */
export async function insertCorrectionCase(
  tx: Tx,
  correction: {
    patientId: string
    month: string
    cause: string
    detail: string
    timeEntryId: string | null
    by: string
    now: Date
  },
): Promise<string> {
  const patient = await requirePatient(tx, correction.patientId)
  const frozen = await readVerdict(tx, patient.clinicId, correction.month, patient.id, 'frozen')
  const after = await verdictNow(tx, patient, correction.month, correction.now)
  const beforeVerdict = frozen?.verdict ?? null
  return insertCorrection(tx, {
    ...correction,
    before: beforeVerdict,
    after,
    differenceCents: differenceOf(beforeVerdict, after),
  })
}

export interface MonthNumbers {
  state: ReturnType<typeof stateOf>
  lanes: { lane: Lane; count: number; totalCents: number; unpriced: number }[]
  openCorrections: number
}

/** The lanes of a clinic's month as last assessed or frozen, for figures elsewhere. Empty where nobody has looked yet. */
export async function monthNumbers(tx: Tx, clinicId: string, month: string, today: string): Promise<MonthNumbers> {
  const state = stateOf(month, today, await readClose(tx, clinicId, month))
  return {
    state,
    lanes: await sumLanes(tx, clinicId, month, state === 'closed' ? 'frozen' : 'open'),
    openCorrections: await countOpenCorrections(tx, clinicId, month),
  }
}

/** Takes up a close whose worker is gone. Answers whether there was one. For the worker's rounds. */
export async function resumeNextClose(ctx: {
  app: App
  actor: Actor
  now: Date
  step: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}): Promise<boolean> {
  const stalled = await ctx.step((tx) => readStalledClose(tx, ctx.now))
  if (stalled === null) return false
  const clinic = await ctx.step((tx) => frameOf(tx, stalled.clinicId, stalled.month, { on: ctx.now }))
  await closeMonth({
    ...stalled,
    timeZone: clinic.timeZone,
    by: null,
    clock: ctx.app.runner.clock,
    step: ctx.step,
  })
  return true
}

/** What `keepwell close-month` prints. */
export interface CloseSummary {
  clinic: string
  month: string
  close: MonthClose
  lanes: MonthNumbers['lanes']
}

/** Closes a month for the command line, as the deed of the contract. @throws Problem as `months.close` does */
export async function closeMonthFromCli(app: App, actor: Actor, month: string): Promise<CloseSummary> {
  const closed = await app.act(contract.months.close, actor, { params: { month } })
  const today = localDateOf(app.runner.clock.now().getTime(), actor.clinic.timeZone)
  const numbers = await app.runner.database.withTenant(actor.tenantId, (tx) =>
    monthNumbers(tx, actor.clinic.id, month, today),
  )
  return { clinic: actor.clinic.name, month, close: closed, lanes: numbers.lanes }
}
