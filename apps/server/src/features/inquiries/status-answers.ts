import type {
  ClaimStatus as ClaimAnswer,
  ClaimStatusReport,
  GroupAcknowledgment,
  InterchangeAcknowledgment,
} from '@keepwell/x12'
import { dollars } from '@keepwell/x12'
import { canonicalJson, sha256 } from '../../kernel/ids.ts'
import { dayWords } from '../../print/words.ts'
import {
  type AnswerContext,
  type AnswerOutcome,
  codeOf,
  count,
  findByControls,
  insertEvents,
  noOutcome,
  sentenceOfCodes,
  sentenceOfError,
  setPayerClaimNumber,
  unattributed,
} from '../claims/index.ts'
import { findInquiry, findTraces, insertStatusAnswers, type NewStatusAnswer, setInquiry } from './inquiries.store.ts'

/** TA1 to a question; null where the interchange is none of the questions. */
export async function applyQuestionInterchange(
  ctx: AnswerContext,
  answer: InterchangeAcknowledgment,
): Promise<AnswerOutcome | null> {
  const inquiry = await findInquiry(ctx.tx, 'interchange_control', answer.control)
  if (inquiry === undefined) return null
  const words = `${answer.meaning} (TA1 ${answer.code} ${answer.note})`
  return answer.result === 'rejected'
    ? refuseQuestion(ctx, inquiry, `The payer did not take the file of question ${inquiry.number}: ${words}`)
    : { ...noOutcome(), sentences: [`The payer received the file of question ${inquiry.number}: ${words}`] }
}

/** 999 to a question. A refused one was never asked; nothing of the claims changes by it. */
export async function applyQuestionSyntax(ctx: AnswerContext, answer: GroupAcknowledgment): Promise<AnswerOutcome> {
  const inquiry = await findInquiry(ctx.tx, 'group_control', answer.groupControl)
  if (inquiry === undefined)
    return unattributed(`The 999 answers group HR ${answer.groupControl}, which is none of ours.`)
  if (answer.result !== 'rejected' && answer.sets.every(({ result }) => result !== 'rejected'))
    return { ...noOutcome(), sentences: [`The payer read question ${inquiry.number}.`] }
  const why = answer.sets.flatMap(({ errors }) => errors.map(sentenceOfError))[0] ?? 'No reason was given.'
  return refuseQuestion(ctx, inquiry, `The payer refused question ${inquiry.number} for its syntax: ${why}`)
}

async function refuseQuestion({ tx }: AnswerContext, { id }: { id: string }, sentence: string): Promise<AnswerOutcome> {
  await setInquiry(tx, id, { status: 'failed', lastError: sentence.slice(0, 400), nextTryAt: null })
  return { ...noOutcome(), sentences: [sentence] }
}

/**
 * 277: what the payer answers to a question about claims, tied by the trace of the question, else by the claim's number.
 * It is information: it stands in their histories and moves nothing. What was told before, in whatever envelope, is a no-op.
 */
export async function applyStatusAnswer(ctx: AnswerContext, report: ClaimStatusReport): Promise<AnswerOutcome> {
  const traced = await findTraces(
    ctx.tx,
    report.claims.map(({ trace }) => trace),
  )
  // A clearinghouse returns our number as the trace, as the patient's account, or both; the trace is the surest.
  const numbered = report.claims.map((answer) => {
    const question = traced.get(answer.trace)
    const numbers = [question?.controlNumber, answer.patientAccount, answer.claimControl, answer.trace]
    return { answer, question, numbers: numbers.filter((number) => number !== undefined && number !== null) }
  })
  const found = await findByControls(
    ctx.tx,
    numbered.flatMap(({ numbers }) => numbers),
  )
  const outcome = noOutcome()
  const answers: NewStatusAnswer[] = []
  for (const { answer, question, numbers } of numbered) {
    const claim = numbers.flatMap((number) => found.get(number) ?? [])[0]
    if (claim === undefined) {
      outcome.unknownClaims.push({
        controlNumber: answer.claimControl,
        sentence: `The 277 tells of claim ${answer.claimControl}, which is none of ours.`,
      })
      continue
    }
    if (answer.payerClaimNumber !== null && claim.payerClaimNumber === null)
      await setPayerClaimNumber(ctx.tx, claim.id, answer.payerClaimNumber)
    answers.push(statusAnswerOf(answer, claim.id, question?.inquiryClaimId ?? null))
  }
  const fresh = new Set(
    (await insertStatusAnswers(ctx.tx, distinct(answers), ctx)).map((row) => `${row.claimId} ${row.answerSha256}`),
  )
  const told = distinct(answers).filter((one) => fresh.has(keyOf(one)))
  await insertEvents(
    ctx.tx,
    told.map(({ claimId, sentence, codes }) => ({ claimId, kind: 'status_told', sentence, codes, fileId: ctx.fileId })),
    ctx,
  )
  const again = answers.length - told.length
  outcome.known = answers.length > 0 && told.length === 0 && outcome.unknownClaims.length === 0
  outcome.sentences.push(
    outcome.known
      ? `The payer told nothing new of ${count(again, 'claim')}; nothing changed.`
      : `The payer told the status of ${count(told.length, 'claim')}${again === 0 ? '' : `; of ${count(again, 'claim')} it was known already`}.`,
  )
  outcome.attributed = outcome.unknownClaims.length < report.claims.length
  return outcome
}

const keyOf = ({ claimId, answerSha256 }: Pick<NewStatusAnswer, 'claimId' | 'answerSha256'>) =>
  `${claimId} ${answerSha256}`
const distinct = (answers: readonly NewStatusAnswer[]) => [
  ...new Map(answers.map((one) => [keyOf(one), one] as const)).values(),
]

/** One answer as it is kept: its hash is over all that it says, but not over the envelope that carried it. */
export function statusAnswerOf(answer: ClaimAnswer, claimId: string, inquiryClaimId: string | null): NewStatusAnswer {
  const all = [...answer.statuses, ...answer.lines.flatMap((line) => line.statuses)]
  const codes = all.flatMap((status) => status.codes)
  const first = <T>(of: (status: (typeof all)[number]) => T | null): T | null =>
    all.map(of).find((value) => value !== null) ?? null
  const decidedOn = first((status) => status.decidedOn) ?? first((status) => status.paidOn)
  const paidCents = codes.some(({ category }) => category.startsWith('F'))
    ? answer.statuses.reduce<number | null>(
        (sum, { paidCents: cents }) => (cents === null ? sum : (sum ?? 0) + cents),
        null,
      )
    : null
  const paymentTrace = first((status) => status.checkNumber)
  const paid =
    paidCents === null || paidCents === 0
      ? ''
      : ` Paid ${dollars(paidCents)}${decidedOn === null ? '' : ` on ${dayWords(decidedOn)}`}${paymentTrace === null ? '' : `, number ${paymentTrace}`}.`
  return {
    claimId,
    inquiryClaimId,
    answerSha256: sha256(canonicalJson({ trace: answer.trace, statuses: answer.statuses, lines: answer.lines })),
    codes: [...new Set(codes.map(codeOf))],
    sentence: `The payer says: ${sentenceOfCodes(codes)}${paid}`,
    decidedOn,
    paidCents,
    paymentTrace,
  }
}
