import { contract, editCan, type HoldingEdit } from '@keepwell/contract'
import { addYears } from '@keepwell/rules'
import { action } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { found, Problem } from '../../kernel/problem.ts'
import {
  claimOfDenial,
  factsOfClaims,
  insertEdit,
  insertEditDeed,
  insertPass,
  listEdits,
  listHolding,
  lockEdit,
  pastClaims,
  readEdit,
} from './edits.store.ts'
import { backTest, holds } from './edits.ts'

export const list = action(contract.edits.list, async ({ tx, clinicId }) => ({ items: await listEdits(tx, clinicId) }))

export const choices = action(contract.edits.choices, async ({ tx, clinicId, touch }, { params }) => {
  const { facts, month, patientId } = await claimHere(tx, clinicId, params.id)
  touch({ patientId, subjectId: params.id })
  return {
    month,
    codes: [...facts.codes],
    payerId: facts.payerId,
    placeOfService: facts.placeOfService,
    diagnoses: [...facts.diagnoses],
    otherServices: facts.otherServices === null ? null : [...facts.otherServices],
    qmb: facts.qmb,
  }
})

export const propose = action(contract.edits.propose, async ({ tx, by, now, clinicId, touch }, { body }) => {
  if (body.denialId !== null)
    found(await claimOfDenial(tx, clinicId, body.denialId), 'There is no such denial. Nothing was proposed.')
  const id = await insertEdit(tx, { clinicId, ...body, by, now })
  touch({ subjectId: id, detail: { conditions: body.conditions } })
  return readEdit(tx, clinicId, id)
})

export const test = action(contract.edits.test, async ({ tx, by, now, today, clinicId, touch }, { params }) => {
  const edit = await readEdit(tx, clinicId, params.id)
  const past = await pastClaims(tx, clinicId, addYears(today, -1))
  const result = backTest(edit.conditions, past, edit.denial?.claimId ?? null)
  await insertEditDeed(tx, { editId: edit.id, kind: 'tested', result, by, now })
  touch({ subjectId: edit.id, detail: { lookedAt: result.lookedAt, stopped: result.stopped } })
  return readEdit(tx, clinicId, edit.id)
})

export const switchOn = action(contract.edits.switchOn, async ({ tx, by, now, clinicId, touch }, { params, body }) => {
  await lockEdit(tx, params.id)
  const whyNot = editCan.switchOn.whyNot(await readEdit(tx, clinicId, params.id))
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await insertEditDeed(tx, { editId: params.id, kind: 'switched_on', reason: body.reason, by, now })
  touch({ subjectId: params.id })
  return readEdit(tx, clinicId, params.id)
})

export const switchOff = action(
  contract.edits.switchOff,
  async ({ tx, by, now, clinicId, touch }, { params, body }) => {
    await lockEdit(tx, params.id)
    const whyNot = editCan.switchOff.whyNot(await readEdit(tx, clinicId, params.id))
    if (whyNot !== null) throw new Problem('conflict', whyNot)
    await insertEditDeed(tx, { editId: params.id, kind: 'switched_off', reason: body.reason, by, now })
    touch({ subjectId: params.id })
    return readEdit(tx, clinicId, params.id)
  },
)

export const letPass = action(contract.edits.letPass, async ({ tx, by, now, clinicId, touch }, { params, body }) => {
  const { patientId } = await claimHere(tx, clinicId, params.id)
  const holding = (await holdingClaims(tx, clinicId, [params.id])).get(params.id) ?? []
  if (!holding.some(({ id }) => id === body.editId))
    throw new Problem('conflict', 'This edit does not hold the claim. Nothing was changed.')
  await insertPass(tx, { editId: body.editId, claimId: params.id, reason: body.reason, by, now })
  touch({ patientId, subjectId: params.id, detail: { edit: body.editId } })
  return { claimId: params.id, editId: body.editId }
})

/** The edits that hold these claims now, by claim id. A claim of which the record does not tell is not held. */
export async function holdingClaims(
  tx: Tx,
  clinicId: string,
  claimIds: readonly string[],
): Promise<Map<string, HoldingEdit[]>> {
  const on = await listHolding(tx, clinicId)
  if (on.length === 0 || claimIds.length === 0) return new Map()
  const facts = await factsOfClaims(tx, claimIds)
  return new Map(
    [...facts].flatMap(([claimId, claim]) => {
      const held = on.flatMap(({ conditions, passed, ...edit }) =>
        !passed.includes(claimId) && holds(conditions, claim) === 'yes' ? [edit] : [],
      )
      return held.length === 0 ? [] : [[claimId, held] as const]
    }),
  )
}

async function claimHere(tx: Tx, clinicId: string, id: string) {
  const row = found(
    await tx.db
      .selectFrom('claims')
      .select(['month', 'patient_id'])
      .where('tenant_id', '=', tx.tenantId)
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .executeTakeFirst(),
    'There is no such claim.',
  )
  const facts = found((await factsOfClaims(tx, [id])).get(id), 'There is no such claim.')
  return { facts, month: row.month, patientId: row.patient_id }
}
