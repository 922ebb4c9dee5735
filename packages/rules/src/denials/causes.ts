import { type Source, sources } from '../sources.ts'
import type { Role } from '../verdict.ts'

/** What to do about a denial: which deed, by when it must be done, and whether the payer can be asked to think again. */
export type NextStep =
  | 'post'
  | 'find_first_claim'
  | 'settle_with_other_biller'
  | 'drop_the_loser'
  | 'bill_base_with_add_on'
  | 'settle_hospice'
  | 'bill_the_plan'
  | 'bill_primary_first'
  | 'check_coverage'
  | 'correct_date'
  | 'ask_for_exception'
  | 'correct_and_send_new'
  | 'reopen'
  | 'appeal'
  | 'send_records'
  | 'mend_enrollment'

/** filing = a new claim within the time to file; reopening, redetermination, records = their own days; none = nothing runs. */
export type Deadline = 'filing' | 'reopening' | 'redetermination' | 'records' | 'none'

export interface DenialCause {
  /** Claim adjustment reason codes that mean it. */
  readonly reasons: readonly string[]
  /** Remark codes that often stand beside them; the pairing is known in the field only. */
  readonly remarks: readonly string[]
  readonly id: string
  /** In our own words. */
  readonly meaning: string
  readonly step: NextStep
  readonly sentence: string
  readonly role: Role
  readonly deadline: Deadline
  readonly appealable: boolean
  /** The rule of the book that would have stopped it before the claim; null where none could. */
  readonly rule: string | null
  readonly law: readonly Source[]
}

const manual = [sources.claimsManual]
const cause = (
  id: string,
  reasons: string,
  remarks: string,
  meaning: string,
  [step, role, deadline, appealable]: readonly [NextStep, Role, Deadline, boolean],
  sentence: string,
  rule: string | null = null,
): DenialCause => ({
  id,
  reasons: reasons.split(' '),
  remarks: remarks === '' ? [] : remarks.split(' '),
  meaning,
  step,
  sentence,
  role,
  deadline,
  appealable,
  rule,
  law: manual,
})

/** Why Medicare does not pay care management, and the first thing to do. A code that is not here still exists. */
export const denialCauses: readonly DenialCause[] = [
  cause(
    'duplicate',
    '18',
    'N522',
    'The same line was processed before.',
    ['find_first_claim', 'biller', 'none', false],
    'Find the first claim and post its answer; a duplicate is not appealed.',
    'ccm.same_month',
  ),
  cause(
    'another_practitioner',
    'B20 119 222 273',
    'M86 N362',
    'Another practitioner was paid for the month, or the units are over the limit.',
    ['settle_with_other_biller', 'biller', 'reopening', true],
    'Compare consents with the other biller; wrong units are corrected by a reopening, a month that is not ours is written off.',
    'ccm.same_month',
  ),
  cause(
    'bundled',
    '97 231 234 236',
    'M15 N20',
    'The service is inside another one that was paid.',
    ['drop_the_loser', 'biller', 'reopening', true],
    'See in the table of pairs which of the two may stand, and give up the other.',
    'ccm.same_month',
  ),
  cause(
    'add_on_without_base',
    '107 B15',
    '',
    'The add-on came without its base, or the planning add-on without its visit.',
    ['bill_base_with_add_on', 'biller', 'filing', false],
    'Bill the base and the add-on together.',
    'ccm.planning_add_on',
  ),
  cause(
    'hospice',
    'B9',
    '',
    'The patient has chosen hospice.',
    ['settle_hospice', 'provider', 'filing', true],
    'Where the care was unrelated or by the attending physician, send it again with GW or GV; else the hospice is responsible.',
    'ccm.coverage.hospice',
  ),
  cause(
    'other_plan',
    '24 109',
    '',
    'A Medicare Advantage plan or another payer is responsible.',
    ['bill_the_plan', 'biller', 'filing', false],
    'Send the claim to the plan and correct the coverage on file.',
    'ccm.coverage.medicare_advantage',
  ),
  cause(
    'other_primary',
    '22 23',
    '',
    'Another insurer pays first.',
    ['bill_primary_first', 'biller', 'filing', false],
    'Bill the first insurer, then Medicare with its adjustments.',
    'ccm.coverage.other_primary',
  ),
  cause(
    'no_part_b',
    '26 27 31 140',
    '',
    'Part B was not in force that day, or the number and name do not match.',
    ['check_coverage', 'front_desk', 'filing', false],
    'Ask a 270, look up the number, and correct the name as Medicare has it.',
    'ccm.coverage.part_b',
  ),
  cause(
    'after_death',
    '13',
    '',
    'The day of service lies after the death of the patient.',
    ['correct_date', 'biller', 'reopening', false],
    'Correct the day to one that the patient lived, no later than the day of death.',
    'ccm.patient.alive',
  ),
  cause(
    'too_late',
    '29',
    '',
    'The claim came after the time to file.',
    ['ask_for_exception', 'biller', 'none', false],
    'Only Medicare’s own exceptions reach further, with good cause shown.',
    'ccm.claim.timely_filing',
  ),
  cause(
    'data_fault',
    '16 4 11 146 181 182 208',
    'MA130 M76 N382',
    'Something on the claim is missing or wrong.',
    ['correct_and_send_new', 'biller', 'filing', false],
    'Correct what the remark names and send a new claim; with MA130 there is no right of appeal.',
    'ccm.practitioner.npi',
  ),
  cause(
    'necessity',
    '50 150 151 96 272',
    '',
    'Medicare doubts the need, or the record does not show it.',
    ['appeal', 'biller', 'redetermination', true],
    'Ask for a redetermination with the audit packet of the month.',
  ),
  cause(
    'records',
    '252 163 251 226',
    '',
    'Records are asked for.',
    ['send_records', 'biller', 'records', true],
    'Send the audit packet of the month; consent goes with every request.',
  ),
  cause(
    'enrollment',
    'B7 170 185 184 299',
    '',
    'The practitioner is not enrolled or may not bill this.',
    ['mend_enrollment', 'manager', 'filing', true],
    'Mend the enrollment in PECOS, then send the claim again.',
    'ccm.practitioner',
  ),
  cause(
    'posting',
    '45 253 1 2 3 237',
    '',
    'Fee schedule, sequestration, deductible, coinsurance, copayment or a penalty by law: no denial.',
    ['post', 'biller', 'none', false],
    'Post it; what is under CO is never billed to the patient.',
    'money.cost_sharing',
  ),
]

const byReason = new Map(denialCauses.flatMap((one) => one.reasons.map((reason) => [reason, one] as const)))

/**
 * The cause behind a reason code, with the remarks that change it: MA130 takes the appeal away, whatever the reason.
 * undefined where the book does not know the code.
 */
export function denialCauseOf(reason: string, remarks: readonly string[] = []): DenialCause | undefined {
  const found = byReason.get(reason)
  if (found === undefined || !remarks.includes('MA130')) return found
  const fault = denialCauses.find((one) => one.id === 'data_fault') ?? found
  return { ...fault, reasons: found.reasons }
}

/** Who bears an adjustment. CO may never be billed to the patient. */
export const adjustmentGroups: Readonly<Record<string, string>> = {
  CO: 'the provider; never the patient',
  PR: 'the patient, unless a remark forbids it',
  OA: 'neither; another adjustment explains it',
  PI: 'the payer took it off on its own judgment',
  CR: 'it corrects an earlier decision',
}
