import type { ClaimBatch, ProfessionalClaim, RemittanceClaimToWrite, RemittanceToWrite } from '@keepwell/x12'
import { batch, envelope, evergreen, mrsDiaz } from '../../packages/x12/test/story.ts'

const FAMILIES = ['DIAZ', 'BIRCH', 'OKAFOR-WILLIAMS', 'NGUYEN', 'LEE', 'VAN DER BERG', 'SMITH', 'KOWALCZYK']
const GIVEN = ['CARMEN', 'BOB', 'ANNA', 'MINH', 'JUNE', 'PIETER', 'MARY ANN', 'ZOFIA']
const LETTERS = 'ACDEFGHJKMNPQRTUVWXY'

/** A Medicare id for each number, no two alike. */
function mbi(number: number): string {
  const digit = (divisor: number): number => Math.floor(number / divisor) % 10
  const letter = (divisor: number): string => LETTERS.charAt(Math.floor(number / divisor) % LETTERS.length)
  return `${1 + (number % 9)}${letter(7)}${letter(140)}${digit(1)}${letter(11)}${letter(2_800)}${digit(10)}${letter(56_000)}${letter(3)}${digit(100)}${digit(1_000)}`
}

function claim(number: number): ProfessionalClaim {
  const isComplex = number % 3 === 0
  const id = String(number).padStart(9, '0')
  return {
    ...mrsDiaz,
    claimControl: `CCM-25-12-${id}`,
    subscriber: {
      family: FAMILIES[number % 8] ?? '',
      given: GIVEN[(number >> 3) % 8] ?? '',
      memberId: mbi(number),
      address: { street: `${1 + (number % 999)} ELM AVE`, city: 'SEATTLE', state: 'WA', zip: '981021111' },
      bornOn: `19${40 + (number % 15)}-0${1 + (number % 9)}-1${number % 10}`,
      sex: number % 2 === 0 ? 'F' : 'M',
    },
    lines: [
      {
        code: isComplex ? '99487' : '99490',
        chargeCents: 13_100,
        units: 1,
        pointers: [1, 2, 3],
        serviceOn: '2025-12-31',
        lineControl: `${id}L1`,
      },
      {
        code: isComplex ? '99489' : '99439',
        chargeCents: 10_900,
        units: 1,
        pointers: [1, 2, 3],
        serviceOn: '2025-12-31',
        lineControl: `${id}L2`,
      },
    ],
  }
}

/** Lena's batch with so many valid care management claims, about 800 bytes each. */
export function claimBatchOf(claims: number, first = 1): ClaimBatch {
  return {
    ...batch,
    billing: [{ provider: evergreen, claims: Array.from({ length: claims }, (_, index) => claim(first + index)) }],
  }
}

function paidClaim(number: number): RemittanceClaimToWrite {
  const { claimControl, subscriber, lines } = claim(number)
  return {
    claimControl,
    status: '1',
    chargeCents: 24_000,
    paidCents: 9_408,
    patientResponsibilityCents: 2_400,
    filingCode: 'MB',
    payerClaimNumber: `11260060${String(number).padStart(7, '0')}`,
    placeOfService: '11',
    frequency: '1',
    patient: { family: subscriber.family, given: subscriber.given, memberId: subscriber.memberId },
    rendering: { family: 'OKAFOR', given: 'CHIDI', npi: '1999999992' },
    remarks: ['MA01', 'MA18'],
    receivedOn: '2026-01-05',
    lines: lines.map((line) => ({
      code: line.code,
      chargeCents: line.chargeCents,
      paidCents: 4_704,
      unitsPaid: 1,
      serviceOn: line.serviceOn,
      lineControl: line.lineControl,
      allowedCents: 6_000,
      adjustments: [
        { group: 'CO', code: '45', amountCents: line.chargeCents - 6_000 },
        { group: 'CO', code: '253', amountCents: 96 },
        { group: 'PR', code: '2', amountCents: 1_200 },
      ],
    })),
  }
}

/** A remittance that balances, about 600 bytes a claim. */
export function remittanceOf(claims: number, first = 1): RemittanceToWrite {
  return {
    envelope: { ...envelope, sender: '02402', receiver: 'CLINIC1' },
    setControl: 1,
    paymentCents: claims * 9_408,
    method: 'CHK',
    paidOn: '2026-01-15',
    productionOn: '2026-01-14',
    trn02: 'CHK0001',
    trn03: '1450173185',
    payer: {
      name: 'SAMPLE MAC PART B JF',
      id: '02402',
      address: { street: 'PO BOX 1000', city: 'FARGO', state: 'ND', zip: '581080001' },
      technicalContact: { name: 'EDI SUPPORT', phone: '8005551212' },
    },
    payee: { name: 'EVERGREEN CCM CLINIC', npi: '1234567893', taxId: '912345678' },
    claims: Array.from({ length: claims }, (_, index) => paidClaim(first + index)),
  }
}
