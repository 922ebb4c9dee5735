import type { CoverageState, EligiblePatient, RiskLevel } from '@keepwell/contract'
import type { Eligibility } from '@keepwell/rules'
import { sql } from 'kysely'
import type { z } from 'zod'
import { json, type Tx } from '../../db/database.ts'

/** What the list shows of a patient besides the program's side, which is read anew each time. */
export type Shown = Omit<EligiblePatient, 'chip' | 'mark' | 'lastCheck'>

/** A patient as assessed: enough to count, filter and sort by; `shown` is null where not proposed, or not read. */
export interface Assessment {
  patientId: string
  name: string
  told: string
  proposed: boolean
  status: Eligibility['status']
  coverage: z.infer<typeof CoverageState>
  groups: readonly { group: string; label: string }[]
  level: RiskLevel
  score: number
  shown: Shown | null
}

/** So long without a word an import that says it runs is taken for dead. */
const silentMinutes = 10
const rowsInAStatement = 500
const assessedAtMost = 50_000

/**
 * What names the state of a clinic's charts: the last import that ended, and how many patients and conditions there are,
 * whoever wrote them. Null while an import runs, because then a chart may change at any moment.
 */
export async function stateOfCharts(tx: Tx, clinicId: string, now: Date): Promise<string | null> {
  const silentSince = new Date(now.getTime() - silentMinutes * 60_000)
  const { rows } = await sql<{ running: boolean; last: string | null; patients: number; conditions: number }>`
    select exists (select from imports where tenant_id = ${tx.tenantId} and kind = 'fhir' and status = 'running' and progress_at >= ${silentSince}) as running,
      (select id || ' ' || finished_at from imports where tenant_id = ${tx.tenantId} and kind = 'fhir' and not dry_run and finished_at is not null
        order by finished_at desc, id desc limit 1) as last,
      (select count(*) from patients where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId}) as patients,
      (select count(*) from conditions where tenant_id = ${tx.tenantId}) as conditions`.execute(tx.db)
  const [state] = rows
  return state === undefined || state.running
    ? null
    : [state.last ?? 'no import', state.patients, state.conditions].join(' ')
}

/** All that was assessed of a clinic on a basis, without what is shown; empty where it is not whole. */
export async function listAssessments(tx: Tx, clinicId: string, basis: string): Promise<Assessment[]> {
  const { rows } = await sql<Assessment & { candidates: number }>`
    select a.patient_id as "patientId", p.given || ' ' || p.family as name, a.told, a.proposed, a.status, a.coverage, a.groups, a.level, a.score, a.candidates, null as shown
    from patient_assessments a join patients p on p.tenant_id = a.tenant_id and p.id = a.patient_id
    where a.tenant_id = ${tx.tenantId} and a.clinic_id = ${clinicId} and a.basis = ${basis} order by a.patient_id limit ${assessedAtMost}`.execute(
    tx.db,
  )
  return rows[0]?.candidates === rows.length ? rows : []
}

/** What is shown of some patients. */
export async function readShown(tx: Tx, patientIds: readonly string[]): Promise<Map<string, Shown>> {
  const { rows } = await sql<{ patientId: string; shown: Shown }>`
    select patient_id as "patientId", shown from patient_assessments
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...patientIds]}::uuid[]) and shown is not null limit ${Math.max(1, patientIds.length)}`.execute(
    tx.db,
  )
  return new Map(rows.map(({ patientId, shown }) => [patientId, shown]))
}

/** Keeps a whole clinic as assessed on a basis, in the order of ids: two who look at once lock the rows alike. */
export async function saveAssessments(
  tx: Tx,
  clinicId: string,
  basis: string,
  assessed: readonly Assessment[],
): Promise<void> {
  for (let from = 0; from < assessed.length; from += rowsInAStatement) {
    await sql`insert into patient_assessments (tenant_id, patient_id, clinic_id, basis, candidates, told, proposed, status, coverage, groups, level, score, shown)
      select ${tx.tenantId}::uuid, r."patientId", ${clinicId}::uuid, ${basis}, ${assessed.length}, r.told, r.proposed, r.status, r.coverage, r.groups, r.level, r.score, r.shown
      from ${recordsOf(assessed.slice(from, from + rowsInAStatement))} order by r."patientId"
      on conflict (tenant_id, patient_id) do update set clinic_id = excluded.clinic_id, basis = excluded.basis, candidates = excluded.candidates, told = excluded.told,
        proposed = excluded.proposed, status = excluded.status, coverage = excluded.coverage, groups = excluded.groups, level = excluded.level, score = excluded.score,
        shown = excluded.shown`.execute(tx.db)
  }
}

/** Renews some rows of a basis; where another basis has come meanwhile, that one stands. */
export async function renewAssessments(tx: Tx, basis: string, assessed: readonly Assessment[]): Promise<void> {
  for (let from = 0; from < assessed.length; from += rowsInAStatement) {
    await sql`update patient_assessments a set told = r.told, proposed = r.proposed, status = r.status, coverage = r.coverage, groups = r.groups, level = r.level,
      score = r.score, shown = r.shown from ${recordsOf(assessed.slice(from, from + rowsInAStatement))}
      where a.tenant_id = ${tx.tenantId} and a.patient_id = r."patientId" and a.basis = ${basis}`.execute(tx.db)
  }
}

function recordsOf(assessed: readonly Assessment[]) {
  return sql`json_to_recordset(${json(assessed.map(({ name: _, ...row }) => row))}::json) as r ("patientId" uuid, told text, proposed boolean, status text, coverage text,
    groups jsonb, level text, score integer, shown jsonb)`
}
