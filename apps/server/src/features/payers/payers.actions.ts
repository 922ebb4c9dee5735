import { contract, noTerms, type Payer, type PayerReason, type PayerTerms } from '@keepwell/contract'
import { addYears } from '@keepwell/rules'
import { action } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { found, Problem } from '../../kernel/problem.ts'
import { policyOn } from '../clinics/index.ts'
import {
  insertAuthorization,
  insertRule,
  insertTrial,
  listAuthorizations,
  listFacts,
  listMet,
  listRules,
  pastClaims,
  payerOfTrial,
  type StoredRule,
} from './payers.store.ts'
import { answerOf, caseWords, reasonsOf, ruleOn, tryOn } from './payers.ts'

export const list = action(contract.payers.list, async ({ tx, clinicId, today }) => {
  const rules = await listRules(tx, clinicId)
  return { items: (await metBy(tx, clinicId, today)).map((payer) => withRule(payer, rules, today)) }
})

export const get = action(contract.payers.get, async ({ tx, clinicId, today }, { params }) => {
  const payer = await payerHere(tx, clinicId, params.payerId, today)
  const rules = await listRules(tx, clinicId, params.payerId)
  return { ...withRule(payer, rules, today), rules }
})

export const tryTerms = action(contract.payers.tryTerms, async (ctx, { params, body }) => {
  const { tx, by, now, today, timeZone, clinicId, touch } = ctx
  const { payerId } = params
  const { name } = await payerHere(tx, clinicId, payerId, today)
  const past = await pastClaims(tx, clinicId, { payerId, since: addYears(today, -1), timeZone })
  const { result, cases } = tryOn(body.terms, past, name)
  const id = await insertTrial(tx, { clinicId, payerId, terms: body.terms, result, by, now })
  touch({ subjectId: id, detail: { payer: payerId, lookedAt: result.lookedAt, agreed: result.agreed } })
  return { id, payerId, terms: body.terms, result, cases }
})

export const tryCase = action(contract.payers.tryCase, async ({ tx, clinicId, today, touch }, { params, body }) => {
  const { name } = await payerHere(tx, clinicId, params.payerId, today)
  const { terms, code, serviceOn } = body
  const authorized = body.authorized ? [code] : []
  const reasons = reasonsOf(terms, { codes: [code], serviceOn, sentOn: today, authorized }, name)
  touch({ detail: { payer: params.payerId } })
  return { said: answerOf(terms, reasons), reasons, words: caseWords(terms, body) }
})

export const switchOn = action(contract.payers.switchOn, async (ctx, { params, body }) => {
  const { tx, by, now, clinicId, touch } = ctx
  const payerId = await payerOfTrial(tx, clinicId, params.id)
  const id = await insertRule(tx, { trialId: params.id, ...body, by, now })
  touch({ subjectId: id, detail: { payer: payerId, fromOn: body.fromOn } })
  const rule = (await listRules(tx, clinicId, payerId)).find((one) => one.id === id)
  return found(rule, 'There is no such rule.')
})

export const ofClaim = action(contract.payers.ofClaim, async ({ tx, clinicId, today, touch }, { params }) => {
  const [claim] = await listFacts(tx, clinicId, [params.id])
  const { patientId, payerId, serviceOn, codes } = found(claim, 'There is no such claim.')
  touch({ patientId, subjectId: params.id })
  const terms = ruleOn(await listRules(tx, clinicId, payerId), serviceOn)?.terms ?? noTerms
  return {
    payerId,
    serviceOn,
    reasons: (await payerReasons(tx, clinicId, [params.id], today)).get(params.id) ?? [],
    authorizationFor: (terms.authorizationFor ?? []).filter((code) => codes.includes(code)),
    authorizations: await listAuthorizations(tx, clinicId, { patientId, payerId }),
  }
})

export const authorize = action(contract.payers.authorize, async (ctx, { params, body }) => {
  const { tx, by, now, clinicId, touch } = ctx
  const [claim] = await listFacts(tx, clinicId, [params.id])
  const { patientId, payerId } = found(claim, 'There is no such claim. Nothing was noted.')
  if (body.toOn < body.fromOn)
    throw new Problem('invalid_input', 'The last day is before the first. Nothing was noted.', [
      { path: 'body.toOn', message: 'Choose the first day or a later one.' },
    ])
  const id = await insertAuthorization(tx, { ...body, clinicId, patientId, payerId, by, now })
  touch({ patientId, subjectId: id, detail: { payer: payerId, codes: body.codes } })
  const given = (await listAuthorizations(tx, clinicId, { patientId, payerId })).find((one) => one.id === id)
  return found(given, 'There is no such authorization.')
})

/** Why the rules of their payers stop these claims today, by claim id. A rule counts from its first day of service. */
export async function payerReasons(
  tx: Tx,
  clinicId: string,
  claimIds: readonly string[],
  today: string,
): Promise<Map<string, PayerReason[]>> {
  const rules = await listRules(tx, clinicId)
  if (rules.length === 0 || claimIds.length === 0) return new Map()
  const byPayer = Map.groupBy(rules, ({ payerId }) => payerId)
  const ownName = (await policyOn(tx, clinicId, 'claim.parties', today))?.payerName
  return new Map(
    (await listFacts(tx, clinicId, claimIds)).flatMap((claim) => {
      const terms = ruleOn(byPayer.get(claim.payerId) ?? [], claim.serviceOn)?.terms
      if (terms === undefined) return []
      const reasons = reasonsOf(terms, { ...claim, sentOn: today }, claim.name ?? ownName ?? claim.payerId)
      return reasons.length === 0 ? [] : [[claim.id, reasons] as const]
    }),
  )
}

/** What is known on a day of the payer that the clinic's own claims go to; nothing where nobody wrote it down. */
export async function ownTerms(tx: Tx, clinicId: string, on: string): Promise<PayerTerms> {
  const parties = await policyOn(tx, clinicId, 'claim.parties', on)
  if (parties === null) return noTerms
  return ruleOn(await listRules(tx, clinicId, parties.payerId), on)?.terms ?? noTerms
}

async function metBy(tx: Tx, clinicId: string, today: string): Promise<Omit<Payer, 'rule'>[]> {
  const parties = await policyOn(tx, clinicId, 'claim.parties', today)
  const filingCode = await policyOn(tx, clinicId, 'claim.filing_code', today)
  const own = parties === null ? null : { payerId: parties.payerId, name: parties.payerName, filingCode }
  return listMet(tx, clinicId, { own, since: addYears(today, -1) })
}

const payerHere = async (tx: Tx, clinicId: string, payerId: string, today: string) =>
  found(
    (await metBy(tx, clinicId, today)).find((one) => one.payerId === payerId),
    'The clinic has no such payer.',
  )

function withRule(payer: Omit<Payer, 'rule'>, rules: readonly StoredRule[], today: string): Payer {
  const own = rules.filter(({ payerId }) => payerId === payer.payerId)
  return { ...payer, rule: ruleOn(own, today) ?? null }
}
