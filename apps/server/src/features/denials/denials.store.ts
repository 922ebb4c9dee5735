import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import type { NewDenial } from './denials.ts'

/** Opens the denials of one decision. */
export async function insertDenials(
  tx: Tx,
  denials: readonly (NewDenial & { claimId: string; decisionId: string })[],
  now: Date,
): Promise<void> {
  if (denials.length === 0) return
  const rows = denials.map((denial) => ({ id: newId(), ...denial }))
  await sql`
    insert into denials (tenant_id, id, claim_id, claim_line_id, remittance_claim_id, kind, adjustment_group, adjustment_code, remark_codes, amount_cents, expected_cents, cause,
      next_step, appealable, deadline_on, owner_role, opened_at)
    select ${tx.tenantId}::uuid, r.id, r."claimId", r."lineId", r."decisionId", r.kind, r."group", r.code, array(select jsonb_array_elements_text(r.remarks)), r."amountCents",
      r."expectedCents", r.cause, r."nextStep", r.appealable, r."deadlineOn", r."ownerRole", ${now}::timestamptz
    from json_to_recordset(${json(rows)}::json) as r (id uuid, "claimId" uuid, "lineId" uuid, "decisionId" uuid, kind text, "group" text, code text, remarks jsonb, "amountCents" integer,
      "expectedCents" integer, cause text, "nextStep" text, appealable boolean, "deadlineOn" date, "ownerRole" text)`.execute(
    tx.db,
  )
}

/** Closes what is still open of decisions that the payer took back. */
export async function closeDenialsOf(
  tx: Tx,
  decisionIds: readonly string[],
  end: { resolution: string; by: string | null; now: Date },
): Promise<void> {
  if (decisionIds.length === 0) return
  await sql`update denials set resolution = ${end.resolution}, resolved_by = ${end.by}::uuid, resolved_at = ${end.now}
    where tenant_id = ${tx.tenantId} and remittance_claim_id = any (${[...decisionIds]}::uuid[]) and resolved_at is null`.execute(
    tx.db,
  )
}

export async function setResolution(
  tx: Tx,
  id: string,
  end: { resolution: string; by: string; now: Date },
): Promise<void> {
  await tx.db
    .updateTable('denials')
    .set({ resolution: end.resolution, resolved_by: end.by, resolved_at: end.now })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}
