import type { ClaimStatus, FollowingPayer } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId, sha256 } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { mbiOfPatient } from '../patients/index.ts'
import { authorizationOf } from '../payers/index.ts'
import type { ClaimToWrite, Subscriber } from './claim-file.ts'
import { assertMove, type BatchStatus } from './claims.ts'

export interface ClaimIdentity {
  id: string
  patientId: string
  controlNumber: string
  status: ClaimStatus
  month: string
  chargeCents: number
  serviceOn: string
  /** The decided claim that it follows to a supplement. */
  followsClaimId: string | null
  /** To whom it goes; null for the clinic's own payer. */
  payer: FollowingPayer | null
}

const identity = sql<ClaimIdentity>`c.id, c.patient_id as "patientId", c.control_number as "controlNumber", c.status, c.month, c.charge_cents as "chargeCents", c.service_on as "serviceOn", c.follows_claim_id as "followsClaimId", c.payer`

/** One claim with its row locked. */
export async function lockClaim(tx: Tx, id: string): Promise<ClaimIdentity> {
  const { rows } =
    await sql<ClaimIdentity>`select ${identity} from claims c where c.tenant_id = ${tx.tenantId} and c.id = ${id} for update`.execute(
      tx.db,
    )
  return found(rows[0], 'There is no such claim.')
}

const claimsAtMost = 5000

/** Claims of a clinic by id, or every ready one (of one month where it is named), locked in the order of their numbers. */
export async function lockChosen(
  tx: Tx,
  clinicId: string,
  chosen: { ids: readonly string[] | null; month: string | null },
): Promise<ClaimIdentity[]> {
  const { rows } = await sql<ClaimIdentity>`
    select ${identity} from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId}
      and ${chosen.ids === null ? sql`c.status = 'ready'` : sql`c.id = any (${[...chosen.ids]}::uuid[])`}
      and ${chosen.month === null ? sql`true` : sql`c.month = ${chosen.month}`}
    order by c.control_number limit ${claimsAtMost} for update`.execute(tx.db)
  return rows
}

/** Everything that an 837P says of these claims. */
export async function listToWrite(tx: Tx, ids: readonly string[]): Promise<ClaimToWrite[]> {
  const { rows } = await sql<ClaimToWrite>`
    select c.id, c.control_number as "controlNumber", c.subscriber, c.diagnoses, c.frequency, c.original_payer_number as "originalPayerNumber", ${authorizationOf} as "authorization", c.payer_sequence as "payerSequence", c.payer,
      c.other_payer as "otherPayer", jsonb_build_object('name', s.name, 'npi', s.npi) as practitioner,
      (select jsonb_agg(jsonb_build_object('code', l.code, 'modifiers', to_jsonb(l.modifiers), 'units', l.units, 'chargeCents', l.charge_cents, 'serviceOn', l.service_on, 'pointers', to_jsonb(l.pointers),
        'lineControl', l.line_control) order by l.number) from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as lines
    from claims c join staff s on s.tenant_id = c.tenant_id and s.id = c.practitioner_id
    where c.tenant_id = ${tx.tenantId} and c.id = any (${[...ids]}::uuid[]) order by c.control_number limit ${claimsAtMost}`.execute(
    tx.db,
  )
  return rows
}

/** Claims among these whose Medicare number has another live claim of the same month that is out: the same service twice. A bill that follows a claim is compared with other such bills. */
export async function listDuplicates(tx: Tx, ids: readonly string[]): Promise<{ id: string; otherControl: string }[]> {
  const { rows } = await sql<{ id: string; otherControl: string }>`
    select c.id, min(o.control_number) as "otherControl" from claims c
    join claims o on o.tenant_id = c.tenant_id and o.month = c.month and o.live and o.id <> c.id and (o.follows_claim_id is null) = (c.follows_claim_id is null)
      and o.status not in ('ready', 'withdrawn')
      and o.subscriber ->> 'mbi' = c.subscriber ->> 'mbi'
    where c.tenant_id = ${tx.tenantId} and c.id = any (${[...ids]}::uuid[])
      and exists (select 1 from claim_lines l join claim_lines m on m.tenant_id = l.tenant_id and m.claim_id = o.id and m.code = l.code where l.tenant_id = c.tenant_id and l.claim_id = c.id)
    group by c.id limit ${claimsAtMost}`.execute(tx.db)
  return rows
}

export interface NewClaimEvent {
  claimId: string
  kind: string
  sentence: string
  codes?: readonly string[]
  fileId?: string | null
}

/** Appends events to the histories of claims. */
export async function insertEvents(
  tx: Tx,
  events: readonly NewClaimEvent[],
  at: { now: Date; by: string | null },
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ claimId, kind, sentence, codes = [], fileId = null }) => ({
    id: newId(),
    claim_id: claimId,
    kind,
    sentence,
    codes,
    file_id: fileId,
  }))
  await sql`
    insert into claim_events (tenant_id, id, claim_id, kind, sentence, codes, file_id, happened_at, recorded_by)
    select ${tx.tenantId}::uuid, r.id, r.claim_id, r.kind, r.sentence, r.codes, r.file_id, ${at.now}::timestamptz, ${at.by}::uuid
    from json_to_recordset(${json(rows)}::json) as r (id uuid, claim_id uuid, kind text, sentence text, codes jsonb, file_id uuid)`.execute(
    tx.db,
  )
}

/** A claim that no longer stands for its month, so that another one may. */
const isOver = (status: ClaimStatus) => status === 'withdrawn' || status === 'replaced'

/** Moves claims on lawful ways only; all of them get the same status. */
export async function moveClaims(
  tx: Tx,
  claims: readonly { id: string; status: ClaimStatus }[],
  to: ClaimStatus,
  now: Date,
): Promise<void> {
  if (claims.length === 0) return
  for (const claim of claims) assertMove(claim.status, to)
  await sql`update claims set status = ${to}, updated_at = ${now} ${isOver(to) ? sql`, live = false` : sql``}
    where tenant_id = ${tx.tenantId} and id = any (${claims.map(({ id }) => id)}::uuid[])`.execute(tx.db)
  if (isOver(to)) {
    await sql`update claim_lines set live = false where tenant_id = ${tx.tenantId} and claim_id = any (${claims.map(({ id }) => id)}::uuid[])`.execute(
      tx.db,
    )
  }
}

/** Writes on a claim that it was made in place of another one. */
export async function setReplaced(
  tx: Tx,
  claimId: string,
  of: { oldId: string; frequency: '1' | '7'; originalPayerNumber: string | null },
): Promise<void> {
  await tx.db
    .updateTable('claims')
    .set({
      replaces_claim_id: of.oldId,
      frequency: of.frequency,
      original_payer_number: of.originalPayerNumber,
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', claimId)
    .execute()
}

export async function setPayerClaimNumber(tx: Tx, claimId: string, number: string): Promise<void> {
  await tx.db
    .updateTable('claims')
    .set({ payer_claim_number: number })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', claimId)
    .execute()
}

/** The patient as the chart and the card at the desk say today. */
export async function currentSubscriber(tx: Tx, patientId: string): Promise<Subscriber> {
  const { rows } =
    await sql<Subscriber>`select p.family, p.given, p.born_on as "bornOn", p.sex, ${mbiOfPatient} as mbi, p.address
    from patients p where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  return found(rows[0], 'There is no such patient here.')
}

/** The insurer of a bill that follows a claim, as its coverage says today; what the coverage no longer tells stays as it was. */
export async function currentPayer(tx: Tx, payer: FollowingPayer): Promise<FollowingPayer> {
  const { rows } = await sql<FollowingPayer>`
    select coalesce(payer_name, ${payer.name}) as name, coalesce(payer_id, ${payer.payerId}) as "payerId", coalesce(filing_code, ${payer.filingCode}) as "filingCode",
      coalesce(member_id, ${payer.memberId}) as "memberId", group_number as "groupNumber"
    from coverages where tenant_id = ${tx.tenantId} and id = ${payer.coverageId}`.execute(tx.db)
  return { ...payer, ...rows[0] }
}

export async function setPayer(tx: Tx, claimId: string, payer: FollowingPayer): Promise<void> {
  await tx.db
    .updateTable('claims')
    .set({ payer: json(payer), payer_id: payer.payerId })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', claimId)
    .execute()
}

/** Whether the decision on which a bill `c` rests is no longer the one that stands, as an SQL expression. */
export const isOutdated = sql<boolean>`(c.follows_claim_id is not null and (select count(*) <> 1 or bool_or(rc.id::text <> c.payer ->> 'decisionId')
  from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
  where rc.tenant_id = c.tenant_id and rc.claim_id = c.follows_claim_id and rc.reversed_by_id is null and rc.status_code <> '22' and r.status = 'posted'))`

/** The bills among these that rest on a decision which was changed since. */
export async function listOutdated(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.id from claims c where c.tenant_id = ${tx.tenantId} and c.id = any (${[...ids]}::uuid[]) and ${isOutdated} limit ${claimsAtMost}`.execute(
    tx.db,
  )
  return new Set(rows.map(({ id }) => id))
}

export async function setSubscriber(tx: Tx, claimId: string, subscriber: Subscriber, now: Date): Promise<void> {
  await tx.db
    .updateTable('claims')
    .set({ subscriber: json(subscriber), updated_at: now })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', claimId)
    .execute()
}

export interface NewX12File {
  direction: 'out' | 'in'
  kind: string
  name: string
  content: string
  interchangeControl: string | null
  outcome: 'posted' | 'held' | 'taken' | 'refused' | 'sent' | 'made'
  sentences: readonly string[]
  by: string | null
  now: Date
}

/** Keeps the exact text of a file with its hash. */
export async function insertX12File(tx: Tx, file: NewX12File): Promise<{ id: string; sha256: string }> {
  const id = newId()
  const hash = sha256(file.content)
  await tx.db
    .insertInto('x12_files')
    .values({
      tenant_id: tx.tenantId,
      id,
      direction: file.direction,
      kind: file.kind,
      name: file.name,
      sha256: hash,
      content: file.content,
      interchange_control: file.interchangeControl,
      outcome: file.outcome,
      summary: json({ sentences: file.sentences }),
      recorded_by: file.by,
      recorded_at: file.now,
    })
    .execute()
  return { id, sha256: hash }
}

/** Writes how it ended with a file. */
export async function concludeX12File(
  tx: Tx,
  id: string,
  end: { outcome: NewX12File['outcome']; sentences: readonly string[]; batchIds?: readonly string[] },
): Promise<void> {
  await tx.db
    .updateTable('x12_files')
    .set({ outcome: end.outcome, summary: json({ sentences: end.sentences, batchIds: end.batchIds ?? [] }) })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

export interface BatchRow {
  id: string
  clinicId: string
  fileId: string
  number: string
  status: BatchStatus
  channel: 'download' | 'sftp' | 'simulator'
  leavesAt: Date
  attempts: number
  fileName: string
}

const batchColumns = sql<BatchRow>`b.id, b.clinic_id as "clinicId", b.file_id as "fileId", b.number, b.status, b.channel, b.leaves_at as "leavesAt", b.attempts, f.name as "fileName"`

/** One batch with its row locked. */
export async function lockBatch(tx: Tx, id: string): Promise<BatchRow> {
  const { rows } =
    await sql<BatchRow>`select ${batchColumns} from claim_batches b join x12_files f on f.tenant_id = b.tenant_id and f.id = b.file_id
    where b.tenant_id = ${tx.tenantId} and b.id = ${id} for update of b`.execute(tx.db)
  return found(rows[0], 'There is no such batch.')
}

/** A batch that is due to leave by itself, or whose sender died; locked, so that no other sender takes it. */
export async function lockDueBatch(tx: Tx, now: Date): Promise<BatchRow | undefined> {
  const { rows } =
    await sql<BatchRow>`select ${batchColumns} from claim_batches b join x12_files f on f.tenant_id = b.tenant_id and f.id = b.file_id
    where b.tenant_id = ${tx.tenantId} and b.channel <> 'download'
      and ((b.status = 'waiting' and b.leaves_at <= ${now} and coalesce(b.next_try_at, b.leaves_at) <= ${now}) or (b.status = 'sending' and b.next_try_at <= ${now}))
    order by b.leaves_at limit 1 for update of b skip locked`.execute(tx.db)
  return rows[0]
}

export interface NewBatch {
  clinicId: string
  fileId: string
  number: string
  interchange: number
  group: number
  set: number
  claims: readonly { id: string; chargeCents: number }[]
  channel: BatchRow['channel']
  leavesAt: Date
  by: string | null
  now: Date
}

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('claim_batches')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: batch.clinicId,
      file_id: batch.fileId,
      number: batch.number,
      interchange_control: String(batch.interchange),
      group_control: String(batch.group),
      set_control: String(batch.set),
      claims_count: batch.claims.length,
      charge_cents: batch.claims.reduce((sum, claim) => sum + claim.chargeCents, 0),
      channel: batch.channel,
      status: 'waiting',
      leaves_at: batch.leavesAt,
      created_by: batch.by,
      created_at: batch.now,
    })
    .execute()
  await sql`insert into claim_batch_claims (tenant_id, batch_id, claim_id) select ${tx.tenantId}::uuid, ${id}::uuid, unnest(${batch.claims.map((claim) => claim.id)}::uuid[])`.execute(
    tx.db,
  )
  return id
}

export async function setBatch(
  tx: Tx,
  id: string,
  set: {
    status: BatchStatus
    leavesAt?: Date
    sentAt?: Date
    receipt?: string | null
    lastError?: string | null
    attempts?: number
    nextTryAt?: Date | null
  },
): Promise<void> {
  await tx.db
    .updateTable('claim_batches')
    .set({
      status: set.status,
      ...(set.leavesAt === undefined ? {} : { leaves_at: set.leavesAt }),
      ...(set.sentAt === undefined ? {} : { sent_at: set.sentAt }),
      ...(set.receipt === undefined ? {} : { receipt: set.receipt }),
      ...(set.lastError === undefined ? {} : { last_error: set.lastError }),
      ...(set.attempts === undefined ? {} : { attempts: set.attempts }),
      ...(set.nextTryAt === undefined ? {} : { next_try_at: set.nextTryAt }),
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

/** The claims of a batch, locked, each with whether this is the last batch that it was in. */
export async function lockClaimsOfBatch(tx: Tx, batchId: string): Promise<(ClaimIdentity & { lastBatch: boolean })[]> {
  const { rows } = await sql<ClaimIdentity & { lastBatch: boolean }>`
    select ${identity}, not exists (
      select 1 from claim_batch_claims n join claim_batches nb on nb.tenant_id = n.tenant_id and nb.id = n.batch_id
      where n.tenant_id = c.tenant_id and n.claim_id = c.id and nb.status <> 'undone'
        and nb.created_at > (select created_at from claim_batches where tenant_id = ${tx.tenantId} and id = ${batchId})) as "lastBatch"
    from claim_batch_claims bc join claims c on c.tenant_id = bc.tenant_id and c.id = bc.claim_id
    where bc.tenant_id = ${tx.tenantId} and bc.batch_id = ${batchId} order by c.control_number limit ${claimsAtMost} for update of c`.execute(
    tx.db,
  )
  return rows
}

export async function readFileText(tx: Tx, id: string): Promise<{ name: string; content: string }> {
  const row = await tx.db
    .selectFrom('x12_files')
    .select(['name', 'content'])
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return found(row, 'There is no such file.')
}
