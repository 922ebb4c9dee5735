import { contract } from '@keepwell/contract'
import { localDateOf } from '@keepwell/rules'
import { write270 } from '@keepwell/x12'
import { action, type LongCtx, longAction } from '../../action/action.ts'
import { nextValue } from '../../db/counter.ts'
import { newId } from '../../kernel/ids.ts'
import { assert, found, orThrow } from '../../kernel/problem.ts'
import { policyOn, readClinic } from '../clinics/index.ts'
import { requirePatient } from '../patients/index.ts'
import { insertCheck, insertMark, listChecks, listMarks, saveToldCoverages } from './eligibility.store.ts'
import { decideMark } from './eligibility.ts'
import { ccmStatusOf, listEligiblePatients, presentCheck, readEligibility } from './eligibility.views.ts'
import { coveragesOf, decideServiceDay, inquiryOf, type Judgment, judge271, unanswered } from './medicare-check.ts'

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
  const { by, now } = ctx
  const id = newId()
  const prepared = await prepare(ctx, id, params.patientId, body.serviceOn)
  const answered = prepared.request === null ? null : await ask(ctx, prepared.request)
  const judgment = judge(prepared, answered)
  ctx.touch({
    patientId: params.patientId,
    subjectId: id,
    detail: {
      verdict: judgment.verdict,
      failed: judgment.failure !== null,
      service: ctx.outside.eligibility.name,
    },
  })
  return ctx.step(async (tx) => {
    await insertCheck(tx, {
      id,
      patientId: params.patientId,
      serviceOn: prepared.serviceOn,
      judgment,
      request270: prepared.request,
      response271: answered?.text ?? null,
      by,
      now,
    })
    if (judgment.facts !== null)
      await saveToldCoverages(tx, params.patientId, coveragesOf(judgment.facts, prepared), {
        serviceOn: prepared.serviceOn,
        now,
      })
    const row = (await listChecks(tx, [params.patientId], 50)).find((one) => one.id === id)
    assert(row !== undefined, 'the check was just written')
    return presentCheck(row)
  })
})

export const checks = action(contract.eligibility.checks, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  return { items: (await listChecks(tx, [params.patientId], 50)).map(presentCheck) }
})

interface Prepared {
  serviceOn: string
  trace: string
  mbi: string | null
  request: string | null
  missing: string[]
}

/** Reads what the question needs and writes the 270, in a transaction that ends before anybody is asked. */
function prepare(ctx: LongCtx, id: string, patientId: string, askedFor: string | undefined): Promise<Prepared> {
  return ctx.step(async (tx) => {
    const patient = await requirePatient(tx, patientId)
    const serviceOn = orThrow(decideServiceDay(askedFor, ctx.today))
    const clinic = await readClinic(tx, ctx.clinicId)
    const parties = await policyOn(tx, ctx.clinicId, 'claim.parties', ctx.today)
    const trace = id.replaceAll('-', '').toUpperCase()
    const inquiry = inquiryOf({ patient, clinic, parties, serviceOn }, trace)
    const common = { serviceOn, trace, mbi: patient.mbi }
    if (inquiry.missing !== null) return { ...common, request: null, missing: inquiry.missing }
    const control = await nextValue(tx, 'x12.interchange')
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: ctx.timeZone,
      hour: '2-digit',
      minute: '2-digit',
    })
    const request = write270({
      ...inquiry.question,
      setControl: 1,
      envelope: {
        senderQualifier: 'ZZ',
        sender: inquiry.parties.submitterId,
        receiverQualifier: 'ZZ',
        receiver: inquiry.parties.receiverId,
        usage: inquiry.parties.usage,
        createdOn: localDateOf(ctx.now.getTime(), ctx.timeZone),
        createdAt: clock.format(ctx.now),
        interchangeControl: control,
        groupControl: control,
      },
    })
    return { ...common, request, missing: [] }
  })
}

/** Asks the service; a failure is told as a sentence, because the desk goes on without the answer. */
async function ask(ctx: LongCtx, request: string): Promise<{ text: string | null; failure: string | null }> {
  try {
    return { text: await ctx.outside.eligibility.ask(request), failure: null }
  } catch (error) {
    return {
      text: null,
      failure: error instanceof Error ? error.message : 'The eligibility service did not answer.',
    }
  }
}

function judge(prepared: Prepared, answered: { text: string | null; failure: string | null } | null): Judgment {
  if (answered === null) return unanswered(prepared.missing.join(' '))
  if (answered.text === null)
    return unanswered(`${answered.failure ?? 'The eligibility service did not answer.'} Ask again in a few minutes.`)
  return judge271(answered.text, prepared)
}
