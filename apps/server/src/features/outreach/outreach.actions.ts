import { clinicalTopicWords, contract, type DeskRow, isGranted, objectionWords } from '@keepwell/contract'
import { addDays } from '@keepwell/rules'
import { action, type Ctx } from '../../action/action.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { dayWords, instantWords } from '../../print/words.ts'
import { readClinic } from '../clinics/index.ts'
import { ccmStatusOf, listChecks, openStatuses, presentCheck, riskOf } from '../eligibility/index.ts'
import { readEnrollment } from '../enrollments/index.ts'
import { requirePatient } from '../patients/index.ts'
import { insertTask, openTaskOf, readTask } from '../tasks/index.ts'
import { printBrochure } from './brochure-paper.ts'
import {
  doNotAskSince,
  insertDecline,
  insertIntroduction,
  isAppointmentOf,
  listFollowUpPeople,
  type NewIntroduction,
} from './outreach.store.ts'
import {
  csvOf,
  decideDecline,
  decideSpeaking,
  funnelOf,
  type LoggedWord,
  leastAnswers,
  pageDueAt,
  questionDueAt,
  scriptResultsOf,
  winnerOf,
} from './outreach.ts'
import {
  type DeskParts,
  deskDay,
  deskRows,
  listAppointments,
  listDeclines,
  listIntroductions,
  listNudges,
  listSchedule,
  readWords,
} from './outreach.views.ts'
import { answers, brochures, scriptById, scripts, scriptVersion } from './outreach-texts.ts'

/** The facts of some patients that the desk's rows are made of. */
async function partsFor(ctx: Ctx, patientIds: readonly string[]): Promise<DeskParts> {
  const chips = await ccmStatusOf(ctx, patientIds)
  const checks = new Map((await listChecks(ctx.tx, patientIds, 1)).map((check) => [check.patientId, check]))
  return {
    tx: ctx.tx,
    clinicId: ctx.clinicId,
    today: ctx.today,
    timeZone: ctx.timeZone,
    chips,
    checks,
    presentCheck,
  }
}

async function rowOf(ctx: Ctx, patientId: string): Promise<DeskRow> {
  const parts = await partsFor(ctx, [patientId])
  const appointment =
    (await listAppointments(ctx.tx, ctx.clinicId, ctx.today, ctx.timeZone)).find(
      (one) => one.patientId === patientId,
    ) ?? null
  return found((await deskRows(parts, [{ patientId, appointment }]))[0], 'There is no such patient here.')
}

export const today = action(contract.outreach.today, async (ctx, { query }) => {
  const on = query.on ?? ctx.today
  const appointments = await listAppointments(ctx.tx, ctx.clinicId, on, ctx.timeZone)
  const parts = await partsFor(ctx, [...new Set(appointments.map((one) => one.patientId))])
  ctx.touch({ detail: { on, rows: appointments.length } })
  return deskDay(parts, on, appointments)
})

export const patient = action(contract.outreach.patient, async (ctx, { params }) => {
  await requirePatient(ctx.tx, params.patientId)
  const { items } = await listIntroductions(
    ctx.tx,
    { id: ctx.clinicId, timeZone: ctx.timeZone },
    { patientId: params.patientId, limit: 100 },
  )
  return { row: await rowOf(ctx, params.patientId), events: items }
})

export const script = action(contract.outreach.script, async (ctx, { params, query }) => {
  await requirePatient(ctx.tx, params.patientId)
  // A card for a condition tells the condition: only who reads the chart gets it.
  const readsChart = isGranted(ctx.actor.roles, 'patient:chart')
  const groups = readsChart
    ? ((await riskOf(ctx, [params.patientId])).get(params.patientId)?.groups ?? []).map((hit) => hit.group)
    : []
  const { language } = query
  return {
    language,
    brochureVersion: brochures[language].version,
    cards: scripts
      .filter((card) => card.group === null || groups.includes(card.group))
      .map((card) => ({
        id: card.id,
        version: scriptVersion(card),
        title: card.title[language],
        lines: [...card.lines[language]],
      })),
    answers: answers.map((one) => ({
      id: one.id,
      question: one.question[language],
      answer: one.answer[language],
    })),
  }
})

export const record = action(contract.outreach.record, async (ctx, { params, body }) => {
  const common = await admitted(ctx, params.patientId, body)
  const heard = scriptById('scriptId' in body ? body.scriptId : undefined) ?? scripts[0]
  const line: NewIntroduction = {
    ...common,
    kind: body.kind,
    channel: body.channel,
    ...(body.kind === 'mentioned' || body.kind === 'response'
      ? { scriptVersion: heard === undefined ? null : scriptVersion(heard) }
      : {}),
    ...(body.kind === 'response' ? { response: body.response, objection: body.objection } : {}),
    ...(body.kind === 'heard_before' ? { heardBefore: body.heardBefore } : {}),
    ...(body.kind === 'brochure_given'
      ? { brochureVersion: brochures[body.language].version, brochureLanguage: body.language }
      : {}),
  }
  const id = await insertIntroduction(ctx.tx, line)
  if (body.kind === 'heard_before' && body.nudge)
    await insertIntroduction(ctx.tx, { ...common, kind: 'nudge', channel: body.channel })
  ctx.touch({
    subjectId: id,
    detail: { kind: body.kind, ...(line.response === undefined ? {} : { response: line.response }) },
  })
  return rowOf(ctx, params.patientId)
})

export const decline = action(contract.outreach.decline, async (ctx, { params, body }) => {
  const { tx, by, now, today: on } = ctx
  const common = await admitted(ctx, params.patientId, {
    kind: 'declined',
    appointmentId: body.appointmentId,
  })
  const owner =
    body.followUp === null
      ? undefined
      : (await listFollowUpPeople(tx)).find((person) => person.id === body.followUp?.byId)
  orThrow(decideDecline(body, { today: on, owner: owner !== undefined }))
  const heard = scriptById(body.scriptId) ?? scripts[0]
  const introductionId = await insertIntroduction(tx, {
    ...common,
    kind: 'response',
    channel: body.channel,
    response: 'declined',
    objection: body.reason,
    scriptVersion: heard === undefined ? null : scriptVersion(heard),
  })
  const id = await insertDecline(tx, {
    patientId: params.patientId,
    introductionId,
    reason: body.reason,
    doNotAskAgain: body.doNotAskAgain,
    followUp: body.followUp,
    declinedOn: on,
    by,
    now,
  })
  if (body.followUp !== null && owner !== undefined) {
    await insertTask(tx, {
      patientId: params.patientId,
      kind: 'decline_follow_up',
      title: 'Speak again about chronic care management',
      detail: `Said no on ${dayWords(on)}: ${objectionWords[body.reason].toLowerCase()}.`,
      urgency: 'normal',
      ownerRole: owner.roles.includes('provider') ? 'provider' : 'care_manager',
      ownerId: owner.id,
      dueOn: body.followUp.on,
      subjectId: id,
      by,
      now,
    })
  }
  ctx.touch({
    subjectId: id,
    detail: { reason: body.reason, doNotAskAgain: body.doNotAskAgain, followUpOn: body.followUp?.on ?? null },
  })
  return rowOf(ctx, params.patientId)
})

export const ask = action(contract.outreach.ask, async (ctx, { params, body }) => {
  const { tx, by, now } = ctx
  const who = await requirePatient(tx, params.patientId)
  if (who.deceased) throw new Problem('patient_deceased', 'The patient has died; there is nobody to answer.')
  const appointmentId = await appointmentOf(ctx, params.patientId, body.appointmentId)
  const introductionId = await insertIntroduction(tx, {
    patientId: who.id,
    clinicId: ctx.clinicId,
    appointmentId,
    kind: 'question',
    channel: 'in_person',
    by,
    now,
  })
  const id = await insertTask(tx, {
    patientId: who.id,
    kind: 'clinical_question',
    title: `Question about: ${clinicalTopicWords[body.topic].toLowerCase()}`,
    detail: body.waiting ? 'The patient is at the front desk and waits.' : 'The patient expects a call.',
    urgency: body.waiting ? 'now' : 'today',
    ownerRole: body.to,
    ownerId: body.to === 'care_manager' ? await careManagerOf(ctx, who.id) : null,
    dueOn: null,
    dueAt: questionDueAt(now, body.waiting),
    subjectId: introductionId,
    by,
    now,
  })
  ctx.touch({ subjectId: id, detail: { topic: body.topic, to: body.to, waiting: body.waiting } })
  return readTask(tx, ctx, id)
})

export const page = action(contract.outreach.page, async (ctx, { params, body }) => {
  const { tx, by, now } = ctx
  const who = await requirePatient(tx, params.patientId)
  if (who.deceased) throw new Problem('patient_deceased', 'The patient has died; there is nobody to meet.')
  await appointmentOf(ctx, params.patientId, body.appointmentId)
  const before = await openTaskOf(tx, who.id, 'warm_hand_off')
  if (before !== null)
    throw new Problem(
      'conflict',
      `A care manager was called ${instantWords(before.createdAt, ctx.timeZone)} and has not come yet. Walk over, or ask another.`,
    )
  const id = await insertTask(tx, {
    patientId: who.id,
    kind: 'warm_hand_off',
    title: 'Come to the front desk: a patient would like to hear more',
    detail: null,
    urgency: 'now',
    ownerRole: 'care_manager',
    ownerId: await careManagerOf(ctx, who.id),
    dueOn: null,
    dueAt: pageDueAt(now),
    by,
    now,
  })
  ctx.touch({ subjectId: id })
  return readTask(tx, ctx, id)
})

export const people = action(contract.outreach.people, async ({ tx }) => ({
  items: (await listFollowUpPeople(tx)).map(({ id, name, title }) => ({ id, name, title })),
}))

export const brochure = action(contract.outreach.brochure, async ({ tx, clinicId }, { query }) => {
  const large = query.large === 'yes'
  const bytes = await printBrochure(await readClinic(tx, clinicId), query.language, large)
  return {
    name: `Brochure ${query.language}${large ? ' large print' : ''}.pdf`,
    mediaType: 'application/pdf',
    bytes,
    inline: true,
  }
})

export const log = action(contract.outreach.log, async (ctx, { query }) =>
  listIntroductions(ctx.tx, { id: ctx.clinicId, timeZone: ctx.timeZone }, query),
)

const exportedAtMost = 20_000

export const exportLog = action(contract.outreach.exportLog, async (ctx, { query }) => {
  const { items } = await listIntroductions(
    ctx.tx,
    { id: ctx.clinicId, timeZone: ctx.timeZone },
    { ...query, limit: exportedAtMost },
  )
  const head = [
    'When',
    'Patient',
    'Patient id',
    'What',
    'Channel',
    'Response',
    'Heard before',
    'Objection',
    'Script',
    'Brochure',
    'Language',
    'By',
  ]
  const rows = items.map((one) => [
    instantWords(new Date(one.at), ctx.timeZone),
    one.patient.name,
    one.patient.id,
    one.kind,
    one.channel,
    one.response ?? '',
    one.heardBefore ?? '',
    one.objection === null ? '' : objectionWords[one.objection],
    one.scriptVersion ?? '',
    one.brochureVersion ?? '',
    one.brochureLanguage ?? '',
    one.by.name,
  ])
  ctx.touch({ detail: { rows: rows.length } })
  return {
    name: `Introductions ${ctx.today}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    bytes: Buffer.from(csvOf([head, ...rows])),
  }
})

export const declines = action(contract.outreach.declines, async (ctx, { query }) =>
  listDeclines(ctx.tx, ctx.clinicId, { ...query, followUpBy: query.whose === 'mine' ? ctx.by : null }),
)

export const trends = action(contract.outreach.trends, async (ctx, { query }) => {
  const span = { from: query.from ?? addDays(ctx.today, -90), to: query.to ?? ctx.today }
  if (span.from > span.to)
    throw new Problem('invalid_input', 'The first day lies after the last one.', [
      { path: 'query.from', message: 'Choose an earlier day.' },
    ])
  const { words, consented } = await readWords(ctx.tx, ctx.clinicId, ctx.timeZone, span)
  const persons = new Map(words.map((word) => [word.byId, word.byName]))
  const results = scriptResultsOf(
    words,
    (version) => scripts.find((one) => scriptVersion(one) === version)?.title.en ?? version,
  )
  return {
    ...span,
    total: funnelOf(words, consented),
    byPerson: [...persons]
      .map(([id, name]) => ({
        person: { id, name },
        funnel: funnelOf(
          words.filter((word) => word.byId === id),
          consented,
        ),
      }))
      .sort((a, b) => b.funnel.introduced - a.funnel.introduced),
    objections: objectionsOf(words),
    scripts: results,
    winner: winnerOf(results),
    leastAnswers,
  }
})

function objectionsOf(words: readonly LoggedWord[]) {
  const patients = new Map<NonNullable<LoggedWord['objection']>, Set<string>>()
  for (const { objection, patientId } of words)
    if (objection !== null) patients.set(objection, (patients.get(objection) ?? new Set()).add(patientId))
  return [...patients]
    .map(([objection, ids]) => ({ objection, patients: ids.size }))
    .sort((a, b) => b.patients - a.patients)
}

export const discussToday = action(contract.outreach.discussToday, async (ctx) => {
  const { tx, clinicId, today: on, timeZone, by } = ctx
  const schedule = await listSchedule(tx, clinicId, by, on, timeZone)
  const nudges = await listNudges(tx, clinicId, on, timeZone)
  const mine = schedule.rows.filter((row) => !schedule.ownSchedule || row.mine)
  const others = new Set(schedule.rows.filter((row) => !mine.includes(row)).map((row) => row.patientId))
  const ids = [...new Set([...mine.map((row) => row.patientId), ...[...nudges.keys()].filter((id) => !others.has(id))])]
  const rows = await deskRows(
    await partsFor(ctx, ids),
    ids.map((patientId) => ({ patientId, appointment: null })),
  )
  const shown = rows.filter(
    (row) => row.whyNotAsk === null && (openStatuses.includes(row.chip.status) || nudges.has(row.patient.id)),
  )
  const risks = await riskOf(
    ctx,
    shown.map((row) => row.patient.id),
  )
  return {
    ownSchedule: schedule.ownSchedule,
    items: shown.map((row) => {
      const risk = risks.get(row.patient.id)
      const nudge = nudges.get(row.patient.id)
      return {
        patient: { id: row.patient.id, name: row.patient.name, bornOn: row.patient.bornOn },
        chip: row.chip,
        appointmentAt: mine.find((one) => one.patientId === row.patient.id)?.startsAt.toISOString() ?? null,
        flaggedAt: nudge?.at.toISOString() ?? null,
        flaggedBy: nudge?.byName ?? null,
        conditions: (risk?.groups ?? []).map((hit) => hit.label),
        risk: risk?.risk.level ?? 'low',
        score: risk?.risk.score ?? 0,
        mark: risk?.mark ?? null,
        heardBefore: row.heardBefore,
        response: row.response?.response ?? null,
      }
    }),
  }
})

/** Checks that the patient may be spoken to and that the appointment is theirs; answers what every line of the log holds. */
async function admitted(
  ctx: Ctx,
  patientId: string,
  command: { kind: Parameters<typeof decideSpeaking>[1]; appointmentId?: string | undefined },
): Promise<{ patientId: string; clinicId: string; appointmentId: string | null; by: string; now: Date }> {
  const who = await requirePatient(ctx.tx, patientId)
  orThrow(
    decideSpeaking({ deceased: who.deceased, doNotAskSince: await doNotAskSince(ctx.tx, patientId) }, command.kind),
  )
  return {
    patientId,
    clinicId: ctx.clinicId,
    appointmentId: await appointmentOf(ctx, patientId, command.appointmentId),
    by: ctx.by,
    now: ctx.now,
  }
}

async function appointmentOf(ctx: Ctx, patientId: string, appointmentId: string | undefined): Promise<string | null> {
  if (appointmentId === undefined) return null
  if (!(await isAppointmentOf(ctx.tx, appointmentId, patientId)))
    throw new Problem('not_found', 'This patient has no such appointment.')
  return appointmentId
}

/** The patient's own care manager while enrolled; otherwise whoever sits in the seat. */
async function careManagerOf(ctx: Ctx, patientId: string): Promise<string | null> {
  const enrollment = await readEnrollment(ctx.tx, patientId)
  return enrollment !== null && enrollment.endedOn === null ? enrollment.careManagerId : null
}
