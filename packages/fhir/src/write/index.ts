export type { FhirBundle, SearchPage } from './bundle.ts'
export { collectionBundle, searchsetBundle, transactionBundle } from './bundle.ts'
export type {
  AchievementStatus,
  CarePlanVersion,
  PlanCareTeam,
  PlanGoal,
  PlanIntervention,
  PlanSection,
} from './care-plan.ts'
export { carePlanResource, planCareTeam, planGoal, planIntervention } from './care-plan.ts'
export type { ConsentGiven, SignedForm } from './consent.ts'
export { consentDocumentReference, consentResource } from './consent.ts'
export type { FhirResource, JsonValue, ReferenceTo } from './json.ts'
export { operationOutcome } from './operation-outcome.ts'
export type { CcmCall, Enrollment } from './program.ts'
export { callEncounter, enrollmentEpisode } from './program.ts'
