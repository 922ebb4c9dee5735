import { contract } from '@keepwell/contract'
import { useCall } from '../../api/index.ts'
import { say } from '../../ui/index.ts'

/** Every view that a word with a patient makes old. */
export const afterWord = [
  contract.outreach.today,
  contract.outreach.patient,
  contract.outreach.log,
  contract.outreach.declines,
  contract.outreach.trends,
  contract.eligibility.chip,
  contract.eligibility.list,
  contract.tasks.count,
]

/** Logs a word with a patient: mentioned, brochure, heard before, the answer. */
export function useRecord(onDone?: () => void) {
  return useCall(contract.outreach.record, {
    invalidates: afterWord,
    ...(onDone === undefined ? {} : { onDone }),
  })
}

/** Calls a care manager to the desk. */
export function usePage() {
  return useCall(contract.outreach.page, {
    invalidates: [...afterWord, contract.tasks.list],
    onDone: (task) => void say(`${task.owner?.name ?? 'The care managers'} see it at once.`),
  })
}
