import type { Call, CallLine, CallWorkspace } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { readClinic } from '../clinics/index.ts'
import { riskOf } from '../eligibility/index.ts'
import { monthMinutes, stepsOf } from '../minutes/index.ts'
import { type CallRow, listEscalations, readAnswers, readCall, readLastTalk } from './calls.store.ts'
import { composeNote, type ScriptFacts, similarityOf } from './calls.ts'
import { flagsOf, flagWords } from './script.ts'
import { stepsDone } from './worklist.ts'
import type { Place } from './worklist.views.ts'

/** A call as the page shows it: the note as it stands, what the answers alone give, and its red flags. */
export async function viewCall(tx: Tx, id: string): Promise<Call> {
  return presentCall(tx, await readCall(tx, id))
}

export async function presentCall(tx: Tx, row: CallRow): Promise<Call> {
  const answers = await readAnswers(tx, row.id)
  const escalations = await listEscalations(tx, row.id)
  const last = await readLastTalk(tx, row.patientId, row.startedAt)
  const clinic = await readClinic(tx, row.clinicId)
  const composedNote = composeNote(row.script, answers)
  const note = row.note ?? composedNote
  const raised = new Map(flagsOf(row.script, answers).map((flag) => [flag.questionId, flag]))
  // A flag that somebody acted on stays in sight, even where the answer was changed afterwards.
  for (const one of escalations)
    if (!raised.has(one.questionId))
      raised.set(one.questionId, {
        questionId: one.questionId,
        words: 'A red flag was acted on; the answer was changed afterwards.',
        urgency: 'same_day',
      })
  return {
    id: row.id,
    patient: { id: row.patientId, name: row.patientName },
    by: { id: row.staffId, name: row.staffName },
    month: row.month,
    script: row.script,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    outcome: row.outcome,
    callBackAt: row.callBackAt?.toISOString() ?? null,
    nextContactOn: row.nextContactOn,
    answers,
    note,
    noteEdited: row.noteEdited,
    composedNote,
    similarity: last?.note == null ? null : similarityOf(note, last.note),
    redFlags: [...raised.values()].map((flag) => {
      const done = escalations.find((one) => one.questionId === flag.questionId)
      return {
        questionId: flag.questionId,
        words: flag.words,
        urgency: flag.urgency,
        say: flagWords(flag.urgency, clinic.phone),
        acknowledged:
          done === undefined
            ? null
            : {
                by: { id: done.byId, name: done.byName },
                at: done.at.toISOString(),
                whatWasDone: done.whatWasDone,
                taskId: done.taskId,
              },
      }
    }),
    signed:
      row.signedAt === null || row.signedById === null || row.signedSha256 === null
        ? null
        : {
            by: { id: row.signedById, name: row.signedByName ?? '' },
            at: row.signedAt.toISOString(),
            sha256: row.signedSha256,
          },
  }
}

/** Calls and attempts of a patient, the newest first. */
export async function listCalls(tx: Tx, patientId: string, limit: number): Promise<CallLine[]> {
  const { rows } = await sql<
    Omit<CallLine, 'by' | 'startedAt' | 'callBackAt' | 'signedAt'> & {
      staffId: string
      staffName: string
      startedAt: Date
      callBackAt: Date | null
      signedAt: Date | null
    }
  >`
    select c.id, c.staff_id as "staffId", s.name as "staffName", c.started_at as "startedAt", c.outcome, c.call_back_at as "callBackAt", c.next_contact_on as "nextContactOn", c.note,
      c.signed_at as "signedAt", (select count(*)::int from call_escalations e where e.tenant_id = c.tenant_id and e.call_id = c.id) as "redFlags",
      (select coalesce(sum(t.seconds), 0)::int from time_entries t where t.tenant_id = c.tenant_id and t.patient_id = c.patient_id and t.call_id = c.id and t.superseded_at is null) as seconds
    from calls c join staff s on s.tenant_id = c.tenant_id and s.id = c.staff_id
    where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} order by c.started_at desc, c.id desc limit ${limit}`.execute(
    tx.db,
  )
  return rows.map(({ staffId, staffName, ...row }) => ({
    ...row,
    by: { id: staffId, name: staffName },
    startedAt: row.startedAt.toISOString(),
    callBackAt: row.callBackAt?.toISOString() ?? null,
    signedAt: row.signedAt?.toISOString() ?? null,
  }))
}

interface AttestedCondition {
  label?: string
  group?: string
  groups?: string[]
}
interface PlanParts {
  goals: { id: string; title: string; target: string; unit: string }[] | null
  medications: { id: string; name: string }[] | null
}

/** What the patient's script is made of: attested conditions (or those of the chart), medications and the plan's goals. */
export async function readScriptFacts(place: Place, patientId: string): Promise<ScriptFacts> {
  const { tx } = place
  const { rows: attested } = await sql<{ conditions: AttestedCondition[] }>`
    select conditions from attestations where tenant_id = ${tx.tenantId} and patient_id = ${patientId} order by attested_at desc limit 1`.execute(
    tx.db,
  )
  const { rows: plans } = await sql<PlanParts>`
    select v.content -> 'goals' as goals, v.content -> 'medications' -> 'items' as medications from care_plans k
    join care_plan_versions v on v.tenant_id = k.tenant_id and v.plan_id = k.id
    where k.tenant_id = ${tx.tenantId} and k.patient_id = ${patientId} order by v.number desc limit 1`.execute(tx.db)
  const { rows: charted } = await sql<{ id: string; name: string }>`
    select distinct on (lower(display)) id::text as id, display as name from medications
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and status = 'active' order by lower(display), authored_on desc limit 60`.execute(
    tx.db,
  )
  const planned = plans[0]?.medications ?? []
  return {
    groups: groupsOf(attested[0]?.conditions ?? []) ?? (await riskOf(place, [patientId])).get(patientId)?.groups ?? [],
    medications: (planned.length > 0 ? planned : charted).filter((one) => one.name.trim() !== ''),
    goals: (plans[0]?.goals ?? []).filter((goal) => `${goal.title}${goal.target}`.trim() !== ''),
  }
}

function groupsOf(conditions: readonly AttestedCondition[]): { group: string; label: string }[] | null {
  const byGroup = new Map<string, string>()
  for (const one of conditions)
    for (const group of one.groups ?? (one.group === undefined ? [] : [one.group]))
      if (!byGroup.has(group)) byGroup.set(group, one.label ?? group)
  return byGroup.size === 0 ? null : [...byGroup].map(([group, label]) => ({ group, label }))
}

/** The voicemail that the clinic approved: who called and where to ring back, nothing about health. */
export const voicemailVersion = '2026.1'
function voicemailWords(staffName: string, clinic: { name: string; phone: string }): CallWorkspace['voicemail'] {
  return {
    version: voicemailVersion,
    en: `Hello, this is ${staffName} from ${clinic.name}. I am calling to check in as planned. Please call me back at ${clinic.phone}. If this is an emergency, hang up and call 911. Thank you.`,
    es: `Hola, le habla ${staffName} de ${clinic.name}. Le llamo para saludarle, como habíamos quedado. Por favor, devuélvame la llamada al ${clinic.phone}. Si es una emergencia, cuelgue y llame al 911. Gracias.`,
  }
}

interface PatientRow {
  id: string
  clinicId: string
  name: string
  bornOn: string | null
  language: string | null
  pronouns: string | null
  phone: string | null
  bestFrom: string | null
  bestTo: string | null
  voicemailAllowed: boolean | null
  hearingNote: string | null
  caregiverName: string | null
  caregiverPhone: string | null
  caregiverRelationship: string | null
  careManagerId: string | null
  careManagerName: string | null
  enrolled: boolean
  consented: boolean
  deceased: boolean
}

/** @throws Problem not_found */
async function readPatient({ tx, today }: Place, patientId: string): Promise<PatientRow> {
  const { rows } = await sql<PatientRow>`
    select p.id, p.clinic_id as "clinicId", p.given || ' ' || p.family as name, p.born_on as "bornOn", coalesce(c.language, p.language) as language, c.pronouns,
      coalesce(c.phone, (select x ->> 'number' from jsonb_array_elements(p.phones) x where coalesce(x ->> 'use', '') <> 'old' order by (x ->> 'rank')::numeric nulls last limit 1)) as phone,
      c.best_from as "bestFrom", c.best_to as "bestTo", c.voicemail_allowed as "voicemailAllowed", c.hearing_note as "hearingNote",
      c.caregiver_name as "caregiverName", c.caregiver_phone as "caregiverPhone", c.caregiver_relationship as "caregiverRelationship",
      s.id as "careManagerId", s.name as "careManagerName", p.deceased,
      exists (select 1 from enrollments e left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
        where e.tenant_id = p.tenant_id and e.patient_id = p.id and e.enrolled_on <= ${today} and (x.ended_on is null or x.ended_on >= ${today})) as enrolled,
      exists (select 1 from consents k left join consent_revocations r on r.tenant_id = k.tenant_id and r.consent_id = k.id
        where k.tenant_id = p.tenant_id and k.patient_id = p.id and k.given_on <= ${today} and (r.id is null or r.effective_on >= ${today})) as consented
    from patients p
    left join lateral (select * from patient_contacts c where c.tenant_id = p.tenant_id and c.patient_id = p.id order by c.recorded_at desc, c.id desc limit 1) c on true
    left join lateral (select a.care_manager_id from care_manager_assignments a where a.tenant_id = p.tenant_id and a.patient_id = p.id
      order by a.from_on desc, a.assigned_at desc, a.id desc limit 1) a on true
    left join staff s on s.tenant_id = p.tenant_id and s.id = a.care_manager_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  return found(rows[0], 'There is no such patient here.')
}

/** Why no call can be opened, and the step that opens it; null when one can. */
export function whyBlocked(row: Pick<PatientRow, 'enrolled' | 'consented' | 'deceased'>): CallWorkspace['blocked'] {
  if (row.deceased) return { sentence: 'The patient has died.', step: 'enrollment' }
  if (!row.consented)
    return {
      sentence: 'There is no consent in force. Talk it through and record it first; then the minutes count.',
      step: 'consent',
    }
  return row.enrolled
    ? null
    : {
        sentence:
          'The patient has consented and is not enrolled yet. The provider enrolls; then the monthly calls begin.',
        step: 'enrollment',
      }
}

/** Whether a call can be opened today. @throws Problem not_found */
export async function readBlocked(place: Place, patientId: string): Promise<CallWorkspace['blocked']> {
  return whyBlocked(await readPatient(place, patientId))
}

export type Beside = Omit<CallWorkspace, 'call' | 'next' | 'voicemail' | 'emergencyWords'>

/** Everything about the patient that one needs beside the phone, besides the call itself. */
export async function viewBeside(place: Place, patientId: string): Promise<Beside> {
  const { tx, today, timeZone } = place
  const row = await readPatient(place, patientId)
  const month = today.slice(0, 7)
  const last = await readLastTalk(tx, patientId, place.now)
  const { rows: attempts } = await sql<{
    id: string
    at: Date
    outcome: CallWorkspace['attempts'][number]['outcome']
    byId: string
    byName: string
  }>`
    select c.id, c.started_at as "at", c.outcome, s.id as "byId", s.name as "byName" from calls c join staff s on s.tenant_id = c.tenant_id and s.id = c.staff_id
    where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} and c.month = ${month} and c.signed_at is not null order by c.started_at desc limit 50`.execute(
    tx.db,
  )
  const { rows: loops } = await sql<{
    id: string
    title: string
    kind: string
    dueOn: string | null
    openDays: number
  }>`
    select id, title, kind, due_on as "dueOn", greatest(0, ${today}::date - (created_at at time zone ${timeZone})::date) as "openDays" from tasks
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and done_at is null order by (urgency = 'now') desc, due_on nulls last, created_at limit 30`.execute(
    tx.db,
  )
  const { rows: done } = await sql<{
    talked: boolean | null
    sections: string[] | null
    activities: string[] | null
  }>`
    select (select bool_or(outcome = 'completed') from calls where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and month = ${month} and signed_at is not null) as talked,
      (select array_agg(distinct split_part(w.question_id, '.', 1)) from calls c join call_answers w on w.tenant_id = c.tenant_id and w.call_id = c.id
        where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} and c.month = ${month} and c.signed_at is not null and w.answer ->> 'value' is not null) as sections,
      (select array_agg(distinct activity) from time_entries where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and month = ${month} and superseded_at is null) as activities`.execute(
    tx.db,
  )
  return {
    patient: {
      id: row.id,
      name: row.name,
      bornOn: row.bornOn,
      language: row.language,
      pronouns: row.pronouns,
      phone: row.phone,
      bestFrom: row.bestFrom,
      bestTo: row.bestTo,
      voicemailAllowed: row.voicemailAllowed,
      hearingNote: row.hearingNote,
      caregiver:
        row.caregiverName === null
          ? null
          : { name: row.caregiverName, phone: row.caregiverPhone, relationship: row.caregiverRelationship },
    },
    blocked: whyBlocked(row),
    careManager: row.careManagerId === null ? null : { id: row.careManagerId, name: row.careManagerName ?? '' },
    month: await monthMinutes(tx, patientId, month, timeZone),
    stepsSeconds: stepsOf(month),
    steps: stepsDone({
      talked: done[0]?.talked ?? false,
      sections: done[0]?.sections ?? [],
      activities: done[0]?.activities ?? [],
      openTasks: loops.length,
    }),
    last:
      last === null
        ? null
        : {
            id: last.id,
            by: { id: last.staffId, name: last.staffName },
            signedAt: last.signedAt.toISOString(),
            note: last.note ?? '',
            answers: await readAnswers(tx, last.id),
          },
    attempts: attempts.map((one) => ({
      id: one.id,
      at: one.at.toISOString(),
      outcome: one.outcome,
      by: { id: one.byId, name: one.byName },
    })),
    openLoops: loops,
  }
}

/** The clinic's words beside a call: what to leave on a machine, and what to say in an emergency. */
export async function clinicWords(
  place: Place,
  staffName: string,
): Promise<Pick<CallWorkspace, 'voicemail' | 'emergencyWords'>> {
  const clinic = await readClinic(place.tx, place.clinicId)
  return {
    voicemail: voicemailWords(staffName, clinic),
    emergencyWords: flagWords('emergency', clinic.phone),
  }
}
