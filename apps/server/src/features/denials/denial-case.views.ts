import type { ClaimStatus, DenialCase, Person } from '@keepwell/contract'
import { type Facts, localDateOf } from '@keepwell/rules'
import { reasonOf } from '@keepwell/x12'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'
import { takesReplacements } from '../claims/index.ts'
import { readClinic } from '../clinics/index.ts'
import { codeTexts } from '../code-lists/index.ts'
import { readRecord } from '../months/index.ts'
import { type AppealFile, letterOf } from './appeal-paper.ts'
import { readDenial } from './denials.views.ts'
import { waysOf } from './ways.ts'

interface CaseRow {
  claimId: string
  clinicId: string
  patientId: string
  month: string
  controlNumber: string
  claimStatus: ClaimStatus
  payerClaimNumber: string | null
  serviceOn: string
  diagnoses: string[]
  snapshotSha256: string
  subscriber: { family: string; given: string; bornOn: string | null; mbi: string | null }
  practitioner: { name: string; npi: string | null }
  lines: { code: string; units: number; chargeCents: number }[]
  paidOn: string
  trace: string
  payerName: string
  replacedBy: { id: string; controlNumber: string } | null
  bySupplement: boolean
}

async function readCase(tx: Tx, denialId: string): Promise<CaseRow> {
  const { rows } = await sql<CaseRow>`
    select c.id as "claimId", c.clinic_id as "clinicId", c.patient_id as "patientId", c.month, c.control_number as "controlNumber", c.status as "claimStatus",
      c.payer_claim_number as "payerClaimNumber", c.service_on as "serviceOn", c.diagnoses, c.snapshot_sha256 as "snapshotSha256", c.subscriber,
      jsonb_build_object('name', s.name, 'npi', s.npi) as practitioner,
      (select jsonb_agg(jsonb_build_object('code', l.code, 'units', l.units, 'chargeCents', l.charge_cents) order by l.number) from claim_lines l
        where l.tenant_id = c.tenant_id and l.claim_id = c.id) as lines,
      c.follows_claim_id is not null as "bySupplement", r.paid_on as "paidOn", r.trace, r.payer_name as "payerName",
      (select jsonb_build_object('id', n.id, 'controlNumber', n.control_number) from claims n
        where n.tenant_id = c.tenant_id and n.replaces_claim_id = c.id order by n.created_at desc limit 1) as "replacedBy"
    from denials d join claims c on c.tenant_id = d.tenant_id and c.id = d.claim_id
    join staff s on s.tenant_id = c.tenant_id and s.id = c.practitioner_id
    join remittance_claims rc on rc.tenant_id = d.tenant_id and rc.id = d.remittance_claim_id
    join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
    where d.tenant_id = ${tx.tenantId} and d.id = ${denialId}`.execute(tx.db)
  return found(rows[0], 'There is no such denial.')
}

type DeedRow = Omit<DenialCase['deeds'][number], 'at'> & { at: Date }

/** One denial with its ways, its evidence, the drafted letter and what was done. */
export async function denialCase(tx: Tx, id: string, today: string): Promise<DenialCase & { patientId: string }> {
  const denial = await readDenial(tx, id, today)
  const row = await readCase(tx, id)
  const deeds = await sql<DeedRow>`
    select d.id, d.kind, d.sentence, d.reference, d.due_on as "dueOn", d.claim_id as "claimId", jsonb_build_object('id', s.id, 'name', s.name) as by, d.recorded_at as at
    from denial_deeds d join staff s on s.tenant_id = d.tenant_id and s.id = d.recorded_by
    where d.tenant_id = ${tx.tenantId} and d.denial_id = ${id} order by d.recorded_at, d.id limit 200`.execute(tx.db)
  const owners = await sql<Person>`
    select id, name from staff where tenant_id = ${tx.tenantId} and active and roles && array['biller', 'front_desk', 'provider', 'ccm_manager']::text[] order by name limit 200`.execute(
    tx.db,
  )
  const file = await appealFile(tx, denial, row, today)
  return {
    ...denial,
    ways: waysOf({
      kind: denial.kind,
      code: denial.adjustment?.code ?? null,
      remarks: denial.remarks.map(({ code }) => code),
      appealable: denial.appealable,
      nextStep: denial.nextStep,
      paidOn: row.paidOn,
      serviceOn: row.serviceOn,
      today,
      claimStatus: row.claimStatus,
      payerClaimNumber: row.payerClaimNumber,
      acceptsReplacement: await takesReplacements(tx, row.clinicId, today),
      bySupplement: row.bySupplement,
    }),
    deeds: deeds.rows.map((deed) => ({ ...deed, at: deed.at.toISOString() })),
    owners: owners.rows,
    evidence: [...file.evidence],
    letter: letterOf(file),
    replacedBy: row.replacedBy,
    payerClaimNumber: row.payerClaimNumber,
  }
}

/** What the packet prints. */
export async function packetOf(tx: Tx, id: string, today: string): Promise<AppealFile & { patientId: string }> {
  const denial = await readDenial(tx, id, today)
  const row = await readCase(tx, id)
  return { ...(await appealFile(tx, denial, row, today)), patientId: row.patientId }
}

/** A reason in the words of the clinic's list of the day of payment, else in ours. */
async function reasonWords(tx: Tx, code: string, on: string): Promise<string> {
  const texts = await codeTexts(tx, [{ list: 'carc', code, on }])
  return texts('carc', code, on) ?? `${reasonOf(code).meaning}.`
}

async function appealFile(
  tx: Tx,
  denial: Awaited<ReturnType<typeof readDenial>>,
  row: CaseRow,
  today: string,
): Promise<AppealFile> {
  const clinic = await readClinic(tx, row.clinicId)
  const { rows: frozen } = await sql<{ record: Uint8Array; frozenAt: Date }>`
    select record, frozen_at as "frozenAt" from closed_months
    where tenant_id = ${tx.tenantId} and month = ${row.month} and patient_id = ${row.patientId}`.execute(tx.db)
  const events = await sql<{ at: Date; sentence: string }>`
    select happened_at as at, sentence from claim_events where tenant_id = ${tx.tenantId} and claim_id = ${row.claimId} order by happened_at, id limit 100`.execute(
    tx.db,
  )
  const month = frozen[0] === undefined ? undefined : { ...readRecord(frozen[0].record), frozenAt: frozen[0].frozenAt }
  const facts = month?.facts
  const people = await namesOf(tx, [...new Set((facts?.time ?? []).map(({ person }) => person))])
  const name = `${row.subscriber.given} ${row.subscriber.family}`
  return {
    clinic,
    payerName: row.payerName,
    patient: { name, bornOn: row.subscriber.bornOn, mbi: row.subscriber.mbi },
    practitioner: row.practitioner,
    controlNumber: row.controlNumber,
    payerClaimNumber: row.payerClaimNumber,
    month: row.month,
    serviceOn: row.serviceOn,
    diagnoses: row.diagnoses,
    lines: row.lines,
    decision: {
      paidOn: row.paidOn,
      trace: row.trace,
      code: denial.adjustment?.code ?? null,
      group: denial.adjustment?.group ?? null,
      remarks: denial.remarks.map(({ code }) => code),
      meaning: denial.adjustment === null ? denial.cause : await reasonWords(tx, denial.adjustment.code, row.paidOn),
    },
    amountCents: denial.amountCents,
    evidence: facts === undefined ? [] : evidenceOf(facts, month?.verdict.minutes.countedSeconds ?? 0, clinic.timeZone),
    time: (facts?.time ?? []).map((entry) => ({
      at: new Date(entry.start),
      seconds: Math.round((Date.parse(entry.end) - Date.parse(entry.start)) / 1000),
      activity: (entry.activity ?? 'care management').replaceAll('_', ' '),
      person: people.get(entry.person) ?? 'care team',
    })),
    findings: (month?.verdict.findings ?? [])
      .filter(({ status }) => status === 'pass' || status === 'info')
      .map(({ sentence }) => sentence),
    events: events.rows,
    snapshotSha256: row.snapshotSha256,
    timeZone: clinic.timeZone,
    today,
  }
}

async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const uuids = ids.filter((id) => /^[0-9a-f-]{36}$/.test(id))
  if (uuids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; title: string }>`
    select id, name, title from staff where tenant_id = ${tx.tenantId} and id = any (${uuids}::uuid[]) limit 500`.execute(
    tx.db,
  )
  return new Map(rows.map(({ id, name, title }) => [id, title === '' ? name : `${name}, ${title}`]))
}

/** What the frozen record proves, in the order in which a reviewer asks. */
function evidenceOf(facts: Facts, countedSeconds: number, timeZone: string): { label: string; text: string }[] {
  const { consent, initiatingVisit, conditions, carePlan } = facts
  const facing = consent?.faceToFace === true ? ', face to face' : ''
  return [
    ...(consent?.givenOn == null
      ? []
      : [{ label: 'Consent', text: `${consent.form ?? 'given'} consent on ${dayWords(consent.givenOn)}${facing}` }]),
    ...(initiatingVisit == null
      ? []
      : [{ label: 'Initiating visit', text: `${initiatingVisit.code} on ${dayWords(initiatingVisit.on)}` }]),
    ...(conditions == null || conditions.length === 0
      ? []
      : [
          {
            label: 'Chronic conditions',
            text: `${conditions.map(({ code }) => code).join(', ')}, attested by the practitioner`,
          },
        ]),
    ...(carePlan?.approvedOn == null
      ? []
      : [
          {
            label: 'Care plan',
            text: `approved on ${dayWords(carePlan.approvedOn)}${carePlan.copyGivenOn == null ? '' : `, copy given on ${dayWords(carePlan.copyGivenOn)}`}`,
          },
        ]),
    ...(facts.access24x7 === true ? [{ label: 'Access', text: 'day and night, with the care plan at hand' }] : []),
    {
      label: 'Minutes',
      text: `${Math.floor(countedSeconds / 60)} minutes counted in ${facts.month}, in ${facts.time?.length ?? 0} entries${lastDayText(facts, timeZone)}`,
    },
  ]
}

function lastDayText(facts: Facts, timeZone: string): string {
  const last = (facts.time ?? []).map(({ end }) => Date.parse(end)).sort((a, b) => b - a)[0]
  return last === undefined ? '' : `, the last on ${dayWords(localDateOf(last, timeZone))}`
}
