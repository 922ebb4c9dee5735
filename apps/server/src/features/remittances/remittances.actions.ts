import { contract } from '@keepwell/contract'
import { action, longAction } from '../../action/action.ts'
import { found, Problem } from '../../kernel/problem.ts'
import { claimRows, leftStatuses } from '../claims/index.ts'
import { auditOf } from './collect-answers.ts'
import { takeIn as takeInFile } from './intake.ts'
import { postMatched } from './post-remittance.ts'
import { lockDecision } from './remittances.store.ts'
import { listRemittances, remittanceDetail, remittanceTotals } from './remittances.views.ts'

const bytesAtMost = contract.claims.takeIn.spec.upload?.limitBytes ?? 0

/** The file is received before the transaction begins, so that a slow sender holds nothing up. */
export const takeIn = longAction(contract.claims.takeIn, async (ctx, { query, file }) => {
  const text = await textOf(file)
  const result = await ctx.step((tx) =>
    takeInFile(
      { tx, actor: ctx.actor, now: ctx.now, today: ctx.today, clinicId: ctx.clinicId },
      { name: query.name, text },
    ),
  )
  ctx.touch({ subjectId: result.file.id, detail: auditOf(result) })
  return result
})

export const list = action(contract.remittances.list, async ({ tx, touch }, { query }) => {
  const page = await listRemittances(tx, query)
  touch({ detail: { count: page.items.length } })
  return { ...page, totals: await remittanceTotals(tx) }
})

export const get = action(contract.remittances.get, async ({ tx, touch }, { params }) => {
  touch({ subjectId: params.id })
  return remittanceDetail(tx, params.id)
})

export const match = action(contract.remittances.match, async (ctx, { params, body }) => {
  const { tx, touch } = ctx
  const waiting = found(await lockDecision(tx, params.id), 'There is no such line of a payment.')
  if (waiting.remittanceStatus !== 'posted')
    throw new Problem('conflict', 'The payment is held; nothing of it can be posted.')
  if (waiting.claimId !== null) throw new Problem('conflict', 'It was recognised already.')
  const [claim] = await claimRows(tx, [body.claimId])
  if (claim === undefined) throw new Problem('claim_unknown', 'There is no such claim here.')
  if (!leftStatuses.includes(claim.status))
    throw new Problem('claim_unknown', `Claim ${claim.controlNumber} has not left us, so no payment can be for it.`)
  await postMatched({ tx, now: ctx.now, today: ctx.today, by: ctx.by, clinicId: ctx.clinicId }, waiting, claim.id)
  touch({
    patientId: claim.patient.id,
    subjectId: waiting.id,
    detail: { claim: claim.controlNumber, reason: body.reason },
  })
  return remittanceDetail(tx, waiting.remittanceId)
})

/** @throws Problem too_large */
async function textOf(file: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file) {
    size += chunk.length
    if (size > bytesAtMost)
      throw new Problem('too_large', 'The file is larger than 50 MB. Ask the payer for smaller files.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
