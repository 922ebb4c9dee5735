import type { CallAnswer, CallQuestion, CallSection, RedFlag } from '@keepwell/contract'

/**
 * Scripts are data, in the shape of a FHIR Questionnaire (sections are groups, questions items, `askWhen` an
 * enableWhen). Beside what is asked, each answer knows the sentence that it adds to the note, and which answers are
 * red flags. A call keeps the script that was composed for it, so what was asked stays readable.
 */
export interface Option {
  value: string
  label: string
  /** The sentence or phrase for the note; none where the answer says nothing worth keeping. */
  note?: string
  flag?: Flag
}

export interface Flag {
  words: string
  urgency: 'emergency' | 'same_day'
}

export interface Question extends Omit<CallQuestion, 'options'> {
  options: Option[]
  /** For numbers and texts: the sentence with `{}` where the answer goes. */
  note: string | null
  /** A number from here on, or up to here, is a red flag. */
  flagFrom?: { value: number; flag: Flag }
  flagTo?: { value: number; flag: Flag }
}

export interface Section extends Omit<CallSection, 'questions'> {
  questions: Question[]
}

/** One script as it is written: for every call, or for a group of conditions. */
export interface Script {
  id: string
  version: string
  title: string
  /** Groups of the rule book (eligibility: groups) whose patients are asked it; empty for everybody. */
  groups: string[]
  sections: Section[]
}

/** What one call asks: the scripts it was made of, in order, and their questions. */
export interface ComposedScript {
  id: string
  version: string
  parts: string[]
  sections: Section[]
}

type More = Partial<Pick<Question, 'help' | 'askWhen' | 'flagFrom' | 'flagTo'>> & {
  unit?: string
  min?: number
  max?: number
}

function question(
  id: string,
  text: string,
  kind: Question['kind'],
  options: Option[],
  note: string | null,
  more: More,
): Question {
  const { unit = null, min = null, max = null, help = null, askWhen = null, ...flags } = more
  return { id, text, kind, options, unit, min, max, help, askWhen, note, ...flags }
}

/** A question with answers to choose from. */
export function choose(id: string, text: string, options: Option[], more: More = {}): Question {
  return question(id, text, 'choice', options, null, more)
}

export interface YesNo {
  yes?: string
  no?: string
  unsure?: string
  flagYes?: Flag
  flagNo?: Flag
}

/** A question to answer with yes, no or unsure, each with its sentence for the note. */
export function yesNo(id: string, text: string, says: YesNo, more: More = {}): Question {
  const option = (value: 'yes' | 'no' | 'unsure', label: string, flag?: Flag): Option => ({
    value,
    label,
    ...(says[value] === undefined ? {} : { note: says[value] }),
    ...(flag === undefined ? {} : { flag }),
  })
  return choose(
    id,
    text,
    [option('yes', 'Yes', says.flagYes), option('no', 'No', says.flagNo), option('unsure', 'Unsure')],
    more,
  )
}

/** A question for a number. */
export function measure(id: string, text: string, note: string, more: More = {}): Question {
  return question(id, text, 'number', [], note, more)
}

/** A question for a few words. */
export function words(id: string, text: string, note: string, more: More = {}): Question {
  return question(id, text, 'text', [], note, more)
}

export function after(questionId: string, ...values: string[]): { askWhen: Question['askWhen'] } {
  return { askWhen: { questionId, values } }
}

type Answers = Readonly<Record<string, CallAnswer>>

/** Whether a question is asked, given the answers so far: a branch opens by the answer it waits for. */
export function isAsked(one: Pick<Question, 'askWhen'>, answers: Answers): boolean {
  if (one.askWhen === null) return true
  const given = answers[one.askWhen.questionId]?.value
  return given !== undefined && given !== null && one.askWhen.values.includes(given)
}

/** The red flags that the answers raise, in the order of the script. */
export function flagsOf(script: Pick<ComposedScript, 'sections'>, answers: Answers): (Flag & { questionId: string })[] {
  const flags: (Flag & { questionId: string })[] = []
  for (const one of script.sections.flatMap((section) => section.questions)) {
    const given = answers[one.id]?.value
    if (given === undefined || given === null || !isAsked(one, answers)) continue
    const flag = flagOf(one, given)
    if (flag !== null) flags.push({ ...flag, questionId: one.id })
  }
  return flags
}

function flagOf(one: Question, given: string): Flag | null {
  if (one.kind === 'choice') return one.options.find((option) => option.value === given)?.flag ?? null
  const value = Number(given)
  if (one.kind !== 'number' || Number.isNaN(value)) return null
  if (one.flagFrom !== undefined && value >= one.flagFrom.value) return one.flagFrom.flag
  if (one.flagTo !== undefined && value <= one.flagTo.value) return one.flagTo.flag
  return null
}

/** The words that are said at a red flag. */
export function flagWords(urgency: RedFlag['urgency'], clinicPhone: string): string {
  return urgency === 'emergency'
    ? 'Stop here. Say: “This needs help right now. Please call 911, or I will call for you and stay on the line.” Do not hang up until somebody is with the patient. Then tell the provider.'
    : `Say: “I want the doctor to know about this today.” Tell the provider before the call ends, and say when somebody will ring back. If it gets worse before then: 911, or the clinic at ${clinicPhone}.`
}

/** A script as a FHIR R4 Questionnaire, for other systems. */
export function questionnaireOf(script: Script): Record<string, unknown> {
  return {
    resourceType: 'Questionnaire',
    url: `https://keepwell.dev/fhir/Questionnaire/${script.id}`,
    version: script.version,
    name: script.id.replaceAll('-', '_'),
    title: script.title,
    status: 'active',
    subjectType: ['Patient'],
    item: script.sections.map((section) => ({
      linkId: section.id,
      text: section.title,
      type: 'group',
      item: section.questions.map(itemOf),
    })),
  }
}

function itemOf(one: Question): Record<string, unknown> {
  return {
    linkId: one.id,
    text: one.text,
    type: one.kind === 'choice' ? 'choice' : one.kind === 'number' ? 'decimal' : 'string',
    ...(one.askWhen === null
      ? {}
      : {
          enableWhen: one.askWhen.values.map((value) => ({
            question: one.askWhen?.questionId,
            operator: '=',
            answerCoding: { code: value },
          })),
          enableBehavior: 'any',
        }),
    ...(one.options.length === 0
      ? {}
      : {
          answerOption: one.options.map((option) => ({
            valueCoding: { code: option.value, display: option.label },
          })),
        }),
  }
}
