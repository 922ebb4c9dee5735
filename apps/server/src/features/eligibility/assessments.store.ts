import type { CcmChip, CcmStatus, CoverageState, EligiblePatient, EligibleState, RiskLevel } from '@keepwell/contract'
import type { Eligibility } from '@keepwell/rules'
import { sql } from 'kysely'
import type { z } from 'zod'
import { json, type Tx } from '../../db/database.ts'
import { openStatuses } from './eligibility.ts'

/** What the list shows of a patient from the chart. */
export type Shown = Omit<EligiblePatient, 'chip' | 'mark' | 'lastCheck'>

/** A patient as assessed: enough to count, filter, sort and show; `shown` is null where not proposed. */
export interface Assessment {
  patientId: string
  /** The state of the patient's changes from which it was made. */
  seen: number
  proposed: boolean
  status: Eligibility['status']
  coverage: z.infer<typeof CoverageState>
  groups: readonly { group: string; label: string }[]
  level: RiskLevel
  score: number
  chip: CcmChip
  mark: EligiblePatient['mark']
  /** A text that sorts as the list does: mark, risk, name, id. */
  place: string
  shown: Shown | null
}

/** So long without a word an import that says it runs is taken for dead. */
const silentMinutes = 10
const rowsInAStatement = 500

/**
 * What names the state of a clinic's charts: the last import that ended, and how many patients and conditions there are,
 * whoever wrote them. Null while an import runs, because then a chart may change at any moment.
 */
export async function stateOfCharts(tx: Tx, clinicId: string, now: Date): Promise<string | null> {
  const silentSince = new Date(now.getTime() - silentMinutes * 60_000)
  const { rows } = await sql<{ running: boolean; last: string | null; patients: number; conditions: number }>`
    select exists (select from imports where tenant_id = ${tx.tenantId} and kind = 'fhir' and status = 'running' and progress_at >= ${silentSince}) as running,
      (select id || ' ' || finished_at from imports where tenant_id = ${tx.tenantId} and not dry_run and finished_at is not null
        order by finished_at desc, id desc limit 1) as last,
      (select count(*) from patients where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId}) as patients,
      (select count(*) from conditions where tenant_id = ${tx.tenantId}) as conditions`.execute(tx.db)
  const [state] = rows
  return state === undefined || state.running
    ? null
    : [state.last ?? 'no import', state.patients, state.conditions].join(' ')
}

/** How often each of some patients was changed by a deed; patients of whom no deed is known are not among them. */
export async function readChanges(
  tx: Tx,
  clinicId: string,
  patientIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ patientId: string; changes: number }>`
    select patient_id as "patientId", changes from worklist_rows
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and patient_id = any (${[...patientIds]}::uuid[]) limit ${Math.max(1, patientIds.length)}`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.patientId, row.changes]))
}

/** The patients of a basis about whom a deed was done since they were assessed. */
export async function listOutdated(tx: Tx, clinicId: string, basis: string, atMost: number): Promise<string[]> {
  const { rows } = await sql<{ patientId: string }>`
    select a.patient_id as "patientId" from worklist_rows w
    join patient_assessments a on a.tenant_id = w.tenant_id and a.patient_id = w.patient_id
    where w.tenant_id = ${tx.tenantId} and w.clinic_id = ${clinicId} and w.changes > 0 and a.clinic_id = ${clinicId} and a.basis = ${basis} and a.seen <> w.changes
    order by a.patient_id limit ${atMost}`.execute(tx.db)
  return rows.map((row) => row.patientId)
}

/** Keeps a whole clinic as assessed on a basis, in the order of ids: two who look at once lock the rows alike. */
export async function saveAssessments(
  tx: Tx,
  clinicId: string,
  basis: string,
  assessed: readonly Assessment[],
): Promise<void> {
  for (let from = 0; from < assessed.length; from += rowsInAStatement) {
    await sql`insert into patient_assessments (tenant_id, patient_id, clinic_id, basis, candidates, seen, proposed, status, coverage, groups, level, score, chip, mark, place, shown)
      select ${tx.tenantId}::uuid, r."patientId", ${clinicId}::uuid, ${basis}, ${assessed.length}, r.seen, r.proposed, r.status, r.coverage, r.groups, r.level, r.score, r.chip,
        r.mark, r.place, r.shown
      from ${recordsOf(assessed.slice(from, from + rowsInAStatement))} order by r."patientId"
      on conflict (tenant_id, patient_id) do update set clinic_id = excluded.clinic_id, basis = excluded.basis, candidates = excluded.candidates, seen = excluded.seen,
        proposed = excluded.proposed, status = excluded.status, coverage = excluded.coverage, groups = excluded.groups, level = excluded.level, score = excluded.score,
        chip = excluded.chip, mark = excluded.mark, place = excluded.place, shown = excluded.shown`.execute(tx.db)
  }
}

/** Renews some rows of a basis; where another basis has come meanwhile, that one stands. */
export async function renewAssessments(tx: Tx, basis: string, assessed: readonly Assessment[]): Promise<void> {
  for (let from = 0; from < assessed.length; from += rowsInAStatement) {
    await sql`update patient_assessments a set seen = r.seen, proposed = r.proposed, status = r.status, coverage = r.coverage, groups = r.groups, level = r.level,
      score = r.score, chip = r.chip, mark = r.mark, place = r.place, shown = r.shown from ${recordsOf(assessed.slice(from, from + rowsInAStatement))}
      where a.tenant_id = ${tx.tenantId} and a.patient_id = r."patientId" and a.basis = ${basis}`.execute(tx.db)
  }
}

function recordsOf(assessed: readonly Assessment[]) {
  return sql`json_to_recordset(${json(assessed)}::json) as r ("patientId" uuid, seen integer, proposed boolean, status text, coverage text, groups jsonb, level text,
    score integer, chip jsonb, mark jsonb, place text, shown jsonb)`
}

export interface ListFilter {
  state: z.infer<typeof EligibleState>
  risk?: RiskLevel | undefined
  priority?: NonNullable<EligiblePatient['mark']>['level'] | undefined
  group?: string | undefined
  coverage?: EligiblePatient['coverage'] | undefined
  sort: 'priority' | 'risk' | 'name'
}

/** The order asked for, as a text of each row: what stands before it in `place` is left out. */
const orders = {
  priority: sql`place`,
  risk: sql`substr(place, 2)`,
  name: sql`substr(place, 7)`,
} as const

/** A place in the list by mark, risk, name and id; the widths of the first two are what `orders` leaves out. */
export function placeOf(
  level: keyof typeof markOrder,
  { score, name, patientId }: { score: number; name: string; patientId: string },
): string {
  return `${markOrder[level]}|${String(999 - score).padStart(3, '0')}|${name.toLowerCase()}|${patientId}`
}

const markOrder = { first: 0, soon: 1, normal: 2, later: 3 } as const

export type ListedAssessment = Pick<Assessment, 'patientId' | 'chip' | 'mark'> & { shown: Shown; key: string }

/** A page of the proposed patients of a basis in the order asked for, after the key of the last one seen. */
export async function listProposed(
  tx: Tx,
  clinicId: string,
  basis: string,
  filter: ListFilter & { after: string | null; limit: number },
): Promise<ListedAssessment[]> {
  const key = orders[filter.sort]
  const { rows } = await sql<ListedAssessment>`
    select patient_id as "patientId", chip, mark, shown, ${key} as key from patient_assessments
    where ${ofBasis(tx, clinicId, basis)} and proposed
      and ${filter.state === 'all' ? sql`true` : filter.state === 'open' ? isOpen : sql`chip ->> 'status' = ${filter.state}`}
      and ${filter.risk === undefined ? sql`true` : sql`level = ${filter.risk}`}
      and ${filter.priority === undefined ? sql`true` : sql`coalesce(mark ->> 'level', 'normal') = ${filter.priority}`}
      and ${filter.coverage === undefined ? sql`true` : sql`coverage = ${filter.coverage}`}
      and ${filter.group === undefined ? sql`true` : sql`groups @> ${json([{ group: filter.group }])}::jsonb`}
      and ${filter.after === null ? sql`true` : sql`${key} > ${filter.after} collate "C"`}
    order by ${key} limit ${filter.limit}`.execute(tx.db)
  return rows
}

const ofBasis = (tx: Tx, clinicId: string, basis: string) =>
  sql`tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and basis = ${basis}`
const isOpen = sql`chip ->> 'status' = any (${[...openStatuses]}::text[])`

export interface AssessedCounts {
  /** False where a part alone of the clinic was assessed on this basis. */
  whole: boolean
  byStatus: { status: CcmStatus; level: RiskLevel; patients: number }[]
  /** Disease groups of the patients who may be asked. */
  groups: { group: string; label: string; patients: number }[]
}

/** How many of a basis are proposed, by status and risk, and how many who may be asked are in each group. */
export async function countAssessed(tx: Tx, clinicId: string, basis: string): Promise<AssessedCounts> {
  const { rows } = await sql<{
    proposed: boolean
    status: CcmStatus
    level: RiskLevel
    patients: number
    candidates: number
  }>`
    select proposed, chip ->> 'status' as status, level, count(*)::int as patients, max(candidates) as candidates from patient_assessments
    where ${ofBasis(tx, clinicId, basis)} group by 1, 2, 3 limit 1000`.execute(tx.db)
  const { rows: groups } = await sql<{ group: string; label: string; patients: number }>`
    select hit ->> 'group' as "group", min(hit ->> 'label') as label, sum(patients)::int as patients
    from (select groups, count(*) as patients from patient_assessments where ${ofBasis(tx, clinicId, basis)} and proposed and ${isOpen} group by groups) g
    cross join lateral jsonb_array_elements(groups) hit group by 1 order by 3 desc, 2 limit 500`.execute(tx.db)
  return {
    whole: rows.reduce((sum, row) => sum + row.patients, 0) === rows[0]?.candidates,
    byStatus: rows.filter((row) => row.proposed),
    groups,
  }
}
