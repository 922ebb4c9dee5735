import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { takenOn } from '../claims/index.ts'

export interface MoneyViolation {
  invariant: 'I5'
  /** The row, as its table and key. */
  row: string
  message: string
}

/**
 * Proves I5 on a live tenant: every entry adds up to zero; the cash of a posted remittance is BPR02, and a held one booked
 * nothing; charge = paid + adjustments + patient share + open on each claim; a
 * share that was moved to a supplement stands once; what others took on is closed by the decision; reversals mirror; statuses agree with the money.
 */
export async function* checkMoney(tx: Tx): AsyncIterable<MoneyViolation> {
  const tenant = tx.tenantId
  const ask = async (message: string, query: ReturnType<typeof sql<{ row: string }>>): Promise<MoneyViolation[]> =>
    (await query.execute(tx.db)).rows.map(({ row }) => ({ invariant: 'I5', row, message }))
  yield* await ask(
    'The postings of the entry do not add up to zero, or it has none.',
    sql<{ row: string }>`
    select 'journal_entries ' || j.id as row from journal_entries j left join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
    where j.tenant_id = ${tenant} group by j.id having coalesce(sum(p.amount_cents), 1) <> 0 limit 500`,
  )
  yield* await ask(
    'The cash that it booked is not what was paid (BPR02).',
    sql<{ row: string }>`
    select 'remittances ' || r.id as row from remittances r where r.tenant_id = ${tenant} and (case when r.status = 'posted' then r.amount_cents else 0 end) <> (
      select coalesce(sum(p.amount_cents), 0) from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
      where j.tenant_id = r.tenant_id and j.remittance_id = r.id and p.account = 'cash') limit 500`,
  )
  yield* await ask(
    'Its claims less its provider adjustments are not what was paid.',
    sql<{ row: string }>`
    select 'remittances ' || r.id as row from remittances r where r.tenant_id = ${tenant} and r.status = 'posted' and r.amount_cents <> r.claims_cents - r.provider_adjustment_cents limit 500`,
  )
  yield* await ask(
    'Its charge is not booked once, or not as it stands on the claim.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c left join lateral (
      select -sum(p.amount_cents) filter (where p.account = 'revenue') as revenue from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
      where j.tenant_id = c.tenant_id and j.claim_id = c.id) m on true
    where c.tenant_id = ${tenant} and coalesce(m.revenue, 0) <> case when c.follows_claim_id is not null then 0
      when c.status in ('sent', 'accepted', 'rejected', 'paid', 'denied', 'underpaid', 'reversed', 'replaced') then c.charge_cents - ${takenOn(sql`c`)}
      when c.status = 'withdrawn' then 0
      when exists (select 1 from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id and e.kind = 'sent') then c.charge_cents - ${takenOn(sql`c`)} else 0 end limit 500`,
  )
  yield* await ask(
    "A patient's share that was moved left one claim and did not come to the other.",
    sql<{ row: string }>`
    select 'claims ' || coalesce(c.follows_claim_id, c.id) as row from claims c join journal_entries j on j.tenant_id = c.tenant_id and j.claim_id = c.id
    join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id and p.account = 'moved_share'
    where c.tenant_id = ${tenant} group by coalesce(c.follows_claim_id, c.id) having sum(p.amount_cents) <> 0 limit 500`,
  )
  yield* await ask(
    'It was decided, and what others had taken on of its charge is still open; or they took on more than was told.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c
    join lateral (select sum(p.amount_cents) as cents from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
      where j.tenant_id = c.tenant_id and j.claim_id = c.id and p.account = 'other_payer') o on o.cents is not null
    where c.tenant_id = ${tenant} and (o.cents > 0 or (o.cents <> 0 and exists (
      select 1 from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
      where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and r.status = 'posted' and rc.status_code <> '22' and rc.reversed_by_id is null))) limit 500`,
  )
  yield* await ask(
    'What stands on it was paid by decisions that do not come to its cash.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c where c.tenant_id = ${tenant}
      and (select coalesce(sum(rc.paid_cents), 0) from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
        where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and r.status = 'posted') <> (
        select coalesce(sum(p.amount_cents), 0) from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
        where j.tenant_id = c.tenant_id and j.claim_id = c.id and p.account = 'cash') limit 500`,
  )
  yield* await ask(
    'It was taken back, and what it booked is not mirrored to the cent.',
    sql<{ row: string }>`
    select 'remittance_claims ' || rc.id as row from remittance_claims rc where rc.tenant_id = ${tenant} and rc.reversed_by_id is not null and exists (
      select 1 from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
      where j.tenant_id = rc.tenant_id and j.claim_id = rc.claim_id and j.remittance_claim_id in (rc.id, rc.reversed_by_id)
      group by p.account, p.claim_line_id having sum(p.amount_cents) <> 0) limit 500`,
  )
  yield* await ask(
    'It counts as decided, and no decision was posted on it.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c where c.tenant_id = ${tenant} and c.status in ('paid', 'denied', 'underpaid', 'reversed') and not exists (
      select 1 from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
      where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and r.status = 'posted') limit 500`,
  )
}
