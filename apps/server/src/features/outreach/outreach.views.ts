import type {
  CcmChip,
  Decline,
  DeskDay,
  DeskRow,
  Introduction,
  IntroductionKind,
  Objection,
  OutreachChannel,
  PatientResponse,
} from '@keepwell/contract'
import { addDays, dayWindow } from '@keepwell/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found, Problem } from '../../kernel/problem.ts'
import type { CheckRow } from '../eligibility/index.ts'
import { promptOf, whyNotAsk } from './outreach.ts'

interface AppointmentRow {
  id: string
  patientId: string
  startsAt: Date
  endsAt: Date | null
  status: string
  withName: string | null
}

/** Appointments of a clinic on a day in its zone, the earliest first, at most 500. */
export async function listAppointments(
  tx: Tx,
  clinicId: string,
  on: string,
  timeZone: string,
): Promise<AppointmentRow[]> {
  const { startMs, endMs } = dayWindow(on, timeZone)
  const { rows } = await sql<AppointmentRow>`
    select a.id, a.patient_id as "patientId", a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, p.name as "withName"
    from appointments a left join practitioners p on p.tenant_id = a.tenant_id and p.source = a.source and p.source_id = a.practitioner_source_id
    where a.tenant_id = ${tx.tenantId} and a.clinic_id = ${clinicId} and a.starts_at >= ${new Date(startMs)} and a.starts_at < ${new Date(endMs)}
      and a.status not in ('cancelled', 'entered-in-error', 'noshow')
    order by a.starts_at, a.id limit 500`.execute(tx.db)
  return rows
}

interface PatientRow {
  id: string
  name: string
  bornOn: string | null
  deceased: boolean
  language: string | null
  phones: readonly { number: string; use: string | null; rank: number | null }[]
  contact: {
    phone: string | null
    phoneType: string | null
    textable: boolean | null
    bestFrom: string | null
    bestTo: string | null
    language: string | null
    hearingNote: string | null
    caregiver: string | null
    verifiedOn: string
  } | null
}

async function readPatients(tx: Tx, ids: readonly string[]): Promise<Map<string, PatientRow>> {
  const { rows } = await sql<PatientRow>`
    select p.id, p.given || ' ' || p.family as name, p.born_on as "bornOn", p.deceased, p.language, p.phones,
      case when c.id is null then null else jsonb_build_object('phone', c.phone, 'phoneType', c.phone_type, 'textable', c.textable, 'bestFrom', c.best_from,
        'bestTo', c.best_to, 'language', c.language, 'hearingNote', c.hearing_note, 'caregiver', c.caregiver_name, 'verifiedOn', c.verified_on) end as contact
    from patients p left join lateral (select * from patient_contacts c where c.tenant_id = p.tenant_id and c.patient_id = p.id
      order by recorded_at desc limit 1) c on true
    where p.tenant_id = ${tx.tenantId} and p.id = any (${[...ids]}::uuid[]) limit ${Math.max(1, ids.length)}`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

interface Heard {
  patientId: string
  kind: IntroductionKind
  at: Date
  response: PatientResponse | null
  heardBefore: 'yes' | 'no' | 'unsure' | null
  objection: Objection | null
  brochureVersion: string | null
}

/** The newest line of each kind for each patient. */
async function readHeard(tx: Tx, ids: readonly string[]): Promise<Map<string, Map<IntroductionKind, Heard>>> {
  const { rows } = await sql<Heard>`
    select distinct on (patient_id, kind) patient_id as "patientId", kind, recorded_at as "at", response, heard_before as "heardBefore", objection,
      brochure_version as "brochureVersion"
    from introductions where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) order by patient_id, kind, recorded_at desc`.execute(
    tx.db,
  )
  const heard = new Map<string, Map<IntroductionKind, Heard>>()
  for (const row of rows) heard.set(row.patientId, (heard.get(row.patientId) ?? new Map()).set(row.kind, row))
  return heard
}

interface DeclineRow {
  id: string
  patientId: string
  patientName: string
  reason: Objection
  doNotAskAgain: boolean
  followUpById: string | null
  followUpByName: string | null
  followUpOn: string | null
  declinedOn: string
  byId: string
  byName: string
  at: Date
  later: PatientResponse | null
}

const declineColumns = sql<DeclineRow>`
  d.id, d.patient_id as "patientId", p.given || ' ' || p.family as "patientName", d.reason, d.do_not_ask_again as "doNotAskAgain", d.follow_up_by as "followUpById",
  f.name as "followUpByName", d.follow_up_on as "followUpOn", d.declined_on as "declinedOn", d.recorded_by as "byId", s.name as "byName", d.recorded_at as "at",
  (select i.response from introductions i where i.tenant_id = d.tenant_id and i.patient_id = d.patient_id and i.kind = 'response' and i.response <> 'declined'
    and i.recorded_at > d.recorded_at order by i.recorded_at desc limit 1) as later`
const declineJoins = sql`from declines d
  join patients p on p.tenant_id = d.tenant_id and p.id = d.patient_id
  join staff s on s.tenant_id = d.tenant_id and s.id = d.recorded_by
  left join staff f on f.tenant_id = d.tenant_id and f.id = d.follow_up_by`

async function readDeclines(tx: Tx, ids: readonly string[]): Promise<Map<string, DeclineRow>> {
  const { rows } = await sql<DeclineRow>`select distinct on (d.patient_id) ${declineColumns} ${declineJoins}
    where d.tenant_id = ${tx.tenantId} and d.patient_id = any (${[...ids]}::uuid[]) order by d.patient_id, d.recorded_at desc`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.patientId, row]))
}

/** Open pages of today, by patient. */
async function readPages(tx: Tx, ids: readonly string[], since: Date): Promise<Map<string, Date>> {
  const { rows } = await sql<{ patientId: string; at: Date }>`
    select patient_id as "patientId", max(created_at) as "at" from tasks
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and kind = 'warm_hand_off' and done_at is null and created_at >= ${since}
    group by patient_id`.execute(tx.db)
  return new Map(rows.map((row) => [row.patientId, row.at]))
}

/** Patients who said yes and gave no consent yet: the paper is not signed, or not scanned. */
async function readFormsMissing(
  tx: Tx,
  clinicId: string,
  today: string,
  since: Date,
): Promise<DeskDay['formsMissing']> {
  const { rows } = await sql<{ id: string; name: string; at: Date }>`
    select p.id, p.given || ' ' || p.family as name, i.recorded_at as "at" from (
      select distinct on (patient_id) tenant_id, patient_id, response, recorded_at from introductions
      where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and kind = 'response' and recorded_at >= ${since} order by patient_id, recorded_at desc) i
    join patients p on p.tenant_id = i.tenant_id and p.id = i.patient_id
    where i.response = 'agreed' and not p.deceased and not exists (select from consents c
      left join consent_revocations r on r.tenant_id = c.tenant_id and r.consent_id = c.id
      where c.tenant_id = p.tenant_id and c.patient_id = p.id and (r.id is null or r.effective_on >= ${today}))
    order by i.recorded_at limit 200`.execute(tx.db)
  return rows.map((row) => ({ patient: { id: row.id, name: row.name }, agreedAt: row.at.toISOString() }))
}

export interface DeskParts {
  tx: Tx
  clinicId: string
  today: string
  timeZone: string
  chips: ReadonlyMap<string, CcmChip>
  checks: ReadonlyMap<string, CheckRow>
  presentCheck: (row: CheckRow) => NonNullable<DeskRow['lastCheck']>
}

/** Rows of the desk for some patients, with their appointment where they have one. Batched: one query for each sort of fact. */
export async function deskRows(
  parts: DeskParts,
  wanted: readonly { patientId: string; appointment: AppointmentRow | null }[],
): Promise<DeskRow[]> {
  const { tx, today, timeZone } = parts
  const ids = [...new Set(wanted.map((one) => one.patientId))]
  if (ids.length === 0) return []
  const dayBegan = new Date(dayWindow(today, timeZone).startMs)
  const patients = await readPatients(tx, ids)
  const heard = await readHeard(tx, ids)
  const declines = await readDeclines(tx, ids)
  const pages = await readPages(tx, ids, dayBegan)
  return wanted.map(({ patientId, appointment }) => {
    const patient = found(patients.get(patientId), 'There is no such patient here.')
    const words = heard.get(patientId) ?? new Map<IntroductionKind, Heard>()
    const chip = found(parts.chips.get(patientId), 'There is no such patient here.')
    const answered = words.get('response')
    const declineRow = declines.get(patientId)
    const decline = declineRow === undefined || declineRow.later !== null ? null : declineRow
    const doNotAsk = decline?.doNotAskAgain ?? false
    const at = (kind: IntroductionKind) => words.get(kind)?.at.toISOString() ?? null
    const todays = (kind: IntroductionKind) => (words.get(kind)?.at.getTime() ?? 0) >= dayBegan.getTime()
    const response = answered?.response ?? null
    const check = parts.checks.get(patientId)
    return {
      appointment:
        appointment === null
          ? null
          : {
              id: appointment.id,
              startsAt: appointment.startsAt.toISOString(),
              endsAt: appointment.endsAt?.toISOString() ?? null,
              status: appointment.status,
              with: appointment.withName,
            },
      patient: { id: patient.id, name: patient.name, bornOn: patient.bornOn, deceased: patient.deceased },
      chip,
      prompt: doNotAsk ? null : promptOf(chip.status, response),
      whyNotAsk: whyNotAsk(chip.status, doNotAsk),
      contact: contactOf(patient),
      mentionedAt: at('mentioned'),
      brochureGivenAt: at('brochure_given'),
      brochureVersion: words.get('brochure_given')?.brochureVersion ?? null,
      heardBefore: words.get('heard_before')?.heardBefore ?? null,
      response:
        answered === undefined || response === null
          ? null
          : { response, objection: answered.objection, at: answered.at.toISOString() },
      decline:
        decline === null
          ? null
          : {
              reason: decline.reason,
              on: decline.declinedOn,
              doNotAskAgain: decline.doNotAskAgain,
              followUp: followUpOf(decline),
            },
      flagged: todays('nudge'),
      pagedAt: pages.get(patientId)?.toISOString() ?? null,
      introducedToday: todays('mentioned') || todays('brochure_given') || todays('response'),
      consentMissing: response === 'agreed' && chip.status === 'introduced',
      lastCheck: check === undefined ? null : parts.presentCheck(check),
    }
  })
}

function followUpOf(row: DeclineRow): Decline['followUp'] {
  return row.followUpById === null || row.followUpOn === null
    ? null
    : { by: { id: row.followUpById, name: row.followUpByName ?? 'Somebody who left' }, on: row.followUpOn }
}

function contactOf(patient: PatientRow): DeskRow['contact'] {
  const phone = [...patient.phones].sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99)).find((one) => one.use !== 'old')
  const { contact } = patient
  if (contact === null) {
    return {
      phone: phone?.number ?? null,
      phoneType: phone?.use ?? null,
      textable: null,
      bestFrom: null,
      bestTo: null,
      language: patient.language,
      hearingNote: null,
      caregiver: null,
      verifiedOn: null,
    }
  }
  return {
    ...contact,
    phone: contact.phone ?? phone?.number ?? null,
    phoneType: contact.phoneType ?? phone?.use ?? null,
    language: contact.language ?? patient.language,
  }
}

/** The desk's day: its rows, how many of those who may be asked were spoken to, and whose paper is missing. */
export async function deskDay(parts: DeskParts, on: string, appointments: readonly AppointmentRow[]): Promise<DeskDay> {
  const rows = await deskRows(
    parts,
    appointments.map((appointment) => ({ patientId: appointment.patientId, appointment })),
  )
  const seen = new Map(rows.map((row) => [row.patient.id, row]))
  const asked = [...seen.values()].filter((row) => row.whyNotAsk === null || row.introducedToday)
  const since = new Date(dayWindow(addDays(parts.today, -30), parts.timeZone).startMs)
  return {
    on,
    rows,
    introduced: { count: asked.filter((row) => row.introducedToday).length, of: asked.length },
    formsMissing: await readFormsMissing(parts.tx, parts.clinicId, parts.today, since),
  }
}

interface IntroductionRow {
  id: string
  patientId: string
  patientName: string
  kind: IntroductionKind
  channel: OutreachChannel
  response: PatientResponse | null
  heardBefore: 'yes' | 'no' | 'unsure' | null
  objection: Objection | null
  scriptVersion: string | null
  brochureVersion: string | null
  brochureLanguage: 'en' | 'es' | null
  byId: string
  byName: string
  at: Date
  atText: string
}

export interface LogFilter {
  from?: string | undefined
  to?: string | undefined
  kind?: IntroductionKind | undefined
  response?: PatientResponse | undefined
  byId?: string | undefined
  patientId?: string | undefined
}

function logWhere(tx: Tx, clinicId: string, timeZone: string, filter: LogFilter): RawBuilder<unknown> {
  const when = (test: unknown, condition: RawBuilder<unknown>) => (test === undefined ? sql`true` : condition)
  return sql`i.tenant_id = ${tx.tenantId} and i.clinic_id = ${clinicId}
    and ${when(filter.from, sql`i.recorded_at >= ${new Date(dayWindow(filter.from ?? '2000-01-01', timeZone).startMs)}`)}
    and ${when(filter.to, sql`i.recorded_at < ${new Date(dayWindow(filter.to ?? '2000-01-01', timeZone).endMs)}`)}
    and ${when(filter.kind, sql`i.kind = ${filter.kind}`)} and ${when(filter.response, sql`i.response = ${filter.response}`)}
    and ${when(filter.byId, sql`i.recorded_by = ${filter.byId}`)} and ${when(filter.patientId, sql`i.patient_id = ${filter.patientId}`)}`
}

const logColumns = sql<IntroductionRow>`
  i.id, i.patient_id as "patientId", p.given || ' ' || p.family as "patientName", i.kind, i.channel, i.response, i.heard_before as "heardBefore", i.objection,
  i.script_version as "scriptVersion", i.brochure_version as "brochureVersion", i.brochure_language as "brochureLanguage", i.recorded_by as "byId",
  s.name as "byName", i.recorded_at as "at", to_char(i.recorded_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as "atText"`
const logJoins = sql`from introductions i
  join patients p on p.tenant_id = i.tenant_id and p.id = i.patient_id
  join staff s on s.tenant_id = i.tenant_id and s.id = i.recorded_by`

function parseCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null
  const [, at = '', id = ''] = /^(\d{20})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (id === '') throw new Problem('bad_request', 'This page of the list cannot be found. Go back to its beginning.')
  return { at, id }
}

/** One page of the log, the newest first. */
export async function listIntroductions(
  tx: Tx,
  clinic: { id: string; timeZone: string },
  filter: LogFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: Introduction[]; nextCursor: string | null }> {
  const after = parseCursor(filter.cursor)
  const beyond =
    after === null
      ? sql`true`
      : sql`(to_char(i.recorded_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), i.id) < (${after.at}, ${after.id}::uuid)`
  const { rows } =
    await sql<IntroductionRow>`select ${logColumns} ${logJoins} where ${logWhere(tx, clinic.id, clinic.timeZone, filter)} and ${beyond}
    order by i.recorded_at desc, i.id desc limit ${filter.limit + 1}`.execute(tx.db)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentIntroduction),
    nextCursor: rows.length > filter.limit && last !== undefined ? `${last.atText}.${last.id}` : null,
  }
}

function presentIntroduction(row: IntroductionRow): Introduction {
  return {
    id: row.id,
    patient: { id: row.patientId, name: row.patientName },
    kind: row.kind,
    channel: row.channel,
    response: row.response,
    heardBefore: row.heardBefore,
    objection: row.objection,
    scriptVersion: row.scriptVersion,
    brochureVersion: row.brochureVersion,
    brochureLanguage: row.brochureLanguage,
    by: { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
  }
}

/** One page of those who said no, the newest first; `followUpBy` leaves only the follow-ups of one person. */
export async function listDeclines(
  tx: Tx,
  clinicId: string,
  query: { followUpBy: string | null; cursor?: string | undefined; limit: number },
): Promise<{ items: Decline[]; nextCursor: string | null }> {
  const after = parseCursor(query.cursor)
  const at = sql`to_char(d.recorded_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`
  const { rows } = await sql<
    DeclineRow & { atText: string }
  >`select ${declineColumns}, ${at} as "atText" ${declineJoins}
    where d.tenant_id = ${tx.tenantId} and p.clinic_id = ${clinicId} and ${query.followUpBy === null ? sql`true` : sql`d.follow_up_by = ${query.followUpBy}`}
      and ${after === null ? sql`true` : sql`(${at}, d.id) < (${after.at}, ${after.id}::uuid)`}
    order by d.recorded_at desc, d.id desc limit ${query.limit + 1}`.execute(tx.db)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      id: row.id,
      patient: { id: row.patientId, name: row.patientName },
      reason: row.reason,
      doNotAskAgain: row.doNotAskAgain,
      followUp: followUpOf(row),
      declinedOn: row.declinedOn,
      by: { id: row.byId, name: row.byName },
      at: row.at.toISOString(),
      later: row.later,
    })),
    nextCursor: rows.length > query.limit && last !== undefined ? `${last.atText}.${last.id}` : null,
  }
}

export interface ScheduleRow {
  patientId: string
  startsAt: Date
  mine: boolean
}

/** Appointments of a day with whether they are this person's: by the NPI of the schedule's practitioner. */
export async function listSchedule(
  tx: Tx,
  clinicId: string,
  staffId: string,
  on: string,
  timeZone: string,
): Promise<{ ownSchedule: boolean; rows: ScheduleRow[] }> {
  const { startMs, endMs } = dayWindow(on, timeZone)
  const { rows: own } = await sql<{ id: string }>`
    select p.source_id as id from staff s join practitioners p on p.tenant_id = s.tenant_id and p.npi = s.npi
    where s.tenant_id = ${tx.tenantId} and s.id = ${staffId} limit 20`.execute(tx.db)
  const { rows } = await sql<{ patientId: string; startsAt: Date; practitioner: string | null }>`
    select patient_id as "patientId", starts_at as "startsAt", practitioner_source_id as practitioner from appointments
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and starts_at >= ${new Date(startMs)} and starts_at < ${new Date(endMs)}
      and status not in ('cancelled', 'entered-in-error', 'noshow')
    order by starts_at, id limit 500`.execute(tx.db)
  const mine = new Set([staffId, ...own.map((row) => row.id)])
  const schedule = rows.map((row) => ({
    patientId: row.patientId,
    startsAt: row.startsAt,
    mine: row.practitioner !== null && mine.has(row.practitioner),
  }))
  return { ownSchedule: own.length > 0 || schedule.some((row) => row.mine), rows: schedule }
}

/** Who was put on the provider's list today, by whom and when. */
export async function listNudges(
  tx: Tx,
  clinicId: string,
  on: string,
  timeZone: string,
): Promise<Map<string, { at: Date; byName: string }>> {
  const { startMs, endMs } = dayWindow(on, timeZone)
  const { rows } = await sql<{ patientId: string; at: Date; byName: string }>`
    select distinct on (i.patient_id) i.patient_id as "patientId", i.recorded_at as "at", s.name as "byName" from introductions i
    join staff s on s.tenant_id = i.tenant_id and s.id = i.recorded_by
    where i.tenant_id = ${tx.tenantId} and i.clinic_id = ${clinicId} and i.kind = 'nudge' and i.recorded_at >= ${new Date(startMs)} and i.recorded_at < ${new Date(endMs)}
    order by i.patient_id, i.recorded_at desc`.execute(tx.db)
  return new Map(rows.map((row) => [row.patientId, { at: row.at, byName: row.byName }]))
}

/** All lines of the log in a span, oldest first, for the trends; at most 100,000. */
export async function readWords(tx: Tx, clinicId: string, timeZone: string, span: { from: string; to: string }) {
  const { rows } =
    await sql<IntroductionRow>`select ${logColumns} ${logJoins} where ${logWhere(tx, clinicId, timeZone, span)} order by i.recorded_at, i.id limit 100000`.execute(
      tx.db,
    )
  const ids = [...new Set(rows.map((row) => row.patientId))]
  const { rows: consents } =
    ids.length === 0
      ? { rows: [] }
      : await sql<{ id: string }>`
    select distinct patient_id as id from consents where tenant_id = ${tx.tenantId} and patient_id = any (${ids}::uuid[]) and given_on >= ${span.from}`.execute(
          tx.db,
        )
  return { words: rows, consented: new Set(consents.map((row) => row.id)) }
}
