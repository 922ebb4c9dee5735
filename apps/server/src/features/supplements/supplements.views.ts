import type { ClaimStatus, SupplementBilling, UnbilledSupplement } from '@keepwell/contract'
import { RARC, remarkOf } from '@keepwell/x12'
import { type RawBuilder, sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import {
  type BillFacts,
  filingCodeOf,
  type KnownSupplement,
  lacksOf,
  outdatedSentence,
  shareOf,
  whyNotBilled,
} from './supplements.ts'

interface Adjustment {
  group: string
  code: string
  amountCents: number
}

/** What stands of the payer's decision on a claim, as it was posted. */
interface StandingDecision {
  id: string
  decidedOn: string
  payerClaimNumber: string | null
  crossover: string | null
  remarks: string[]
  adjustments: Adjustment[]
  lines: { lineId: string | null; paidCents: number; adjustments: Adjustment[]; remarks: string[] }[]
}

interface Row {
  claim: UnbilledSupplement['claim']
  status: ClaimStatus
  live: boolean
  payerSequence: 'P' | 'S'
  followsClaimId: string | null
  qmb: boolean
  memberId: string | null
  insured: { family: string; given: string }
  lines: { lineId: string; code: string; units: number; chargeCents: number }[]
  decisions: StandingDecision[]
  supplement: KnownSupplement | null
  bill: (NonNullable<SupplementBilling['bill']> & { decisionId: string; followsClaimId: string }) | null
}

const standing = sql`rc.reversed_by_id is null and rc.status_code <> '22' and r.status = 'posted'`

/** Whether a coverage `v` is an insurance that pays behind Medicare on the day of a claim `c`. A hint is no coverage. */
const paysBehind = sql`v.tenant_id = c.tenant_id and v.patient_id = c.patient_id and not v.hint and v.kind in ('medigap', 'commercial', 'medicaid')
    and not (v.kind = 'commercial' and v.payer_order = 1)
    and (v.from_on is null or v.from_on <= c.service_on) and (v.to_on is null or v.to_on >= c.service_on)`

/** Of those the one that is asked: Medigap before another plan, Medicaid last. */
const supplement = sql`(select jsonb_build_object('coverageId', v.id, 'kind', v.kind, 'payerName', v.payer_name, 'payerId', v.payer_id, 'filingCode', v.filing_code,
    'groupNumber', v.group_number, 'memberId', v.member_id) from coverages v where ${paysBehind}
  order by array_position(array['medigap', 'commercial', 'medicaid'], v.kind), v.payer_id is null, v.payer_order nulls last, v.recorded_at desc, v.id limit 1)`

const columns = sql<Row>`
  jsonb_build_object('id', c.id, 'controlNumber', c.control_number, 'patient', jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family), 'month', c.month) as claim,
  c.status, c.live, c.payer_sequence as "payerSequence", c.follows_claim_id as "followsClaimId", c.qmb, c.subscriber ->> 'mbi' as "memberId",
  jsonb_build_object('family', c.subscriber ->> 'family', 'given', c.subscriber ->> 'given') as insured,
  (select jsonb_agg(jsonb_build_object('lineId', l.id, 'code', l.code, 'units', l.units, 'chargeCents', l.charge_cents) order by l.number)
    from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as lines,
  coalesce((select jsonb_agg(jsonb_build_object('id', rc.id, 'decidedOn', r.paid_on, 'payerClaimNumber', rc.payer_claim_number, 'crossover', rc.detail -> 'crossover',
      'remarks', rc.detail -> 'remarks', 'adjustments', rc.detail -> 'adjustments', 'lines', rc.detail -> 'lines') order by r.recorded_at, rc.id)
    from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
    where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and ${standing}), '[]') as decisions,
  ${supplement} as supplement,
  (select jsonb_build_object('id', b.id, 'controlNumber', b.control_number, 'status', b.status, 'payerName', b.payer ->> 'name', 'decisionId', b.payer ->> 'decisionId',
      'followsClaimId', b.follows_claim_id)
    from claims b where b.tenant_id = c.tenant_id and b.patient_id = c.patient_id and b.month = c.month and b.live and b.follows_claim_id is not null) as bill`

const from = sql`from claims c join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id`

/** Whether the payer of the clinic is Medicare's fee-for-service, for the claims of that day. */
export type PaysFirst = { medicare: boolean }

function factsOf(row: Row, { medicare }: PaysFirst): BillFacts {
  const decision = row.decisions.length === 1 ? row.decisions[0] : undefined
  const remarks = row.decisions.flatMap((one) => [...one.remarks, ...one.lines.flatMap((line) => line.remarks)])
  return {
    status: row.status,
    live: row.live,
    medicareFirst: medicare && row.payerSequence === 'P',
    qmb: row.qmb || remarks.some((remark) => remarkOf(remark).patientMayNotBeBilled),
    decisions: row.decisions.length,
    forwardedTo: row.decisions.find(({ crossover }) => crossover !== null)?.crossover ?? null,
    wholeAdjustments: decision?.adjustments.length ?? 0,
    lines: row.lines.map((line) => {
      const decided = decision?.lines.find(({ lineId }) => lineId === line.lineId)
      return {
        ...line,
        decided: decided === undefined ? null : { paidCents: decided.paidCents, adjustments: decided.adjustments },
      }
    }),
    supplement: row.supplement,
    bill: row.bill,
  }
}

/** Everything that the bill to a supplement is made from. */
export interface Billable extends Pick<Row, 'supplement' | 'memberId' | 'insured'> {
  facts: BillFacts
  decision: StandingDecision | undefined
}

async function readRow(tx: Tx, claimId: string): Promise<Row> {
  const { rows } =
    await sql<Row>`select ${columns} ${from} where c.tenant_id = ${tx.tenantId} and c.id = coalesce((select follows_claim_id from claims
      where tenant_id = ${tx.tenantId} and id = ${claimId}), ${claimId})`.execute(tx.db)
  return found(rows[0], 'There is no such claim.')
}

export async function readBillable(tx: Tx, claimId: string, pays: PaysFirst): Promise<Billable> {
  const row = await readRow(tx, claimId)
  return {
    facts: factsOf(row, pays),
    decision: row.decisions.length === 1 ? row.decisions[0] : undefined,
    supplement: row.supplement,
    memberId: row.memberId,
    insured: row.insured,
  }
}

/** What Medicare left to the patient of a claim, and whether a supplement can be asked for it; of a bill that follows one, the same. */
export async function readBilling(
  tx: Tx,
  claimId: string,
  pays: PaysFirst,
): Promise<SupplementBilling & { patientId: string }> {
  const row = await readRow(tx, claimId)
  const facts = factsOf(row, pays)
  const decision = row.decisions.length === 1 ? row.decisions[0] : undefined
  const outdated = row.bill !== null && decision?.id !== row.bill.decisionId
  return {
    patientId: row.claim.patient.id,
    claimId: row.claim.id,
    shareCents: shareOf(facts),
    decidedOn: decision?.decidedOn ?? null,
    supplement: row.supplement === null ? null : present(row.supplement),
    bill:
      row.bill === null
        ? null
        : {
            id: row.bill.id,
            controlNumber: row.bill.controlNumber,
            status: row.bill.status,
            payerName: row.bill.payerName,
            outdated: outdated ? outdatedSentence(row.bill, decision?.decidedOn ?? null) : null,
          },
    whyNot: whyNotBilled(facts),
    lacks: row.supplement === null ? null : lacksOf(row.supplement),
  }
}

const present = ({ memberId: _, ...one }: KnownSupplement): UnbilledSupplement['supplement'] => ({
  ...one,
  filingCode: filingCodeOf(one),
})

/** The remarks by which a payer says that the patient is a Qualified Medicare Beneficiary. */
const qmbRemarks = Object.keys(RARC).filter((code) => remarkOf(code).patientMayNotBeBilled)

/**
 * A decided claim with a share of the patient, a supplement of that day, and nobody asked: neither by us nor by Medicare
 * itself. As an SQL condition on `c`, before the rules of a bill are asked of each.
 */
const unbilled: RawBuilder<unknown> = sql`c.live and c.follows_claim_id is null and c.payer_sequence = 'P' and not c.qmb and c.status in ('paid', 'denied', 'underpaid')
  and exists (select 1 from coverages v where ${paysBehind})
  and exists (select 1 from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
    where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and ${standing} and rc.patient_cents > 0 and rc.detail ->> 'crossover' is null
      and not jsonb_path_exists(rc.detail, '$.**.remarks[*] ? (@ == $codes[*])', jsonb_build_object('codes', ${json(qmbRemarks)}::jsonb)))
  and not exists (select 1 from claims b where b.tenant_id = c.tenant_id and b.patient_id = c.patient_id and b.month = c.month and b.live and b.follows_claim_id is not null)`

/** Decided claims whose supplement nobody has asked, in the order of their numbers. */
export async function listUnbilled(
  tx: Tx,
  clinicId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: UnbilledSupplement[]; nextCursor: string | null }> {
  const { rows } = await sql<Row>`
    select ${columns} ${from} where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and ${unbilled}
      and ${query.cursor === undefined ? sql`true` : sql`c.control_number collate "C" > ${query.cursor}`}
    order by c.control_number collate "C" limit ${query.limit + 1}`.execute(tx.db)
  const page = rows.slice(0, query.limit)
  return {
    items: page.flatMap((row): UnbilledSupplement[] => {
      const facts = factsOf(row, { medicare: true })
      const [decision] = row.decisions
      if (row.supplement === null || decision === undefined) return []
      return [
        {
          claim: row.claim,
          shareCents: shareOf(facts) ?? 0,
          decidedOn: decision.decidedOn,
          supplement: present(row.supplement),
          whyNot: whyNotBilled(facts),
        },
      ]
    }),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.claim.controlNumber ?? null) : null,
  }
}

/** How many such claims there are, and what they come to. */
export async function countUnbilled(tx: Tx, clinicId: string): Promise<{ count: number; shareCents: number }> {
  const { rows } = await sql<{ count: number; shareCents: number }>`
    select count(*)::integer as count, coalesce(sum((select sum(rc.patient_cents) from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
      where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and ${standing})), 0)::bigint as "shareCents"
    from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and ${unbilled}`.execute(tx.db)
  return rows[0] ?? { count: 0, shareCents: 0 }
}
