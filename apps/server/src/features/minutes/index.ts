import * as deeds from './minutes.actions.ts'

export { endTimerOfCall, startTimerForCall } from './crediting.ts'
export { monthMinutes, presentEnded } from './minutes.actions.ts'
export { listMonthSummaries, listTimeFacts, type MonthSummary, saveContact } from './minutes.store.ts'
export { stepsOf, summaryOf } from './minutes.ts'

export const handlers = {
  'minutes.activities': deeds.activities,
  'minutes.timer': deeds.timer,
  'minutes.start': deeds.start,
  'minutes.heartbeat': deeds.heartbeat,
  'minutes.stop': deeds.stop,
  'minutes.undoSwitch': deeds.undoSwitch,
  'minutes.recover': deeds.recover,
  'minutes.discard': deeds.discard,
  'minutes.list': deeds.list,
  'minutes.log': deeds.log,
  'minutes.correct': deeds.correct,
  'minutes.withdraw': deeds.withdraw,
  'minutes.approvals': deeds.approvals,
  'minutes.approve': deeds.approve,
  'minutes.decline': deeds.decline,
}
