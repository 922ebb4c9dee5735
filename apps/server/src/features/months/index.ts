import * as deeds from './months.actions.ts'

export { assessMonth, type ClaimMaker, type CloseOrder, closeMonth } from './month-close.actions.ts'
export { readRecord } from './month-record.ts'
export {
  type CloseSummary,
  closeMonthFromCli,
  insertCorrectionCase,
  type MonthNumbers,
  monthNumbers,
  resumeNextClose,
  verdictNow,
} from './months.actions.ts'
export { checkMonths, type Violation } from './months.checks.ts'
export { isMonthFrozen, monthLock, readClose, supersedeCorrections } from './months.store.ts'

export const handlers = {
  'months.board': deeds.board,
  'months.assess': deeds.assess,
  'months.progress': deeds.progress,
  'months.verdict': deeds.verdict,
  'months.choose': deeds.choose,
  'months.sendBack': deeds.sendBack,
  'months.close': deeds.close,
  'months.closing': deeds.closing,
  'months.corrections': deeds.corrections,
  'months.openCorrection': deeds.openCorrection,
  'months.resolveCorrection': deeds.resolveCorrection,
}
