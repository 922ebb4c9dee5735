import type { Intake, X12File } from '@keepwell/contract'
import {
  describeFound,
  type InterchangeFile,
  type Kind,
  kindOfFile,
  kindOfSet,
  read277Sets,
  read835Sets,
  read999Sets,
  readInterchanges,
  readTA1Segments,
} from '@keepwell/x12'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import { sha256 } from '../../kernel/ids.ts'
import { Problem } from '../../kernel/problem.ts'
import {
  type AnswerContext,
  type AnswerOutcome,
  applyInterchangeAnswer,
  applyStatusReport,
  applySyntaxAnswer,
  concludeX12File,
  insertX12File,
  mergeOutcomes,
  noOutcome,
  readX12File,
} from '../claims/index.ts'
import { applyQuestionInterchange, applyQuestionSyntax, applyStatusAnswer } from '../inquiries/index.ts'
import { type PostOutcome, postRemittance } from './post-remittance.ts'

export type IntakeResult = z.infer<typeof Intake>

/** What taking in a file needs: a deed's context has it all. */
export interface IntakeContext {
  tx: Tx
  actor: Actor
  now: Date
  today: string
  clinicId: string
}

const answered: readonly (Kind | null)[] = ['TA1', '999', '277CA', '277', '835', '271']

/**
 * Takes in a file from a payer, told apart by its content alone. Everything it says is applied in the caller's one
 * transaction, or nothing is; the same file again changes nothing and says so. A file that is cut off or damaged is
 * kept and held, with what is wrong.
 * @throws Problem unreadable_file for what is not X12, file_type_mismatch for X12 that is not a payer's answer
 */
export async function takeIn(ctx: IntakeContext, given: { name: string; text: string }): Promise<IntakeResult> {
  const file = readInterchanges(given.text)
  const kind = judgeKind(given, file)
  const known = await ctx.tx.db
    .selectFrom('x12_files')
    .select('id')
    .where('tenant_id', '=', ctx.tx.tenantId)
    .where('direction', '=', 'in')
    .where('sha256', '=', sha256(given.text))
    .executeTakeFirst()
  if (known !== undefined) {
    const rows = await ctx.tx.db
      .selectFrom('remittances')
      .select('id')
      .where('tenant_id', '=', ctx.tx.tenantId)
      .where('file_id', '=', known.id)
      .limit(1000)
      .execute()
    return {
      file: await readX12File(ctx.tx, known.id),
      alreadyKnown: true,
      claimsChanged: 0,
      unknownClaims: [],
      remittanceIds: rows.map(({ id }) => id),
    }
  }
  const { id: fileId } = await insertX12File(ctx.tx, {
    direction: 'in',
    kind,
    name: given.name,
    content: given.text,
    interchangeControl: file.interchanges[0]?.control ?? null,
    outcome: 'held',
    sentences: [],
    by: ctx.actor.id,
    now: ctx.now,
  })
  const outcome = await apply(ctx, file, fileId)
  await concludeX12File(ctx.tx, fileId, {
    outcome: outcome.result,
    sentences: outcome.sentences,
    batchIds: outcome.batchIds,
  })
  return {
    file: await readX12File(ctx.tx, fileId),
    alreadyKnown: outcome.alreadyKnown,
    claimsChanged: outcome.claimsChanged,
    unknownClaims: outcome.unknownClaims,
    remittanceIds: outcome.remittanceIds,
  }
}

/** Keeps a file that cannot be taken in, where no person waits for the refusal. */
export async function keepRefused(
  tx: Tx,
  file: { name: string; text: string },
  sentence: string,
  now: Date,
): Promise<void> {
  const content = file.text.replaceAll('\u0000', '')
  const there = await tx.db
    .selectFrom('x12_files')
    .select('id')
    .where('tenant_id', '=', tx.tenantId)
    .where('direction', '=', 'in')
    .where('sha256', '=', sha256(content))
    .executeTakeFirst()
  if (there !== undefined) return
  await insertX12File(tx, {
    direction: 'in',
    kind: 'unknown',
    name: file.name,
    content,
    interchangeControl: null,
    outcome: 'refused',
    sentences: [sentence],
    by: null,
    now,
  })
}

function judgeKind(given: { name: string; text: string }, file: InterchangeFile): Kind {
  if (file.refused !== null || given.text.includes('\u0000')) {
    throw new Problem(
      'unreadable_file',
      `${given.name} is no X12 file; it is ${describeFound(given.text)}. Nothing was stored.`,
      [{ path: given.name, message: file.refused ?? 'The file holds characters that no X12 file holds.' }],
    )
  }
  const kind = kindOfFile(file)
  const kinds = file.interchanges.flatMap((interchange) =>
    interchange.groups.flatMap((group) => group.sets.map(kindOfSet)),
  )
  const strange = kinds.find((one) => !answered.includes(one))
  if (kind === null || strange !== undefined) {
    const what =
      strange === undefined || strange === null
        ? kinds.length === 0
          ? 'an X12 file without any transaction set'
          : 'a transaction set that is not known here'
        : strange === '837P'
          ? 'an 837P, which are claims on their way to a payer'
          : `a ${strange}`
    throw new Problem(
      'file_type_mismatch',
      `${given.name} holds ${what}. Only a payer's answers are taken in: 999, TA1, 277CA, 277, 835 and 271. Nothing was stored.`,
    )
  }
  return kind
}

interface Applied extends AnswerOutcome {
  result: X12File['outcome']
  alreadyKnown: boolean
  remittanceIds: string[]
}

async function apply(ctx: IntakeContext, file: InterchangeFile, fileId: string): Promise<Applied> {
  const remittances = read835Sets(file)
  const damage = damageOf(file)
  if (damage.length > 0 && remittances.transactions.length === 0) {
    return {
      ...noOutcome(),
      sentences: [`The file is held, nothing of it was applied. ${damage.join(' ')}`],
      result: 'held',
      alreadyKnown: false,
      remittanceIds: [],
    }
  }
  const answer: AnswerContext = { tx: ctx.tx, now: ctx.now, by: ctx.actor.id, fileId }
  const outcomes: AnswerOutcome[] = []
  if (damage.length === 0) {
    for (const one of readTA1Segments(file).acknowledgments)
      outcomes.push((await applyQuestionInterchange(answer, one)) ?? (await applyInterchangeAnswer(answer, one)))
    for (const one of read999Sets(file).groups)
      outcomes.push(
        await (one.functionalCode === 'HR' ? applyQuestionSyntax(answer, one) : applySyntaxAnswer(answer, one)),
      )
    for (const one of read277Sets(file, '277CA').reports) outcomes.push(await applyStatusReport(answer, one))
    for (const one of read277Sets(file, '277').reports) outcomes.push(await applyStatusAnswer(answer, one))
    if (
      file.interchanges.some((interchange) =>
        interchange.groups.some((group) => group.sets.some((set) => kindOfSet(set) === '271')),
      )
    ) {
      outcomes.push({
        ...noOutcome(),
        sentences: [
          'The 271 is kept and changes nothing: coverage is asked for and answered at the patient, under Eligibility.',
        ],
      })
    }
  }
  const posted: PostOutcome[] = []
  for (const one of remittances.transactions) {
    // What is wrong with the whole file holds each of its payments, also one that is whole by itself.
    const held = damage.filter((reason) => !one.holdReasons.includes(reason))
    posted.push(
      await postRemittance(
        { tx: ctx.tx, now: ctx.now, today: ctx.today, by: ctx.actor.id, clinicId: ctx.clinicId, fileId },
        held.length === 0 ? one : { ...one, postable: false, holdReasons: [...one.holdReasons, ...held] },
      ),
    )
  }
  const merged = mergeOutcomes(outcomes)
  return {
    sentences: [
      ...merged.sentences,
      ...posted.flatMap(({ sentences }) => sentences),
      ...posted.flatMap(({ unknownClaims }) => unknownClaims.map(({ sentence }) => sentence)).slice(0, 50),
    ],
    claimsChanged: merged.claimsChanged + posted.reduce((sum, one) => sum + one.claimsChanged, 0),
    unknownClaims: [...merged.unknownClaims, ...posted.flatMap((one) => one.unknownClaims)],
    batchIds: merged.batchIds,
    attributed: merged.attributed,
    known: merged.known,
    result:
      posted.some(({ result }) => result === 'held') || !merged.attributed
        ? 'held'
        : posted.some(({ result }) => result === 'posted')
          ? 'posted'
          : 'taken',
    alreadyKnown:
      outcomes.length + posted.length > 0 &&
      outcomes.every(({ known }) => known) &&
      posted.every(({ result }) => result === 'known'),
    remittanceIds: posted.flatMap(({ remittanceId }) => remittanceId ?? []),
  }
}

/** What says that a file is not whole, one sentence each. */
function damageOf(file: InterchangeFile): string[] {
  const truncated = file.interchanges.some(
    (interchange) =>
      interchange.truncated ||
      interchange.groups.some((group) => group.truncated || group.sets.some((set) => set.truncated)),
  )
  return [
    ...(truncated ? ['The file is cut off: its SE, GE or IEA is missing.'] : []),
    ...file.envelopeErrors.filter(({ code }) => !saidOtherwise.has(code)).map(({ message }) => message),
  ]
}

/** Said already as cut off, or without meaning for what the file says. */
const saidOtherwise = new Set(['se_missing', 'ge_missing', 'iea_missing', 'isa_length', 'text_after_end'])
