import type { Remittance, RemittanceClaim, RemittanceRow, RemittanceStatus } from '@keepwell/contract'
import { dollars, reasonOf } from '@keepwell/x12'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { leftStatuses } from '../claims/index.ts'
import { codeTexts } from '../code-lists/index.ts'
import type { RemittanceDetail } from './remittances.store.ts'
import { type Decision, providerAdjustmentMeanings } from './remittances.ts'

interface Row extends Omit<z.infer<typeof RemittanceRow>, 'recordedAt'> {
  recordedAt: Date
  detail: Partial<RemittanceDetail>
}

const columns = sql<Row>`r.id, r.payer_name as "payerName", r.trace, r.paid_on as "paidOn", r.method, r.amount_cents as "amountCents", r.claims_cents as "claimsCents",
  r.provider_adjustment_cents as "providerAdjustmentCents", r.status, r.hold_reason as "holdReason", r.recorded_at as "recordedAt", r.file_id as "fileId", r.source, r.detail,
  (select jsonb_build_object('bankCents', d.bank_cents, 'receivedOn', d.received_on, 'reference', d.reference, 'differenceCents', d.bank_cents - r.amount_cents,
    'by', jsonb_build_object('id', s.id, 'name', s.name), 'at', to_char(d.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from deposits d join staff s on s.tenant_id = d.tenant_id and s.id = d.recorded_by
    where d.tenant_id = r.tenant_id and d.remittance_id = r.id order by d.recorded_at desc, d.id desc limit 1) as deposit,
  (select count(*) from remittance_claims c where c.tenant_id = r.tenant_id and c.remittance_id = r.id)::integer as "claimsCount",
  (select count(*) from remittance_claims c where c.tenant_id = r.tenant_id and c.remittance_id = r.id and c.claim_id is null and r.status = 'posted')::integer as "unmatchedCount"`

function presentRow({ detail: _, ...row }: Row): z.infer<typeof RemittanceRow> {
  return { ...row, recordedAt: row.recordedAt.toISOString() }
}

/** Posted, with money, and nobody has seen it at the bank. */
const withoutDeposit = sql`r.status = 'posted' and r.amount_cents > 0 and not exists (
  select 1 from deposits d where d.tenant_id = r.tenant_id and d.remittance_id = r.id)`
/** The bank's last word on it is another amount. */
const withOtherDeposit = sql`r.status <> 'discarded' and r.amount_cents <> (
  select d.bank_cents from deposits d where d.tenant_id = r.tenant_id and d.remittance_id = r.id order by d.recorded_at desc, d.id desc limit 1)`

export async function listRemittances(
  tx: Tx,
  query: {
    status?: RemittanceStatus | undefined
    deposit?: 'missing' | 'different' | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ items: z.infer<typeof RemittanceRow>[]; nextCursor: string | null }> {
  const [at, id] = query.cursor?.split(' ') ?? []
  const after =
    at === undefined || id === undefined || Number.isNaN(Date.parse(at))
      ? sql`true`
      : sql`(r.recorded_at, r.id::text) < (${at}::timestamptz, ${id})`
  const { rows } =
    await sql<Row>`select ${columns} from remittances r where r.tenant_id = ${tx.tenantId} and ${query.status === undefined ? sql`true` : sql`r.status = ${query.status}`}
    and ${query.deposit === undefined ? sql`true` : query.deposit === 'missing' ? withoutDeposit : withOtherDeposit} and ${after} order by r.recorded_at desc, r.id::text desc limit ${query.limit + 1}`.execute(
      tx.db,
    )
  const items = rows.slice(0, query.limit).map(presentRow)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > query.limit && last !== undefined ? `${last.recordedAt} ${last.id}` : null }
}

interface Totals {
  expectedCents: number
  paidCents: number
  openCents: number
  heldCount: number
  unmatchedCount: number
  undepositedCount: number
  undepositedCents: number
  depositDifferenceCount: number
}
const noTotals: Totals = {
  expectedCents: 0,
  paidCents: 0,
  openCents: 0,
  heldCount: 0,
  unmatchedCount: 0,
  undepositedCount: 0,
  undepositedCents: 0,
  depositDifferenceCount: 0,
}

/**
 * Expected against paid over all claims that have left, what payers still owe on them, and what waits for a person. A
 * held payment that was posted from a whole file since waits no longer.
 */
export async function remittanceTotals(tx: Tx): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select
      (select coalesce(sum(expected_medicare_cents), 0) from claims where tenant_id = ${tx.tenantId} and live and status = any (${[...leftStatuses]}::text[]))::bigint as "expectedCents",
      (select coalesce(sum(p.amount_cents), 0) from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
        where j.tenant_id = ${tx.tenantId} and j.claim_id is not null and p.account = 'cash')::bigint as "paidCents",
      (select coalesce(sum(p.amount_cents), 0) from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
        where j.tenant_id = ${tx.tenantId} and j.claim_id is not null and p.account in ('receivable_payer', 'other_payer'))::bigint as "openCents",
      (select count(*) from remittances h where h.tenant_id = ${tx.tenantId} and h.status = 'held' and not exists (
        select 1 from remittances o where o.tenant_id = h.tenant_id and o.payer_id = h.payer_id and o.trace = h.trace and o.status = 'posted' and o.id > h.id))::integer as "heldCount",
      (select count(*) from remittance_claims c join remittances r on r.tenant_id = c.tenant_id and r.id = c.remittance_id
        where c.tenant_id = ${tx.tenantId} and c.claim_id is null and r.status = 'posted')::integer as "unmatchedCount",
      (select count(*) from remittances r where r.tenant_id = ${tx.tenantId} and ${withoutDeposit})::integer as "undepositedCount",
      (select coalesce(sum(r.amount_cents), 0) from remittances r where r.tenant_id = ${tx.tenantId} and ${withoutDeposit})::bigint as "undepositedCents",
      (select count(*) from remittances r where r.tenant_id = ${tx.tenantId} and ${withOtherDeposit})::integer as "depositDifferenceCount"`.execute(
    tx.db,
  )
  return rows[0] ?? noTotals
}

interface ClaimView {
  id: string
  decision: Decision
  matchedBy: string | null
  claim: z.infer<typeof RemittanceClaim>['claim']
  expectedMedicareCents: number | null
}

const claimsAtMost = 5000

/** One payment, claim by claim, with what an unrecognised one might be. */
export async function remittanceDetail(tx: Tx, id: string): Promise<z.infer<typeof Remittance>> {
  const { rows } =
    await sql<Row>`select ${columns} from remittances r where r.tenant_id = ${tx.tenantId} and r.id = ${id}`.execute(
      tx.db,
    )
  const row = found(rows[0], 'There is no such payment.')
  const claims = await sql<ClaimView>`
    select rc.id, rc.detail as decision, rc.matched_by as "matchedBy", c.expected_medicare_cents - case when c.follows_claim_id is null then 0 else rc.patient_cents end as "expectedMedicareCents",
      case when c.id is null then null else jsonb_build_object('id', c.id, 'month', c.month, 'patient', jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family)) end as claim
    from remittance_claims rc left join claims c on c.tenant_id = rc.tenant_id and c.id = rc.claim_id left join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
    where rc.tenant_id = ${tx.tenantId} and rc.remittance_id = ${id} order by rc.position, rc.id limit ${claimsAtMost}`.execute(
    tx.db,
  )
  const candidates =
    row.status === 'posted'
      ? await candidatesFor(
          tx,
          claims.rows.filter(({ claim }) => claim === null),
        )
      : new Map<string, Candidate[]>()
  const differenceCents = row.detail.differenceCents ?? 0
  const reasons = claims.rows.flatMap(({ decision }) =>
    [decision, ...decision.lines].flatMap(({ adjustments }) => adjustments.map(({ code }) => code)),
  )
  const texts = await codeTexts(
    tx,
    [...new Set(reasons)].map((code) => ({ list: 'carc' as const, code, on: row.paidOn })),
  )
  const meaningOf = (code: string) => texts('carc', code, row.paidOn) ?? capital(reasonOf(code).meaning)
  const deeds = await sql<Omit<z.infer<typeof Remittance>['deeds'][number], 'at'> & { at: Date }>`
    select d.id, d.kind, d.reason, jsonb_build_object('id', s.id, 'name', s.name) as by, d.recorded_at as at from remittance_deeds d
    join staff s on s.tenant_id = d.tenant_id and s.id = d.recorded_by where d.tenant_id = ${tx.tenantId} and d.remittance_id = ${id} order by d.recorded_at, d.id limit 100`.execute(
    tx.db,
  )
  return {
    ...presentRow(row),
    claims: claims.rows.map((one) => presentClaim(one, candidates.get(one.id) ?? [], meaningOf)),
    providerAdjustments: (row.detail.providerAdjustments ?? []).map((one) => ({
      ...one,
      meaning: capital(providerAdjustmentMeanings[one.code] ?? `provider adjustment ${one.code}`),
    })),
    balance: {
      ok: differenceCents === 0 && (row.detail.sentences ?? []).length === 0,
      differenceCents,
      sentences: row.detail.sentences ?? [],
    },
    holds: row.status === 'posted' ? [] : (row.detail.holds ?? []),
    deeds: deeds.rows.map((deed) => ({ ...deed, at: deed.at.toISOString() })),
  }
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function presentClaim(
  { id, decision, matchedBy, claim, expectedMedicareCents }: ClaimView,
  candidates: Candidate[],
  meaningOf: (reason: string) => string,
): z.infer<typeof RemittanceClaim> {
  const meant = <T extends { code: string }>(adjustment: T) => ({ ...adjustment, meaning: meaningOf(adjustment.code) })
  const compared = decision.kind === 'payment' && expectedMedicareCents !== null
  return {
    id,
    position: decision.position,
    controlNumber: decision.controlNumber,
    payerClaimNumber: decision.payerClaimNumber,
    statusCode: decision.statusCode,
    kind: decision.kind,
    patientName: decision.patientName,
    claim,
    matchedBy,
    chargeCents: decision.chargeCents,
    paidCents: decision.paidCents,
    patientCents: decision.patientCents,
    expectedMedicareCents: claim === null ? null : expectedMedicareCents,
    differenceCents: claim !== null && compared ? decision.paidCents - expectedMedicareCents : null,
    lines: decision.lines.map(({ code, chargeCents, paidCents, adjustments, remarks }) => ({
      code,
      chargeCents,
      paidCents,
      adjustments: adjustments.map(meant),
      remarks,
    })),
    adjustments: decision.adjustments.map(meant),
    candidates,
  }
}

type Candidate = z.infer<typeof RemittanceClaim>['candidates'][number]

interface CandidateRow {
  claimId: string
  patient: { id: string; name: string }
  family: string
  given: string
  mbi: string | null
  month: string
  controlNumber: string
  chargeCents: number
  days: string[]
  codes: string[]
}

/** So many unrecognised claims of one payment get candidates; the rest get theirs when these are done. */
const candidatesForAtMost = 100

/** Our claims that an unrecognised one might be: the same person, and the same day, code or charge. */
async function candidatesFor(tx: Tx, unmatched: readonly ClaimView[]): Promise<Map<string, Candidate[]>> {
  const asked = unmatched.slice(0, candidatesForAtMost)
  const answer = new Map<string, Candidate[]>()
  for (const { id, decision } of asked) {
    const ids = [decision.memberId, decision.correctedMemberId].filter((one) => one !== null)
    const words = decision.patientName
      .toLowerCase()
      .split(' ')
      .filter((word) => word !== '')
    const { rows } = await selectCandidates(
      tx,
      sql`(c.control_number = ${decision.controlNumber.trim().toUpperCase()} or c.subscriber ->> 'mbi' = any (${ids}::text[]) or c.payer ->> 'memberId' = any (${ids}::text[])
      or (lower(c.subscriber ->> 'family') = ${words.at(-1) ?? ''} and lower(split_part(c.subscriber ->> 'given', ' ', 1)) = ${words[0] ?? ''}))`,
    )
    const judged = rows.flatMap((row) => {
      const facts = [
        ...(row.controlNumber === decision.controlNumber.trim().toUpperCase() ? ['our claim number'] : []),
        ...(row.mbi !== null && ids.includes(row.mbi) ? ['Medicare number'] : []),
        ...(decision.patientName.toLowerCase() === `${row.given} ${row.family}`.toLowerCase() ? ['name'] : []),
        ...(decision.lines.some((line) => line.serviceOn !== null && row.days.includes(line.serviceOn))
          ? ['day of service']
          : []),
        ...(decision.lines.some((line) => row.codes.includes(line.originalCode ?? line.code)) ? ['code'] : []),
        ...(Math.abs(decision.chargeCents) === row.chargeCents ? [`charge of ${dollars(row.chargeCents)}`] : []),
      ]
      const { claimId, patient, month, controlNumber, chargeCents } = row
      return facts.length < 2
        ? []
        : [
            {
              weight: facts.length,
              candidate: { claimId, patient, month, controlNumber, chargeCents, why: `The same ${list(facts)}.` },
            },
          ]
    })
    answer.set(
      id,
      judged
        .sort((a, b) => b.weight - a.weight)
        .slice(0, 5)
        .map(({ candidate }) => candidate),
    )
  }
  return answer
}

const list = (facts: readonly string[]) =>
  facts.length < 2 ? facts.join('') : `${facts.slice(0, -1).join(', ')} and ${facts.at(-1)}`

function selectCandidates(tx: Tx, fits: RawBuilder<unknown>) {
  return sql<CandidateRow>`
    select c.id as "claimId", jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family) as patient, c.subscriber ->> 'family' as family, c.subscriber ->> 'given' as given,
      c.subscriber ->> 'mbi' as mbi, c.month, c.control_number as "controlNumber", c.charge_cents as "chargeCents",
      (select array_agg(l.service_on::text) from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as days,
      (select array_agg(l.code) from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as codes
    from claims c join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
    where c.tenant_id = ${tx.tenantId} and c.status = any (${[...leftStatuses]}::text[]) and ${fits} order by c.service_on desc limit 20`.execute(
    tx.db,
  )
}
