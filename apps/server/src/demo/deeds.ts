import { contract } from '@keepwell/contract'
import { addDays } from '@keepwell/rules'
import type { ClinicEvent } from '@keepwell/synth'
import type { App } from '../app.ts'
import type { Worker } from '../jobs/worker.ts'
import type { Actor } from '../kernel/actor.ts'
import type { ManualClock } from '../kernel/clock.ts'
import { Problem } from '../kernel/problem.ts'
import { completePlan } from './complete-plan.ts'
import type { DemoName } from './people.ts'
import { workTheMoney } from './work-the-money.ts'

/** What the deeds of the demo's year are done with: the app, a clock that stands where the deed happens, and the people. */
export interface Stage {
  app: App
  clock: ManualClock
  worker: Worker
  actors: Record<DemoName, Actor>
  /** Patients by their place in the plan. */
  patientIds: string[]
  patientNames: string[]
  /** Who has shown a Medigap card: the one whose insurer is billed, then the one who waits. */
  supplemented: string[]
}

type Deed = ClinicEvent['deed']
type EventOf<D extends Deed> = Extract<ClinicEvent, { deed: D }>
type Play = { [D in Deed]: (stage: Stage, event: EventOf<D>, patientId: string) => Promise<void> }

/** Does one event of the year through the same deeds that people use. */
export async function play(stage: Stage, event: ClinicEvent): Promise<void> {
  stage.clock.set(event.at)
  const patientId = event.patient < 0 ? '' : (stage.patientIds[event.patient] ?? '')
  await (deeds[event.deed] as (stage: Stage, event: ClinicEvent, patientId: string) => Promise<void>)(
    stage,
    event,
    patientId,
  )
}

/** The demo's year answers a few questions of each call; a person answers all. */
const answersInACall = 2
const everyStatement = ['availability_and_cost', 'one_practitioner', 'right_to_stop']
const todayOf = (at: string) => at.slice(0, 10)

/** The clinic's timers ask after ten minutes of silence until November 2026, and after 45 seconds since. */
async function letTimePass({ app, clock }: Stage, actor: Actor, seconds: number): Promise<void> {
  const every = clock.now() < newTimersFrom ? 580 : 40
  let left = seconds
  for (; left > every; left -= every) {
    clock.advanceSeconds(every)
    const { running } = await app.act(contract.minutes.timer, actor, {})
    await app.act(contract.minutes.heartbeat, actor, { params: { id: running?.id ?? '' } })
  }
  clock.advanceSeconds(left)
}
const newTimersFrom = new Date('2026-11-01T04:00:00Z')

/** What a call left open about drugs is settled with the next piece of work. */
async function clearUpMedications(app: App, actor: Actor, patientId: string): Promise<void> {
  const { items } = await app.act(contract.tasks.list, actor, {
    query: { patientId, kind: 'medication_discrepancy', whose: 'mine' },
  })
  for (const { id } of items)
    await app.act(contract.tasks.finish, actor, {
      params: { id },
      body: { answer: 'Settled with the pharmacy and the patient; the list is right now.' },
    })
}

const deeds: Play = {
  async verify_contact({ app, actors }, event, patientId) {
    const { ehr } = await app.act(contract.patients.contact, actors[event.by], { params: { patientId } })
    const digits = `${201 + event.patient}555${String(1000 + event.patient * 7).slice(-4)}`
    await app.act(contract.patients.updateContact, actors[event.by], {
      params: { patientId },
      body: {
        phone: `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`,
        phoneType: event.patient % 3 === 0 ? 'home' : 'mobile',
        textable: event.patient % 3 !== 0,
        voicemailAllowed: event.patient % 4 !== 0,
        email: ehr.email,
        bestFrom: event.patient % 2 === 0 ? '09:00' : '13:00',
        bestTo: event.patient % 2 === 0 ? '11:30' : '16:00',
        language: event.language,
        hearingNote: event.patient % 11 === 0 ? 'Speak slowly; left ear.' : null,
        pronouns: null,
        ...(event.patient % 4 === 1
          ? { caregiverName: 'Ana', caregiverPhone: '212-555-0177', caregiverRelationship: 'daughter' }
          : { caregiverName: null, caregiverPhone: null, caregiverRelationship: null }),
      },
    })
  },
  async capture_coverage({ app, actors }, event, patientId) {
    await app.act(contract.patients.addCoverage, actors[event.by], {
      params: { patientId },
      body: {
        kind: 'medicare_part_b',
        payerName: 'Medicare',
        memberId: event.mbi,
        fromOn: '2019-01-01',
        payerOrder: 1,
      },
    })
  },
  async check_medicare({ app, actors }, event, patientId) {
    await app.act(contract.eligibility.check, actors[event.by], { params: { patientId }, body: {} })
  },
  async introduce({ app, actors }, event, patientId) {
    const tell = (body: Parameters<typeof app.act<typeof contract.outreach.record>>[2]['body']) =>
      app.act(contract.outreach.record, actors[event.by], { params: { patientId }, body })
    await tell({ kind: 'mentioned' })
    await tell({ kind: 'brochure_given', language: event.language })
    await tell({ kind: 'heard_before', heardBefore: event.heardBefore, nudge: event.heardBefore !== 'yes' })
  },
  async respond({ app, actors }, event, patientId) {
    await app.act(contract.outreach.record, actors[event.by], {
      params: { patientId },
      body: { kind: 'response', response: event.response, objection: event.objection as never },
    })
  },
  async decline({ app, actors }, event, patientId) {
    await app.act(contract.outreach.decline, actors[event.by], {
      params: { patientId },
      body: {
        reason: event.reason as never,
        doNotAskAgain: event.doNotAskAgain,
        ...(event.doNotAskAgain
          ? {}
          : { followUpById: actors.rosa.id ?? '', followUpOn: addDays(todayOf(event.at), 21) }),
      },
    })
  },
  async consent({ app, actors, patientNames }, event, patientId) {
    const form = await app.act(contract.consents.form, actors[event.by], {
      params: { patientId },
      query: { language: event.language },
    })
    const name = patientNames[event.patient] ?? ''
    await app.act(contract.consents.record, actors[event.by], {
      params: { patientId },
      body: {
        form: 'written',
        practitionerId: form.practitionerId ?? '',
        language: event.language,
        told: everyStatement,
        formVersion: form.version,
        formSha256: form.sha256,
        faceToFace: true,
        signerName: name,
        signature: { kind: 'typed', name, agreed: true },
        copyChannel: event.patient % 8 === 0 ? 'later' : 'printed',
      },
    })
  },
  async withdraw({ app, actors }, event, patientId) {
    await app.act(contract.enrollments.withdraw, actors[event.by], {
      params: { patientId },
      body: { requestedOn: todayOf(event.at), reason: event.reason },
    })
  },
  async end_enrollment({ app, actors }, event, patientId) {
    await app.act(contract.enrollments.end, actors[event.by], {
      params: { patientId },
      body: { reason: event.reason, endedOn: event.endedOn },
    })
  },
  async attest({ app, actors }, _event, patientId) {
    const evidence = await app.act(contract.enrollments.evidence, actors.okafor, { params: { patientId } })
    const strong = evidence.candidates.filter(({ use }) => use === 'yes' || use === 'active_only')
    const chosen = [...strong, ...evidence.candidates.filter((candidate) => !strong.includes(candidate))].slice(
      0,
      Math.max(2, Math.min(4, strong.length)),
    )
    await app.act(contract.enrollments.attest, actors.okafor, {
      params: { patientId },
      body: {
        conditions: chosen.map(({ icd10, label }) => ({ code: icd10, label })),
        lasts12Months: true,
        significantRisk: true,
        factsSha256: evidence.factsSha256,
      },
    })
  },
  async record_visit({ app, actors }, event, patientId) {
    const visits = await app.act(contract.enrollments.visits, actors[event.by], { params: { patientId } })
    const found = visits.found.find(({ fits }) => fits === 'yes')
    await app.act(contract.enrollments.recordVisit, actors[event.by], {
      params: { patientId },
      body:
        found === undefined
          ? { on: event.on, code: event.code, ccmDiscussed: true, practitionerId: actors.okafor.id ?? '' }
          : {
              encounterId: found.encounterId,
              code: found.code ?? event.code,
              ccmDiscussed: true,
              practitionerId: actors.okafor.id ?? '',
            },
    })
  },
  async enroll({ app, actors }, event, patientId) {
    await app.act(contract.enrollments.enroll, actors.okafor, {
      params: { patientId },
      body: { careManagerId: actors[event.careManager].id ?? '' },
    })
  },
  async draft_plan({ app, actors }, event, patientId) {
    const { content } = await app.act(contract.carePlans.draft, actors[event.by], { params: { patientId }, query: {} })
    const today = todayOf(event.at)
    const complete = completePlan(content, {
      today,
      reviewOn: addDays(today, 300 + (event.patient % 6) * 20),
      goalsDueOn: addDays(today, 120),
      nurse: actors[event.by].name,
      spouse: event.patient % 4 === 1,
    })
    const plan = await app.act(contract.carePlans.save, actors[event.by], {
      params: { patientId },
      body: { baseNumber: 0, content: complete },
    })
    if (event.submit)
      await app.act(contract.carePlans.submit, actors[event.by], {
        params: { id: plan.id },
        body: { number: plan.newest.number },
      })
  },
  async sign_plan({ app, actors }, _event, patientId) {
    const { plan } = await app.act(contract.carePlans.get, actors.okafor, { params: { patientId } })
    if (plan === null) return
    await app.act(contract.carePlans.sign, actors.okafor, {
      params: { id: plan.id },
      body: { number: plan.newest.number, textSha256: plan.textSha256 },
    })
  },
  async give_plan_copy({ app, actors, patientNames }, event, patientId) {
    const { plan } = await app.act(contract.carePlans.get, actors.rosa, { params: { patientId } })
    if (plan === null) return
    await app.act(contract.carePlans.giveCopy, actors.rosa, {
      params: { id: plan.id },
      body: {
        recipient: 'patient',
        recipientName: patientNames[event.patient] ?? '',
        channel: event.patient % 2 === 0 ? 'mailed' : 'printed',
        proof: 'Mailed with the after-visit summary.',
      },
    })
  },
  async change_plan({ app, actors }, event, patientId) {
    const { plan } = await app.act(contract.carePlans.get, actors[event.by], { params: { patientId } })
    if (plan === null) return
    const content = {
      ...plan.content,
      interventions: [
        ...plan.content.interventions,
        {
          id: 'bp-log',
          what: 'Keep a home blood pressure log, twice a day',
          who: 'Patient; care manager reviews',
          when: 'For four weeks',
          problem: 'Hypertension',
          from: null,
        },
      ],
      revision: { note: event.note },
    }
    const saved = await app.act(contract.carePlans.save, actors[event.by], {
      params: { patientId },
      body: { baseNumber: plan.newest.number, content },
    })
    await app.act(contract.carePlans.submit, actors[event.by], {
      params: { id: saved.id },
      body: { number: saved.newest.number },
    })
  },
  async call(stage, event, patientId) {
    const { app, actors } = stage
    const actor = actors[event.by]
    const call = await app.act(contract.calls.open, actor, { params: { patientId }, body: { timer: true } })
    const questions = call.script.sections.flatMap((section) =>
      section.questions
        .filter(({ kind, askWhen }) => kind === 'choice' && askWhen === null)
        .slice(0, 1)
        .map((question) => ({ section: section.id, question })),
    )
    let now = call
    for (const { question } of questions.slice(1, 1 + answersInACall)) {
      const values = question.options.map(({ value }) => value)
      // Most calls are calm: an answer that raises a red flag is taken back for another one, except now and then.
      for (const value of event.mood < 0.5 ? values : [...values].reverse()) {
        now = await app.act(contract.calls.answer, actor, {
          params: { id: call.id, questionId: question.id },
          body: { value, detail: null },
        })
        if (event.mood > 0.97 || now.redFlags.length === 0) break
      }
    }
    for (const flag of now.redFlags.filter(({ acknowledged }) => acknowledged === null)) {
      const { redFlags } = await app.act(contract.calls.escalate, actor, {
        params: { id: call.id, questionId: flag.questionId },
        body: { whatWasDone: 'Called the doctor at once; seen the same day.' },
      })
      const taskId = redFlags.find(({ questionId }) => questionId === flag.questionId)?.acknowledged?.taskId
      if (taskId !== undefined) {
        await app.act(contract.tasks.finish, actors.okafor, {
          params: { id: taskId },
          body: { answer: 'Seen in the office the same day; treatment adjusted.' },
        })
      }
    }
    await letTimePass(stage, actor, event.seconds)
    await app.act(contract.calls.sign, actor, {
      params: { id: call.id },
      body: {
        ...(now.note.trim() === '' ? { note: 'Talked about medicines and goals; no new concern.' } : {}),
        nextContactOn: addDays(todayOf(event.at), 28),
      },
    })
  },
  async try_call({ app, actors, clock }, event, patientId) {
    const actor = actors[event.by]
    const call = await app.act(contract.calls.open, actor, { params: { patientId }, body: { timer: true } })
    clock.advanceSeconds(event.seconds)
    await app.act(contract.calls.attempt, actor, { params: { id: call.id }, body: { outcome: event.outcome } })
  },
  async session(stage, event, patientId) {
    const { app, actors } = stage
    const actor = actors[event.by]
    const { running } = await app.act(contract.minutes.start, actor, {
      params: { patientId },
      body: { activity: event.activity, ...(event.by === 'okafor' ? { personalCcm: true } : {}) },
    })
    await letTimePass(stage, actor, event.seconds)
    await app.act(contract.minutes.stop, actor, {
      params: { id: running?.id ?? '' },
      body: { whatWasDone: event.whatWasDone },
    })
    if (event.by !== 'okafor') await clearUpMedications(app, actor, patientId)
  },
  async log_time({ app, actors }, event, patientId) {
    const endedAt = new Date(Date.parse(event.startedAt) + event.seconds * 1000).toISOString()
    await app.act(contract.minutes.log, actors[event.by], {
      params: { patientId },
      body: {
        startedAt: event.startedAt,
        endedAt,
        activity: 'coordination',
        whatWasDone: event.whatWasDone,
        reason: event.reason,
        attested: true,
      },
    })
  },
  async record_decision({ app, actors }, event, patientId) {
    await app.act(contract.enrollments.recordDecision, actors.okafor, {
      params: { patientId },
      body: {
        month: event.month,
        level: event.level,
        rationale:
          'Adjusted the diuretic after weight gain and reviewed kidney function; weighed the risk of admission.',
      },
    })
  },
  async mark_priority({ app, actors }, event, patientId) {
    await app.act(contract.eligibility.mark, actors.okafor, {
      params: { patientId },
      body: { level: event.level, reason: event.reason },
    })
  },
  async close_month({ app, actors }, event) {
    await app.act(contract.months.close, actors.lena, { params: { month: event.month } })
  },
  async send_claims({ app, actors }, event) {
    try {
      await app.act(contract.claims.batch, actors.lena, { body: { month: event.month } })
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'claim_not_ready')) throw error
    }
  },
  async work(stage, event) {
    await stage.worker.drain()
    await workTheMoney(stage, todayOf(event.at))
  },
}
