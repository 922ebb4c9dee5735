import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assert } from '../../kernel/problem.ts'
import {
  type ClaimIdentity,
  currentPayer,
  currentSubscriber,
  insertEvents,
  moveClaims,
  setPayer,
} from './claims.store.ts'
import { controlNumberOf, reserveControls } from './make-claims.ts'

export interface Replacing {
  /** 1 where the payer never took the old one as a claim, 7 where it takes replacements. */
  frequency: '1' | '7'
  /** The payer's number of the old claim, with frequency 7 only. */
  originalPayerNumber: string | null
  note: string
  by: string
  now: Date
}

/**
 * Makes a claim in place of a decided one: the same services under a new number, with the patient as the chart, and a
 * supplement as its coverage, says today.
 * The old one keeps its ledger and its history and no longer stands for its month. Answers the new claim.
 */
export async function replaceClaim(
  tx: Tx,
  old: ClaimIdentity,
  how: Replacing,
): Promise<{ id: string; controlNumber: string }> {
  const id = newId()
  const controlNumber = controlNumberOf(await reserveControls(tx, 1))
  const subscriber = await currentSubscriber(tx, old.patientId)
  await moveClaims(tx, [old], 'replaced', how.now)
  const made = await sql`
    insert into claims (tenant_id, id, clinic_id, patient_id, month, control_number, practitioner_id, payer_id, status, service_on, diagnoses, charge_cents,
      expected_allowed_cents, expected_medicare_cents, expected_patient_cents, qmb, snapshot_sha256, subscriber, payer_sequence, follows_claim_id, payer, other_payer, replaces_claim_id, frequency,
      original_payer_number, created_at, updated_at)
    select tenant_id, ${id}::uuid, clinic_id, patient_id, month, ${controlNumber}, practitioner_id, payer_id, 'ready', service_on, diagnoses, charge_cents,
      expected_allowed_cents, expected_medicare_cents, expected_patient_cents, qmb, snapshot_sha256, ${json(subscriber)}::jsonb, payer_sequence, follows_claim_id, payer, other_payer, id, ${how.frequency}, ${how.originalPayerNumber},
      ${how.now}::timestamptz, ${how.now}::timestamptz
    from claims where tenant_id = ${tx.tenantId} and id = ${old.id}`.execute(tx.db)
  assert(made.numAffectedRows === 1n, 'the claim in place of another is made once')
  if (old.payer !== null) await setPayer(tx, id, await currentPayer(tx, old.payer))
  const lines = await tx.db
    .selectFrom('claim_lines')
    .select('number')
    .where('tenant_id', '=', tx.tenantId)
    .where('claim_id', '=', old.id)
    .limit(50)
    .execute()
  await sql`
    insert into claim_lines (tenant_id, id, claim_id, patient_id, month, number, code, units, modifiers, charge_cents, expected_allowed_cents,
      expected_medicare_cents, expected_patient_cents, service_on, pointers, line_control, follows_claim_id)
    select l.tenant_id, r.id, ${id}::uuid, l.patient_id, l.month, l.number, l.code, l.units, l.modifiers, l.charge_cents, l.expected_allowed_cents,
      l.expected_medicare_cents, l.expected_patient_cents, l.service_on, l.pointers, ${controlNumber} || '-' || l.number, l.follows_claim_id
    from claim_lines l join json_to_recordset(${json(lines.map(({ number }) => ({ number, id: newId() })))}::json) as r (number integer, id uuid) on r.number = l.number
    where l.tenant_id = ${tx.tenantId} and l.claim_id = ${old.id}`.execute(tx.db)
  await insertEvents(
    tx,
    [
      { claimId: old.id, kind: 'replaced', sentence: `Billed anew as claim ${controlNumber}: ${how.note}` },
      { claimId: id, kind: 'made', sentence: `Made in place of claim ${old.controlNumber}: ${how.note}` },
    ],
    how,
  )
  return { id, controlNumber }
}
