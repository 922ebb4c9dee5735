import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  check837P,
  checkFile,
  createSegmentReader,
  hasErrors,
  kindOf,
  printInterchanges,
  read270,
  read271,
  read277,
  read277CA,
  read835,
  read837P,
  read999,
  readFile,
  readInterchanges,
  type Segment,
  write837P,
} from '../src/index.ts'
import { sample } from './story.ts'

const names = readdirSync(new URL('./fixtures', import.meta.url)).filter((name) => name.endsWith('.edi'))

/** The envelope errors of each sample; what is not named here has none. */
const ENVELOPES: Readonly<Record<string, readonly string[]>> = {
  '277_01_x212_many.edi': ['IEA02 is "842928883", but ISA13 is "000000001".'],
  '837p_12_two_st.edi': [
    'SE01 says "25" segments, but there are 26 from ST to SE.',
    'SE01 says "25" segments, but there are 26 from ST to SE.',
    'GE01 says "1" transaction sets, but there are 2.',
  ],
  '837p_15_missing_elements.edi': ['SE01 says "25" segments, but there are 34 from ST to SE.'],
  '837p_17_segment_errors.edi': ['SE01 says "25" segments, but there are 23 from ST to SE.'],
  '837p_20_three_gs.edi': [
    'SE01 says "25" segments, but there are 34 from ST to SE.',
    'SE01 says "25" segments, but there are 34 from ST to SE.',
    'SE01 says "25" segments, but there are 34 from ST to SE.',
    'IEA01 says "1" groups, but there are 3.',
  ],
  '837p_22_bad_isa.edi': [
    'SE01 says "25" segments, but there are 34 from ST to SE.',
    'The ISA segment has 105 characters with its terminator; it must have 106.',
  ],
}

describe('every sample is told apart by its content and its envelope is judged', () => {
  test('all samples are here', () => {
    expect(names).toHaveLength(35)
  })

  test.each(names)('%s', (name) => {
    const text = sample(name)
    const kind = name.startsWith('837p') ? '837P' : name.startsWith('277ca') ? '277CA' : name.slice(0, 3)
    expect(kindOf(text)).toBe(kind)
    const file = readInterchanges(text)
    expect(file.refused).toBeNull()
    expect(file.envelopeErrors.map((one) => one.message)).toEqual(ENVELOPES[name] ?? [])
    const facts = readFile(name, text)
    expect(facts.envelopeErrors).toHaveLength(ENVELOPES[name]?.length ?? 0)
    expect(facts.sets.every((set) => set.type === kind)).toBe(true)
    expect(facts.sets.map((set) => set.segments)).toEqual(
      file.interchanges.flatMap((one) => one.groups.flatMap((group) => group.sets.map((set) => set.segments.length))),
    )
  })

  test.each(names)('%s reads the same in pieces of any size', (name) => {
    const text = sample(name)
    const whole = createSegmentReader()
    const told = ({ id, elements, delimiters, terminated }: Segment) => ({ id, elements, delimiters, terminated })
    const expected = [...whole.push(text), ...whole.end()].map(told)
    for (const size of [1, 7, 105, 106, 400, 1_000]) {
      const reader = createSegmentReader()
      const segments = []
      for (let at = 0; at < text.length; at += size) segments.push(...reader.push(text.slice(at, at + size)))
      segments.push(...reader.end())
      expect(segments.map(told)).toEqual(expected)
      expect(reader.problems).toEqual(whole.problems)
    }
  })
})

/** name, claims, BPR02, sum of CLP04 as the file adds up, transaction, claims and lines in balance. */
const REMITTANCES: readonly (readonly [string, number, string, string, boolean, boolean, boolean])[] = [
  ['835_01_ccm_mixed.edi', 7, '266.56', '266.56', true, true, true],
  ['835_01_dollars_data_separate.edi', 2, '945', '945', true, true, true],
  ['835_03_era_sample.edi', 1, '132', '132', true, true, true],
  ['835_05_secondary_oa94.edi', 1, '34.00', '34', true, true, true],
  ['835_07_tertiary.edi', 1, '187.50', '187.50', true, true, true],
  ['835_10_predetermination_n30.edi', 3, '1790', '1790', true, true, true],
  ['835_12_pr29_pr3.edi', 2, '57.44', '57.44', true, true, true],
  ['835_13_emedny_medicaid.edi', 3, '45.75', '45.75', true, true, true],
  ['835_17_pr1_pr2.edi', 1, '4000.00', '4000.00', true, false, true],
  ['835_18_oa94.edi', 1, '34.00', '34', true, true, true],
]

describe('remittances balance as their senders meant', () => {
  test.each(REMITTANCES)('%s', (name, claims, bpr02, sumClp04, transaction, claim, line) => {
    const set = readFile(name, sample(name)).sets[0]
    expect(set).toMatchObject({
      type: '835',
      bpr02,
      sumClp04,
      sumPlb: '0',
      plb: [],
      transactionBalances: transaction,
    })
    const [remittance] = read835(sample(name)).transactions
    expect(remittance?.claims).toHaveLength(claims)
    expect(remittance?.claims.every((one) => one.balances.claim.ok)).toBe(claim)
    expect(remittance?.claims.every((one) => one.balances.lines.ok)).toBe(line)
    expect(remittance?.postable).toBe(transaction && claim && line)
    expect(remittance?.truncated).toBe(false)
  })

  test('Lena sees why the hospital claim is held, and by how much', () => {
    const [remittance] = read835(sample('835_17_pr1_pr2.edi')).transactions
    expect(remittance?.claims[0]?.balances).toEqual({
      claim: { ok: false, differenceCents: -100_200 },
      lines: { ok: true, differenceCents: 0 },
    })
    expect(remittance?.holdReasons).toEqual(['Claim 1234567-001 does not balance: -$1,002.00 is unexplained.'])
    expect(checkFile('x', sample('835_17_pr1_pr2.edi')).findings.map((one) => one.code)).toEqual([
      'date_invalid',
      'claim_out_of_balance',
    ])
  })

  test('the CCM remittance is read in full', () => {
    const { transactions, findings } = read835(sample('835_01_ccm_mixed.edi'))
    const [remittance] = transactions
    expect(findings).toEqual([])
    expect(remittance).toMatchObject({
      bpr02Cents: 26_656,
      paymentMethod: 'ACH',
      paidOn: '2026-01-15',
      trn02: 'EFT0001',
      trn03: '1450173185',
      payerName: 'SAMPLE MAC PART B JF',
      payerId: '02402',
      payeeNpi: '1234567893',
      payeeTaxId: '912345678',
      balance: { ok: true, differenceCents: 0 },
      postable: true,
    })
    const [paid, complex, another, faulty, crossed, qmb, half] = remittance?.claims ?? []
    expect(paid?.lines[0]).toMatchObject({
      code: '99490',
      chargeCents: 9_200,
      paidCents: 4_704,
      allowedCents: 6_000,
      lineControl: '000001L1',
      serviceOn: '2025-12-30',
      adjustments: [
        { group: 'CO', code: '45', amountCents: 3_200, quantity: null },
        { group: 'CO', code: '253', amountCents: 96, quantity: null },
        { group: 'PR', code: '2', amountCents: 1_200, quantity: null },
      ],
    })
    expect(complex?.lines.map((line) => line.code)).toEqual(['99487', '99489'])
    expect(complex?.patientResponsibilityCents).toBe(12_000)
    expect(another?.lines[0]).toMatchObject({ remarks: ['M86'], adjustments: [{ group: 'CO', code: '119' }] })
    expect(faulty).toMatchObject({ status: '4', remarks: ['MA130'], lines: [{ remarks: ['N290', 'MA130'] }] })
    expect(crossed).toMatchObject({
      status: '19',
      crossover: { name: 'SAMPLE MEDIGAP', id: '90001' },
      patient: { memberId: '5JM8XJ9RP17', correctedMemberId: '5JM8XJ9RP18' },
      remarks: ['MA01', 'MA18'],
    })
    expect(qmb?.lines[0]?.remarks).toEqual(['N782'])
    expect(half?.lines.map((line) => [line.code, line.paidCents])).toEqual([
      ['99490', 4_704],
      ['99439', 0],
    ])
  })

  test('an 835 in a group of claims is read as an 835 and said', () => {
    const checked = checkFile('835_18_oa94.edi', sample('835_18_oa94.edi'))
    expect(checked.accepted).toBe(false)
    expect(checked.findings.map((one) => one.code)).toContain('gs_functional_code')
  })
})

describe('claims', () => {
  test('the two CCM claims read, write back to the same bytes, and have no error', () => {
    const text = sample('837p_01_ccm_primary_and_msp.edi')
    const { batches, findings } = read837P(text)
    expect(findings).toEqual([])
    expect(batches[0]?.totals).toEqual({ claims: 2, lines: 3, chargeCents: 33_200 })
    expect(batches.map((batch) => write837P(batch))).toEqual([text])
    const checked = checkFile('x', text)
    expect(checked.accepted).toBe(true)
    // Its second Medicare id has the letter L, which no real one has; the file is a test (ISA15 T).
    expect(checked.findings.map((one) => [one.severity, one.code, one.segment])).toEqual([
      ['warning', 'mbi_made_up', 37],
    ])
  })

  const totals: readonly (readonly [string, number, number, number])[] = [
    ['837p_01_commercial_dependent.edi', 1, 4, 10_000],
    ['837p_03_cob_a.edi', 1, 3, 7_904],
    ['837p_05_medicare_chiro.edi', 1, 1, 14_550],
    ['837p_07_drug_ndc.edi', 1, 2, 10_337],
    ['837p_09_repriced.edi', 1, 1, 25_271],
    ['837p_10_x12types.edi', 1, 4, 10_000],
  ]
  test.each(totals)('%s follows the guide in its structure', (name, claims, lines, chargeCents) => {
    expect(read837P(sample(name)).batches[0]?.totals).toEqual({ claims, lines, chargeCents })
    const structure = [
      'segment_missing',
      'segment_unexpected',
      'segment_unknown',
      'segment_out_of_order',
      'segment_too_many',
      'loop_missing',
      'qualifier_unexpected',
      'element_missing',
      'too_many_elements',
      'element_not_used',
      'code_not_allowed',
    ]
    expect(check837P(sample(name)).filter((one) => structure.includes(one.code))).toEqual([])
  })

  test('the dependent of a commercial plan is the patient', () => {
    const claim = read837P(sample('837p_01_commercial_dependent.edi')).batches[0]?.billing[0]?.claims[0]
    expect(claim).toMatchObject({
      subscriber: { family: 'SMITH', given: 'JANE', memberId: 'JS00111223333' },
      dependent: { family: 'SMITH', given: 'TED', relationship: '19', bornOn: '1973-05-01', sex: 'M' },
    })
  })

  test('the missing elements are named where they are missing', () => {
    const findings = check837P(sample('837p_15_missing_elements.edi'))
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'element_missing', segment: 5, element: 'NM102', loop: '1000B' }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'element_missing', segment: 29, element: 'CLM05', loop: '2300' }),
    )
  })

  test('the missing and the doubled segment are named', () => {
    const findings = check837P(sample('837p_17_segment_errors.edi'))
    expect(findings).toContainEqual(expect.objectContaining({ code: 'segment_missing', element: 'N3', loop: '2010AA' }))
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'segment_too_many', element: 'REF', loop: '2010AA', segment: 10 }),
    )
    expect(findings).toContainEqual(expect.objectContaining({ code: 'segment_missing', element: 'HI', loop: '2300' }))
  })

  test('a file of three groups and a file of two sets give all their claims', () => {
    expect(read837P(sample('837p_20_three_gs.edi')).batches.map((one) => one.totals.claims)).toEqual([2, 2, 2])
    expect(read837P(sample('837p_12_two_st.edi')).batches.map((one) => one.set)).toEqual(['1239', '1240'])
  })
})

describe('answers to claims', () => {
  test('the 999 takes batch 101', () => {
    expect(read999(sample('999_01_accepted.edi')).groups).toMatchObject([
      {
        functionalCode: 'HC',
        groupControl: '101',
        result: 'accepted',
        setsIncluded: 1,
        setsAccepted: 1,
        sets: [{ control: '0001', result: 'accepted', errors: [] }],
      },
    ])
  })

  test('four 999 sets in two groups are four answers', () => {
    expect(read999(sample('999_04_four_st.edi')).groups.map((one) => [one.set, one.result])).toEqual([
      ['0001', 'accepted'],
      ['0002', 'accepted'],
      ['0003', 'accepted'],
      ['0004', 'accepted'],
    ])
  })

  test('the 277CA accepts one claim with its number and rejects the other with every reason', () => {
    const [report] = read277CA(sample('277ca_01_mixed_batch101.edi')).reports
    expect(report).toMatchObject({ batchId: 'BATCH101', batchRejected: false, payerId: '02402' })
    expect(report?.levels.find((level) => level.level === 'submitter')).toMatchObject({
      acceptedCount: 1,
      rejectedCount: 1,
      acceptedCents: 24_000,
      rejectedCents: 9_200,
    })
    const [accepted, rejected] = report?.claims ?? []
    expect(accepted).toMatchObject({
      claimControl: 'CCM-2025-12-000017',
      answer: 'accepted',
      payerClaimNumber: '1126006000017',
    })
    expect(rejected).toMatchObject({
      claimControl: 'CCM-2025-12-000018',
      answer: 'rejected',
      payerClaimNumber: null,
      clearinghouseNumber: 'CH0000018',
      lines: [{ lineControl: '000018L1', code: '99490' }],
    })
    expect(rejected?.reasons.map((one) => [one.category, one.status, one.entity])).toEqual([
      ['A7', '562', '82'],
      ['A8', '128', '85'],
      ['A7', '507', '82'],
    ])
  })

  test('the other 277CA and the 277s', () => {
    expect(read277CA(sample('277ca_01_accepted.edi')).reports[0]).toMatchObject({
      batchId: '000000674',
      claims: [{ claimControl: '5781', answer: 'accepted', payerClaimNumber: '1107000000014420' }],
    })
    const many = read277(sample('277_01_x212_many.edi')).reports[0]
    expect(many?.claims).toHaveLength(8)
    expect(many?.claims[0]).toMatchObject({
      claimControl: '12345',
      answer: 'waiting',
      statuses: [{ text: 'PAYER ACKNOWLEDGED RECEIPT OF THE CLAIM' }],
    })
    const provider = read277(sample('277_03_provider_level.edi')).reports[0]
    expect(provider?.claims).toMatchObject([{ claimControl: 'SM123456', payerClaimNumber: '05347006051' }])
    expect(provider?.levels.at(-1)?.statuses[0]?.codes[0]).toMatchObject({
      category: 'E0',
      status: '24',
      entity: '85',
    })
    expect(read277CA(sample('277_03_provider_level.edi')).reports).toEqual([])
  })

  test('the 276 is told by what it asks', () => {
    expect(readFile('x', sample('276_01_claim_level.edi')).sets[0]?.inquiries).toMatchObject([
      {
        trace: 'ABCXYZ1',
        family: 'SMITH',
        patientAccount: 'SM123456',
        charge: '8513.88',
        service: '20050831-20050906',
      },
      { trace: 'ABCXYZ2', family: 'JONES' },
      { trace: 'ABCXYZ3', family: 'MANN', given: 'JOSEPH', memberId: '345678901' },
    ])
  })
})

describe('coverage', () => {
  test('Part B is active and the deductible is half used', () => {
    const [answer] = read271(sample('271_01_part_b_ffs_deductible_left.edi')).answers
    expect(answer).toMatchObject({
      trace: 'EL0001-1',
      serviceOn: '2026-01-02',
      partA: { active: 'yes', from: '2015-02-01', to: null },
      partB: { active: 'yes', from: '2015-02-01', to: null },
      partBDeductible: { year: '2026', yearCents: 28_300, leftCents: 18_350 },
      partBCoinsurance: '.2',
      medicareAdvantage: [],
      qmb: 'unknown',
      billMedicare: { answer: 'yes' },
    })
  })

  test('the same answer says nothing good about a month before Part B began', () => {
    const [answer] = read271(sample('271_01_part_b_ffs_deductible_left.edi'), {
      serviceOn: '2014-12-31',
    }).answers
    expect(answer?.partB.active).toBe('no')
    expect(answer?.billMedicare.answer).toBe('no')
    expect(answer?.partBDeductible.leftCents).toBeNull()
  })

  test('an active plan that is not Medicare is not read as Part B', () => {
    for (const name of ['271_01_generic_active.edi', '271_06_ls_le.edi', '271_07_multi_eb.edi']) {
      const [answer] = read271(sample(name), { serviceOn: '2026-04-12' }).answers
      expect(answer?.partB.active).toBe('unknown')
      expect(answer?.billMedicare.answer).toBe('unknown')
    }
    expect(read271(sample('271_06_ls_le.edi')).findings.map((one) => [one.severity, one.code])).toEqual([
      ['warning', 'gs_functional_code'],
    ])
    const [generic] = read271(sample('271_01_generic_active.edi')).answers
    expect(generic?.benefits[2]?.serviceTypes).toHaveLength(10)
    expect(generic?.benefits[1]?.entities).toEqual([{ role: 'P3', name: 'JONES, MARCUS', id: '0202034' }])
  })

  test('the 270 as HETS wants it', () => {
    expect(read270(sample('270_01_hets.edi')).inquiries).toMatchObject([
      {
        trace: 'EL0001-1',
        serviceOn: '2026-01-02',
        serviceTypes: ['30'],
        subscriber: { memberId: '1EG4TE5MK73', bornOn: '1950-02-14' },
        provider: { npi: '1234567893' },
      },
    ])
    expect(read270(sample('270_01_subscriber.edi')).inquiries).toHaveLength(1)
  })
})

test('samples that are right are accepted by check, and reading prints the canonical ones back', () => {
  const right = [
    '270_01_hets.edi',
    '270_01_subscriber.edi',
    '271_01_generic_active.edi',
    '271_01_part_b_ffs_deductible_left.edi',
    '277ca_01_accepted.edi',
    '277ca_01_mixed_batch101.edi',
    '999_01_accepted.edi',
    '835_01_ccm_mixed.edi',
    '837p_01_ccm_primary_and_msp.edi',
  ]
  for (const name of right) expect(hasErrors(readInterchanges(sample(name)).findings)).toBe(false)
  for (const name of right) expect([name, checkFile(name, sample(name)).accepted]).toEqual([name, true])
  for (const name of [
    '270_01_hets.edi',
    '271_01_part_b_ffs_deductible_left.edi',
    '277ca_01_mixed_batch101.edi',
    '835_01_ccm_mixed.edi',
    '837p_01_ccm_primary_and_msp.edi',
    '999_01_accepted.edi',
  ]) {
    expect(printInterchanges(readInterchanges(sample(name)).interchanges)).toBe(sample(name))
  }
})

describe('what is not X12 is refused with what was found instead', () => {
  test.each([
    ['', 'it is empty'],
    ['   \n', 'it is empty'],
    ['%PDF-1.7\n', 'a PDF document'],
    ['<?xml version="1.0"?><a/>', 'an XML document'],
    ['<!DOCTYPE html><html>', 'an HTML page'],
    ['{"resourceType":"Bundle"}', 'a JSON document'],
    ['MSH|^~\\&|EHR|', 'an HL7 version 2 message'],
    ["UNB+UNOA:1+A+B'", 'an EDIFACT message'],
    ['PK\u0003\u0004\u0014', 'a ZIP archive'],
    ['\u001f\u008b\u0008', 'a compressed (gzip) file'],
    ['\u001f\uFFFD\u0008\u0000\u0000', 'a compressed (gzip) file'],
    ['PK\u0003\u0004\u0014\u0000', 'a ZIP archive'],
    ['name,amount\nA,1\n', 'CSV'],
    ['ST*835*0001~BPR*I*1~', 'without its ISA envelope'],
    ['ISA', 'no element separator'],
    ['ISA*00*          *00', 'cut off'],
    ['I\u0000S\u0000A\u0000', 'UTF-16'],
  ])('%j', (text, told) => {
    const facts = readFile('upload', text)
    expect(facts.refused).toContain(told)
    expect(facts.sets).toEqual([])
    expect(kindOf(text)).toBeNull()
    expect(checkFile('upload', text)).toMatchObject({
      accepted: false,
      interchanges: 0,
      findings: [{ code: 'not_x12' }],
    })
    expect(read835(text)).toMatchObject({ transactions: [], findings: [{ code: 'not_x12' }] })
  })

  test('an 835 taken for a 277CA is said, and a set that is not ours too', () => {
    expect(read277CA(sample('835_01_ccm_mixed.edi')).findings).toMatchObject([
      { code: 'set_not_found', message: 'This X12 file holds no 277CA.' },
    ])
    const other = sample('999_01_accepted.edi').replace('ST*999', 'ST*834')
    expect(kindOf(other)).toBeNull()
    expect(checkFile('x', other).findings.map((one) => one.code)).toContain('set_unknown')
  })
})
