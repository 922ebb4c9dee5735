import { claimStatuses } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { clinicFaults, personNameOf } from './claim-file.ts'
import { assertMove, decideAddressee, decideChosen, lawfulMoves, mayMove, pauseAfter } from './claims.ts'
import { balanceOf, entryOf } from './ledger.ts'

describe('the ways of a claim', () => {
  test('only a ready claim goes into a batch, and only a batched one is sent', () => {
    expect(claimStatuses.filter((from) => mayMove(from, 'batched'))).toEqual(['ready'])
    expect(claimStatuses.filter((from) => mayMove(from, 'sent'))).toEqual(['batched'])
  })
  test('what the payer has is never withdrawn or made ready again, except when it was refused', () => {
    expect(claimStatuses.filter((from) => mayMove(from, 'withdrawn'))).toEqual(['ready', 'rejected'])
    expect(claimStatuses.filter((from) => mayMove(from, 'ready'))).toEqual(['batched', 'rejected'])
  })
  test('a withdrawn claim and one that was billed anew are over, every other one can go on', () => {
    expect(claimStatuses.filter((from) => lawfulMoves[from].length === 0)).toEqual(['withdrawn', 'replaced'])
  })
  test('a move off the lawful ways is a bug, not a refusal', () => {
    expect(() => assertMove('withdrawn', 'ready')).toThrow(/lawful/)
    expect(() => assertMove('paid', 'paid')).not.toThrow()
  })
})

describe('choosing claims', () => {
  const found = [
    { id: 'a', controlNumber: 'KW1', status: 'ready' as const },
    { id: 'b', controlNumber: 'KW2', status: 'sent' as const },
    { id: 'c', controlNumber: 'KW3', status: 'rejected' as const },
  ]
  test('without names every ready one is taken', () => {
    expect(decideChosen({ ids: null, found })).toEqual({ ok: true, value: ['a'] })
  })
  test.each([
    [['a', 'b'], 'claim_already_sent', 'KW2'],
    [['a', 'c'], 'claim_not_ready', 'KW3'],
    [['z'], 'claim_not_ready', 'claimIds.z'],
    [[], 'claim_not_ready', undefined],
  ])('%j is refused with %s', (ids, code, path) => {
    const decision = decideChosen({ ids, found })
    expect(decision.ok ? null : [decision.problem.code, decision.problem.faults[0]?.path]).toEqual([code, path])
  })
})

describe('to whom a batch goes', () => {
  const own = { controlNumber: 'KW1', payer: null }
  const hudson = { controlNumber: 'KW2', payer: { payerId: '71412', name: 'Hudson' } }
  const harbor = { controlNumber: 'KW3', payer: { payerId: '60054', name: 'Harbor' } }
  const chosen = (of: (typeof own | typeof hudson)[], payerId?: string) => {
    const decision = decideAddressee(of, { named: false, payerId })
    return decision.ok ? decision.value.claims.map(({ controlNumber }) => controlNumber) : null
  }
  test("all that are ready leave payer by payer, the clinic's own first", () => {
    expect(chosen([hudson, own, harbor])).toEqual(['KW1'])
    expect(chosen([hudson, harbor])).toEqual(['KW2'])
    expect(chosen([hudson, own, harbor], '60054')).toEqual(['KW3'])
    expect(chosen([own], '60054')).toEqual([])
    expect(decideAddressee([own, hudson], { named: false, payerId: undefined })).toMatchObject({
      value: { others: [{ payerId: '71412', name: 'Hudson', claims: 1 }] },
    })
  })
  test('named claims of two payers are refused with who they are for', () => {
    expect(decideAddressee([own, hudson], { named: true, payerId: undefined })).toMatchObject({
      ok: false,
      problem: {
        code: 'claim_not_ready',
        faults: [
          { path: 'KW1', message: "For the clinic's own payer." },
          { path: 'KW2', message: 'For Hudson.' },
        ],
      },
    })
    expect(decideAddressee([hudson], { named: true, payerId: undefined })).toMatchObject({ ok: true })
  })
})

test.each([
  ['Dr Ada Okafor', 'Okafor', 'Ada'],
  ['Ada M. Okafor, MD', 'Okafor', 'Ada M.'],
  ['Prof. Lee', 'Lee', ''],
  ['Cher', 'Cher', ''],
])('%s is written with the family name %s', (name, family, given) => {
  expect(personNameOf(name)).toEqual({ family, given })
})

test('every identifier that the clinic lacks is named with where it is filled in', () => {
  const clinic = {
    name: 'Riverside',
    npi: '1234567890',
    taxId: null,
    taxonomy: null,
    address: { lines: [], city: '', state: '', zip: '10001' },
    placeOfService: '11',
  }
  expect(clinicFaults(clinic, null).map(({ path }) => path)).toEqual([
    'policy.claim.parties',
    'clinic.npi',
    'clinic.taxId',
    'clinic.address.lines',
    'clinic.address.city',
    'clinic.address.zip',
  ])
})

test('the pauses between tries double, and the fifth failure is the last', () => {
  expect([1, 2, 3, 4, 5].map(pauseAfter)).toEqual([60, 120, 240, 480, null])
})

test("a claim's charge is what was paid, adjusted, left to the patient and still open", () => {
  const balance = balanceOf({
    revenue: -9920,
    cash: 5184,
    contractual: 3307,
    sequestration: 106,
    receivable_patient: 1323,
    receivable_payer: 0,
  })
  expect(balance).toEqual({
    chargeCents: 9920,
    paidCents: 5184,
    adjustedCents: 3413,
    patientCents: 1323,
    movedCents: 0,
    openCents: 0,
  })
  expect(balance.chargeCents).toBe(balance.paidCents + balance.adjustedCents + balance.patientCents + balance.openCents)
})

test("a bill that follows asks for the patient's share alone, and owes what its payer has not decided of it", () => {
  const sent = balanceOf({ receivable_payer: 9920, moved_share: -1323, other_payer: -8597 })
  expect(sent).toEqual({
    chargeCents: 1323,
    paidCents: 0,
    adjustedCents: 0,
    patientCents: 0,
    movedCents: 0,
    openCents: 1323,
  })
  const decided = balanceOf({ moved_share: -1323, cash: 1000, receivable_patient: 323, other_payer: 0 })
  expect(decided).toMatchObject({ chargeCents: 1323, paidCents: 1000, patientCents: 323, openCents: 0 })
  const before = balanceOf({ revenue: -9920, cash: 5184, contractual: 3413, receivable_patient: 0, moved_share: 1323 })
  expect(before).toMatchObject({ chargeCents: 9920, patientCents: 0, movedCents: 1323, openCents: 0 })
})

test('an entry without money is no entry', () => {
  expect(
    entryOf({ kind: 'payment', claimId: null, memo: 'x', postings: [{ account: 'cash', amountCents: 0 }] }),
  ).toBeUndefined()
})
