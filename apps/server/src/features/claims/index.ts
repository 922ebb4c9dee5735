import * as deeds from './claims.actions.ts'

export {
  type AnswerContext, type AnswerOutcome, applyInterchangeAnswer, applyStatusReport, applySyntaxAnswer, count, merge as mergeOutcomes, nothing as noOutcome,
} from './acknowledgments.ts'
export { checkClaims } from './claims.checks.ts'
export { leftStatuses, mayMove } from './claims.ts'
export { concludeX12File, insertEvents, insertX12File, moveClaims, type NewClaimEvent, setPayerClaimNumber } from './claims.store.ts'
export { claimRows, readX12File } from './claims.views.ts'
export { findByControls, findByPayerNumbers, findClaim, type FoundClaim, type FoundLine } from './find-claims.ts'
export { type Account, accounts, type ClaimBalance, balanceOf, book, type Entry, type Posting } from './ledger.ts'
export { chargeOf, controlNumberOf, makeClaims } from './make-claims.ts'
export { sendDueBatch, type Step, systemOf } from './send-batches.ts'

export const handlers = {
  'claims.list': deeds.list,
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
