import { randomBytes } from 'node:crypto'
import type { ErrorCode, OutputOf, ProblemBody, Role, SendOf, Spec } from '@keepwell/contract'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { App } from '../../src/app.ts'
import { type Database, json, type Tx } from '../../src/db/database.ts'
import { insertClinic, insertPolicy, type PolicyKey, type PolicyValue } from '../../src/features/clinics/index.ts'
import { insertStaff, insertUser } from '../../src/features/users/index.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { newId, sha256 } from '../../src/kernel/ids.ts'
import { keyBytes, Sealer } from '../../src/kernel/sealer.ts'
import { quietOutside } from './outside.ts'
import { openStore } from './store.ts'

/** The people of the story, by first name: each sits in one seat of Riverside Family Medicine. */
const cast: Record<PersonName, Member> = {
  sam: { name: 'Sam Porter', title: 'Front desk', roles: ['front_desk'] },
  rosa: { name: 'Rosa Marin', title: 'RN, care manager', roles: ['care_manager'], credential: 'RN' },
  tomas: { name: 'Tomas Reyes', title: 'LPN, care manager', roles: ['care_manager'], credential: 'LPN' },
  okafor: { name: 'Dr Ada Okafor', title: 'Physician', roles: ['provider'], credential: 'MD', npi: '1234567893' },
  june: { name: 'June Park', title: 'CCM manager', roles: ['ccm_manager'] },
  lena: { name: 'Lena Weiss', title: 'Biller', roles: ['biller'] },
  nia: { name: 'Nia Cole', title: 'RN, on call', roles: ['on_call'], credential: 'RN' },
  alex: { name: 'Alex Kim', title: 'Administrator', roles: ['admin'] },
  theo: { name: 'Theo Brandt', title: 'Auditor', roles: ['auditor'] },
}
export type PersonName = 'sam' | 'rosa' | 'tomas' | 'okafor' | 'june' | 'lena' | 'nia' | 'alex' | 'theo'
interface Member {
  name: string
  title: string
  roles: Role[]
  credential?: string
  npi?: string
}

export interface Answer<T> {
  status: number
  body: T
  problem: ProblemBody | null
  raw: LightMyRequestResponse
}

export interface Seat {
  id: string
  call<E extends { readonly spec: Spec }>(
    endpoint: E,
    input: SendOf<E>,
    options?: { key?: string; dryRun?: boolean },
  ): Promise<Answer<OutputOf<E>>>
  /** Calls and insists that it works. */
  does<E extends { readonly spec: Spec }>(
    endpoint: E,
    input: SendOf<E>,
    options?: { key?: string },
  ): Promise<OutputOf<E>>
  /** Calls and insists on a refusal; answers its code and sentence. */
  isRefused<E extends { readonly spec: Spec }>(
    endpoint: E,
    input: SendOf<E>,
  ): Promise<{ code: ErrorCode; detail: string; faults: ProblemBody['faults'] }>
}

export interface Story {
  app: App
  server: FastifyInstance
  database: Database
  clock: ManualClock
  tenantId: string
  clinicId: string
  /** Another organization with the same seats, for tests of isolation. */
  other: { tenantId: string; clinicId: string; as(person: PersonName): Seat }
  as(person: PersonName): Seat
  /** Looks into the tables of the story's organization, for what no endpoint shows. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  addPatient(patient?: Partial<StoryPatient>): Promise<string>
  setPolicy<K extends PolicyKey>(key: K, value: PolicyValue<K>): Promise<void>
  auditOf(
    deed: string,
  ): Promise<{ outcome: string; actor_id: string | null; patient_id: string | null; detail: unknown }[]>
  close(): Promise<void>
}

export interface StoryPatient {
  family: string
  given: string
  bornOn: string
  sex: string
  mbi: string | null
  deceased: boolean
  diedOn: string | null
  sourceId: string
  phone: string
  /** SNOMED or ICD-10-CM codes of active problems. */
  conditions: { system: string; code: string; display: string }[]
  coverages: { kind: string; from: string; to: string | null }[]
}

/** Mrs Diaz: 74, hypertension and diabetes with kidney disease, Medicare Part B since 2017. */
export const mrsDiaz: StoryPatient = {
  family: 'Diaz',
  given: 'Elena',
  bornOn: '1952-03-14',
  sex: 'female',
  mbi: '1EG4TE5MK73',
  deceased: false,
  diedOn: null,
  sourceId: 'diaz',
  phone: '555-010-0102',
  conditions: [
    { system: 'icd10cm', code: 'I10', display: 'Hypertension' },
    { system: 'icd10cm', code: 'E11.22', display: 'Type 2 diabetes with chronic kidney disease' },
  ],
  coverages: [{ kind: 'medicare_part_b', from: '2017-03-01', to: null }],
}

/** Tue 3 Nov 2026, 09:12 in New York. */
export const storyNow = '2026-11-03T14:12:00.000Z'

/** Opens the story clinic on a fresh store. One per test file; close it at the end. */
export async function openStory(): Promise<Story> {
  const database = await openStore()
  const clock = new ManualClock(storyNow)
  const app = new App({
    database,
    clock,
    outside: quietOutside(),
    sealer: new Sealer([randomBytes(keyBytes)]),
    publicRequestsPerMinute: 100_000,
    logLevel: process.env.KEEPWELL_LOG ?? 'silent',
  })
  const riverside = await createOrganization(database, 'Riverside Family Medicine', clock.now())
  const hillside = await createOrganization(database, 'Hillside Internal Medicine', clock.now())
  const server = await app.server()
  await server.ready()
  const seatsOf = (organization: Organization) => (person: PersonName) => seat(server, organization.people[person])
  return {
    app,
    server,
    database,
    clock,
    tenantId: riverside.tenantId,
    clinicId: riverside.clinicId,
    other: { tenantId: hillside.tenantId, clinicId: hillside.clinicId, as: seatsOf(hillside) },
    as: seatsOf(riverside),
    look: (work) => database.withTenant(riverside.tenantId, work),
    addPatient: (patient = {}) =>
      database.withTenant(riverside.tenantId, (tx) =>
        insertStoryPatient(tx, riverside.clinicId, { ...mrsDiaz, sourceId: newId(), ...patient }, clock.now()),
      ),
    setPolicy: (key, value) =>
      database.withTenant(riverside.tenantId, (tx) =>
        insertPolicy(tx, {
          clinicId: riverside.clinicId,
          key,
          value,
          fromOn: '2020-01-01',
          reason: 'The story asks for it.',
          by: null,
          now: clock.now(),
        }),
      ),
    auditOf: (deed) =>
      database.withTenant(riverside.tenantId, (tx) =>
        tx.db
          .selectFrom('audit_events')
          .select(['outcome', 'actor_id', 'patient_id', 'detail'])
          .where('tenant_id', '=', tx.tenantId)
          .where('deed', '=', deed)
          .orderBy('happened_at')
          .orderBy('id')
          .execute(),
      ),
    async close() {
      await server.close()
      await database.close()
    },
  }
}

interface Organization {
  tenantId: string
  clinicId: string
  people: Record<PersonName, { id: string; cookie: string }>
}

async function createOrganization(database: Database, name: string, now: Date): Promise<Organization> {
  const tenantId = newId()
  const clinicId = newId()
  const names = Object.keys(cast) as PersonName[]
  const people = Object.fromEntries(
    names.map((person) => [person, { id: newId(), cookie: newId() }]),
  ) as Organization['people']
  await database.beforeTenant(async (db) => {
    await db.insertInto('auth.organizations').values({ id: tenantId, name, created_at: now }).execute()
  })
  await database.withTenant(tenantId, async (tx) => {
    await insertClinic(
      tx,
      {
        id: clinicId,
        name,
        timeZone: 'America/New_York',
        phone: '212-555-0100',
        afterHoursPhone: '212-555-0199',
        npi: '1972534865',
        taxId: '123456789',
        taxonomy: '207Q00000X',
        address: { lines: ['100 Main Street'], city: 'New York', state: 'NY', zip: '100010001' },
        locality: '13202-01',
        placeOfService: '11',
        access24x7AttestedOn: '2025-01-02',
      },
      now,
    )
    await insertPolicy(tx, {
      clinicId,
      key: 'claim.parties',
      fromOn: '2020-01-01',
      reason: 'Given by the contractor.',
      by: null,
      now,
      value: {
        submitterId: 'KEEPWELL1',
        submitterContact: 'Lena Weiss',
        submitterPhone: '2125550100',
        receiverId: '13202',
        receiverName: 'NGS MEDICARE',
        payerId: '13202',
        payerName: 'NGS MEDICARE PART B',
        usage: 'T',
      },
    })
    for (const person of names) {
      const { name: fullName, title, roles, ...more } = cast[person]
      const { id, cookie } = people[person]
      await insertStaff(tx, { id, name: fullName, title, roles, npi: more.npi ?? null, weeklyMinutes: 1200, now })
      await tx.db
        .insertInto('staff_clinics')
        .values({ tenant_id: tenantId, staff_id: id, clinic_id: clinicId })
        .execute()
      if (more.credential !== undefined) {
        await tx.db
          .insertInto('staff_credentials')
          .values({
            tenant_id: tenantId,
            id: newId(),
            staff_id: id,
            credential: more.credential,
            valid_from: '2020-01-01',
            recorded_at: now,
          })
          .execute()
      }
      await insertUser(tx.db, {
        id,
        tenantId,
        email: `${person}@${name.split(' ')[0]?.toLowerCase()}.example`,
        passwordHash: null,
        now,
      })
      await tx.db
        .insertInto('auth.sessions')
        .values({
          token_hash: sha256(cookie),
          user_id: id,
          tenant_id: tenantId,
          created_at: now,
          active_at: '2100-01-01T00:00:00Z',
          expires_at: '2100-01-01T00:00:00Z',
          second_factor: true,
        })
        .execute()
    }
  })
  return { tenantId, clinicId, people }
}

export async function insertStoryPatient(tx: Tx, clinicId: string, patient: StoryPatient, now: Date): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('patients')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: clinicId,
      source: 'ehr',
      source_id: patient.sourceId,
      family: patient.family,
      given: patient.given,
      born_on: patient.bornOn,
      sex: patient.sex,
      deceased: patient.deceased,
      died_on: patient.diedOn,
      language: 'en-US',
      mbi: patient.mbi,
      address: json({ lines: ['12 Elm Street'], city: 'New York', state: 'NY', zip: '10001' }),
      phones: json([{ number: patient.phone, use: 'home', rank: null }]),
      search_text: `${patient.given} ${patient.family}`.toLowerCase(),
      created_at: now,
      updated_at: now,
    })
    .execute()
  for (const [index, condition] of patient.conditions.entries()) {
    await tx.db
      .insertInto('conditions')
      .values({
        tenant_id: tx.tenantId,
        id: newId(),
        patient_id: id,
        source: 'ehr',
        source_id: `${patient.sourceId}-c${index}`,
        system: condition.system,
        code: condition.code,
        display: condition.display,
        codings: json([condition]),
        clinical_status: 'active',
        verification_status: 'confirmed',
        category: 'problem-list-item',
        onset_on: '2018-05-01',
        recorded_on: '2018-05-01',
      })
      .execute()
  }
  for (const [index, coverage] of patient.coverages.entries()) {
    await tx.db
      .insertInto('coverages')
      .values({
        tenant_id: tx.tenantId,
        id: newId(),
        patient_id: id,
        source: 'ehr',
        source_id: `${patient.sourceId}-v${index}`,
        kind: coverage.kind,
        payer_name: 'Medicare',
        from_on: coverage.from,
        to_on: coverage.to,
        recorded_at: now,
      })
      .execute()
  }
  return id
}

function seat(server: FastifyInstance, person: { id: string; cookie: string }): Seat {
  const call: Seat['call'] = async (endpoint, input, options = {}) => {
    const { spec } = endpoint
    const given = (input ?? {}) as {
      params?: Record<string, string>
      query?: Record<string, unknown>
      body?: unknown
      file?: Uint8Array
    }
    const url = new URL(
      `http://keepwell.test/api${spec.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given.params?.[name] ?? ''))}`,
    )
    for (const [name, value] of Object.entries(given.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value))
    if (options.dryRun) url.searchParams.set('dry_run', 'true')
    const payload =
      spec.upload !== undefined
        ? Buffer.from(given.file ?? new Uint8Array())
        : given.body === undefined
          ? undefined
          : JSON.stringify(given.body)
    const raw = await server.inject({
      method: spec.method,
      url: url.pathname + url.search,
      headers: {
        cookie: `keepwell=${person.cookie}`,
        host: 'keepwell.test',
        origin: 'http://keepwell.test',
        ...(payload === undefined
          ? {}
          : { 'content-type': spec.upload !== undefined ? 'application/octet-stream' : 'application/json' }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const isProblem = raw.statusCode >= 400
    const parsed: unknown = String(raw.headers['content-type'] ?? '').includes('json') ? raw.json() : raw.rawPayload
    return { status: raw.statusCode, body: parsed as never, problem: isProblem ? (parsed as ProblemBody) : null, raw }
  }
  return {
    id: person.id,
    call,
    async does(endpoint, input, options) {
      const answer = await call(endpoint, input, options)
      if (answer.problem !== null)
        throw new Error(`${endpoint.spec.method} ${endpoint.spec.path} was refused: ${JSON.stringify(answer.problem)}`)
      return answer.body
    },
    async isRefused(endpoint, input) {
      const answer = await call(endpoint, input)
      if (answer.problem === null)
        throw new Error(
          `${endpoint.spec.method} ${endpoint.spec.path} was expected to be refused and answered ${JSON.stringify(answer.body).slice(0, 300)}`,
        )
      return { code: answer.problem.code, detail: answer.problem.detail, faults: answer.problem.faults }
    },
  }
}
