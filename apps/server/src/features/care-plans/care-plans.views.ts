import type { CarePlan, PlanTemplate, PlanVersion, ToSign } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { sha256 } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { requirePatient } from '../patients/index.ts'
import {
  type CopyRow,
  listCopies,
  newestVersion,
  type PlanRow,
  readVersion,
  readWorkingCopy,
  signedVersionOn,
  type VersionRow,
} from './care-plans.store.ts'
import { completenessOf, stateOf } from './care-plans.ts'
import { planDiff } from './plan-diff.ts'
import { planLines, planText } from './plan-lines.ts'
import { nameOf, templates } from './templates/index.ts'

export function presentVersion(row: VersionRow, copies: readonly CopyRow[]): PlanVersion {
  return {
    number: row.number,
    state: stateOf(row),
    writtenBy: { id: row.writtenById, name: row.writtenByName },
    writtenAt: row.writtenAt.toISOString(),
    changeNote: row.changeNote,
    submission:
      row.submission === null
        ? null
        : {
            by: { id: row.submission.byId, name: row.submission.byName },
            at: row.submission.at.toISOString(),
            note: row.submission.note,
          },
    returned:
      row.returned === null
        ? null
        : {
            by: { id: row.returned.byId, name: row.returned.byName },
            at: row.returned.at.toISOString(),
            reason: row.returned.reason,
          },
    signature:
      row.signature === null
        ? null
        : {
            by: { id: row.signature.byId, name: row.signature.byName },
            on: row.signature.on,
            at: row.signature.at.toISOString(),
            meaning: row.signature.meaning,
            sha256: row.signature.sha256,
            documentId: row.signature.documentId,
            paperDocumentId: row.signature.paperDocumentId,
            ehr: { status: row.signature.ehrStatus ?? 'none', receipt: row.signature.ehrReceipt },
          },
    copies: copies
      .filter((copy) => copy.versionId === row.id)
      .map((copy) => ({
        recipient: copy.recipient,
        recipientName: copy.recipientName,
        channel: copy.channel,
        proof: copy.proof,
        givenOn: copy.givenOn,
        by: { id: copy.byId, name: copy.byName },
      })),
  }
}

/** The words of a version as they are signed. */
export function textOf(
  patient: { name: string; bornOn: string | null },
  version: Pick<VersionRow, 'planId' | 'number' | 'content' | 'contentSha256'>,
): string {
  return planText({
    patientName: patient.name,
    bornOn: patient.bornOn,
    planId: version.planId,
    number: version.number,
    content: version.content,
    contentSha256: version.contentSha256,
  })
}

/** A plan with its newest version, its state, what it lacks, and what this person typed and did not save. */
export async function presentPlan(ctx: Pick<Ctx, 'tx' | 'by'>, plan: PlanRow): Promise<CarePlan> {
  const { tx } = ctx
  const patient = await requirePatient(tx, plan.patientId)
  const newest = found(await newestVersion(tx, plan.id), 'The plan has no version.')
  const signed = await signedVersionOn(tx, plan.id, null)
  const copies = await listCopies(tx, plan.id)
  const working = await readWorkingCopy(tx, plan.id, ctx.by)
  const text = textOf(patient, newest)
  return {
    id: plan.id,
    patient: { id: patient.id, name: patient.name, bornOn: patient.bornOn, deceased: patient.deceased },
    state: stateOf(newest),
    newest: presentVersion(newest, copies),
    content: newest.content,
    text,
    textSha256: sha256(text),
    lines: planLines(newest.content),
    completeness: completenessOf(newest.content),
    signed: signed === null ? null : presentVersion(signed, copies),
    workingCopy:
      working === null
        ? null
        : { basedOn: working.basedOn, content: working.content, keptAt: working.keptAt.toISOString() },
  }
}

export function presentTemplates(): PlanTemplate[] {
  return templates.map((template) => ({
    id: template.id,
    title: template.title,
    version: nameOf(template),
    groups: [...template.groups],
    cites: [...template.cites],
    counts: {
      goals: template.goals.length,
      interventions: template.interventions.length,
      symptoms: template.symptoms.length,
    },
  }))
}

interface WaitingRow {
  planId: string
  number: number
  patientId: string
  patientName: string
  bornOn: string | null
  total: number
}

/** Plans whose newest version is submitted and neither signed nor returned, with their difference since the last signature. */
export async function listToSign(tx: Tx, limit: number): Promise<{ items: ToSign[]; total: number }> {
  const { rows } = await sql<WaitingRow>`
    select l.id as "planId", v.number, p.id as "patientId", p.given || ' ' || p.family as "patientName", p.born_on as "bornOn", count(*) over ()::int as total
    from care_plan_submissions u
    join care_plan_versions v on v.tenant_id = u.tenant_id and v.id = u.version_id
    join care_plans l on l.tenant_id = v.tenant_id and l.id = v.plan_id
    join patients p on p.tenant_id = l.tenant_id and p.id = l.patient_id
    where u.tenant_id = ${tx.tenantId} and not p.deceased
      and not exists (select 1 from care_plan_signatures g where g.tenant_id = v.tenant_id and g.version_id = v.id)
      and not exists (select 1 from care_plan_returns r where r.tenant_id = v.tenant_id and r.version_id = v.id)
      and not exists (select 1 from care_plan_versions n where n.tenant_id = v.tenant_id and n.plan_id = v.plan_id and n.number > v.number)
    order by u.submitted_at, l.id limit ${limit}`.execute(tx.db)
  const items: ToSign[] = []
  for (const row of rows) {
    const version = await readVersion(tx, row.planId, row.number)
    const signed = await signedVersionOn(tx, row.planId, null)
    const { submission } = version
    if (submission === null) continue
    items.push({
      planId: row.planId,
      patient: { id: row.patientId, name: row.patientName, bornOn: row.bornOn },
      number: row.number,
      textSha256: sha256(textOf({ name: row.patientName, bornOn: row.bornOn }, version)),
      submittedBy: { id: submission.byId, name: submission.byName },
      submittedAt: submission.at.toISOString(),
      changeNote: version.changeNote,
      note: submission.note,
      lastSignedOn: signed?.signature?.on ?? null,
      diff: planDiff(signed, version),
    })
  }
  return { items, total: rows[0]?.total ?? 0 }
}

/** The patient's language for paper: what the clinic was told last, else the EHR's. */
export async function paperLanguage(tx: Tx, patientId: string): Promise<'en' | 'es'> {
  const { rows } = await sql<{ language: string | null }>`
    select coalesce((select language from patient_contacts c where c.tenant_id = p.tenant_id and c.patient_id = p.id and c.language is not null order by recorded_at desc limit 1), p.language) as language
    from patients p where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  return /^(es|spa)/i.test(rows[0]?.language ?? '') ? 'es' : 'en'
}
