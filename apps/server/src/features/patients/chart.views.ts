import type { Chart } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { type MeasuredRow, trendsOf } from './trends.ts'

const notTrue = sql`coalesce(verification_status, '') not in ('refuted', 'entered-in-error')`

/** The chart of a patient as it came from the EHR, each list with a limit that no person's chart reaches in practice. */
export async function patientChart(tx: Tx, patientId: string): Promise<Chart> {
  const mine = sql`tenant_id = ${tx.tenantId} and patient_id = ${patientId}`
  const conditions = await sql<Chart['conditions'][number]>`
    select id, system, code, display as name, codings, clinical_status as "clinicalStatus", verification_status as "verificationStatus",
      coalesce(clinical_status, 'active') in ('active', 'recurrence', 'relapse') and abated_on is null as active,
      onset_on as "onsetOn", abated_on as "abatedOn", recorded_on as "recordedOn"
    from conditions where ${mine} and ${notTrue}
    order by active desc, coalesce(onset_on, recorded_on) desc nulls last, display, id limit 500`.execute(tx.db)
  const medications = await sql<Chart['medications'][number]>`
    select id, display as name, code, status, coalesce(status, 'unknown') in ('active', 'unknown') as active, authored_on as "authoredOn",
      dosage_text as dosage, reason
    from medications where ${mine} and coalesce(status, '') <> 'entered-in-error' order by active desc, authored_on desc nulls last, display, id limit 500`.execute(
    tx.db,
  )
  const allergies = await sql<Chart['allergies'][number]>`
    select id, display as name, coalesce(clinical_status, 'active') = 'active' as active, criticality, reactions, recorded_on as "recordedOn"
    from allergies where ${mine} order by active desc, display, id limit 200`.execute(tx.db)
  const measured = await sql<MeasuredRow>`
    select id, code, display as name, category, effective_at as at, value_number::float8 as number, value_text as text, unit, components
    from observations where ${mine} order by effective_at desc nulls last, id limit 5000`.execute(tx.db)
  const visits = await sql<
    Omit<Chart['visits'][number], 'startedAt' | 'endedAt'> & { startedAt: Date | null; endedAt: Date | null }
  >`
    select e.id, e.kind, e.display as name, e.code, e.started_at as "startedAt", e.ended_at as "endedAt", p.name as practitioner, e.reason
    from encounters e left join practitioners p on p.tenant_id = e.tenant_id and p.source = e.source and p.source_id = e.practitioner_source_id
    where e.tenant_id = ${tx.tenantId} and e.patient_id = ${patientId} and coalesce(e.status, '') not in ('cancelled', 'entered-in-error')
    order by e.started_at desc nulls last, e.id limit 200`.execute(tx.db)
  const past = await sql<Chart['pastServices'][number]>`
    select id, kind, display as name, code, performed_on as "performedOn" from past_services where ${mine}
    order by performed_on desc nulls last, id limit 300`.execute(tx.db)
  const stays = await sql<Chart['stays'][number]>`
    select id, kind, from_on as "fromOn", to_on as "toOn" from stays where ${mine} order by from_on desc, id limit 100`.execute(
    tx.db,
  )
  return {
    conditions: conditions.rows,
    medications: medications.rows,
    allergies: allergies.rows,
    values: trendsOf(measured.rows),
    visits: visits.rows.map((row) => ({
      ...row,
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
    })),
    pastServices: past.rows,
    stays: stays.rows,
  }
}
