import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

export interface ClaimViolation {
  invariant: 'I3' | 'I4'
  /** The row, as its table and key. */
  row: string
  message: string
}

/**
 * Proves two invariants on a live tenant. I3: a service of a month is on one live claim line at most that bills the month, and
 * on one at most that follows to a supplement; lines live and die with their claim. I4: each status has the events and the batch that it needs, each sending one file and one
 * control number, and each file that came in is attributed or held.
 */
export async function* checkClaims(tx: Tx): AsyncIterable<ClaimViolation> {
  const ask = async (
    invariant: ClaimViolation['invariant'],
    message: string,
    query: ReturnType<typeof sql<{ row: string }>>,
  ): Promise<ClaimViolation[]> => (await query.execute(tx.db)).rows.map(({ row }) => ({ invariant, row, message }))
  const tenant = tx.tenantId
  yield* await ask(
    'I3',
    'Its line and its claim do not agree whether they are live.',
    sql<{ row: string }>`
    select 'claim_lines ' || l.id as row from claim_lines l join claims c on c.tenant_id = l.tenant_id and c.id = l.claim_id where l.tenant_id = ${tenant} and l.live <> c.live limit 500`,
  )
  yield* await ask(
    'I3',
    'The same code of the same patient and month is on another live line that bills the month, or on another that follows.',
    sql<{ row: string }>`
    select 'claim_lines ' || l.id as row from claim_lines l where l.tenant_id = ${tenant} and l.live and exists (
      select 1 from claim_lines o where o.tenant_id = l.tenant_id and o.patient_id = l.patient_id and o.month = l.month and o.code = l.code and o.live and o.id <> l.id
        and (o.follows_claim_id is null) = (l.follows_claim_id is null)) limit 500`,
  )
  yield* await ask(
    'I3',
    'Its line and its claim do not follow the same claim.',
    sql<{ row: string }>`
    select 'claim_lines ' || l.id as row from claim_lines l join claims c on c.tenant_id = l.tenant_id and c.id = l.claim_id where l.tenant_id = ${tenant}
      and l.follows_claim_id is distinct from c.follows_claim_id limit 500`,
  )
  yield* await ask(
    'I3',
    'It follows a claim of another patient or month, or one that follows itself.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c join claims f on f.tenant_id = c.tenant_id and f.id = c.follows_claim_id where c.tenant_id = ${tenant}
      and (f.patient_id <> c.patient_id or f.month <> c.month or f.follows_claim_id is not null) limit 500`,
  )
  yield* await ask(
    'I3',
    'Its charge is not the sum of its lines.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c where c.tenant_id = ${tenant}
      and c.charge_cents <> (select coalesce(sum(l.charge_cents), 0) from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) limit 500`,
  )
  yield* await ask(
    'I4',
    'A claim that is over is still live, or a live one is over.',
    sql<{ row: string }>`
    select 'claims ' || id as row from claims where tenant_id = ${tenant} and live = (status in ('withdrawn', 'replaced')) limit 500`,
  )
  yield* await ask(
    'I4',
    'It counts as in a batch or sent, and no batch holds it.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c where c.tenant_id = ${tenant} and c.status not in ('ready', 'withdrawn') and not exists (
      select 1 from claim_batch_claims bc join claim_batches b on b.tenant_id = bc.tenant_id and b.id = bc.batch_id
      where bc.tenant_id = c.tenant_id and bc.claim_id = c.id and b.status <> 'undone') limit 500`,
  )
  yield* await ask(
    'I4',
    'Its status is not the one that its last event leaves.',
    sql<{ row: string }>`
    select 'claims ' || c.id as row from claims c join lateral (
      select kind from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id
        and e.kind in ('made', 'batched', 'batch_undone', 'sent', 'rejected', 'corrected', 'withdrawn', 'decided', 'replaced') order by happened_at desc, id desc limit 1) e on true
    where c.tenant_id = ${tenant} and not case e.kind when 'made' then c.status = 'ready' when 'batch_undone' then c.status = 'ready' when 'corrected' then c.status = 'ready'
      when 'batched' then c.status = 'batched' when 'sent' then c.status in ('sent', 'accepted') when 'withdrawn' then c.status = 'withdrawn' when 'replaced' then c.status = 'replaced'
      when 'rejected' then c.status in ('rejected', 'sent', 'paid', 'denied', 'underpaid', 'reversed') else c.status in ('paid', 'denied', 'underpaid', 'reversed') end limit 500`,
  )
  yield* await ask(
    'I4',
    'Two batches share a control number of their envelopes.',
    sql<{ row: string }>`
    select 'claim_batches ' || b.id as row from claim_batches b where b.tenant_id = ${tenant} and exists (select 1 from claim_batches o where o.tenant_id = b.tenant_id and o.id <> b.id
      and (o.group_control = b.group_control or o.set_control = b.set_control or o.interchange_control = b.interchange_control or o.file_id = b.file_id)) limit 500`,
  )
  yield* await ask(
    'I4',
    'A question to the payer has the control number of a batch.',
    sql<{ row: string }>`
    select 'claim_inquiries ' || i.id as row from claim_inquiries i where i.tenant_id = ${tenant} and exists (select 1 from claim_batches b where b.tenant_id = i.tenant_id
      and (b.interchange_control = i.interchange_control or b.group_control = i.group_control or b.file_id = i.file_id)) limit 500`,
  )
  yield* await ask(
    'I4',
    'What the payer told is tied to a question about another claim.',
    sql<{ row: string }>`
    select 'claim_status_answers ' || a.id as row from claim_status_answers a join claim_inquiry_claims q on q.tenant_id = a.tenant_id and q.id = a.inquiry_claim_id
    where a.tenant_id = ${tenant} and q.claim_id <> a.claim_id limit 500`,
  )
  yield* await ask(
    'I4',
    'Its text has another hash than the one that was kept.',
    sql<{ row: string }>`
    select 'x12_files ' || id as row from x12_files where tenant_id = ${tenant} and sha256 <> encode(sha256(convert_to(content, 'UTF8')), 'hex') limit 500`,
  )
  yield* await ask(
    'I4',
    "A payer's file says neither what it did nor why it is held.",
    sql<{ row: string }>`
    select 'x12_files ' || id as row from x12_files where tenant_id = ${tenant} and direction = 'in' and coalesce(jsonb_array_length(summary -> 'sentences'), 0) = 0 limit 500`,
  )
}
