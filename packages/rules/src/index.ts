/**
 * Medicare's rules for chronic care management as a book: dated values, rules with their law, one verdict a month.
 * Pure: no clock, no I/O, no dependency.
 */
export { assess, type AssessOptions } from './assess.ts'
export { bookHash, bookVersion } from './book/edition.ts'
export {
  type Dated,
  type DatedEntry,
  allValues,
  dated,
  entryOn,
  isStale,
  OutOfForce,
  valueOn,
} from './book/dated.ts'
export {
  type Branch,
  type Cure,
  type Decision,
  type Finding,
  type FindingStatus,
  type Rule,
  type RuleSummary,
  type ValueUsed,
  allRules,
  evaluate,
  rule,
  RuleConflict,
} from './book/rule.ts'
export { coverage, type CoverageEntry, staleValues } from './coverage.ts'
export { tallyMinutes, type MinutesTally } from './ccm/minutes.ts'
export { sameMonthMatrix, type SameMonthRow } from './ccm/same-month.ts'
export { chronicGroups, groupsOfIcd10 } from './eligibility/groups.ts'
export { assessEligibility } from './eligibility/assess-eligibility.ts'
export { assessRisk, riskRubric } from './eligibility/risk.ts'
export { snomedMap, snomedToIcd10, type SnomedRow } from './eligibility/snomed.ts'
export type * from './eligibility/types.ts'
export type * from './facts.ts'
export { type Fault, parseFacts } from './parse-facts.ts'
export { type Source, sources } from './sources.ts'
export * from './time.ts'
export { activities, type ActivityId, type ActivityRow, activityRow } from './values/activities.ts'
export { carePlanElements, type CarePlanElement } from './values/care-plan.ts'
export { ccmCodes, type CcmCodeRow } from './values/ccm/codes.ts'
export {
  consent,
  type ConsentMode,
  type ConsentModeRow,
  type ConsentStatement,
  type ConsentStatementId,
  consentModeRow,
  consentModes,
  consentStatements,
  DEFAULT_CONSENT_MODE,
  stopTakesEffect,
} from './values/consent.ts'
export { type Credential, type CredentialRow, credentialRow, credentials } from './values/credentials.ts'
export { initiatingVisitCodes } from './values/visits.ts'
export { allowedCents, localities, priceOf } from './values/pfs/price.ts'
export { expected } from './values/pfs/expected.ts'
export type * from './values/pfs/types.ts'
export type * from './verdict.ts'
