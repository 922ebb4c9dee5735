import { CarePlanContent } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { canonicalJson, newId, sha256 } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'

export interface VersionRow {
  id: string
  planId: string
  number: number
  content: CarePlanContent
  contentSha256: string
  changeNote: string | null
  writtenById: string
  writtenByName: string
  writtenAt: Date
  submission: { byId: string; byName: string; at: Date; note: string | null } | null
  returned: { byId: string; byName: string; at: Date; reason: string } | null
  signature: {
    byId: string
    byName: string
    on: string
    at: Date
    meaning: string
    sha256: string
    documentId: string
    paperDocumentId: string
    ehrStatus: 'queued' | 'sent' | 'failed' | null
    ehrReceipt: string | null
  } | null
}

interface FlatRow {
  id: string
  planId: string
  number: number
  content: unknown
  contentSha256: string
  changeNote: string | null
  writtenById: string
  writtenByName: string
  writtenAt: Date
  submittedById: string | null
  submittedByName: string | null
  submittedAt: Date | null
  submissionNote: string | null
  returnedById: string | null
  returnedByName: string | null
  returnedAt: Date | null
  returnReason: string | null
  signedById: string | null
  signedByName: string | null
  signedOn: string | null
  signedAt: Date | null
  meaning: string | null
  signedSha256: string | null
  documentId: string | null
  paperDocumentId: string | null
  ehrStatus: 'queued' | 'sent' | 'failed' | null
  ehrReceipt: string | null
}

const columns = sql<FlatRow>`v.id, v.plan_id as "planId", v.number, v.content, v.content_sha256 as "contentSha256", v.change_note as "changeNote",
  v.written_by as "writtenById", w.name as "writtenByName", v.written_at as "writtenAt",
  u.submitted_by as "submittedById", us.name as "submittedByName", u.submitted_at as "submittedAt", u.note as "submissionNote",
  r.returned_by as "returnedById", rs.name as "returnedByName", r.returned_at as "returnedAt", r.reason as "returnReason",
  g.practitioner_id as "signedById", gs.name as "signedByName", g.signed_on as "signedOn", g.signed_at as "signedAt", g.meaning, g.signed_sha256 as "signedSha256",
  g.document_id as "documentId", g.paper_document_id as "paperDocumentId", o.status as "ehrStatus", o.receipt as "ehrReceipt"`
const joins = sql`from care_plan_versions v
  join staff w on w.tenant_id = v.tenant_id and w.id = v.written_by
  left join care_plan_submissions u on u.tenant_id = v.tenant_id and u.version_id = v.id
  left join staff us on us.tenant_id = u.tenant_id and us.id = u.submitted_by
  left join care_plan_returns r on r.tenant_id = v.tenant_id and r.version_id = v.id
  left join staff rs on rs.tenant_id = r.tenant_id and rs.id = r.returned_by
  left join care_plan_signatures g on g.tenant_id = v.tenant_id and g.version_id = v.id
  left join staff gs on gs.tenant_id = g.tenant_id and gs.id = g.practitioner_id
  left join lateral (select status, receipt from ehr_outbox o where o.tenant_id = g.tenant_id and o.document_id = g.paper_document_id order by queued_at desc limit 1) o on true`

function rowOf(flat: FlatRow): VersionRow {
  return {
    id: flat.id,
    planId: flat.planId,
    number: flat.number,
    content: CarePlanContent.parse(flat.content),
    contentSha256: flat.contentSha256,
    changeNote: flat.changeNote,
    writtenById: flat.writtenById,
    writtenByName: flat.writtenByName,
    writtenAt: flat.writtenAt,
    submission:
      flat.submittedById === null || flat.submittedAt === null
        ? null
        : {
            byId: flat.submittedById,
            byName: flat.submittedByName ?? '',
            at: flat.submittedAt,
            note: flat.submissionNote,
          },
    returned:
      flat.returnedById === null || flat.returnedAt === null
        ? null
        : {
            byId: flat.returnedById,
            byName: flat.returnedByName ?? '',
            at: flat.returnedAt,
            reason: flat.returnReason ?? '',
          },
    signature:
      flat.signedById === null ||
      flat.signedAt === null ||
      flat.signedOn === null ||
      flat.documentId === null ||
      flat.paperDocumentId === null
        ? null
        : {
            byId: flat.signedById,
            byName: flat.signedByName ?? '',
            on: flat.signedOn,
            at: flat.signedAt,
            meaning: flat.meaning ?? '',
            sha256: flat.signedSha256 ?? '',
            documentId: flat.documentId,
            paperDocumentId: flat.paperDocumentId,
            ehrStatus: flat.ehrStatus,
            ehrReceipt: flat.ehrReceipt,
          },
  }
}

export interface PlanRow {
  id: string
  patientId: string
}

export async function findPlan(tx: Tx, patientId: string): Promise<PlanRow | null> {
  const row = await tx.db
    .selectFrom('care_plans')
    .select(['id', 'patient_id'])
    .where('tenant_id', '=', tx.tenantId)
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
  return row === undefined ? null : { id: row.id, patientId: row.patient_id }
}

export async function readPlan(tx: Tx, id: string): Promise<PlanRow> {
  const row = await tx.db
    .selectFrom('care_plans')
    .select(['id', 'patient_id'])
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  const plan = found(row, 'There is no such care plan.')
  return { id: plan.id, patientId: plan.patient_id }
}

export async function insertPlan(tx: Tx, plan: { patientId: string; by: string; now: Date }): Promise<PlanRow> {
  const id = newId()
  await tx.db
    .insertInto('care_plans')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: plan.patientId,
      created_by: plan.by,
      created_at: plan.now,
    })
    .execute()
  return { id, patientId: plan.patientId }
}

/** Every version of a plan, the newest first, at most 500. */
export async function listVersions(tx: Tx, planId: string): Promise<VersionRow[]> {
  const { rows } =
    await sql<FlatRow>`select ${columns} ${joins} where v.tenant_id = ${tx.tenantId} and v.plan_id = ${planId} order by v.number desc limit 500`.execute(
      tx.db,
    )
  return rows.map(rowOf)
}

export async function newestVersion(tx: Tx, planId: string): Promise<VersionRow | null> {
  const { rows } =
    await sql<FlatRow>`select ${columns} ${joins} where v.tenant_id = ${tx.tenantId} and v.plan_id = ${planId} order by v.number desc limit 1`.execute(
      tx.db,
    )
  return rows[0] === undefined ? null : rowOf(rows[0])
}

export async function readVersion(tx: Tx, planId: string, number: number): Promise<VersionRow> {
  const { rows } =
    await sql<FlatRow>`select ${columns} ${joins} where v.tenant_id = ${tx.tenantId} and v.plan_id = ${planId} and v.number = ${number}`.execute(
      tx.db,
    )
  return rowOf(found(rows[0], `The plan has no version ${number}.`))
}

/** The newest version that was signed by a day, or null. */
export async function signedVersionOn(tx: Tx, planId: string, on: string | null): Promise<VersionRow | null> {
  const { rows } = await sql<FlatRow>`select ${columns} ${joins}
    where v.tenant_id = ${tx.tenantId} and v.plan_id = ${planId} and g.id is not null and (${on}::date is null or g.signed_on <= ${on}) order by v.number desc limit 1`.execute(
    tx.db,
  )
  return rows[0] === undefined ? null : rowOf(rows[0])
}

export const contentHash = (content: CarePlanContent): string => sha256(canonicalJson(content))

export async function insertVersion(
  tx: Tx,
  version: { planId: string; number: number; content: CarePlanContent; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('care_plan_versions')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      plan_id: version.planId,
      number: version.number,
      content: json(version.content),
      content_sha256: contentHash(version.content),
      change_note: version.content.revision.note || null,
      written_by: version.by,
      written_at: version.now,
    })
    .execute()
}

export async function insertSubmission(
  tx: Tx,
  submission: { versionId: string; note: string | null; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('care_plan_submissions')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      version_id: submission.versionId,
      note: submission.note,
      submitted_by: submission.by,
      submitted_at: submission.now,
    })
    .execute()
}

export async function insertReturn(
  tx: Tx,
  back: { versionId: string; reason: string; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('care_plan_returns')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      version_id: back.versionId,
      reason: back.reason,
      returned_by: back.by,
      returned_at: back.now,
    })
    .execute()
}

export async function insertSignature(
  tx: Tx,
  signature: {
    versionId: string
    documentId: string
    paperDocumentId: string
    sha256: string
    meaning: string
    by: string
    on: string
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('care_plan_signatures')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      version_id: signature.versionId,
      document_id: signature.documentId,
      paper_document_id: signature.paperDocumentId,
      signed_sha256: signature.sha256,
      meaning: signature.meaning,
      practitioner_id: signature.by,
      signed_on: signature.on,
      signed_at: signature.now,
    })
    .execute()
}

export interface CopyRow {
  versionId: string
  recipient: 'patient' | 'caregiver'
  recipientName: string
  channel: string
  proof: string | null
  givenOn: string
  byId: string
  byName: string
}

export async function insertCopy(
  tx: Tx,
  copy: Omit<CopyRow, 'byId' | 'byName'> & { by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('care_plan_copies')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      version_id: copy.versionId,
      recipient: copy.recipient,
      recipient_name: copy.recipientName,
      channel: copy.channel,
      proof: copy.proof,
      given_on: copy.givenOn,
      given_by: copy.by,
      recorded_at: copy.now,
    })
    .execute()
}

/** Copies of all versions of a plan, the newest first, at most 500. */
export async function listCopies(tx: Tx, planId: string): Promise<CopyRow[]> {
  const { rows } = await sql<CopyRow>`
    select c.version_id as "versionId", c.recipient, c.recipient_name as "recipientName", c.channel, c.proof, c.given_on as "givenOn", c.given_by as "byId", s.name as "byName"
    from care_plan_copies c join care_plan_versions v on v.tenant_id = c.tenant_id and v.id = c.version_id join staff s on s.tenant_id = c.tenant_id and s.id = c.given_by
    where c.tenant_id = ${tx.tenantId} and v.plan_id = ${planId} order by c.given_on desc, c.recorded_at desc limit 500`.execute(
    tx.db,
  )
  return rows
}

export interface WorkingCopy {
  basedOn: number
  content: CarePlanContent
  keptAt: Date
}

export async function readWorkingCopy(tx: Tx, planId: string, staffId: string): Promise<WorkingCopy | null> {
  const row = await tx.db
    .selectFrom('care_plan_working_copies')
    .select(['based_on', 'content', 'kept_at'])
    .where('tenant_id', '=', tx.tenantId)
    .where('plan_id', '=', planId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()
  return row === undefined
    ? null
    : { basedOn: row.based_on, content: CarePlanContent.parse(row.content), keptAt: row.kept_at }
}

export async function keepWorkingCopy(
  tx: Tx,
  copy: { planId: string; staffId: string; basedOn: number; content: CarePlanContent; now: Date },
): Promise<void> {
  const set = { based_on: copy.basedOn, content: json(copy.content), kept_at: copy.now }
  await tx.db
    .insertInto('care_plan_working_copies')
    .values({ tenant_id: tx.tenantId, plan_id: copy.planId, staff_id: copy.staffId, ...set })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'plan_id', 'staff_id']).doUpdateSet(set))
    .execute()
}

export async function deleteWorkingCopy(tx: Tx, planId: string, staffId: string): Promise<void> {
  await tx.db
    .deleteFrom('care_plan_working_copies')
    .where('tenant_id', '=', tx.tenantId)
    .where('plan_id', '=', planId)
    .where('staff_id', '=', staffId)
    .execute()
}
