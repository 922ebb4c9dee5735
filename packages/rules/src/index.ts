/**
 * Medicare's rules for chronic care management as a book: dated values, rules with their law, one verdict a month.
 * Pure: no clock, no I/O, no dependency.
 */
export { type AssessOptions, assess } from './assess.ts'
export {
  allValues,
  type Dated,
  type DatedEntry,
  dated,
  entryOn,
  isStale,
  OutOfForce,
  valueOn,
} from './book/dated.ts'
export { bookHash, bookVersion } from './book/edition.ts'
export {
  allRules,
  type Branch,
  type Cure,
  type Decision,
  evaluate,
  type Finding,
  type FindingStatus,
  type Rule,
  RuleConflict,
  type RuleSummary,
  rule,
  type ValueUsed,
} from './book/rule.ts'
export { type MinutesTally, tallyMinutes } from './ccm/minutes.ts'
export { type SameMonthRow, sameMonthMatrix } from './ccm/same-month.ts'
export { type CoverageEntry, coverage, staleValues } from './coverage.ts'
export {
  type AppealLevel,
  appealLevels,
  noticePresumedDays,
  overpaymentLookBackYears,
  overpaymentReturnDays,
  reachesLevel,
  recordsDueDays,
  redeterminationDueOn,
  reopeningDueOn,
  reopeningYears,
} from './denials/appeals.ts'
export { type Deadline, type DenialCause, denialCauseOf, denialCauses, type NextStep } from './denials/causes.ts'
export {
  type DiagnosisOnDay,
  diagnosisOn,
  fiscalYearOf,
  type Icd10Standing,
  type Icd10Table,
  icd10TableOf,
} from './diagnoses/icd10.ts'
export { type ClaimEdit, type ClaimToEdit, duplicateKeyOf, type EditId, editsOf } from './edits/claim-edits.ts'
export { assessEligibility } from './eligibility/assess-eligibility.ts'
export { chronicGroups, groupsOfIcd10 } from './eligibility/groups.ts'
export { assessRisk, riskRubric } from './eligibility/risk.ts'
export { type SnomedRow, snomedMap, snomedToIcd10 } from './eligibility/snomed.ts'
export type * from './eligibility/types.ts'
export type * from './facts.ts'
export { applyFix, applyFixes } from './fixes/apply.ts'
export { type Fault, parseFacts } from './parse-facts.ts'
export { type Pair, pairCell, programPairs, programsIn } from './programs/pairs.ts'
export { neighborCodes, type ProgramId, type ProgramRow, programOf, programs } from './programs/programs.ts'
export { type Difference, differencesOf, type Replayed } from './replay.ts'
export { type Source, sources } from './sources.ts'
export * from './time.ts'
export { type ActivityId, type ActivityRow, activities, activityRow } from './values/activities.ts'
export { type CarePlanElement, carePlanElements } from './values/care-plan.ts'
export { type CcmCodeRow, ccmCodes } from './values/ccm/codes.ts'
export { conditionsNeeded } from './values/ccm/time.ts'
export { placesOfService, timelyFilingYears } from './values/claims.ts'
export {
  type ConsentMode,
  type ConsentModeRow,
  type ConsentStatement,
  type ConsentStatementId,
  consent,
  consentModeRow,
  consentModes,
  consentStatements,
  DEFAULT_CONSENT_MODE,
  stopTakesEffect,
} from './values/consent.ts'
export { type Credential, type CredentialRow, credentialRow, credentials } from './values/credentials.ts'
export { hasMbiForm, hasNpiForm } from './values/identifiers.ts'
export { acceptedInFull, expected, secondPayment } from './values/pfs/expected.ts'
export { allowedCents, localities, priceOf } from './values/pfs/price.ts'
export type * from './values/pfs/types.ts'
export { type SwitchId, type SwitchRow, switches } from './values/switches.ts'
export { initiatingVisitCodes, initiatingVisitYears } from './values/visits.ts'
export type * from './verdict.ts'
