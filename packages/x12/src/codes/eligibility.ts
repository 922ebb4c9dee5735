/** Codes of the 271 in our own words; the code lists are X12's, the sentences ours. */

/** EB04 of other insurers that pay before Medicare. */
export const MSP_TYPES: Readonly<Record<string, string>> = {
  '12': 'Working aged: a large employer plan pays first',
  '13': 'End stage renal disease in the first 30 months: the employer plan pays first',
  '14': 'No-fault insurance pays first',
  '15': "Workers' compensation pays first",
  '16': 'Public Health Service or another federal agency pays first',
  '41': 'Black lung programme pays first',
  '42': 'Veterans Affairs pays first',
  '43': 'Disabled under 65: a large employer plan pays first',
  '47': 'Liability insurance pays first',
  AP: 'Automobile insurance pays first',
  LT: 'Litigation: another party may pay first',
  WC: "Workers' compensation pays first",
}

/** EB04 of Medicare Advantage and other Medicare health plans. */
export const ADVANTAGE_TYPES: Readonly<Record<string, string>> = {
  HM: 'Medicare Advantage HMO',
  HN: 'Medicare Advantage HMO with risk contract',
  IN: 'Medicare Advantage indemnity or private fee-for-service plan',
  PR: 'Medicare Advantage PPO',
  PS: 'Medicare Advantage point of service plan',
}

export interface RejectionText {
  readonly message: string
  readonly action: string
}

/** AAA03 */
export const REJECTIONS: Readonly<Record<string, RejectionText>> = {
  '04': {
    message: 'The payer does not allow this many questions at once.',
    action: 'Ask for fewer patients at a time.',
  },
  '15': {
    message: 'Something that the payer needs is missing.',
    action: 'Complete MBI, name and birth date and ask again.',
  },
  '33': {
    message: 'The input has an error that is not named.',
    action: 'Compare the record with the Medicare card.',
  },
  '35': {
    message: "The patient is outside of this payer's area.",
    action: 'Ask the patient for the right payer.',
  },
  '41': {
    message: 'The clinic is not authorized to ask.',
    action: 'Check the eligibility agreement with the payer.',
  },
  '42': { message: "The payer's system is busy.", action: 'Ask again later.' },
  '43': {
    message: "The provider's number is not valid there.",
    action: 'Check the NPI in the clinic settings.',
  },
  '44': {
    message: "The provider's name is missing or wrong.",
    action: "Check the clinic's name in the settings.",
  },
  '45': {
    message: "The provider's specialty is missing or wrong.",
    action: 'Check the taxonomy in the settings.',
  },
  '47': {
    message: "The provider's state is missing or wrong.",
    action: "Check the clinic's address in the settings.",
  },
  '48': { message: "The referring provider's number is not valid.", action: 'Check the number.' },
  '49': { message: 'The provider is not the primary care physician there.', action: 'Ask the payer.' },
  '50': {
    message: 'The provider may not ask about this.',
    action: 'Check the eligibility agreement with the payer.',
  },
  '51': { message: 'The provider is not on file there.', action: 'Check the NPI and its enrollment.' },
  '52': {
    message: "The service dates lie outside of the provider's enrollment.",
    action: 'Check the enrollment dates.',
  },
  '56': { message: 'The date is not acceptable.', action: "Ask for a day within the payer's limits." },
  '57': { message: 'The date of service is missing or wrong.', action: 'Correct the date and ask again.' },
  '58': { message: 'The birth date is missing or wrong.', action: 'Compare it with the Medicare card.' },
  '60': { message: 'The birth date lies after the date of service.', action: 'Correct the birth date.' },
  '61': {
    message: 'The death date lies before the date of service.',
    action: 'Check whether the patient died.',
  },
  '62': {
    message: 'The date of service is outside of what the payer answers.',
    action: 'Ask for a later day.',
  },
  '63': { message: 'The date of service lies in the future.', action: 'Ask for today.' },
  '64': { message: "The patient's id is missing or wrong.", action: 'Look up the MBI.' },
  '65': {
    message: "The patient's name is missing or wrong.",
    action: 'Write the name as on the Medicare card.',
  },
  '66': { message: "The patient's sex is missing or wrong.", action: 'Correct it or leave it out.' },
  '67': {
    message: 'The patient was not found.',
    action: 'Compare MBI, name and birth date with the Medicare card.',
  },
  '68': { message: "The patient's id stands twice.", action: 'Look up the MBI.' },
  '69': { message: "The patient's age does not fit the service.", action: 'Check the birth date.' },
  '70': { message: "The patient's sex does not fit the service.", action: 'Check the record.' },
  '71': {
    message: "The birth date does not match the payer's record.",
    action: 'Compare it with the Medicare card.',
  },
  '72': { message: 'The member id is missing or wrong.', action: 'Look up the MBI.' },
  '73': {
    message: 'The name is missing or does not match.',
    action: 'Write the name as on the Medicare card.',
  },
  '74': { message: 'The sex is missing or wrong.', action: 'Correct it or leave it out.' },
  '75': {
    message: 'The patient was not found.',
    action: 'Compare MBI, name and birth date with the Medicare card.',
  },
  '76': { message: 'The member id stands twice at the payer.', action: 'Ask the payer by telephone.' },
  '77': { message: 'The patient was found, but not the subscriber.', action: 'Check who the subscriber is.' },
  '78': { message: 'The subscriber is not in the group or plan named.', action: 'Check the plan.' },
  '79': { message: 'The payer is not known there.', action: 'Check the payer id in the settings.' },
  '80': { message: 'The payer gave no answer in time.', action: 'Ask again later.' },
  T4: { message: "The payer's name or id is missing.", action: 'Check the payer in the settings.' },
}

/** AAA04 values after which the same question may be sent again. */
export const RETRY_FOLLOW_UPS = new Set(['R', 'P', 'X', 'Y'])
