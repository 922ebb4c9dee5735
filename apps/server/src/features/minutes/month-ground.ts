import { type Facts, type Interval, lastDayOf, localDateOf, type StayFacts } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { monthLock } from '../months/index.ts'
import { credentialAt } from '../staffing/index.ts'
import type { EntryFacts } from './minutes.ts'

/** What stands around a piece of time before it is written: the state of its month, and what of the patient bears on it. */

interface GateRow {
  diedOn: string | null
  givenOn: string | null
  givenAt: Date | null
  withdrawnOn: string | null
  newPatient: boolean | null
  visitOn: string | null
  visitCode: string | null
  visitDiscussed: boolean | null
  stays: StayFacts[]
}

const gateColumns = sql<GateRow>`p.died_on as "diedOn", c.given_on as "givenOn", c.given_at as "givenAt", r.requested_on as "withdrawnOn",
  n.new_or_not_seen_within_year as "newPatient", v.visit_on as "visitOn", v.code as "visitCode", v.ccm_discussed as "visitDiscussed", y.stays`

/** The rows beside the patient row `p` that open and close a month's minutes. */
function gateTables(month: string) {
  const last = lastDayOf(month)
  return sql`
    left join lateral (select c.id, c.given_on, c.given_at from consents c where c.tenant_id = p.tenant_id and c.patient_id = p.id and c.given_on <= ${last}::date
      order by c.given_on desc, c.given_at desc limit 1) c on true
    left join consent_revocations r on r.tenant_id = p.tenant_id and r.consent_id = c.id
    left join lateral (select e.new_or_not_seen_within_year, e.initiating_visit_id from enrollments e where e.tenant_id = p.tenant_id and e.patient_id = p.id
      order by e.enrolled_at desc limit 1) n on true
    left join initiating_visits v on v.tenant_id = p.tenant_id and v.id = n.initiating_visit_id
    left join lateral (select coalesce(json_agg(json_build_object('kind', s.kind, 'from', s.from_on, 'to', s.to_on)), '[]') as stays
      from (select kind, from_on, to_on from stays where tenant_id = p.tenant_id and patient_id = p.id and from_on <= ${last}::date
        and (to_on is null or to_on >= ${`${month}-01`}::date) limit 100) s) y on true`
}

/** The gates as the rule book reads them. A missing row stays unknown, or none where the record is ours. */
function gatesOf(row: GateRow, timeZone: string): Partial<Facts> {
  // On paper brought later the day counts, on all else the moment: nothing before the signature counts.
  const sameDay = row.givenAt !== null && localDateOf(row.givenAt.getTime(), timeZone) === row.givenOn
  return {
    stays: row.stays,
    patient: { diedOn: row.diedOn, newOrNotSeenWithinYear: row.newPatient ?? undefined },
    consent:
      row.givenOn === null
        ? null
        : {
            givenOn: row.givenOn,
            givenAt: sameDay ? row.givenAt?.toISOString() : undefined,
            withdrawnOn: row.withdrawnOn,
          },
    initiatingVisit:
      row.visitOn === null || row.visitCode === null
        ? row.newPatient === null
          ? undefined
          : null
        : { on: row.visitOn, code: row.visitCode, ccmDiscussed: row.visitDiscussed },
  }
}

/** What a month's other facts say about its minutes: consent, visit, stays and death. */
export async function readGates(tx: Tx, patientId: string, month: string, timeZone: string): Promise<Partial<Facts>> {
  const { rows } = await sql<GateRow>`select ${gateColumns} from patients p ${gateTables(month)}
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  return gatesOf(found(rows[0], 'There is no such patient here.'), timeZone)
}

export interface MonthGround {
  /** The month's close began: what is written now comes late. */
  closed: boolean
  /** Goes up with each change of the month's time; zero where there is none yet. */
  revision: number
  credential: string | null
  patientName: string
  personName: string
  /** The patient's counting time of the month that shares a moment with the interval, at most 200 entries. */
  beside: (EntryFacts & { seconds: number })[]
  gates: Partial<Facts>
}

/**
 * The ground on which an interval of a person's work with a patient is written, in one statement. It also lets a close of
 * the month wait for the end of the transaction; whether one began in the moment before, only a later statement sees.
 */
export async function readMonthGround(
  tx: Tx,
  place: {
    patientId: string
    clinicId: string
    staffId: string
    month: string
    serviceOn: string
    timeZone: string
    interval: Interval
  },
): Promise<MonthGround> {
  const { patientId, clinicId, staffId, month, serviceOn, timeZone, interval } = place
  const { rows } = await sql<
    Omit<MonthGround, 'beside' | 'gates'> &
      GateRow & {
        beside: (Omit<EntryFacts, 'startedAt' | 'endedAt'> & { seconds: number; startMs: number; endMs: number })[]
      }
  >`
    select ${monthLock(tx, clinicId, month)} as lock, exists (select from month_closes f where f.tenant_id = p.tenant_id and f.clinic_id = ${clinicId} and f.month = ${month}) as closed,
      coalesce((select k.revision from patient_months k where k.tenant_id = p.tenant_id and k.month = ${month} and k.patient_id = p.id), 0) as revision,
      ${credentialAt(tx, staffId, serviceOn)} as credential, p.given || ' ' || p.family as "patientName", s.name as "personName",
      (select coalesce(json_agg(json_build_object('id', e.id, 'staffId', e.staff_id, 'kind', e.kind, 'credential', e.credential, 'activity', e.activity,
          'program', e.program, 'personalCcm', e.personal_ccm, 'seconds', e.seconds, 'startMs', extract(epoch from e.started_at) * 1000,
          'endMs', extract(epoch from e.ended_at) * 1000)), '[]')
        from (select * from time_entries e where e.tenant_id = p.tenant_id and e.month = ${month} and e.patient_id = p.id and e.superseded_at is null
          and not (e.needs_approval and e.approved_at is null) and e.started_at < ${new Date(interval.endMs)}::timestamptz
          and e.ended_at > ${new Date(interval.startMs)}::timestamptz limit 200) e) as beside,
      ${gateColumns}
    from patients p
    join staff s on s.tenant_id = p.tenant_id and s.id = ${staffId}
    ${gateTables(month)}
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  const row = found(rows[0], 'There is no such patient here.')
  const { closed, revision, credential, patientName, personName } = row
  return {
    closed,
    revision,
    credential,
    patientName,
    personName,
    beside: row.beside.map(({ startMs, endMs, ...one }) => ({
      ...one,
      startedAt: new Date(startMs),
      endedAt: new Date(endMs),
    })),
    gates: gatesOf(row, timeZone),
  }
}
