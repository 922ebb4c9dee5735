/** Claim status categories and codes in our own words; the code lists are X12's (507 and 508), the sentences ours. */

/** STC01-1 */
export const STATUS_CATEGORIES: Readonly<Record<string, string>> = {
  A0: 'Passed on to another party',
  A1: 'Received; not yet accepted',
  A2: 'Accepted for decision',
  A3: 'Returned as unprocessable',
  A4: 'Not found',
  A5: 'Split into several claims',
  A6: 'Rejected: information is missing',
  A7: 'Rejected: information is wrong',
  A8: 'Rejected: two pieces of information do not fit together',
  D0: 'No data for this question',
  E0: 'The question has an error',
  E1: 'No answer: the system is not available',
  E2: 'No answer: the information source does not respond',
  E3: 'The question must be corrected',
  E4: 'The number of questions is too high',
  F0: 'Decided',
  F1: 'Decided: paid',
  F2: 'Decided: denied',
  F3: 'Decided: revised',
  F4: 'Decided: no payment will come',
  P0: 'Pending',
  P1: 'Pending: in process',
  P2: 'Pending: under review',
  P3: 'Pending: information was asked of the provider',
  P4: 'Pending: information was asked of the patient',
  P5: 'Pending: the payer waits for its own step',
  R0: 'More information is asked',
}

/** STC01-2: what the code is about, and what to do at our desk. */
export const STATUS_CODES: Readonly<Record<string, { readonly meaning: string; readonly action: string }>> = {
  '0': { meaning: 'cannot give more detail', action: 'Ask the payer by telephone.' },
  '1': { meaning: 'the remittance says more', action: 'Take in the remittance.' },
  '3': { meaning: 'decided, and waits for the next payment', action: 'Wait for the remittance.' },
  '19': { meaning: 'the claim was received', action: 'Wait.' },
  '20': { meaning: 'accepted for processing', action: 'Wait for the remittance.' },
  '21': { meaning: 'information is missing or wrong', action: 'Read the other codes beside it.' },
  '24': {
    meaning: 'the sender is not approved to submit for this provider',
    action: 'Ask the contractor about the EDI enrollment.',
  },
  '33': { meaning: 'the subscriber was not found', action: 'Check name and member id by a 270.' },
  '35': { meaning: 'the claim was not found', action: 'Check the claim number and dates.' },
  '46': { meaning: 'an inner review or audit', action: 'Wait, or ask the payer what it looks for.' },
  '54': {
    meaning: 'this repeats a claim or line that was processed before',
    action: 'Find the first claim; do not send again.',
  },
  '65': { meaning: 'it was paid', action: 'Take in the remittance.' },
  '88': { meaning: 'the patient was not covered for these dates', action: 'Check coverage by a 270.' },
  '91': { meaning: 'the provider is not eligible on these dates', action: 'Check the enrollment.' },
  '97': { meaning: 'the patient is not covered by this payer', action: 'Check coverage by a 270.' },
  '116': {
    meaning: 'the claim went to the wrong payer',
    action: 'Check coverage and send to the right payer.',
  },
  '122': { meaning: 'information is missing', action: 'Read the entity beside it and complete the claim.' },
  '125': { meaning: 'a name', action: 'Correct the name of the entity.' },
  '126': { meaning: 'an address', action: 'Correct the address.' },
  '128': { meaning: 'the tax id', action: 'Correct the tax id in the clinic settings.' },
  '129': { meaning: 'the taxonomy or specialty', action: 'Correct the taxonomy.' },
  '132': { meaning: 'the Medicaid provider number', action: 'Correct the number.' },
  '145': { meaning: 'the taxonomy code', action: 'Correct the taxonomy.' },
  '153': { meaning: 'an identifier', action: 'Correct the identifier of the entity.' },
  '158': { meaning: 'the birth date', action: 'Compare it with the Medicare card and send a new claim.' },
  '164': { meaning: 'the member id', action: 'Look up the MBI and send a new claim.' },
  '178': { meaning: 'the submitted charge', action: 'Check that the lines add up.' },
  '187': { meaning: 'the date of service', action: 'Correct the date and send a new claim.' },
  '188': { meaning: 'the statement dates', action: 'Correct the dates.' },
  '247': { meaning: 'the fault is on a line', action: 'Read the codes of the line.' },
  '249': { meaning: 'the place of service', action: 'Correct the place of service.' },
  '254': { meaning: 'the principal diagnosis', action: 'Correct the diagnosis.' },
  '255': { meaning: 'a diagnosis', action: 'Correct the diagnosis for the date of service.' },
  '453': { meaning: 'a modifier', action: 'Correct the modifier.' },
  '454': { meaning: 'the procedure code', action: 'Correct the code for the date of service.' },
  '455': { meaning: 'a revenue code', action: 'Correct the code.' },
  '465': { meaning: 'the principal procedure code', action: 'Correct the code.' },
  '476': { meaning: 'the units', action: 'Correct the units.' },
  '481': { meaning: 'a format', action: 'Read the entity beside it.' },
  '500': { meaning: 'the ZIP code', action: 'Correct the address; billing needs nine digits.' },
  '507': { meaning: 'the HCPCS code', action: 'Correct the code for the date of service.' },
  '516': { meaning: 'how the other payer decided', action: 'Complete the amounts of the primary payer.' },
  '535': {
    meaning: 'the frequency code',
    action: 'Medicare Part B takes only 1: send a new claim, or ask for a reopening.',
  },
  '562': { meaning: 'the NPI', action: 'Check the NPI and its enrollment; send a new claim.' },
  '704': { meaning: 'the claim was received by the payer', action: 'Wait.' },
  '718': { meaning: 'the claim came too late', action: 'Only a good cause helps; see the filing limit.' },
  '732': { meaning: 'information does not fit together', action: 'Read the other codes beside it.' },
  '746': {
    meaning: 'the claim repeats one that was sent',
    action: 'Find the first claim; do not send again.',
  },
}

/** STC01-3 */
export const STATUS_ENTITIES: Readonly<Record<string, string>> = {
  '13': 'contracted provider',
  '36': 'employer',
  '40': 'receiver',
  '41': 'submitter',
  '71': 'attending provider',
  '77': 'service facility',
  '82': 'rendering provider',
  '85': 'billing provider',
  '87': 'pay-to provider',
  DN: 'referring provider',
  DQ: 'supervising provider',
  GB: 'other insured',
  IL: 'insured',
  PR: 'payer',
  QC: 'patient',
  TT: 'payer to whom it was passed on',
}

/** One sentence for a category, status and entity, such as "Rejected: information is wrong: the NPI (rendering provider)". */
export function statusSentence(category: string, status: string, entity: string | null): string {
  const what =
    STATUS_CATEGORIES[category] ?? (/^R/.test(category) ? STATUS_CATEGORIES.R0 : undefined) ?? `Category ${category}`
  const why = STATUS_CODES[status]?.meaning ?? `status ${status}`
  const whom = entity === null ? '' : ` (${STATUS_ENTITIES[entity] ?? `entity ${entity}`})`
  return `${what}: ${why}${whom}`
}
