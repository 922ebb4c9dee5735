import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClaimStatusInquiry,
  checkFile,
  kindOf,
  printInterchanges,
  read276,
  read277,
  readFile,
  readInterchanges,
  write276,
  write277,
} from '../src/index.ts'
import { day, delimiters, digits, envelopeHeader, word } from './arbitraries.ts'
import { envelope } from './story.ts'

const inquiry: ClaimStatusInquiry = {
  trace: 'CS0001-1',
  payer: { name: 'SAMPLE MAC PART B', id: '02402' },
  submitter: { name: 'EVERGREEN CCM CLINIC', id: 'CLINIC1' },
  provider: { name: 'EVERGREEN CCM CLINIC', npi: '1234567893' },
  patient: { family: 'DIAZ', given: 'CARMEN', memberId: '1EG4TE5MK73', bornOn: '1950-02-14', sex: 'F' },
  payerClaimNumber: '1126006000017',
  patientAccount: 'CCM-2025-12-000017',
  chargeCents: 24_050,
  serviceOn: '2025-12-31',
}

describe('where Mrs Diaz’s claim stands'.replace('’', "'"), () => {
  test('Lena asks with a 276 that follows the guide', () => {
    const text = write276({ envelope, setControl: 1, inquiryId: 'CS0001', inquiries: [inquiry] })
    expect(kindOf(text)).toBe('276')
    expect(checkFile('276', text).findings).toEqual([])
    expect(text).toContain('TRN*1*CS0001-1~')
    expect(text).toContain('AMT*T3*240.5~')
    expect(read276(text).inquiries).toEqual([{ ...inquiry, set: '0001', interchange: '000000101' }])
    expect(readFile('276', text).sets[0]?.inquiries).toMatchObject([
      { trace: 'CS0001-1', payerClaimNumber: '1126006000017', charge: '240.5' },
    ])
  })

  test('the payer answers with a 277 that says paid, with the check and the line', () => {
    const text = write277({
      envelope: { ...envelope, sender: '02402', receiver: 'CLINIC1' },
      setControl: 1,
      responseId: 'R0001',
      answers: [
        {
          inquiry,
          payerClaimNumber: '1126006000017',
          statuses: [
            {
              codes: [{ category: 'F1', status: '65' }],
              effectiveOn: '2026-01-15',
              chargeCents: 24_050,
              paidCents: 9_408,
              decidedOn: '2026-01-14',
              paidOn: '2026-01-15',
              checkNumber: 'EFT0001',
            },
          ],
          lines: [
            {
              code: '99487',
              chargeCents: 13_100,
              paidCents: 9_408,
              units: 1,
              lineControl: '000017L1',
              serviceOn: '2025-12-31',
              statuses: [
                {
                  codes: [{ category: 'F1', status: '65' }],
                  effectiveOn: '2026-01-15',
                  chargeCents: 13_100,
                  paidCents: 9_408,
                },
              ],
            },
          ],
        },
      ],
    })
    expect(kindOf(text)).toBe('277')
    expect(checkFile('277', text).findings).toEqual([])
    const { reports, findings } = read277(text)
    expect(findings).toEqual([])
    expect(reports[0]?.claims).toMatchObject([
      {
        claimControl: 'CCM-2025-12-000017',
        payerClaimNumber: '1126006000017',
        answer: 'decided',
        serviceFrom: '2025-12-31',
        statuses: [{ paidCents: 9_408, paidOn: '2026-01-15', checkNumber: 'EFT0001', decidedOn: '2026-01-14' }],
        lines: [{ code: '99487', lineControl: '000017L1' }],
      },
    ])
    expect(readFile('277', text).sets[0]?.claims).toMatchObject([{ statuses: [{ charge: '240.5', paid: '94.08' }] }])
  })

  test('an answer that lacks its status is found at its place', () => {
    const text = write277({
      envelope,
      setControl: 1,
      responseId: 'R0001',
      answers: [{ inquiry, statuses: [] }],
    })
    expect(checkFile('277', text).findings).toMatchObject([
      { code: 'segment_missing', element: 'STC', loop: '2200D', segment: 11 },
    ])
  })

  test('any question about claims reads as it was written and prints as it was read', () => {
    const question: fc.Arbitrary<ClaimStatusInquiry> = fc.record({
      trace: fc.stringMatching(/^CS[0-9]{1,8}$/),
      payer: fc.record({ name: word, id: digits(5) }),
      submitter: fc.record({ name: word, id: digits(6) }),
      provider: fc.record({ name: word, npi: digits(10) }),
      patient: fc.record({
        family: word,
        given: word,
        memberId: fc.stringMatching(/^[A-Z0-9]{11}$/),
        bornOn: day,
        sex: fc.constantFrom('F', 'M'),
      }),
      patientAccount: fc.stringMatching(/^CCM-[0-9]{1,9}$/),
      chargeCents: fc.integer({ min: 0, max: 9_999_999 }),
      serviceOn: day,
    })
    fc.assert(
      fc.property(
        envelopeHeader,
        fc.array(question, { minLength: 1, maxLength: 3 }),
        delimiters,
        (header, inquiries, cut) => {
          const text = write276({ envelope: header, setControl: 1, inquiryId: 'Q1', inquiries }, { delimiters: cut })
          const read = read276(text)
          expect(read.findings).toEqual([])
          expect(read.inquiries.map(({ set: _set, interchange: _interchange, ...one }) => one)).toEqual(inquiries)
          if (cut.segment !== '\n') expect(printInterchanges(readInterchanges(text).interchanges)).toBe(text)
        },
      ),
      { numRuns: 40 },
    )
  })
})
