import { contract } from '@keepwell/contract'
import { action, type Ctx } from '../../action/action.ts'
import { assert, Problem } from '../../kernel/problem.ts'
import { claimDetail, followClaim, lockClaim } from '../claims/index.ts'
import { policyOn } from '../clinics/index.ts'
import { filingCodeOf, medicareAs, sharesOf, whyNotBilled } from './supplements.ts'
import { countUnbilled, listUnbilled, readBillable, readBilling } from './supplements.views.ts'

const paysFirst = async ({ tx, clinicId, today }: Pick<Ctx, 'tx' | 'clinicId' | 'today'>) => ({
  medicare: (await policyOn(tx, clinicId, 'claim.filing_code', today)) === 'MB',
})

export const get = action(contract.supplements.get, async (ctx, { params }) => {
  const { patientId, ...billing } = await readBilling(ctx.tx, params.id, await paysFirst(ctx))
  ctx.touch({ patientId, subjectId: billing.claimId })
  return billing
})

export const list = action(contract.supplements.list, async (ctx, { query }) => {
  const { tx, clinicId, touch } = ctx
  const { medicare } = await paysFirst(ctx)
  if (!medicare) return { items: [], nextCursor: null, count: 0, shareCents: 0 }
  const page = await listUnbilled(tx, clinicId, query)
  touch({ detail: { count: page.items.length } })
  return { ...page, ...(await countUnbilled(tx, clinicId)) }
})

/** The claim before is locked, so that two people who press at once make one bill. */
export const bill = action(contract.supplements.bill, async (ctx, { params, body }) => {
  const { tx, by, now, today, clinicId, touch } = ctx
  const claim = await lockClaim(tx, params.id)
  if (claim.followsClaimId !== null)
    throw new Problem('claim_not_ready', 'This is a bill to a supplement already. Nothing was made.')
  const { facts, decision, supplement, memberId, insured } = await readBillable(tx, claim.id, await paysFirst(ctx))
  const whyNot = whyNotBilled(facts)
  if (whyNot !== null) throw new Problem('claim_not_ready', `${whyNot} Nothing was made.`)
  assert(supplement !== null && decision !== undefined, 'a claim that can be followed is decided and has a supplement')
  const { coverageId, payerName, payerId, groupNumber, memberId: number } = supplement
  assert(
    payerName !== null && payerId !== null && number !== null,
    'a supplement that lacks nothing has a name and ids',
  )
  if (coverageId !== body.coverageId)
    throw new Problem(
      'claim_not_ready',
      `The supplement on file has changed meanwhile: it is ${payerName}. Load the page again. Nothing was made.`,
    )
  const parties = await policyOn(tx, clinicId, 'claim.parties', today)
  if (parties === null)
    throw new Problem('claim_not_ready', 'The identifiers of the Medicare contractor are not set. Nothing was made.')
  const made = await followClaim(tx, claim, {
    payer: {
      name: payerName,
      payerId,
      filingCode: filingCodeOf(supplement),
      memberId: number,
      groupNumber,
      coverageId,
      decisionId: decision.id,
    },
    otherPayer: medicareAs(
      { name: parties.payerName, payerId: parties.payerId, filingCode: 'MB' },
      { ...insured, memberId: memberId ?? '' },
      decision,
      facts.lines,
    ),
    shares: sharesOf(facts.lines),
    by,
    now,
  })
  touch({ patientId: claim.patientId, subjectId: made.id, detail: { follows: claim.controlNumber, coverageId } })
  return claimDetail(tx, made.id)
})
