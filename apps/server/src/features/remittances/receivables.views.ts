import { type AgeBucket, ageBuckets, type Receivables } from '@keepwell/contract'
import { addDays, addMonths } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { ageOf, filingClock, isStale, takenOn } from '../claims/index.ts'

const chargeDays = 90
const monthsShown = 12
/** A report of what nobody billed, not a rule: the rule book says what may be billed. */
const twentyMinutes = 20 * 60

interface AgeRow {
  bucket: AgeBucket
  claims: number
  payerCents: number
  patientCents: number
}
type MonthRow = Receivables['months'][number]

/**
 * What is owed and how long, how often the first try was paid, why money is lacking, and what has to leave soon. A bill
 * that follows a claim to a supplement brings its money into the month, and counts as no second claim: neither its charge, nor
 * its first try, nor Medicare's filing limit.
 */
export async function receivables(
  tx: Tx,
  { today, timeZone, staleDays }: { today: string; timeZone: string; staleDays: number },
): Promise<Receivables> {
  const firstMonthShown = addMonths(`${today.slice(0, 7)}-01`, -monthsShown - 1).slice(0, 7)
  const ages = await sql<AgeRow>`
    select age as bucket, count(*) filter (where payer <> 0)::integer as claims, sum(payer)::bigint as "payerCents", sum(patient)::bigint as "patientCents" from (
      select ${ageOf(sql`min(j.booked_on) filter (where j.kind = 'charge')`, today)} as age,
        coalesce(sum(p.amount_cents) filter (where p.account in ('receivable_payer', 'other_payer')), 0) as payer, coalesce(sum(p.amount_cents) filter (where p.account = 'receivable_patient'), 0) as patient
      from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
      where j.tenant_id = ${tx.tenantId} and j.claim_id is not null group by j.claim_id) c
    where payer <> 0 or patient <> 0 group by age limit 10`.execute(tx.db)
  const ageing = ageBuckets.map(
    (bucket) => ages.rows.find((row) => row.bucket === bucket) ?? { bucket, claims: 0, payerCents: 0, patientCents: 0 },
  )
  const payerCents = ageing.reduce((sum, row) => sum + row.payerCents, 0)
  const charged = await sql<{ cents: number }>`
    select coalesce(-sum(p.amount_cents), 0)::bigint as cents from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
    where j.tenant_id = ${tx.tenantId} and j.kind = 'charge' and p.account = 'revenue' and j.booked_on > ${addDays(today, -chargeDays)}::date`.execute(
    tx.db,
  )
  const perDay = (charged.rows[0]?.cents ?? 0) / chargeDays
  const months = await sql<MonthRow>`
    select c.month, count(*) filter (where c.follows_claim_id is null)::integer as claims,
      coalesce(sum(c.charge_cents) filter (where c.follows_claim_id is null), 0)::bigint as "chargeCents", coalesce(sum(c.expected_medicare_cents), 0)::bigint as "expectedCents",
      coalesce(sum(m.paid), 0)::bigint as "paidCents", coalesce(sum(m.patient), 0)::bigint as "patientCents", coalesce(sum(m.denied), 0)::bigint as "deniedCents",
      coalesce(sum(case when c.follows_claim_id is null and c.status in ('ready', 'batched') then c.charge_cents - ${takenOn(sql`c`)} else m.open end), 0)::bigint as "openCents",
      coalesce(sum(${takenOn(sql`c`)}), 0)::bigint as "firstInsurerCents", coalesce(sum(m.contractual), 0)::bigint as "contractualCents",
      coalesce(sum(m.sequestration), 0)::bigint as "sequestrationCents", coalesce(sum(m.other), 0)::bigint as "otherCents",
      count(*) filter (where c.follows_claim_id is null and c.status in ('ready', 'batched', 'rejected'))::integer as unsent,
      count(*) filter (where f.decided)::integer as decided, count(*) filter (where f.decided and f.first_pass)::integer as "firstPass"
    from claims c
    left join lateral (
      select sum(p.amount_cents) filter (where p.account = 'cash') as paid, sum(p.amount_cents) filter (where p.account = 'receivable_patient') as patient,
        sum(p.amount_cents) filter (where p.account = 'contractual') as contractual, sum(p.amount_cents) filter (where p.account = 'sequestration') as sequestration,
        sum(p.amount_cents) filter (where p.account in ('other_adjustment', 'moved_share')) as other,
        sum(p.amount_cents) filter (where p.account = 'denied') as denied, sum(p.amount_cents) filter (where p.account in ('receivable_payer', 'other_payer')) as open
      from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id where j.tenant_id = c.tenant_id and j.claim_id = c.id) m on true
    left join lateral (
      select c.follows_claim_id is null and count(*) filter (where e.kind = 'decided') > 0 as decided,
        count(*) filter (where e.kind in ('rejected', 'corrected')) = 0 and c.replaces_claim_id is null
          and not exists (select 1 from denials d where d.tenant_id = c.tenant_id and d.claim_id = c.id and d.kind = 'denied') as first_pass
      from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id) f on true
    where c.tenant_id = ${tx.tenantId} and c.live and c.month > ${firstMonthShown}
    group by c.month order by c.month desc limit ${monthsShown + 1}`.execute(tx.db)
  const causes = await sql<Receivables['causes'][number]>`
    select cause, count(*)::integer as count, sum(amount_cents)::bigint as "amountCents", count(*) filter (where resolved_at is null)::integer as open from denials
    where tenant_id = ${tx.tenantId} and opened_at > ${addDays(today, -365)}::date group by cause order by 3 desc, 1 limit 50`.execute(
    tx.db,
  )
  const stale = await sql<Receivables['stale']>`
    select count(*)::integer as claims, coalesce(sum(c.charge_cents), 0)::bigint as "chargeCents" from claims c
    where c.tenant_id = ${tx.tenantId} and ${isStale({ today, timeZone }, staleDays)}`.execute(tx.db)
  const { rows: unbilled } = await sql<Receivables['unbilled'][number]>`
    select m.month, count(*)::integer as patients from patient_months m
    where m.tenant_id = ${tx.tenantId} and m.month < ${today.slice(0, 7)} and m.month > ${firstMonthShown} and m.staff_seconds + m.practitioner_seconds >= ${twentyMinutes}
      and not exists (select 1 from claims c where c.tenant_id = m.tenant_id and c.patient_id = m.patient_id and c.month = m.month and c.live)
    group by m.month order by m.month desc limit ${monthsShown + 1}`.execute(tx.db)
  const { rows: sentBack } = await sql<Receivables['sentBack'][number]>`
    select t.owner_role as role, count(*)::integer as sent, count(t.done_at)::integer as done, (count(*) - count(t.done_at))::integer as open,
      count(*) filter (where t.due_on < coalesce((t.done_at at time zone ${timeZone})::date, ${today}::date))::integer as late,
      round(percentile_cont(0.5) within group (order by extract(epoch from t.done_at - t.created_at)))::integer as "medianSeconds"
    from tasks t where t.tenant_id = ${tx.tenantId} and t.kind = 'month_fix' and t.created_at > ${addDays(today, -365)}::date
    group by t.owner_role order by 2 desc, 1 limit 10`.execute(tx.db)
  const decided = months.rows.reduce((sum, row) => sum + row.decided, 0)
  const firstPass = months.rows.reduce((sum, row) => sum + row.firstPass, 0)
  return {
    asOf: today,
    ageing,
    payerCents,
    patientCents: ageing.reduce((sum, row) => sum + row.patientCents, 0),
    daysInReceivables: perDay === 0 ? null : Math.round((payerCents / perDay) * 10) / 10,
    firstPass: { decided, paid: firstPass, rate: decided === 0 ? null : firstPass / decided },
    filing: await filingClock(tx, today),
    staleDays,
    stale: stale.rows[0] ?? { claims: 0, chargeCents: 0 },
    months: months.rows,
    causes: causes.rows,
    unbilled,
    sentBack,
  }
}
