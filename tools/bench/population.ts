import { sql } from 'kysely'
import type { Database, Tx } from '../../apps/server/src/db/database.ts'
import { type Address, insertClinic } from '../../apps/server/src/features/clinics/index.ts'
import { insertStaff } from '../../apps/server/src/features/users/index.ts'
import { newId } from '../../apps/server/src/kernel/ids.ts'

export interface Population {
  tenantId: string
  clinicId: string
  providerId: string
  careManagerId: string
  patients: number
  entries: number
}

export const benchMonth = '2026-10'
const entriesEach = 4
const patientsEachWorker = 200

/** A clinic of `patients` enrolled patients with every piece of the record and four sessions of eight minutes in one month, made by the database. */
export async function populate(database: Database, patients: number, now: Date): Promise<Population> {
  const population: Population = {
    tenantId: newId(),
    clinicId: newId(),
    providerId: newId(),
    careManagerId: newId(),
    patients,
    entries: patients * entriesEach,
  }
  await database.beforeTenant(async (db) => {
    await db
      .insertInto('auth.organizations')
      .values({ id: population.tenantId, name: `Bench ${patients}`, created_at: now })
      .execute()
  })
  await database.withTenant(population.tenantId, async (tx) => {
    await clinicOf(tx, population, now)
    await chartsOf(tx, population)
    await plansOf(tx, population)
    await workOf(tx, population)
  })
  await database.ownerPool.query('analyze')
  return population
}

async function clinicOf(tx: Tx, { clinicId, providerId, careManagerId }: Population, now: Date): Promise<void> {
  const address: Address = { lines: ['1 Main Street'], city: 'New York', state: 'NY', zip: '100010001' }
  await insertClinic(
    tx,
    {
      id: clinicId,
      name: 'Bench',
      timeZone: 'America/New_York',
      phone: '2125550100',
      afterHoursPhone: '2125550199',
      npi: '1972534865',
      taxId: '123456789',
      taxonomy: '207Q00000X',
      address,
      locality: '13202-01',
      placeOfService: '11',
      access24x7AttestedOn: '2025-01-02',
    },
    now,
  )
  await insertStaff(tx, {
    id: providerId,
    name: 'Dr Bench',
    title: 'Physician',
    roles: ['provider'],
    npi: '1234567893',
    now,
  })
  await insertStaff(tx, { id: careManagerId, name: 'Bench Manager', title: 'RN', roles: ['care_manager'], now })
  for (const [staffId, credential] of [
    [providerId, 'MD'],
    [careManagerId, 'RN'],
  ]) {
    await sql`insert into staff_credentials (tenant_id, id, staff_id, credential, valid_from, recorded_at) values (${tx.tenantId}, ${newId()}, ${staffId}, ${credential}, '2020-01-01', ${now})`.execute(
      tx.db,
    )
  }
}

async function chartsOf(tx: Tx, { clinicId, providerId, careManagerId, patients }: Population): Promise<void> {
  const t = sql`${tx.tenantId}::uuid`
  await sql`create temp table bench_ids on commit drop as
    select n, gen_random_uuid() as id, gen_random_uuid() as consent, gen_random_uuid() as document, gen_random_uuid() as attestation, gen_random_uuid() as plan, gen_random_uuid() as version
    from generate_series(1, ${patients}::int) n`.execute(tx.db)
  const rows = [
    sql`insert into patients (tenant_id, id, clinic_id, source, source_id, family, given, born_on, sex, mbi, address, search_text, created_at, updated_at)
      select ${t}, id, ${clinicId}::uuid, 'bench', n::text, 'Family' || n, 'Given', '1950-01-01', 'female', '1EG4TE5MK73', '{"lines":["1 Elm"],"city":"New York","state":"NY","zip":"10001"}', 'given family' || n, now(), now() from bench_ids`,
    sql`insert into conditions (tenant_id, id, patient_id, source, source_id, system, code, display, codings, clinical_status, verification_status, category, onset_on, recorded_on)
      select ${t}, gen_random_uuid(), i.id, 'bench', i.n || '-' || c.code, 'icd10cm', c.code, c.display, '[]', 'active', 'confirmed', 'problem-list-item', '2018-05-01', '2018-05-01'
      from bench_ids i cross join (values ('E11.22', 'Diabetes'), ('I10', 'Hypertension'), ('I50.9', 'Heart failure')) c(code, display)`,
    sql`insert into documents (tenant_id, id, patient_id, kind, name, media_type, size_bytes, sha256, stored_at, stored_by) select ${t}, document, id, 'consent_form', 'form', 'text/plain', 1, '0', now(), ${careManagerId}::uuid from bench_ids`,
    sql`insert into consents (tenant_id, id, patient_id, clinic_id, practitioner_id, form, mode, given_on, given_at, face_to_face, language, told, form_id, form_version, form_sha256, form_document_id, signature, signer_name, signer_capacity, obtained_by)
      select ${t}, consent, id, ${clinicId}::uuid, ${providerId}::uuid, 'written', 'written', '2026-01-12', '2026-01-12T15:00:00Z', true, 'en', '{availability_and_cost,one_practitioner,right_to_stop}', 'f', '1', '0', document, 'typed', 'x', 'self', ${careManagerId}::uuid from bench_ids`,
    sql`insert into attestations (tenant_id, id, patient_id, practitioner_id, attested_on, attested_at, lasts_12_months, significant_risk, conditions, facts, facts_sha256, statement)
      select ${t}, attestation, id, ${providerId}::uuid, '2026-01-12', now(), true, true, '[{"code":"E11.22"},{"code":"I10"},{"code":"I50.9"}]', '{}', '0', 's' from bench_ids`,
    sql`insert into enrollments (tenant_id, id, patient_id, clinic_id, practitioner_id, consent_id, attestation_id, new_or_not_seen_within_year, enrolled_on, enrolled_by, enrolled_at)
      select ${t}, gen_random_uuid(), id, ${clinicId}::uuid, ${providerId}::uuid, consent, attestation, false, '2026-01-12', ${providerId}::uuid, now() from bench_ids`,
    sql`insert into care_manager_assignments (tenant_id, id, patient_id, care_manager_id, from_on, reason, assigned_by, assigned_at)
      select ${t}, gen_random_uuid(), id, ${careManagerId}::uuid, '2026-01-12', 'first', ${providerId}::uuid, now() from bench_ids`,
    sql`insert into coverages (tenant_id, id, patient_id, source, source_id, kind, from_on, recorded_at) select ${t}, gen_random_uuid(), id, 'bench', n::text, 'medicare_part_b', '2017-03-01', now() from bench_ids`,
    sql`insert into eligibility_checks (tenant_id, id, patient_id, service_on, verdict, reasons, facts, requested_by, requested_at)
      select ${t}, gen_random_uuid(), id, '2026-10-02', 'yes', '[]', ${coveredFacts}, ${careManagerId}::uuid, now() from bench_ids`,
  ]
  for (const row of rows) await row.execute(tx.db)
}

const coveredFacts = JSON.stringify({
  partA: { active: 'yes', from: null, to: null },
  partB: { active: 'yes', from: null, to: null },
  medicareAdvantage: [],
  msp: [],
  qmb: 'no',
  deductible: { year: '2026', yearCents: 28_300, leftCents: 0 },
  hospice: [],
  homeHealth: [],
  skilledNursing: [],
  esrd: [],
  diedOn: null,
})

async function plansOf(tx: Tx, { providerId, careManagerId }: Population): Promise<void> {
  const t = sql`${tx.tenantId}::uuid`
  const rows = [
    sql`insert into care_plans (tenant_id, id, patient_id, created_by, created_at) select ${t}, plan, id, ${careManagerId}::uuid, now() from bench_ids`,
    sql`insert into care_plan_versions (tenant_id, id, plan_id, number, content, content_sha256, written_by, written_at) select ${t}, version, plan, 1, '{}', '0', ${careManagerId}::uuid, now() from bench_ids`,
    sql`insert into care_plan_signatures (tenant_id, id, version_id, document_id, paper_document_id, signed_sha256, meaning, practitioner_id, signed_on, signed_at)
      select ${t}, gen_random_uuid(), version, document, document, '0', 'approved', ${providerId}::uuid, '2026-01-13', now() from bench_ids`,
    sql`insert into care_plan_copies (tenant_id, id, version_id, recipient, recipient_name, channel, given_on, given_by, recorded_at)
      select ${t}, gen_random_uuid(), version, 'patient', 'x', 'printed', '2026-01-14', ${careManagerId}::uuid, now() from bench_ids`,
  ]
  for (const row of rows) await row.execute(tx.db)
}

/** Sessions of eight minutes, laid so that nobody works on two patients at once. */
async function workOf(tx: Tx, { patients }: Population): Promise<void> {
  const t = sql`${tx.tenantId}::uuid`
  await sql`insert into staff (tenant_id, id, name, title, roles, created_at)
    select ${t}, gen_random_uuid(), 'Worker ' || n, 'RN', '{care_manager}', now() from generate_series(1, ${Math.max(1, Math.ceil(patients / patientsEachWorker))}::int) n`.execute(
    tx.db,
  )
  await sql`insert into time_entries (tenant_id, id, patient_id, staff_id, kind, credential, program, activity, what_was_done, started_at, ended_at, seconds, month, service_on, source, recorded_by, recorded_at)
    select ${t}, gen_random_uuid(), i.id, s.id, 'staff', 'RN', 'ccm', 'patient_call', 'x', b.at, b.at + interval '480 seconds', 480, ${benchMonth}, b.at::date, 'timer', s.id, b.at + interval '1 hour'
    from bench_ids i
    join (select id, row_number() over () - 1 as k, count(*) over () as m from staff where tenant_id = ${t} and name like 'Worker %') s on i.n % s.m = s.k
    cross join generate_series(0, ${entriesEach - 1}) g
    cross join lateral (select timestamptz '2026-10-02T12:00:00Z' + make_interval(mins => (i.n / s.m)::int * 10) + make_interval(days => g * 7) as at) b`.execute(
    tx.db,
  )
}
