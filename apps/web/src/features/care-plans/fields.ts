import type { CarePlanContent } from '@keepwell/contract'
import { dayText } from '../../ui/index.ts'

/** One field of an item or a section: how it is asked and where it stands. */
export interface FieldSpec<T> {
  name: keyof T & string
  label: string
  kind: 'text' | 'area' | 'day' | 'number' | 'choice' | 'tick'
  choices?: readonly { value: string; label: string }[]
  /** Takes the whole width; areas always do. */
  wide?: boolean
  hint?: string
}

type ItemOf<L> = L extends readonly (infer I)[] ? I : never
type Problem = ItemOf<CarePlanContent['problems']>
type Outlook = ItemOf<CarePlanContent['outlook']>
type Goal = ItemOf<CarePlanContent['goals']>
type Step = ItemOf<CarePlanContent['interventions']>
type Symptom = ItemOf<CarePlanContent['symptoms']>
type Medicine = ItemOf<CarePlanContent['medications']['items']>
type Allergy = ItemOf<CarePlanContent['medications']['allergies']>
type Party = ItemOf<CarePlanContent['coordination']['parties']>
type Prevention = ItemOf<CarePlanContent['preventive']>
type Service = ItemOf<CarePlanContent['community']['services']>

/** A list of the plan: its fields, what a new item holds, and the line that stands for it. */
export interface ListSpec<T extends { id: string }> {
  noun: string
  fields: readonly FieldSpec<T>[]
  blank: Omit<T, 'id'>
  line: (item: T) => { title: string; detail: string }
}

const join = (...parts: (string | null)[]) => parts.filter((part) => part !== null && part !== '').join(' · ')

export const problemList: ListSpec<Problem> = {
  noun: 'problem',
  fields: [
    { name: 'name', label: 'Problem', kind: 'text', wide: true },
    { name: 'icd10', label: 'ICD-10-CM', kind: 'text' },
    { name: 'since', label: 'Since', kind: 'day' },
    {
      name: 'status',
      label: 'How it stands',
      kind: 'choice',
      choices: [
        { value: 'unknown', label: 'Not said' },
        { value: 'stable', label: 'Stable' },
        { value: 'not_at_goal', label: 'Not at goal yet' },
        { value: 'worse', label: 'Getting worse' },
      ],
    },
    { name: 'note', label: 'Note', kind: 'area' },
  ],
  blank: { name: '', icd10: null, since: null, status: 'unknown', note: '' },
  line: (item) => ({
    title: item.name,
    detail: join(item.icd10, item.status === 'unknown' ? '' : item.status.replaceAll('_', ' '), item.note),
  }),
}
export const outlookList: ListSpec<Outlook> = {
  noun: 'outlook',
  fields: [
    { name: 'problem', label: 'Problem', kind: 'text', wide: true },
    { name: 'expectedOutcome', label: 'What can be expected with care', kind: 'area' },
    { name: 'prognosis', label: 'Outlook', kind: 'area' },
  ],
  blank: { problem: '', expectedOutcome: '', prognosis: '', from: null },
  line: (item) => ({ title: item.problem, detail: join(item.expectedOutcome, item.prognosis) }),
}
export const goalList: ListSpec<Goal> = {
  noun: 'goal',
  fields: [
    { name: 'title', label: 'Goal, in the patient’s words', kind: 'text', wide: true },
    { name: 'measure', label: 'What is measured', kind: 'text' },
    { name: 'baseline', label: 'Now', kind: 'text' },
    { name: 'target', label: 'Target', kind: 'text' },
    { name: 'unit', label: 'Unit', kind: 'text' },
    { name: 'dueOn', label: 'To be reached by', kind: 'day' },
    { name: 'confidence', label: 'How sure, 0 to 10', kind: 'number' },
    {
      name: 'expressedBy',
      label: 'Whose goal it is',
      kind: 'choice',
      choices: [
        { value: 'patient', label: 'The patient’s' },
        { value: 'caregiver', label: 'The caregiver’s' },
        { value: 'care_team', label: 'The care team’s' },
      ],
    },
    { name: 'problem', label: 'For', kind: 'text' },
    { name: 'nextStep', label: 'Next step', kind: 'text', wide: true },
  ],
  blank: {
    title: '',
    problem: '',
    measure: '',
    loinc: null,
    baseline: '',
    target: '',
    unit: '',
    dueOn: null,
    confidence: null,
    expressedBy: 'patient',
    nextStep: '',
    from: null,
  },
  line: (item) => ({
    title: item.title,
    detail: join(
      join(`${item.measure}: ${item.target} ${item.unit}`.trim()),
      item.dueOn === null ? '' : `by ${dayText(item.dueOn)}`,
      item.baseline === '' ? '' : `now ${item.baseline}`,
    ),
  }),
}
export const stepList: ListSpec<Step> = {
  noun: 'step',
  fields: [
    { name: 'what', label: 'What is done', kind: 'text', wide: true },
    { name: 'who', label: 'Who', kind: 'text' },
    { name: 'when', label: 'When', kind: 'text' },
    { name: 'problem', label: 'For', kind: 'text' },
  ],
  blank: { what: '', who: '', when: '', problem: '', from: null },
  line: (item) => ({ title: item.what, detail: join(item.who, item.when) }),
}
export const symptomList: ListSpec<Symptom> = {
  noun: 'symptom',
  fields: [
    { name: 'symptom', label: 'Symptom', kind: 'text', wide: true },
    { name: 'selfCare', label: 'What the patient can do', kind: 'area' },
    { name: 'callUs', label: 'When to call us', kind: 'area' },
    { name: 'emergency', label: 'When it is an emergency', kind: 'area' },
  ],
  blank: { symptom: '', selfCare: '', callUs: '', emergency: '', from: null },
  line: (item) => ({ title: item.symptom, detail: join(item.callUs, item.emergency) }),
}
export const medicineList: ListSpec<Medicine> = {
  noun: 'medicine',
  fields: [
    { name: 'name', label: 'Medicine', kind: 'text', wide: true },
    { name: 'dose', label: 'Dose and time', kind: 'text' },
    { name: 'reason', label: 'For', kind: 'text' },
    { name: 'note', label: 'Note', kind: 'text', wide: true },
  ],
  blank: { name: '', dose: '', reason: '', note: '' },
  line: (item) => ({ title: item.name, detail: join(item.dose, item.reason, item.note) }),
}
export const allergyList: ListSpec<Allergy> = {
  noun: 'allergy',
  fields: [
    { name: 'substance', label: 'Substance', kind: 'text' },
    { name: 'reaction', label: 'Reaction', kind: 'text' },
  ],
  blank: { substance: '', reaction: '' },
  line: (item) => ({ title: item.substance, detail: item.reaction }),
}
export const partyList: ListSpec<Party> = {
  noun: 'provider',
  fields: [
    { name: 'name', label: 'Name or practice', kind: 'text' },
    { name: 'role', label: 'What they are', kind: 'text' },
    { name: 'phone', label: 'Phone', kind: 'text' },
    { name: 'purpose', label: 'What for', kind: 'text' },
  ],
  blank: { name: '', role: '', phone: '', purpose: '', from: null },
  line: (item) => ({
    title: item.name === '' ? `${item.role}: name still open` : item.name,
    detail: join(item.name === '' ? '' : item.role, item.purpose, item.phone),
  }),
}
export const preventionList: ListSpec<Prevention> = {
  noun: 'service',
  fields: [
    { name: 'service', label: 'Service', kind: 'text', wide: true },
    {
      name: 'status',
      label: 'How it stands',
      kind: 'choice',
      choices: [
        { value: 'due', label: 'Due' },
        { value: 'done', label: 'Done' },
        { value: 'declined', label: 'Declined' },
        { value: 'not_applicable', label: 'Not for this patient' },
      ],
    },
    { name: 'on', label: 'Day', kind: 'day' },
  ],
  blank: { service: '', status: 'due', on: null, from: null },
  line: (item) => ({
    title: item.service,
    detail: join(item.status.replaceAll('_', ' '), item.on === null ? '' : dayText(item.on)),
  }),
}
export const serviceList: ListSpec<Service> = {
  noun: 'service',
  fields: [
    { name: 'service', label: 'Service', kind: 'text' },
    { name: 'need', label: 'What it is needed for', kind: 'text' },
    {
      name: 'status',
      label: 'How it stands',
      kind: 'choice',
      choices: [
        { value: 'to_ask', label: 'To ask for' },
        { value: 'ordered', label: 'Ordered' },
        { value: 'in_place', label: 'In place' },
        { value: 'declined', label: 'Declined' },
      ],
    },
  ],
  blank: { service: '', need: '', status: 'to_ask', from: null },
  line: (item) => ({ title: item.service, detail: join(item.need, item.status.replaceAll('_', ' ')) }),
}

export const functionFields: readonly FieldSpec<CarePlanContent['function']>[] = [
  {
    name: 'cognition',
    label: 'Thinking and memory',
    kind: 'area',
    hint: 'Remembers appointments and pills? Any screen, with its score and day',
  },
  {
    name: 'dailyLiving',
    label: 'Daily tasks',
    kind: 'area',
    hint: 'Washing, dressing, meals, shopping, money',
  },
  { name: 'mobility', label: 'Walking and falls', kind: 'area' },
  { name: 'mood', label: 'Mood', kind: 'area' },
  { name: 'assessedOn', label: 'Looked at on', kind: 'day' },
]
export const medicationFields: readonly FieldSpec<CarePlanContent['medications']>[] = [
  { name: 'noMedications', label: 'Takes no medicines', kind: 'tick' },
  { name: 'noKnownAllergies', label: 'No known allergies', kind: 'tick' },
  { name: 'reconciledOn', label: 'Gone through with the patient on', kind: 'day' },
  { name: 'reconciledBy', label: 'By', kind: 'text' },
  {
    name: 'adherence',
    label: 'How they are taken',
    kind: 'area',
    hint: 'Missed doses, side effects, cost, pill box',
  },
]
export const environmentFields: readonly FieldSpec<CarePlanContent['environment']>[] = [
  { name: 'home', label: 'Home', kind: 'area', hint: 'Lives with whom, stairs, elevator' },
  { name: 'safety', label: 'Safety', kind: 'area', hint: 'Rugs, lights, grips, smoke alarm, firearms' },
  { name: 'transport', label: 'Getting around', kind: 'area' },
  { name: 'food', label: 'Food', kind: 'area' },
]
export const caregiverFields: readonly FieldSpec<CarePlanContent['caregiver']>[] = [
  { name: 'none', label: 'The patient has no caregiver', kind: 'tick' },
  { name: 'name', label: 'Name', kind: 'text' },
  { name: 'relationship', label: 'Relationship', kind: 'text' },
  { name: 'phone', label: 'Phone', kind: 'text' },
  { name: 'helpsWith', label: 'Helps with', kind: 'area' },
  { name: 'strain', label: 'How it is for them', kind: 'area' },
]
export const reviewFields: readonly FieldSpec<CarePlanContent['review']>[] = [
  { name: 'nextOn', label: 'Next review', kind: 'day' },
  { name: 'how', label: 'How', kind: 'area' },
]
export const valuesFields: readonly FieldSpec<CarePlanContent['values']>[] = [
  { name: 'matters', label: 'What matters most', kind: 'area', hint: 'In the patient’s own words' },
  { name: 'preferences', label: 'Wishes', kind: 'area' },
  { name: 'advanceDirective', label: 'Advance directive', kind: 'area' },
]
export const revisionFields: readonly FieldSpec<CarePlanContent['revision']>[] = [
  {
    name: 'note',
    label: 'What is new in this version',
    kind: 'area',
    hint: 'The provider reads this beside the difference',
  },
]
