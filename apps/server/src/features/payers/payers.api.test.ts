import { contract, noTerms, type PayerTerms } from '@keepwell/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billable, closeOctober, collect, instantPayer, sendAll, violations } from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const lena = () => story.as('lena')
const params = { payerId: '13202' }
const known: PayerTerms = { ...noTerms, pays: true, authorizationFor: [] }
const tried = (terms: PayerTerms) => lena().does(contract.payers.tryTerms, { params, body: { terms } })
const source = 'Told by Ms Hall of the plan on the telephone'
async function switchedOn(terms: PayerTerms, fromOn = '2026-01-01') {
  const { id } = await tried(terms)
  return lena().does(contract.payers.switchOn, { params: { id }, body: { fromOn, source } })
}
const errors = (findings: readonly { severity: string }[] | undefined) =>
  findings?.filter(({ severity }) => severity === 'error')
const preview = () => lena().does(contract.claims.preview, { body: {} })

test('the bench shows what a rule would have stopped against what the payer did, each case with its claim; only what was tried is switched on', async () => {
  await billable(story, '79')
  const paid = await billable(story, '10')
  const byPatient = await closeOctober(story)
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  const fifth: PayerTerms = { ...known, share: { kind: 'coinsurance', percent: 20 } }
  const trial = await tried(fifth)
  expect(trial.result).toMatchObject({ lookedAt: 2, compared: 2, agreed: 1, sharesCompared: 1, sharesAgreed: 1 })
  expect(trial.result.cells.map(({ said, did, claims }) => [said, did, claims]).toSorted()).toEqual([
    ['go', 'denied', 1],
    ['go', 'paid', 1],
  ])
  expect(trial.cases).toMatchObject([
    { did: 'denied', agrees: false },
    { claimId: byPatient.get(paid), did: 'paid', agrees: true, month: '2026-10' },
  ])
  expect((await tried({ ...noTerms, pays: false })).result).toMatchObject({ compared: 2, agreed: 1 })
  expect((await tried({ ...known, authorizationFor: ['99490'] })).cases[0]?.reasons).toEqual([
    'NGS MEDICARE PART B authorizes 99490 before, and no authorization is noted.',
  ])

  expect((await lena().does(contract.payers.get, { params })).rule).toBeNull()
  const rule = await lena().does(contract.payers.switchOn, {
    params: { id: trial.id },
    body: { fromOn: '2026-10-01', source },
  })
  expect(rule).toMatchObject({ terms: fifth, source, by: { name: 'Lena Weiss' }, result: { lookedAt: 2 } })
  expect(
    await lena().isRefused(contract.payers.switchOn, {
      params: { id: newId() },
      body: { fromOn: '2026-10-01', source },
    }),
  ).toMatchObject({ code: 'not_found' })
  expect((await lena().does(contract.payers.list, {})).items).toMatchObject([
    { payerId: '13202', name: 'NGS MEDICARE PART B', own: true, filingCode: 'MB', claims: 2, rule: { id: rule.id } },
  ])
  expect((await story.auditOf('payer.tried')).at(-1)).toMatchObject({ outcome: 'done', detail: { payer: '13202' } })
  expect((await story.auditOf('payer.rule_switched_on')).map(({ outcome }) => outcome)).toEqual(['done', 'refused'])
})

test('a payer that is known not to pay stops the claim before it leaves, with the reason and the way out, until the rule is another', async () => {
  await billable(story, '10')
  await closeOctober(story)
  expect(await preview()).toMatchObject({ claimsCount: 1, faulty: [] })
  // A trial alone changes nothing, and neither does a rule from a later day of service.
  await switchedOn({ ...noTerms, pays: false }, '2026-11-01')
  expect(await preview()).toMatchObject({ claimsCount: 1 })
  await switchedOn({ ...noTerms, pays: false })
  const [faulty] = (await preview()).faulty
  expect(errors(faulty?.findings)).toMatchObject([
    {
      code: 'payer_does_not_pay',
      message:
        'NGS MEDICARE PART B does not pay chronic care management. Withdraw the claim, or correct what is known of the payer.',
    },
  ])
  expect(await lena().isRefused(contract.claims.batch, { body: {} })).toMatchObject({ code: 'claim_faulty' })
  await switchedOn(noTerms)
  expect(await preview()).toMatchObject({ claimsCount: 1, faulty: [] })
})

test('an authorization that is asked for is noted on the claim, and its number leaves with it', async () => {
  const patientId = await billable(story, '10')
  const id = (await closeOctober(story)).get(patientId) ?? ''
  await switchedOn({ ...known, authorizationFor: ['99490'] })
  expect(await lena().does(contract.payers.ofClaim, { params: { id } })).toMatchObject({
    reasons: [{ code: 'authorization_missing' }],
    authorizationFor: ['99490'],
    authorizations: [],
  })
  const body = { codes: ['99490'], number: 'AUTH-77', fromOn: '2026-10-01', toOn: '2026-12-31' }
  expect(
    await lena().isRefused(contract.payers.authorize, { params: { id }, body: { ...body, toOn: '2026-09-30' } }),
  ).toMatchObject({ code: 'invalid_input' })
  const early = { ...body, number: 'AUTH-1', fromOn: '2026-09-01', toOn: '2026-09-30' }
  await lena().does(contract.payers.authorize, { params: { id }, body: early })
  expect(await preview()).toMatchObject({ claimsCount: 0, faulty: [{ claim: { id } }] })
  await lena().does(contract.payers.authorize, { params: { id }, body })
  expect((await story.auditOf('payer.authorization_noted')).at(-1)).toMatchObject({
    outcome: 'done',
    patient_id: patientId,
  })
  expect(await lena().does(contract.payers.ofClaim, { params: { id } })).toMatchObject({
    reasons: [],
    authorizations: [{ number: 'AUTH-77', by: { name: 'Lena Weiss' } }, { number: 'AUTH-1' }],
  })
  const batch = await lena().does(contract.claims.batch, { body: {} })
  const file = await lena().call(contract.claims.fileContent, { params: { id: batch.fileId } })
  expect(file.raw.payload).toContain('REF*G1*AUTH-77~')
})

test('the filing limit of the payer stops what is late and moves the claim into its list', async () => {
  await billable(story, '10')
  await closeOctober(story)
  const soon = (filing: 'days_30' | 'late') =>
    lena()
      .does(contract.claims.list, { query: { filing } })
      .then(({ items }) => items.length)
  expect([await soon('days_30'), await soon('late')]).toEqual([0, 0])
  await switchedOn({ ...noTerms, filingDays: 20 })
  expect([await soon('days_30'), await soon('late')]).toEqual([1, 0])
  story.clock.advanceSeconds(30 * 86_400)
  expect([await soon('days_30'), await soon('late')]).toEqual([0, 1])
  expect(errors((await preview()).faulty[0]?.findings)).toMatchObject([{ code: 'payer_filing_over' }])
})

test('a made-up case is answered and changes nothing; strangers see nothing of it', async () => {
  const made = {
    terms: { ...known, authorizationFor: ['99490'], share: { kind: 'copay' as const, cents: 1500 } },
    code: '99490',
    serviceOn: '2026-10-31',
    authorized: false,
    allowedCents: null,
    patientCents: 1500,
  }
  await billable(story, '10')
  await closeOctober(story)
  expect(await lena().does(contract.payers.tryCase, { params, body: made })).toMatchObject({
    said: 'stop',
    reasons: [{ code: 'authorization_missing' }],
    words: [
      'Its filing limit is not known.',
      'The patient owes $15.00.',
      'That is what the payer left to the patient.',
    ],
  })
  expect(await lena().does(contract.payers.tryCase, { params, body: { ...made, authorized: true } })).toMatchObject({
    said: 'go',
  })
  expect((await story.auditOf('payer.case_tried')).at(-1)).toMatchObject({ outcome: 'done' })
  expect((await lena().does(contract.payers.get, { params })).rules).toEqual([])
  const { id } = await tried(known)
  const stranger = story.other.as('lena')
  const nobodys = { payerId: 'NOBODY' }
  expect(await lena().isRefused(contract.payers.get, { params: nobodys })).toMatchObject({ code: 'not_found' })
  expect(await lena().isRefused(contract.payers.tryTerms, { params: nobodys, body: { terms: known } })).toMatchObject({
    code: 'not_found',
  })
  expect(await lena().isRefused(contract.payers.tryCase, { params: nobodys, body: made })).toMatchObject({
    code: 'not_found',
  })
  expect(
    await stranger.isRefused(contract.payers.switchOn, { params: { id }, body: { fromOn: '2026-01-01', source } }),
  ).toMatchObject({ code: 'not_found' })
  const claim = { params: { id: newId() } }
  expect(await lena().isRefused(contract.payers.ofClaim, claim)).toMatchObject({ code: 'not_found' })
  expect(
    await lena().isRefused(contract.payers.authorize, {
      ...claim,
      body: { codes: ['99490'], number: 'A1', fromOn: '2026-01-01', toOn: '2026-12-31' },
    }),
  ).toMatchObject({ code: 'not_found' })
})
