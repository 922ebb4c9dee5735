import { describe, expect, test } from 'vitest'
import {
  type ClaimBatch,
  check837P,
  checkFile,
  type Finding,
  hasErrors,
  type ProfessionalClaim,
  write837P,
} from '../src/index.ts'
import { batch, mrBirch, mrsDiaz } from './story.ts'

const valid = write837P(batch)
const lines = valid.trimEnd().split('\n')

/** A text with its SE01 counted anew, so that an added or dropped segment is the only fault. */
function recounted(segments: readonly string[]): string {
  const start = segments.findIndex((one) => one.startsWith('ST*'))
  const end = segments.findIndex((one) => one.startsWith('SE*'))
  return `${segments.map((one, index) => (index === end ? one.replace(/^SE\*\d+/, `SE*${end - start + 1}`) : one)).join('\n')}\n`
}

/** Position in the set, ST = 1, of the nth segment that begins so. */
function positionOf(text: string, start: string, nth = 1): number {
  const segments = text.split('\n')
  const set = segments.findIndex((one) => one.startsWith('ST*'))
  let seen = 0
  for (const [index, one] of segments.entries()) if (one.startsWith(start) && ++seen === nth) return index - set + 1
  throw new Error(`No segment begins with ${start}.`)
}

type Edit = (segments: string[]) => string[]

function indexOf(segments: readonly string[], start: string, nth: number): number {
  let seen = 0
  const index = segments.findIndex((one) => one.startsWith(start) && ++seen === nth)
  if (index < 0) throw new Error(`No segment begins with ${start}.`)
  return index
}

const replace =
  (start: string, from: string, to: string, nth = 1): Edit =>
  (segments) => {
    const index = indexOf(segments, start, nth)
    const line = segments[index] ?? ''
    if (!line.includes(from)) throw new Error(`${line} does not hold ${from}.`)
    return segments.with(
      index,
      line.replace(from, () => to),
    )
  }

const drop =
  (start: string, nth = 1): Edit =>
  (segments) =>
    segments.toSpliced(indexOf(segments, start, nth), 1)

const insertAfter =
  (start: string, added: string, nth = 1): Edit =>
  (segments) =>
    segments.toSpliced(indexOf(segments, start, nth) + 1, 0, added)

interface Mutant {
  readonly fault: string
  readonly edit: Edit
  readonly code: string
  readonly element?: string | null
  readonly loop?: string | null
  /** The segment that is named: how it begins in the mutated text. */
  readonly at?: string
  readonly nth?: number
  readonly today?: string
}

const mutants: readonly Mutant[] = [
  {
    fault: 'the trailer counts one segment too many',
    edit: replace('SE*', 'SE*', 'SE*1'),
    code: 'se_count',
    element: 'SE01',
  },
  {
    fault: 'the trailer has another control number',
    edit: replace('SE*', '*0001', '*0002'),
    code: 'se_control',
    element: 'SE02',
  },
  {
    fault: 'the group counts two sets',
    edit: replace('GE*', 'GE*1', 'GE*2'),
    code: 'ge_count',
    element: 'GE01',
  },
  {
    fault: 'the group trailer has another control number',
    edit: replace('GE*', '*101', '*102'),
    code: 'ge_control',
    element: 'GE02',
  },
  {
    fault: 'the interchange counts no group',
    edit: replace('IEA*', 'IEA*1', 'IEA*0'),
    code: 'iea_count',
    element: 'IEA01',
  },
  {
    fault: 'the interchange trailer has another control number',
    edit: replace('IEA*', '101~', '102~'),
    code: 'iea_control',
    element: 'IEA02',
  },
  { fault: 'the SE is missing', edit: drop('SE*'), code: 'se_missing' },
  { fault: 'the IEA is missing', edit: drop('IEA*'), code: 'iea_missing' },
  {
    fault: 'the ISA is one character short',
    edit: replace('ISA*', 'CLINIC1        *', 'CLINIC1       *'),
    code: 'isa_length',
  },
  {
    fault: 'the usage is neither P nor T',
    edit: replace('ISA*', '*P*:', '*X*:'),
    code: 'isa_usage',
    element: 'ISA15',
  },
  {
    fault: 'the group is not one of claims',
    edit: replace('GS*', 'GS*HC', 'GS*HP'),
    code: 'gs_functional_code',
    element: 'GS01',
  },
  {
    fault: 'the set names another guide than the group',
    edit: replace('ST*', '005010X222A1', '005010X223A2'),
    code: 'st_version',
    element: 'ST03',
  },
  { fault: 'the batch has no beginning', edit: drop('BHT*'), code: 'segment_missing', element: 'BHT' },
  {
    fault: 'the batch says it is an encounter of an unknown kind',
    edit: replace('BHT*', '*CH~', '*ZZ~'),
    code: 'code_not_allowed',
    element: 'BHT06',
    at: 'BHT',
  },
  {
    fault: 'the batch was made on 30 February',
    edit: replace('BHT*', '20260105', '20260230'),
    code: 'date_invalid',
    element: 'BHT04',
    at: 'BHT',
  },
  {
    fault: 'the batch was made at 25 hours',
    edit: replace('BHT*', '*0930*', '*2530*'),
    code: 'time_invalid',
    element: 'BHT05',
    at: 'BHT',
  },
  {
    fault: 'the submitter is missing',
    edit: (all) => drop('PER*IC*BILLING DESK')(drop('NM1*41')(all)),
    code: 'loop_missing',
    element: 'NM1',
    loop: '1000A',
  },
  {
    fault: 'the submitter has no contact',
    edit: drop('PER*IC'),
    code: 'segment_missing',
    element: 'PER',
    loop: '1000A',
    at: 'NM1*41',
  },
  {
    fault: 'the telephone number of the contact is short',
    edit: replace('PER*IC', '2065550100', '206555010'),
    code: 'phone_invalid',
    element: 'PER04',
    at: 'PER*IC',
  },
  { fault: 'the receiver is missing', edit: drop('NM1*40'), code: 'loop_missing', loop: '1000B' },
  {
    fault: 'a level number is skipped',
    edit: replace('HL*3', 'HL*3*', 'HL*4*'),
    code: 'hl_number',
    element: 'HL01',
    at: 'HL*4',
  },
  {
    fault: 'a level hangs under one that does not exist',
    edit: replace('HL*3*1', 'HL*3*1', 'HL*3*9'),
    code: 'hl_parent',
    element: 'HL02',
    at: 'HL*3',
  },
  {
    fault: 'a patient level promises levels below',
    edit: replace('HL*2*1*22', '*22*0', '*22*1'),
    code: 'hl_child',
    element: 'HL04',
    at: 'HL*2',
  },
  {
    fault: 'the billing provider has no NPI',
    edit: replace('NM1*85', '*****XX*1234567893', ''),
    code: 'billing_npi_missing',
    element: 'NM109',
    loop: '2010AA',
    at: 'NM1*85',
  },
  {
    fault: 'the NPI of the billing provider fails its check digit',
    edit: replace('NM1*85', '1234567893', '1234567890'),
    code: 'npi_invalid',
    element: 'NM109',
    loop: '2010AA',
    at: 'NM1*85',
  },
  {
    fault: 'the billing address is a post office box',
    edit: replace('N3*100 MAIN', '100 MAIN ST STE 200', 'PO BOX 7'),
    code: 'billing_post_office_box',
    element: 'N301',
    loop: '2010AA',
    at: 'N3*PO BOX 7',
  },
  {
    fault: 'the billing ZIP code has five digits',
    edit: replace('N4*SEATTLE', '981011234', '98101'),
    code: 'zip_nine_digits',
    element: 'N403',
    loop: '2010AA',
    at: 'N4*SEATTLE*WA*98101~',
  },
  {
    fault: 'the billing street is missing',
    edit: drop('N3*100'),
    code: 'segment_missing',
    element: 'N3',
    loop: '2010AA',
    at: 'NM1*85',
  },
  {
    fault: 'the tax id has a dash',
    edit: replace('REF*EI', '912345678', '91-2345678'),
    code: 'tax_id_invalid',
    element: 'REF02',
    loop: '2010AA',
    at: 'REF*EI',
  },
  {
    fault: 'the tax id is missing',
    edit: drop('REF*EI'),
    code: 'segment_missing',
    element: 'REF',
    loop: '2010AA',
    at: 'NM1*85',
  },
  {
    fault: 'the taxonomy is cut',
    edit: replace('PRV*BI', '207Q00000X', '207Q0000X'),
    code: 'too_short',
    element: 'PRV03',
    loop: '2000A',
    at: 'PRV*BI',
  },
  {
    fault: 'a state does not exist',
    edit: replace('N4*TACOMA', '*WA*', '*WX*'),
    code: 'state_invalid',
    element: 'N402',
    loop: '2010BA',
    at: 'N4*TACOMA',
  },
  {
    fault: 'a ZIP code has four digits',
    edit: replace('N4*TACOMA', '98402', '9840'),
    code: 'zip_invalid',
    element: 'N403',
    loop: '2010BA',
    at: 'N4*TACOMA',
  },
  {
    fault: 'the insurance segment is missing',
    edit: drop('SBR*P*18*******MB'),
    code: 'segment_missing',
    element: 'SBR',
    loop: '2000B',
    at: 'HL*2',
  },
  {
    fault: 'the filing code does not exist',
    edit: replace('SBR*P*18', '*MB', '*QQ'),
    code: 'code_not_allowed',
    element: 'SBR09',
    loop: '2000B',
    at: 'SBR*P*18',
  },
  {
    fault: 'nobody says why Medicare is secondary',
    edit: replace('SBR*S', '*18***12****MB', '*18*******MB'),
    code: 'msp_type_missing',
    element: 'SBR05',
    loop: '2000B',
    at: 'SBR*S',
  },
  {
    fault: 'a reason for being secondary stands on a primary claim',
    edit: replace('SBR*P*18*****', '*18*******MB', '*18***12****MB'),
    code: 'msp_type_unexpected',
    element: 'SBR05',
    loop: '2000B',
    at: 'SBR*P*18***12',
  },
  {
    fault: 'two payers are secondary',
    edit: replace('SBR*P*18*GRP100', 'SBR*P', 'SBR*S'),
    code: 'sequence_repeated',
    element: 'SBR01',
    loop: '2320',
    at: 'SBR*S*18*GRP100',
  },
  {
    fault: 'the Medicare id has the letter O',
    edit: replace('NM1*IL*1*DIAZ', '1EG4TE5MK73', '1EO4TE5MK73'),
    code: 'mbi_invalid',
    element: 'NM109',
    loop: '2010BA',
    at: 'NM1*IL*1*DIAZ',
  },
  {
    fault: 'the Medicare id has ten characters',
    edit: replace('NM1*IL*1*DIAZ', '1EG4TE5MK73', '1EG4TE5MK7'),
    code: 'mbi_invalid',
    element: 'NM109',
    loop: '2010BA',
    at: 'NM1*IL*1*DIAZ',
  },
  {
    fault: 'the id qualifier stands without an id',
    edit: replace('NM1*IL*1*DIAZ', '*MI*1EG4TE5MK73', '*MI'),
    code: 'element_pair',
    element: 'NM109',
    loop: '2010BA',
    at: 'NM1*IL*1*DIAZ',
  },
  {
    fault: 'the patient has no birth date',
    edit: drop('DMG*'),
    code: 'patient_birth_missing',
    element: 'DMG',
    loop: '2010BA',
    at: 'NM1*IL*1*DIAZ',
  },
  {
    fault: 'the patient has no address',
    edit: (all) => drop('N4*SEATTLE*WA*981021111')(drop('N3*1 ELM')(all)),
    code: 'patient_address_missing',
    element: 'N3',
    loop: '2010BA',
    at: 'NM1*IL*1*DIAZ',
  },
  {
    fault: 'the birth date is no day',
    edit: replace('DMG*', '19500214', '19500231'),
    code: 'date_invalid',
    element: 'DMG02',
    loop: '2010BA',
    at: 'DMG',
  },
  {
    fault: 'the sex is an unknown code',
    edit: replace('DMG*', '*F~', '*Q~'),
    code: 'code_not_allowed',
    element: 'DMG03',
    loop: '2010BA',
    at: 'DMG',
  },
  {
    fault: 'the patient died before the service',
    edit: insertAfter('SBR*P*18', 'PAT*****D8*20251215~'),
    code: 'service_after_death',
    element: 'DTP03',
    loop: '2400',
    at: 'DTP*472*D8*20251231',
  },
  {
    fault: 'the payer is missing',
    edit: drop('NM1*PR'),
    code: 'loop_missing',
    element: 'NM1',
    loop: '2010BB',
  },
  {
    fault: 'the claim total does not add up',
    edit: replace('CLM*CCM-2025-12-000017', '*240*', '*241*'),
    code: 'claim_total',
    element: 'CLM02',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'the claim total has a thousands separator',
    edit: replace('CLM*CCM-2025-12-000017', '*240*', '*1,240*'),
    code: 'not_a_number',
    element: 'CLM02',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'two claims have one number',
    edit: replace('CLM*CCM-2025-12-000018', '000018', '000017'),
    code: 'claim_control_repeated',
    element: 'CLM01',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
    nth: 2,
  },
  {
    fault: 'the place of service does not exist',
    edit: replace('CLM*CCM-2025-12-000017', '11:B:1', '48:B:1'),
    code: 'place_of_service_invalid',
    element: 'CLM05-1',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'a claim to Medicare wants to replace another',
    edit: (all) =>
      insertAfter(
        'CLM*CCM-2025-12-000017',
        'REF*F8*1126006000017~',
      )(replace('CLM*CCM-2025-12-000017', '11:B:1', '11:B:7')(all)),
    code: 'frequency_not_accepted',
    element: 'CLM05-3',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'a replacement does not say of what',
    edit: replace('CLM*CCM-2025-12-000017', '11:B:1', '11:B:7'),
    code: 'frequency_reference_missing',
    element: 'REF02',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'an original claim names an earlier one',
    edit: insertAfter('CLM*CCM-2025-12-000017', 'REF*F8*1126006000017~'),
    code: 'frequency_reference_unexpected',
    element: 'REF01',
    loop: '2300',
    at: 'REF*F8',
  },
  {
    fault: 'the claim has no diagnoses',
    edit: drop('HI*'),
    code: 'segment_missing',
    element: 'HI',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'a diagnosis has its point',
    edit: replace('HI*ABK:I110', 'E1122', 'E11.22'),
    code: 'diagnosis_invalid',
    element: 'HI02-2',
    loop: '2300',
    at: 'HI*ABK:I110',
  },
  {
    fault: 'a diagnosis stands twice',
    edit: replace('HI*ABK:I110', 'E1122', 'I110'),
    code: 'diagnosis_repeated',
    element: 'HI02-2',
    loop: '2300',
    at: 'HI*ABK:I110',
  },
  {
    fault: 'there is one diagnosis for chronic care management',
    edit: (all) => replace('SV1*HC:99490', '1:2', '1')(replace('HI*ABK:E119', '*ABF:I10', '')(all)),
    code: 'two_diagnoses',
    element: 'HI02',
    loop: '2300',
    at: 'HI*ABK:E119',
  },
  {
    fault: 'the diagnoses are qualified as ICD-9',
    edit: replace('HI*ABK:E119', 'ABK', 'BK'),
    code: 'diagnosis_icd9',
    element: 'HI01-1',
    loop: '2300',
    at: 'HI*BK',
  },
  {
    fault: 'a group does not name the practitioner',
    edit: (all) => drop('PRV*PE')(drop('NM1*82')(all)),
    code: 'rendering_missing',
    element: 'NM1',
    loop: '2310B',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'the NPI of the practitioner fails its check digit',
    edit: replace('NM1*82', '1999999992', '1999999993'),
    code: 'npi_invalid',
    element: 'NM109',
    loop: '2310B',
    at: 'NM1*82',
  },
  {
    fault: 'the consents for the other payer are missing',
    edit: drop('OI*'),
    code: 'segment_missing',
    element: 'OI',
    loop: '2320',
    at: 'SBR*P*18*GRP100',
  },
  {
    fault: 'nobody says what the primary paid',
    edit: drop('AMT*D'),
    code: 'other_payer_paid_missing',
    element: 'AMT',
    loop: '2320',
    at: 'SBR*P*18*GRP100',
  },
  {
    fault: 'the primary paid another sum on the claim than on the line',
    edit: replace('AMT*D', '60', '61'),
    code: 'other_payer_paid_balance',
    element: 'AMT02',
    loop: '2320',
    at: 'AMT*D',
  },
  {
    fault: 'the line of the primary does not add up',
    edit: replace('CAS*PR*2', '*20', '*21'),
    code: 'other_payer_line_balance',
    element: 'SVD02',
    loop: '2430',
    at: 'SVD*',
  },
  {
    fault: 'the deciding payer is none of the claim',
    edit: replace('SVD*', '60054', '60055'),
    code: 'decision_payer_unknown',
    element: 'SVD01',
    loop: '2430',
    at: 'SVD*',
  },
  {
    fault: 'one group has two CAS',
    edit: replace('CAS*PR*2', 'CAS*PR', 'CAS*CO'),
    code: 'cas_group_repeated',
    element: 'CAS01',
    loop: '2430',
    at: 'CAS*CO*2',
  },
  {
    fault: 'an adjustment has a group that does not exist',
    edit: replace('CAS*PR*2', 'CAS*PR', 'CAS*XX'),
    code: 'code_not_allowed',
    element: 'CAS01',
    loop: '2430',
    at: 'CAS*XX',
  },
  {
    fault: 'the date of the decision is missing',
    edit: drop('DTP*573'),
    code: 'decision_date_missing',
    element: 'DTP',
    loop: '2330B',
    at: 'SBR*P*18*GRP100',
  },
  {
    fault: 'a line number is skipped',
    edit: replace('LX*2', 'LX*2', 'LX*3'),
    code: 'lx_number',
    element: 'LX01',
    loop: '2400',
    at: 'LX*3',
  },
  {
    fault: 'the charge of a line is missing',
    edit: replace('SV1*HC:99487', '*131*', '**'),
    code: 'element_missing',
    element: 'SV102',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the charge of a line is negative',
    edit: replace('SV1*HC:99487', '*131*', '*-131*'),
    code: 'line_charge_negative',
    element: 'SV102',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the units are zero',
    edit: replace('SV1*HC:99487', '*UN*1*', '*UN*0*'),
    code: 'units_zero',
    element: 'SV104',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the first block is billed twice',
    edit: replace('SV1*HC:99487', '*UN*1*', '*UN*2*'),
    code: 'units_too_many',
    element: 'SV104',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the units have a fraction',
    edit: replace('SV1*HC:99487', '*UN*1*', '*UN*1.5*'),
    code: 'units_not_whole',
    element: 'SV104',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the procedure code is no code',
    edit: replace('SV1*HC:99487', '99487', '9948'),
    code: 'procedure_invalid',
    element: 'SV101-2',
    loop: '2400',
    at: 'SV1*HC:9948*',
  },
  {
    fault: 'an add-on stands without its base',
    edit: replace('SV1*HC:99487', '99487', '99213'),
    code: 'add_on_without_base',
    element: 'SV101-2',
    loop: '2400',
    at: 'SV1*HC:99489',
  },
  {
    fault: 'two kinds of care management are mixed',
    edit: replace('SV1*HC:99489', '99489', '99490'),
    code: 'families_mixed',
    element: 'SV101-2',
    loop: '2400',
    at: 'SV1*HC:99490',
  },
  {
    fault: 'the same code stands twice in the month',
    edit: replace('SV1*HC:99489', '99489', '99487'),
    code: 'duplicate_in_month',
    element: 'SV101-2',
    loop: '2400',
    at: 'SV1*HC:99487',
    nth: 2,
  },
  {
    fault: 'a pointer goes to the fifth of four diagnoses',
    edit: replace('SV1*HC:99487', '1:2:3', '1:2:5'),
    code: 'pointer_unknown',
    element: 'SV107-3',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'a pointer stands twice',
    edit: replace('SV1*HC:99487', '1:2:3', '1:2:2'),
    code: 'pointer_repeated',
    element: 'SV107-3',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the pointers are missing',
    edit: replace('SV1*HC:99487', '***1:2:3', ''),
    code: 'element_missing',
    element: 'SV107',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'there are five pointers',
    edit: replace('SV1*HC:99487', '1:2:3', '1:2:3:4:1'),
    code: 'too_many_components',
    element: 'SV107',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'the date of service is missing',
    edit: drop('DTP*472'),
    code: 'segment_missing',
    element: 'DTP',
    loop: '2400',
    at: 'LX*1',
  },
  {
    fault: 'the date of service lies after today',
    edit: replace('DTP*472*D8*20251231', '20251231', '20260131'),
    code: 'service_in_future',
    element: 'DTP03',
    loop: '2400',
    at: 'DTP*472*D8*20260131',
  },
  {
    fault: 'the date of service lies before the birth',
    edit: replace('DTP*472*D8*20251231', '20251231', '19491231'),
    code: 'service_before_birth',
    element: 'DTP03',
    loop: '2400',
    at: 'DTP*472*D8*1949',
  },
  {
    fault: 'the claim comes more than a year late',
    edit: (all) => all,
    today: '2027-01-01',
    code: 'filing_limit',
    element: 'DTP03',
    loop: '2400',
    at: 'DTP*472*D8*20251231',
  },
  {
    fault: 'two lines have one number of ours',
    edit: replace('REF*6R*000017L2', 'L2', 'L1'),
    code: 'line_control_repeated',
    element: 'REF02',
    loop: '2400',
    at: 'REF*6R*000017L1',
    nth: 2,
  },
  {
    fault: 'a line has no number of ours',
    edit: drop('REF*6R'),
    code: 'line_control_missing',
    element: 'REF',
    loop: '2400',
    at: 'LX*1',
  },
  {
    fault: 'a segment is unknown',
    edit: insertAfter('LX*1', 'ZZZ*1~'),
    code: 'segment_unknown',
    element: 'ZZZ',
    loop: '2400',
    at: 'ZZZ',
  },
  {
    fault: 'a segment stands twice',
    edit: insertAfter('SV1*HC:99487', 'SV1*HC:99487*131*UN*1***1:2:3~'),
    code: 'segment_too_many',
    element: 'SV1',
    loop: '2400',
    at: 'SV1*HC:99487',
    nth: 2,
  },
  {
    fault: 'the diagnoses stand after the practitioner',
    edit: (all) => insertAfter('PRV*PE', all.find((one) => one.startsWith('HI*')) ?? '')(drop('HI*')(all)),
    code: 'segment_out_of_order',
    element: 'HI',
    loop: '2300',
    at: 'HI*',
  },
  {
    fault: 'an element too many stands at the end',
    edit: replace('LX*1', 'LX*1', 'LX*1*9'),
    code: 'too_many_elements',
    element: 'LX02',
    loop: '2400',
    at: 'LX*1',
  },
  {
    fault: 'an empty element stands at the end',
    edit: replace('LX*1', 'LX*1', 'LX*1*'),
    code: 'trailing_separator',
    element: 'LX02',
    loop: '2400',
    at: 'LX*1',
  },
  {
    fault: 'an element is filled that the guide does not use',
    edit: replace('CLM*CCM-2025-12-000017', '*240***11', '*240*X**11'),
    code: 'element_not_used',
    element: 'CLM03',
    loop: '2300',
    at: 'CLM*CCM-2025-12-000017',
  },
  {
    fault: 'an empty segment stands between two',
    edit: replace('LX*1', 'LX*1~', 'LX*1~~'),
    code: 'empty_segment',
  },
  {
    fault: 'an organization has a first name',
    edit: replace('NM1*PR*2*MEDICARE', '*MEDICARE PART B WA**', '*MEDICARE PART B WA*ANNA*'),
    code: 'element_not_used',
    element: 'NM104',
    loop: '2010BB',
    at: 'NM1*PR*2*MEDICARE',
  },
  {
    fault: 'a patient is called an organization',
    edit: replace('NM1*IL*1*DIAZ', 'NM1*IL*1', 'NM1*IL*2'),
    code: 'person_name_unexpected',
    element: 'NM104',
    loop: '2010BA',
    at: 'NM1*IL*2*DIAZ',
  },
  {
    fault: 'the street of the other subscriber is missing',
    edit: drop('N3*22 OAK RD', 2),
    code: 'address_incomplete',
    element: 'N3',
    loop: '2330A',
    at: 'N4*TACOMA',
    nth: 2,
  },
  {
    fault: 'a level does not say whether others follow below',
    edit: replace('HL*2*1*22', '*22*0', '*22'),
    code: 'element_missing',
    element: 'HL04',
    loop: '2000B',
    at: 'HL*2*1*22',
  },
  {
    fault: 'a patient level has no claim',
    edit: (all) => {
      const start = all.findIndex((one) => one.startsWith('CLM*CCM-2025-12-000017'))
      const end = all.findIndex((one) => one.startsWith('HL*3'))
      return all.toSpliced(start, end - start)
    },
    code: 'claim_missing',
    element: 'CLM',
    loop: '2300',
    at: 'HL*2',
  },
  {
    fault: 'a diagnosis is left out between two',
    edit: replace('HI*ABK:I110', '*ABF:N1831', '*'),
    code: 'diagnosis_gap',
    element: 'HI03',
    loop: '2300',
    at: 'HI*ABK:I110',
  },
  {
    fault: 'a pointer is left out between two',
    edit: replace('SV1*HC:99487', '1:2:3', '1::3'),
    code: 'pointer_gap',
    element: 'SV107-2',
    loop: '2400',
    at: 'SV1*HC:99487',
  },
  {
    fault: 'a plain element has components',
    edit: replace('NM1*IL*1*DIAZ', '*DIAZ*', '*DI:AZ*'),
    code: 'too_many_components',
    element: 'NM103',
    loop: '2010BA',
    at: 'NM1*IL*1*DI:AZ',
  },
  {
    fault: 'a plain element repeats',
    edit: replace('N4*TACOMA', '*TACOMA*', '*TACOMA^FIFE*'),
    code: 'element_repeats',
    element: 'N401',
    loop: '2010BA',
    at: 'N4*TACOMA^FIFE',
  },
  {
    fault: 'the other payer decides after today',
    edit: replace('DTP*573', '20260102', '20260301'),
    code: 'decision_in_future',
    element: 'DTP03',
    loop: '2430',
    at: 'DTP*573*D8*20260301',
  },
  {
    fault: 'the code that the other payer decided is no code',
    edit: replace('SVD*', 'HC:99490', 'HC:9949'),
    code: 'procedure_invalid',
    element: 'SVD03-2',
    loop: '2430',
    at: 'SVD*',
  },
  {
    fault: 'the reason of an adjustment is no code',
    edit: replace('CAS*PR*2', 'PR*2*', 'PR*QZ9*'),
    code: 'reason_unknown',
    element: 'CAS02',
    loop: '2430',
    at: 'CAS*PR*QZ9',
  },
  {
    fault: 'a line break stands inside a name',
    edit: replace('NM1*IL*1*DIAZ', '*DIAZ*', '*DI\nAZ*'),
    code: 'line_break_inside',
  },
  {
    fault: 'the interchange is of another version',
    edit: replace('ISA*', '*00501*', '*00401*'),
    code: 'isa_version',
    element: 'ISA12',
  },
  {
    fault: 'the interchange number has a letter',
    edit: (all) => replace('IEA*', '000000101', '00000010A')(replace('ISA*', '000000101', '00000010A')(all)),
    code: 'isa_control',
    element: 'ISA13',
  },
  {
    fault: 'the date of the group is no day',
    edit: replace('GS*', '*20260105*', '*20261305*'),
    code: 'gs_date',
    element: 'GS04',
  },
  {
    fault: 'the group is of the institutional guide',
    edit: (all) => replace('ST*', '005010X222A1', '005010X222A2')(replace('GS*', '005010X222A1', '005010X222A2')(all)),
    code: 'guide_version',
    element: 'GS08',
  },
  {
    fault: 'the set number has three digits',
    edit: (all) => replace('SE*', '*0001', '*001')(replace('ST*', '*0001*', '*001*')(all)),
    code: 'st_control',
    element: 'ST02',
    at: 'ST*',
  },
  {
    fault: 'an accented letter is left in a name',
    edit: replace('NM1*IL*1*DIAZ', 'DIAZ', 'DÍAZ'),
    code: 'character_not_allowed',
    element: 'NM103',
    loop: '2010BA',
    at: 'NM1*IL*1*D',
  },
]

test("Lena's two claims have nothing wrong, in lines of eighty, with a mark at the start, and three times in one file", () => {
  expect(check837P(valid)).toEqual([])
  const wrapped = `${(valid.replaceAll('\n', '').match(/.{1,80}/g) ?? []).join('\r\n')}\r\n`
  expect(check837P(wrapped)).toEqual([])
  expect(check837P(`\uFEFF${wrapped}`)).toEqual([])
  const again = (number: number, member: string) =>
    valid
      .replaceAll('000000101', `00000010${number}`)
      .replaceAll('CCM-2025-12-', `CCM-2026-0${number}-`)
      .replaceAll('1EG4TE5MK73', `1EG4TE5MK7${member}`)
      .replaceAll('2FH5UF6NK84', `2FH5UF6NK8${member}`)
  expect(checkFile('three', valid + again(2, '5') + again(3, '6'))).toMatchObject({
    accepted: true,
    interchanges: 3,
    findings: [],
  })
})

describe("one fault in Lena's two claims is found where it is", () => {
  test('there are enough faults to trust the list', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60)
    expect(new Set(mutants.map((one) => one.fault)).size).toBe(mutants.length)
  })

  test.each(mutants)('$fault', ({ edit, code, element, loop, at, nth, today, fault }) => {
    const changed = edit([...lines])
    const text = fault.startsWith('the trailer')
      ? `${changed.join('\n')}\n`
      : changed.some((one) => one.startsWith('SE*'))
        ? recounted(changed)
        : `${changed.join('\n')}\n`
    const findings = check837P(text, today === undefined ? {} : { today })
    const found = findings.filter((one) => one.code === code)
    expect(found, `found instead: ${findings.map((one) => one.code).join(', ')}`).not.toEqual([])
    const place = at === undefined ? undefined : positionOf(text, at, nth ?? 1)
    const matching = found.filter(
      (one: Finding) =>
        (element === undefined || one.element === element) &&
        (loop === undefined || one.loop === loop) &&
        (place === undefined || one.segment === place),
    )
    expect(matching, `at ${place}: ${JSON.stringify(found)}`).not.toEqual([])
    expect(matching[0]?.message.length).toBeGreaterThan(20)
  })
})

describe('a batch that is right is not complained about', () => {
  const withClaims = (claims: readonly ProfessionalClaim[], changes: Partial<ClaimBatch> = {}): ClaimBatch => ({
    ...batch,
    ...changes,
    billing: batch.billing.map((one) => ({ ...one, claims })),
  })
  const { rendering, ...withoutRendering } = mrsDiaz
  const variants: readonly (readonly [string, ClaimBatch])[] = [
    ['one claim alone', withClaims([mrsDiaz])],
    [
      'non-complex care with two further blocks',
      withClaims([
        {
          ...mrsDiaz,
          lines: [
            {
              code: '99490',
              chargeCents: 9_200,
              units: 1,
              pointers: [1, 2],
              serviceOn: '2025-12-31',
              lineControl: 'A1',
            },
            {
              code: '99439',
              chargeCents: 14_000,
              units: 2,
              pointers: [1, 2],
              serviceOn: '2025-12-31',
              lineControl: 'A2',
            },
          ],
        },
      ]),
    ],
    [
      'a Medicare Advantage plan',
      withClaims([
        {
          ...mrsDiaz,
          filingCode: '16',
          payer: { name: 'SUNSHINE ADVANTAGE', id: 'SUN01' },
          subscriber: { ...mrsDiaz.subscriber, memberId: 'H1234-778' },
        },
      ]),
    ],
    [
      'a commercial plan with a group',
      withClaims([
        {
          ...mrsDiaz,
          filingCode: 'CI',
          groupNumber: 'G77',
          payer: { name: 'ACME', id: '60054' },
          subscriber: { ...mrsDiaz.subscriber, memberId: 'ACM1' },
        },
      ]),
    ],
    [
      'a replacement claim to a plan that takes them',
      withClaims([
        {
          ...mrsDiaz,
          filingCode: '16',
          frequency: '7',
          originalPayerClaimNumber: 'P77',
          payer: { name: 'SUNSHINE ADVANTAGE', id: 'SUN01' },
        },
      ]),
    ],
    [
      'the service in a facility elsewhere',
      withClaims([
        {
          ...mrsDiaz,
          placeOfService: '19',
          facility: {
            name: 'HARBOR HOSPITAL',
            npi: '1234567893',
            address: { street: '9 BAY ST', city: 'SEATTLE', state: 'WA', zip: '981011111' },
          },
        },
      ]),
    ],
    [
      'the practitioner on the lines',
      withClaims([
        {
          ...withoutRendering,
          lines: mrsDiaz.lines.map((line) => (rendering ? { ...line, rendering } : line)),
        },
      ]),
    ],
    [
      'Dr Okafor billing as a person',
      {
        ...batch,
        billing: batch.billing.map(({ provider, claims }) => {
          const { organization: _organization, ...rest } = provider
          return { provider: { ...rest, person: { family: 'OKAFOR', given: 'CHIDI' } }, claims }
        }),
      },
    ],
    [
      'two practices in one batch',
      {
        ...batch,
        billing: [
          ...batch.billing.map((one) => ({ ...one, claims: [mrsDiaz] })),
          ...batch.billing.map((one) => ({ ...one, claims: [mrBirch] })),
        ],
      },
    ],
    ['the same batch again, because it was never taken', { ...batch, resent: true }],
    [
      'a child insured by a parent',
      withClaims([
        {
          ...mrsDiaz,
          filingCode: 'CI',
          payer: { name: 'ACME', id: '60054' },
          subscriber: { family: 'DIAZ', given: 'LUIS', memberId: 'ACM1' },
          dependent: {
            family: 'DIAZ',
            given: 'CARMEN',
            relationship: '19',
            address: { street: '1 ELM AVE', city: 'SEATTLE', state: 'WA', zip: '98102' },
            bornOn: '1990-02-14',
            sex: 'F',
          },
        },
      ]),
    ],
    [
      'the plan decided the whole claim, not its lines',
      withClaims([
        {
          ...mrBirch,
          otherPayers: (mrBirch.otherPayers ?? []).map((other) => ({
            ...other,
            paidCents: 6_000,
            decidedOn: '2026-01-02',
            adjustments: [
              { group: 'CO' as const, code: '45', amountCents: 1_200 },
              { group: 'PR' as const, code: '2', amountCents: 2_000 },
            ],
          })),
          lines: mrBirch.lines.map(({ decisions: _decisions, ...line }) => line),
        },
      ]),
    ],
    [
      'modifiers, a place of its own and twelve diagnoses',
      withClaims([
        {
          ...mrsDiaz,
          diagnoses: 'I110 E1122 N1831 I5032 E785 J449 F329 M810 G4733 K219 E039 Z7901'.split(' '),
          lines: mrsDiaz.lines.map((line) => ({
            ...line,
            modifiers: ['25', 'GT'],
            placeOfService: '10',
            pointers: [9, 10, 11, 12],
          })),
        },
      ]),
    ],
    [
      'a prior authorization, a chart number and money from the patient',
      withClaims([{ ...mrsDiaz, priorAuthorization: 'PA77', chartNumber: 'C77', patientPaidCents: 500 }]),
    ],
  ]
  test.each(variants)('%s', (_name, variant) => {
    expect(check837P(write837P(variant))).toEqual([])
    expect(
      check837P(
        write837P(variant, {
          lineBreaks: false,
          delimiters: { element: '|', component: '>', repetition: '!', segment: '\n' },
        }),
      ),
    ).toEqual([])
  })

  test('a made-up Medicare id is a warning in a test file and an error in production', () => {
    const made = withClaims([{ ...mrsDiaz, subscriber: { ...mrsDiaz.subscriber, memberId: '1SG4TE5MK73' } }])
    const inTest = check837P(write837P({ ...made, envelope: { ...made.envelope, usage: 'T' } }))
    expect(inTest.map((one) => [one.severity, one.code])).toEqual([['warning', 'mbi_made_up']])
    expect(hasErrors(check837P(write837P(made)))).toBe(true)
  })
})
