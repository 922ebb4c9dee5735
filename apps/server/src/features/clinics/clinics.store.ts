import type { PolicyFacts } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { type PolicyKey, type PolicyValue, policies, ruleSwitches } from './policies.ts'

export interface Address {
  lines: string[]
  city: string
  state: string
  zip: string
}

export interface Clinic {
  id: string
  name: string
  timeZone: string
  phone: string
  afterHoursPhone: string | null
  npi: string | null
  taxId: string | null
  taxonomy: string | null
  address: Address
  locality: string | null
  placeOfService: string
  access24x7AttestedOn: string | null
}

export async function readClinic(tx: Tx, id: string): Promise<Clinic> {
  const row = await tx.db
    .selectFrom('clinics')
    .selectAll()
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  const clinic = found(row, 'There is no such clinic.')
  return {
    id: clinic.id,
    name: clinic.name,
    timeZone: clinic.time_zone,
    phone: clinic.phone,
    afterHoursPhone: clinic.after_hours_phone,
    npi: clinic.npi,
    taxId: clinic.tax_id,
    taxonomy: clinic.taxonomy,
    address: clinic.address as Address,
    locality: clinic.locality,
    placeOfService: clinic.place_of_service,
    access24x7AttestedOn: clinic.access_24x7_attested_on,
  }
}

export async function insertClinic(tx: Tx, clinic: Clinic, now: Date): Promise<void> {
  await tx.db
    .insertInto('clinics')
    .values({
      tenant_id: tx.tenantId,
      id: clinic.id,
      name: clinic.name,
      time_zone: clinic.timeZone,
      phone: clinic.phone,
      after_hours_phone: clinic.afterHoursPhone,
      npi: clinic.npi,
      tax_id: clinic.taxId,
      taxonomy: clinic.taxonomy,
      address: json(clinic.address),
      locality: clinic.locality,
      place_of_service: clinic.placeOfService,
      access_24x7_attested_on: clinic.access24x7AttestedOn,
      created_at: now,
    })
    .execute()
}

/** The clinic's choice in force on a day, or the default where it made none. */
export async function policyOn<K extends PolicyKey>(
  tx: Tx,
  clinicId: string,
  key: K,
  on: string,
): Promise<PolicyValue<K>> {
  const row = await tx.db
    .selectFrom('clinic_policies')
    .select('value')
    .where('tenant_id', '=', tx.tenantId)
    .where('clinic_id', '=', clinicId)
    .where('key', '=', key)
    .where('from_on', '<=', on)
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row === undefined ? policies[key].default : row.value) as PolicyValue<K>
}

/** The same as a subselect of a larger query: null where the clinic made no choice. */
export function policyAt<K extends PolicyKey>(tx: Tx, clinicId: string, key: K, on: string) {
  return sql<PolicyValue<K> | null>`(select q.value from clinic_policies q where q.tenant_id = ${tx.tenantId} and q.clinic_id = ${clinicId} and q.key = ${key} and q.from_on <= ${on}::date
    order by q.from_on desc, q.set_at desc, q.id desc limit 1)`
}

/** What the clinic has answered to the rule book's open questions by a day; an unanswered one is left out. */
export async function rulePoliciesOn(tx: Tx, clinicId: string, on: string): Promise<PolicyFacts> {
  const { rows } = await sql<{ key: string; value: string }>`
    select distinct on (key) key, value from clinic_policies
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and key = any (${ruleSwitches.map(({ byDefault }) => byDefault.key)}::text[])
      and from_on <= ${on}::date
    order by key, from_on desc, set_at desc, id desc limit ${ruleSwitches.length}`.execute(tx.db)
  const chosen = new Map(rows.map(({ key, value }) => [key, value]))
  return Object.fromEntries(
    ruleSwitches.flatMap(({ id, byDefault }) => (chosen.has(byDefault.key) ? [[id, chosen.get(byDefault.key)]] : [])),
  )
}

/** What holds where a clinic made no choice. */
export function policyDefault<K extends PolicyKey>(key: K): PolicyValue<K> {
  return policies[key].default as PolicyValue<K>
}

export async function insertPolicy<K extends PolicyKey>(
  tx: Tx,
  policy: {
    clinicId: string
    key: K
    value: PolicyValue<K>
    fromOn: string
    reason: string
    by: string | null
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('clinic_policies')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      clinic_id: policy.clinicId,
      key: policy.key,
      value: json(policy.value),
      from_on: policy.fromOn,
      reason: policy.reason,
      set_by: policy.by,
      set_at: policy.now,
    })
    .execute()
}
