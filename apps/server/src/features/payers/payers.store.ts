import type { Authorization, Payer, PayerRule, PayerTerms, TrialResult } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { type ClaimToAsk, type PastClaim, wordsOf } from './payers.ts'

const claimsAtMost = 50_000
const rulesAtMost = 1000

export type StoredRule = PayerRule & { payerId: string }

/** Every rule of a clinic, of one payer where one is named, the one in force last first. */
export async function listRules(tx: Tx, clinicId: string, payerId: string | null = null): Promise<StoredRule[]> {
  const { rows } = await sql<Omit<StoredRule, 'words' | 'at'> & { at: Date }>`
    select r.id, t.payer_id as "payerId", t.terms, r.from_on as "fromOn", r.source, r.set_at as at, t.result,
      case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as by
    from payer_rules r join payer_trials t on t.tenant_id = r.tenant_id and t.id = r.trial_id left join staff s on s.tenant_id = r.tenant_id and s.id = r.set_by
    where r.tenant_id = ${tx.tenantId} and t.clinic_id = ${clinicId} and ${payerId === null ? sql`true` : sql`t.payer_id = ${payerId}`}
    order by r.from_on desc, r.set_at desc, r.id desc limit ${rulesAtMost}`.execute(tx.db)
  return rows.map((row) => ({ ...row, words: wordsOf(row.terms), at: row.at.toISOString() }))
}

/** The payers of past claims, of the patients' coverages and of the rules, the clinic's own first. `own` is null where the settings name none. */
export async function listMet(
  tx: Tx,
  clinicId: string,
  { own, since }: { own: { payerId: string; name: string; filingCode: string } | null; since: string },
): Promise<Omit<Payer, 'rule'>[]> {
  const { rows } = await sql<Omit<Payer, 'rule'>>`
    select m.payer_id as "payerId", coalesce(max(m.name) filter (where m.own), max(m.name), m.payer_id) as name, bool_or(m.own) as own,
      coalesce(max(m.filing_code) filter (where m.own), case when count(distinct m.filing_code) = 1 then max(m.filing_code) end) as "filingCode",
      (select count(*) from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.payer_id = m.payer_id and c.service_on >= ${since}::date)::integer as claims
    from (
      select ${own?.payerId ?? null}::text as payer_id, ${own?.name ?? null}::text as name, ${own?.filingCode ?? null}::text as filing_code, true as own
      union all select v.payer_id, v.payer_name, v.filing_code, false from coverages v join patients p on p.tenant_id = v.tenant_id and p.id = v.patient_id
        where v.tenant_id = ${tx.tenantId} and p.clinic_id = ${clinicId}
      union all select distinct c.payer_id, c.payer ->> 'name', c.payer ->> 'filingCode', false from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId}
      union all select distinct t.payer_id, null, null, false from payer_rules r join payer_trials t on t.tenant_id = r.tenant_id and t.id = r.trial_id
        where r.tenant_id = ${tx.tenantId} and t.clinic_id = ${clinicId}) m
    where m.payer_id <> '' group by m.payer_id order by bool_or(m.own) desc, 2, 1 limit 500`.execute(tx.db)
  return rows
}

interface ClaimFacts extends Omit<ClaimToAsk, 'sentOn'> {
  id: string
  patientId: string
  payerId: string
  name: string | null
}
/** Codes of a claim `c` with an authorization of its payer that covers the day of service. */
const authorized = sql`array(select distinct a.code from payer_authorizations n, unnest(n.codes) as a (code)
  where n.tenant_id = c.tenant_id and n.clinic_id = c.clinic_id and n.patient_id = c.patient_id and n.payer_id = c.payer_id and c.service_on between n.from_on and n.to_on)`
const codes = sql`array(select distinct l.code from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id order by 1)`

/** What a rule asks of these claims of a clinic. */
export async function listFacts(tx: Tx, clinicId: string, ids: readonly string[]): Promise<ClaimFacts[]> {
  const { rows } = await sql<ClaimFacts>`
    select c.id, c.patient_id as "patientId", c.payer_id as "payerId", c.payer ->> 'name' as name, c.service_on as "serviceOn", ${codes} as codes, ${authorized} as authorized
    from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.id = any (${[...ids]}::uuid[]) limit ${claimsAtMost}`.execute(
    tx.db,
  )
  return rows
}

/** The claims to a payer that left since a day, with what the payer did. Days are those of the clinic's zone. */
export async function pastClaims(
  tx: Tx,
  clinicId: string,
  of: { payerId: string; since: string; timeZone: string },
): Promise<PastClaim[]> {
  const { rows } = await sql<PastClaim>`
    select c.id, jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family) as patient, c.month, ${codes} as codes, c.service_on as "serviceOn",
      coalesce((e.sent_at at time zone ${of.timeZone})::date, c.service_on) as "sentOn", ${authorized} as authorized, c.charge_cents as "chargeCents",
      coalesce(m.paid, 0)::integer as "paidCents", c.qmb, (select count(*) from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id)::integer as lines,
      (coalesce(m.paid, 0) + coalesce(m.sequestration, 0) + coalesce(m.share, 0))::integer as "allowedCents", coalesce(m.share, 0)::integer as "shareCents",
      case when exists (select 1 from denials d where d.tenant_id = c.tenant_id and d.claim_id = c.id and d.kind = 'denied') then 'denied' when e.decided then 'paid' else 'undecided' end as did
    from claims c join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
    left join lateral (select min(x.happened_at) filter (where x.kind = 'sent') as sent_at, coalesce(bool_or(x.kind = 'decided'), false) as decided from claim_events x
      where x.tenant_id = c.tenant_id and x.claim_id = c.id) e on true
    left join lateral (select sum(o.amount_cents) filter (where o.account = 'cash') as paid, sum(o.amount_cents) filter (where o.account = 'sequestration') as sequestration,
      sum(o.amount_cents) filter (where o.account = 'receivable_patient' and o.adjustment_group = 'PR' and o.adjustment_code in ('2', '3')) as share
      from journal_entries j join postings o on o.tenant_id = j.tenant_id and o.entry_id = j.id where j.tenant_id = c.tenant_id and j.claim_id = c.id) m on true
    where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.payer_id = ${of.payerId} and c.service_on >= ${of.since}::date
      and c.status not in ('ready', 'batched', 'withdrawn')
    order by c.control_number desc limit ${claimsAtMost}`.execute(tx.db)
  return rows
}

export async function insertTrial(
  tx: Tx,
  trial: { clinicId: string; payerId: string; terms: PayerTerms; result: TrialResult; by: string; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('payer_trials')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: trial.clinicId,
      payer_id: trial.payerId,
      terms: json(trial.terms),
      result: json(trial.result),
      tried_by: trial.by,
      tried_at: trial.now,
    })
    .execute()
  return id
}

/** The payer of a trial of this clinic. @throws Problem not_found */
export async function payerOfTrial(tx: Tx, clinicId: string, id: string): Promise<string> {
  const row = await tx.db
    .selectFrom('payer_trials')
    .select('payer_id')
    .where('tenant_id', '=', tx.tenantId)
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return found(row, 'There is no such trial. Try the rule first.').payer_id
}

export async function insertRule(
  tx: Tx,
  rule: { trialId: string; fromOn: string; source: string; by: string; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('payer_rules')
    .values({
      tenant_id: tx.tenantId,
      id,
      trial_id: rule.trialId,
      from_on: rule.fromOn,
      source: rule.source,
      set_by: rule.by,
      set_at: rule.now,
    })
    .execute()
  return id
}

export async function insertAuthorization(
  tx: Tx,
  given: Pick<Authorization, 'codes' | 'number' | 'fromOn' | 'toOn'> & {
    clinicId: string
    patientId: string
    payerId: string
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('payer_authorizations')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: given.clinicId,
      patient_id: given.patientId,
      payer_id: given.payerId,
      codes: given.codes,
      number: given.number,
      from_on: given.fromOn,
      to_on: given.toOn,
      noted_by: given.by,
      noted_at: given.now,
    })
    .execute()
  return id
}

/** The authorizations of a patient from a payer, the newest first. */
export async function listAuthorizations(
  tx: Tx,
  clinicId: string,
  of: { patientId: string; payerId: string },
): Promise<Authorization[]> {
  const { rows } = await sql<Omit<Authorization, 'at'> & { at: Date }>`
    select n.id, n.codes, n.number, n.from_on as "fromOn", n.to_on as "toOn", jsonb_build_object('id', s.id, 'name', s.name) as by, n.noted_at as at
    from payer_authorizations n join staff s on s.tenant_id = n.tenant_id and s.id = n.noted_by
    where n.tenant_id = ${tx.tenantId} and n.clinic_id = ${clinicId} and n.patient_id = ${of.patientId} and n.payer_id = ${of.payerId}
    order by n.noted_at desc, n.id desc limit 200`.execute(tx.db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** The number of the authorization noted last that covers the service of a claim `c`, as an SQL expression; null for none. */
export const authorizationOf = sql<string | null>`(select n.number from payer_authorizations n
  where n.tenant_id = c.tenant_id and n.clinic_id = c.clinic_id and n.patient_id = c.patient_id and n.payer_id = c.payer_id and c.service_on between n.from_on and n.to_on
    and n.codes && array(select l.code from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) order by n.noted_at desc, n.id desc limit 1)`

/** The filing limit in days of the rule in force for a claim `c` on its day of service, as an SQL expression; null where it is not known. */
export const filingDaysOf = sql<
  number | null
>`(select (t.terms ->> 'filingDays')::integer from payer_rules r join payer_trials t on t.tenant_id = r.tenant_id and t.id = r.trial_id
  where r.tenant_id = c.tenant_id and t.clinic_id = c.clinic_id and t.payer_id = c.payer_id and r.from_on <= c.service_on order by r.from_on desc, r.set_at desc, r.id desc limit 1)`
