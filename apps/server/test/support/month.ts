import { appendAuditEvent } from '../../src/audit/audit.ts'
import { json, type Tx } from '../../src/db/database.ts'
import { insertDocument } from '../../src/features/documents/index.ts'
import { newId } from '../../src/kernel/ids.ts'
import { mrsDiaz, type PersonName, type Story, type StoryPatient } from './story.ts'

/** One piece of work; by default Rosa's call on the 6th of the month at 10:00 in New York. */
export interface Work {
  by?: PersonName
  /** ISO instant. */
  startedAt?: string
  seconds: number
  activity?: string
  program?: string
  personalCcm?: boolean
  credential?: string
  /** Written by hand and waiting for a second person. */
  waiting?: boolean
}

/** What is different about this month from the one in which everything is in order. `null` takes the record away. */
export interface MonthStory {
  month: string
  patient: Partial<StoryPatient>
  consent: {
    givenOn?: string
    form?: 'written' | 'scanned' | 'verbal'
    told?: string[]
    withdrawnOn?: string
  } | null
  attestation: { attestedOn?: string; codes?: string[] } | null
  newPatient: boolean
  visit: { on: string; code: string; ccmDiscussed?: boolean; byVideo?: boolean; extensivePlanning?: boolean } | null
  plan: { signedOn?: string | null; copyOn?: string | null } | null
  careManager: PersonName | null
  /** The newest answered 271; null where nobody asked. */
  check: {
    qmb?: 'yes' | 'no' | 'unknown'
    leftCents?: number | null
    serviceOn?: string
    partB?: 'yes' | 'no' | 'unknown'
  } | null
  coverages: { kind: string; from: string | null; to: string | null }[]
  decision: 'low' | 'moderate' | 'high' | null
  work: Work[]
  stays: { from: string; to: string | null }[]
  otherServices: { code: string; on: string; practitioner: 'same' | 'same_group' | 'other' }[]
  enrolledOn: string | null
  endedOn: string | null
}

const everyStatement = ['availability_and_cost', 'one_practitioner', 'right_to_stop']

/** Facts that a story puts straight into the tables are told like the deed that would have written them. */
async function tell(tx: Tx, patientId: string): Promise<void> {
  await appendAuditEvent(tx, {
    deed: 'story.told',
    endpoint: 'story.told',
    actor: {
      id: null,
      name: 'The story',
      roles: [],
      tenantId: tx.tenantId,
      clinic: { id: '', name: '', timeZone: 'UTC', phone: '' },
      system: true,
    },
    patientId,
    outcome: 'done',
    at: new Date('2026-01-12T15:00:00Z'),
  })
}

/** A patient whose month may be billed as 99490, changed as told: facts straight into the tables. Answers the patient's id. */
export async function billableMonth(
  story: Pick<Story, 'look' | 'as' | 'clinicId' | 'addPatient'>,
  change: Partial<MonthStory> = {},
): Promise<string> {
  const month = change.month ?? '2026-10'
  const told: MonthStory = {
    month,
    patient: {},
    consent: {},
    attestation: {},
    newPatient: false,
    visit: null,
    plan: {},
    careManager: 'rosa',
    check: {},
    coverages: mrsDiaz.coverages,
    decision: null,
    work: [{ seconds: 20 * 60 }],
    stays: [],
    otherServices: [],
    enrolledOn: '2026-01-12',
    endedOn: null,
    ...change,
  }
  const patientId = await story.addPatient({ coverages: [], ...told.patient })
  const id = (person: PersonName) => story.as(person).id
  await story.look(async (tx) => {
    const at = new Date('2026-01-12T15:00:00Z')
    for (const [index, coverage] of told.coverages.entries()) {
      await tx.db
        .insertInto('coverages')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          patient_id: patientId,
          source: 'ehr',
          source_id: `${patientId}-m${index}`,
          kind: coverage.kind,
          payer_name: 'Medicare',
          from_on: coverage.from,
          to_on: coverage.to,
          recorded_at: at,
        })
        .execute()
    }
    if (told.check !== null) await insertCheck(tx, patientId, id('sam'), told.check, month)
    const consentId = await insertConsent(tx, story.clinicId, patientId, {
      ...told.consent,
      practitioner: id('okafor'),
      by: id('rosa'),
      kept: told.consent !== null,
    })
    const attestationId = newId()
    if (told.attestation !== null) {
      const codes = told.attestation.codes ?? ['E11.22', 'I10']
      await tx.db
        .insertInto('attestations')
        .values({
          tenant_id: tx.tenantId,
          id: attestationId,
          patient_id: patientId,
          practitioner_id: id('okafor'),
          attested_on: told.attestation.attestedOn ?? '2026-01-12',
          attested_at: at,
          lasts_12_months: true,
          significant_risk: true,
          conditions: json(codes.map((code) => ({ code, label: code, groups: [], conditionIds: [] }))),
          facts: json({}),
          facts_sha256: '0'.repeat(64),
          statement: 'Attested.',
        })
        .execute()
    }
    let visitId: string | null = null
    if (told.visit !== null) {
      visitId = newId()
      await tx.db
        .insertInto('initiating_visits')
        .values({
          tenant_id: tx.tenantId,
          id: visitId,
          patient_id: patientId,
          practitioner_id: id('okafor'),
          visit_on: told.visit.on,
          code: told.visit.code,
          ccm_discussed: told.visit.ccmDiscussed ?? true,
          by_video: told.visit.byVideo ?? null,
          extensive_planning: told.visit.extensivePlanning ?? null,
          recorded_by: id('okafor'),
          recorded_at: at,
        })
        .execute()
    }
    if (told.enrolledOn !== null && consentId !== null && told.attestation !== null) {
      const enrollmentId = newId()
      await tx.db
        .insertInto('enrollments')
        .values({
          tenant_id: tx.tenantId,
          id: enrollmentId,
          patient_id: patientId,
          clinic_id: story.clinicId,
          practitioner_id: id('okafor'),
          consent_id: consentId,
          attestation_id: attestationId,
          initiating_visit_id: visitId,
          new_or_not_seen_within_year: told.newPatient,
          enrolled_on: told.enrolledOn,
          enrolled_by: id('okafor'),
          enrolled_at: at,
        })
        .execute()
      if (told.endedOn !== null) {
        await tx.db
          .insertInto('enrollment_ends')
          .values({
            tenant_id: tx.tenantId,
            id: newId(),
            enrollment_id: enrollmentId,
            reason: 'withdrew',
            ended_on: told.endedOn,
            recorded_by: id('rosa'),
            recorded_at: at,
          })
          .execute()
      }
    }
    if (told.careManager !== null) {
      await tx.db
        .insertInto('care_manager_assignments')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          patient_id: patientId,
          care_manager_id: id(told.careManager),
          from_on: '2026-01-12',
          reason: 'Enrolled',
          assigned_by: id('okafor'),
          assigned_at: at,
        })
        .execute()
    }
    if (told.plan !== null)
      await insertPlan(tx, patientId, { ...told.plan, practitioner: id('okafor'), by: id('rosa') })
    if (told.decision !== null) await insertDecision(tx, patientId, month, told.decision, id('okafor'))
    for (const stay of told.stays) {
      await tx.db
        .insertInto('stays')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          patient_id: patientId,
          kind: 'inpatient',
          from_on: stay.from,
          to_on: stay.to,
          source: 'ehr',
          source_id: newId(),
          recorded_at: at,
        })
        .execute()
    }
    for (const service of told.otherServices) await insertOtherService(tx, patientId, service, id('lena'))
    for (const work of told.work) await insertWork(tx, patientId, month, work, (person) => id(person))
    await tell(tx, patientId)
  })
  return patientId
}

export async function insertOtherService(
  tx: Tx,
  patientId: string,
  service: MonthStory['otherServices'][number],
  by: string,
): Promise<void> {
  await tx.db
    .insertInto('other_services')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      patient_id: patientId,
      code: service.code,
      service_on: service.on,
      practitioner: service.practitioner,
      source: 'told',
      recorded_by: by,
      recorded_at: new Date('2026-10-20T15:00:00Z'),
    })
    .execute()
  await tell(tx, patientId)
}

export async function insertDecision(
  tx: Tx,
  patientId: string,
  month: string,
  level: string,
  by: string,
): Promise<void> {
  await tx.db
    .insertInto('decision_records')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      patient_id: patientId,
      month,
      practitioner_id: by,
      level,
      rationale: 'Insulin was changed after two low readings.',
      documented_on: `${month}-15`,
      recorded_at: new Date(`${month}-15T15:00:00Z`),
    })
    .execute()
  await tell(tx, patientId)
}

export async function insertCheck(
  tx: Tx,
  patientId: string,
  by: string,
  told: NonNullable<MonthStory['check']>,
  month: string,
): Promise<void> {
  const facts = {
    partA: { active: 'yes', from: '2017-03-01', to: null },
    partB: { active: told.partB ?? 'yes', from: '2017-03-01', to: null },
    medicareAdvantage: [],
    msp: [],
    qmb: told.qmb ?? 'no',
    deductible: {
      year: month.slice(0, 4),
      yearCents: 28_300,
      leftCents: told.leftCents === undefined ? 0 : told.leftCents,
    },
    hospice: [],
    homeHealth: [],
    skilledNursing: [],
    esrd: [],
    diedOn: null,
  }
  await tx.db
    .insertInto('eligibility_checks')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      patient_id: patientId,
      service_on: told.serviceOn ?? `${month}-02`,
      verdict: 'yes',
      reasons: json([]),
      facts: json(facts),
      request_270: 'ISA*270',
      response_271: 'ISA*271',
      requested_by: by,
      requested_at: new Date(`${month}-02T15:00:00Z`),
    })
    .execute()
  await tell(tx, patientId)
}

/** One time entry, with the month's sum kept beside it as the minutes feature does. */
export async function insertWork(
  tx: Tx,
  patientId: string,
  month: string,
  work: Work,
  idOf: (person: PersonName) => string,
): Promise<string> {
  const by = work.by ?? 'rosa'
  const start = new Date(work.startedAt ?? (await freeStart(tx, idOf(by), month)))
  const id = newId()
  const credential = work.credential ?? { rosa: 'RN', tomas: 'LPN', okafor: 'MD' }[by as 'rosa'] ?? 'RN'
  await tx.db
    .insertInto('time_entries')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: patientId,
      staff_id: idOf(by),
      kind: by === 'okafor' ? 'practitioner' : 'staff',
      credential,
      program: work.program ?? 'ccm',
      personal_ccm: work.personalCcm ?? false,
      activity: work.activity ?? 'patient_call',
      what_was_done: 'Spoke about the sugar readings.',
      started_at: start,
      ended_at: new Date(start.getTime() + work.seconds * 1000),
      seconds: work.seconds,
      month,
      service_on: start.toISOString().slice(0, 10),
      source: work.waiting ? 'manual' : 'timer',
      needs_approval: work.waiting ?? false,
      recorded_by: idOf(by),
      recorded_at: new Date(start.getTime() + work.seconds * 1000),
    })
    .execute()
  const counts = (work.program ?? 'ccm') === 'ccm' && !work.waiting ? work.seconds : 0
  await tx.db
    .insertInto('patient_months')
    .values({
      tenant_id: tx.tenantId,
      patient_id: patientId,
      month,
      staff_seconds: by === 'okafor' ? 0 : counts,
      practitioner_seconds: by === 'okafor' ? counts : 0,
      left_out_seconds: work.seconds - counts,
      updated_at: start,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'month', 'patient_id']).doUpdateSet((row) => ({
        staff_seconds: row('patient_months.staff_seconds', '+', row.ref('excluded.staff_seconds')),
        practitioner_seconds: row('patient_months.practitioner_seconds', '+', row.ref('excluded.practitioner_seconds')),
        left_out_seconds: row('patient_months.left_out_seconds', '+', row.ref('excluded.left_out_seconds')),
      })),
    )
    .execute()
  await tell(tx, patientId)
  return id
}

/** Nobody works twice at one time: the first free hour after the 6th at 14:00 UTC. */
async function freeStart(tx: Tx, staffId: string, month: string): Promise<Date> {
  const first = new Date(`${month}-06T14:00:00Z`)
  const last = await tx.db
    .selectFrom('time_entries')
    .select((row) => row.fn.max('ended_at').as('end'))
    .where('tenant_id', '=', tx.tenantId)
    .where('staff_id', '=', staffId)
    .where('month', '=', month)
    .where('started_at', '>=', first)
    .where('started_at', '<', new Date(`${month}-28T00:00:00Z`))
    .executeTakeFirst()
  return last?.end && last.end > first ? last.end : first
}

function insertPaper(tx: Tx, patientId: string, kind: 'consent_form' | 'care_plan', by: string) {
  return insertDocument(tx, {
    patientId,
    kind,
    name: 'paper.txt',
    mediaType: 'text/plain',
    bytes: Buffer.from('paper'),
    by,
    now: new Date('2026-01-12T15:00:00Z'),
  })
}

async function insertConsent(
  tx: Tx,
  clinicId: string,
  patientId: string,
  told: Partial<NonNullable<MonthStory['consent']>> & { practitioner: string; by: string; kept: boolean },
): Promise<string | null> {
  if (!told.kept) return null
  const id = newId()
  const givenOn = told.givenOn ?? '2026-01-12'
  const paper = await insertPaper(tx, patientId, 'consent_form', told.by)
  await tx.db
    .insertInto('consents')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: patientId,
      clinic_id: clinicId,
      practitioner_id: told.practitioner,
      form: told.form ?? 'written',
      mode: 'written',
      given_on: givenOn,
      given_at: new Date(`${givenOn}T15:00:00Z`),
      face_to_face: true,
      language: 'en',
      told: told.told ?? everyStatement,
      form_id: 'ccm-consent',
      form_version: '2026.1',
      form_sha256: paper.sha256,
      form_document_id: paper.id,
      signature: 'typed',
      signer_name: 'Elena Diaz',
      signer_capacity: 'self',
      obtained_by: told.by,
    })
    .execute()
  if (told.withdrawnOn !== undefined) {
    await tx.db
      .insertInto('consent_revocations')
      .values({
        tenant_id: tx.tenantId,
        id: newId(),
        consent_id: id,
        requested_on: told.withdrawnOn,
        effective_on: told.withdrawnOn,
        reason: 'Does not want calls.',
        recorded_by: told.by,
        recorded_at: new Date(`${told.withdrawnOn}T15:00:00Z`),
      })
      .execute()
  }
  return id
}

async function insertPlan(
  tx: Tx,
  patientId: string,
  told: { signedOn?: string | null; copyOn?: string | null; practitioner: string; by: string },
): Promise<void> {
  const at = new Date('2026-01-13T15:00:00Z')
  const planId = newId()
  const versionId = newId()
  await tx.db
    .insertInto('care_plans')
    .values({
      tenant_id: tx.tenantId,
      id: planId,
      patient_id: patientId,
      created_by: told.by,
      created_at: at,
    })
    .execute()
  await tx.db
    .insertInto('care_plan_versions')
    .values({
      tenant_id: tx.tenantId,
      id: versionId,
      plan_id: planId,
      number: 1,
      content: json({}),
      content_sha256: '0'.repeat(64),
      written_by: told.by,
      written_at: at,
    })
    .execute()
  const signedOn = told.signedOn === undefined ? '2026-01-13' : told.signedOn
  if (signedOn !== null) await signPlan(tx, patientId, versionId, signedOn, told.practitioner)
  const copyOn = told.copyOn === undefined ? '2026-01-14' : told.copyOn
  if (copyOn !== null) {
    await tx.db
      .insertInto('care_plan_copies')
      .values({
        tenant_id: tx.tenantId,
        id: newId(),
        version_id: versionId,
        recipient: 'patient',
        recipient_name: 'Elena Diaz',
        channel: 'printed',
        given_on: copyOn,
        given_by: told.by,
        recorded_at: at,
      })
      .execute()
  }
}

async function signPlan(
  tx: Tx,
  patientId: string,
  versionId: string,
  signedOn: string,
  practitioner: string,
): Promise<void> {
  const paper = await insertPaper(tx, patientId, 'care_plan', practitioner)
  await tx.db
    .insertInto('care_plan_signatures')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      version_id: versionId,
      document_id: paper.id,
      paper_document_id: paper.id,
      signed_sha256: paper.sha256,
      meaning: 'approved',
      practitioner_id: practitioner,
      signed_on: signedOn,
      signed_at: new Date(`${signedOn}T15:00:00Z`),
    })
    .execute()
  await tell(tx, patientId)
}

/** Dr Okafor signs the plan that waited. */
export async function signWaitingPlan(
  story: Pick<Story, 'look' | 'as'>,
  patientId: string,
  signedOn: string,
): Promise<void> {
  await story.look(async (tx) => {
    const version = await tx.db
      .selectFrom('care_plan_versions as v')
      .innerJoin('care_plans as p', (join) =>
        join.onRef('p.id', '=', 'v.plan_id').onRef('p.tenant_id', '=', 'v.tenant_id'),
      )
      .select('v.id')
      .where('v.tenant_id', '=', tx.tenantId)
      .where('p.patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    await signPlan(tx, patientId, version.id, signedOn, story.as('okafor').id)
  })
}
