import type { FollowingPayer, OtherPayer } from '@keepwell/contract'
import { check837P } from '@keepwell/x12'
import { describe, expect, test } from 'vitest'
import { type ClaimToWrite, paidBefore, writeBatch } from './claim-file.ts'

const clinic = {
  name: 'Riverside Family Medicine',
  npi: '1972534865',
  taxId: '12-3456789',
  taxonomy: null,
  address: { lines: ['1 Main St'], city: 'New York', state: 'NY', zip: '100011234' },
  placeOfService: '11',
}
const parties = {
  submitterId: 'KEEPWELL1',
  submitterContact: 'Lena Weiss',
  submitterPhone: '2125550100',
  receiverId: '13202',
  receiverName: 'NGS MEDICARE',
  payerId: '13202',
  payerName: 'NGS MEDICARE PART B',
  usage: 'T' as const,
  filingCode: 'MB',
}
const claim: ClaimToWrite = {
  id: 'a',
  controlNumber: 'KW0000001',
  subscriber: {
    family: 'Diaz',
    given: 'Elena',
    bornOn: '1952-03-05',
    sex: 'female',
    mbi: '1EG4TE5MK73',
    address: { lines: ['2 Main St'], city: 'New York', state: 'NY', zip: '10001' },
  },
  practitioner: { name: 'Dr Ada Okafor', npi: '1234567893' },
  diagnoses: ['E119', 'I10'],
  frequency: '1',
  originalPayerNumber: null,
  authorization: null,
  payerSequence: 'P',
  payer: null,
  otherPayer: null,
  lines: [
    { code: '99490', units: 1, chargeCents: 11_186, serviceOn: '2026-10-31', pointers: [1, 2], lineControl: 'L-1' },
    { code: '99439', units: 2, chargeCents: 17_002, serviceOn: '2026-10-31', pointers: [1, 2], lineControl: 'L-2' },
  ],
}
/** Medicare, first: of 111.86 it took 61.15 as allowed and left 12.23 to the patient; of 170.02 it allowed 94.00. */
const medicare: OtherPayer = {
  name: 'NGS MEDICARE PART B',
  payerId: '13202',
  filingCode: 'MB',
  sequence: 'P',
  mspType: null,
  groupNumber: null,
  groupName: null,
  relationship: '18',
  insured: { family: 'Diaz', given: 'Elena', memberId: '1EG4TE5MK73' },
  decidedOn: '2026-11-20',
  claimNumber: '1126325000010',
  adjustments: [],
  lines: [
    {
      code: '99490',
      paidCents: 4794,
      units: 1,
      adjustments: [
        { group: 'CO', code: '45', amountCents: 5071 },
        { group: 'CO', code: '253', amountCents: 98 },
        { group: 'PR', code: '2', amountCents: 1223 },
      ],
    },
    {
      code: '99439',
      paidCents: 7370,
      units: 2,
      adjustments: [
        { group: 'CO', code: '45', amountCents: 7602 },
        { group: 'CO', code: '253', amountCents: 150 },
        { group: 'PR', code: '2', amountCents: 1880 },
      ],
    },
  ],
}
const medigap: FollowingPayer = {
  name: 'Hudson Mutual Supplement',
  payerId: '71412',
  filingCode: 'CI',
  memberId: 'HM-4471',
  groupNumber: null,
  coverageId: 'v',
  decisionId: 'd',
}
/** An employer's plan, first: it allowed 150.00 of the two lines and left a copay. */
const employer: OtherPayer = {
  ...medicare,
  name: 'Harbor Employee Plan',
  payerId: '60054',
  filingCode: 'CI',
  mspType: '12',
  groupNumber: 'GRP-88',
  relationship: '01',
  insured: { family: 'Diaz', given: 'Marco', memberId: 'HEP10023' },
  claimNumber: null,
  lines: [
    {
      code: '99490',
      paidCents: 4000,
      units: 1,
      adjustments: [
        { group: 'CO', code: '45', amountCents: 6186 },
        { group: 'PR', code: '3', amountCents: 1000 },
      ],
    },
    {
      code: '99439',
      paidCents: 9000,
      units: 2,
      adjustments: [
        { group: 'CO', code: '45', amountCents: 7002 },
        { group: 'PR', code: '1', amountCents: 1000 },
      ],
    },
  ],
}

const write = (change: Partial<ClaimToWrite>, filingCode = 'MB') =>
  writeBatch({ ...clinic }, { ...parties, filingCode }, [{ ...claim, ...change }], {
    number: 'B000001',
    interchange: 1,
    group: 1,
    set: 1,
    createdOn: '2026-11-22',
    createdAt: '15:00',
  })
const findings = (text: string) => check837P(text, { today: '2026-11-22' })
const segments = (text: string, ...ids: string[]) =>
  text
    .split('~')
    .map((segment) => segment.trim())
    .filter((segment) => ids.includes(segment.split('*')[0] ?? ''))

describe('a claim with another payer', () => {
  test('goes to a supplement with what Medicare paid and adjusted on each line', () => {
    const text = write({ payerSequence: 'S', payer: medigap, otherPayer: medicare })
    expect(findings(text)).toEqual([])
    expect(segments(text, 'SBR', 'AMT', 'SVD', 'CAS', 'OI')).toEqual([
      'SBR*S*18*******CI',
      'SBR*P*18*******MB',
      'AMT*D*121.64',
      'OI***Y***Y',
      'SVD*13202*47.94*HC:99490**1',
      'CAS*CO*45*50.71**253*0.98',
      'CAS*PR*2*12.23',
      'SVD*13202*73.7*HC:99439**2',
      'CAS*CO*45*76.02**253*1.5',
      'CAS*PR*2*18.8',
    ])
    expect(segments(text, 'NM1').slice(-5)).toEqual([
      'NM1*IL*1*DIAZ*ELENA****MI*HM-4471',
      'NM1*PR*2*HUDSON MUTUAL SUPPLEMENT*****PI*71412',
      'NM1*82*1*OKAFOR*ADA****XX*1234567893',
      'NM1*IL*1*DIAZ*ELENA****MI*1EG4TE5MK73',
      'NM1*PR*2*NGS MEDICARE PART B*****PI*13202',
    ])
    expect(segments(text, 'REF')).toContain('REF*F8*1126325000010')
    expect(segments(text, 'DTP').filter((segment) => segment.startsWith('DTP*573'))).toEqual([
      'DTP*573*D8*20261120',
      'DTP*573*D8*20261120',
    ])
  })

  test('goes to Medicare behind an employer plan, with the reason why Medicare is second', () => {
    const text = write({ payerSequence: 'S', otherPayer: employer })
    expect(findings(text)).toEqual([])
    expect(segments(text, 'SBR', 'AMT', 'CN1')).toEqual([
      'SBR*S*18***12****MB',
      'SBR*P*01*GRP-88******CI',
      'AMT*D*130',
      // What the plan paid and left to the patient is all that the practice may take of it.
      'CN1*09*50',
      'CN1*09*100',
    ])
    expect(segments(text, 'NM1').find((segment) => segment.startsWith('NM1*PR'))).toBe(
      'NM1*PR*2*NGS MEDICARE PART B*****PI*13202',
    )
  })

  test('says nothing of another payer where a Medicare Advantage or a commercial plan pays alone', () => {
    for (const filingCode of ['16', 'CI', 'HM']) {
      const text = write({}, filingCode)
      expect(findings(text)).toEqual([])
      expect(segments(text, 'SBR', 'AMT', 'SVD')).toEqual([`SBR*P*18*******${filingCode}`])
    }
  })

  test('is told to be out of balance when the lines of the other payer miss a cent', () => {
    const lines = medicare.lines.map((line) => (line.code === '99490' ? { ...line, paidCents: 4793 } : line))
    const text = write({ payerSequence: 'S', payer: medigap, otherPayer: { ...medicare, lines } })
    expect(findings(text).map(({ code }) => code)).toEqual(['other_payer_claim_balance', 'other_payer_line_balance'])
  })

  test('has what was adjusted on the claim as a whole taken off what was paid', () => {
    const whole = { ...medicare, adjustments: [{ group: 'OA' as const, code: '94', amountCents: 64 }] }
    expect([paidBefore(medicare), paidBefore(whole)]).toEqual([12_164, 12_100])
    expect(findings(write({ payerSequence: 'S', payer: medigap, otherPayer: whole }))).toEqual([])
  })
})
