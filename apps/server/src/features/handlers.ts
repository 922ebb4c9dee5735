import type { Handler } from '../action/action.ts'
import type { OpenHandler } from '../action/open-action.ts'
import { handlers as audit } from './audit/index.ts'
import { handlers as calls } from './calls/index.ts'
import { handlers as carePlans } from './care-plans/index.ts'
import { handlers as claims } from './claims/index.ts'
import { handlers as clinics } from './clinics/index.ts'
import { handlers as codeLists } from './code-lists/index.ts'
import { handlers as consents } from './consents/index.ts'
import { handlers as coverageSweeps } from './coverage-sweeps/index.ts'
import { handlers as denials } from './denials/index.ts'
import { handlers as documents } from './documents/index.ts'
import { handlers as edits } from './edits/index.ts'
import { handlers as eligibility } from './eligibility/index.ts'
import { handlers as enrollments } from './enrollments/index.ts'
import { handlers as inquiries } from './inquiries/index.ts'
import { handlers as interop } from './interop/index.ts'
import { handlers as metrics } from './metrics/index.ts'
import { handlers as minutes } from './minutes/index.ts'
import { handlers as months } from './months/index.ts'
import { handlers as onCall } from './on-call/index.ts'
import { handlers as outreach } from './outreach/index.ts'
import { handlers as patients } from './patients/index.ts'
import { handlers as payers } from './payers/index.ts'
import { handlers as primaryDecisions } from './primary-decisions/index.ts'
import { handlers as remittances } from './remittances/index.ts'
import { handlers as staffing } from './staffing/index.ts'
import { handlers as supplements } from './supplements/index.ts'
import { handlers as tasks } from './tasks/index.ts'
import { handlers as users } from './users/index.ts'

/** What answers each endpoint of the contract, by the endpoint's name. */
export const handlers: Record<string, Handler | OpenHandler> = {
  ...users,
  ...clinics,
  ...staffing,
  ...patients,
  ...interop,
  ...eligibility,
  ...coverageSweeps,
  ...outreach,
  ...documents,
  ...consents,
  ...enrollments,
  ...carePlans,
  ...minutes,
  ...calls,
  ...tasks,
  ...months,
  ...primaryDecisions,
  ...claims,
  ...inquiries,
  ...supplements,
  ...edits,
  ...codeLists,
  ...payers,
  ...remittances,
  ...denials,
  ...metrics,
  ...onCall,
  ...audit,
}
