import { contract, remittanceCan } from '@keepwell/contract'
import { action, longAction } from '../../action/action.ts'
import { canonicalJson, sha256 } from '../../kernel/ids.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { claimRows, type FoundClaim, findClaim, leftStatuses } from '../claims/index.ts'
import { policyOn } from '../clinics/index.ts'
import { decidePaper, decideRelease } from './by-hand.ts'
import { auditOf } from './collect-answers.ts'
import { takeIn as takeInFile } from './intake.ts'
import { postHeld, postMatched, postPaper } from './post-remittance.ts'
import { receivables } from './receivables.views.ts'
import {
  insertDeed,
  insertDeposit,
  listPosted,
  listUnclaimed,
  lockDecision,
  lockRemittance,
  setReleased,
  setStatus,
} from './remittances.store.ts'
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

export const receivablesNow = action(contract.remittances.receivables, async ({ tx, today, timeZone, clinicId }) =>
  receivables(tx, { today, timeZone, staleDays: await policyOn(tx, clinicId, 'claim.stale_days', today) }),
)

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

export const release = action(contract.remittances.release, async (ctx, { params, body }) => {
  const { tx, now, by, touch } = ctx
  const payment = await lockRemittance(tx, params.id)
  const released = orThrow(decideRelease(payment, body.paidOn ?? null))
  const [same] = (await listPosted(tx, payment.payerId, payment.trace)).filter(
    (one) => one.paidOn === released.paidOn && one.amountCents === payment.amountCents,
  )
  if (same !== undefined)
    throw new Problem(
      'remittance_known',
      'A payment with the same number, day and amount is posted already. Nothing was changed.',
    )
  await setReleased(tx, payment.id, { ...released, by, now })
  await insertDeed(tx, { remittanceId: payment.id, kind: 'released', reason: body.reason, by, now })
  const outcome = await postHeld(
    { tx, now, today: ctx.today, by, clinicId: ctx.clinicId, fileId: payment.fileId },
    { ...payment, ...released },
    await listUnclaimed(tx, payment.id),
  )
  touch({
    subjectId: payment.id,
    detail: { holds: payment.detail.holds.map(({ kind }) => kind), claimsChanged: outcome.claimsChanged },
  })
  return remittanceDetail(tx, payment.id)
})

export const discard = action(contract.remittances.discard, async ({ tx, now, by, touch }, { params, body }) => {
  const payment = await lockRemittance(tx, params.id)
  const whyNot = remittanceCan.discard.whyNot(payment)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await setStatus(tx, payment.id, 'discarded')
  await insertDeed(tx, { remittanceId: payment.id, kind: 'discarded', reason: body.reason, by, now })
  touch({ subjectId: payment.id, detail: { holds: payment.detail.holds.map(({ kind }) => kind) } })
  return remittanceDetail(tx, payment.id)
})

export const restore = action(contract.remittances.restore, async ({ tx, now, by, touch }, { params }) => {
  const payment = await lockRemittance(tx, params.id)
  const whyNot = remittanceCan.restore.whyNot(payment)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await setStatus(tx, payment.id, 'held')
  await insertDeed(tx, { remittanceId: payment.id, kind: 'restored', reason: 'Taken back.', by, now })
  touch({ subjectId: payment.id })
  return remittanceDetail(tx, payment.id)
})

export const deposit = action(contract.remittances.deposit, async ({ tx, now, by, touch }, { params, body }) => {
  const payment = await lockRemittance(tx, params.id)
  const whyNot = remittanceCan.deposit.whyNot(payment)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await insertDeposit(tx, { remittanceId: payment.id, ...body, by, now })
  touch({ subjectId: payment.id, detail: { ties: body.bankCents === payment.amountCents } })
  return remittanceDetail(tx, payment.id)
})

export const enter = action(contract.remittances.enter, async (ctx, { body }) => {
  const { tx, now, by, today, touch } = ctx
  const claims = new Map<string, FoundClaim>()
  // Rows are locked in one order, whatever the order on the paper.
  for (const claimId of [...new Set(body.claims.map((one) => one.claimId))].sort()) {
    const claim = await findClaim(tx, claimId)
    if (claim !== undefined) claims.set(claimId, claim)
  }
  const patients = await claimRows(tx, [...claims.keys()])
  const paper = orThrow(decidePaper(body, claims, new Map(patients.map(({ id, patient }) => [id, patient.name]))))
  const [known] = await listPosted(tx, null, body.trace)
  if (known !== undefined)
    throw new Problem(
      'remittance_known',
      `A payment under the number ${body.trace} is posted already. Look for it in the list; nothing was posted.`,
    )
  const { remittanceId, claimsChanged } = await postPaper(
    { tx, now, today, by, clinicId: ctx.clinicId, fileId: null },
    {
      fileId: null,
      payerId: 'paper',
      payerName: body.payerName,
      trace: body.trace,
      paidOn: body.paidOn,
      amountCents: body.amountCents,
      method: body.method,
      setSha256: sha256(canonicalJson(body)),
      status: 'posted',
      holdReason: null,
      claimsCents: paper.claimsCents,
      providerAdjustmentCents: paper.providerAdjustmentCents,
      detail: { providerAdjustments: body.providerAdjustments, differenceCents: 0, sentences: [], holds: [] },
      by,
      now,
    },
    paper.decisions,
  )
  await insertDeed(tx, { remittanceId, kind: 'entered', reason: body.source, by, now })
  touch({ subjectId: remittanceId, detail: { claims: body.claims.length, claimsChanged } })
  return remittanceDetail(tx, remittanceId)
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
