/** denial: not paid, to be worked on. posting: explains the price, nothing to do but post it. */
export type ReasonKind = 'denial' | 'posting'

/** A claim adjustment reason (CARC) in our own words; the code list is X12's, the official texts are not carried. */
export interface ReasonText {
  /** What the payer says. */
  readonly meaning: string
  /** The usual cause in chronic care management. */
  readonly cause: string
  readonly firstAction: string
  /** Whether an appeal is the way when the payer is wrong. */
  readonly appealable: boolean
  readonly kind: ReasonKind
}

/** The group of an adjustment: who bears it. */
export const ADJUSTMENT_GROUPS: Readonly<Record<string, string>> = {
  CO: 'The provider bears it; it may never be billed to the patient.',
  PR: 'The patient owes it, unless a remark forbids billing.',
  OA: 'Neither by itself: another adjustment or payer explains it.',
  PI: 'The payer took it off on its own judgment.',
  CR: 'It corrects an earlier decision (ended with version 4010).',
}

/** The reasons that chronic care management meets, by code. A code that is not here still exists: show it as it is. */
export const CARC: Readonly<Record<string, ReasonText>> = {
  '1': {
    meaning: 'the yearly deductible',
    cause: 'The patient has not yet used up the deductible of the year.',
    firstAction: 'Bill the patient or the next payer, unless a QMB remark forbids it.',
    appealable: false,
    kind: 'posting',
  },
  '2': {
    meaning: "the patient's coinsurance",
    cause: 'Part B pays 80 percent of the allowed amount.',
    firstAction: 'Bill the patient or the next payer, unless a QMB remark forbids it.',
    appealable: false,
    kind: 'posting',
  },
  '3': {
    meaning: "the patient's copayment",
    cause: 'The plan has a fixed share for the patient.',
    firstAction: 'Bill the patient or the next payer.',
    appealable: false,
    kind: 'posting',
  },
  '4': {
    meaning: 'the modifier does not fit the code, or one is lacking',
    cause: 'A modifier was sent that care management does not use.',
    firstAction: 'Correct the modifier and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '11': {
    meaning: 'the diagnosis does not fit the service',
    cause: 'The pointers name a condition that does not support the service.',
    firstAction: 'Point to the chronic conditions of the plan and send a new claim or ask for a reopening.',
    appealable: true,
    kind: 'denial',
  },
  '13': {
    meaning: "the service is dated after the patient's death",
    cause: 'The last day of the month was taken although the patient died earlier.',
    firstAction: 'Correct the date of service to a day the patient lived.',
    appealable: false,
    kind: 'denial',
  },
  '16': {
    meaning: 'information is missing or wrong',
    cause: 'A field of the claim is at fault; the remark says which.',
    firstAction: 'Read the remark, correct, and send a new claim; with MA130 there is no appeal.',
    appealable: false,
    kind: 'denial',
  },
  '18': {
    meaning: 'the same line was processed before',
    cause: 'The claim was sent twice.',
    firstAction: 'Find the first claim; do not appeal.',
    appealable: false,
    kind: 'denial',
  },
  '22': {
    meaning: 'another insurer pays first',
    cause: 'Medicare has another payer on record for the patient.',
    firstAction: 'Bill that payer first, then Medicare with its adjustments; or have the record corrected.',
    appealable: false,
    kind: 'denial',
  },
  '23': {
    meaning: 'what an earlier payer paid or adjusted',
    cause: 'The claim is secondary.',
    firstAction: 'Post; check that it equals what the first payer told.',
    appealable: false,
    kind: 'posting',
  },
  '24': {
    meaning: 'the service belongs to a managed care plan',
    cause: 'The patient is in a Medicare Advantage plan.',
    firstAction: 'Send the claim to the plan and correct the coverage.',
    appealable: false,
    kind: 'denial',
  },
  '26': {
    meaning: 'the service came before the coverage began',
    cause: 'Part B was not yet active.',
    firstAction: 'Check coverage by a 270; bill the patient only if the law allows.',
    appealable: false,
    kind: 'denial',
  },
  '27': {
    meaning: 'the service came after the coverage ended',
    cause: 'Part B had ended.',
    firstAction: 'Check coverage by a 270 and find the present payer.',
    appealable: false,
    kind: 'denial',
  },
  '29': {
    meaning: 'the claim came too late',
    cause: 'More than one year lies between service and receipt.',
    firstAction: 'Only a good cause for the delay helps.',
    appealable: false,
    kind: 'denial',
  },
  '31': {
    meaning: 'the patient is not known to this payer',
    cause: 'The MBI is wrong or the patient is insured elsewhere.',
    firstAction: 'Look up the MBI and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '32': {
    meaning: 'the person is not an eligible dependent',
    cause: 'The payer does not see the patient as covered under this subscriber.',
    firstAction: 'Check who the subscriber is.',
    appealable: false,
    kind: 'denial',
  },
  '42': {
    meaning: 'the charge is above what the plan pays',
    cause: 'An older form of the fee schedule reduction.',
    firstAction: 'Post; the contract says whether the patient owes it.',
    appealable: false,
    kind: 'posting',
  },
  '45': {
    meaning: 'the charge is above the fee schedule',
    cause: 'Medicare allows less than was charged.',
    firstAction: 'Post as contractual; never bill the patient for it under CO.',
    appealable: false,
    kind: 'posting',
  },
  '50': {
    meaning: 'the payer does not see the service as medically necessary',
    cause: 'The record that was sent does not show the need.',
    firstAction: 'Ask for a redetermination with the packet.',
    appealable: true,
    kind: 'denial',
  },
  '94': {
    meaning: 'more was processed than was charged',
    cause: 'A secondary payer works with a higher fee schedule.',
    firstAction: 'Post; the amount is negative by design.',
    appealable: false,
    kind: 'posting',
  },
  '96': {
    meaning: 'the service is not covered',
    cause: 'The payer excludes the service or the way it was billed; the remark says why.',
    firstAction: 'Read the remark; ask for a redetermination if the rules are met.',
    appealable: true,
    kind: 'denial',
  },
  '97': {
    meaning: 'paid for as a part of another service',
    cause: "Another practitioner's care management or a bundled service was paid this month.",
    firstAction: 'Look at the same-month matrix; drop the loser or appeal with proof.',
    appealable: true,
    kind: 'denial',
  },
  '101': {
    meaning: 'an estimate made before the service',
    cause: 'The remittance is a predetermination.',
    firstAction: 'Nothing to post.',
    appealable: false,
    kind: 'posting',
  },
  '107': {
    meaning: 'the base service is not on the claim',
    cause: 'An add-on was billed without its base.',
    firstAction: 'Bill base and add-on on one claim.',
    appealable: false,
    kind: 'denial',
  },
  '109': {
    meaning: 'another payer is responsible',
    cause: 'The patient is in a plan, or another contractor handles the claim.',
    firstAction: 'Check coverage by a 270 and send to the right payer.',
    appealable: false,
    kind: 'denial',
  },
  '119': {
    meaning: 'the most for this period was reached',
    cause: 'Another practitioner was paid for the month, or there are too many units.',
    firstAction: 'Check consent and the other biller; correct units by reopening.',
    appealable: true,
    kind: 'denial',
  },
  '131': {
    meaning: 'a discount that was agreed on for this claim',
    cause: 'A contract lowers the price.',
    firstAction: 'Post as contractual.',
    appealable: false,
    kind: 'posting',
  },
  '140': {
    meaning: 'name and member id do not match',
    cause: 'The name is not as on the Medicare card.',
    firstAction: 'Write the name as on the card and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '146': {
    meaning: 'the diagnosis is not valid on the date of service',
    cause: 'The ICD-10-CM code was retired or is not complete.',
    firstAction: 'Correct the diagnosis and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '150': {
    meaning: 'the level of service is not supported by what was told',
    cause: 'Documentation does not show the minutes or the complexity.',
    firstAction: 'Ask for a redetermination with the time log.',
    appealable: true,
    kind: 'denial',
  },
  '151': {
    meaning: 'so many or so frequent services are not supported',
    cause: 'Units or months lack support.',
    firstAction: 'Ask for a redetermination with the time log, or correct the units.',
    appealable: true,
    kind: 'denial',
  },
  '163': {
    meaning: 'a record that the claim refers to did not come',
    cause: 'The packet was not received.',
    firstAction: 'Send the packet.',
    appealable: false,
    kind: 'denial',
  },
  '170': {
    meaning: 'this kind of provider may not bill the service',
    cause: "The rendering practitioner's type is not allowed.",
    firstAction: 'Check who renders and the enrollment.',
    appealable: true,
    kind: 'denial',
  },
  '181': {
    meaning: 'the code is not valid on the date of service',
    cause: 'The code was retired or is not yet in force.',
    firstAction: 'Correct the code and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '182': {
    meaning: 'the modifier is not valid on the date of service',
    cause: 'The modifier was retired.',
    firstAction: 'Correct the modifier and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '184': {
    meaning: 'the ordering or prescribing practitioner is not eligible',
    cause: 'The practitioner named is not enrolled for it.',
    firstAction: 'Check the enrollment in PECOS.',
    appealable: true,
    kind: 'denial',
  },
  '185': {
    meaning: 'the rendering practitioner is not eligible',
    cause: 'The practitioner is not enrolled, or not with this group.',
    firstAction: 'Check the enrollment and reassignment in PECOS.',
    appealable: true,
    kind: 'denial',
  },
  '208': {
    meaning: 'the NPI does not match',
    cause: 'The NPI on the claim is not the one on file.',
    firstAction: 'Correct the NPI and send a new claim.',
    appealable: false,
    kind: 'denial',
  },
  '222': {
    meaning: 'more than the contract allows for this period',
    cause: 'The units of the month are above the limit.',
    firstAction: 'Correct the units by reopening.',
    appealable: true,
    kind: 'denial',
  },
  '226': {
    meaning: 'information from the billing provider was not given in time',
    cause: 'A records request was not answered.',
    firstAction: 'Send the packet.',
    appealable: true,
    kind: 'denial',
  },
  '231': {
    meaning: 'two services exclude each other on the same day',
    cause: 'A pair of codes may not be billed together.',
    firstAction: 'Look at the same-month matrix and drop the loser.',
    appealable: true,
    kind: 'denial',
  },
  '234': {
    meaning: 'the service is never paid by itself',
    cause: 'It counts as part of another service.',
    firstAction: 'Bill it with its base or write it off.',
    appealable: false,
    kind: 'denial',
  },
  '236': {
    meaning: 'two services or modifiers may not be combined',
    cause: 'A correct coding edit fires.',
    firstAction: 'Look at the edit; appeal only with separate minutes.',
    appealable: true,
    kind: 'denial',
  },
  '237': {
    meaning: 'a penalty set by law',
    cause: 'A programme such as MIPS lowers the payment.',
    firstAction: 'Post as contractual.',
    appealable: false,
    kind: 'posting',
  },
  '251': {
    meaning: 'the attachment is not complete',
    cause: 'Something in the packet is lacking.',
    firstAction: 'Complete the packet and send it again.',
    appealable: false,
    kind: 'denial',
  },
  '252': {
    meaning: 'records are asked for',
    cause: 'The payer reviews the claim.',
    firstAction: 'Send the packet within 45 days.',
    appealable: false,
    kind: 'denial',
  },
  '253': {
    meaning: 'the federal sequestration',
    cause: 'Two percent of the payment is kept by law.',
    firstAction: 'Post; never bill the patient for it.',
    appealable: false,
    kind: 'posting',
  },
  '272': {
    meaning: 'coverage or programme rules were not met',
    cause: 'The payer misses a requirement in the record.',
    firstAction: 'Ask for a redetermination with the packet.',
    appealable: true,
    kind: 'denial',
  },
  '273': {
    meaning: 'more than the coverage rules allow',
    cause: 'Another practitioner was paid, or there are too many units.',
    firstAction: 'Check the other biller; correct units by reopening.',
    appealable: true,
    kind: 'denial',
  },
  '299': {
    meaning: 'the billing provider is not eligible to be paid',
    cause: 'The enrollment of the group does not cover the date.',
    firstAction: 'Check the enrollment in PECOS.',
    appealable: true,
    kind: 'denial',
  },
  A2: {
    meaning: 'a contractual adjustment',
    cause: 'An older form of the fee schedule reduction.',
    firstAction: 'Post as contractual.',
    appealable: false,
    kind: 'posting',
  },
  B7: {
    meaning: 'the provider was not certified for this service on this day',
    cause: 'The enrollment does not cover the date of service.',
    firstAction: 'Check the enrollment in PECOS.',
    appealable: true,
    kind: 'denial',
  },
  B9: {
    meaning: 'the patient has chosen hospice',
    cause: 'Services for the terminal illness belong to the hospice.',
    firstAction: 'Add GV or GW when true, else bill the hospice.',
    appealable: false,
    kind: 'denial',
  },
  B15: {
    meaning: 'a service that must come first was not found',
    cause: 'An add-on stands without its base, or G0506 without its visit.',
    firstAction: 'Bill the base with it.',
    appealable: false,
    kind: 'denial',
  },
  B20: {
    meaning: 'the service was given by another provider, wholly or in part',
    cause: 'Another practitioner was paid for the month.',
    firstAction: 'Check consent and the other biller; write off, or ask the patient to choose.',
    appealable: true,
    kind: 'denial',
  },
}

/** A remittance remark (RARC) in our own words. */
export interface RemarkText {
  readonly meaning: string
  readonly firstAction: string
  /** The patient may not be billed, whatever the group says. */
  readonly patientMayNotBeBilled: boolean
}

/** The remarks that chronic care management meets, by code. */
export const RARC: Readonly<Record<string, RemarkText>> = {
  M15: {
    meaning: 'Bundled: separately billed services were put together and paid as one.',
    firstAction: 'Look at the same-month matrix.',
    patientMayNotBeBilled: false,
  },
  M76: {
    meaning: 'The diagnosis is missing or not valid.',
    firstAction: 'Correct the diagnosis and send a new claim.',
    patientMayNotBeBilled: false,
  },
  M86: {
    meaning: 'Paid for the same or a similar service in this period already.',
    firstAction: 'Find out who was paid: another practitioner, or our own earlier claim.',
    patientMayNotBeBilled: false,
  },
  MA01: {
    meaning: 'How to appeal: the decision may be reviewed on request within 120 days.',
    firstAction: 'Nothing by itself.',
    patientMayNotBeBilled: false,
  },
  MA04: {
    meaning: 'The payer comes second, and what the first one decided is not on the claim.',
    firstAction: "Send the claim again with the first payer's amounts.",
    patientMayNotBeBilled: false,
  },
  MA18: {
    meaning: 'The claim was passed on to the supplemental payer.',
    firstAction: 'Hold the secondary bill; wait for that payer.',
    patientMayNotBeBilled: false,
  },
  MA130: {
    meaning: 'The claim is unprocessable: there is no right of appeal.',
    firstAction: 'Correct it and send a new claim.',
    patientMayNotBeBilled: false,
  },
  N20: {
    meaning: 'Not payable together with another service on the same day or claim.',
    firstAction: 'Look at the same-month matrix.',
    patientMayNotBeBilled: false,
  },
  N30: {
    meaning: 'The patient does not qualify for the service.',
    firstAction: 'Check coverage.',
    patientMayNotBeBilled: false,
  },
  N89: {
    meaning: 'The payment information was passed on to another payer.',
    firstAction: 'Hold the secondary bill; wait for that payer.',
    patientMayNotBeBilled: false,
  },
  N206: {
    meaning: 'The record that was sent does not match the claim.',
    firstAction: 'Send the right record.',
    patientMayNotBeBilled: false,
  },
  N290: {
    meaning: "The rendering provider's primary number is missing or not valid.",
    firstAction: 'Correct the rendering NPI and send a new claim.',
    patientMayNotBeBilled: false,
  },
  N362: {
    meaning: 'More days or units than are allowed.',
    firstAction: 'Correct the units by reopening.',
    patientMayNotBeBilled: false,
  },
  N382: {
    meaning: "The patient's identifier is missing or not valid.",
    firstAction: 'Look up the MBI and send a new claim.',
    patientMayNotBeBilled: false,
  },
  N522: {
    meaning: 'A duplicate of a claim that was or will be processed.',
    firstAction: 'Find the first claim; do not appeal.',
    patientMayNotBeBilled: false,
  },
  N781: {
    meaning: 'A Qualified Medicare Beneficiary: the deductible may not be billed to the patient.',
    firstAction: 'Bill Medicaid or write it off.',
    patientMayNotBeBilled: true,
  },
  N782: {
    meaning: 'A Qualified Medicare Beneficiary: the coinsurance may not be billed to the patient.',
    firstAction: 'Bill Medicaid or write it off.',
    patientMayNotBeBilled: true,
  },
  N783: {
    meaning: 'A Qualified Medicare Beneficiary: the copayment may not be billed to the patient.',
    firstAction: 'Bill Medicaid or write it off.',
    patientMayNotBeBilled: true,
  },
}

/** The reason of a CARC; a code that is not in the table is taken as a denial to be looked at. */
export function reasonOf(code: string): ReasonText {
  return (
    (Object.hasOwn(CARC, code) ? CARC[code] : undefined) ?? {
      meaning: `reason ${code}`,
      cause: 'Not in our table.',
      firstAction: 'Look the code up with the payer.',
      appealable: true,
      kind: 'denial',
    }
  )
}

/** The text of a RARC; a code that is not in the table is shown as it is. */
export function remarkOf(code: string): RemarkText {
  return (
    (Object.hasOwn(RARC, code) ? RARC[code] : undefined) ?? {
      meaning: `Remark ${code}.`,
      firstAction: 'Look the code up with the payer.',
      patientMayNotBeBilled: false,
    }
  )
}
