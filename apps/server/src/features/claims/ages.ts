import type { AgeBucket, FilingBucket } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import { filingDaysOf } from '../payers/index.ts'

/** The bucket of an age in days since a day, as an SQL expression. */
export function ageOf(since: RawBuilder<unknown>, today: string): RawBuilder<AgeBucket> {
  return sql<AgeBucket>`case when ${today}::date - ${since} <= 30 then '0_30' when ${today}::date - ${since} <= 60 then '31_60'
    when ${today}::date - ${since} <= 90 then '61_90' when ${today}::date - ${since} <= 120 then '91_120' else 'over_120' end`
}

/** The last day on which a claim `c` may arrive: one calendar year after its service (42 CFR 424.44), or earlier by the limit of its payer's rule, as an SQL expression. */
export const filingBy = sql<string>`least(c.service_on + ${filingDaysOf}, (c.service_on + interval '1 year')::date)`

/** How long a claim `c` may still leave, as an SQL expression. */
export function filingLeft(today: string): RawBuilder<FilingBucket> {
  const left = sql`(${filingBy} - ${today}::date)`
  return sql<FilingBucket>`case when ${left} < 0 then 'late' when ${left} <= 30 then 'days_30' when ${left} <= 60 then 'days_60'
    when ${left} <= 90 then 'days_90' else 'later' end`
}

/** When a claim `c` left last, as an SQL expression; null for one that never left. */
export const leftAt = sql`(select max(e.happened_at) from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id and e.kind = 'sent')`

/** Whether the payer has had a claim `c` for more than so many days of the clinic's zone without a decision, as an SQL condition. */
export function isStale(at: { today: string; timeZone: string }, staleDays: number): RawBuilder<boolean> {
  return sql<boolean>`(c.status in ('sent', 'accepted') and (${leftAt} at time zone ${at.timeZone})::date < ${at.today}::date - ${staleDays}::integer)`
}
