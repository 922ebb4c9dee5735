import {
  type CarePlanContent,
  CarePlanContent as Content,
  carePlanGaps,
  emptyCarePlan,
  planSections,
} from '@keepwell/contract'
import { carePlanElements, chronicGroups } from '@keepwell/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../kernel/ids.ts'
import {
  completenessOf,
  decideCopy,
  decideReturn,
  decideSave,
  decideSignature,
  decideSubmission,
} from './care-plans.ts'
import { mergePlans, planDiff } from './plan-diff.ts'
import { composeDraft, fittingTemplates, type PlanChart } from './plan-draft.ts'
import { planLines, planText } from './plan-lines.ts'
import { templates } from './templates/index.ts'

const today = '2026-11-03'
const chart: PlanChart = {
  groups: [
    { group: 'hypertension', label: 'Hypertension', use: 'yes', icd10: 'I10', evidence: [] },
    { group: 'diabetes', label: 'Diabetes', use: 'yes', icd10: 'E11.22', evidence: [] },
    {
      group: 'chronic_kidney_disease',
      label: 'Chronic kidney disease',
      use: 'yes',
      icd10: 'E11.22',
      evidence: [],
    },
  ],
  problems: [
    { name: 'Hypertension', icd10: 'I10', since: '2018-05-01' },
    { name: 'Type 2 diabetes with chronic kidney disease', icd10: 'E11.22', since: null },
  ],
  latest: {
    a1c: { words: '8.2 %', on: '2026-09-01' },
    blood_pressure: { words: '148/86 mmHg', on: '2026-10-20' },
  },
  medications: [{ name: 'Metformin 500 MG', dose: 'Twice a day', reason: 'Diabetes' }],
  allergies: [{ substance: 'Penicillin', reaction: 'Rash' }],
  caregiver: { name: 'Ana Diaz', relationship: 'daughter', phone: '555-010-0103' },
  done: [
    { words: 'Influenza, seasonal, injectable, preservative free', on: '2026-10-01' },
    { words: 'pneumococcal polysaccharide vaccine, 23 valent', on: '2019-02-01' },
  ],
}
const people = { patient: 'Elena Diaz', careManager: 'Rosa Marin', provider: 'Dr Ada Okafor' }
const draft = composeDraft(
  fittingTemplates(chart.groups).map(({ templateId }) => templateId),
  chart,
  people,
  today,
)
/** The draft with what only the talk with Mrs Diaz could tell. */
const complete: CarePlanContent = {
  ...draft,
  function: {
    cognition: 'Clear, remembers appointments.',
    dailyLiving: 'Independent; daughter shops.',
    mobility: '',
    mood: '',
    assessedOn: today,
  },
  medications: { ...draft.medications, reconciledOn: today, reconciledBy: 'Rosa Marin' },
  environment: { home: 'Second floor with elevator.', safety: '', transport: '', food: '' },
  coordination: {
    ...draft.coordination,
    parties: draft.coordination.parties.map((one) => ({ ...one, name: `Dr ${one.role}` })),
  },
  values: { matters: 'To cook for the grandchildren.', preferences: '', advanceDirective: '' },
}

describe('the templates', () => {
  test('each stands for groups of the rule book, cites what it rests on and has goals that can be measured', () => {
    const known = new Set(chronicGroups.map((group) => group.id))
    for (const template of templates) {
      expect(template.groups.length > 0 && template.groups.every((group) => known.has(group)), template.id).toBe(true)
      expect(template.cites.length, template.id).toBeGreaterThan(0)
      expect(
        template.goals.every((goal) => goal.target !== '' && goal.dueInDays > 0),
        template.id,
      ).toBe(true)
      expect(
        template.symptoms.every((one) => one.selfCare !== '' && one.callUs !== '' && one.emergency !== ''),
        template.id,
      ).toBe(true)
    }
    expect(templates.length).toBeGreaterThanOrEqual(15)
  })
  test('all of them together still make a plan within its bounds, nothing twice', () => {
    const all = composeDraft(
      templates.map(({ id }) => id),
      chart,
      people,
      today,
    )
    expect(Content.safeParse(all).success).toBe(true)
    for (const list of [
      all.goals,
      all.interventions,
      all.symptoms,
      all.preventive,
      all.coordination.parties,
      all.community.services,
    ]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
    }
  })
})

describe('drafting for Mrs Diaz', () => {
  test('her three conditions call for three templates, each with its reason', () => {
    expect(fittingTemplates(chart.groups)).toEqual([
      { templateId: 'diabetes', because: 'Diabetes (E11.22)' },
      { templateId: 'ckd', because: 'Chronic kidney disease (E11.22)' },
      { templateId: 'hypertension', because: 'Hypertension (I10)' },
    ])
  })
  test('blood pressure stands once, for all three, with her newest value and Rosa’s steps under Rosa’s name', () => {
    const pressure = draft.goals.filter((goal) => goal.id === 'bp_control')
    expect(pressure).toMatchObject([
      {
        problem: 'Diabetes, Chronic kidney disease, High blood pressure',
        baseline: '148/86 mmHg on Tue 20 Oct 2026',
        dueOn: '2027-02-01',
      },
    ])
    expect(draft.interventions.find((step) => step.id === 'med_review')?.who).toBe('Rosa Marin')
    expect(draft.interventions.find((step) => step.id === 'bp_log')?.who).toBe('Elena Diaz')
  })
  test('this season’s flu shot is done, a blood value that is not there stays empty, nothing is made up about her home', () => {
    expect(draft.preventive.find((one) => one.id === 'influenza')).toMatchObject({
      status: 'done',
      on: '2026-10-01',
    })
    expect(draft.preventive.find((one) => one.id === 'covid')).toMatchObject({ status: 'due', on: null })
    expect(draft.goals.find((goal) => goal.id === 'egfr_stable')?.baseline).toBe('')
    expect(draft.environment.home).toBe('')
    expect(draft.medications.reconciledOn).toBeNull()
  })
})

describe('completeness', () => {
  test('the meter knows exactly the elements of the rule book', () => {
    expect(Object.keys(carePlanGaps(emptyCarePlan)).sort()).toEqual(carePlanElements.map(({ key }) => key).sort())
  })
  test('an empty plan lacks everything, a full one nothing', () => {
    expect(completenessOf(emptyCarePlan)).toMatchObject({ present: 0, total: 16 })
    expect(completenessOf(complete)).toMatchObject({ present: 16, total: 16, blocking: [] })
  })
  test('what the templates cannot know is named and blocks', () => {
    const { blocking } = completenessOf(draft)
    expect(blocking.map((gap) => gap.split(':')[0])).toEqual([
      'Thinking and daily function',
      'Medications',
      'Home and surroundings',
      'Other providers and outside help',
    ])
  })
  test('a goal without a target is named', () => {
    const plan = {
      ...complete,
      goals: complete.goals.map((goal, index) => (index === 1 ? { ...goal, target: '' } : goal)),
    }
    expect(completenessOf(plan).blocking).toEqual([expect.stringContaining(plan.goals[1]?.title ?? '?')])
  })
  test('good practice is counted and does not block', () => {
    expect(completenessOf({ ...complete, values: emptyCarePlan.values })).toMatchObject({
      present: 15,
      blocking: [],
    })
  })
})

describe('the words that are signed', () => {
  const words = (content: CarePlanContent) =>
    planText({
      patientName: 'Elena Diaz',
      bornOn: '1952-03-14',
      planId: 'p',
      number: 2,
      content,
      contentSha256: 'c',
    })
  test('the same plan gives the same bytes, whatever the order of its keys', () => {
    const shuffled = Content.parse(JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(complete).reverse()))))
    expect(words(shuffled)).toBe(words(complete))
  })
  test('every word that a person wrote is in them', () => {
    for (const word of [
      'To cook for the grandchildren.',
      'Ana Diaz',
      'Metformin 500 MG',
      'Penicillin',
      'Second floor with elevator.',
      '148/86 mmHg',
    ])
      expect(words(complete)).toContain(word)
  })
  test('one changed letter changes them', () => {
    expect(words({ ...complete, values: { ...complete.values, matters: 'To cook for the grandchildren!' } })).not.toBe(
      words(complete),
    )
  })
  test('in Spanish the headings are Spanish and people’s words stay theirs', () => {
    const lines = planLines(complete, 'es')
    expect(lines.map(({ title }) => title)).toContain('Mis metas')
    expect(lines.find(({ section }) => section === 'values')?.lines[0]?.text).toBe(
      'Lo más importante: To cook for the grandchildren.',
    )
  })
})

describe('the difference', () => {
  test('only changed lines are in it, by section, and what it costs people', () => {
    const next: CarePlanContent = {
      ...complete,
      goals: complete.goals
        .filter((goal) => goal.id !== 'tobacco_free')
        .map((goal) => (goal.id === 'a1c' ? { ...goal, target: 'below 8' } : goal)),
      interventions: [
        ...complete.interventions,
        {
          id: 'new',
          what: 'Blood pressure log to the portal',
          who: 'Ana Diaz',
          when: 'Every Sunday',
          problem: '',
          from: null,
        },
      ],
    }
    const difference = planDiff({ number: 1, content: complete }, { number: 2, content: next })
    expect(difference).toMatchObject({
      fromNumber: 1,
      toNumber: 2,
      added: 1,
      removed: 1,
      changed: 1,
      cost: ['Adds: Blood pressure log to the portal (Ana Diaz, Every Sunday)'],
    })
    expect(difference.sections.map(({ section }) => section)).toEqual(['goals', 'interventions'])
    expect(difference.sections[0]?.changes).toMatchObject([
      { kind: 'changed', after: expect.stringContaining('below 8') },
      { kind: 'removed', after: null },
    ])
  })
  test('a first plan is all new, and a plan against itself has no difference', () => {
    expect(planDiff(null, { number: 1, content: complete })).toMatchObject({
      fromNumber: null,
      removed: 0,
      changed: 0,
    })
    expect(planDiff({ number: 1, content: complete }, { number: 1, content: complete }).sections).toEqual([])
  })
})

describe('two people on one plan', () => {
  const mine: CarePlanContent = {
    ...complete,
    environment: { ...complete.environment, home: 'First floor now.' },
  }
  test('what each touched alone is merged without a question', () => {
    const theirs: CarePlanContent = { ...complete, review: { ...complete.review, nextOn: '2027-01-15' } }
    const merged = mergePlans(complete, mine, theirs)
    expect(merged).toMatchObject({
      takenFromOther: ['review'],
      keptMine: ['environment'],
      conflicts: [],
      content: { environment: { home: 'First floor now.' }, review: { nextOn: '2027-01-15' } },
    })
  })
  test('a section that both changed differently is a conflict with both texts, and nothing of it is taken silently', () => {
    const theirs: CarePlanContent = {
      ...complete,
      environment: { ...complete.environment, home: 'Moved to Ana.' },
    }
    const merged = mergePlans(complete, mine, theirs)
    expect(merged.conflicts).toEqual([
      {
        section: 'environment',
        title: 'Home and surroundings',
        mine: ['Home: First floor now.'],
        theirs: ['Home: Moved to Ana.'],
      },
    ])
    expect(merged.content.environment.home).toBe('Moved to Ana.')
  })
  test('for any edits: no section that only one person touched is ever lost, and equal edits agree', () => {
    const edited = (plan: CarePlanContent, sections: readonly number[], mark: string): CarePlanContent =>
      sections.reduce<CarePlanContent>((now, at) => {
        const fields = ['environment', 'function', 'values'] as const
        const name = fields[at % fields.length] ?? 'values'
        if (name === 'environment') return { ...now, environment: { ...now.environment, home: mark } }
        if (name === 'function') return { ...now, function: { ...now.function, cognition: mark } }
        return { ...now, values: { ...now.values, matters: mark } }
      }, plan)
    fc.assert(
      fc.property(fc.array(fc.nat(2)), fc.array(fc.nat(2)), (a, b) => {
        const left = edited(complete, a, 'left')
        const right = edited(complete, b, 'right')
        const merged = mergePlans(complete, left, right)
        for (const section of planSections) {
          const [base, l, r, m] = [complete, left, right, merged.content].map((plan) => canonicalJson(plan[section]))
          if (l !== base && r === base) expect(m).toBe(l)
          if (r !== base && l === base) expect(m).toBe(r)
          if (l !== base && r !== base) expect(merged.conflicts.some((one) => one.section === section)).toBe(l !== r)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('deciding', () => {
  const newest = {
    number: 3,
    state: 'submitted' as const,
    writtenByName: 'Rosa Marin',
    writtenOn: today,
    content: complete,
  }
  const situation = { practitioner: true, deceased: false, textSha256: 'a'.repeat(64) }
  const signature = { number: 3, textSha256: 'a'.repeat(64) }
  test('a version is written only on top of the newest, and the refusal names what was changed', () => {
    expect(decideSave({ baseNumber: 3 }, newest, [], false)).toMatchObject({ ok: true, value: { number: 4 } })
    expect(decideSave({ baseNumber: 2 }, newest, [{ section: 'goals', title: 'Goals' }], false)).toMatchObject({
      ok: false,
      problem: {
        code: 'plan_changed',
        faults: [{ path: 'body.content.goals' }],
        message: expect.stringContaining('Rosa Marin'),
      },
    })
    expect(decideSave({ baseNumber: 0 }, null, [], true)).toMatchObject({
      problem: { code: 'patient_deceased' },
    })
  })
  test('submitted once, when it is the newest and complete', () => {
    expect(decideSubmission({ number: 3 }, { ...newest, state: 'draft' }).ok).toBe(true)
    expect(decideSubmission({ number: 2 }, { ...newest, state: 'draft' })).toMatchObject({
      problem: { code: 'plan_changed' },
    })
    for (const state of ['submitted', 'signed', 'returned'] as const)
      expect(decideSubmission({ number: 3 }, { ...newest, state })).toMatchObject({
        problem: { code: 'conflict' },
      })
    expect(decideSubmission({ number: 3 }, { ...newest, state: 'draft', content: draft })).toMatchObject({
      problem: {
        code: 'plan_incomplete',
        faults: expect.arrayContaining([expect.objectContaining({ path: 'content.environment' })]),
      },
    })
  })
  test('signed only by a practitioner, only what was shown, only while it is submitted', () => {
    expect(decideSignature(signature, newest, situation).ok).toBe(true)
    expect(decideSignature(signature, newest, { ...situation, practitioner: false })).toMatchObject({
      problem: { code: 'not_a_practitioner' },
    })
    expect(decideSignature(signature, newest, { ...situation, deceased: true })).toMatchObject({
      problem: { code: 'patient_deceased' },
    })
    expect(decideSignature({ ...signature, number: 2 }, newest, situation)).toMatchObject({
      problem: { code: 'plan_changed' },
    })
    expect(decideSignature({ ...signature, textSha256: 'b'.repeat(64) }, newest, situation)).toMatchObject({
      problem: { code: 'plan_changed' },
    })
    expect(decideSignature(signature, { ...newest, state: 'draft' }, situation)).toMatchObject({
      problem: { code: 'plan_not_submitted' },
    })
    expect(decideSignature(signature, { ...newest, content: draft }, situation)).toMatchObject({
      problem: { code: 'plan_incomplete' },
    })
  })
  test('returned only while it is submitted and the newest', () => {
    expect(decideReturn({ number: 3 }, newest).ok).toBe(true)
    expect(decideReturn({ number: 2 }, newest)).toMatchObject({ problem: { code: 'plan_changed' } })
    expect(decideReturn({ number: 3 }, { ...newest, state: 'signed' })).toMatchObject({
      problem: { code: 'plan_not_submitted' },
    })
  })
  test('a copy is of a signed plan, not older than the signature and not in the future', () => {
    expect(decideCopy({}, { signedOn: '2026-11-01' }, today)).toMatchObject({ value: { givenOn: today } })
    expect(decideCopy({}, null, today)).toMatchObject({ problem: { code: 'plan_not_signed' } })
    expect(decideCopy({ givenOn: '2026-10-31' }, { signedOn: '2026-11-01' }, today)).toMatchObject({
      problem: { code: 'invalid_input' },
    })
    expect(decideCopy({ givenOn: '2026-11-04' }, { signedOn: '2026-11-01' }, today)).toMatchObject({
      problem: { code: 'invalid_input' },
    })
  })
})
