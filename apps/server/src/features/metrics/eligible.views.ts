import type { Tx } from '../../db/database.ts'
import { listEligible } from '../eligibility/index.ts'

export type EligibleList = { id: string; name: string; detail: string }[]

/** The patients whom the finder proposes today, by name: the same list as on its own page. */
export async function eligiblePatients(tx: Tx, today: string): Promise<EligibleList> {
  const found = await listEligible(tx, today)
  return found
    .map(({ id, name, conditions }) => ({ id, name, detail: `${conditions.length} conditions` }))
    .sort((a, b) => a.name.localeCompare(b.name))
}
