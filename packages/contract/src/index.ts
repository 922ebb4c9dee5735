import { audit } from './audit.ts'
import { calls } from './calls.ts'
import { carePlans } from './care-plans.ts'
import { claims } from './claims.ts'
import { clinics } from './clinics.ts'
import { codeLists } from './code-lists.ts'
import { consents } from './consents.ts'
import { coverageSweeps } from './coverage-sweeps.ts'
import { denials } from './denials.ts'
import { documents, ehr } from './documents.ts'
import { edits } from './edits.ts'
import { eligibility } from './eligibility.ts'
import type { AnyEndpoint, Spec } from './endpoint.ts'
import { enrollments } from './enrollments.ts'
import { inquiries } from './inquiries.ts'
import { interop } from './interop.ts'
import { metrics } from './metrics.ts'
import { minutes } from './minutes.ts'
import { months } from './months.ts'
import { onCall } from './on-call.ts'
import { outreach } from './outreach.ts'
import { patients } from './patients.ts'
import { payers } from './payers.ts'
import { primaryDecisions } from './primary-decisions.ts'
import { remittances } from './remittances.ts'
import { session, users } from './session.ts'
import { staffing } from './staffing.ts'
import { supplements } from './supplements.ts'
import { tasks } from './tasks.ts'

export * from './access.ts'
export * from './audit.ts'
export * from './calls.ts'
export * from './can.ts'
export * from './care-plans.ts'
export * from './claims.ts'
export * from './clinics.ts'
export * from './code-lists.ts'
export * from './consents.ts'
export * from './coverage-sweeps.ts'
export * from './denials.ts'
export * from './documents.ts'
export * from './edits.ts'
export * from './eligibility.ts'
export * from './endpoint.ts'
export * from './enrollments.ts'
export * from './inquiries.ts'
export * from './interop.ts'
export * from './metrics.ts'
export * from './minutes.ts'
export * from './models.ts'
export * from './months.ts'
export * from './on-call.ts'
export * from './outreach.ts'
export * from './patients.ts'
export * from './payers.ts'
export * from './primary-decisions.ts'
export * from './problems.ts'
export * from './remittances.ts'
export * from './session.ts'
export * from './staffing.ts'
export * from './supplements.ts'
export * from './tasks.ts'

/** The whole API as data: feature, then deed. */
export const contract = {
  session,
  users,
  clinics,
  staffing,
  patients,
  interop,
  eligibility,
  coverageSweeps,
  outreach,
  documents,
  ehr,
  consents,
  enrollments,
  carePlans,
  minutes,
  calls,
  tasks,
  months,
  primaryDecisions,
  claims,
  inquiries,
  supplements,
  edits,
  codeLists,
  payers,
  remittances,
  denials,
  metrics,
  onCall,
  audit,
}

/** Every endpoint under its name, such as `consents.revoke`, for mounting, the walks and the documentation. */
export function allEndpoints(): { name: string; spec: Spec; endpoint: AnyEndpoint }[] {
  return Object.entries(contract).flatMap(([feature, deeds]) =>
    Object.entries(deeds as Record<string, AnyEndpoint>).map(([deed, endpoint]) => ({
      name: `${feature}.${deed}`,
      spec: endpoint.spec,
      endpoint,
    })),
  )
}
