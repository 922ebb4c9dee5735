import { type RawBuilder, sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assert } from '../../kernel/problem.ts'

export const accounts = [
  'receivable_payer',
  'receivable_patient',
  'revenue',
  'cash',
  'contractual',
  'sequestration',
  'denied',
  'other_adjustment',
  'provider_adjustment',
  'unapplied',
  // What other payers took on of a charge, against what the payer of the claim owes, until it decides.
  'other_payer',
  // The patient's share of a claim that a supplement is asked for; it leaves one claim and comes to the other.
  'moved_share',
] as const
export type Account = (typeof accounts)[number]

export interface Posting {
  account: Account
  /** Debit positive, credit negative. */
  amountCents: number
  lineId?: string | null
  group?: string | null
  code?: string | null
}

export interface Entry {
  kind: 'charge' | 'payment' | 'adjustment' | 'patient_share' | 'reversal' | 'provider_adjustment' | 'withdrawal'
  claimId: string | null
  remittanceId?: string | null
  decisionId?: string | null
  memo: string
  postings: readonly Posting[]
}

/** An entry without its empty postings; undefined when nothing is left of it. */
export function entryOf(entry: Entry): Entry | undefined {
  const postings = entry.postings.filter(({ amountCents }) => amountCents !== 0)
  return postings.length === 0 ? undefined : { ...entry, postings }
}

/** Books entries. Each adds up to zero to the cent, or nothing at all is written. */
export async function book(
  tx: Tx,
  entries: readonly Entry[],
  at: { bookedOn: string; now: Date; by: string | null },
): Promise<void> {
  const kept = entries.flatMap((entry) => entryOf(entry) ?? [])
  if (kept.length === 0) return
  const rows = kept.map((entry) => ({ id: newId(), ...entry }))
  const heads = rows.map(({ id, kind, claimId, remittanceId = null, decisionId = null, memo }) => ({
    id,
    kind,
    claim_id: claimId,
    remittance_id: remittanceId,
    decision_id: decisionId,
    memo,
  }))
  const postings = rows.flatMap((entry) => {
    assert(
      entry.postings.reduce((sum, { amountCents }) => sum + amountCents, 0) === 0,
      `the ${entry.kind} entry adds up to zero`,
    )
    return entry.postings.map(({ account, amountCents, lineId = null, group = null, code = null }) => ({
      id: newId(),
      entry_id: entry.id,
      account,
      amount: amountCents,
      line_id: lineId,
      grouping: group,
      code,
    }))
  })
  await sql`
    insert into journal_entries (tenant_id, id, kind, claim_id, remittance_id, remittance_claim_id, memo, booked_on, recorded_at, recorded_by)
    select ${tx.tenantId}::uuid, r.id, r.kind, r.claim_id, r.remittance_id, r.decision_id, r.memo, ${at.bookedOn}::date, ${at.now}::timestamptz, ${at.by}::uuid
    from json_to_recordset(${json(heads)}::json) as r (id uuid, kind text, claim_id uuid, remittance_id uuid, decision_id uuid, memo text)`.execute(
    tx.db,
  )
  await sql`
    insert into postings (tenant_id, id, entry_id, account, amount_cents, claim_line_id, adjustment_group, adjustment_code)
    select ${tx.tenantId}::uuid, r.id, r.entry_id, r.account, r.amount, r.line_id, r.grouping, r.code
    from json_to_recordset(${json(postings)}::json) as r (id uuid, entry_id uuid, account text, amount integer, line_id uuid, grouping text, code text)`.execute(
    tx.db,
  )
}

interface ChargedLine {
  claimId: string
  lineId: string
  chargeCents: number
  control: string
  /** The claim before, whose patient's share is asked for; null for a claim that bills its month. */
  follows: { claimId: string; lineId: string; payerName: string } | null
  shareCents: number
  /** What an insurer before Medicare took on of the charge of a claim that bills its month. */
  othersCents: number
  /** Whether a bill before it, denied since, has moved the share already. */
  again: boolean
}

/** Books what these claims charge, each claim once however often it is sent. */
export async function bookCharges(
  tx: Tx,
  claimIds: readonly string[],
  at: { bookedOn: string; now: Date; by: string | null },
): Promise<void> {
  const { rows } = await sql<ChargedLine>`
    select c.id as "claimId", l.id as "lineId", l.charge_cents as "chargeCents", c.control_number as control, coalesce(l.expected_medicare_cents, 0) as "shareCents",
      ${takenOn(sql`c`, sql`l.code`)} as "othersCents",
      case when f.id is null then null else jsonb_build_object('claimId', f.claim_id, 'lineId', f.id, 'payerName', c.payer ->> 'name') end as follows,
      (select coalesce(sum(p.amount_cents), 0) <> 0 from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
        where j.tenant_id = c.tenant_id and j.claim_id = c.follows_claim_id and p.account = 'moved_share') as again
    from claims c join claim_lines l on l.tenant_id = c.tenant_id and l.claim_id = c.id
    left join claim_lines f on f.tenant_id = c.tenant_id and f.claim_id = c.follows_claim_id and f.number = l.number
    where c.tenant_id = ${tx.tenantId} and c.id = any (${[...claimIds]}::uuid[])
      and not exists (select 1 from journal_entries j where j.tenant_id = c.tenant_id and j.claim_id = c.id and j.kind = 'charge')
    order by c.control_number, l.number limit 250000`.execute(tx.db)
  const entries = [...Map.groupBy(rows, (row) => row.claimId).values()].flatMap(chargeEntries)
  await book(tx, entries, at)
}

/**
 * What an insurer before Medicare paid and wrote off of a claim, or of one of its codes, in cents: all but what it left to the
 * patient. 0 where Medicare pays first, and of a bill to a supplement, whose share is told otherwise.
 */
export function takenOn(claim: RawBuilder<unknown>, code?: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(case when ${claim}.follows_claim_id is null and ${claim}.other_payer is not null then (
    select coalesce(sum((o ->> 'paidCents')::integer + (select coalesce(sum((a ->> 'amountCents')::integer), 0) from jsonb_array_elements(o -> 'adjustments') a where a ->> 'group' <> 'PR')), 0)
    from jsonb_array_elements(${claim}.other_payer -> 'lines') o where ${code === undefined ? sql`true` : sql`o ->> 'code' = ${code}`}) else 0 end)::integer`
}

/**
 * The charge of a claim that bills its month is revenue, but for what an insurer before Medicare has taken on: that is on the
 * books of elsewhere, as is its money. A bill that follows it brings none: it asks for the patient's share
 * of the claim before, and the rest of its charge is what others have taken on.
 */
function chargeEntries(lines: readonly ChargedLine[]): Entry[] {
  const [first] = lines
  assert(first !== undefined, 'a claim has a line')
  const { claimId, control, follows, again } = first
  const charge: Entry = {
    kind: 'charge',
    claimId,
    memo: `Charge of claim ${control}`,
    postings: lines.flatMap(({ lineId, chargeCents, shareCents, othersCents }): Posting[] => [
      { account: 'receivable_payer', amountCents: chargeCents, lineId },
      ...(follows === null
        ? [
            { account: 'revenue' as const, amountCents: othersCents - chargeCents, lineId },
            { account: 'other_payer' as const, amountCents: -othersCents, lineId },
          ]
        : [
            // What was denied before is asked for once more; it left the patient with the first bill.
            { account: again ? ('denied' as const) : ('moved_share' as const), amountCents: -shareCents, lineId },
            { account: 'other_payer' as const, amountCents: shareCents - chargeCents, lineId },
          ]),
    ]),
  }
  if (follows === null || again) return [charge]
  return [
    charge,
    {
      kind: 'patient_share',
      claimId: follows.claimId,
      memo: `Patient's share asked of ${follows.payerName} by claim ${control}`,
      postings: lines.flatMap(({ follows: before, shareCents }): Posting[] => [
        { account: 'moved_share', amountCents: shareCents, lineId: before?.lineId ?? null },
        { account: 'receivable_patient', amountCents: -shareCents, lineId: before?.lineId ?? null },
      ]),
    },
  ]
}

/**
 * Takes a claim's whole ledger back, when it is withdrawn without any decision: what it charged is owed by nobody, and what
 * it asked for of a patient's share goes back to the patient.
 */
export async function bookWithdrawal(
  tx: Tx,
  claim: { id: string; controlNumber: string; followsClaimId: string | null },
  at: { bookedOn: string; now: Date; by: string | null },
): Promise<void> {
  const { rows } = await sql<{ account: Account; cents: number; lineId: string | null }>`
    select p.account, sum(p.amount_cents)::integer as cents, p.claim_line_id as "lineId" from journal_entries j
    join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
    where j.tenant_id = ${tx.tenantId} and j.claim_id = ${claim.id} group by p.account, p.claim_line_id limit 1000`.execute(
    tx.db,
  )
  await book(
    tx,
    [
      {
        kind: 'withdrawal',
        claimId: claim.id,
        memo: `Claim ${claim.controlNumber} withdrawn`,
        postings: rows.map(({ account, cents, lineId }) => ({ account, amountCents: -cents, lineId })),
      },
      ...(claim.followsClaimId === null
        ? []
        : [
            {
              kind: 'patient_share' as const,
              claimId: claim.followsClaimId,
              memo: `Patient's share no longer asked for: claim ${claim.controlNumber} was withdrawn`,
              postings: rows
                .filter(({ account }) => account === 'moved_share')
                .flatMap(({ cents }): Posting[] => [
                  { account: 'moved_share', amountCents: cents },
                  { account: 'receivable_patient', amountCents: -cents },
                ]),
            },
          ]),
    ],
    at,
  )
}

export interface ClaimBalance {
  /** Less what an insurer before Medicare took on; of a bill that follows a claim, the patient's share that it asks for. */
  chargeCents: number
  paidCents: number
  adjustedCents: number
  patientCents: number
  /** The patient's share that a supplement is asked for instead, by a claim of its own. */
  movedCents: number
  /** What the payer still owes: charge = paid + adjusted + patient + moved + open. */
  openCents: number
}

const adjustmentAccounts: readonly Account[] = ['contractual', 'sequestration', 'denied', 'other_adjustment']

/** A claim's balance from the sums of its accounts. */
export function balanceOf(sums: Readonly<Partial<Record<Account, number>>>): ClaimBalance {
  const moved = sums.moved_share ?? 0
  return {
    chargeCents: -(sums.revenue ?? 0) + Math.max(0, -moved) || 0,
    paidCents: sums.cash ?? 0,
    adjustedCents: adjustmentAccounts.reduce((sum, account) => sum + (sums[account] ?? 0), 0),
    patientCents: sums.receivable_patient ?? 0,
    movedCents: Math.max(0, moved),
    openCents: (sums.receivable_payer ?? 0) + (sums.other_payer ?? 0),
  }
}
