import {
  type CallAnswer,
  type CallQuestion,
  type CallSection,
  monthStepNames,
  type WorklistRow,
} from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

type Answers = Readonly<Record<string, CallAnswer>>

/** Whether a question is asked, given the answers so far. */
export function isAsked(question: CallQuestion, answers: Answers): boolean {
  if (question.askWhen === null) return true
  const given = answers[question.askWhen.questionId]?.value
  return given != null && question.askWhen.values.includes(given)
}

export function askedOf(section: CallSection, answers: Answers): CallQuestion[] {
  return section.questions.filter((question) => isAsked(question, answers))
}

export function isAnswered(question: CallQuestion, answers: Answers): boolean {
  return answers[question.id]?.value != null
}

/** The answer as it was said last month, in the words of its option. */
export function answerText(question: CallQuestion, answer: CallAnswer | undefined): string | null {
  if (answer === undefined || answer.value === null) return null
  const label = question.options.find((option) => option.value === answer.value)?.label ?? answer.value
  const unit = question.unit === null || question.kind !== 'number' ? '' : ` ${question.unit}`
  return `${label}${unit}${answer.detail === null || answer.detail === '' ? '' : `, ${answer.detail}`}`
}

/** The first question of a section that nobody has answered; its first one where all are. */
export function firstOpen(section: CallSection, answers: Answers): string | null {
  const asked = askedOf(section, answers)
  return (asked.find((question) => !isAnswered(question, answers)) ?? asked[0])?.id ?? null
}

/** The question after this one, into the next section where this one ends; null at the end of the script. */
export function questionAfter(
  sections: readonly CallSection[],
  answers: Answers,
  current: string,
): { sectionId: string; questionId: string } | null {
  const all = sections.flatMap((section) =>
    askedOf(section, answers).map((question) => ({ sectionId: section.id, questionId: question.id })),
  )
  const at = all.findIndex((one) => one.questionId === current)
  return all[at + 1] ?? null
}

export const needFaces: Record<WorklistRow['need']['level'], { state: State; word: string }> = {
  very_high: { state: 'stop', word: 'Very high' },
  high: { state: 'attention', word: 'High' },
  moderate: { state: 'info', word: 'Moderate' },
  low: { state: 'neutral', word: 'Low' },
}

export function stepMarks(steps: WorklistRow['steps']): { label: string; done: boolean }[] {
  return (Object.keys(monthStepNames) as (keyof typeof monthStepNames)[]).map((step) => ({
    label: monthStepNames[step],
    done: steps[step],
  }))
}

/** `4 months`, `12 days`, from days. */
export function ageText(days: number): string {
  if (days < 60) return days === 1 ? '1 day' : `${days} days`
  return `${Math.floor(days / 30.4)} months`
}
