import type { Objection, PatientResponse } from '@keepwell/contract'
import { addDays, addYears, ccmCodes, localDateOf, type PatientVisit, type RiskInput } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { ChartFacts, ConditionRow, CoreFacts, CoverageRow, ProgramFacts } from './eligibility.ts'

/** At most this many patients in one query; the callers go through their lists in such batches. */
export const batchSize = 1000

/** Living patients of a clinic with an active condition, in the order of their ids, after one of them. */
export async function candidateIds(tx: Tx, clinicId: string | null, after: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from patients p
    where p.tenant_id = ${tx.tenantId} and not p.deceased and ${clinicId === null ? sql`true` : sql`p.clinic_id = ${clinicId}`}
      and ${after === null ? sql`true` : sql`p.id > ${after}`}
      and exists (select from conditions c where c.tenant_id = p.tenant_id and c.patient_id = p.id
        and c.clinical_status in ('active', 'recurrence', 'relapse'))
    order by p.id limit ${batchSize}`.execute(tx.db)
  return rows.map((row) => row.id)
}

function grouped<T extends { patientId: string }>(rows: readonly T[]): Map<string, T[]> {
  const by = new Map<string, T[]>()
  for (const row of rows) {
    const list = by.get(row.patientId)
    if (list === undefined) by.set(row.patientId, [row])
    else list.push(row)
  }
  return by
}

type OfPatient<T> = T & { patientId: string }

/** Identity, conditions and coverage of many patients, five queries for all of them. */
export async function readCoreFacts(tx: Tx, ids: readonly string[], today: string): Promise<CoreFacts[]> {
  if (ids.length === 0) return []
  const list = [...ids]
  const { rows: patients } = await sql<Omit<CoreFacts, 'conditions' | 'coverages' | 'answer' | 'enrolledElsewhere'>>`
    select id, source_id as "sourceId", given || ' ' || family as name, family, given, born_on as "bornOn", deceased, died_on as "diedOn"
    from patients where tenant_id = ${tx.tenantId} and id = any (${list}::uuid[]) order by id limit ${list.length}`.execute(
    tx.db,
  )
  const { rows: conditions } = await sql<OfPatient<ConditionRow>>`
    select patient_id as "patientId", id, system, code, display, codings, clinical_status as "clinicalStatus", verification_status as "verificationStatus",
      category, onset_on as "onsetOn", abated_on as "abatedOn"
    from conditions where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[])
      and (clinical_status is null or clinical_status in ('active', 'recurrence', 'relapse'))
    order by patient_id, onset_on, id limit ${list.length * 200}`.execute(tx.db)
  const told = await readTold(tx, list, today)
  const conditionsOf = grouped(conditions)
  return patients.map((patient) => ({
    ...patient,
    conditions: conditionsOf.get(patient.id) ?? [],
    ...(told.get(patient.id) ?? nothingTold),
  }))
}

/** What is known of a patient's Medicare and of other practices: it changes by what people do, not by imports alone. */
export type Told = Pick<CoreFacts, 'coverages' | 'answer' | 'enrolledElsewhere'>

export const nothingTold: Told = { coverages: [], answer: null, enrolledElsewhere: false }

/** The same for many patients, three queries for all of them. */
export async function readTold(tx: Tx, ids: readonly string[], today: string): Promise<Map<string, Told>> {
  const list = [...ids]
  const { rows: coverages } = await sql<OfPatient<CoverageRow>>`
    select patient_id as "patientId", kind, source, hint, from_on as "from", to_on as "to", recorded_at as "recordedAt"
    from coverages where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) limit ${list.length * 100}`.execute(
    tx.db,
  )
  const { rows: answers } = await sql<
    OfPatient<{ at: Date; partBActive: 'yes' | 'no' | 'unknown' | null; diedOn: string | null }>
  >`
    select distinct on (patient_id) patient_id as "patientId", requested_at as "at", facts -> 'partB' ->> 'active' as "partBActive", facts ->> 'diedOn' as "diedOn"
    from eligibility_checks where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and failure is null
    order by patient_id, requested_at desc`.execute(tx.db)
  const codes = ccmCodes.map((row) => row.code)
  const { rows: elsewhere } = await sql<{ patientId: string }>`
    select patient_id as "patientId" from other_services where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[])
      and practitioner = 'other' and code = any (${codes}::text[]) and service_on >= ${addDays(today, -62)}
    union
    select patient_id from (
      select distinct on (patient_id) patient_id, reason from declines
      where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) order by patient_id, recorded_at desc) d
    where d.reason = 'enrolled_elsewhere'`.execute(tx.db)
  const coveragesOf = grouped(coverages)
  const answerOf = new Map(answers.map((row) => [row.patientId, row]))
  const away = new Set(elsewhere.map((row) => row.patientId))
  return new Map(
    list.map((id) => {
      const answer = answerOf.get(id)
      return [
        id,
        {
          coverages: coveragesOf.get(id) ?? [],
          answer:
            answer === undefined
              ? null
              : { at: answer.at, partBActive: answer.partBActive ?? 'unknown', diedOn: answer.diedOn },
          enrolledElsewhere: away.has(id),
        },
      ]
    }),
  )
}

const visitKinds: Readonly<Record<string, PatientVisit['kind']>> = {
  office: 'office',
  wellness: 'wellness',
  emergency: 'emergency',
  inpatient: 'inpatient',
  home: 'home',
  virtual: 'telehealth',
}

/** LOINC codes of the values that the risk rubric looks at. */
const valueCodes: Readonly<Record<string, NonNullable<RiskInput['values']>[number]['kind']>> = {
  '8480-6': 'systolic',
  '4548-4': 'hba1c',
  '17856-6': 'hba1c',
  '33914-3': 'egfr',
  '48642-3': 'egfr',
  '48643-1': 'egfr',
  '62238-1': 'egfr',
  '69405-9': 'egfr',
  '88293-6': 'egfr',
  '88294-4': 'egfr',
  '98979-8': 'egfr',
  '98980-6': 'egfr',
  '44261-6': 'phq9',
}
/** Blood pressure comes as a panel with its two values as parts. */
const panels: readonly string[] = ['85354-9', '55284-4']

interface ValueRow {
  patientId: string
  id: string
  code: string
  at: Date
  value: string | number | null
  components: unknown
}

function systolicOf(components: unknown): number | null {
  if (!Array.isArray(components)) return null
  for (const part of components) {
    if (typeof part !== 'object' || part === null || !('code' in part) || !('valueNumber' in part)) continue
    const { code, valueNumber } = part
    const named = typeof code === 'object' && code !== null && 'code' in code ? code.code : code
    if (named === '8480-6' && typeof valueNumber === 'number') return valueNumber
  }
  return null
}

/** Visits, active medications and the newest values of a year, three queries for all patients. */
export async function readChartFacts(
  tx: Tx,
  ids: readonly string[],
  today: string,
  timeZone: string,
): Promise<Map<string, ChartFacts>> {
  const list = [...ids]
  if (list.length === 0) return new Map()
  const since = addYears(today, -1)
  // Of the rubric's visits every one counts; of the others the newest of each sort is enough.
  const { rows: visits } = await sql<{
    patientId: string
    id: string
    at: Date
    kind: string
    code: string | null
  }>`
    select distinct on (patient_id, sort) patient_id as "patientId", id, started_at as "at", kind, code
    from (select *, case when kind in ('inpatient', 'emergency') then id::text else kind || ' ' || coalesce(code, '') end as sort from encounters
      where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and started_at >= ${since}::date - 1
        and coalesce(status, 'finished') not in ('cancelled', 'entered-in-error', 'planned')) e
    order by patient_id, sort, started_at desc`.execute(tx.db)
  const { rows: medications } = await sql<{ patientId: string; ids: string[]; displays: string[] }>`
    select patient_id as "patientId", array_agg(id::text) as ids, array_agg(display) as displays
    from (select distinct on (patient_id, lower(display)) patient_id, id, display from medications
      where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and status = 'active'
      order by patient_id, lower(display), authored_on desc) m
    group by patient_id`.execute(tx.db)
  const { rows: values } = await sql<ValueRow>`
    select distinct on (patient_id, code) patient_id as "patientId", id, code, effective_at as "at", value_number as "value", components from observations
    where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and code = any (${[...Object.keys(valueCodes), ...panels]}::text[])
      and effective_at >= ${since}::date - 1
    order by patient_id, code, effective_at desc`.execute(tx.db)
  const visitsOf = grouped(visits)
  const medicationsOf = new Map(medications.map((row) => [row.patientId, row]))
  const valuesOf = grouped(values)
  const dayOf = (at: Date) => localDateOf(at.getTime(), timeZone)
  return new Map(
    list.map((id) => [
      id,
      {
        visits: (visitsOf.get(id) ?? []).map((row) => ({
          id: row.id,
          on: dayOf(row.at),
          code: row.code,
          kind: visitKinds[row.kind] ?? 'other',
        })),
        medications: (medicationsOf.get(id)?.ids ?? []).map((medicationId, at) => ({
          id: medicationId,
          display: medicationsOf.get(id)?.displays[at] ?? '',
        })),
        values: (valuesOf.get(id) ?? []).flatMap((row) => {
          const kind = panels.includes(row.code) ? 'systolic' : valueCodes[row.code]
          const value = panels.includes(row.code)
            ? systolicOf(row.components)
            : row.value === null
              ? null
              : Number(row.value)
          return kind === undefined || value === null ? [] : [{ id: row.id, kind, value, on: dayOf(row.at) }]
        }),
      },
    ]),
  )
}

/** What the clinic did and heard so far, four queries for all patients. */
export async function readProgramFacts(
  tx: Tx,
  ids: readonly string[],
  today: string,
  timeZone: string,
): Promise<Map<string, ProgramFacts>> {
  const list = [...ids]
  if (list.length === 0) return new Map()
  const dayOf = (at: Date) => localDateOf(at.getTime(), timeZone)
  const { rows: enrolled } = await sql<{ patientId: string; since: string }>`
    select e.patient_id as "patientId", max(e.enrolled_on)::date as since from enrollments e
    left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
    where e.tenant_id = ${tx.tenantId} and e.patient_id = any (${list}::uuid[]) and e.enrolled_on <= ${today} and (x.id is null or x.ended_on >= ${today})
    group by e.patient_id`.execute(tx.db)
  const { rows: consents } = await sql<{ patientId: string; since: string }>`
    select c.patient_id as "patientId", max(c.given_on)::date as since from consents c
    left join consent_revocations r on r.tenant_id = c.tenant_id and r.consent_id = c.id
    where c.tenant_id = ${tx.tenantId} and c.patient_id = any (${list}::uuid[]) and c.given_on <= ${today} and (r.id is null or r.effective_on >= ${today})
    group by c.patient_id`.execute(tx.db)
  const { rows: words } = await sql<{
    patientId: string
    kind: 'said' | 'response'
    response: PatientResponse | null
    at: Date
  }>`
    select distinct on (patient_id, heading) patient_id as "patientId", heading as kind, response, recorded_at as "at"
    from (select i.*, case when kind = 'response' then 'response' else 'said' end as heading from introductions i
      where i.tenant_id = ${tx.tenantId} and i.patient_id = any (${list}::uuid[]) and i.kind in ('mentioned', 'brochure_given', 'response')) i
    order by patient_id, heading, recorded_at desc`.execute(tx.db)
  const { rows: declines } = await sql<{
    patientId: string
    on: string
    at: Date
    doNotAskAgain: boolean
    reason: Objection
  }>`
    select distinct on (patient_id) patient_id as "patientId", declined_on as "on", recorded_at as "at", do_not_ask_again as "doNotAskAgain", reason
    from declines where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) order by patient_id, recorded_at desc`.execute(
    tx.db,
  )
  const { rows: checks } = await sql<{ patientId: string; at: Date; failure: string | null }>`
    select distinct on (patient_id) patient_id as "patientId", requested_at as "at", failure
    from eligibility_checks where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) order by patient_id, requested_at desc`.execute(
    tx.db,
  )

  const enrolledOf = new Map(enrolled.map((row) => [row.patientId, row.since]))
  const consentOf = new Map(consents.map((row) => [row.patientId, row.since]))
  const responseOf = new Map(words.filter((row) => row.kind === 'response').map((row) => [row.patientId, row]))
  const saidOf = new Map(words.filter((row) => row.kind === 'said').map((row) => [row.patientId, row]))
  const declineOf = new Map(declines.map((row) => [row.patientId, row]))
  const checkOf = new Map(checks.map((row) => [row.patientId, row]))
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  return new Map(
    list.map((id) => {
      const word = responseOf.get(id)
      const said = saidOf.get(id)
      const check = checkOf.get(id)
      const decline = declineOf.get(id)
      // A no stands until the patient says something else later; "do not ask again" stands the same way.
      const stands =
        decline !== undefined && (word === undefined || word.response === 'declined' || word.at <= decline.at)
      return [
        id,
        {
          enrolledSince: enrolledOf.get(id) ?? null,
          consentSince: consentOf.get(id) ?? null,
          response:
            word === undefined || word.response === null || word.response === 'declined'
              ? null
              : { response: word.response, on: dayOf(word.at) },
          decline: stands ? { on: decline.on, doNotAskAgain: decline.doNotAskAgain, reason: decline.reason } : null,
          introducedOn: said === undefined ? null : dayOf(said.at),
          checkFailed:
            check === undefined || check.failure === null
              ? null
              : { on: dayOf(check.at), time: clock.format(check.at) },
        },
      ]
    }),
  )
}
