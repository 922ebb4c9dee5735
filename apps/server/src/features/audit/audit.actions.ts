import { contract } from '@keepwell/contract'
import { action } from '../../action/action.ts'
import { listAuditEntries } from './audit.views.ts'

export const list = action(contract.audit.list, async ({ tx, timeZone }, { query }) =>
  listAuditEntries(tx, query, timeZone),
)
