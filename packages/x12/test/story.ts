import { readFileSync } from 'node:fs'
import type { BillingProvider, ClaimBatch, EnvelopeHeader, ProfessionalClaim } from '../src/index.ts'

/** The text of a sample in `fixtures`. */
export function sample(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
}

export const envelope: EnvelopeHeader = {
  senderQualifier: 'ZZ',
  sender: 'CLINIC1',
  receiverQualifier: 'ZZ',
  receiver: '02402',
  createdOn: '2026-01-05',
  createdAt: '09:30',
  interchangeControl: 101,
  groupControl: 101,
  usage: 'P',
}

/** Mrs Diaz: Medicare primary, complex care management in December. */
export const mrsDiaz: ProfessionalClaim = {
  claimControl: 'CCM-2025-12-000017',
  payerSequence: 'P',
  filingCode: 'MB',
  subscriber: {
    family: 'DIAZ',
    given: 'CARMEN',
    middle: 'Q',
    memberId: '1EG4TE5MK73',
    address: { street: '1 ELM AVE', city: 'SEATTLE', state: 'WA', zip: '981021111' },
    bornOn: '1950-02-14',
    sex: 'F',
  },
  payer: { name: 'MEDICARE PART B WA', id: '02402' },
  placeOfService: '11',
  frequency: '1',
  assignment: 'A',
  benefitsAssigned: 'Y',
  releaseOfInformation: 'Y',
  diagnoses: ['I110', 'E1122', 'N1831', 'I5032'],
  rendering: { family: 'OKAFOR', given: 'CHIDI', middle: 'M', npi: '1999999992', taxonomy: '207Q00000X' },
  lines: [
    {
      code: '99487',
      chargeCents: 13_100,
      units: 1,
      pointers: [1, 2, 3],
      serviceOn: '2025-12-31',
      lineControl: '000017L1',
    },
    {
      code: '99489',
      chargeCents: 10_900,
      units: 1,
      pointers: [1, 2, 3],
      serviceOn: '2025-12-31',
      lineControl: '000017L2',
    },
  ],
}

/** Mr Birch: still works, so the plan of his employer pays before Medicare. */
export const mrBirch: ProfessionalClaim = {
  claimControl: 'CCM-2025-12-000018',
  payerSequence: 'S',
  filingCode: 'MB',
  mspType: '12',
  subscriber: {
    family: 'BIRCH',
    given: 'BOB',
    memberId: '2FH5UF6NK84',
    address: { street: '22 OAK RD', city: 'TACOMA', state: 'WA', zip: '98402' },
    bornOn: '1955-09-30',
    sex: 'M',
  },
  payer: { name: 'MEDICARE PART B WA', id: '02402' },
  placeOfService: '11',
  frequency: '1',
  assignment: 'A',
  benefitsAssigned: 'Y',
  releaseOfInformation: 'Y',
  diagnoses: ['E119', 'I10'],
  rendering: { family: 'OKAFOR', given: 'CHIDI', middle: 'M', npi: '1999999992', taxonomy: '207Q00000X' },
  otherPayers: [
    {
      sequence: 'P',
      relationship: '18',
      groupNumber: 'GRP100',
      filingCode: 'CI',
      paidCents: 6_000,
      benefitsAssigned: 'Y',
      releaseOfInformation: 'Y',
      subscriber: {
        family: 'BIRCH',
        given: 'BOB',
        memberId: 'ACM445566',
        address: { street: '22 OAK RD', city: 'TACOMA', state: 'WA', zip: '98402' },
      },
      payer: { name: 'ACME HEALTH PLAN', id: '60054' },
    },
  ],
  lines: [
    {
      code: '99490',
      chargeCents: 9_200,
      units: 1,
      pointers: [1, 2],
      serviceOn: '2025-12-30',
      lineControl: '000018L1',
      decisions: [
        {
          payerId: '60054',
          paidCents: 6_000,
          code: '99490',
          units: 1,
          adjustments: [
            { group: 'CO', code: '45', amountCents: 1_200 },
            { group: 'PR', code: '2', amountCents: 2_000 },
          ],
          decidedOn: '2026-01-02',
        },
      ],
    },
  ],
}

/** The clinic that bills; its money goes to a post office box. */
export const evergreen: BillingProvider = {
  organization: 'EVERGREEN CCM CLINIC',
  npi: '1234567893',
  taxonomy: '207Q00000X',
  taxId: '912345678',
  address: { street: '100 MAIN ST STE 200', city: 'SEATTLE', state: 'WA', zip: '981011234' },
  contact: { name: 'BILLING DESK', phone: '2065550100' },
  payTo: { street: 'PO BOX 4400', city: 'SEATTLE', state: 'WA', zip: '981114400' },
}

/** Lena's batch of two claims. */
export const batch: ClaimBatch = {
  envelope,
  setControl: 1,
  batchId: 'BATCH101',
  submitter: {
    name: 'EVERGREEN CCM CLINIC',
    id: 'CLINIC1',
    contact: { name: 'BILLING DESK', phone: '2065550100', email: 'billing@example.org' },
  },
  receiver: { name: 'NORIDIAN JF PART B', id: '02402' },
  billing: [
    {
      provider: evergreen,
      claims: [mrsDiaz, mrBirch],
    },
  ],
}
