import { type CallOutcome, contract } from '@keepwell/contract'
import { addDays, daysBetween, localDateOf, monthOf } from '@keepwell/rules'
import { action, type Ctx } from '../../action/action.ts'
import { canonicalJson, sha256 } from '../../kernel/ids.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { endTimerOfCall, presentEnded, saveContact, startTimerForCall } from '../minutes/index.ts'
import { requirePatient } from '../patients/index.ts'
import { insertTask } from '../tasks/index.ts'
import {
  type CallRow,
  insertCall,
  insertEscalation,
  listEscalations,
  lockCall,
  readAnswers,
  readLastTalk,
  readOpenCall,
  saveAnswer,
  saveNote,
  signCall,
} from './calls.store.ts'
import {
  activityOf,
  attemptNote,
  type CallState,
  composeNote,
  composeScript,
  decideAnswer,
  decideAttempt,
  decideChange,
  decideSignature,
  medicationDiscrepancies,
  proposedNextContact,
  type SignedCall,
  similarityOf,
  workWords,
} from './calls.ts'
import {
  clinicWords,
  listCalls,
  presentCall,
  readBlocked,
  readScriptFacts,
  viewBeside,
  viewCall,
} from './calls.views.ts'
import { flagsOf, questionnaireOf } from './script.ts'
import { monthlyCall } from './scripts/base.ts'
import { conditionScripts } from './scripts/conditions.ts'
import { nextPatient, viewWorklist } from './worklist.views.ts'

export const workspace = action(contract.calls.workspace, async (ctx, { params }) => {
  const beside = await viewBeside(ctx, params.patientId)
  const open = await readOpenCall(ctx.tx, params.patientId, ctx.by)
  return {
    ...beside,
    ...(await clinicWords(ctx, ctx.actor.name)),
    call: open === null ? null : await viewCall(ctx.tx, open.id),
    next: await nextPatient(ctx, ctx.by, params.patientId),
  }
})

export const preview = action(contract.calls.preview, async (ctx, { params }) => viewBeside(ctx, params.patientId))

export const list = action(contract.calls.list, async ({ tx }, { params, query }) => {
  await requirePatient(tx, params.patientId)
  return { items: await listCalls(tx, params.patientId, query.limit) }
})

export const get = action(contract.calls.get, async ({ tx, touch }, { params }) => {
  const call = await viewCall(tx, params.id)
  touch({ patientId: call.patient.id, subjectId: call.id })
  return call
})

export const open = action(contract.calls.open, async (ctx, { params, body }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  if (patient.deceased) throw new Problem('patient_deceased', 'The patient has died; no call can be opened.')
  const blocked = await readBlocked(ctx, patient.id)
  if (blocked !== null) throw new Problem('not_enrolled', blocked.sentence)
  const before = await readOpenCall(ctx.tx, patient.id, ctx.by)
  const id =
    before?.id ??
    (await insertCall(ctx.tx, {
      patientId: patient.id,
      staffId: ctx.by,
      month: monthOf(ctx.now.getTime(), ctx.timeZone),
      script: composeScript(await readScriptFacts(ctx, patient.id)),
      now: ctx.now,
    }))
  if (body.timer) await startTimerForCall(ctx, { id, patientId: patient.id, switches: body.switch })
  ctx.touch({ subjectId: id, detail: { goesOn: before !== null, timer: body.timer } })
  return viewCall(ctx.tx, id)
})

export const answer = action(contract.calls.answer, async (ctx, { params, body }) => {
  const { row } = await changeable(ctx, params.id)
  orThrow(decideAnswer(row.script, params.questionId, body))
  await saveAnswer(ctx.tx, row.id, params.questionId, body, ctx.now)
  ctx.touch({
    patientId: row.patientId,
    subjectId: row.id,
    detail: { questionId: params.questionId, takenBack: body.value === null },
  })
  return presentCall(ctx.tx, row)
})

export const writeNote = action(contract.calls.writeNote, async (ctx, { params, body }) => {
  const { row } = await changeable(ctx, params.id)
  await saveNote(ctx.tx, row.id, body.note)
  ctx.touch({ patientId: row.patientId, subjectId: row.id, detail: { edited: body.note !== null } })
  return viewCall(ctx.tx, row.id)
})

export const escalate = action(contract.calls.escalate, async (ctx, { params, body }) => {
  const { row, state } = await changeable(ctx, params.id)
  if (state.acknowledged.includes(params.questionId))
    throw new Problem('conflict', 'This red flag is acknowledged already.')
  const flag = found(
    flagsOf(state.script, state.answers).find((one) => one.questionId === params.questionId),
    'This answer is no red flag.',
  )
  const taskId = await insertTask(ctx.tx, {
    patientId: row.patientId,
    kind: 'escalation',
    title: flag.words,
    detail: `Said on the call of ${ctx.actor.name}. Done at once: ${body.whatWasDone}`,
    urgency: flag.urgency === 'emergency' ? 'now' : 'today',
    ownerRole: 'provider',
    ownerId: null,
    dueOn: ctx.today,
    month: row.month,
    subjectId: row.id,
    by: ctx.by,
    now: ctx.now,
  })
  await insertEscalation(ctx.tx, row.id, {
    questionId: params.questionId,
    taskId,
    whatWasDone: body.whatWasDone,
    by: ctx.by,
    now: ctx.now,
  })
  ctx.touch({
    patientId: row.patientId,
    subjectId: row.id,
    detail: { questionId: params.questionId, urgency: flag.urgency, taskId },
  })
  return presentCall(ctx.tx, row)
})

export const attempt = action(contract.calls.attempt, async (ctx, { params, body }) => {
  const { row, state } = await changeable(ctx, params.id)
  const { callBackAt } = orThrow(decideAttempt(body, ctx.now))
  const note = attemptNote(
    body,
    callBackAt === null ? null : instantWords(callBackAt, ctx.timeZone),
    row.note ?? composeNote(row.script, state.answers),
  )
  return finish(ctx, row, state, { outcome: body.outcome, note, callBackAt, nextContactOn: null })
})

export const sign = action(contract.calls.sign, async (ctx, { params, body }) => {
  const { row, state } = await changeable(ctx, params.id)
  if (body.nextContactOn !== undefined && daysBetween(ctx.today, body.nextContactOn) < 0) {
    throw new Problem('invalid_input', 'The next contact has to lie ahead.', [
      { path: 'body.nextContactOn', message: 'Choose today or a later day.' },
    ])
  }
  const note = body.note ?? row.note ?? composeNote(row.script, state.answers)
  return finish(ctx, row, state, {
    outcome: 'completed',
    note,
    callBackAt: null,
    nextContactOn: body.nextContactOn ?? proposedNextContact(ctx.today),
  })
})

export const scripts = action(contract.calls.scripts, async () => ({
  items: [monthlyCall, ...conditionScripts].map((script) => ({
    id: script.id,
    version: script.version,
    title: script.title,
    groups: script.groups,
    questionnaire: questionnaireOf(script),
  })),
}))

export const worklist = action(contract.calls.worklist, async (ctx, { query }) => {
  const ownerId = query.who === 'all' ? null : query.who === 'mine' ? ctx.by : query.who
  const cursor = query.cursor === undefined ? undefined : Buffer.from(query.cursor, 'base64url').toString('utf8')
  if (cursor !== undefined && !cursor.includes('\u0001'))
    throw new Problem('bad_request', 'This page of the list is not known. Start from its beginning.')
  return viewWorklist(ctx, { ...query, ownerId, cursor, search: query.search === '' ? undefined : query.search })
})

/** The call with its answers, locked, if the actor may change it. */
async function changeable(ctx: Ctx, id: string): Promise<{ row: CallRow; state: CallState }> {
  const row = await lockCall(ctx.tx, id)
  orThrow(decideChange(row, ctx.by))
  const answers = await readAnswers(ctx.tx, id)
  const acknowledged = (await listEscalations(ctx.tx, id)).map((one) => one.questionId)
  return { row, state: { ...row, answers, acknowledged } }
}

interface Ending {
  outcome: CallOutcome
  note: string
  callBackAt: Date | null
  nextContactOn: string | null
}

/** Ends a call for good: its timer is credited, its words are frozen with their hash, and the next patient is named. */
async function finish(ctx: Ctx, row: CallRow, state: CallState, ending: Ending) {
  orThrow(decideSignature(state, ctx.by, ending.note))
  const answered = Object.keys(state.answers).some((id) => !id.startsWith('hello.'))
  const ended = await endTimerOfCall(ctx, row, {
    activity: activityOf(ending.outcome, answered, state.answers['hello.who']?.value ?? null),
    whatWasDone: workWords(ending.outcome, row.script, state.answers),
  })
  const signed: SignedCall = {
    callId: row.id,
    patientId: row.patientId,
    staffId: row.staffId,
    scriptId: row.script.id,
    scriptVersion: row.script.version,
    startedAt: row.startedAt.toISOString(),
    endedAt: ctx.now.toISOString(),
    outcome: ending.outcome,
    answers: state.answers,
    note: ending.note,
  }
  const hash = sha256(canonicalJson(signed))
  await signCall(ctx.tx, row.id, { ...ending, sha256: hash, by: ctx.by, now: ctx.now })
  if (ending.outcome === 'completed') {
    await saveContact(ctx.tx, row.patientId, row.month, ctx.now)
    await askForReconciliation(ctx, row, medicationDiscrepancies(row.script, state.answers))
  }
  const last = await readLastTalk(ctx.tx, row.patientId, row.startedAt)
  ctx.touch({
    patientId: row.patientId,
    subjectId: row.id,
    detail: {
      outcome: ending.outcome,
      sha256: hash,
      similarity: last?.note == null ? null : Math.round(similarityOf(ending.note, last.note) * 100) / 100,
    },
  })
  return {
    call: await viewCall(ctx.tx, row.id),
    credited: ended === null ? null : presentEnded(ended),
    next: await nextPatient(ctx, ctx.by, row.patientId),
  }
}

/** Within a week, so that it is settled before the month's next piece of work. */
const reconciliationDays = 7

/** Where the patient and the list do not agree about drugs, the care manager has something to clear up. */
async function askForReconciliation(ctx: Ctx, row: CallRow, differences: readonly string[]): Promise<void> {
  if (differences.length === 0) return
  await insertTask(ctx.tx, {
    patientId: row.patientId,
    kind: 'medication_discrepancy',
    title:
      differences.length === 1
        ? differences.join('').slice(0, 160)
        : `Clear up ${differences.length} points about medications`,
    detail: differences.length === 1 ? null : differences.join(' ').slice(0, 2000),
    urgency: 'normal',
    ownerRole: 'care_manager',
    ownerId: ctx.by,
    dueOn: addDays(ctx.today, reconciliationDays),
    month: row.month,
    subjectId: row.id,
    by: ctx.by,
    now: ctx.now,
  })
}

function instantWords(at: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
  return `on ${localDateOf(at.getTime(), timeZone)} at ${time}`
}
