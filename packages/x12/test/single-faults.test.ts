import { describe, expect, test } from 'vitest'
import { checkFile, write270 } from '../src/index.ts'
import { envelope, sample } from './story.ts'

/** Two claims written by hand, not by our writer: Medicare primary, and Medicare after the plan of an employer. */
const CLAIMS = `ISA*00*          *00*          *ZZ*LAKESIDE01     *ZZ*00831          *260105*0815*^*00501*000000777*0*P*:~
GS*HC*LAKESIDE01*00831*20260105*0815*777*X*005010X222A1~
ST*837*0007*005010X222A1~
BHT*0019*00*B777*20260105*0815*CH~
NM1*41*2*LAKESIDE PRIMARY CARE*****46*LAKESIDE01~
PER*IC*LENA FROST*TE*3125550147*EM*LENA@LAKESIDE.EXAMPLE~
NM1*40*2*NGS JK PART B*****46*00831~
HL*1**20*1~
PRV*BI*PXC*207R00000X~
NM1*85*2*LAKESIDE PRIMARY CARE*****XX*1456789019~
N3*40 SHORE RD*STE 3~
N4*CHICAGO*IL*606011234~
REF*EI*361234567~
HL*2*1*22*0~
SBR*P*18*******MB~
NM1*IL*1*NOWAK*HELENA*J***MI*3C44E55GH67~
N3*7 LAKE ST~
N4*EVANSTON*IL*60201~
DMG*D8*19460709*F~
NM1*PR*2*MEDICARE PART B*****PI*00831~
CLM*LPC-2512-0001*224.5***11:B:1*Y*A*Y*Y~
HI*ABK:I5022*ABF:E1165*ABF:J449~
NM1*82*1*SINGH*ARJUN****XX*1987654328~
PRV*PE*PXC*207R00000X~
LX*1~
SV1*HC:99490*92.5*UN*1***1:2~
DTP*472*D8*20251231~
REF*6R*LPC1A~
LX*2~
SV1*HC:99439*132*UN*2***1:2:3~
DTP*472*D8*20251231~
REF*6R*LPC1B~
HL*3*1*22*0~
SBR*S*18***43****MB~
NM1*IL*1*PARK*JOON****MI*5WR9TT4AA11~
N3*88 ELM~
N4*SKOKIE*IL*60076~
DMG*D8*19551130*M~
NM1*PR*2*MEDICARE PART B*****PI*00831~
CLM*LPC-2512-0002*131***11:B:1*Y*A*Y*Y~
HI*ABK:N184*ABF:I130~
NM1*82*1*SINGH*ARJUN****XX*1987654328~
SBR*P*18*G900******CI~
AMT*D*80~
OI***Y***Y~
NM1*IL*1*PARK*JOON****MI*W1234~
NM1*PR*2*AETNA*****PI*60054~
LX*1~
SV1*HC:99487*131*UN*1***1:2~
DTP*472*D8*20251230~
REF*6R*LPC2A~
SVD*60054*80*HC:99487**1~
CAS*CO*45*31~
CAS*PR*2*20~
DTP*573*D8*20260102~
SE*54*0007~
GE*1*777~
IEA*1*000000777~
`

/** A payment written by hand: a claim by lines, a reversal with its correction, a denial, a claim without lines. */
const REMITTANCE = `ISA*00*          *00*          *ZZ*NGSMEDICARE    *ZZ*LAKESIDE01     *260120*0600*^*00501*000004321*0*P*:~
GS*HP*NGSMEDICARE*LAKESIDE01*20260120*0600*4321*X*005010X221A1~
ST*835*4321~
BPR*I*33.11*C*ACH************20260121~
TRN*1*EFT900123*1361234567~
DTM*405*20260120~
N1*PR*NATIONAL GOVERNMENT SERVICES*XV*06101~
N3*PO BOX 1~
N4*INDIANAPOLIS*IN*46206~
PER*BL*EDI HELP*TE*8885550100~
N1*PE*LAKESIDE PRIMARY CARE*XX*1456789019~
LX*1~
CLP*LPC-2512-0001*1*92.5*47.04*12*MB*1126020000011*11*1~
NM1*QC*1*NOWAK*HELENA*J***MI*3C44E55GH67~
SVC*HC:99490*92.5*47.04**1~
DTM*472*20251231~
CAS*CO*45*32.5**253*.96~
CAS*PR*2*12~
REF*6R*LPC1A~
CLP*LPC-2511-0009*22*-100*-40**MB*1125300000022*11*1~
CAS*CO*45*-50~
CAS*PR*2*-10~
NM1*QC*1*OLD*PAT****MI*4C44E55GH68~
CLP*LPC-2511-0009*1*100*50*0*MB*1126019000033*11*1~
CAS*CO*45*50~
NM1*QC*1*OLD*PAT****MI*4C44E55GH68~
REF*F8*1125300000022~
CLP*LPC-2512-0044*1*131*0*0*MB*1126020000044*11*1~
CAS*CO*119*131~
NM1*QC*1*ZERO*PAID****MI*6C44E55GH68~
PLB*1456789019*20261231*WO:1125250000001*12.5*FB:1126000*11.43~
SE*30*4321~
GE*1*4321~
IEA*1*000004321~
`

/** One change of a text that changes nothing else: the trailer is counted anew. */
function changed(text: string, from: string, to: string): string {
  expect(text.split(from), `"${from}" stands once`).toHaveLength(2)
  const segments = text.replace(from, () => to).split('~')
  const first = segments.findIndex((one) => one.startsWith('\nST*'))
  const last = segments.findIndex((one) => one.startsWith('\nSE*'))
  return segments.map((one, at) => (at === last ? one.replace(/\d+/, String(last - first + 1)) : one)).join('~')
}

/** Level, severity, code and place of everything that is found. */
function found(text: string): string[] {
  return checkFile('x', text).findings.map(({ level, severity, code, set, segment, element, loop }) =>
    [level, severity, code, set, segment, element, loop].map((one) => one ?? '-').join(' '),
  )
}

type Fault = readonly [fault: string, from: string, to: string, ...found: string[]]

test('neither text has a fault', () => {
  expect(found(CLAIMS)).toEqual([])
  expect(found(REMITTANCE)).toEqual([])
})

describe('one fault in an envelope is the only thing that is said, where it is', () => {
  const faults: readonly Fault[] = [
    [
      'the sender is one blank short',
      '01     *ZZ*00831',
      '01    *ZZ*00831',
      '1 error isa_width - 1 ISA06 -',
      '1 error isa_length - 1 - -',
    ],
    [
      'sender and receiver are shifted by one',
      '01     *ZZ*00831          *',
      '01    *ZZ*00831           *',
      '1 error isa_width - 1 ISA06 -',
      '1 error isa_width - 1 ISA08 -',
    ],
    [
      'one character separates components and repetitions',
      '*^*00501',
      '*:*00501',
      '1 error isa_repetition_separator - 1 ISA11 -',
    ],
    ['the group is of remittances', 'GS*HC*', 'GS*HP*', '1 error gs_functional_code - 2 GS01 -'],
    [
      'a blank stands behind each terminator of a line',
      'B777*20260105*0815*CH~\nNM1',
      'B777*20260105*0815*CH~ \nNM1',
      '1 warning blank_before_segment - 5 - -',
    ],
    ['an amount has a leading zero', '*224.5*', '*0224.5*', '1 warning leading_zero 0007 19 CLM02 2300'],
  ]
  test.each(faults)('%s', (_fault, from, to, ...expected) => {
    expect(found(changed(CLAIMS, from, to))).toEqual(expected)
  })

  test('a lost header is told once, at the first segment that is outside then', () => {
    const lost = CLAIMS.replace('ST*837*0007*005010X222A1~\n', '')
    expect(found(lost).filter((one) => one.includes('segment_outside'))).toEqual(['1 error segment_outside - 3 - -'])
  })

  test('an interchange number stands twice for one sender only', () => {
    const other = CLAIMS.replaceAll('LPC-2512', 'LPC-2510').replaceAll('20251', '20241')
    const codes = (text: string) => checkFile('x', text).findings.map(({ code }) => code)
    expect(codes(CLAIMS + other)).toContain('isa13_repeated')
    expect(codes(CLAIMS + other.replace('*ZZ*LAKESIDE01     *', '*ZZ*LAKESIDE02     *'))).not.toContain(
      'isa13_repeated',
    )
  })

  test('a file of version 4010 is said to be that once for each header', () => {
    const old = CLAIMS.replaceAll('005010X222A1', '004010X098A1').replace('*00501*', '*00401*')
    expect(found(old)).toEqual(['1 error isa_version - 1 ISA12 -', '1 error gs_version - 2 GS08 -'])
  })

  test('an ISA whose terminator is its repetition separator is said to be that', () => {
    expect(found(CLAIMS.replace('*^*00501', '*~*00501'))[0]).toBe('1 error isa_repetition_separator - 1 ISA11 -')
  })

  test('a TA1 with a fault is named by its place after the ISA', () => {
    const acknowledged = (codes: string) => CLAIMS.replace('\nGS*', `\nTA1*000000123*260104*0900*${codes}~\nGS*`)
    expect(found(acknowledged('A*000~\nTA1*000000124*260104*0900*R*025'))).toEqual([])
    expect(found(acknowledged('A*000~\nTA1*000000124*260104*0900*R*999'))).toEqual(['1 error ta1_note - 3 TA105 -'])
  })
})

describe('one fault in a remittance is said where it is, and the balances that it breaks', () => {
  const unbalanced = '3 error transaction_out_of_balance 4321 2 BPR02 -'
  const faults: readonly Fault[] = [
    ['the second amount of a CAS has no reason', '**253*.96', '***.96', '1 error cas_incomplete 4321 15 CAS05 2110'],
    ['the number of the payer has no qualifier', '*XV*06101', '**06101', '1 error element_pair 4321 5 N103 1000A'],
    [
      'the account of the payer has no qualifier',
      '*ACH************',
      '*ACH*****99*******',
      '1 error element_pair 4321 2 BPR08 ST',
    ],
    [
      'a patient share has a tenth of a cent',
      'CAS*PR*2*12~',
      'CAS*PR*2*12.001~',
      '1 error amount_unreadable 4321 16 CAS03 2110',
      '3 error line_out_of_balance 4321 13 SVC03 2110',
      '3 error claim_out_of_balance 4321 11 CLP04 2100',
      '3 warning patient_responsibility_differs 4321 11 CLP05 2100',
    ],
    [
      'what the patient owes has a tenth of a cent',
      '*12*MB',
      '*12.001*MB',
      '1 error amount_unreadable 4321 11 CLP05 2100',
    ],
    [
      'the second reason of a CAS has no amount',
      '*253*.96',
      '*253',
      '1 error amount_missing 4321 15 CAS06 2110',
      '3 error line_out_of_balance 4321 13 SVC03 2110',
      '3 error claim_out_of_balance 4321 11 CLP04 2100',
    ],
    [
      'an amount is a word',
      '*47.04*12*MB',
      '*FREE*12*MB',
      '1 error not_a_number 4321 11 CLP04 2100',
      '3 error claim_out_of_balance 4321 11 CLP04 2100',
      unbalanced,
    ],
    ['a provider adjustment has no amount', '*11.43~', '~', '1 error amount_missing 4321 29 PLB06 -', unbalanced],
    [
      'a provider adjustment has a reason that is none',
      'WO:',
      'QQ:',
      '5 warning provider_adjustment_unknown 4321 29 PLB03-1 ST',
    ],
    ['money comes by no means', '*ACH*', '*NON*', '4 warning payment_method_differs 4321 2 BPR04 ST'],
    [
      'a reversal says what the patient owes',
      '**MB*1125300000022',
      '*-10*MB*1125300000022',
      '4 warning patient_responsibility_unexpected 4321 18 CLP05 2100',
    ],
  ]
  test.each(faults)('%s', (_fault, from, to, ...expected) => {
    expect(found(changed(REMITTANCE, from, to))).toEqual(expected)
  })

  test('a payment below zero is none, however it balances', () => {
    const owed = changed(changed(REMITTANCE, '*I*33.11*', '*I*-66.89*'), '*12.5*FB', '*112.5*FB')
    expect(found(owed)).toEqual(['4 error payment_negative 4321 2 BPR02 ST'])
  })
})

describe('one fault in two claims is the only thing that is said, where it is', () => {
  const faults: readonly Fault[] = [
    // Amounts: what cannot be summed up is said of the amount, not of the sum.
    ['the claim has a tenth of a cent', '*224.5*', '*224.501*', '1 error amount_not_cents 0007 19 CLM02 2300'],
    ['a line has a tenth of a cent', '*92.5*', '*92.501*', '1 error amount_not_cents 0007 24 SV102 2400'],
    [
      'the other payer paid a tenth of a cent',
      'AMT*D*80',
      'AMT*D*80.001',
      '1 error amount_not_cents 0007 42 AMT02 2320',
    ],
    ['it paid a tenth of a cent for the line', '*80*HC', '*80.001*HC', '1 error amount_not_cents 0007 50 SVD02 2430'],
    ['it took off a tenth of a cent', 'PR*2*20', 'PR*2*20.001', '1 error amount_not_cents 0007 52 CAS03 2430'],
    ['it took off nothing that is told', 'CO*45*31', 'CO*45', '2 error element_missing 0007 51 CAS03 2430'],
    [
      'it took off for seven reasons',
      'PR*2*20',
      'PR*2*14**3*1**1*1**22*1**23*1**85*1**96*1',
      '1 error too_many_elements 0007 52 CAS20 2430',
    ],
    ['the charge of the claim is too long', '*224.5*', '*12345678901*', '1 error too_long 0007 19 CLM02 2300'],
    [
      'the patient paid less than nothing',
      'HI*ABK:I5022',
      'AMT*F5*-9~\nHI*ABK:I5022',
      '4 error patient_paid_negative 0007 20 AMT02 2300',
    ],
    // What the guide found wrong in an element is not judged again by a rule.
    ['a line number is a letter', 'LX*2', 'LX*B', '1 error not_a_number 0007 27 LX01 2400'],
    [
      'a reference has a description',
      'REF*6R*LPC1A',
      'REF*6R*LPC1A*LINE',
      '2 error element_not_used 0007 26 REF03 2400',
    ],
    ['a level names none above', 'HL*3*1*', 'HL*3**', '2 error element_missing 0007 31 HL02 2000B'],
    ['the units have nine digits', '*UN*2*', '*UN*123456789*', '1 error too_long 0007 28 SV104 2400'],
    ['the claim number has 39 characters', 'LPC-2512-0001', 'A'.repeat(39), '1 error too_long 0007 19 CLM01 2300'],
    ['the submitter has no number', '*46*LAKESIDE01', '*46', '2 error element_missing 0007 3 NM109 1000A'],
    ['a modifier has three characters', '99490*92.5', '99490:ABC*92.5', '1 error too_long 0007 24 SV101-3 2400'],
    [
      'five pointers',
      '1:2:3',
      '1:2:3:3:3',
      '1 error too_many_components 0007 28 SV107 2400',
      '4 error pointer_repeated 0007 28 SV107-4 2400',
    ],
    // One fault does not drag others along.
    ['there are no diagnoses', 'HI*ABK:I5022*ABF:E1165*ABF:J449~\n', '', '2 error segment_missing 0007 19 HI 2300'],
    ['the base is no code', '99490*92.5', '9949*92.5', '5 error procedure_invalid 0007 24 SV101-2 2400'],
    [
      'the sequence is no code',
      'SBR*S*18***43****MB',
      'SBR*X*18*******MB',
      '2 error code_not_allowed 0007 32 SBR01 2000B',
    ],
    ['the decision is of nobody', 'SVD*60054', 'SVD*60099', '4 error decision_payer_unknown 0007 50 SVD01 2430'],
    ['the deciding payer has no name', 'NM1*PR*2*AETNA*****PI*60054~\n', '', '2 error loop_missing 0007 41 NM1 2330B'],
    [
      'the number of the billing provider is of another kind',
      '*XX*1456789019',
      '*24*1456789019',
      '2 error code_not_allowed 0007 8 NM108 2010AA',
    ],
  ]
  test.each(faults)('%s', (_fault, from, to, ...expected) => {
    expect(found(changed(CLAIMS, from, to))).toEqual(expected)
  })
})

describe('what no rule saw', () => {
  const faults: readonly Fault[] = [
    [
      'a practitioner without a number',
      '*SINGH*ARJUN****XX*1987654328~\nPRV',
      '*SINGH*ARJUN~\nPRV',
      '4 error rendering_npi_missing 0007 21 NM109 2310B',
    ],
    [
      'a post office box in the second line of the street',
      'STE 3',
      'PO BOX 3',
      '2 error billing_post_office_box 0007 9 N302 2010AA',
    ],
    [
      'a taxonomy that begins with letters',
      'BI*PXC*207R00000X',
      'BI*PXC*ABCDEFGHIJ',
      '5 error taxonomy_invalid 0007 7 PRV03 2000A',
    ],
    [
      'a Medicare id that is called another kind of id',
      '*MI*3C44E55GH67',
      '*II*3C44E55GH67',
      '7 error member_id_qualifier 0007 14 NM108 2010BA',
    ],
    ['care management in minutes', '*UN*2*', '*MJ*2*', '7 error unit_basis 0007 28 SV103 2400'],
    [
      'a plan that decided before the service',
      '573*D8*20260102',
      '573*D8*20251229',
      '4 error decision_before_service 0007 53 DTP03 2430',
    ],
    [
      'another kind of care management for the same patient on another claim',
      '5WR9TT4AA11',
      '3C44E55GH67',
      '7 error families_mixed 0007 47 SV101-2 2400',
    ],
  ]
  test.each(faults)('%s', (_fault, from, to, ...expected) => {
    expect(found(changed(CLAIMS, from, to))).toEqual(expected)
  })

  test('a service after the day of the batch is one, though today is later', () => {
    const later = changed(CLAIMS, 'DTP*472*D8*20251230', 'DTP*472*D8*20260106').replace(
      '573*D8*20260102',
      '573*D8*20260107',
    )
    const { findings } = checkFile('x', later, { today: '2026-02-01' })
    expect(findings.map((one) => [one.code, one.segment, one.element])).toEqual([['service_in_future', 48, 'DTP03']])
  })
})

describe('levels of questions and answers', () => {
  const asked = write270({
    envelope,
    setControl: 1,
    originator: '9CLINIC001',
    inquiries: [
      {
        trace: 'EL1',
        payer: { name: 'CMS', id: 'CMS' },
        provider: { name: 'LAKESIDE PRIMARY CARE', npi: '1456789019' },
        subscriber: { family: 'NOWAK', given: 'HELENA', memberId: '3C44E55GH67' },
        serviceOn: '2026-01-05',
      },
    ],
  })
  const answered = sample('277ca_01_mixed_batch101.edi')

  test('are right in what is written and in a sample', () => {
    expect([...found(asked), ...found(answered)]).toEqual([])
  })

  test('count from 1, hang where they belong and say truly whether others follow', () => {
    expect(found(asked.replace('HL*3*2*22', 'HL*4*2*22'))).toEqual(['1 error hl_number 0001 7 HL01 2000C'])
    expect(found(asked.replace('HL*3*2*22', 'HL*3*1*22'))).toEqual(['1 error hl_parent 0001 7 HL02 2000C'])
    expect(found(asked.replace('HL*3*2*22*0', 'HL*3*2*22*1'))).toEqual(['2 error hl_child 0001 7 HL04 2000C'])
    expect(found(asked.replace('*MI*3C44E55GH67', '**3C44E55GH67'))).toEqual([
      '1 error element_pair 0001 9 NM108 2100C',
    ])
    expect(found(answered.replace('HL*5*3*PT', 'HL*5*2*PT'))).toEqual(['1 error hl_parent 0001 30 HL02 2000D'])
  })
})
