import type { ClaimStatus } from '@keepwell/contract'
import type {
  ClaimStatus as ClaimAnswer,
  ClaimStatusReport,
  GroupAcknowledgment,
  InterchangeAcknowledgment,
  SegmentError,
  StatusCode,
} from '@keepwell/x12'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import {
  type ClaimIdentity,
  insertEvents,
  lockBatch,
  lockClaimsOfBatch,
  moveClaims,
  type NewClaimEvent,
  setBatch,
  setPayerClaimNumber,
} from './claims.store.ts'
import { mayMove } from './claims.ts'
import { type FoundClaim, findByControls } from './find-claims.ts'

/** What an answer changed, in sentences for the person who took it in. */
export interface AnswerOutcome {
  sentences: string[]
  claimsChanged: number
  unknownClaims: { controlNumber: string; sentence: string }[]
  /** The batches that were answered. */
  batchIds: string[]
  /** False where a part of the answer belongs to nothing of ours: the file is held for a person to look at. */
  attributed: boolean
  /** True where all that it says was told before, in another file. */
  known: boolean
}

export const nothing = (): AnswerOutcome => ({
  sentences: [],
  claimsChanged: 0,
  unknownClaims: [],
  batchIds: [],
  attributed: true,
  known: false,
})

export function merge(outcomes: readonly AnswerOutcome[]): AnswerOutcome {
  return {
    sentences: outcomes.flatMap((one) => one.sentences),
    claimsChanged: outcomes.reduce((sum, one) => sum + one.claimsChanged, 0),
    unknownClaims: outcomes.flatMap((one) => one.unknownClaims),
    batchIds: [...new Set(outcomes.flatMap((one) => one.batchIds))],
    attributed: outcomes.every((one) => one.attributed),
    known: outcomes.length > 0 && outcomes.every((one) => one.known),
  }
}

export interface AnswerContext {
  tx: Tx
  now: Date
  by: string | null
  fileId: string
}

/** TA1: the whole interchange was taken or refused. */
export async function applyInterchangeAnswer(
  ctx: AnswerContext,
  answer: InterchangeAcknowledgment,
): Promise<AnswerOutcome> {
  const batch = await findBatch(ctx.tx, 'interchange_control', answer.control)
  if (batch === undefined) return unattributed(`The TA1 answers interchange ${answer.control}, which is none of ours.`)
  const words = `${answer.meaning} (TA1 ${answer.code} ${answer.note})`
  if (answer.result === 'rejected')
    return rejectBatch(
      ctx,
      batch.id,
      `The payer did not take the file of batch ${batch.number}: ${words}`,
      [`TA1:${answer.note}`],
      () => null,
    )
  return {
    ...nothing(),
    sentences: [`The payer received the file of batch ${batch.number}: ${words}`],
    batchIds: [batch.id],
  }
}

/** 999: the syntax of the batch. A rejected set never arrived, and all its claims with it. */
export async function applySyntaxAnswer(ctx: AnswerContext, answer: GroupAcknowledgment): Promise<AnswerOutcome> {
  const batch =
    answer.functionalCode === 'HC' ? await findBatch(ctx.tx, 'group_control', answer.groupControl) : undefined
  if (batch === undefined)
    return unattributed(`The 999 answers group ${answer.functionalCode} ${answer.groupControl}, which is none of ours.`)
  const set = answer.sets.find((one) => String(Number(one.control)) === batch.setControl)
  const result = set?.result ?? answer.result
  const errors = set?.errors ?? []
  if (result === 'rejected') {
    const why = [...errors.map(sentenceOfError), ...(set?.reasons ?? answer.reasons).map((reason) => reason.meaning)]
    const first = why[0] ?? 'No reason was given.'
    return rejectBatch(
      ctx,
      batch.id,
      `The payer refused batch ${batch.number} for its syntax, so none of its claims arrived: ${first}`,
      errors.map((error) => `${error.segmentId}:${error.code}`),
      (claim) => {
        const own = errors.filter((error) => error.claimControl?.toUpperCase() === claim.controlNumber.toUpperCase())
        return own.length === 0
          ? null
          : `The payer refused the batch because of this claim: ${own.map(sentenceOfError).join(' ')}`
      },
    )
  }
  const known = await lockBatch(ctx.tx, batch.id)
  if (known.status === 'sent' || known.status === 'sending' || known.status === 'failed')
    await setBatch(ctx.tx, batch.id, { status: 'accepted' })
  const claims = (await lockClaimsOfBatch(ctx.tx, batch.id)).filter(({ lastBatch }) => lastBatch)
  const words = result === 'accepted' ? 'without an error' : `with errors: ${errors.map(sentenceOfError).join(' ')}`
  await insertEvents(
    ctx.tx,
    claims.map((claim) => ({
      claimId: claim.id,
      kind: 'syntax_accepted',
      sentence: `The payer read the file of batch ${batch.number} ${words}.`.replace('..', '.'),
      fileId: ctx.fileId,
    })),
    ctx,
  )
  return {
    ...nothing(),
    sentences: [`The payer read batch ${batch.number} ${words}.`.replace('..', '.')],
    batchIds: [batch.id],
  }
}

/** Where an error of a 999 lies and what it is, in one sentence. */
export function sentenceOfError(error: SegmentError): string {
  const place = `segment ${error.segmentId}${error.position === null ? '' : ` (number ${error.position})`}${error.loop === null ? '' : ` in loop ${error.loop}`}`
  const elements = error.elements.map((one) => {
    const name =
      one.position === null
        ? 'an element'
        : `${error.segmentId}${String(one.position).padStart(2, '0')}${one.component === null ? '' : `-${one.component}`}`
    return `${name}${one.value === null ? '' : ` “${one.value}”`}: ${one.meaning}`
  })
  const claim = error.claimControl === null ? '' : `, claim ${error.claimControl}`
  return `At ${place}${claim}: ${[error.meaning, ...elements].join(' ')}`
}

/** 277CA: each claim accepted into adjudication, or rejected with its reasons; or the batch as a whole. */
export async function applyStatusReport(ctx: AnswerContext, report: ClaimStatusReport): Promise<AnswerOutcome> {
  const batch = report.batchId === null ? undefined : await findBatch(ctx.tx, 'number', report.batchId)
  if (report.batchRejected) {
    if (batch === undefined)
      return unattributed(`The 277CA refuses batch ${report.batchId ?? '(without a number)'}, which is none of ours.`)
    const codes = report.levels
      .filter(({ answer }) => answer === 'rejected')
      .flatMap(({ statuses }) => statuses.flatMap((status) => status.codes))
    return rejectBatch(
      ctx,
      batch.id,
      `The payer refused batch ${batch.number} as a whole: ${sentenceOfCodes(codes)}`,
      codes.map(codeOf),
      () => null,
    )
  }
  const found = await findByControls(
    ctx.tx,
    report.claims.map(({ claimControl }) => claimControl),
  )
  const outcome = nothing()
  if (batch !== undefined) outcome.batchIds.push(batch.id)
  const moves = new Map<ClaimStatus, FoundClaim[]>()
  const events: NewClaimEvent[] = []
  let accepted = 0
  let rejected = 0
  for (const answer of report.claims) {
    const claim = found.get(answer.claimControl)
    if (claim === undefined) {
      outcome.unknownClaims.push({
        controlNumber: answer.claimControl,
        sentence: `The 277CA answers claim ${answer.claimControl}, which is none of ours.`,
      })
      continue
    }
    if (answer.payerClaimNumber !== null) await setPayerClaimNumber(ctx.tx, claim.id, answer.payerClaimNumber)
    const to =
      answer.answer === 'rejected'
        ? 'rejected'
        : answer.answer === 'accepted' || answer.answer === 'decided'
          ? 'accepted'
          : null
    if (to === 'rejected') rejected++
    if (to === 'accepted') accepted++
    // An answer to an earlier sending never moves a claim that was sent again or decided since.
    const due =
      to !== null &&
      mayMove(claim.status, to) &&
      (batch === undefined || claim.batchId === null || claim.batchId === batch.id)
    if (due) moves.set(to, [...(moves.get(to) ?? []), claim])
    events.push({
      claimId: claim.id,
      kind: due ? to : to === null ? 'waiting' : 'late_answer',
      sentence: sentenceOfAnswer(answer),
      codes: answer.reasons.map(codeOf),
      fileId: ctx.fileId,
    })
  }
  for (const [to, claims] of moves) {
    await moveClaims(ctx.tx, claims, to, ctx.now)
    outcome.claimsChanged += claims.length
  }
  await insertEvents(ctx.tx, events, ctx)
  outcome.sentences.push(`The payer took ${count(accepted, 'claim')} and refused ${count(rejected, 'claim')}.`)
  if (outcome.unknownClaims.length > 0)
    outcome.sentences.push(
      `${count(outcome.unknownClaims.length, 'claim')} of the file ${outcome.unknownClaims.length === 1 ? 'is' : 'are'} none of ours.`,
    )
  outcome.attributed =
    report.claims.length === 0 ? batch !== undefined : outcome.unknownClaims.length < report.claims.length
  return outcome
}

export const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`

export const codeOf = ({ category, status, entity }: StatusCode) =>
  [category, status, ...(entity === null ? [] : [entity])].join(':')

export function sentenceOfCodes(codes: readonly StatusCode[]): string {
  const sentences = [...new Set(codes.map((code) => `${code.meaning.replace(/\.$/, '')} (${codeOf(code)})`))]
  return sentences.length === 0 ? 'no reason was given.' : `${sentences.join('; ')}.`
}

function sentenceOfAnswer(answer: ClaimAnswer): string {
  if (answer.answer === 'rejected') return `The payer refused the claim: ${sentenceOfCodes(answer.reasons)}`
  if (answer.answer === 'accepted' || answer.answer === 'decided') {
    return `The payer took the claim for adjudication${answer.payerClaimNumber === null ? '' : ` under its number ${answer.payerClaimNumber}`}.`
  }
  return `The payer has the claim and has not decided whether to take it: ${sentenceOfCodes(answer.reasons)}`
}

export function unattributed(sentence: string): AnswerOutcome {
  return { ...nothing(), sentences: [sentence], attributed: false }
}

/** Every claim of the batch was never received; `ownSentence` says more about a claim that is itself at fault. */
async function rejectBatch(
  ctx: AnswerContext,
  batchId: string,
  sentence: string,
  codes: readonly string[],
  ownSentence: (claim: ClaimIdentity) => string | null,
): Promise<AnswerOutcome> {
  const batch = await lockBatch(ctx.tx, batchId)
  if (batch.status === 'undone') return unattributed(`${sentence} The batch had been taken back.`)
  await setBatch(ctx.tx, batchId, { status: 'rejected', lastError: sentence.slice(0, 400) })
  const claims = (await lockClaimsOfBatch(ctx.tx, batchId)).filter(
    (claim) => claim.lastBatch && mayMove(claim.status, 'rejected'),
  )
  await moveClaims(ctx.tx, claims, 'rejected', ctx.now)
  await insertEvents(
    ctx.tx,
    claims.map((claim) => ({
      claimId: claim.id,
      kind: 'rejected',
      sentence: ownSentence(claim) ?? sentence,
      codes,
      fileId: ctx.fileId,
    })),
    ctx,
  )
  return { ...nothing(), sentences: [sentence], claimsChanged: claims.length, batchIds: [batchId] }
}

async function findBatch(
  tx: Tx,
  by: 'interchange_control' | 'group_control' | 'number',
  value: string,
): Promise<{ id: string; number: string; setControl: string } | undefined> {
  const wanted =
    by === 'number' ? value.trim().toUpperCase() : /^\d{1,9}$/.test(value.trim()) ? String(Number(value)) : null
  if (wanted === null) return undefined
  const { rows } = await sql<{ id: string; number: string; setControl: string }>`
    select id, number, set_control as "setControl" from claim_batches where tenant_id = ${tx.tenantId} and ${sql.ref(by)} = ${wanted} limit 1`.execute(
    tx.db,
  )
  return rows[0]
}
