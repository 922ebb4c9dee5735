import type { DenialDeedKind } from '@keepwell/contract'
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

export interface NewDeed {
  denialId: string
  kind: DenialDeedKind
  sentence: string
  reference?: string | null
  ownerId?: string
  dueOn?: string | null
  claimId?: string
  by: string
  now: Date
}

/** Appends what somebody did about a denial. */
export async function insertDeed(tx: Tx, deed: NewDeed): Promise<void> {
  await tx.db
    .insertInto('denial_deeds')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      denial_id: deed.denialId,
      kind: deed.kind,
      sentence: deed.sentence,
      reference: deed.reference ?? null,
      owner_id: deed.ownerId ?? null,
      due_on: deed.dueOn ?? null,
      claim_id: deed.claimId ?? null,
      recorded_by: deed.by,
      recorded_at: deed.now,
    })
    .execute()
}

/** One denial with its row locked, for what is written beside it. */
export async function lockDenial(tx: Tx, id: string): Promise<void> {
  await sql`select id from denials where tenant_id = ${tx.tenantId} and id = ${id} for update`.execute(tx.db)
}

/** Closes what is open of a claim that was billed anew. */
export async function closeDenialsOfClaim(
  tx: Tx,
  claimId: string,
  end: { resolution: string; by: string; now: Date },
): Promise<void> {
  await sql`update denials set resolution = ${end.resolution}, resolved_by = ${end.by}::uuid, resolved_at = ${end.now}
    where tenant_id = ${tx.tenantId} and claim_id = ${claimId} and resolved_at is null`.execute(tx.db)
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
