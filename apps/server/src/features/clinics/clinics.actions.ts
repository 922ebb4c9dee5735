import { contract } from '@keepwell/contract'
import { isTimeZone } from '@keepwell/rules'
import { isNpi } from '@keepwell/x12'
import { z } from 'zod'
import { action, type Ctx } from '../../action/action.ts'
import { json, type Tx } from '../../db/database.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Clinic, insertPolicy, readClinic } from './clinics.store.ts'
import { listPolicies, presentClinic, presentPolicy } from './clinics.views.ts'
import { type PolicyKey, policies, policyKeys } from './policies.ts'

export const get = action(contract.clinics.get, async ({ tx, clinicId }) =>
  presentClinic(await readClinic(tx, clinicId)),
)

export const update = action(contract.clinics.update, async ({ tx, clinicId, touch }, { body }) => {
  if (!isTimeZone(body.timeZone)) throw fault('timeZone', 'This is not a time zone such as America/New_York.')
  if (body.npi !== null && !isNpi(body.npi)) throw fault('npi', 'The check digit of this NPI does not fit.')
  const { taxId, ...rest } = body
  await saveClinic(tx, clinicId, { ...rest, ...(taxId === undefined ? {} : { taxId }) })
  touch({ subjectId: clinicId, detail: { fields: Object.keys(body) } })
  return presentClinic(await readClinic(tx, clinicId))
})

export const attestAccess = action(contract.clinics.attestAccess, async (ctx: Ctx, { body }) => {
  await saveClinic(ctx.tx, ctx.clinicId, { afterHoursPhone: body.phone, access24x7AttestedOn: ctx.today })
  return presentClinic(await readClinic(ctx.tx, ctx.clinicId))
})

export const list = action(contract.clinics.policies, async ({ tx, clinicId, today }) => ({
  items: await listPolicies(tx, clinicId, today),
}))

export const setPolicy = action(
  contract.clinics.setPolicy,
  async ({ tx, clinicId, by, now, today, touch }, { params, body }) => {
    const key = policyKeys.find((known) => known === params.key)
    if (key === undefined) throw new Problem('not_found', 'There is no such choice.')
    const parsed = z.safeParse(policies[key].schema as z.ZodType, body.value)
    if (!parsed.success) throw fault('value', parsed.error.issues[0]?.message ?? 'This value does not fit.')
    if (body.fromOn < today)
      throw fault('fromOn', 'A choice starts today or later; months that are over keep the choice they had.')
    await insertPolicy(tx, {
      clinicId,
      key,
      value: parsed.data as never,
      fromOn: body.fromOn,
      reason: body.reason,
      by,
      now,
    })
    touch({ detail: { key, fromOn: body.fromOn } })
    return presentPolicy(tx, clinicId, key, body.fromOn)
  },
)

/** Writes the named fields of the clinic's row. */
export async function saveClinic(tx: Tx, id: string, fields: Partial<Omit<Clinic, 'id'>>): Promise<void> {
  const columns = {
    name: fields.name,
    phone: fields.phone,
    time_zone: fields.timeZone,
    after_hours_phone: fields.afterHoursPhone,
    npi: fields.npi,
    tax_id: fields.taxId,
    taxonomy: fields.taxonomy,
    locality: fields.locality,
    place_of_service: fields.placeOfService,
    address: fields.address === undefined ? undefined : json(fields.address),
    access_24x7_attested_on: fields.access24x7AttestedOn,
  }
  const set = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
  await tx.db.updateTable('clinics').set(set).where('tenant_id', '=', tx.tenantId).where('id', '=', id).execute()
}

function fault(path: string, message: string): Problem {
  return new Problem('invalid_input', `${message} Nothing was changed.`, [{ path: `body.${path}`, message }])
}

export type { PolicyKey }
