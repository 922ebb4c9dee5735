import { credentials } from '@keepwell/rules'
import type { Tx } from '../../db/database.ts'
import * as deeds from './staffing.actions.ts'
import { listPractitioners, type Practitioner } from './staffing.store.ts'

export { credentialAt, credentialOn, type Practitioner } from './staffing.store.ts'

const billing: readonly string[] = credentials.filter((row) => row.mayBill).map((row) => row.id)

/** The billing practitioners of the organization on a day. */
export function practitionersOn(tx: Tx, on: string): Promise<Practitioner[]> {
  return listPractitioners(tx, on, billing)
}

export const handlers = {
  'staffing.list': deeds.list,
  'staffing.recordCredential': deeds.recordCredential,
  'staffing.update': deeds.update,
}
