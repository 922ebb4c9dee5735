import type { CallAnswer, CallOutcome } from '@keepwell/contract'
import { addDays, nextMonth } from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { type ComposedScript, flagsOf, isAsked, type Question, type Section } from './script.ts'
import {
  education,
  goalQuestions,
  hello,
  medicationEnd,
  medicationQuestions,
  monthlyCall,
  next,
  noGoals,
  sinceLastCall,
} from './scripts/base.ts'
import { conditionScripts, otherConditions } from './scripts/conditions.ts'

type Answers = Readonly<Record<string, CallAnswer>>

export interface ScriptFacts {
  /** Groups of the rule book, attested or found in the chart. */
  groups: readonly { group: string; label: string }[]
  medications: readonly { id: string; name: string }[]
  goals: readonly { id: string; title: string; target: string; unit: string }[]
}

/** Nobody can ask about more drugs on one call; what is beyond belongs in a reconciliation. */
const medicationsAtMost = 20

/** The script of one call: the frame, and what the patient's conditions, medications and goals add. */
export function composeScript(facts: ScriptFacts): ComposedScript {
  const own = conditionScripts.filter((script) =>
    script.groups.some((group) => facts.groups.some((hit) => hit.group === group)),
  )
  const covered = new Set(own.flatMap((script) => script.groups))
  const rest = facts.groups.filter((hit) => !covered.has(hit.group)).map((hit) => inSentence(hit.label))
  const asked = rest.length === 0 ? own : [...own, otherConditions(rest)]
  const medications = facts.medications.slice(0, medicationsAtMost).flatMap(medicationQuestions)
  const goals = facts.goals.length === 0 ? noGoals : facts.goals.flatMap(goalQuestions)
  const symptoms: Section = {
    id: 'symptom',
    title: `Symptoms${asked.length === 0 ? '' : ` (${asked.map((script) => script.title).join(', ')})`}`,
    questions: asked.flatMap((script) => script.sections).flatMap((section) => section.questions),
  }
  return {
    id: monthlyCall.id,
    version: monthlyCall.version,
    parts: asked.map((script) => `${script.id}@${script.version}`),
    sections: [
      hello,
      sinceLastCall,
      { id: 'med', title: 'Medications', questions: [...medications, ...medicationEnd] },
      symptoms,
      { id: 'goal', title: 'Goals', questions: goals },
      education,
      next,
    ],
  }
}

/** Whether the answer fits its question; an answer of null takes an earlier one back. */
export function decideAnswer(script: ComposedScript, questionId: string, answer: CallAnswer): Decision<Question> {
  const one = script.sections.flatMap((section) => section.questions).find((asked) => asked.id === questionId)
  if (one === undefined) return refuse('not_found', 'This call does not ask that question.')
  if (answer.value === null) return accept(one)
  const fault = (sentence: string) => refuse('invalid_input', sentence, [{ path: 'body.value', message: sentence }])
  if (one.kind === 'choice') {
    return one.options.some((option) => option.value === answer.value)
      ? accept(one)
      : fault('Choose one of the answers of this question.')
  }
  if (one.kind === 'text')
    return answer.value.trim() === '' ? fault('Write a few words, or leave it open.') : accept(one)
  const value = Number(answer.value)
  if (answer.value.trim() === '' || !Number.isFinite(value)) return fault('Write a number.')
  if ((one.min !== null && value < one.min) || (one.max !== null && value > one.max))
    return fault(`Write a number from ${one.min ?? 'any'} to ${one.max ?? 'any'}.`)
  return accept(one)
}

/** The note that the answers give, section by section; unanswered and unasked questions say nothing. Pure. */
export function composeNote(script: Pick<ComposedScript, 'sections'>, answers: Answers): string {
  return script.sections
    .map((section) => ({
      title: section.title,
      sentences: section.questions.flatMap((one) => sentenceOf(one, answers)),
    }))
    .filter((part) => part.sentences.length > 0)
    .map((part) => `${part.title.replace(/ \(.*\)$/, '')}: ${part.sentences.join(' ')}`)
    .join('\n')
}

function sentenceOf(one: Question, answers: Answers): string[] {
  const answer = answers[one.id]
  if (answer === undefined || answer.value === null || !isAsked(one, answers)) return []
  const { value } = answer
  const base =
    one.kind === 'choice'
      ? one.options.find((option) => option.value === value)?.note
      : one.note?.replace('{}', () => value.trim().replace(/[.\s]+$/, ''))
  const detail = answer.detail?.trim() ?? ''
  const sentences = base === undefined || base === null ? [] : [base]
  if (detail !== '') sentences.push(/[.!?]$/.test(detail) ? detail : `${detail}.`)
  return sentences
}

/**
 * How alike two notes are: the share of equal sequences of three words (0 nothing, 1 the same). Short notes are never
 * called copied, since "no change" is often true.
 */
export function similarityOf(note: string, before: string): number {
  const a = shingles(note)
  const b = shingles(before)
  if (a.size < 5 || b.size < 5) return 0
  let both = 0
  for (const one of a) if (b.has(one)) both += 1
  return both / (a.size + b.size - both)
}

function shingles(text: string): Set<string> {
  const list = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
  return new Set(list.slice(0, -2).map((_, index) => list.slice(index, index + 3).join(' ')))
}

export interface CallState {
  staffId: string
  staffName: string
  signedAt: Date | null
  signedByName: string | null
  script: ComposedScript
  answers: Answers
  acknowledged: readonly string[]
}

/** A call can be changed by the one who makes it, until it is signed. */
export function decideChange(
  call: Pick<CallState, 'staffId' | 'staffName' | 'signedAt' | 'signedByName'>,
  by: string,
): Decision<true> {
  if (call.signedAt !== null)
    return refuse(
      'call_signed',
      `${call.signedByName ?? 'Somebody'} has signed this call. A signed call does not change; write what is new in another note.`,
    )
  if (call.staffId !== by) return refuse('forbidden', `${call.staffName} makes this call. Open one of your own.`)
  return accept(true)
}

/** Signing waits until every red flag has somebody who acted on it. */
export function decideSignature(call: CallState, by: string, note: string): Decision<true> {
  const change = decideChange(call, by)
  if (!change.ok) return change
  const open = flagsOf(call.script, call.answers).filter((flag) => !call.acknowledged.includes(flag.questionId))
  if (open.length > 0) {
    return refuse(
      'red_flag_open',
      `${open.map((flag) => flag.words).join(' ')} Say what you did about it and tell the provider, then sign.`,
      open.map((flag) => ({ path: `answers.${flag.questionId}`, message: flag.words })),
    )
  }
  return note.trim() === ''
    ? refuse('invalid_input', 'The note is empty. Answer a question or write a line.', [
        { path: 'body.note', message: 'Write a line.' },
      ])
    : accept(true)
}

export interface Attempt {
  outcome: Exclude<CallOutcome, 'completed'>
  callBackAt?: string | undefined
  remark?: string | undefined
}

/** A call-back needs its time, and that lies ahead. */
export function decideAttempt(attempt: Attempt, now: Date): Decision<{ callBackAt: Date | null }> {
  if (attempt.outcome !== 'call_back') return accept({ callBackAt: null })
  const at = attempt.callBackAt === undefined ? null : new Date(attempt.callBackAt)
  const fault = (sentence: string) =>
    refuse('invalid_input', sentence, [{ path: 'body.callBackAt', message: sentence }])
  if (at === null) return fault('Say when you will call back.')
  return at <= now ? fault('The call-back has to lie ahead.') : accept({ callBackAt: at })
}

const attemptWords: Record<Attempt['outcome'], string> = {
  voicemail: 'Not reached; left the approved voicemail message.',
  no_answer: 'Not reached; no answer and no message left.',
  wrong_number: 'The number does not belong to the patient.',
  call_back: 'Reached briefly; a call-back was agreed.',
  declined_today: 'Reached; did not want to talk today.',
}

/** The note of an attempt: what happened, what was agreed, and what was said all the same. */
export function attemptNote(attempt: Attempt, callBackWords: string | null, composed: string): string {
  return [
    `${attemptWords[attempt.outcome]}${callBackWords === null ? '' : ` Call back ${callBackWords}.`}${attempt.remark === undefined ? '' : ` ${attempt.remark}`}`,
    composed,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/**
 * As what the timer's time counts when the call ends so. Leaving a message, ringing in vain and agreeing on a time are
 * no care; where care was talked about before, it stays a call with the patient.
 */
export function activityOf(outcome: CallOutcome, answered: boolean, withWhom: string | null): string {
  if (outcome === 'voicemail') return 'voicemail_only'
  if (outcome === 'no_answer' || outcome === 'wrong_number') return 'clerical'
  if (outcome !== 'completed' && !answered) return 'scheduling'
  return withWhom === 'caregiver' ? 'caregiver_call' : 'patient_call'
}

/** What was talked about, in one line for the time entry. */
export function workWords(outcome: CallOutcome, script: Pick<ComposedScript, 'sections'>, answers: Answers): string {
  if (outcome !== 'completed') return attemptWords[outcome]
  const parts = script.sections
    .filter((section) => section.questions.some((one) => answers[one.id]?.value != null))
    .map((section) => section.title.replace(/ \(.*\)$/, '').toLowerCase())
  return parts.length === 0 ? 'Monthly call.' : `Monthly call: ${parts.join(', ')}.`
}

/** Four weeks on, and in the next month at the latest: the day that is proposed for the next contact. */
export function proposedNextContact(today: string): string {
  const inFourWeeks = addDays(today, 28)
  const following = nextMonth(today.slice(0, 7))
  return inFourWeeks.slice(0, 7) < following ? `${following}-01` : inFourWeeks
}

/** Drugs about which the call and the list do not agree; they become a task. */
export function medicationDiscrepancies(script: Pick<ComposedScript, 'sections'>, answers: Answers): string[] {
  const notes: string[] = []
  for (const one of script.sections.find((section) => section.id === 'med')?.questions ?? []) {
    const value = answers[one.id]?.value
    if (value == null || !isAsked(one, answers)) continue
    const differs =
      (one.id.endsWith('.taking') && value !== 'yes') ||
      one.id.endsWith('.why') ||
      one.id === 'med.new_what' ||
      (one.id === 'med.refills' && value === 'no') ||
      (one.id.endsWith('.trouble') && value !== 'none')
    if (differs) notes.push(...sentenceOf(one, answers))
  }
  return notes
}

/** The exact words and answers that a signature freezes; their canonical JSON is hashed. */
export interface SignedCall {
  callId: string
  patientId: string
  staffId: string
  scriptId: string
  scriptVersion: string
  startedAt: string
  endedAt: string
  outcome: CallOutcome
  answers: Record<string, CallAnswer>
  note: string
}

/** A label of a condition within a sentence: small at its start, but for abbreviations and the names of people. */
function inSentence(label: string): string {
  return /^(\p{Lu}{2}|Alzheimer|Parkinson|Crohn)/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
}
