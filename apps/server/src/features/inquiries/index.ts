import * as deeds from './inquiries.actions.ts'

export { sendDueInquiry } from './send-inquiries.ts'
export { applyQuestionInterchange, applyQuestionSyntax, applyStatusAnswer } from './status-answers.ts'

export const handlers = {
  'inquiries.waiting': deeds.waiting,
  'inquiries.standing': deeds.standing,
  'inquiries.ask': deeds.ask,
  'inquiries.list': deeds.list,
  'inquiries.download': deeds.download,
  'inquiries.sendAgain': deeds.sendAgain,
  'inquiries.makeReady': deeds.makeReady,
}
