import type { ClaimCase, ClaimStatus, PrimaryDecision } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { canonicalJson, sha256 } from '../../kernel/ids.ts'
import { policyOn } from '../clinics/index.ts'
import { mbiOfPatient } from '../patients/index.ts'
import { ownTerms } from '../payers/index.ts'
import { type FrozenMonth, otherPayerOf } from './make-claims.ts'

export interface CaseFacts {
  /** Whether the verdict as it is now bills anything. */
  billable: boolean
  /** The claim that stands for the month; null where there is none. */
  standing: { status: ClaimStatus; payerClaimNumber: string | null } | null
  /** Whether the payer takes claims of frequency 7. */
  acceptsReplacement: boolean
}

/** How the claim of a correction case comes to be: as the only one, in place of one that the payer does not have, or replacing one. */
export type CaseWay = 'first' | 'instead' | 'replacement'

/** The way, or the sentence why there is none. */
export function wayOfCase({
  billable,
  standing,
  acceptsReplacement,
}: CaseFacts): { way: CaseWay } | { whyNot: string } {
  if (!billable)
    return { whyNot: 'By the record as it is now, nothing of this month may be billed. Withdraw or pay back instead.' }
  if (standing === null) return { way: 'first' }
  switch (standing.status) {
    case 'ready':
    case 'rejected':
      return { way: 'instead' }
    case 'batched':
      return { whyNot: 'The claim of the month is in a batch. Take the batch back, or wait for the answer.' }
    case 'sent':
    case 'accepted':
      return { whyNot: 'The payer has the claim of the month and has not decided it. Wait for its decision.' }
    default:
      return !acceptsReplacement
        ? {
            whyNot:
              'The payer decided the claim of the month, and Medicare takes no second one. Ask for a clerical reopening instead.',
          }
        : standing.payerClaimNumber === null
          ? { whyNot: "The payer's number of the claim is not known, and a replacement has to name it." }
          : { way: 'replacement' }
  }
}

export interface CaseRow extends Omit<ClaimCase, 'whyNot' | 'standing'> {
  patientId: string
  practitionerId: string | null
  lines: FrozenMonth['lines'] | null
  after: unknown
  outcome: string | null
  qmb: boolean
  subscriber: FrozenMonth['subscriber']
  /** What the first insurer had decided when the case was opened, where the verdict of then rests on it. */
  decision: PrimaryDecision | null
  standing: (NonNullable<ClaimCase['standing']> & { payerClaimNumber: string | null }) | null
}

/** Cases that ask for a claim, of which none was made since they were resolved. */
export async function listCases(tx: Tx, clinicId: string, where: RawBuilder<unknown> = sql`true`): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    select k.id, jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family) as patient, k.patient_id as "patientId", k.month, k.resolution, coalesce(k.resolution_note, '') as note,
      k.difference_cents as "differenceCents", m.practitioner_id as "practitionerId", k.after_verdict as after, k.after_verdict -> 'lines' as lines, k.after_verdict ->> 'outcome' as outcome,
      coalesce(m.qmb, false) as qmb,
      jsonb_build_object('family', p.family, 'given', p.given, 'bornOn', p.born_on, 'sex', p.sex, 'mbi', ${mbiOfPatient}, 'address', p.address) as subscriber,
      case when k.after_verdict -> 'findings' @> '[{"rule": "ccm.coverage.other_primary", "status": "info"}]' then (select d.decision from primary_decisions d
        where d.tenant_id = k.tenant_id and d.patient_id = k.patient_id and d.month = k.month and d.recorded_at <= k.opened_at order by d.recorded_at desc, d.id desc limit 1) end as decision,
      (select jsonb_build_object('id', c.id, 'controlNumber', c.control_number, 'status', c.status, 'payerClaimNumber', c.payer_claim_number) from claims c
        where c.tenant_id = k.tenant_id and c.patient_id = k.patient_id and c.month = k.month and c.live and c.follows_claim_id is null) as standing
    from correction_cases k join patients p on p.tenant_id = k.tenant_id and p.id = k.patient_id
    left join closed_months m on m.tenant_id = k.tenant_id and m.patient_id = k.patient_id and m.month = k.month
    where k.tenant_id = ${tx.tenantId} and p.clinic_id = ${clinicId} and k.resolution in ('new_claim', 'replace_claim') and ${where}
      and not exists (select 1 from claims c where c.tenant_id = k.tenant_id and c.patient_id = k.patient_id and c.month = k.month and c.follows_claim_id is null and c.created_at > k.resolved_at)
    order by k.resolved_at, k.id limit 200`.execute(tx.db)
  return rows
}

export const factsOf = (row: CaseRow, acceptsReplacement: boolean): CaseFacts => ({
  billable: row.outcome === 'billable' && (row.lines ?? []).length > 0 && row.practitionerId !== null,
  standing: row.standing,
  acceptsReplacement,
})

/** What the claim is made from; its hash is over the verdict that the case found. */
export const monthOfCase = (row: CaseRow): FrozenMonth => ({
  patientId: row.patientId,
  practitionerId: row.practitionerId,
  lines: row.lines ?? [],
  qmb: row.qmb,
  snapshotSha256: sha256(canonicalJson(row.after)),
  subscriber: row.subscriber,
  otherPayer: row.decision === null ? null : otherPayerOf(row.decision),
})

/** Whether it is known that the clinic's own payer takes claims of frequency 7. Medicare Part B takes only original claims. */
export async function takesReplacements(tx: Tx, clinicId: string, today: string): Promise<boolean> {
  return (
    (await ownTerms(tx, clinicId, today)).acceptsReplacement === true &&
    (await policyOn(tx, clinicId, 'claim.filing_code', today)) !== 'MB'
  )
}
