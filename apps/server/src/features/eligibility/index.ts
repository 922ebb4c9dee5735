import * as deeds from './eligibility.actions.ts'

export { type Checked, checkCoverage } from './check-coverage.ts'
export { type CheckRow, listChecks } from './eligibility.store.ts'
export { coverageFactsOf, openStatuses } from './eligibility.ts'
export {
  ccmStatusOf,
  type EligibleLine,
  listEligible,
  type Moment,
  presentCheck,
  riskOf,
} from './eligibility.views.ts'

export const handlers = {
  'eligibility.list': deeds.list,
  'eligibility.get': deeds.get,
  'eligibility.chip': deeds.chip,
  'eligibility.mark': deeds.mark,
  'eligibility.check': deeds.check,
  'eligibility.checks': deeds.checks,
}
