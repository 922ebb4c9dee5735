import type { ConsentForm } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { type Draft, emptyDraft, furthestStep, requestOf, whyNotDone } from './record-draft.ts'

const today = '2026-11-03'
const okafor = { id: '0198c0de-0000-7000-8000-000000000001', name: 'Dr. Okafor' }
const shown: ConsentForm = {
  formId: 'ccm-consent',
  version: '2026.1',
  language: 'es',
  title: 'Consentimiento',
  text: 'Consentimiento …',
  sha256: 'a'.repeat(64),
  statements: [
    { id: 'one_practitioner', words: 'Solo un médico …', required: true },
    { id: 'right_to_stop', words: 'Puede dejarlo …', required: true },
    { id: 'electronic_sharing', words: 'Compartimos …', required: false },
  ],
  verbalScript: null,
  mode: 'written',
  allowedForms: ['written', 'scanned'],
  practitioners: [okafor],
  practitionerId: okafor.id,
}
const ready: Draft = {
  ...emptyDraft('es', 'Elena Díaz'),
  how: 'written',
  faceToFace: true,
  told: ['right_to_stop', 'one_practitioner'],
  signature: { kind: 'typed', name: 'elena  diaz', agreed: true },
}

describe('taking consent from Mrs Diaz', () => {
  test('sends the form by the hash that was shown, and each statement told, in the order of the form', () => {
    expect(requestOf(ready, shown, today, null)).toEqual({
      form: 'written',
      practitionerId: okafor.id,
      language: 'es',
      told: ['one_practitioner', 'right_to_stop'],
      formVersion: '2026.1',
      formSha256: 'a'.repeat(64),
      faceToFace: true,
      signerName: 'Elena Díaz',
      signerCapacity: 'self',
      copyChannel: 'printed',
      signature: { kind: 'typed', name: 'elena  diaz', agreed: true },
    })
  })

  test('waits until each required statement was told, and counts what is open', () => {
    const silent = { ...ready, told: ['electronic_sharing'] }
    expect(whyNotDone('tell', silent, shown, today)).toBe('2 statements have not been told yet.')
    expect(whyNotDone('tell', { ...ready, told: ['right_to_stop'] }, shown, today)).toBe(
      'One statement has not been told yet.',
    )
    expect(requestOf(silent, shown, today, null)).toBeNull()
  })

  test('takes the typed name of another person for no signature', () => {
    const anas = { ...ready, signature: { kind: 'typed', name: 'Ana Diaz', agreed: true } as const }
    expect(whyNotDone('sign', anas, shown, today)).toMatch(/not the name/)
  })

  test('lets her daughter Ana sign as legal representative with her own name', () => {
    const anas: Draft = {
      ...ready,
      signerCapacity: 'legal_representative',
      signerName: 'Ana Díaz',
      signature: { kind: 'typed', name: 'Ana Diaz', agreed: true },
    }
    expect(requestOf(anas, shown, today, null)).toMatchObject({
      signerName: 'Ana Díaz',
      signerCapacity: 'legal_representative',
    })
  })

  test('asks at a visit only where the clinic has decided so', () => {
    const byPhone = { ...ready, faceToFace: false }
    expect(whyNotDone('how', byPhone, { ...shown, mode: 'written_face_to_face' }, today)).toMatch(/at a visit only/)
    expect(whyNotDone('how', byPhone, shown, today)).toBeNull()
  })

  test('refuses the spoken word where the clinic wants it written', () => {
    expect(whyNotDone('how', { ...ready, how: 'verbal' }, shown, today)).toMatch(/does not take consent in that way/)
  })
})

describe('a paper signed last week', () => {
  const paper: Draft = {
    ...ready,
    how: 'scanned',
    signature: null,
    scan: new File(['%PDF-'], 'diaz.pdf'),
    givenOn: '2026-10-27',
  }

  test('needs a reason for its day, and carries both', () => {
    expect(whyNotDone('sign', paper, shown, today)).toBe('Say why the paper is recorded only today.')
    const explained = { ...paper, backDatingReason: ' Scanner was broken ' }
    expect(requestOf(explained, shown, today, 'document-1')).toMatchObject({
      form: 'scanned',
      scanDocumentId: 'document-1',
      givenOn: '2026-10-27',
      backDatingReason: 'Scanner was broken',
    })
  })

  test('sends no day when it was signed today', () => {
    const fresh = requestOf({ ...paper, givenOn: today }, shown, today, 'document-1')
    expect(fresh).not.toHaveProperty('givenOn')
  })

  test('cannot be signed tomorrow', () => {
    expect(whyNotDone('sign', { ...paper, givenOn: '2026-11-04' }, shown, today)).toMatch(/future/)
  })
})

test('a reload without a draft lands on the first step', () => {
  expect(furthestStep(emptyDraft('en', ''), shown, today)).toBe('how')
  expect(furthestStep(ready, shown, today)).toBe('copy')
})
