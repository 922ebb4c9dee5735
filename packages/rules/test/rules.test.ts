import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import { assess, type Facts, type Finding } from '../src/index.ts'

const RUNNING = '2026-10-20'
const OVER = '2026-11-02'
const diaz = (change: Partial<Facts>, asOf: string = RUNNING): Facts => diazIn('2026-10', { asOf, ...change })
const findingOf = (facts: Facts, rule: string): Finding | undefined =>
  assess(facts).findings.find((one) => one.rule === rule)

/** What a rule says, and the step with its role that clears it, while the month runs and once it is over. */
function told(rule: string, change: Partial<Facts>): readonly string[] {
  const steps = [RUNNING, OVER].map((asOf) => {
    const fix = assess(diaz(change, asOf)).fixes.find(
      (one) => one.id.replace(/\.[0-9A-Z]{5}\./, '.') === `${rule}.${one.step}`,
    )
    return fix ? `${fix.step} ${fix.role}` : '-'
  })
  return [findingOf(diaz(change), rule)?.status ?? 'not asked', ...steps]
}

const partB = { kind: 'part_b', from: '2017-04-01', to: null } as const
const covered = (kind: 'medicare_advantage' | 'hospice' | 'other_primary'): Partial<Facts> => ({
  coverage: [partB, { kind, from: '2026-01-01', to: null }],
})
const consent = (change: Facts['consent']): Partial<Facts> => ({ consent: { ...mrsDiaz.consent, ...change } })
const face = { policy: { consentMode: 'written_face_to_face' } } as const
const needed = { patient: { diedOn: null, newOrNotSeenWithinYear: true } }
const visit = { on: '2023-03-01', code: '99214', ccmDiscussed: true }
const kindOf = (kind: 'np' | 'other' | null | undefined): Partial<Facts> => ({
  practitioner: { ...mrsDiaz.practitioner, kind },
})
const lasting = (code: string, change = {}) => ({
  code,
  attestedOn: '2026-03-02',
  lasts12Months: true,
  significantRisk: true,
  ...change,
})
const beside = (code: string, practitioner?: 'same' | 'same_group' | 'other'): Partial<Facts> => ({
  otherServices: [{ code, on: '2026-10-05', ...(practitioner ? { practitioner } : {}) }],
})
const ask = (role: string): readonly string[] => ['unknown', `find_out ${role}`, `find_out ${role}`]
const late = (status: string, step: string): readonly string[] => [status, step, step]
/** A step that helps only while the month runs. */
const inTime = (step: string): readonly string[] => ['block', step, '-']
const PASS = ['pass', '-', '-']
const INFO = ['info', '-', '-']
const END = ['block', '-', '-']

type Row = readonly [what: string, change: Partial<Facts>, told: readonly string[]]
const rules: Readonly<Record<string, readonly Row[]>> = {
  'ccm.patient.alive': [
    ['nobody has said anything of her', { patient: undefined }, ask('front_desk')],
    ['no patient is on file', { patient: null }, ask('front_desk')],
    ['nobody has said whether she lives', { patient: { newOrNotSeenWithinYear: false } }, ask('front_desk')],
    ['she lives', {}, PASS],
    ['she died the day after the month', { patient: { ...mrsDiaz.patient, diedOn: '2026-11-01' } }, PASS],
    ['she died on its last day', { patient: { ...mrsDiaz.patient, diedOn: '2026-10-31' } }, INFO],
    ['she died on its first day', { patient: { ...mrsDiaz.patient, diedOn: '2026-10-01' } }, INFO],
    ['she died the day before it', { patient: { ...mrsDiaz.patient, diedOn: '2026-09-30' } }, END],
  ],
  'ccm.coverage.part_b': [
    ['nobody has checked', { coverage: undefined }, late('unknown', 'check_coverage front_desk')],
    ['there is none', { coverage: null }, late('block', 'check_coverage front_desk')],
    ['the list is empty', { coverage: [] }, late('block', 'check_coverage front_desk')],
    ['it begins on the date of service', { coverage: [{ ...partB, from: '2026-10-31' }] }, PASS],
    ['it ends on the date of service', { coverage: [{ ...partB, to: '2026-10-31' }] }, PASS],
    [
      'it ended in the month',
      { coverage: [{ ...partB, to: '2026-10-30' }] },
      late('block', 'set_date_of_service biller'),
    ],
    [
      'it ended on the first of the month',
      { coverage: [{ ...partB, to: '2026-10-01' }], time: [rosa(1200, { start: '2026-10-01T14:00:00Z' })] },
      late('block', 'set_date_of_service biller'),
    ],
    [
      'it ended before the month',
      { coverage: [{ ...partB, to: '2026-09-30' }] },
      late('block', 'check_coverage front_desk'),
    ],
    [
      'it begins after the month',
      { coverage: [{ ...partB, from: '2026-11-01' }] },
      late('block', 'check_coverage front_desk'),
    ],
    [
      'only Part A ended in the month',
      { coverage: [{ kind: 'part_a', from: '2017-04-01', to: '2026-10-20' }] },
      late('block', 'check_coverage front_desk'),
    ],
    [
      'it ended in the month, and the claim carries the day on which the minutes are full',
      { coverage: [{ ...partB, to: '2026-10-20' }], policy: { dateOfService: 'threshold_date' }, time: [rosa(600)] },
      inTime('check_coverage front_desk'),
    ],
    [
      'it ended after the day on which the minutes were full',
      { coverage: [{ ...partB, to: '2026-10-06' }], policy: { dateOfService: 'threshold_date' } },
      PASS,
    ],
  ],
  'ccm.coverage.medicare_advantage': [
    ['nobody has checked', { coverage: undefined }, PASS],
    ['there is no coverage', { coverage: null }, PASS],
    ['she is in Original Medicare', {}, PASS],
    ['she is in a plan', covered('medicare_advantage'), late('hold', 'bill_the_plan biller')],
    [
      'the plan ended the day before the date of service',
      { coverage: [partB, { kind: 'medicare_advantage', from: '2026-01-01', to: '2026-10-30' }] },
      PASS,
    ],
  ],
  'ccm.coverage.hospice': [
    ['nobody has checked', { coverage: undefined }, PASS],
    ['she has chosen none', {}, PASS],
    ['she has chosen it', covered('hospice'), late('hold', 'settle_hospice provider')],
    ['the care is unrelated', { ...covered('hospice'), hospiceCare: 'unrelated' }, INFO],
    ['the care is the attending physician’s', { ...covered('hospice'), hospiceCare: 'attending' }, INFO],
    ['the care is the hospice’s', { ...covered('hospice'), hospiceCare: 'related' }, END],
    ['none, whatever the care would be', { hospiceCare: 'related' }, PASS],
  ],
  'ccm.coverage.other_primary': [
    ['nobody has checked', { coverage: undefined }, PASS],
    ['none is on file', {}, PASS],
    ['one is on file', covered('other_primary'), late('hold', 'bill_primary_first biller')],
    [
      'it decided on the day of asking',
      { ...covered('other_primary'), primaryPayment: { decidedOn: RUNNING, paidCents: 0 } },
      INFO,
    ],
    [
      'it is to decide the day after the month is asked for the last time',
      { ...covered('other_primary'), primaryPayment: { decidedOn: '2026-11-03', paidCents: 0 } },
      late('hold', 'bill_primary_first biller'),
    ],
  ],
  'ccm.practitioner': [
    ['nobody has said who', { practitioner: undefined }, ask('manager')],
    ['nobody bills', { practitioner: null }, late('block', 'choose_billing_practitioner manager')],
    ['his profession is not known', kindOf(undefined), ask('manager')],
    ['he has no profession', kindOf(null), late('block', 'choose_billing_practitioner manager')],
    ['a psychologist bills', kindOf('other'), late('block', 'choose_billing_practitioner manager')],
    ['a nurse practitioner bills', kindOf('np'), PASS],
  ],
  'ccm.practitioner.npi': [
    ['nobody has said who bills', { practitioner: undefined }, PASS],
    ['his profession is not known', { practitioner: { npi: 'x' } }, PASS],
    ['it is not known', { practitioner: { kind: 'physician', qualifyingApm: false } }, ask('manager')],
    ['there is none', { practitioner: { ...mrsDiaz.practitioner, npi: null } }, late('block', 'correct_npi manager')],
    [
      'its check digit is wrong',
      { practitioner: { ...mrsDiaz.practitioner, npi: '1234567890' } },
      late('block', 'correct_npi manager'),
    ],
    ['it is right', {}, PASS],
  ],
  'ccm.conditions': [
    ['nobody has said', { conditions: undefined }, ask('provider')],
    ['there are none', { conditions: [] }, inTime('attest_conditions provider')],
    ['there is one', { conditions: [lasting('I10')] }, inTime('attest_conditions provider')],
    ['there are two of different diseases', { conditions: [lasting('I10'), lasting('E11.9')] }, PASS],
    ['one code is two diseases', { conditions: [lasting('I12.9')] }, PASS],
    ['there are two of one disease and category', { conditions: [lasting('E11.9'), lasting('E11.22')] }, PASS],
    ['there are two of one group but two categories', { conditions: [lasting('E10.9'), lasting('E13.9')] }, INFO],
    [
      'there are two of one group and one category',
      { conditions: [lasting('E11.9'), lasting('E11.65')] },
      inTime('attest_conditions provider'),
    ],
    [
      'the second was attested on the last day of the month',
      { conditions: [lasting('I10'), lasting('E11.9', { attestedOn: '2026-10-31' })] },
      PASS,
    ],
    [
      'the second was attested the day after',
      { conditions: [lasting('I10'), lasting('E11.9', { attestedOn: '2026-11-01' })] },
      inTime('attest_conditions provider'),
    ],
    ...(['attestedOn', 'lasts12Months', 'significantRisk'] as const).flatMap((key): Row[] => [
      [
        `of the second nobody has said ${key}`,
        { conditions: [lasting('I10'), lasting('E11.9', { [key]: undefined })] },
        ask('provider'),
      ],
      [
        `of the second ${key} is none`,
        { conditions: [lasting('I10'), lasting('E11.9', { [key]: null })] },
        inTime('attest_conditions provider'),
      ],
    ]),
    [
      'the second does not last',
      { conditions: [lasting('I10'), lasting('E11.9', { lasts12Months: false })] },
      inTime('attest_conditions provider'),
    ],
    [
      'the second carries no risk, and nobody has said whether it lasts',
      { conditions: [lasting('I10'), lasting('E11.9', { significantRisk: false, lasts12Months: undefined })] },
      inTime('attest_conditions provider'),
    ],
    [
      'what is not known could not make two either',
      { conditions: [lasting('I10'), lasting('I10', { attestedOn: undefined })] },
      inTime('attest_conditions provider'),
    ],
    [
      'one code that is two diseases, and nobody has said whether it is attested',
      { conditions: [lasting('I12.9', { attestedOn: undefined })] },
      ask('provider'),
    ],
    [
      'what is not known could make two of one group',
      { conditions: [lasting('E10.9'), lasting('E13.9', { attestedOn: undefined })] },
      ask('provider'),
    ],
    ['the second is no code', { conditions: [lasting('I10'), lasting('sugar')] }, inTime('attest_conditions provider')],
  ],
  'ccm.claim.diagnoses': [
    ['nobody has said which', { conditions: undefined }, PASS],
    ['there are none', { conditions: [] }, PASS],
    ['one code is two diseases', { conditions: [lasting('I12.9')] }, inTime('add_diagnosis provider')],
    [
      'one code is two diseases, and the clinic lets it pass',
      { conditions: [lasting('I12.9')], policy: { secondDiagnosis: 'warn' } },
      INFO,
    ],
    [
      'of a second nobody has said whether it is attested',
      { conditions: [lasting('I12.9'), lasting('E11.9', { attestedOn: undefined })] },
      PASS,
    ],
    ['there are two', {}, PASS],
  ],
  'ccm.initiating_visit': [
    ['none was needed', { initiatingVisit: undefined }, PASS],
    ['nobody has said anything of her', { patient: undefined, initiatingVisit: null }, ask('care_manager')],
    ['no patient is on file', { patient: null, initiatingVisit: null }, ask('care_manager')],
    [
      'it is not known whether one was needed',
      { patient: { diedOn: null }, initiatingVisit: null },
      ask('care_manager'),
    ],
    ['there was one, needed or not', { patient: { diedOn: null }, initiatingVisit: visit }, PASS],
    ['one was needed, and it is not known', { ...needed, initiatingVisit: undefined }, ask('care_manager')],
    [
      'one was needed, and there was none',
      { ...needed, initiatingVisit: null },
      inTime('hold_initiating_visit provider'),
    ],
    ['there was one', { ...needed, initiatingVisit: visit }, PASS],
    [
      'a nurse’s visit',
      { ...needed, initiatingVisit: { ...visit, code: '99211' } },
      inTime('hold_initiating_visit provider'),
    ],
    ['a visit on the last day of the month', { ...needed, initiatingVisit: { ...visit, on: '2026-10-31' } }, PASS],
    [
      'a visit the day after the month',
      { ...needed, initiatingVisit: { ...visit, on: '2026-11-01' } },
      inTime('hold_initiating_visit provider'),
    ],
    ['a visit a year before consent', { ...needed, initiatingVisit: { ...visit, on: '2022-03-02' } }, PASS],
    [
      'a visit a year and a day before consent',
      { ...needed, initiatingVisit: { ...visit, on: '2022-03-01' } },
      inTime('hold_initiating_visit provider'),
    ],
    ['a visit by video', { ...needed, initiatingVisit: { ...visit, telehealth: true } }, INFO],
    [
      'a visit by video where the clinic refuses it',
      { ...needed, initiatingVisit: { ...visit, telehealth: true }, policy: { telehealthVisit: 'refuse' } },
      inTime('hold_initiating_visit provider'),
    ],
    [
      'a visit in person where the clinic refuses video',
      { ...needed, initiatingVisit: { ...visit, telehealth: false }, policy: { telehealthVisit: 'refuse' } },
      PASS,
    ],
    [
      'a visit of which nobody has said whether CCM was spoken of',
      { ...needed, initiatingVisit: { on: visit.on, code: visit.code } },
      late('unknown', 'document_ccm_discussion provider'),
    ],
    [
      'a visit in which CCM was not spoken of',
      { ...needed, initiatingVisit: { ...visit, ccmDiscussed: false } },
      inTime('hold_initiating_visit provider'),
    ],
    [
      'a visit in which CCM was not spoken of, and it is not known whether one was needed',
      { patient: { diedOn: null }, initiatingVisit: { ...visit, ccmDiscussed: false } },
      ask('care_manager'),
    ],
  ],
  'ccm.consent.form': [
    ['nobody has said', { consent: undefined }, ask('care_manager')],
    ['there is none', { consent: null }, inTime('record_consent care_manager')],
    ['it has no form', consent({ form: null }), inTime('record_consent care_manager')],
    ['its form is not known', consent({ form: undefined }), ask('care_manager')],
    ['by word of mouth where writing is asked', consent({ form: 'verbal' }), inTime('record_consent care_manager')],
    [
      'by word of mouth where Medicare’s least is asked',
      { ...consent({ form: 'verbal' }), policy: { consentMode: 'cms_minimum' } },
      PASS,
    ],
    ['in writing, and not in a visit', consent({ faceToFace: false }), PASS],
    ['in a visit as the clinic asks', face, PASS],
    [
      'not in a visit as the clinic asks',
      { ...consent({ faceToFace: false }), ...face },
      inTime('record_consent care_manager'),
    ],
    ['in no visit', { ...consent({ faceToFace: null }), ...face }, inTime('record_consent care_manager')],
    ['it is not known whether in a visit', { ...consent({ faceToFace: undefined }), ...face }, ask('care_manager')],
  ],
  'ccm.consent.told': [
    ['nobody has said whether there is consent', { consent: undefined }, PASS],
    ['there is no consent', { consent: null }, PASS],
    ['nobody has said what', consent({ told: undefined }), ask('care_manager')],
    ['nothing', consent({ told: null }), inTime('correct_consent_record care_manager')],
    ['nothing is on the list', consent({ told: [] }), inTime('correct_consent_record care_manager')],
    [
      'two of three',
      consent({ told: ['availability_and_cost', 'right_to_stop'] }),
      inTime('correct_consent_record care_manager'),
    ],
    ['all three', {}, PASS],
  ],
  'ccm.consent.in_force': [
    ['nobody has said whether there is consent', { consent: undefined }, PASS],
    ['there is none', { consent: null }, PASS],
    ['its day is not known', consent({ givenOn: undefined }), ask('care_manager')],
    ['it has no day', consent({ givenOn: null }), inTime('record_consent care_manager')],
    ['it is of the last day of the month', consent({ givenOn: '2026-10-31' }), PASS],
    ['it is of the day after', consent({ givenOn: '2026-11-01' }), inTime('record_consent care_manager')],
    ['nobody has said whether she stopped', consent({ withdrawnOn: undefined }), ask('care_manager')],
    ['she stopped in the month before', consent({ withdrawnOn: '2026-09-30' }), inTime('record_consent care_manager')],
    ['she stopped on the first of the month', consent({ withdrawnOn: '2026-10-01' }), PASS],
  ],
  'ccm.care_plan.approved': [
    ['nobody has said', { carePlan: undefined }, ask('care_manager')],
    ['there is none', { carePlan: null }, inTime('approve_care_plan provider')],
    ['nobody has said whether it is approved', { carePlan: { copyGivenOn: '2026-10-01' } }, ask('care_manager')],
    [
      'it is not approved',
      { carePlan: { approvedOn: null, copyGivenOn: '2026-10-01' } },
      inTime('approve_care_plan provider'),
    ],
    ['it was approved on the last day', { carePlan: { approvedOn: '2026-10-31', copyGivenOn: '2026-10-01' } }, PASS],
    [
      'it was approved the day after',
      { carePlan: { approvedOn: '2026-11-01', copyGivenOn: '2026-10-01' } },
      inTime('approve_care_plan provider'),
    ],
  ],
  'ccm.care_plan.copy': [
    ['nobody has said', { carePlan: { approvedOn: '2026-03-05' } }, late('unknown', 'give_plan_copy care_manager')],
    ['there is no plan', { carePlan: null }, ['block', 'give_plan_copy care_manager', '-']],
    [
      'none was given',
      { carePlan: { approvedOn: '2026-03-05', copyGivenOn: null } },
      late('block', 'give_plan_copy care_manager'),
    ],
    ['it is given on the day of asking', { carePlan: { approvedOn: '2026-03-05', copyGivenOn: RUNNING } }, PASS],
    [
      'it is to be given after the month is asked for the last time',
      { carePlan: { approvedOn: '2026-03-05', copyGivenOn: '2026-11-03' } },
      late('block', 'give_plan_copy care_manager'),
    ],
  ],
  'ccm.access': [
    ['nobody has said', { access24x7: undefined }, ask('manager')],
    ['there is none', { access24x7: false }, inTime('establish_24x7_access manager')],
    ['it is known to be none', { access24x7: null }, inTime('establish_24x7_access manager')],
    ['there is', {}, PASS],
  ],
  'ccm.continuity': [
    ['nobody has said', { designatedCareManager: undefined }, ask('manager')],
    ['there is none', { designatedCareManager: false }, inTime('name_care_manager manager')],
    ['it is known to be none', { designatedCareManager: null }, inTime('name_care_manager manager')],
    ['there is', {}, PASS],
  ],
  'ccm.place_of_service': [
    ['nobody has said', { placeOfService: undefined }, ask('biller')],
    ['there is none', { placeOfService: null }, late('block', 'find_out biller')],
    ['telehealth', { placeOfService: '02' }, late('block', 'find_out biller')],
    ['telehealth at home', { placeOfService: '10' }, late('block', 'find_out biller')],
    ['the home', { placeOfService: '12' }, INFO],
    ['the office', {}, PASS],
  ],
  'ccm.stays': [
    ['nobody has said', { stays: undefined }, ask('care_manager')],
    ['there were none', { stays: null }, PASS],
  ],
  'ccm.other_services': [
    ['nobody has said', { otherServices: undefined }, ask('biller')],
    ['there were none', { otherServices: null }, PASS],
  ],
  'ccm.time.known': [
    ['nobody has said', { time: undefined }, ask('care_manager')],
    [
      'the work is not known',
      { time: [{ ...rosa(1200), activity: undefined }] },
      late('unknown', 'correct_time_entry care_manager'),
    ],
    ['all is known', {}, PASS],
  ],
  'ccm.time.enough': [
    ['twenty minutes', {}, PASS],
    ['a second less', { time: [rosa(1199)] }, inTime('add_care_time care_manager')],
    ['nobody has said', { time: undefined }, PASS],
    [
      'all wait for approval',
      { time: [{ ...rosa(1200), waitsForApproval: true }] },
      late('block', 'approve_time manager'),
    ],
    [
      'what waits is too little',
      { time: [{ ...rosa(1199), waitsForApproval: true }] },
      inTime('add_care_time care_manager'),
    ],
    [
      'what waits fills what counts',
      { time: [rosa(600), { ...rosa(600, { start: '2026-10-07T14:00:00Z' }), waitsForApproval: true }] },
      late('block', 'approve_time manager'),
    ],
    ['what is unclear would fill it', { time: [{ ...rosa(1200), activity: undefined }] }, ['unknown', '-', '-']],
    [
      'what is unclear would not fill it',
      { time: [{ ...rosa(1199), activity: undefined }] },
      inTime('add_care_time care_manager'),
    ],
    ['death left no time', { time: [], patient: { diedOn: '2026-10-10', newOrNotSeenWithinYear: false } }, END],
    [
      'death came before anything could be known',
      {
        time: undefined,
        consent: { ...mrsDiaz.consent, givenOn: '2026-10-12' },
        patient: { diedOn: '2026-10-10', newOrNotSeenWithinYear: false },
      },
      END,
    ],
  ],
  'ccm.complex.decision_making': [
    ['an hour less a second', { time: [rosa(3599)], decisionMaking: undefined }, PASS],
    ['an hour', { time: [rosa(3600)], decisionMaking: undefined }, ask('provider')],
    ['an hour with no decision', { time: [rosa(3600)], decisionMaking: null }, PASS],
    [
      'an hour with a high one',
      { time: [rosa(3600)], decisionMaking: { level: 'high', documentedOn: '2026-10-09' } },
      PASS,
    ],
    [
      'an hour of which a person chose otherwise',
      {
        time: [rosa(3600)],
        decisionMaking: undefined,
        choice: { family: 'non_complex', by: 'June', reason: 'Simple.' },
      },
      PASS,
    ],
    [
      'an hour of which a person chose what it does not reach',
      { time: [rosa(3600)], decisionMaking: undefined, choice: { family: 'personal', by: 'June', reason: 'A guess.' } },
      ask('provider'),
    ],
    [
      'an hour of which a person chose complex care',
      { time: [rosa(3600)], decisionMaking: undefined, choice: { family: 'complex', by: 'June', reason: 'Hard.' } },
      ask('provider'),
    ],
    ['a level without a day', { time: [rosa(3600)], decisionMaking: { level: 'high' } }, ask('provider')],
    ['a day without a level', { time: [rosa(3600)], decisionMaking: { documentedOn: '2026-10-09' } }, ask('provider')],
    [
      'a day of another month without a level',
      { time: [rosa(3600)], decisionMaking: { documentedOn: '2026-09-09' } },
      PASS,
    ],
    ['no level', { time: [rosa(3600)], decisionMaking: { level: null, documentedOn: '2026-10-09' } }, PASS],
    ['no day', { time: [rosa(3600)], decisionMaking: { level: 'high', documentedOn: null } }, PASS],
    ['a low level without a day', { time: [rosa(3600)], decisionMaking: { level: 'low' } }, PASS],
    [
      'a straightforward level without a day',
      { time: [rosa(3600)], decisionMaking: { level: 'straightforward' } },
      PASS,
    ],
  ],
  'ccm.family.choice': [
    ['the record decides', {}, PASS],
    ['no family is reached', { time: [] }, PASS],
    ['a person chose what is reached', { choice: { family: 'non_complex', by: 'June', reason: 'Simple.' } }, INFO],
    [
      'a person chose what is not reached',
      { choice: { family: 'complex', by: 'June', reason: 'A guess.' } },
      late('hold', 'choose_family_again biller'),
    ],
  ],
  'ccm.program.choice': [
    ['nobody chose another', {}, PASS],
    ['it is taken back', { otherProgram: null }, PASS],
    [
      'it is what the record reaches',
      { otherProgram: { program: 'apcm', by: 'June', reason: 'Asked.' } },
      late('block', 'take_program_back biller'),
    ],
    [
      'it is not what the record reaches',
      { otherProgram: { program: 'pcm', by: 'June', reason: 'Asked.' } },
      late('hold', 'take_program_back biller'),
    ],
  ],
  'ccm.same_month': [
    ['a visit', beside('99214', 'same'), PASS],
    ['transitional care', beside('99495', 'same'), INFO],
    ['a colleague’s dialysis', beside('90960', 'same_group'), INFO],
    ['his own dialysis', beside('90960', 'same'), late('block', 'choose_between_services biller')],
    ['dialysis by nobody knows whom', beside('90960'), ask('biller')],
    ['another practice’s CCM', beside('99490', 'other'), END],
    ['CCM by nobody knows whom', beside('99490'), late('block', 'choose_between_services biller')],
    ['a visit by nobody knows whom', beside('99214'), INFO],
    ['advanced primary care elsewhere', beside('G0557', 'other'), late('hold', 'choose_between_services biller')],
    [
      'advanced primary care elsewhere where the clinic allows it',
      { ...beside('G0557', 'other'), policy: { apcmElsewhere: 'allow' } },
      INFO,
    ],
    [
      'advanced primary care elsewhere where the clinic refuses it',
      { ...beside('G0557', 'other'), policy: { apcmElsewhere: 'refuse' } },
      END,
    ],
    [
      'a colleague’s dialysis where the clinic waits',
      { ...beside('90960', 'same_group'), policy: { sameGroup: 'hold' } },
      late('hold', 'choose_between_services biller'),
    ],
    [
      'what only the field allows where the clinic waits',
      { ...beside('99484', 'same'), policy: { uncertainNeighbors: 'hold' } },
      late('hold', 'choose_between_services biller'),
    ],
    [
      'what a source allows where the clinic waits for the rest',
      { ...beside('99495', 'same'), policy: { uncertainNeighbors: 'hold' } },
      INFO,
    ],
    ['what the book does not know', beside('12345', 'same'), ['not asked', '-', '-']],
  ],
  'money.price': [
    ['no local factors', {}, INFO],
    ['a locality', { locality: '13202-01' }, PASS],
    ['a locality that nobody knows', { locality: undefined }, ask('manager')],
    ['a locality that does not exist', { locality: '99999-99' }, ask('manager')],
    ['an unknown part in the payment model', { practitioner: { kind: 'np', npi: '1234567893' } }, ask('manager')],
    ['no place', { placeOfService: undefined }, PASS],
    ['no place and no locality', { placeOfService: undefined, locality: undefined }, ask('manager')],
    ['nobody bills', { practitioner: null }, PASS],
    [
      'no time yet, in a locality that does not exist',
      { time: [], locality: '99999-99' },
      ['unknown', 'find_out manager', '-'],
    ],
  ],
  'money.cost_sharing': [
    ['all is known', {}, PASS],
    ['a QMB', { qmb: true }, PASS],
    ['the deductible is not known', { deductible: undefined }, late('unknown', 'check_coverage front_desk')],
    ['whether she is a QMB is not known', { qmb: undefined }, late('unknown', 'check_coverage front_desk')],
    ['the second insurer is not known', { secondary: undefined }, late('unknown', 'check_coverage front_desk')],
    ['the whole deductible is left', { deductible: { remainingCents: 28_300 } }, PASS],
    ['more than the whole is left', { deductible: { remainingCents: 28_301 } }, INFO],
    ['none is asked', { deductible: null }, PASS],
  ],
  'ccm.claim.timely_filing': [['there is a year', {}, PASS]],
  'ccm.time.visit_day': [
    ['no visit', {}, PASS],
    [
      'a visit on the day of staff time',
      { otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }] },
      INFO,
    ],
    ['a visit on another day', { otherServices: [{ code: '99214', on: '2026-10-07', practitioner: 'same' }] }, PASS],
    ['another practice’s visit', { otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'other' }] }, PASS],
    ['a visit whose practitioner nobody knows', { otherServices: [{ code: '99214', on: '2026-10-06' }] }, INFO],
    [
      'the practitioner’s own time',
      { time: [okafor(1800)], otherServices: [{ code: '99214', on: '2026-10-08', practitioner: 'same' }] },
      PASS,
    ],
    ['no log', { time: null, otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }] }, PASS],
    [
      'time of another program',
      {
        time: [rosa(1200, { start: '2026-10-12T14:00:00Z' }), { ...rosa(600), program: 'rpm' }],
        otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }],
      },
      PASS,
    ],
    [
      'time that ends at the midnight before it',
      {
        time: [rosa(1200, { start: '2026-10-06T03:40:00Z' })],
        otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }],
      },
      PASS,
    ],
    [
      'time that begins at the midnight after it',
      {
        time: [rosa(1200, { start: '2026-10-07T04:00:00Z' })],
        otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }],
      },
      PASS,
    ],
    [
      'time over the midnight before it',
      {
        time: [rosa(1200, { start: '2026-10-06T03:41:00Z' })],
        otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }],
      },
      INFO,
    ],
    [
      'time over the midnight after it',
      {
        time: [rosa(1200, { start: '2026-10-07T03:59:59Z' })],
        otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }],
      },
      INFO,
    ],
  ],
}

describe('each rule, with the step that clears it while the month runs and once it is over', () => {
  for (const [rule, rows] of Object.entries(rules)) {
    for (const [what, change, expected] of rows) {
      test(`${rule}: ${what}`, () => expect(told(rule, change)).toEqual(expected))
    }
  }
})

describe('the proof', () => {
  test('carries of each rule the facts on which it rests', () => {
    const service = { code: '99214', on: '2026-10-06', practitioner: 'same' } as const
    const facts: Facts = {
      ...diaz({}, OVER),
      hospiceCare: 'unrelated',
      choice: { family: 'non_complex', by: 'June', reason: 'Asked.' },
      otherProgram: null,
      primaryPayment: { decidedOn: '2026-11-01', paidCents: 1 },
      otherServices: [service],
    }
    const { coverage, practitioner, carePlan, otherServices } = facts
    const dateOfService = '2026-10-31'
    const chosen = { family: 'non_complex', minutes: 20, addOns: 0, dateOfService }
    const { findings } = assess(facts)
    expect(Object.fromEntries(findings.map((one) => [one.rule, one.facts]))).toEqual({
      'ccm.program.choice': { otherProgram: null },
      'ccm.patient.alive': { diedOn: null },
      'ccm.coverage.part_b': { coverage, dateOfService },
      'ccm.coverage.medicare_advantage': { coverage, dateOfService },
      'ccm.coverage.other_primary': { coverage, primaryPayment: facts.primaryPayment, dateOfService, chosen },
      'ccm.coverage.hospice': { coverage, hospiceCare: 'unrelated', dateOfService },
      'ccm.practitioner': { practitioner },
      'ccm.practitioner.npi': { npi: '1234567893' },
      'ccm.conditions': { conditions: facts.conditions },
      'ccm.claim.diagnoses': { diagnoses: ['E11.9', 'I10'] },
      'ccm.initiating_visit': { initiatingVisit: facts.initiatingVisit, newOrNotSeenWithinYear: false },
      'ccm.consent.form': { consent: facts.consent, consentMode: 'written' },
      'ccm.consent.told': { told: facts.consent?.told },
      'ccm.consent.in_force': { givenOn: '2023-03-02', withdrawnOn: null },
      'ccm.care_plan.approved': { carePlan },
      'ccm.care_plan.copy': { carePlan, asOf: OVER },
      'ccm.access': { access24x7: true },
      'ccm.continuity': { designatedCareManager: true },
      'ccm.place_of_service': { placeOfService: '11' },
      'ccm.claim.timely_filing': { asOf: OVER, dateOfService },
      'ccm.planning_add_on': { initiatingVisit: facts.initiatingVisit, otherServices },
      'ccm.stays': { stays: [] },
      'ccm.other_services': { otherServices },
      'ccm.time.known': { unknowns: [] },
      'ccm.time.visit_day': { visitDays: ['2026-10-06'], visitDayMinutes: 'count' },
      'ccm.time.enough': { staffSeconds: 1200, practitionerSeconds: 0, countedSeconds: 1200, pooledMinutes: 20 },
      'ccm.complex.decision_making': { decisionMaking: null },
      'ccm.family.choice': { choice: facts.choice, family: 'non_complex' },
      'ccm.same_month': { service, row: 'visits', tag: 'S' },
      'money.price': {
        locality: null,
        placeOfService: '11',
        qualifyingApm: false,
        question: {
          dateOfService,
          locality: null,
          placeOfService: '11',
          qualifyingApm: false,
          practitionerKind: 'physician',
        },
      },
      'money.cost_sharing': { deductible: facts.deductible, qmb: false, secondary: null },
    })
  })

  test('of a month of which nothing is known is there all the same', () => {
    const bare = assess({ month: '2026-10', timeZone: 'America/New_York' })
    expect(bare.outcome).toBe('held')
    expect(bare.findings.find((one) => one.rule === 'ccm.consent.form')?.facts).toEqual({ consentMode: 'written' })
  })
})

describe('what the sentences say where it makes a difference', () => {
  const said = (rule: string, change: Partial<Facts>, asOf?: string): string =>
    findingOf(diaz(change, asOf), rule)?.sentence ?? ''

  test('what the patient was not told is named', () => {
    expect(said('ccm.consent.told', consent({ told: ['availability_and_cost'] }))).toContain(
      'that only one practitioner may bill it in a month, and that the patient may stop at any time',
    )
  })

  test('a plan that is not approved is not said to be approved later', () => {
    const plan = (approvedOn: string | null): string =>
      said('ccm.care_plan.approved', { carePlan: { approvedOn, copyGivenOn: null } })
    expect([plan(null), plan('2026-11-01')]).toEqual([
      'The care plan is not approved.',
      'The care plan was approved on 2026-11-01, after this month.',
    ])
  })

  test('the planning add-on is told by what the visit and the bills of the month show', () => {
    const planned = { ...visit, on: '2026-10-02', extensivePlanning: true }
    const billed = (on: string, change = {}) => ({ code: 'G0506', on, practitioner: 'same' as const, ...change })
    const add = (
      initiatingVisit: Facts['initiatingVisit'],
      ...otherServices: Array<ReturnType<typeof billed>>
    ): string => said('ccm.planning_add_on', { initiatingVisit, otherServices })
    expect(add(planned)).toContain('may be added to that visit')
    for (const none of [
      add(null),
      add({ ...planned, extensivePlanning: false }),
      add({ ...planned, on: '2026-09-30' }),
      add({ ...planned, code: '99211' }),
      add(visit, billed('2026-09-30')),
      add(visit, billed('2026-10-02', { practitioner: 'other' })),
      add(visit, billed('2026-10-02', { code: '99214' })),
      said('ccm.planning_add_on', { initiatingVisit: visit, otherServices: undefined }),
    ]) {
      expect(none).toContain('No planning add-on')
    }
    expect(said('ccm.planning_add_on', { initiatingVisit: planned, otherServices: undefined })).toContain(
      'may be added',
    )
    expect(add(planned, billed('2026-10-02'))).toContain('stands beside the visit')
    for (const alone of [
      add(planned, billed('2026-10-03')),
      add(null, billed('2026-10-02')),
      add({ ...planned, code: '99211' }, billed('2026-10-02')),
    ]) {
      expect(alone).toContain('needs the visit that starts care')
    }
    expect(add(planned, billed('2026-10-02'), billed('2026-10-02'))).toContain('billed 2 times')
  })

  test('that no time is left is told while the month runs, to the second', () => {
    const rpm = (minutes: number): Partial<Facts> => ({
      time: [{ ...rosa(minutes * 60, { start: '2026-10-31T04:00:00Z' }), program: 'rpm' }],
    })
    const steps = (minutes: number): string[] => assess(diaz(rpm(minutes), '2026-10-31')).fixes.map((fix) => fix.step)
    expect([steps(1420), steps(1421), steps(1430)]).toEqual([['add_care_time'], [], []])
    expect(said('ccm.time.enough', rpm(1430), '2026-10-31')).toContain('No time is left')
    expect(said('ccm.time.enough', { time: [] }, OVER)).not.toContain('No time is left')
    const stays = [{ kind: 'inpatient' as const, from: '2026-10-01', to: null }]
    const whole = findingOf({ ...diaz({ time: [], stays }), asOf: undefined }, 'ccm.time.enough')
    expect(whole?.sentence).toContain('No time is left')
  })

  test('the amount of a year that is not published waits for its load, and local factors begin with 2026', () => {
    const waits = assess(diazIn('2027-01')).fixes.find((fix) => fix.id.startsWith('money.price'))
    expect(waits).toMatchObject({ step: 'load_year', role: 'manager' })
    const first = { patient: { diedOn: '2026-01-01', newOrNotSeenWithinYear: false }, locality: undefined }
    const status = (month: string, change: Partial<Facts>) =>
      findingOf(diazIn(month, { time: [rosa(1200, { start: '2026-01-01T14:00:00Z' })], ...change }), 'money.price')
        ?.status
    expect([status('2026-01', first), status('2025-12', { locality: undefined })]).toEqual(['unknown', 'info'])
    const unsaid = findingOf(diaz({ practitioner: { qualifyingApm: false } }), 'money.price')
    expect(unsaid?.facts.question).toMatchObject({ practitionerKind: 'physician' })
    expect(said('money.cost_sharing', {})).toBe('What the patient owes is known.')
  })

  test('minutes are spoken with their seconds', () => {
    const of = (seconds: number): string => said('ccm.time.enough', { time: [rosa(seconds)] }).split(' count')[0] ?? ''
    expect([of(0), of(59), of(60), of(61), of(1200), of(1201)]).toEqual([
      'No minute',
      '59 s',
      '1 min',
      '1 min 1 s',
      '20 min',
      '20 min 1 s',
    ])
  })

  test('the claim may be filed to the same day of the next year', () => {
    const filed = (asOf: string): readonly [string | undefined, string] => [
      findingOf(diaz({}, asOf), 'ccm.claim.timely_filing')?.status,
      said('ccm.claim.timely_filing', {}, asOf),
    ]
    expect(filed('2027-10-31')).toEqual(['pass', 'The claim may be filed until 2027-10-31.'])
    expect(filed('2027-11-01')[0]).toBe('block')
    // The day of service is asked anew for each claim.
    const earlier = { patient: { diedOn: '2026-10-15', newOrNotSeenWithinYear: false } }
    expect(said('ccm.claim.timely_filing', earlier, OVER)).toContain('until 2027-10-15')
    expect(filed('2027-10-31')[0]).toBe('pass')
  })

  test('an NPI that is none is not said to fail its check', () => {
    expect(said('ccm.practitioner.npi', { practitioner: { ...mrsDiaz.practitioner, npi: null } })).toContain('no NPI')
    expect(said('ccm.practitioner.npi', { practitioner: { ...mrsDiaz.practitioner, npi: '12' } })).toContain(
      '12 is not',
    )
  })

  test('one condition is not said to be none', () => {
    expect(said('ccm.conditions', { conditions: [] })).toContain('No lasting condition')
    expect(said('ccm.conditions', { conditions: [lasting('I10')] })).toContain('Only one')
  })

  test('another program is named within the sentence', () => {
    const chosen = (program: 'pcm' | 'apcm'): string =>
      said('ccm.program.choice', { otherProgram: { program, by: 'June', reason: 'Asked.' } })
    expect(chosen('pcm')).toContain('June chose principal care')
    expect(chosen('apcm')).toContain('June chose advanced primary care')
  })

  test('consent in writing is told as such', () => {
    expect(said('ccm.consent.form', {})).toContain('Written')
    expect(
      said('ccm.consent.form', { ...consent({ form: 'verbal' }), policy: { consentMode: 'cms_minimum' } }),
    ).toContain('Verbal')
  })

  test('what is missing for the money is named, and nothing else', () => {
    expect(said('money.price', { locality: undefined })).toBe('The allowed amount needs the fee-schedule locality.')
    expect(said('money.price', { practitioner: { kind: 'np', npi: '1234567893' } })).toBe(
      'The allowed amount needs whether the practitioner is a qualifying APM participant.',
    )
    expect(said('money.cost_sharing', { deductible: undefined })).toBe(
      'What the patient owes is not known: the deductible that is left.',
    )
    expect(said('money.cost_sharing', { qmb: undefined })).toContain('known: whether the patient is a QMB.')
    expect(said('money.cost_sharing', { secondary: undefined })).toContain('known: whether a second insurer pays.')
    expect(said('money.cost_sharing', { qmb: true })).toContain('owes nothing')
  })

  test('a colleague’s service is told otherwise than what the clinic accepts of another practice', () => {
    expect(said('ccm.same_month', beside('90960', 'same_group'))).toContain('may treat the group as one')
    expect(said('ccm.same_month', { ...beside('G0557', 'other'), policy: { apcmElsewhere: 'allow' } })).toContain(
      'the clinic accepts it',
    )
    expect(said('ccm.same_month', beside('90960', 'same'))).toContain('(90960) on 2026-10-05 by the same practitioner')
  })

  test('minutes on the day of a visit are told as the clinic chose', () => {
    const visits: Partial<Facts> = { otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }] }
    expect(said('ccm.time.visit_day', visits)).toContain('on 2026-10-06, the day of a visit: they count only')
    expect(said('ccm.time.visit_day', { ...visits, policy: { visitDayMinutes: 'leave_out' } })).toContain(
      'are left out',
    )
  })
})
