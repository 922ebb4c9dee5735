import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import type { Clinic } from './clinics.store.ts'
import { type PolicyKey, policies, policyKeys } from './policies.ts'

export function presentClinic(clinic: Clinic) {
  const { taxId, ...rest } = clinic
  return { ...rest, taxIdLast4: taxId === null ? null : taxId.slice(-4) }
}

interface Row {
  key: string
  value: unknown
  fromOn: string
  reason: string
  setById: string | null
  setByName: string | null
  setAt: Date
}

async function rowsInForce(tx: Tx, clinicId: string, on: string): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`
    select distinct on (p.key) p.key, p.value, p.from_on as "fromOn", p.reason, p.set_by as "setById", s.name as "setByName", p.set_at as "setAt"
    from clinic_policies p left join staff s on s.tenant_id = p.tenant_id and s.id = p.set_by
    where p.tenant_id = ${tx.tenantId} and p.clinic_id = ${clinicId} and p.from_on <= ${on}
    order by p.key, p.from_on desc, p.set_at desc, p.id desc`.execute(tx.db)
  return new Map(rows.map((row) => [row.key, row]))
}

export async function listPolicies(tx: Tx, clinicId: string, on: string) {
  const rows = await rowsInForce(tx, clinicId, on)
  return policyKeys.map((key) => present(key, rows.get(key)))
}

export async function presentPolicy(tx: Tx, clinicId: string, key: PolicyKey, on: string) {
  return present(key, (await rowsInForce(tx, clinicId, on)).get(key))
}

function present(key: PolicyKey, row: Row | undefined) {
  const policy = policies[key]
  return {
    key,
    title: policy.title,
    says: policy.says,
    risk: policy.risk,
    value: row === undefined ? policy.default : row.value,
    isDefault: row === undefined,
    fromOn: row?.fromOn ?? null,
    reason: row?.reason ?? null,
    setBy: row?.setById && row.setByName ? { id: row.setById, name: row.setByName } : null,
    setAt: row?.setAt.toISOString() ?? null,
    schema: z.toJSONSchema(policy.schema as z.ZodType),
  }
}
