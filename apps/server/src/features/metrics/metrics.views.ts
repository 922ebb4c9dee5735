import type { ControlRoom, contract, NumberId, OutputOf } from '@keepwell/contract'
import { daysBetween, lastDayOf } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { eligiblePatients } from './eligible.views.ts'
import { type Asked, countBehind, enrolledIn, newInSevenDays } from './numbers.views.ts'

const funnel: NumberId[] = [
  'eligible',
  'introduced',
  'consented',
  'enrolled',
  'plan_signed',
  'contacted',
  'reached_20',
  'billed',
  'paid',
]
const engagement: NumberId[] = [
  'contacted',
  'not_contacted',
  'no_contact_two_months',
  'left_90_days',
  'thinking',
  'declined',
]
const spread: NumberId[] = ['minutes_0', 'minutes_1_19', 'minutes_20_39', 'minutes_40_59', 'minutes_60']

export async function presentControlRoom(tx: Tx, asked: Asked): Promise<ControlRoom> {
  const eligible = await eligiblePatients(tx, asked.today)
  const counts = new Map<NumberId, ControlRoom['funnel'][number]>()
  for (const number of new Set([...funnel, ...engagement, ...spread])) {
    counts.set(number, {
      number,
      count: await countBehind(tx, number, asked, eligible),
      newInSevenDays: await newInSevenDays(tx, number, asked),
    })
  }
  const of = (number: NumberId) => counts.get(number) ?? { number, count: 0, newInSevenDays: null }
  const calls = await callTallies(tx, asked)
  const minutes = await minuteTallies(tx, asked)
  const daysLeft = Math.max(0, daysBetween(asked.today, lastDayOf(asked.month)))
  return {
    month: asked.month,
    asOfDay: asked.today,
    daysLeft,
    funnel: funnel.map(of),
    engagement: engagement.map(of),
    minutesSpread: spread.map(of),
    rates: {
      reached: share(of('contacted').count, of('enrolled').count),
      liveContact: share(calls.completed, calls.tried),
      dropOut90Days: share(of('left_90_days').count, of('enrolled').count + of('left_90_days').count),
    },
    minutes: {
      countedSeconds: minutes.counted,
      leftOutSeconds: minutes.leftOut,
      manualShare: share(minutes.manual, minutes.logged),
    },
    caseload: await caseloads(tx, asked, daysLeft),
    reasonsForLeaving: await reasonsForLeaving(tx, asked),
  }
}

/** A part of a whole; null where there is no whole to speak of. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

async function callTallies(tx: Tx, { month }: Asked) {
  const { rows } = await sql<{
    tried: number
    completed: number
  }>`select count(*)::int as tried, count(*) filter (where outcome = 'completed')::int as completed
    from calls where tenant_id = ${tx.tenantId} and month = ${month} and outcome is not null`.execute(tx.db)
  return rows[0] ?? { tried: 0, completed: 0 }
}

async function minuteTallies(tx: Tx, { month }: Asked) {
  const { rows } = await sql<{ counted: number; leftOut: number; manual: number; logged: number }>`
    select m.counted, m."leftOut", t.manual, t.logged from
      (select coalesce(sum(staff_seconds + practitioner_seconds), 0)::int as counted, coalesce(sum(left_out_seconds), 0)::int as "leftOut"
        from patient_months where tenant_id = ${tx.tenantId} and month = ${month}) m,
      (select coalesce(sum(seconds) filter (where source = 'manual'), 0)::int as manual, coalesce(sum(seconds), 0)::int as logged
        from time_entries where tenant_id = ${tx.tenantId} and month = ${month} and superseded_at is null) t`.execute(
    tx.db,
  )
  return rows[0] ?? { counted: 0, leftOut: 0, manual: 0, logged: 0 }
}

async function caseloads(tx: Tx, asked: Asked, daysLeft: number): Promise<ControlRoom['caseload']> {
  const { month } = asked
  const { rows } = await sql<{
    id: string
    name: string
    weeklyMinutes: number
    patients: number
    contacted: number
    atTwenty: number
    needed: number
    seconds: number
  }>`
    with mine as (
      select n.patient_id, a.care_manager_id, coalesce(m.staff_seconds + m.practitioner_seconds, 0) as seconds
      from (${enrolledIn(tx, asked)}) n
      join lateral (select care_manager_id from care_manager_assignments a where a.tenant_id = ${tx.tenantId} and a.patient_id = n.patient_id order by from_on desc, assigned_at desc limit 1) a on true
      left join patient_months m on m.tenant_id = ${tx.tenantId} and m.month = ${month} and m.patient_id = n.patient_id)
    select s.id, s.name, s.weekly_minutes as "weeklyMinutes", count(*)::int as patients,
      (count(*) filter (where exists (select from calls c where c.tenant_id = ${tx.tenantId} and c.patient_id = mine.patient_id and c.month = ${month} and c.outcome = 'completed')))::int as contacted,
      (count(*) filter (where mine.seconds >= 1200))::int as "atTwenty",
      coalesce(sum(greatest(0, ceil((1200 - mine.seconds) / 60.0))), 0)::int as needed,
      coalesce((select sum(t.seconds) from time_entries t where t.tenant_id = ${tx.tenantId} and t.staff_id = s.id and t.month = ${month} and t.superseded_at is null), 0)::int as seconds
    from mine join staff s on s.tenant_id = ${tx.tenantId} and s.id = mine.care_manager_id
    group by s.id, s.name, s.weekly_minutes order by s.name limit 200`.execute(tx.db)
  return rows.map((row) => ({
    careManager: { id: row.id, name: row.name },
    patients: row.patients,
    contacted: row.contacted,
    atTwenty: row.atTwenty,
    secondsThisMonth: row.seconds,
    neededMinutes: row.needed,
    availableMinutes: Math.floor((row.weeklyMinutes * daysLeft) / 7),
  }))
}

async function reasonsForLeaving(tx: Tx, { clinicId, today }: Asked) {
  const { rows } = await sql<{
    reason: string
    count: number
  }>`select x.reason, count(*)::int as count from enrollment_ends x
    join enrollments e on e.tenant_id = x.tenant_id and e.id = x.enrollment_id
    where x.tenant_id = ${tx.tenantId} and e.clinic_id = ${clinicId} and x.ended_on > ${today}::date - 365 group by 1 order by 2 desc, 1 limit 20`.execute(
    tx.db,
  )
  return rows
}

type Revenue = OutputOf<typeof contract.metrics.revenue>

/** Expected, billed and paid by service month, the newest first; amounts are those of claims, and of frozen months before they have one. */
export async function presentRevenue(tx: Tx, clinicId: string, months: number): Promise<Revenue> {
  const { rows } = await sql<Revenue['items'][number]>`
    with bounds as (select month from (
        select month from closed_months where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId}
        union select month from month_verdicts where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId}) m order by month desc limit ${months}),
    frozen as (select month, count(*) as patients, count(*) filter (where lane = 'ready') as billable, coalesce(sum(allowed_cents) filter (where lane = 'ready'), 0) as allowed
      from closed_months where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} group by 1),
    open_months as (select month, count(*) as patients, count(*) filter (where lane = 'ready') as billable, coalesce(sum(allowed_cents) filter (where lane = 'ready'), 0) as allowed
      from month_verdicts where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} group by 1),
    billed as (select month, sum(charge_cents) filter (where status not in ('ready', 'batched')) as billed, sum(expected_allowed_cents) as allowed, sum(expected_medicare_cents) as medicare
      from claims where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and live and follows_claim_id is null group by 1),
    booked as (select c.month, coalesce(sum(p.amount_cents) filter (where p.account = 'cash'), 0) as paid,
        coalesce(sum(p.amount_cents) filter (where p.account = 'receivable_patient'), 0) as patient,
        coalesce(sum(p.amount_cents) filter (where p.account = 'denied'), 0) as denied,
        coalesce(sum(p.amount_cents) filter (where p.account in ('receivable_payer', 'other_payer')), 0) as open
      from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id join claims c on c.tenant_id = j.tenant_id and c.id = j.claim_id
      where j.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} group by 1)
    select b.month, f.month is not null as closed, coalesce(f.patients, o.patients, 0)::int as patients, coalesce(f.billable, o.billable, 0)::int as "billablePatients",
      coalesce(c.allowed, f.allowed, o.allowed, 0)::int as "expectedAllowedCents", coalesce(c.medicare, 0)::int as "expectedMedicareCents", coalesce(c.billed, 0)::int as "billedCents",
      coalesce(k.paid, 0)::int as "paidCents", coalesce(k.patient, 0)::int as "patientShareCents", coalesce(k.denied, 0)::int as "deniedCents", coalesce(k.open, 0)::int as "openCents"
    from bounds b left join frozen f on f.month = b.month left join open_months o on o.month = b.month left join billed c on c.month = b.month left join booked k on k.month = b.month
    order by b.month desc`.execute(tx.db)
  return { items: rows, leakage: await leakage(tx, clinicId) }
}

/** What the latest month loses, by cause: its patients who are not ready and what their minutes would have allowed. */
async function leakage(tx: Tx, clinicId: string): Promise<Revenue['leakage']> {
  const { rows } = await sql<Revenue['leakage'][number]>`
    select coalesce(cause, 'unknown') as cause, count(*)::int as patients, coalesce(sum(allowed_cents), 0)::int as "allowedCents" from month_verdicts
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and lane <> 'ready'
      and month = (select max(month) from month_verdicts where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId})
    group by 1 order by 2 desc, 1 limit 20`.execute(tx.db)
  return rows
}
