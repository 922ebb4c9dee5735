import { after, choose, measure, type Script, words, yesNo } from '../script.ts'

const version = '2026.1'
const emergency = (said: string) => ({ words: said, urgency: 'emergency' as const })
const sameDay = (said: string) => ({ words: said, urgency: 'same_day' as const })

function symptoms(
  id: string,
  title: string,
  groups: string[],
  questions: Script['sections'][number]['questions'],
): Script {
  return { id, version, title, groups, sections: [{ id: 'symptom', title, questions }] }
}

/** What is asked month by month of people who live with a condition; our own words, for the phone. */
export const conditionScripts: readonly Script[] = [
  symptoms(
    'heart-failure',
    'Heart failure',
    ['heart_failure'],
    [
      choose('hf.breath', 'How is your breathing compared with last month?', [
        { value: 'same', label: 'As usual', note: 'Breathing as usual.' },
        {
          value: 'effort',
          label: 'Shorter with effort',
          note: 'Shorter of breath with effort.',
          flag: sameDay('More short of breath with effort (heart failure).'),
        },
        {
          value: 'rest',
          label: 'Short at rest',
          note: 'Short of breath at rest.',
          flag: emergency('Short of breath at rest (heart failure).'),
        },
      ]),
      yesNo('hf.weighs', 'Do you weigh yourself every morning?', {
        yes: 'Weighs daily.',
        no: 'Does not weigh daily.',
      }),
      yesNo('hf.gain', 'Have you gained 3 pounds in a day or 5 pounds in a week?', {
        yes: 'Gained 3 lb in a day or 5 lb in a week.',
        no: 'No quick weight gain.',
        flagYes: sameDay('Quick weight gain (heart failure).'),
      }),
      measure('hf.weight', 'What was your weight this morning?', 'Weight {} lb.', {
        unit: 'lb',
        min: 50,
        max: 700,
      }),
      yesNo('hf.swelling', 'Are your feet, legs or belly more swollen?', {
        yes: 'More swelling of feet, legs or belly.',
        no: 'No new swelling.',
      }),
      choose('hf.pillows', 'How do you sleep?', [
        { value: 'flat', label: 'As usual', note: 'Sleeps as usual.' },
        {
          value: 'more',
          label: 'More pillows than before',
          note: 'Needs more pillows than before.',
          flag: sameDay('Needs more pillows to sleep (heart failure).'),
        },
        {
          value: 'chair',
          label: 'In a chair',
          note: 'Sleeps in a chair to breathe.',
          flag: sameDay('Sleeps upright to breathe (heart failure).'),
        },
      ]),
      yesNo('hf.salt', 'Are you managing to keep salt low?', {
        yes: 'Keeps salt low.',
        no: 'Salt is not low.',
      }),
    ],
  ),
  symptoms(
    'diabetes',
    'Diabetes',
    ['diabetes'],
    [
      measure('dm.fasting', 'What was your sugar this morning before eating?', 'Fasting sugar {} mg/dL.', {
        unit: 'mg/dL',
        min: 10,
        max: 900,
        flagFrom: { value: 400, flag: sameDay('Sugar of 400 or more.') },
        flagTo: { value: 53, flag: emergency('Sugar below 54 now.') },
      }),
      yesNo('dm.low', 'Any sugar below 70, or shaking, sweating or feeling faint?', {
        yes: 'Had low sugar or its signs.',
        no: 'No low sugar.',
      }),
      yesNo(
        'dm.low_help',
        'Did you need somebody else’s help with it?',
        {
          yes: 'Needed help from another person for low sugar.',
          no: 'Managed the low sugar alone.',
          flagYes: sameDay('Low sugar that needed another person’s help.'),
        },
        after('dm.low', 'yes'),
      ),
      yesNo('dm.high', 'Any sugar above 300, or very thirsty with vomiting?', {
        yes: 'Had sugar above 300 or signs of it.',
        no: 'No very high sugar.',
        flagYes: sameDay('Sugar above 300, or thirst with vomiting.'),
      }),
      yesNo('dm.feet', 'Any sore, blister or colour change on your feet?', {
        yes: 'Has a sore or colour change on a foot.',
        no: 'Feet without sores.',
        flagYes: sameDay('Sore or colour change on a foot (diabetes).'),
      }),
      yesNo('dm.eyes', 'Have you had your eyes looked at within a year?', {
        yes: 'Eye exam within a year.',
        no: 'Eye exam is due.',
        unsure: 'Not sure about the last eye exam.',
      }),
    ],
  ),
  symptoms(
    'hypertension',
    'Blood pressure',
    ['hypertension'],
    [
      yesNo('bp.measures', 'Do you measure your blood pressure at home?', {
        yes: 'Measures blood pressure at home.',
        no: 'Does not measure blood pressure at home.',
      }),
      measure('bp.systolic', 'What was the last upper number?', 'Last systolic pressure {} mmHg.', {
        unit: 'mmHg',
        min: 50,
        max: 300,
        ...after('bp.measures', 'yes'),
        flagFrom: { value: 180, flag: sameDay('Systolic pressure of 180 or more.') },
        flagTo: { value: 89, flag: sameDay('Systolic pressure below 90.') },
      }),
      measure('bp.diastolic', 'And the lower number?', 'Last diastolic pressure {} mmHg.', {
        unit: 'mmHg',
        min: 20,
        max: 200,
        ...after('bp.measures', 'yes'),
        flagFrom: { value: 120, flag: sameDay('Diastolic pressure of 120 or more.') },
      }),
      yesNo('bp.warning', 'Any severe headache, blurred sight or numbness?', {
        yes: 'Severe headache, blurred sight or numbness.',
        no: 'No warning signs of very high pressure.',
        flagYes: emergency('Severe headache, blurred sight or numbness (blood pressure).'),
      }),
      yesNo('bp.dizzy', 'Do you get dizzy when you stand up?', {
        yes: 'Dizzy on standing.',
        no: 'Not dizzy on standing.',
      }),
    ],
  ),
  symptoms(
    'copd',
    'COPD',
    ['copd'],
    [
      choose('copd.breath', 'How is your breathing compared with your usual?', [
        { value: 'usual', label: 'As usual', note: 'Breathing as usual.' },
        {
          value: 'worse',
          label: 'Worse for some days',
          note: 'Breathing worse for some days.',
          flag: sameDay('Breathing worse for days (COPD).'),
        },
        {
          value: 'rest',
          label: 'Cannot finish a sentence',
          note: 'Too short of breath to finish a sentence.',
          flag: emergency('Too short of breath to finish a sentence (COPD).'),
        },
      ]),
      choose('copd.phlegm', 'Has your phlegm changed?', [
        { value: 'same', label: 'As usual', note: 'Phlegm as usual.' },
        { value: 'more', label: 'More', note: 'More phlegm.' },
        {
          value: 'colour',
          label: 'Another colour',
          note: 'Phlegm changed colour.',
          flag: sameDay('Phlegm changed colour (COPD).'),
        },
      ]),
      measure('copd.rescue', 'How many times a week do you need the quick inhaler?', 'Quick inhaler {} times a week.', {
        min: 0,
        max: 200,
      }),
      yesNo('copd.technique', 'Can you tell me how you use your inhaler, step by step?', {
        yes: 'Inhaler steps were right.',
        no: 'Inhaler steps need another look.',
      }),
      choose('copd.smoke', 'Do you smoke, or does anybody at home?', [
        { value: 'no', label: 'No', note: 'No smoke at home.' },
        { value: 'home', label: 'Others at home', note: 'Others smoke at home.' },
        { value: 'self', label: 'Smokes', note: 'Smokes; offered help to quit.' },
      ]),
    ],
  ),
  symptoms(
    'kidney-disease',
    'Kidney disease',
    ['chronic_kidney_disease'],
    [
      yesNo('ckd.urine', 'Are you passing much less water than usual?', {
        yes: 'Passes much less urine than usual.',
        no: 'Urine as usual.',
        flagYes: sameDay('Much less urine (kidney disease).'),
      }),
      yesNo('ckd.swelling', 'Any new swelling of the face, hands or feet?', {
        yes: 'New swelling of face, hands or feet.',
        no: 'No new swelling.',
      }),
      yesNo('ckd.nsaid', 'Have you taken ibuprofen, naproxen or the like?', {
        yes: 'Took an anti-inflammatory pain killer; told why not to.',
        no: 'No anti-inflammatory pain killers.',
      }),
      yesNo('ckd.ill', 'Any vomiting or diarrhoea for more than a day?', {
        yes: 'Vomiting or diarrhoea for more than a day.',
        no: 'No vomiting or diarrhoea.',
        flagYes: sameDay('Losing fluid for more than a day (kidney disease).'),
      }),
      yesNo('ckd.labs', 'Have you had your kidney blood and urine tests this year?', {
        yes: 'Kidney tests done this year.',
        no: 'Kidney tests are due.',
        unsure: 'Not sure about kidney tests.',
      }),
    ],
  ),
  symptoms(
    'depression',
    'Mood',
    ['depression_bipolar', 'depression'],
    [
      ...(['interest', 'mood'] as const).map((part) =>
        choose(
          `dep.${part}`,
          part === 'interest'
            ? 'In the last two weeks, how often did you have little joy or interest in things?'
            : 'And how often did you feel low or without hope?',
          [
            {
              value: '0',
              label: 'Not at all',
              note: part === 'interest' ? 'Interest in things: no trouble.' : 'Low mood: not at all.',
            },
            {
              value: '1',
              label: 'Some days',
              note: part === 'interest' ? 'Little interest on some days.' : 'Low mood on some days.',
            },
            {
              value: '2',
              label: 'More than half',
              note:
                part === 'interest'
                  ? 'Little interest on more than half the days.'
                  : 'Low mood on more than half the days.',
            },
            {
              value: '3',
              label: 'Nearly every day',
              note: part === 'interest' ? 'Little interest nearly every day.' : 'Low mood nearly every day.',
              flag: sameDay(part === 'interest' ? 'Little interest nearly every day.' : 'Low mood nearly every day.'),
            },
          ],
        ),
      ),
      yesNo(
        'dep.harm',
        'Have you had thoughts that you would be better off dead, or of hurting yourself?',
        {
          yes: 'Has thoughts of death or of self-harm.',
          no: 'No thoughts of death or self-harm.',
          unsure: 'Was not sure about thoughts of self-harm.',
          flagYes: emergency('Thoughts of death or self-harm. Stay on the line; 988 is the crisis line.'),
        },
        { help: 'Ask it calmly and wait. Stay on the line if the answer is yes.' },
      ),
      yesNo('dep.sleep', 'Are you sleeping well enough?', {
        yes: 'Sleeps well enough.',
        no: 'Does not sleep well.',
      }),
    ],
  ),
]

/** For conditions without a script of their own. */
export function otherConditions(labels: readonly string[]): Script {
  return symptoms(
    'other-conditions',
    'Other conditions',
    [],
    [
      choose('other.change', `How about ${labels.join(', ')}: any change?`, [
        { value: 'no', label: 'No change', note: `No change in ${labels.join(', ')}.` },
        { value: 'better', label: 'Better', note: `Better: ${labels.join(', ')}.` },
        { value: 'worse', label: 'Worse', note: `Worse: ${labels.join(', ')}.` },
      ]),
      words('other.what', 'What has changed?', 'Change: {}.', after('other.change', 'worse', 'better')),
    ],
  )
}
