import type { CarePlanContent } from '@keepwell/contract'

/** What a nurse writes into a drafted plan after talking with the patient, so that every element has its words. */
export function completePlan(
  draft: CarePlanContent,
  about: { reviewOn: string; today: string; nurse: string; goalsDueOn: string; spouse: boolean },
): CarePlanContent {
  const filled = (text: string, words: string) => (text.trim() === '' ? words : text)
  const firstProblem = draft.problems[0]?.name ?? 'Long-term conditions'
  return {
    ...draft,
    values: {
      ...draft.values,
      matters: filled(draft.values.matters, 'To stay at home, walk to church on Sundays and see the grandchildren.'),
      preferences: filled(draft.values.preferences, 'Calls in the morning; plain words.'),
    },
    outlook:
      draft.outlook.length > 0
        ? draft.outlook.map((one) => ({
            ...one,
            expectedOutcome: filled(one.expectedOutcome, 'Fewer bad days and no hospital stay this year.'),
            prognosis: filled(one.prognosis, 'Stable with steady care; slow worsening without.'),
          }))
        : [
            {
              id: 'outlook-1',
              problem: firstProblem,
              expectedOutcome: 'Fewer bad days and no hospital stay this year.',
              prognosis: 'Stable with steady care; slow worsening without.',
              from: null,
            },
          ],
    goals: atLeastOne(draft.goals, generalGoal(firstProblem)).map((goal) => ({
      ...goal,
      target: filled(goal.target, 'Keep a weekly log'),
      dueOn: goal.dueOn ?? about.goalsDueOn,
      confidence: goal.confidence ?? 7,
      nextStep: filled(goal.nextStep, 'Talk it over at the next call.'),
    })),
    function: {
      ...draft.function,
      cognition: filled(draft.function.cognition, 'Clear and oriented; manages own appointments.'),
      dailyLiving: filled(draft.function.dailyLiving, 'Independent; needs help with heavy shopping.'),
      mobility: filled(draft.function.mobility, 'Walks with a cane outside.'),
      mood: filled(draft.function.mood, 'Mostly in good spirits.'),
      assessedOn: draft.function.assessedOn ?? about.today,
    },
    symptoms: atLeastOne(draft.symptoms, {
      id: 'symptom-1',
      symptom: 'Feeling worse than usual',
      selfCare: 'Rest, drink water, and note when it began.',
      callUs: 'If it lasts longer than a day.',
      emergency: 'Chest pain, trouble breathing, or sudden weakness: call 911.',
      from: null,
    }),
    interventions: atLeastOne(draft.interventions, {
      id: 'step-1',
      what: 'Monthly call about symptoms, medicines and goals',
      who: about.nurse,
      when: 'Every month',
      problem: firstProblem,
      from: null,
    }).map((step) => ({ ...step, who: filled(step.who, about.nurse) })),
    medications: {
      ...draft.medications,
      noMedications: draft.medications.items.length === 0,
      noKnownAllergies: draft.medications.allergies.length === 0,
      reconciledOn: draft.medications.reconciledOn ?? about.today,
      reconciledBy: filled(draft.medications.reconciledBy, about.nurse),
      adherence: filled(draft.medications.adherence, 'Takes medicines on most days; uses a weekly box.'),
    },
    environment: {
      ...draft.environment,
      home: filled(draft.environment.home, 'Second-floor apartment with an elevator; rails in the bath.'),
      safety: filled(draft.environment.safety, 'No falls in the past year.'),
      transport: filled(draft.environment.transport, 'Bus, or a ride from family.'),
      food: filled(draft.environment.food, 'Cooks at home; enough food.'),
    },
    caregiver: about.spouse
      ? {
          ...draft.caregiver,
          none: false,
          name: filled(draft.caregiver.name, 'Ana'),
          relationship: filled(draft.caregiver.relationship, 'daughter'),
          helpsWith: 'Shopping and rides.',
        }
      : { ...draft.caregiver, none: draft.caregiver.name === '' },
    coordination: {
      none: false,
      parties: [
        ...draft.coordination.parties.map((party) => ({
          ...party,
          name: filled(party.name, `Riverside ${party.role || 'clinic'}`),
        })),
        {
          id: 'pharmacy',
          name: 'Riverside Pharmacy',
          role: 'pharmacy',
          phone: '212-555-0144',
          purpose: 'Refills and interactions',
          from: null,
        },
      ],
    },
    community: draft.community.services.length > 0 ? draft.community : { none: true, services: [] },
    preventive:
      draft.preventive.length > 0
        ? draft.preventive
        : [{ id: 'prevention-1', service: 'Flu shot', status: 'due', on: null, from: null }],
    review: {
      ...draft.review,
      nextOn: about.reviewOn,
      how: filled(draft.review.how, 'At the monthly call, and with the doctor every six months.'),
    },
    revision: { note: filled(draft.revision.note, 'First plan.') },
  }
}

function atLeastOne<T>(items: T[], one: T): T[] {
  return items.length > 0 ? items : [one]
}

function generalGoal(problem: string): CarePlanContent['goals'][number] {
  return {
    id: 'goal-1',
    title: 'Walk three times a week',
    problem,
    measure: 'Walks of ten minutes or more',
    loinc: null,
    baseline: 'once a week',
    target: '3',
    unit: 'walks a week',
    dueOn: null,
    confidence: null,
    expressedBy: 'patient',
    nextStep: '',
    from: null,
  }
}
