import { describe, expect, test } from 'vitest'
import { checkFile } from '../src/index.ts'

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
  ]
  test.each(faults)('%s', (_fault, from, to, ...expected) => {
    expect(found(changed(CLAIMS, from, to))).toEqual(expected)
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
