import type { BackTest, EditConditions } from '@keepwell/contract'

/** What an edit can ask of a claim. Null is what the record does not say. */
export interface ClaimFacts {
  codes: readonly string[]
  payerId: string
  placeOfService: string | null
  diagnoses: readonly string[]
  /** Codes of the patient's other services of the month. */
  otherServices: readonly string[] | null
  qmb: boolean
}

type Answer = 'yes' | 'no' | 'unknown'
const answer = (holds: boolean): Answer => (holds ? 'yes' : 'no')
const plain = (code: string) => code.replaceAll('.', '').toUpperCase()

/** Whether all conditions hold. One that surely does not decides; otherwise one that nobody can tell leaves it unknown. */
export function holds(conditions: EditConditions, claim: ClaimFacts): Answer {
  const { code, payerId, placeOfService, diagnosis, withoutDiagnosis, otherService, qmb } = conditions
  const begins = (start: string) => claim.diagnoses.some((one) => plain(one).startsWith(plain(start)))
  const answers: Answer[] = [
    ...(code === undefined ? [] : [answer(claim.codes.includes(code))]),
    ...(payerId === undefined ? [] : [answer(claim.payerId === payerId)]),
    ...(placeOfService === undefined
      ? []
      : [claim.placeOfService === null ? 'unknown' : answer(claim.placeOfService === placeOfService)]),
    ...(diagnosis === undefined ? [] : [answer(begins(diagnosis))]),
    ...(withoutDiagnosis === undefined ? [] : [answer(!begins(withoutDiagnosis))]),
    ...(otherService === undefined
      ? []
      : [claim.otherServices === null ? 'unknown' : answer(claim.otherServices.includes(otherService))]),
    ...(qmb === undefined ? [] : [answer(claim.qmb === qmb)]),
  ]
  if (answers.includes('no')) return 'no'
  return answers.includes('unknown') ? 'unknown' : 'yes'
}

/** The conditions in words, one each, in the order of the form. */
export function wordsOf(conditions: EditConditions): string[] {
  const { code, payerId, placeOfService, diagnosis, withoutDiagnosis, otherService, qmb } = conditions
  return [
    ...(code === undefined ? [] : [`it bills ${code}`]),
    ...(payerId === undefined ? [] : [`the payer is ${payerId}`]),
    ...(placeOfService === undefined ? [] : [`the place of service is ${placeOfService}`]),
    ...(diagnosis === undefined ? [] : [`a diagnosis begins with ${diagnosis}`]),
    ...(withoutDiagnosis === undefined ? [] : [`no diagnosis begins with ${withoutDiagnosis}`]),
    ...(otherService === undefined ? [] : [`the patient has ${otherService} in the same month`]),
    ...(qmb === undefined
      ? []
      : [qmb ? 'the patient is a Qualified Medicare Beneficiary' : 'the patient is no Qualified Medicare Beneficiary']),
  ]
}

export interface PastClaim {
  id: string
  facts: ClaimFacts
  denied: boolean
  refused: boolean
  decided: boolean
  deniedCents: number
  paidCents: number
}

/** What an edit would have done to past claims. */
export function backTest(
  conditions: EditConditions,
  past: readonly PastClaim[],
  denialClaimId: string | null,
): BackTest {
  const judged = past.map((claim) => ({ claim, answer: holds(conditions, claim.facts) }))
  const stopped = judged.flatMap(({ claim, answer: held }) => (held === 'yes' ? [claim] : []))
  const own = judged.find(({ claim }) => claim.id === denialClaimId)
  return {
    lookedAt: past.length,
    stopped: stopped.length,
    denied: stopped.filter(({ denied }) => denied).length,
    refused: stopped.filter(({ denied, refused }) => !denied && refused).length,
    paid: stopped.filter(({ denied, refused, decided }) => !denied && !refused && decided).length,
    undecided: stopped.filter(({ denied, refused, decided }) => !denied && !refused && !decided).length,
    unknown: judged.filter(({ answer: held }) => held === 'unknown').length,
    deniedCents: stopped.reduce((sum, { deniedCents }) => sum + deniedCents, 0),
    paidCents: stopped.reduce((sum, { paidCents }) => sum + paidCents, 0),
    stopsItsDenial: denialClaimId === null ? null : own === undefined ? false : own.answer === 'yes',
  }
}
