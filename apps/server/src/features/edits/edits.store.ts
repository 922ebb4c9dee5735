import type { BackTest, EditConditions, HoldingEdit, PreBillEdit } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { readRecord } from '../months/index.ts'
import { type ClaimFacts, type PastClaim, wordsOf } from './edits.ts'

const claimsAtMost = 50_000
const editsAtMost = 200

/** What stands on a claim `c`, and the record of its month as it was frozen. */
interface ClaimRow extends Omit<ClaimFacts, 'placeOfService' | 'otherServices'> {
  id: string
  record: Uint8Array | null
}
const claimColumns = sql`c.id, array(select distinct l.code from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id order by 1) as codes,
  c.payer_id as "payerId", c.diagnoses, c.qmb, m.record`
const withMonth = sql`from claims c left join closed_months m on m.tenant_id = c.tenant_id and m.patient_id = c.patient_id and m.month = c.month`

/** What an edit can ask of a claim. What the frozen facts do not say is null: unknown, which is not the same as none. */
function factsOf({ codes, payerId, diagnoses, qmb, record }: ClaimRow): ClaimFacts {
  const facts = record === null ? undefined : readRecord(record).facts
  const services = facts?.otherServices
  return {
    codes,
    payerId,
    diagnoses,
    qmb,
    placeOfService: facts?.placeOfService ?? null,
    otherServices: services === undefined ? null : [...new Set((services ?? []).map(({ code }) => code))],
  }
}

/** What an edit can ask of these claims, by claim id. */
export async function factsOfClaims(tx: Tx, claimIds: readonly string[]): Promise<Map<string, ClaimFacts>> {
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns} ${withMonth} where c.tenant_id = ${tx.tenantId} and c.id = any (${[...claimIds]}::uuid[]) limit ${claimsAtMost}`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.id, factsOf(row)]))
}

/** The claims of a clinic that have left since a day, with how each ended. */
export async function pastClaims(tx: Tx, clinicId: string, since: string): Promise<PastClaim[]> {
  const { rows } = await sql<ClaimRow & Omit<PastClaim, 'facts'>>`
    select ${claimColumns}, coalesce(d.cents, 0)::integer > 0 as denied, coalesce(d.cents, 0)::integer as "deniedCents",
      exists (select 1 from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id and e.kind = 'rejected') as refused,
      exists (select 1 from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id and e.kind = 'decided') as decided,
      coalesce((select sum(o.amount_cents) from journal_entries j join postings o on o.tenant_id = j.tenant_id and o.entry_id = j.id
        where j.tenant_id = c.tenant_id and j.claim_id = c.id and o.account = 'cash'), 0)::integer as "paidCents"
    ${withMonth} left join lateral (select sum(n.amount_cents) as cents from denials n where n.tenant_id = c.tenant_id and n.claim_id = c.id and n.kind = 'denied') d on true
    where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.service_on >= ${since}::date and c.status not in ('ready', 'batched', 'withdrawn')
    order by c.control_number limit ${claimsAtMost}`.execute(tx.db)
  return rows.map((row) => {
    const { id, denied, deniedCents, refused, decided, paidCents } = row
    return { id, facts: factsOf(row), denied, deniedCents, refused, decided, paidCents }
  })
}

export async function insertEdit(
  tx: Tx,
  edit: {
    clinicId: string
    sentence: string
    conditions: EditConditions
    denialId: string | null
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('pre_bill_edits')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: edit.clinicId,
      sentence: edit.sentence,
      conditions: json(edit.conditions),
      denial_id: edit.denialId,
      proposed_by: edit.by,
      proposed_at: edit.now,
    })
    .execute()
  return id
}

/** The claim of a denial of this clinic; undefined where there is none. */
export async function claimOfDenial(tx: Tx, clinicId: string, denialId: string): Promise<string | undefined> {
  const { rows } = await sql<{ claimId: string }>`
    select d.claim_id as "claimId" from denials d join claims c on c.tenant_id = d.tenant_id and c.id = d.claim_id
    where d.tenant_id = ${tx.tenantId} and d.id = ${denialId} and c.clinic_id = ${clinicId}`.execute(tx.db)
  return rows[0]?.claimId
}

export async function insertEditDeed(
  tx: Tx,
  deed: {
    editId: string
    by: string
    now: Date
  } & ({ kind: 'tested'; result: BackTest } | { kind: 'switched_on' | 'switched_off'; reason: string }),
): Promise<void> {
  await tx.db
    .insertInto('pre_bill_edit_deeds')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      edit_id: deed.editId,
      kind: deed.kind,
      reason: deed.kind === 'tested' ? null : deed.reason,
      result: deed.kind === 'tested' ? json(deed.result) : null,
      recorded_by: deed.by,
      recorded_at: deed.now,
    })
    .execute()
}

/** Records that a claim may leave although an edit holds it; answers false where that was said before. */
export async function insertPass(
  tx: Tx,
  pass: { editId: string; claimId: string; reason: string; by: string; now: Date },
): Promise<boolean> {
  const result = await tx.db
    .insertInto('pre_bill_edit_passes')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      edit_id: pass.editId,
      claim_id: pass.claimId,
      reason: pass.reason,
      recorded_by: pass.by,
      recorded_at: pass.now,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'edit_id', 'claim_id']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Keeps another switching of the same edit waiting until the end. The row itself never changes, so it has no lock to take. */
export async function lockEdit(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pre_bill_edit ${id}`}, 0))`.execute(tx.db)
}

const isOn = sql<boolean>`coalesce((select k.kind = 'switched_on' from pre_bill_edit_deeds k where k.tenant_id = e.tenant_id and k.edit_id = e.id and k.kind <> 'tested'
  order by k.recorded_at desc, k.id desc limit 1), false)`

type View = Omit<PreBillEdit, 'words' | 'at' | 'tested' | 'deeds'> & {
  at: Date
  deeds: (Omit<PreBillEdit['deeds'][number], 'at'> & { at: string; result: BackTest | null })[]
}

async function editsWhere(tx: Tx, where: RawBuilder<unknown>): Promise<PreBillEdit[]> {
  const { rows } = await sql<View>`
    select e.id, e.sentence, e.conditions, case when d.id is null then null else jsonb_build_object('id', d.id, 'cause', d.cause, 'claimId', d.claim_id) end as denial,
      jsonb_build_object('id', s.id, 'name', s.name) as by, e.proposed_at as at, ${isOn} as on,
      (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'reason', k.reason, 'by', jsonb_build_object('id', w.id, 'name', w.name), 'at', k.recorded_at, 'result', k.result)
          order by k.recorded_at desc, k.id desc), '[]') from pre_bill_edit_deeds k join staff w on w.tenant_id = k.tenant_id and w.id = k.recorded_by
        where k.tenant_id = e.tenant_id and k.edit_id = e.id) as deeds,
      (select count(*) from pre_bill_edit_passes p where p.tenant_id = e.tenant_id and p.edit_id = e.id)::integer as passed
    from pre_bill_edits e join staff s on s.tenant_id = e.tenant_id and s.id = e.proposed_by left join denials d on d.tenant_id = e.tenant_id and d.id = e.denial_id
    where e.tenant_id = ${tx.tenantId} and ${where} order by ${isOn} desc, e.proposed_at desc, e.id limit ${editsAtMost}`.execute(
    tx.db,
  )
  return rows.map(({ at, deeds, ...edit }) => {
    const [test] = deeds.flatMap(({ result, by, at: testedAt }) =>
      result === null ? [] : [{ result, by, at: testedAt }],
    )
    return {
      ...edit,
      words: wordsOf(edit.conditions),
      at: at.toISOString(),
      tested: test === undefined ? null : { ...test, at: new Date(test.at).toISOString() },
      deeds: deeds.map(({ result: _, ...deed }) => ({ ...deed, at: new Date(deed.at).toISOString() })),
    }
  })
}

export const listEdits = (tx: Tx, clinicId: string): Promise<PreBillEdit[]> =>
  editsWhere(tx, sql`e.clinic_id = ${clinicId}`)

export async function readEdit(tx: Tx, clinicId: string, id: string): Promise<PreBillEdit> {
  return found((await editsWhere(tx, sql`e.clinic_id = ${clinicId} and e.id = ${id}`))[0], 'There is no such edit.')
}

/** The edits of a clinic that are on, each with the claims that may pass it all the same. */
export async function listHolding(
  tx: Tx,
  clinicId: string,
): Promise<(HoldingEdit & { conditions: EditConditions; passed: string[] })[]> {
  const { rows } = await sql<HoldingEdit & { conditions: EditConditions; passed: string[] }>`
    select e.id, e.sentence, e.conditions, jsonb_build_object('id', s.id, 'name', s.name) as by,
      (select coalesce(jsonb_agg(p.claim_id), '[]') from pre_bill_edit_passes p where p.tenant_id = e.tenant_id and p.edit_id = e.id) as passed
    from pre_bill_edits e join staff s on s.tenant_id = e.tenant_id and s.id = e.proposed_by
    where e.tenant_id = ${tx.tenantId} and e.clinic_id = ${clinicId} and ${isOn} order by e.proposed_at limit ${editsAtMost}`.execute(
    tx.db,
  )
  return rows.map((row) => ({ ...row, words: wordsOf(row.conditions) }))
}
