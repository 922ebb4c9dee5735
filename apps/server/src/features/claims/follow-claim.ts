import type { FollowingPayer, OtherPayer } from '@keepwell/contract'
import { dollars } from '@keepwell/x12'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assert } from '../../kernel/problem.ts'
import { type ClaimIdentity, currentSubscriber, insertEvents } from './claims.store.ts'
import { controlNumberOf, reserveControls } from './make-claims.ts'

export interface Following {
  payer: FollowingPayer
  /** What the payer of the claim before decided. */
  otherPayer: OtherPayer
  /** What the bill asks for, in cents, by the id of the line before. */
  shares: ReadonlyMap<string, number>
  by: string | null
  now: Date
}

/**
 * Makes the bill that follows a decided claim to a supplement: the same services at the same charge under a number of its
 * own, ready for a batch. The claim before stays as it is. Answers the new claim.
 */
export async function followClaim(
  tx: Tx,
  before: ClaimIdentity,
  { payer, otherPayer, shares, by, now }: Following,
): Promise<{ id: string; controlNumber: string }> {
  const id = newId()
  const controlNumber = controlNumberOf(await reserveControls(tx, 1))
  const subscriber = await currentSubscriber(tx, before.patientId)
  const shareCents = [...shares.values()].reduce((sum, cents) => sum + cents, 0)
  const made = await sql`
    insert into claims (tenant_id, id, clinic_id, patient_id, month, control_number, practitioner_id, payer_id, status, service_on, diagnoses, charge_cents,
      expected_medicare_cents, qmb, snapshot_sha256, subscriber, payer_sequence, follows_claim_id, payer, other_payer, created_at, updated_at)
    select tenant_id, ${id}::uuid, clinic_id, patient_id, month, ${controlNumber}, practitioner_id, ${payer.payerId}, 'ready', service_on, diagnoses, charge_cents,
      ${shareCents}::integer, false, snapshot_sha256, ${json(subscriber)}::jsonb, 'S', id, ${json(payer)}::jsonb, ${json(otherPayer)}::jsonb, ${now}::timestamptz, ${now}::timestamptz
    from claims where tenant_id = ${tx.tenantId} and id = ${before.id}`.execute(tx.db)
  assert(made.numAffectedRows === 1n, 'the bill that follows a claim is made once')
  const lines = [...shares].map(([of, cents]) => ({ of, id: newId(), cents }))
  await sql`
    insert into claim_lines (tenant_id, id, claim_id, patient_id, month, number, code, units, charge_cents, expected_medicare_cents, service_on, pointers, line_control, follows_claim_id)
    select l.tenant_id, r.id, ${id}::uuid, l.patient_id, l.month, l.number, l.code, l.units, l.charge_cents, r.cents, l.service_on, l.pointers, ${controlNumber} || '-' || l.number, l.claim_id
    from claim_lines l join json_to_recordset(${json(lines)}::json) as r (of uuid, id uuid, cents integer) on r.of = l.id
    where l.tenant_id = ${tx.tenantId} and l.claim_id = ${before.id}`.execute(tx.db)
  const asked = `${payer.name} is asked for the ${dollars(shareCents)}`
  await insertEvents(
    tx,
    [
      {
        claimId: before.id,
        kind: 'supplement_billed',
        sentence: `${asked} left to the patient, by claim ${controlNumber}.`,
      },
      { claimId: id, kind: 'made', sentence: `Made: ${asked} that claim ${before.controlNumber} left to the patient.` },
    ],
    { by, now },
  )
  return { id, controlNumber }
}
