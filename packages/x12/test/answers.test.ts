import { describe, expect, test } from 'vitest'
import {
  CARC,
  checkFile,
  type EligibilityAnswer,
  kindOf,
  RARC,
  type RemittanceToWrite,
  read271,
  read277CA,
  read835,
  read999,
  readFile,
  readTA1,
  reasonOf,
  remarkOf,
  write270,
  write271,
  write277CA,
  write835,
  write999,
  writeTA1,
} from '../src/index.ts'
import { envelope, sample } from './story.ts'

const fromPayer = {
  ...envelope,
  sender: '02402',
  receiver: 'CLINIC1',
  interchangeControl: 401,
  groupControl: 401,
}

describe('the first answers to Lena’s batch'.replace('’', "'"), () => {
  test('a TA1 that takes the file, and one that found it sent before', () => {
    const text = (code: 'A' | 'R', note: string): string =>
      writeTA1({
        envelope: fromPayer,
        control: '000000101',
        sentOn: '2026-01-05',
        sentAt: '09:30',
        code,
        note,
      })
    expect(kindOf(text('A', '000'))).toBe('TA1')
    expect(readTA1(text('A', '000')).acknowledgments).toEqual([
      {
        interchange: '000000401',
        control: '000000101',
        sentOn: '2026-01-05',
        sentAt: '0930',
        code: 'A',
        result: 'accepted',
        note: '000',
        meaning: 'No error.',
      },
    ])
    expect(readTA1(text('R', '025')).acknowledgments[0]).toMatchObject({
      result: 'rejected',
      meaning: 'The control number was used before: the file counts as a duplicate.',
    })
    expect(checkFile('ta1', text('R', '025'))).toMatchObject({ accepted: true, findings: [] })
    expect(readFile('ta1', text('R', '025')).sets).toMatchObject([
      { type: 'TA1', control: '000000101', result: 'rejected' },
    ])
  })

  test('a TA1 that does not say clearly what became of the file is found out', () => {
    const text = writeTA1({
      envelope: fromPayer,
      control: '000000101',
      sentOn: '2026-01-05',
      sentAt: '09:30',
      code: 'A',
      note: '000',
    })
    const codes = (changed: string) => checkFile('ta1', changed).findings.map((one) => [one.code, one.element])
    expect(codes(text)).toEqual([])
    expect(codes(text.replace('*A*000~', '*Q*000~'))).toEqual([['ta1_code', 'TA104']])
    expect(codes(text.replace('*A*000~', '*A*999~'))).toEqual([['ta1_note', 'TA105']])
    expect(codes(text.replace('TA1*000000101*260105', 'TA1*101*261305'))).toEqual([
      ['ta1_control', 'TA101'],
      ['ta1_date', 'TA102'],
    ])
  })

  test('a TA1 before a group is read beside the group', () => {
    const alone = writeTA1({
      envelope: fromPayer,
      control: '000000101',
      sentOn: '2026-01-05',
      sentAt: '09:30',
      code: 'A',
      note: '000',
    })
    const ta1 = alone.split('\n').find((line) => line.startsWith('TA1')) ?? ''
    const group = write999({
      envelope: fromPayer,
      setControl: 1,
      functionalCode: 'HC',
      groupControl: '101',
      version: '005010X222A1',
      sets: [{ type: '837', control: '0001', version: '005010X222A1', code: 'A' }],
    })
    const both = group.replace('\nGS*', `\n${ta1}\nGS*`)
    expect(readTA1(both).acknowledgments).toHaveLength(1)
    expect(read999(both).groups).toHaveLength(1)
    expect(kindOf(both)).toBe('999')
    expect(checkFile('both', both).findings).toEqual([])
  })

  test('a 999 that rejects one set of two names the claim, the segment and the element', () => {
    const text = write999({
      envelope: fromPayer,
      setControl: 1,
      functionalCode: 'HC',
      groupControl: '101',
      version: '005010X222A1',
      sets: [
        { type: '837', control: '0001', version: '005010X222A1', code: 'A' },
        {
          type: '837',
          control: '0002',
          version: '005010X222A1',
          code: 'R',
          errors: [
            {
              segmentId: 'SV1',
              position: 28,
              loop: '2400',
              code: '8',
              claimControl: 'CCM-2025-12-000018',
              elements: [{ position: 1, component: 2, dataElement: '234', code: '7', value: '9949' }],
            },
          ],
          reasons: ['5'],
        },
      ],
    })
    expect(checkFile('999', text).findings).toEqual([])
    const [group] = read999(text).groups
    expect(group).toMatchObject({
      result: 'partly_accepted',
      setsIncluded: 2,
      setsReceived: 2,
      setsAccepted: 1,
    })
    expect(group?.sets[0]).toMatchObject({ control: '0001', result: 'accepted' })
    expect(group?.sets[1]).toEqual({
      type: '837',
      control: '0002',
      version: '005010X222A1',
      code: 'R',
      result: 'rejected',
      reasons: [{ code: '5', meaning: 'One or more segments have errors.' }],
      errors: [
        {
          segmentId: 'SV1',
          position: 28,
          loop: '2400',
          code: '8',
          meaning: 'The segment has errors in its elements.',
          claimControl: 'CCM-2025-12-000018',
          context: [],
          elements: [
            {
              position: 1,
              component: 2,
              dataElement: '234',
              code: '7',
              meaning: 'The code is not valid.',
              value: '9949',
            },
          ],
        },
      ],
    })
  })

  test('a 999 without a result is not taken for an acceptance', () => {
    const text = write999({
      envelope: fromPayer,
      setControl: 1,
      functionalCode: 'HC',
      groupControl: '101',
      version: '005010X222A1',
      sets: [{ type: '837', control: '0001', version: '005010X222A1', code: 'A' }],
    })
    const damaged = text.replace('IK5*A~\n', '').replace('AK9*A*1*1*1~\n', '').replace('SE*6', 'SE*4')
    const { groups, findings } = read999(damaged)
    expect(groups[0]).toMatchObject({ result: 'rejected', sets: [{ result: 'rejected' }] })
    expect(findings.map((one) => one.code)).toEqual(['ak9_missing', 'ik5_missing'])
  })
})

describe('the 277CA', () => {
  const report = {
    envelope: fromPayer,
    setControl: 1,
    reportId: '277CA0001',
    payer: { name: 'SAMPLE MAC PART B', id: '02402' },
    submitter: { name: 'EVERGREEN CCM CLINIC', id: 'CLINIC1' },
    batchId: 'BATCH101',
    receivedOn: '2026-01-05',
    processedOn: '2026-01-06',
    batchStatus: {
      codes: [{ category: 'A1', status: '19', entity: 'PR' }],
      effectiveOn: '2026-01-06',
      action: 'WQ' as const,
      chargeCents: 33_200,
    },
    providers: [
      {
        name: 'EVERGREEN CCM CLINIC',
        npi: '1234567893',
        claims: [
          {
            claimControl: 'CCM-2025-12-000017',
            chargeCents: 24_000,
            patient: { family: 'DIAZ', given: 'CARMEN', memberId: '1EG4TE5MK73' },
            statuses: [
              {
                codes: [{ category: 'A2', status: '20', entity: 'PR' }],
                effectiveOn: '2026-01-06',
                action: 'WQ' as const,
                chargeCents: 24_000,
              },
            ],
            payerClaimNumber: '1126006000017',
            serviceFrom: '2025-12-31',
          },
          {
            claimControl: 'CCM-2025-12-000018',
            chargeCents: 9_200,
            patient: { family: 'BIRCH', given: 'BOB', memberId: '2FH5UF6NK84' },
            statuses: [
              {
                codes: [{ category: 'A3', status: '247' }],
                effectiveOn: '2026-01-06',
                action: 'U' as const,
                chargeCents: 9_200,
              },
            ],
            serviceFrom: '2025-12-30',
            lines: [
              {
                code: '99490',
                chargeCents: 9_200,
                units: 1,
                lineControl: '000018L1',
                serviceOn: '2025-12-30',
                statuses: [
                  {
                    codes: [
                      { category: 'A7', status: '562', entity: '82' },
                      { category: 'A8', status: '128', entity: '85' },
                    ],
                    effectiveOn: '2026-01-06',
                    action: 'U' as const,
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  }

  test('is written and read with totals, numbers and the line behind a bare 247', () => {
    const text = write277CA(report)
    expect(checkFile('277CA', text).findings).toEqual([])
    const [read] = read277CA(text).reports
    expect(read).toMatchObject({ batchId: 'BATCH101', payerId: '02402', batchRejected: false })
    expect(read?.levels.find((one) => one.level === 'provider')).toMatchObject({
      acceptedCount: 1,
      rejectedCount: 1,
      acceptedCents: 24_000,
      rejectedCents: 9_200,
    })
    expect(read?.claims[0]).toMatchObject({
      answer: 'accepted',
      payerClaimNumber: '1126006000017',
      serviceFrom: '2025-12-31',
    })
    expect(read?.claims[1]).toMatchObject({ answer: 'rejected', payerClaimNumber: null })
    expect(read?.claims[1]?.reasons.map((one) => one.meaning)).toEqual([
      'Rejected: information is wrong: the NPI (rendering provider)',
      'Rejected: two pieces of information do not fit together: the tax id (billing provider)',
    ])
  })

  test('that rejects the whole batch has no patients and says so', () => {
    const text = write277CA({
      ...report,
      batchStatus: {
        ...report.batchStatus,
        codes: [{ category: 'A3', status: '24', entity: '41' }],
        action: 'U',
      },
    })
    expect(checkFile('277CA', text).findings).toEqual([])
    const [read] = read277CA(text).reports
    expect(read).toMatchObject({ batchId: 'BATCH101', batchRejected: true, claims: [] })
    expect(read?.levels.find((one) => one.level === 'submitter')).toMatchObject({
      answer: 'rejected',
      rejectedCount: 2,
      rejectedCents: 33_200,
    })
  })
})

describe('the 271 about Mrs Diaz', () => {
  const inquiry = {
    trace: 'EL0001-1',
    payer: { name: 'CMS', id: 'CMS' },
    provider: { name: 'EVERGREEN CCM CLINIC', npi: '1234567893' },
    subscriber: { family: 'DIAZ', given: 'CARMEN', memberId: '1EG4TE5MK73', bornOn: '1950-02-14' },
    serviceOn: '2025-12-31',
  }
  const always = {
    partA: { active: true, from: '2015-02-01', to: null },
    partB: { active: true, from: '2015-02-01', to: null },
  }
  const ask = (answer: Omit<EligibilityAnswer, 'inquiry'>, serviceOn?: string) => {
    const text = write271({
      envelope: fromPayer,
      setControl: 1,
      originator: '9CLINIC001',
      answers: [{ inquiry, ...answer }],
    })
    expect(checkFile('271', text).findings).toEqual([])
    const { answers, findings } = read271(text, serviceOn === undefined ? {} : { serviceOn })
    expect(findings).toEqual([])
    const [facts] = answers
    if (!facts) throw new Error('There is no answer.')
    return facts
  }

  test('her question is a 270 that HETS takes', () => {
    const text = write270({ envelope, setControl: 1, originator: '9CLINIC001', inquiries: [inquiry] })
    expect(checkFile('270', text).findings).toEqual([])
    expect(text).toContain('NM1*IL*1*DIAZ*CARMEN****MI*1EG4TE5MK73~')
    expect(text).toContain('DTP*291*D8*20251231~')
  })

  test('Part B with deductible and coinsurance', () => {
    const facts = ask({
      ...always,
      partBDeductible: { year: '2025', yearCents: 25_700, leftCents: 0 },
      partBCoinsurance: '.2',
    })
    expect(facts).toMatchObject({
      trace: 'EL0001-1',
      serviceOn: '2025-12-31',
      partB: { active: 'yes' },
      partBDeductible: { year: '2025', yearCents: 25_700, leftCents: 0 },
      partBCoinsurance: '.2',
      billMedicare: { answer: 'yes' },
    })
  })

  test('Part B that ended before, has not begun, or is told inactive is no', () => {
    expect(ask({ partB: { active: true, from: '2015-02-01', to: '2025-11-30' } }).partB.active).toBe('no')
    expect(ask({ partB: { active: true, from: '2026-02-01', to: null } }).partB.active).toBe('no')
    expect(ask({ partB: { active: false, from: '2025-06-01', to: null } }).partB.active).toBe('no')
    expect(ask({ partB: { active: true, from: '2015-02-01', to: '2025-12-31' } }).partB.active).toBe('yes')
    expect(ask({ partA: always.partA }).partB.active).toBe('unknown')
  })

  test('a Medicare Advantage plan on the day takes the claim, one that ended does not', () => {
    const plan = { code: 'HM', planId: 'H1234 001', payerName: 'SUNSHINE ADVANTAGE', payerId: 'SUN01' }
    const inPlan = ask({ ...always, medicareAdvantage: [{ ...plan, from: '2025-01-01', to: null }] })
    expect(inPlan.medicareAdvantage).toMatchObject([
      {
        code: 'HM',
        reference: 'H1234 001',
        payerName: 'SUNSHINE ADVANTAGE',
        payerId: 'SUN01',
        coversServiceOn: 'yes',
      },
    ])
    expect(inPlan.billMedicare).toEqual({
      answer: 'no',
      reason: 'SUNSHINE ADVANTAGE covers the patient: bill the plan, not Medicare.',
    })
    const left = ask({ ...always, medicareAdvantage: [{ ...plan, from: '2024-01-01', to: '2024-12-31' }] })
    expect(left.medicareAdvantage[0]?.coversServiceOn).toBe('no')
    expect(left.billMedicare.answer).toBe('yes')
  })

  test('another insurer first makes Medicare secondary', () => {
    const facts = ask({
      ...always,
      msp: [{ code: '12', policy: 'POL7', payerName: 'ACME HEALTH PLAN', from: '2020-01-01', to: null }],
    })
    expect(facts.msp).toMatchObject([
      { code: '12', reference: 'POL7', payerName: 'ACME HEALTH PLAN', coversServiceOn: 'yes' },
    ])
    expect(facts.billMedicare).toEqual({
      answer: 'yes',
      reason: 'Part B is active, but Medicare is secondary: ACME HEALTH PLAN pays first.',
    })
  })

  test('a QMB owes nothing in her months, and outside of them it is not claimed', () => {
    const period = { from: '2025-01-01', to: '2025-12-31' }
    expect(ask({ ...always, qmb: [period] })).toMatchObject({ qmb: 'yes', qmbPeriods: [period] })
    expect(ask({ ...always, qmb: [period] }, '2026-01-31').qmb).toBe('no')
    expect(ask(always).qmb).toBe('unknown')
  })

  test('hospice, home health, nursing facility and ESRD periods', () => {
    const period = { from: '2025-12-01', to: '2025-12-20' }
    const open = { from: '2025-12-05', to: null }
    expect(
      ask({ ...always, hospice: [open], homeHealth: [period], skilledNursing: [period], esrd: [open] }),
    ).toMatchObject({
      hospice: [open],
      homeHealth: [period],
      skilledNursing: [period],
      esrd: [open],
    })
  })

  test('a death before the day of service', () => {
    const facts = ask({ ...always, diedOn: '2025-12-15' })
    expect(facts.diedOn).toBe('2025-12-15')
    expect(facts.billMedicare).toEqual({
      answer: 'no',
      reason: 'The patient died on 2025-12-15, before the date of service.',
    })
  })

  test('rejections say what Sam can do', () => {
    const wrongId = ask({ rejection: { level: 'patient', code: '72', followUp: 'C' } })
    expect(wrongId.rejections).toEqual([
      {
        level: 'patient',
        code: '72',
        followUp: 'C',
        message: 'The member id is missing or wrong.',
        action: 'Look up the MBI.',
        mayRetry: false,
      },
    ])
    expect(wrongId.partB.active).toBe('unknown')
    expect(wrongId.billMedicare.answer).toBe('unknown')
    const busy = ask({ rejection: { level: 'payer', code: '42', followUp: 'R' } })
    expect(busy.rejections[0]).toMatchObject({ level: 'payer', mayRetry: true })
    expect(ask({ rejection: { level: 'provider', code: '51', followUp: 'N' } }).rejections[0]).toMatchObject({
      level: 'provider',
      mayRetry: false,
    })
  })
})

describe('money coming back', () => {
  const line = {
    code: '99490',
    chargeCents: 9_200,
    paidCents: 4_704,
    unitsPaid: 1,
    serviceOn: '2025-12-30',
    lineControl: 'L1',
    adjustments: [
      { group: 'CO' as const, code: '45', amountCents: 3_200 },
      { group: 'CO' as const, code: '253', amountCents: 96 },
      { group: 'PR' as const, code: '2', amountCents: 1_200 },
    ],
  }
  const remittance: RemittanceToWrite = {
    envelope: fromPayer,
    setControl: 1,
    paymentCents: 4_704,
    method: 'ACH',
    paidOn: '2026-01-15',
    productionOn: '2026-01-14',
    trn02: 'EFT0001',
    trn03: '1450173185',
    bank: {
      payerRouting: '091000019',
      payerAccount: '1234567',
      payeeRouting: '125000024',
      payeeAccount: '99887766',
    },
    payer: {
      name: 'SAMPLE MAC PART B',
      id: '02402',
      address: { street: 'PO BOX 6700', city: 'FARGO', state: 'ND', zip: '581086700' },
      technicalContact: { name: 'EDI HELP DESK', phone: '8009679902' },
      website: 'www.example.org/mac',
    },
    payee: { name: 'EVERGREEN CCM CLINIC', npi: '1234567893', taxId: '912345678' },
    claims: [
      {
        claimControl: 'CCM-1',
        status: '1',
        chargeCents: 9_200,
        paidCents: 4_704,
        patientResponsibilityCents: 1_200,
        filingCode: 'MB',
        payerClaimNumber: '1126',
        patient: { family: 'DIAZ', given: 'CARMEN', memberId: '1EG4TE5MK73' },
        remarks: ['MA01'],
        lines: [line],
      },
    ],
  }

  test('a plain payment follows the guide and balances', () => {
    const text = write835(remittance)
    expect(checkFile('835', text).findings).toEqual([])
    expect(read835(text).transactions[0]).toMatchObject({
      postable: true,
      paymentMethod: 'ACH',
      payerName: 'SAMPLE MAC PART B',
    })
  })

  test('a reversal with its correction and a recoupment leave the cash that was paid', () => {
    const turned = {
      ...line,
      chargeCents: -9_200,
      paidCents: -4_704,
      adjustments: line.adjustments.map((one) => ({ ...one, amountCents: -one.amountCents })),
    }
    const [first] = remittance.claims
    if (!first) throw new Error('There is no claim.')
    const { patientResponsibilityCents: _share, ...bare } = first
    const text = write835({
      ...remittance,
      paymentCents: 0,
      method: 'NON',
      claims: [
        { ...bare, status: '22', chargeCents: -9_200, paidCents: -4_704, lines: [turned] },
        {
          ...bare,
          payerClaimNumber: '1127',
          earlierPayerClaimNumber: '1126',
          chargeCents: 9_200,
          paidCents: 0,
          lines: [
            {
              ...line,
              paidCents: 0,
              adjustments: [{ group: 'CO', code: '119', amountCents: 9_200 }],
              remarks: ['M86'],
            },
          ],
        },
      ],
      plb: [
        {
          providerId: '1234567893',
          fiscalYearEnd: '2026-12-31',
          code: 'FB',
          reference: '1126',
          amountCents: -4_704,
        },
      ],
    })
    expect(checkFile('835', text).findings).toEqual([])
    const [read] = read835(text).transactions
    expect(read).toMatchObject({
      bpr02Cents: 0,
      postable: true,
      totals: { claimsPaidCents: -4_704, plbCents: -4_704 },
    })
    expect(read?.claims[0]).toMatchObject({
      status: '22',
      paidCents: -4_704,
      patientResponsibilityCents: null,
    })
    expect(read?.claims[1]).toMatchObject({ earlierPayerClaimNumber: '1126', lines: [{ remarks: ['M86'] }] })
    expect(read?.plb).toEqual([
      {
        providerId: '1234567893',
        fiscalYearEnd: '2026-12-31',
        code: 'FB',
        reference: '1126',
        amountCents: -4_704,
      },
    ])
    expect(readFile('835', text).sets[0]).toMatchObject({
      bpr02: '0',
      sumClp04: '-47.04',
      sumPlb: '-47.04',
      transactionBalances: true,
    })
  })

  test('a positive provider adjustment takes money away', () => {
    const text = write835({
      ...remittance,
      paymentCents: 3_704,
      plb: [
        {
          providerId: '1234567893',
          fiscalYearEnd: '2026-12-31',
          code: 'WO',
          reference: '1099',
          amountCents: 1_000,
        },
      ],
    })
    expect(read835(text).transactions[0]?.balance).toEqual({ ok: true, differenceCents: 0 })
    const wrong = write835({
      ...remittance,
      paymentCents: 5_704,
      plb: [
        {
          providerId: '1234567893',
          fiscalYearEnd: '2026-12-31',
          code: 'WO',
          reference: '1099',
          amountCents: 1_000,
        },
      ],
    })
    expect(read835(wrong).transactions[0]?.balance).toEqual({ ok: false, differenceCents: 2_000 })
  })

  test('a claim with seven reasons of one group needs two CAS and loses none', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({
      group: 'CO' as const,
      code: String(40 + index),
      amountCents: 100,
    }))
    const [first] = remittance.claims
    if (!first) throw new Error('There is no claim.')
    const text = write835({
      ...remittance,
      paymentCents: 8_500,
      claims: [
        {
          ...first,
          patientResponsibilityCents: 0,
          paidCents: 8_500,
          lines: [{ ...line, paidCents: 8_500, adjustments: many }],
        },
      ],
    })
    expect(text.match(/^CAS\*CO/gm)).toHaveLength(2)
    expect(read835(text).transactions[0]?.claims[0]?.lines[0]?.adjustments).toHaveLength(7)
    expect(checkFile('835', text).findings).toEqual([])
  })

  test('a patient share that does not fit its adjustments is noticed and does not hold the money', () => {
    const [first] = remittance.claims
    if (!first) throw new Error('There is no claim.')
    const { transactions, findings } = read835(
      write835({ ...remittance, claims: [{ ...first, patientResponsibilityCents: 1_300 }] }),
    )
    expect(findings.map((one) => [one.severity, one.code])).toEqual([['warning', 'patient_responsibility_differs']])
    expect(transactions[0]?.postable).toBe(true)
  })
})

describe('reasons in our own words', () => {
  test('every reason that the biller meets is told with a first action', () => {
    const denials =
      '18 B20 97 119 222 273 231 234 236 107 B15 B9 24 109 22 26 27 31 140 13 29 16 4 11 146 181 182 208 50 150 151 96 272 252 163 251 226 B7 170 185 184 299'.split(
        ' ',
      )
    for (const code of denials) expect([code, CARC[code]?.kind]).toEqual([code, 'denial'])
    for (const code of '45 253 1 2 3 237 23'.split(' ')) expect([code, CARC[code]?.kind]).toEqual([code, 'posting'])
    for (const code of 'N522 M15 N20 M86 N362 MA130 M76 N382 MA18 N89 N781 N782 N783 N290 MA01'.split(' '))
      expect(RARC[code]?.firstAction).toBeTruthy()
    for (const one of Object.values(CARC)) expect(one.meaning && one.cause && one.firstAction).toBeTruthy()
  })

  test('an unprocessable claim has no appeal, medical necessity has', () => {
    expect(reasonOf('16').appealable).toBe(false)
    expect(reasonOf('50').appealable).toBe(true)
    expect(reasonOf('XYZ')).toMatchObject({ kind: 'denial', meaning: 'reason XYZ' })
    expect(reasonOf('constructor').kind).toBe('denial')
    expect(remarkOf('N782').patientMayNotBeBilled).toBe(true)
    expect(remarkOf('N9999').patientMayNotBeBilled).toBe(false)
  })
})

test('codes of outside lists in what a payer sends are warned of, and the answer stands', () => {
  const codesOf = (name: string, change: (text: string) => string) =>
    checkFile(name, change(sample(name)))
      .findings.filter((one) => one.level === 5)
      .map(({ severity, code, element }) => [severity, code, element])
  const remittance = '835_01_ccm_mixed.edi'
  expect(codesOf(remittance, (text) => text)).toEqual([])
  expect(codesOf(remittance, (text) => text.replace('*CO*45*', '*CO*Q45*'))).toEqual([
    ['warning', 'reason_unknown', 'CAS02'],
  ])
  expect(codesOf(remittance, (text) => text.replace('MOA***MA01', 'MOA***XA01'))).toEqual([
    ['warning', 'remark_unknown', 'MOA03'],
  ])
  expect(codesOf(remittance, (text) => text.replace('SVC*HC:99490', 'SVC*HC:9949'))).toEqual([
    ['warning', 'procedure_unknown', 'SVC01-2'],
  ])
  expect(codesOf(remittance, (text) => text.replace(/^(CLP(?:\*[^*]*){7}\*)11\*/m, '$177*'))).toEqual([
    ['warning', 'place_of_service_unknown', 'CLP08'],
  ])
  const accepted = '277ca_01_accepted.edi'
  expect(codesOf(accepted, (text) => text)).toEqual([])
  expect(codesOf(accepted, (text) => text.replace('STC*A1:', 'STC*A9:'))).toEqual([
    ['warning', 'status_category_unknown', 'STC01-1'],
  ])
  expect(codesOf(accepted, (text) => text.replace(/STC\*(\w+):\d+/, 'STC*$1:0X'))).toEqual([
    ['warning', 'status_code_unknown', 'STC01-2'],
  ])
})
