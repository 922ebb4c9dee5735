import { contract } from '@keepwell/contract'
import { credentialRow, credentials } from '@keepwell/rules'
import { isNpi } from '@keepwell/x12'
import { action } from '../../action/action.ts'
import { found, Problem } from '../../kernel/problem.ts'
import { endOpenCredentials, insertCredential, updateStaff } from './staffing.store.ts'
import { listStaffMembers } from './staffing.views.ts'

export const list = action(contract.staffing.list, async ({ tx, today }) => ({
  items: await listStaffMembers(tx, today),
  credentials: credentials.map(({ id, label, clinical, mayBill }) => ({ id, label, clinical, mayBill })),
}))

export const recordCredential = action(
  contract.staffing.recordCredential,
  async ({ tx, by, now, today, touch }, { params, body }) => {
    found((await listStaffMembers(tx, today, params.id))[0], 'There is no such person.')
    if (credentialRow(body.credential) === undefined)
      throw fault('credential', 'The rule book does not know this credential.')
    if (body.validTo !== null && body.validTo < body.validFrom)
      throw fault('validTo', 'The credential would end before it begins.')
    await endOpenCredentials(tx, params.id, body.validFrom)
    const id = await insertCredential(tx, { staffId: params.id, ...body, by, now })
    touch({ subjectId: params.id, detail: { credentialId: id, credential: body.credential } })
    return found((await listStaffMembers(tx, today, params.id))[0], 'There is no such person.')
  },
)

export const update = action(contract.staffing.update, async ({ tx, today, touch }, { params, body }) => {
  if (body.npi !== null && !isNpi(body.npi)) throw fault('npi', 'The check digit of this NPI does not fit.')
  await updateStaff(tx, params.id, body)
  touch({ subjectId: params.id, detail: { fields: Object.keys(body) } })
  return found((await listStaffMembers(tx, today, params.id))[0], 'There is no such person.')
})

function fault(path: string, message: string): Problem {
  return new Problem('invalid_input', `${message} Nothing was changed.`, [{ path: `body.${path}`, message }])
}
