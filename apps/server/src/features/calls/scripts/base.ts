import { after, choose, measure, type Question, type Script, type Section, words, yesNo } from '../script.ts'

const version = '2026.1'
const emergency = (said: string) => ({ words: said, urgency: 'emergency' as const })
const sameDay = (said: string) => ({ words: said, urgency: 'same_day' as const })

export const hello: Section = {
  id: 'hello',
  title: 'Hello and identity',
  questions: [
    yesNo(
      'hello.identity',
      'May I have your full name and your date of birth, so that I know I speak with the right person?',
      { yes: 'Identity confirmed by name and date of birth.', no: 'Identity could not be confirmed.' },
      {
        help: 'Both must match the strip above before anything about health is said.',
      },
    ),
    choose('hello.who', 'With whom am I speaking?', [
      { value: 'patient', label: 'The patient', note: 'Spoke with the patient.' },
      { value: 'caregiver', label: 'The caregiver', note: 'Spoke with the caregiver.' },
      { value: 'both', label: 'Both', note: 'Spoke with the patient and the caregiver.' },
    ]),
    yesNo(
      'hello.good_time',
      'Is this a good time to talk for a while, somewhere you can speak freely?',
      { no: 'The time or the place was not good for a long talk.' },
      { help: 'No: offer a time and use “Call back later”.' },
    ),
  ],
}

export const sinceLastCall: Section = {
  id: 'since',
  title: 'Since the last call',
  questions: [
    yesNo('since.now', 'Right now: any chest pain, trouble breathing, sudden weakness on one side, or new confusion?', {
      yes: 'Reported chest pain, trouble breathing, sudden weakness or confusion during the call.',
      no: 'No emergency symptoms now.',
      flagYes: emergency('Emergency symptoms now.'),
    }),
    choose('since.feeling', 'How have you been since we last talked?', [
      { value: 'better', label: 'Better', note: 'Feels better than last month.' },
      { value: 'same', label: 'About the same', note: 'Feels about the same as last month.' },
      { value: 'worse', label: 'Worse', note: 'Feels worse than last month.' },
    ]),
    words('since.worse', 'What has got worse?', 'Worse: {}.', after('since.feeling', 'worse')),
    yesNo('since.hospital', 'Have you been in a hospital or an emergency room?', {
      yes: 'Was in a hospital or emergency room since the last call.',
      no: 'No hospital or emergency visit.',
      unsure: 'Not sure about a hospital or emergency visit.',
    }),
    words('since.hospital_where', 'Where, when and why? Do you have the papers?', 'Hospital or emergency visit: {}.', {
      ...after('since.hospital', 'yes', 'unsure'),
      help: 'Ask for the discharge papers, and compare the medication list below.',
    }),
    yesNo('since.falls', 'Have you fallen?', { yes: 'Has fallen since the last call.', no: 'No falls.' }),
    yesNo(
      'since.fall_head',
      'Did you hit your head, or are you still hurting from it?',
      {
        yes: 'Hit the head in the fall or still hurts from it.',
        no: 'No injury from the fall.',
        flagYes: sameDay('Fall with a blow to the head or lasting pain.'),
      },
      after('since.falls', 'yes'),
    ),
    yesNo('since.others', 'Have you seen other doctors, or had tests, since then?', {
      yes: 'Saw other doctors or had tests.',
      no: 'No other visits or tests.',
    }),
    words('since.others_who', 'Whom, and what did they say?', 'Other visits: {}.', after('since.others', 'yes')),
  ],
}

/** Three questions for one drug; the later two open by the answer to the first. */
export function medicationQuestions(medication: { id: string; name: string }): Question[] {
  const { id, name } = medication
  return [
    yesNo(`med.${id}.taking`, `Are you taking ${name}, the way it says on the label?`, {
      yes: `Takes ${name} as prescribed.`,
      no: `Does not take ${name}.`,
      unsure: `Not sure about ${name}.`,
    }),
    choose(
      `med.${id}.trouble`,
      `Any trouble with ${name}?`,
      [
        { value: 'none', label: 'No trouble' },
        { value: 'side_effects', label: 'Side effects', note: `Side effects from ${name}.` },
        { value: 'cost', label: 'Cost', note: `${name} is hard to pay for.` },
        { value: 'hard_to_take', label: 'Hard to take', note: `${name} is hard to take.` },
      ],
      after(`med.${id}.taking`, 'yes'),
    ),
    choose(
      `med.${id}.why`,
      `What keeps you from ${name}?`,
      [
        { value: 'forgets', label: 'Forgets', note: `Forgets ${name}.` },
        { value: 'side_effects', label: 'Side effects', note: `Left ${name} because of side effects.` },
        { value: 'cost', label: 'Cost', note: `Left ${name} because of its cost.` },
        { value: 'no_need', label: 'Sees no need', note: `Sees no need for ${name}.` },
        { value: 'ran_out', label: 'Ran out', note: `Ran out of ${name}.` },
        { value: 'told_to_stop', label: 'Was told to stop', note: `Was told to stop ${name}.` },
        { value: 'other', label: 'Something else', note: `Does not take ${name} for another reason.` },
      ],
      after(`med.${id}.taking`, 'no', 'unsure'),
    ),
  ]
}

export const medicationEnd: Question[] = [
  yesNo('med.new', 'Anything new: from another doctor, from the store, or from family?', {
    yes: 'Takes something new.',
    no: 'No new medicines.',
  }),
  words('med.new_what', 'What is it, how much, and who suggested it?', 'New: {}.', after('med.new', 'yes')),
  yesNo('med.refills', 'Do you have enough of everything for the next two weeks?', {
    yes: 'Has enough of all medicines.',
    no: 'Needs refills.',
    unsure: 'Not sure whether refills are needed.',
  }),
]

/** Questions for one goal of the plan. */
export function goalQuestions(goal: { id: string; title: string; target: string; unit: string }): Question[] {
  const name = goal.title || goal.target
  return [
    words(
      `goal.${goal.id}.value`,
      `Your goal: ${name}${goal.target === '' || goal.target === name ? '' : ` (${goal.target}${goal.unit === '' ? '' : ` ${goal.unit}`})`}. Where are you now?`,
      `Goal “${name}”: now {}.`,
    ),
    measure(
      `goal.${goal.id}.confidence`,
      'From 0 to 10, how sure are you that you can reach it?',
      `Confidence for “${name}”: {} of 10.`,
      { min: 0, max: 10 },
    ),
    words(`goal.${goal.id}.step`, 'What is the one next step you will take?', `Next step for “${name}”: {}.`),
  ]
}

/** Where the plan has no goal yet. */
export const noGoals: Question[] = [
  words('goal.matters', 'What matters most to you, and what would you like to be able to do?', 'What matters: {}.', {
    help: 'This becomes the first goal of the plan.',
  }),
]

export const education: Section = {
  id: 'education',
  title: 'Education',
  questions: [
    choose('education.topic', 'I would like to go over one thing with you today.', [
      { value: 'medicines', label: 'Medicines', note: 'Went over how and why the medicines are taken.' },
      {
        value: 'warning_signs',
        label: 'Warning signs',
        note: 'Went over the warning signs and whom to call.',
      },
      { value: 'food', label: 'Food and drink', note: 'Went over food and drink.' },
      { value: 'moving', label: 'Moving', note: 'Went over safe ways to move more.' },
      {
        value: 'measuring',
        label: 'Measuring at home',
        note: 'Went over measuring at home and writing it down.',
      },
      {
        value: 'vaccines',
        label: 'Vaccines and screenings',
        note: 'Went over vaccines and screenings that are due.',
      },
      { value: 'none', label: 'Nothing today' },
    ]),
    yesNo(
      'education.teach_back',
      'So that I know I explained it well: can you tell me in your own words?',
      { yes: 'Said it back in own words.', no: 'Could not say it back; to be repeated.' },
      after('education.topic', 'medicines', 'warning_signs', 'food', 'moving', 'measuring', 'vaccines'),
    ),
  ],
}

export const next: Section = {
  id: 'next',
  title: 'What comes next',
  questions: [
    choose('next.needs', 'Is there anything that makes it hard to look after yourself?', [
      { value: 'none', label: 'Nothing', note: 'No unmet need named.' },
      { value: 'transport', label: 'Getting there', note: 'Needs help with transport.' },
      { value: 'food', label: 'Food', note: 'Needs help with food.' },
      { value: 'home', label: 'The home', note: 'Needs help at home.' },
      { value: 'money', label: 'Money', note: 'Has trouble with money.' },
      { value: 'alone', label: 'Being alone', note: 'Feels alone.' },
    ]),
    words('next.question', 'What would you like me to ask the doctor?', 'Question for the provider: {}.'),
    yesNo(
      'next.emergency',
      'Do you know whom to call at night, and when to call 911?',
      { yes: 'Knows whom to call day and night.', no: 'Told whom to call day and night.' },
      { help: 'Give the number that is always answered.' },
    ),
    words('next.agreed', 'To sum up: what have we agreed?', 'Agreed: {}.'),
  ],
}

/** The frame of every monthly call; medications, symptoms and goals are filled in for the patient. */
export const monthlyCall: Script = {
  id: 'monthly-call',
  version,
  title: 'Monthly call',
  groups: [],
  sections: [
    hello,
    sinceLastCall,
    { id: 'med', title: 'Medications', questions: medicationEnd },
    { id: 'goal', title: 'Goals', questions: noGoals },
    education,
    next,
  ],
}
