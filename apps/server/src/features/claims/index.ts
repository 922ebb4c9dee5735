import * as deeds from './claims.actions.ts'

export {
  type AnswerContext,
  type AnswerOutcome,
  applyInterchangeAnswer,
  applyStatusReport,
  applySyntaxAnswer,
  codeOf,
  count,
  merge as mergeOutcomes,
  nothing as noOutcome,
  sentenceOfCodes,
  sentenceOfError,
  unattributed,
} from './acknowledgments.ts'
export { ageOf, isStale, leftAt } from './ages.ts'
export { takesReplacements } from './claim-cases.ts'
export { type BillingClinic, clinicFaults, type Parties } from './claim-file.ts'
export { checkClaims } from './claims.checks.ts'
export {
  concludeX12File,
  currentSubscriber,
  insertEvents,
  insertX12File,
  lockClaim,
  moveClaims,
  type NewClaimEvent,
  readFileText,
  setPayerClaimNumber,
  setSubscriber,
} from './claims.store.ts'
export { leftStatuses, mayMove, pauseAfter, sendingLeaseSeconds } from './claims.ts'
export { claimDetail, claimRows, filingClock, readX12File } from './claims.views.ts'
export { type FoundClaim, type FoundLine, findByControls, findByPayerNumbers, findClaim } from './find-claims.ts'
export { followClaim } from './follow-claim.ts'
export {
  type Account,
  accounts,
  balanceOf,
  book,
  type ClaimBalance,
  type Entry,
  type Posting,
  takenOn,
} from './ledger.ts'
export { localStamp } from './local-stamp.ts'
export { chargeOf, controlNumberOf, makeClaims } from './make-claims.ts'
export { replaceClaim } from './replace-claim.ts'
export { type Step, sendDueBatch, systemOf } from './send-batches.ts'

export const handlers = {
  'claims.cases': deeds.cases,
  'claims.makeOfCase': deeds.makeOfCase,
  'claims.list': deeds.list,
  'claims.filing': deeds.filing,
  'claims.get': deeds.get,
  'claims.withdraw': deeds.withdraw,
  'claims.correct': deeds.correct,
  'claims.preview': deeds.preview,
  'claims.batch': deeds.batch,
  'claims.batches': deeds.batches,
  'claims.getBatch': deeds.getBatch,
  'claims.undo': deeds.undo,
  'claims.sendNow': deeds.sendNow,
  'claims.download': deeds.download,
  'claims.files': deeds.files,
  'claims.fileContent': deeds.fileContent,
}
