import type {
  Attestation,
  AttestationEvidence,
  AwaitingItem,
  DecisionRecord,
  EnrollmentStatus,
  InitiatingVisits,
  PlanState,
} from '@keepwell/contract'
import { conditionsNeeded, initiatingVisitCodes, localDateOf, monthOfDate, valueOn } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { canonicalJson, sha256 } from '../../kernel/ids.ts'
import { policyOn } from '../clinics/index.ts'
import { consentOn, listConsents } from '../consents/index.ts'
import { requirePatient } from '../patients/index.ts'
import { type Chart, judgeChart, readChart } from './chart.views.ts'
import {
  type AttestationRow,
  type DecisionRow,
  listAssignments,
  listAttestations,
  listRecordedVisits,
  readEnrollment,
  type VisitRow,
} from './enrollments.store.ts'
import {
  attestationStatement,
  type EnrollmentFacts,
  isEnrolledOn,
  judgeVisit,
  missingPieces,
  pathOf,
  visitCode,
  visitNeeded,
  visitWords,
} from './enrollments.ts'

type Place = Pick<Ctx, 'tx' | 'clinicId' | 'today' | 'timeZone'>

export function presentAttestation(row: AttestationRow): Attestation {
  return {
    id: row.id,
    patientId: row.patientId,
    practitioner: { id: row.practitionerId, name: row.practitionerName },
    attestedOn: row.attestedOn,
    attestedAt: row.attestedAt.toISOString(),
    lasts12Months: row.lasts12Months,
    significantRisk: row.significantRisk,
    conditions: row.conditions,
    factsSha256: row.factsSha256,
    statement: row.statement,
  }
}

export function presentDecision(row: DecisionRow): DecisionRecord {
  return {
    id: row.id,
    patientId: row.patientId,
    month: row.month,
    level: row.level,
    rationale: row.rationale,
    practitioner: { id: row.practitionerId, name: row.practitionerName },
    documentedOn: row.documentedOn,
    recordedAt: row.recordedAt.toISOString(),
  }
}

/** What a provider sees before attesting, and the facts that are kept with the attestation. */
export async function evidenceOf(
  place: Place,
  patientId: string,
): Promise<{ evidence: AttestationEvidence; facts: unknown }> {
  const chart = await readChart(place.tx, patientId, place.today, place.timeZone)
  const { eligibility, risk } = judgeChart(chart, place.today)
  const facts = {
    bornOn: chart.bornOn ?? null,
    diedOn: chart.diedOn ?? null,
    groups: eligibility.groups.map((hit) => ({ group: hit.group, icd10: hit.icd10, evidence: hit.evidence })),
    suspected: eligibility.suspected,
    risk,
  }
  return {
    facts: { asOf: place.today, ...facts },
    evidence: {
      asOf: place.today,
      candidates: eligibility.groups.map((hit) => ({
        group: hit.group,
        label: hit.label,
        use: hit.use,
        icd10: hit.icd10,
        evidence: hit.evidence.map((one) => ({ ...one })),
      })),
      suspected: eligibility.suspected.map(({ conditionId, display, code, why }) => ({
        conditionId,
        display,
        code,
        why,
      })),
      risk: {
        level: risk.level,
        score: risk.score,
        points: risk.points.map((point) => ({ ...point, evidence: [...point.evidence] })),
      },
      conditionsNeeded: valueOn(conditionsNeeded, monthOfDate(place.today)),
      statement: attestationStatement,
      factsSha256: sha256(canonicalJson(facts)),
    },
  }
}

interface OpenRequest {
  taskId: string
  at: Date
  byId: string
  byName: string
}

/** The open wish for a starting visit, or null. */
export async function openVisitRequest(tx: Tx, patientId: string): Promise<OpenRequest | null> {
  const { rows } = await sql<OpenRequest>`
    select t.id as "taskId", t.created_at as at, t.created_by as "byId", s.name as "byName"
    from tasks t join staff s on s.tenant_id = t.tenant_id and s.id = t.created_by
    where t.tenant_id = ${tx.tenantId} and t.patient_id = ${patientId} and t.kind = ${visitTaskKind} and t.done_at is null order by t.created_at desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}
export const visitTaskKind = 'book_initiating_visit'

/** Visits of the last year that may start care, what was recorded, and whether one is needed at all. */
export async function visitsOf(place: Place, patientId: string): Promise<InitiatingVisits> {
  const chart = await readChart(place.tx, patientId, place.today, place.timeZone)
  const recorded = await listRecordedVisits(place.tx, patientId)
  const asked = await openVisitRequest(place.tx, patientId)
  const needed = visitNeeded(chart.visits, place.today)
  const found = chart.visits
    .map((visit) => ({
      encounterId: visit.id,
      on: visit.on,
      kind: visitWords(visit.chartKind),
      code: visitCode(visit.code ?? null),
      display: visit.display,
      byVideo: visit.chartKind === 'virtual',
      ...judgeVisit({ kind: visit.chartKind, code: visit.code ?? null, on: visit.on }, place.today),
    }))
    .filter((visit) => visit.why !== 'It lies more than a year back.')
    .sort((a, b) => rank[a.fits] - rank[b.fits] || (a.on < b.on ? 1 : -1))
    .slice(0, 40)
  return {
    ...needed,
    found,
    recorded: recorded.map(presentVisit),
    startingVisitId: startingVisit(recorded, place.today, await videoOn(place))?.id ?? null,
    codes: [...valueOn(initiatingVisitCodes, monthOfDate(place.today))],
    askedFor:
      asked === null
        ? null
        : {
            taskId: asked.taskId,
            on: localDateOf(asked.at.getTime(), place.timeZone),
            by: { id: asked.byId, name: asked.byName },
          },
  }
}
const rank = { yes: 0, ask: 1, no: 2 }

const presentVisit = (row: VisitRow): InitiatingVisits['recorded'][number] => ({
  id: row.id,
  on: row.on,
  code: row.code,
  ccmDiscussed: row.ccmDiscussed,
  byVideo: row.byVideo,
  extensivePlanning: row.extensivePlanning,
  note: row.note,
  practitioner: { id: row.practitionerId, name: row.practitionerName },
  recordedBy: { id: row.recordedById, name: row.recordedByName },
  recordedAt: row.recordedAt.toISOString(),
  encounterId: row.encounterId,
})

/** Whether the clinic lets a visit by video start care. */
const videoOn = ({ tx, clinicId, today }: Place) => policyOn(tx, clinicId, 'policy.telehealth_visit', today)

/** The newest recorded visit that may start care today and in which CCM was discussed. */
export function startingVisit(recorded: readonly VisitRow[], today: string, video: string): VisitRow | null {
  return (
    recorded.find(
      (visit) =>
        visit.ccmDiscussed &&
        !(visit.byVideo === true && video === 'refuse') &&
        judgeVisit({ kind: 'office', code: visit.code, on: visit.on }, today).fits === 'yes',
    ) ?? null
  )
}

export interface Standing {
  facts: EnrollmentFacts
  consent: Awaited<ReturnType<typeof consentOn>>
  attestation: AttestationRow | null
  visit: VisitRow | null
  chart: Chart
}

/** Everything that an enrollment rests on, read once. */
export async function standingOf(place: Place, patientId: string): Promise<Standing> {
  const patient = await requirePatient(place.tx, patientId)
  const chart = await readChart(place.tx, patientId, place.today, place.timeZone)
  const enrollment = await readEnrollment(place.tx, patientId)
  const consent = await consentOn(place.tx, patientId, place.today)
  const attestation = (await listAttestations(place.tx, patientId))[0] ?? null
  const visit = startingVisit(await listRecordedVisits(place.tx, patientId), place.today, await videoOn(place))
  const { needed, why } = visitNeeded(chart.visits, place.today)
  return {
    consent,
    attestation,
    visit,
    chart,
    facts: {
      deceased: patient.deceased,
      enrolled: isEnrolledOn(enrollment, place.today),
      consentGivenOn: consent?.givenOn ?? null,
      attestedOn: attestation?.attestedOn ?? null,
      visitNeeded: needed,
      visitWhy: why,
      startingVisitOn: visit?.on ?? null,
    },
  }
}

interface PlanStanding {
  state: PlanState
  signedOn: string | null
  copyGivenOn: string | null
}

const planColumns = sql`
  case when v.id is null then 'none' when g.id is not null then 'signed' when r.id is not null then 'returned' when u.id is not null then 'submitted' else 'draft' end as state,
  f.signed_on as "signedOn", k.given_on as "copyGivenOn"`
const planJoins = (patient: ReturnType<typeof sql>) => sql`
  left join care_plans l on l.tenant_id = ${patient}.tenant_id and l.patient_id = ${patient}.id
  left join lateral (select v.id from care_plan_versions v where v.tenant_id = l.tenant_id and v.plan_id = l.id order by v.number desc limit 1) v on true
  left join care_plan_submissions u on u.tenant_id = l.tenant_id and u.version_id = v.id
  left join care_plan_returns r on r.tenant_id = l.tenant_id and r.version_id = v.id
  left join care_plan_signatures g on g.tenant_id = l.tenant_id and g.version_id = v.id
  left join lateral (select g2.signed_on from care_plan_signatures g2 join care_plan_versions v2 on v2.tenant_id = g2.tenant_id and v2.id = g2.version_id
    where v2.tenant_id = l.tenant_id and v2.plan_id = l.id order by v2.number desc limit 1) f on true
  left join lateral (select min(c.given_on) as given_on from care_plan_copies c join care_plan_versions v3 on v3.tenant_id = c.tenant_id and v3.id = c.version_id
    where v3.tenant_id = l.tenant_id and v3.plan_id = l.id) k on true`

async function planStanding(tx: Tx, patientId: string): Promise<PlanStanding> {
  const { rows } = await sql<PlanStanding>`select ${planColumns} from patients p ${planJoins(sql.ref('p') as never)}
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  return rows[0] ?? { state: 'none', signedOn: null, copyGivenOn: null }
}

/** The whole path of one patient, as the page and others show it. */
export async function statusOf(place: Place, patientId: string): Promise<EnrollmentStatus> {
  const { tx, today } = place
  const standing = await standingOf(place, patientId)
  const enrollment = await readEnrollment(tx, patientId)
  const { eligibility } = judgeChart(standing.chart, today)
  const plan = await planStanding(tx, patientId)
  const introduced = await sql<{
    on: Date | null
  }>`select min(recorded_at) as on from introductions where tenant_id = ${tx.tenantId} and patient_id = ${patientId}`.execute(
    tx.db,
  )
  const stopped = (await listConsents(tx, patientId))[0]?.revocation ?? null
  const introducedAt = introduced.rows[0]?.on ?? null
  const steps = pathOf({
    ...standing.facts,
    today,
    groups: eligibility.groups,
    eligibilityReasons: eligibility.reasons,
    proposed: eligibility.proposed,
    introducedOn: introducedAt === null ? null : localDateOf(introducedAt.getTime(), place.timeZone),
    consentStoppedOn: stopped?.effectiveOn ?? null,
    enrolledOn: standing.facts.enrolled ? (enrollment?.enrolledOn ?? null) : null,
    endedOn: enrollment?.endedOn ?? null,
    planState: plan.state,
    planSignedOn: plan.signedOn,
    copyGivenOn: plan.copyGivenOn,
  })
  return {
    patientId,
    steps,
    enrolled: standing.facts.enrolled,
    enrollment:
      enrollment === null
        ? null
        : {
            id: enrollment.id,
            enrolledOn: enrollment.enrolledOn,
            enrolledBy: { id: enrollment.enrolledById, name: enrollment.enrolledByName },
            practitioner: { id: enrollment.practitionerId, name: enrollment.practitionerName },
            newOrNotSeenWithinYear: enrollment.newOrNotSeenWithinYear,
            end:
              enrollment.endedOn === null || enrollment.endReason === null || enrollment.endedById === null
                ? null
                : {
                    on: enrollment.endedOn,
                    reason: enrollment.endReason,
                    note: enrollment.endNote,
                    by: { id: enrollment.endedById, name: enrollment.endedByName ?? '' },
                  },
          },
    careManager:
      enrollment?.careManagerId == null
        ? null
        : { id: enrollment.careManagerId, name: enrollment.careManagerName ?? '' },
    assignments: (await listAssignments(tx, patientId)).map((row) => ({
      careManager: { id: row.careManagerId, name: row.careManagerName },
      fromOn: row.fromOn,
      reason: row.reason,
      by: { id: row.byId, name: row.byName },
    })),
    missing: missingPieces(standing.facts),
    attestation: standing.attestation === null ? null : presentAttestation(standing.attestation),
    careManagers: await listCareManagers(tx, today),
  }
}

/** Who may be a designated care manager, with the number of patients they have now; at most 200. */
export async function listCareManagers(
  tx: Tx,
  today: string,
): Promise<{ id: string; name: string; patients: number }[]> {
  const { rows } = await sql<{ id: string; name: string; patients: number }>`
    with now as (${enrolledNow(tx, today)})
    select s.id, s.name, (select count(*)::int from now where now.care_manager_id = s.id) as patients
    from staff s where s.tenant_id = ${tx.tenantId} and s.active and s.roles && array['care_manager']::text[] order by s.name limit 200`.execute(
    tx.db,
  )
  return rows
}

/** Enrollments that hold today with their designated care manager. */
const enrolledNow = (tx: Tx, today: string) => sql`
  select e.patient_id, e.enrolled_on, e.practitioner_id, a.care_manager_id from enrollments e
  left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
  left join lateral (select care_manager_id from care_manager_assignments a where a.tenant_id = e.tenant_id and a.patient_id = e.patient_id
    order by from_on desc, assigned_at desc, a.id desc limit 1) a on true
  where e.tenant_id = ${tx.tenantId} and e.enrolled_on <= ${today} and (x.ended_on is null or x.ended_on >= ${today})`

interface CaseloadRow extends PlanStanding {
  patientId: string
  patientName: string
  bornOn: string | null
  enrolledOn: string
  careManagerId: string | null
  careManagerName: string | null
  practitionerId: string
  practitionerName: string
  total: number
}

export async function listCaseload(tx: Tx, today: string, careManagerId: string | null, limit: number) {
  const { rows } = await sql<CaseloadRow>`
    with now as (${enrolledNow(tx, today)})
    select p.id as "patientId", p.given || ' ' || p.family as "patientName", p.born_on as "bornOn", now.enrolled_on as "enrolledOn",
      now.care_manager_id as "careManagerId", m.name as "careManagerName", d.id as "practitionerId", d.name as "practitionerName", ${planColumns}, count(*) over ()::int as total
    from now join patients p on p.tenant_id = ${tx.tenantId} and p.id = now.patient_id
    left join staff m on m.tenant_id = ${tx.tenantId} and m.id = now.care_manager_id
    join staff d on d.tenant_id = ${tx.tenantId} and d.id = now.practitioner_id
    ${planJoins(sql.ref('p') as never)}
    where ${careManagerId}::uuid is null or now.care_manager_id = ${careManagerId}
    order by p.family, p.given, p.id limit ${limit}`.execute(tx.db)
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map((row) => ({
      patientId: row.patientId,
      patientName: row.patientName,
      bornOn: row.bornOn,
      enrolledOn: row.enrolledOn,
      careManager: row.careManagerId === null ? null : { id: row.careManagerId, name: row.careManagerName ?? '' },
      practitioner: { id: row.practitionerId, name: row.practitionerName },
      planState: row.state,
      planSignedOn: row.signedOn,
      copyGivenOn: row.copyGivenOn,
    })),
  }
}

/** Patients with a consent in force who are alive and not enrolled today, those who waited longest first. */
export async function listAwaiting(place: Place, limit: number): Promise<{ items: AwaitingItem[]; total: number }> {
  const { tx, today } = place
  const { rows } = await sql<{ id: string; name: string; bornOn: string | null; total: number }>`
    with now as (${enrolledNow(tx, today)})
    select p.id, p.given || ' ' || p.family as name, p.born_on as "bornOn", count(*) over ()::int as total from patients p
    where p.tenant_id = ${tx.tenantId} and not p.deceased and not exists (select 1 from now where now.patient_id = p.id)
      and exists (select 1 from consents c left join consent_revocations r on r.tenant_id = c.tenant_id and r.consent_id = c.id
        where c.tenant_id = p.tenant_id and c.patient_id = p.id and c.given_on <= ${today} and (r.id is null or r.effective_on >= ${today}))
    order by (select max(c.given_at) from consents c where c.tenant_id = p.tenant_id and c.patient_id = p.id), p.id limit ${limit}`.execute(
    tx.db,
  )
  const items: AwaitingItem[] = []
  for (const row of rows) {
    const standing = await standingOf(place, row.id)
    if (standing.consent === null) continue
    const { eligibility } = judgeChart(standing.chart, today)
    items.push({
      patientId: row.id,
      patientName: row.name,
      bornOn: row.bornOn,
      consentedOn: standing.consent.givenOn,
      practitioner: { id: standing.consent.practitionerId, name: standing.consent.practitionerName },
      attestedOn: standing.facts.attestedOn,
      conditions: eligibility.groups.map((hit) => hit.label),
      missing: missingPieces(standing.facts),
    })
  }
  return { items, total: rows[0]?.total ?? 0 }
}

/** Whether a close of the month has begun: then nothing of the month changes silently. */
export async function isClosed(tx: Tx, clinicId: string, month: string): Promise<boolean> {
  const { rows } =
    await sql`select id from month_closes where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} limit 1`.execute(
      tx.db,
    )
  return rows.length > 0
}
