import { describe, expect, test } from 'vitest'
import {
  activityOf,
  attemptNote,
  type CallState,
  composeNote,
  composeScript,
  decideAnswer,
  decideAttempt,
  decideSignature,
  medicationDiscrepancies,
  proposedNextContact,
  similarityOf,
  workWords,
} from './calls.ts'
import { flagsOf, isAsked, questionnaireOf } from './script.ts'
import { monthlyCall } from './scripts/base.ts'
import { conditionScripts } from './scripts/conditions.ts'

const facts = {
  groups: [
    { group: 'heart_failure', label: 'Heart failure' },
    { group: 'diabetes', label: 'Diabetes' },
    { group: 'osteoporosis', label: 'Osteoporosis' },
  ],
  medications: [
    { id: 'm1', name: 'Metformin' },
    { id: 'm2', name: 'Atorvastatin' },
  ],
  goals: [{ id: 'g1', title: 'A1c below 8', target: '8', unit: '%' }],
}
const script = composeScript(facts)
const given = (answers: Record<string, string>) =>
  Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { value, detail: null }]))

describe('the script of a call', () => {
  test('has seven sections, asks of each drug and goal, and of the conditions this patient has', () => {
    expect(script.sections.map((section) => section.id)).toEqual([
      'hello',
      'since',
      'med',
      'symptom',
      'goal',
      'education',
      'next',
    ])
    expect(script.parts).toEqual(['heart-failure@2026.1', 'diabetes@2026.1', 'other-conditions@2026.1'])
    const ids = script.sections.flatMap((section) => section.questions.map((one) => one.id))
    expect(ids).toEqual(
      expect.arrayContaining([
        'med.m1.taking',
        'med.m2.why',
        'hf.breath',
        'dm.low',
        'goal.g1.confidence',
        'other.change',
      ]),
    )
    expect(ids).not.toContain('copd.breath')
  })
  test('every question id is its own, and every branch waits for an answer that can be given', () => {
    const every = composeScript({
      ...facts,
      groups: conditionScripts.flatMap((one) => one.groups.map((group) => ({ group, label: group }))),
    }).sections.flatMap((section) => section.questions)
    expect(new Set(every.map((one) => one.id)).size).toBe(every.length)
    for (const { askWhen } of every) {
      if (askWhen === null) continue
      const options = every.find((one) => one.id === askWhen.questionId)?.options.map((option) => option.value)
      expect(options).toEqual(expect.arrayContaining(askWhen.values))
    }
  })
  test('covers heart failure, diabetes, blood pressure, COPD, kidneys and mood, each with a red flag', () => {
    expect(conditionScripts.map((one) => one.id)).toEqual([
      'heart-failure',
      'diabetes',
      'hypertension',
      'copd',
      'kidney-disease',
      'depression',
    ])
    for (const one of conditionScripts) {
      const flags = one.sections
        .flatMap((section) => section.questions)
        .filter((asked) => asked.options.some((option) => option.flag) || asked.flagFrom || asked.flagTo)
      expect(flags.length, one.id).toBeGreaterThan(0)
    }
  })
  test('a patient without goals is asked what matters', () => {
    expect(
      composeScript({ ...facts, goals: [] })
        .sections.find((section) => section.id === 'goal')
        ?.questions.map((one) => one.id),
    ).toEqual(['goal.matters'])
  })
  test('is a FHIR Questionnaire, with its version and its branches', () => {
    const [heartFailure] = conditionScripts
    expect(questionnaireOf(monthlyCall)).toMatchObject({
      resourceType: 'Questionnaire',
      version: '2026.1',
      status: 'active',
      item: expect.arrayContaining([expect.objectContaining({ linkId: 'since', type: 'group' })]),
    })
    expect(heartFailure === undefined ? null : questionnaireOf(heartFailure)).toMatchObject({
      item: [{ item: expect.arrayContaining([expect.objectContaining({ linkId: 'hf.weight', type: 'decimal' })]) }],
    })
    const branch = JSON.stringify(questionnaireOf(monthlyCall))
    expect(branch).toContain('"enableWhen":[{"question":"since.falls","operator":"=","answerCoding":{"code":"yes"}}]')
  })
})

describe('answers', () => {
  test.each([
    ['a choice that is not offered', 'since.feeling', 'wonderful', 'invalid_input'],
    ['a word for a number', 'hf.weight', 'heavy', 'invalid_input'],
    ['a weight of five pounds', 'hf.weight', '5', 'invalid_input'],
    ['an empty text', 'next.agreed', '  ', 'invalid_input'],
    ["another call's question", 'copd.breath', 'usual', 'not_found'],
  ])('%s is refused', (_what, id, value, code) => {
    expect(decideAnswer(script, id, { value, detail: null })).toMatchObject({ ok: false, problem: { code } })
  })
  test('a branch is asked only after the answer that opens it', () => {
    const why = script.sections.flatMap((section) => section.questions).find((one) => one.id === 'med.m2.why')
    if (why === undefined) throw new Error('it is in the script')
    expect(isAsked(why, {})).toBe(false)
    expect(isAsked(why, given({ 'med.m2.taking': 'no' }))).toBe(true)
  })
})

describe('red flags', () => {
  test('chest pain now is an emergency; a sugar of 400 is for today, of 53 an emergency', () => {
    expect(flagsOf(script, given({ 'since.now': 'yes' }))).toEqual([
      { questionId: 'since.now', words: 'Emergency symptoms now.', urgency: 'emergency' },
    ])
    expect(flagsOf(script, given({ 'dm.fasting': '399' }))).toEqual([])
    expect(flagsOf(script, given({ 'dm.fasting': '400' }))).toMatchObject([{ urgency: 'same_day' }])
    expect(flagsOf(script, given({ 'dm.fasting': '53' }))).toMatchObject([{ urgency: 'emergency' }])
  })
  test('an answer behind a closed branch raises none', () => {
    expect(flagsOf(script, given({ 'since.falls': 'no', 'since.fall_head': 'yes' }))).toEqual([])
    expect(flagsOf(script, given({ 'since.falls': 'yes', 'since.fall_head': 'yes' }))).toHaveLength(1)
  })
  const state: CallState = {
    staffId: 'rosa',
    staffName: 'Rosa Marin',
    signedAt: null,
    signedByName: null,
    script,
    answers: given({ 'since.now': 'yes' }),
    acknowledged: [],
  }
  test('stand before the signature until somebody acted', () => {
    expect(decideSignature(state, 'rosa', 'A note.')).toMatchObject({
      ok: false,
      problem: { code: 'red_flag_open', faults: [{ path: 'answers.since.now' }] },
    })
    expect(decideSignature({ ...state, acknowledged: ['since.now'] }, 'rosa', 'A note.')).toMatchObject({
      ok: true,
    })
    expect(decideSignature({ ...state, acknowledged: ['since.now'] }, 'rosa', ' ')).toMatchObject({
      ok: false,
      problem: { code: 'invalid_input' },
    })
    expect(
      decideSignature({ ...state, signedAt: new Date(), signedByName: 'Rosa Marin' }, 'rosa', 'A note.'),
    ).toMatchObject({ ok: false, problem: { code: 'call_signed' } })
    expect(decideSignature(state, 'tomas', 'A note.')).toMatchObject({
      ok: false,
      problem: { code: 'forbidden' },
    })
  })
})

describe('the note', () => {
  test('is built from the answers, section by section, in the order of the script', () => {
    const answers = {
      ...given({
        'hello.who': 'patient',
        'med.m1.taking': 'yes',
        'med.m1.trouble': 'none',
        'med.m2.taking': 'no',
        'med.m2.why': 'cost',
        'goal.g1.value': '8.6',
        'goal.g1.confidence': '6',
        'next.agreed': 'ring in a week.',
      }),
      'since.feeling': { value: 'same', detail: 'a little tired' },
    }
    expect(composeNote(script, answers)).toBe(
      [
        'Hello and identity: Spoke with the patient.',
        'Since the last call: Feels about the same as last month. a little tired.',
        'Medications: Takes Metformin as prescribed. Does not take Atorvastatin. Left Atorvastatin because of its cost.',
        'Goals: Goal “A1c below 8”: now 8.6. Confidence for “A1c below 8”: 6 of 10.',
        'What comes next: Agreed: ring in a week.',
      ].join('\n'),
    )
  })
  test('what is behind a closed branch, unanswered or taken back says nothing', () => {
    expect(
      composeNote(script, {
        ...given({ 'med.m2.taking': 'yes', 'med.m2.why': 'cost' }),
        'since.feeling': { value: null, detail: null },
      }),
    ).toBe('Medications: Takes Atorvastatin as prescribed.')
  })
  test('dollar signs and the like in an answer stay as they were said', () => {
    expect(composeNote(script, given({ 'next.agreed': 'pays $& at $1' }))).toBe(
      'What comes next: Agreed: pays $& at $1.',
    )
  })
  test('copied notes are alike, own words are not, and short ones never are', () => {
    const note =
      'Feels about the same as last month. Takes metformin as prescribed. Weighs daily and keeps salt low. No falls and no hospital visit.'
    expect(similarityOf(note, note)).toBe(1)
    expect(
      similarityOf(
        note,
        'Had a fall in the garden, went to the emergency room on Sunday, and is now afraid to go out alone; her daughter comes each day.',
      ),
    ).toBeLessThan(0.1)
    expect(similarityOf('No change.', 'No change.')).toBe(0)
  })
  test('drugs on which call and list disagree are named', () => {
    const answers = given({
      'med.m1.taking': 'yes',
      'med.m1.trouble': 'side_effects',
      'med.m2.taking': 'unsure',
      'med.new': 'yes',
      'med.new_what': 'ginkgo from the store',
    })
    expect(medicationDiscrepancies(script, answers)).toEqual([
      'Side effects from Metformin.',
      'Not sure about Atorvastatin.',
      'New: ginkgo from the store.',
    ])
  })
})

describe('ending a call', () => {
  const now = new Date('2026-11-03T14:12:00Z')
  test('a call-back needs a time that lies ahead', () => {
    expect(decideAttempt({ outcome: 'call_back' }, now)).toMatchObject({
      ok: false,
      problem: { code: 'invalid_input' },
    })
    expect(decideAttempt({ outcome: 'call_back', callBackAt: '2026-11-03T14:00:00Z' }, now)).toMatchObject({
      ok: false,
    })
    expect(decideAttempt({ outcome: 'call_back', callBackAt: '2026-11-03T15:20:00Z' }, now)).toMatchObject({
      ok: true,
    })
    expect(decideAttempt({ outcome: 'voicemail' }, now)).toMatchObject({
      ok: true,
      value: { callBackAt: null },
    })
  })
  test('leaving a message, ringing in vain and agreeing on a time are no care', () => {
    expect([
      activityOf('voicemail', false, null),
      activityOf('no_answer', false, null),
      activityOf('wrong_number', false, null),
      activityOf('call_back', false, null),
    ]).toEqual(['voicemail_only', 'clerical', 'clerical', 'scheduling'])
    expect([
      activityOf('call_back', true, null),
      activityOf('completed', true, 'caregiver'),
      activityOf('completed', false, 'patient'),
    ]).toEqual(['patient_call', 'caregiver_call', 'patient_call'])
  })
  test('an attempt writes its own note and keeps what was said', () => {
    expect(attemptNote({ outcome: 'voicemail', remark: 'Second try.' }, null, '')).toBe(
      'Not reached; left the approved voicemail message. Second try.',
    )
    expect(attemptNote({ outcome: 'call_back' }, 'on 2026-11-03 at 10:20', 'Since: fine.')).toBe(
      'Reached briefly; a call-back was agreed. Call back on 2026-11-03 at 10:20.\nSince: fine.',
    )
  })
  test('the time entry says what was talked about', () => {
    expect(workWords('completed', script, given({ 'med.m1.taking': 'yes', 'hf.weighs': 'yes' }))).toBe(
      'Monthly call: medications, symptoms.',
    )
    expect(workWords('voicemail', script, {})).toContain('voicemail')
  })
  test('the next contact is proposed four weeks on and never in the same month', () => {
    expect([
      proposedNextContact('2026-11-03'),
      proposedNextContact('2026-11-20'),
      proposedNextContact('2027-01-31'),
      proposedNextContact('2027-02-01'),
    ]).toEqual(['2026-12-01', '2026-12-18', '2027-02-28', '2027-03-01'])
  })
})
