import type { Consent } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { consentStanding } from './standing.ts'

const okafor = { id: '0198c0de-0000-7000-8000-000000000001', name: 'Dr. Okafor' }
const sam = { id: '0198c0de-0000-7000-8000-000000000002', name: 'Sam Reed' }
const given: Consent = {
  id: '0198c0de-0000-7000-8000-000000000003',
  patientId: '0198c0de-0000-7000-8000-000000000004',
  form: 'written',
  practitioner: okafor,
  givenOn: '2026-03-03',
  givenAt: '2026-03-03T15:00:00Z',
  faceToFace: true,
  language: 'es',
  told: [],
  formVersion: '2026.1',
  formSha256: 'a'.repeat(64),
  formDocumentId: '0198c0de-0000-7000-8000-000000000005',
  signatureDocumentId: null,
  signature: 'typed',
  signerName: 'Elena Díaz',
  signerCapacity: 'self',
  obtainedBy: sam,
  copyGivenOn: null,
  copyChannel: null,
  revocation: null,
  ehr: { status: 'queued', receipt: null },
}
const stopped: Consent = {
  ...given,
  revocation: {
    requestedOn: '2026-11-04',
    effectiveOn: '2026-11-30',
    reason: 'Moves away',
    by: sam,
    at: '2026-11-04T15:00:00Z',
  },
}

test('Mrs Diaz who never consented stands without consent', () => {
  expect(consentStanding([], '2026-11-03')).toMatchObject({
    state: 'neutral',
    word: 'No consent',
    consent: null,
  })
})

test('her consent counts from its day on, not before', () => {
  expect(consentStanding([given], '2026-03-02').word).toBe('No consent')
  expect(consentStanding([given], '2026-03-03').word).toBe('Consent given')
})

test('after she asks to stop it counts until the last day of the month, and no longer', () => {
  expect(consentStanding([stopped], '2026-11-30')).toMatchObject({
    state: 'attention',
    word: 'Stops Mon 30 Nov 2026',
  })
  expect(consentStanding([stopped], '2026-12-01')).toMatchObject({ state: 'stop', word: 'Consent withdrawn' })
})

test('a new consent counts although an older one was withdrawn', () => {
  const again = { ...given, id: '0198c0de-0000-7000-8000-000000000009', givenOn: '2027-01-11' }
  expect(consentStanding([again, stopped], '2027-01-12')).toMatchObject({
    word: 'Consent given',
    consent: again,
  })
})
