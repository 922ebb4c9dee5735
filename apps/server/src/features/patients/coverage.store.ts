import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'

export interface CoverageRow {
  id: string
  patientId: string
  kind: string
  hint: boolean
  payerName: string | null
  memberId: string | null
  fromOn: string | null
  toOn: string | null
  payerOrder: number | null
  payerId: string | null
  filingCode: string | null
  groupNumber: string | null
  source: string
  recordedAt: Date
}

const columns = sql`id, patient_id as "patientId", kind, hint, payer_name as "payerName", member_id as "memberId", from_on as "fromOn", to_on as "toOn",
  payer_order as "payerOrder", payer_id as "payerId", filing_code as "filingCode", group_number as "groupNumber", source, recorded_at as "recordedAt"`

/** What is known of a patient's coverage: facts before hints, the newest first, at most 100. */
export async function listCoverages(tx: Tx, patientId: string): Promise<CoverageRow[]> {
  const { rows } =
    await sql<CoverageRow>`select ${columns} from coverages where tenant_id = ${tx.tenantId} and patient_id = ${patientId}
    order by hint, payer_order nulls last, coalesce(to_on, date '9999-12-31') desc, recorded_at desc, id limit 100`.execute(
      tx.db,
    )
  return rows
}

/** One coverage, its row locked. */
export async function lockCoverage(tx: Tx, id: string): Promise<CoverageRow> {
  const { rows } =
    await sql<CoverageRow>`select ${columns} from coverages where tenant_id = ${tx.tenantId} and id = ${id} for update`.execute(
      tx.db,
    )
  return found(rows[0], 'There is no such coverage.')
}

export interface NewCoverage {
  patientId: string
  kind: string
  payerName: string | null
  memberId: string | null
  fromOn: string | null
  toOn: string | null
  payerOrder: number | null
  now: Date
}

/** Writes down a coverage that somebody read from a card. */
export async function insertDeskCoverage(tx: Tx, one: NewCoverage): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('coverages')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: one.patientId,
      source: 'desk',
      source_id: id,
      kind: one.kind,
      hint: false,
      payer_name: one.payerName,
      member_id: one.memberId,
      from_on: one.fromOn,
      to_on: one.toOn,
      payer_order: one.payerOrder,
      recorded_at: one.now,
    })
    .execute()
  return id
}

/** Keeps by what a claim names the insurer; what the card or the EHR says of it stays. */
export async function setPayer(
  tx: Tx,
  id: string,
  payer: { payerId: string; filingCode: string; groupNumber: string | null },
): Promise<void> {
  await tx.db
    .updateTable('coverages')
    .set({ payer_id: payer.payerId, filing_code: payer.filingCode, group_number: payer.groupNumber })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setCoverageEnd(tx: Tx, id: string, toOn: string): Promise<void> {
  await tx.db
    .updateTable('coverages')
    .set({ to_on: toOn })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

/** Whether a Medicare number is already known for another patient. */
export async function isMbiOfAnother(tx: Tx, patientId: string, mbi: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from patients where tenant_id = ${tx.tenantId} and mbi = ${mbi} and id <> ${patientId}
    union all
    select 1 from coverages where tenant_id = ${tx.tenantId} and source = 'desk' and member_id = ${mbi} and patient_id <> ${patientId} limit 1`.execute(
    tx.db,
  )
  return rows.length > 0
}
