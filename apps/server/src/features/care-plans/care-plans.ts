import { type CarePlanContent, type Completeness, carePlanCan, carePlanGaps, type PlanState } from '@keepwell/contract'
import { carePlanElements } from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'

/** Where a version stands, from what was done with it. The last deed wins: a version is signed or returned once. */
export function stateOf(
  version: { submission: unknown | null; returned: unknown | null; signature: unknown | null } | null,
): PlanState {
  if (version === null) return 'none'
  if (version.signature !== null) return 'signed'
  if (version.returned !== null) return 'returned'
  return version.submission === null ? 'draft' : 'submitted'
}

/** Every element of the rule book with what this plan lacks of it. */
export function completenessOf(content: CarePlanContent): Completeness {
  const gaps = carePlanGaps(content)
  const elements = carePlanElements.map((element) => {
    const found = gaps[element.key]
    return {
      key: element.key,
      label: element.label,
      required: element.required,
      law: element.law.map((source) => source.title),
      gap: found === undefined ? 'This element has no place in the plan.' : found.gap,
      section: found?.section ?? ('problems' as const),
    }
  })
  const blocking = elements.filter((element) => element.required && element.gap !== null)
  return {
    elements,
    present: elements.filter((element) => element.gap === null).length,
    total: elements.length,
    blocking: blocking.map((element) => `${element.label}: ${element.gap ?? ''}`),
  }
}

interface Newest {
  number: number
  state: PlanState
  writtenByName: string
  writtenOn: string
  content: CarePlanContent
}

/** Whether a version may be written on top of the one that its writer opened. */
export function decideSave(
  command: { baseNumber: number },
  newest: Newest | null,
  changedSections: readonly { section: string; title: string }[],
  deceased: boolean,
): Decision<{ number: number }> {
  if (deceased) return refuse('patient_deceased', 'The patient has died; the plan stays as it is.')
  const number = newest?.number ?? 0
  if (command.baseNumber === number) return accept({ number: number + 1 })
  return refuse(
    'plan_changed',
    `${changedBy(newest)} Your text is still here: put both together and save again.`,
    changedSections.map(({ section, title }) => ({
      path: `body.content.${section}`,
      message: `${title} was changed.`,
    })),
  )
}

function changedBy(newest: Newest | null): string {
  return newest === null
    ? 'The plan does not exist any more.'
    : `${newest.writtenByName} saved version ${newest.number} on ${dayWords(newest.writtenOn)}.`
}

function gapsRefused(content: CarePlanContent): Decision<true> {
  const { blocking, elements } = completenessOf(content)
  if (blocking.length === 0) return accept(true)
  return refuse(
    'plan_incomplete',
    `Missing: ${blocking.join('; ')}`,
    elements
      .filter((element) => element.required && element.gap !== null)
      .map((element) => ({
        path: `content.${element.section}`,
        message: `${element.label}: ${element.gap ?? ''}`,
      })),
  )
}

/** Whether the newest version may be submitted: it is the one that was seen, complete, and not submitted yet. */
export function decideSubmission(command: { number: number }, newest: Newest): Decision<true> {
  if (command.number !== newest.number)
    return refuse('plan_changed', `${changedBy(newest)} Look at it before you submit; nothing was submitted.`)
  if (newest.state === 'submitted' || newest.state === 'signed')
    return refuse('conflict', carePlanCan.submit.whyNot({ state: newest.state, blocking: [] }) ?? '')
  if (newest.state === 'returned')
    return refuse(
      'conflict',
      'This version was returned. Change what was asked for, save it, and submit the new version.',
    )
  return gapsRefused(newest.content)
}

/** Whether the submitted version may be returned: it is still the newest. */
export function decideReturn(command: { number: number }, newest: Newest): Decision<true> {
  if (command.number !== newest.number) return refuse('plan_changed', `${changedBy(newest)} Nothing was returned.`)
  const whyNot = carePlanCan.sign.whyNot(newest)
  return whyNot === null ? accept(true) : refuse('plan_not_submitted', whyNot)
}

export interface SigningSituation {
  practitioner: boolean
  deceased: boolean
  /** The hash of the words as they would be signed now. */
  textSha256: string
}

/** Whether these very words may be signed by this person now. */
export function decideSignature(
  command: { number: number; textSha256: string },
  newest: Newest,
  situation: SigningSituation,
): Decision<true> {
  if (!situation.practitioner)
    return refuse('not_a_practitioner', 'Only a practitioner who may bill on this day can sign a care plan.')
  if (situation.deceased) return refuse('patient_deceased', 'The patient has died; the plan is not signed.')
  if (command.number !== newest.number)
    return refuse(
      'plan_changed',
      `${changedBy(newest)} Nothing was signed. Load the plan again and look at what is new.`,
    )
  const whyNot = carePlanCan.sign.whyNot(newest)
  if (whyNot !== null) return refuse('plan_not_submitted', whyNot)
  if (command.textSha256 !== situation.textSha256)
    return refuse(
      'plan_changed',
      'The plan is not word for word what you were shown. Nothing was signed; load it again.',
    )
  return gapsRefused(newest.content)
}

/** Whether a copy of the signed plan may be recorded for that day. */
export function decideCopy(
  command: { givenOn?: string | undefined },
  signed: { signedOn: string } | null,
  today: string,
): Decision<{ givenOn: string }> {
  const whyNot = carePlanCan.giveCopy.whyNot({ signed })
  if (whyNot !== null || signed === null) return refuse('plan_not_signed', whyNot ?? 'No version is signed yet.')
  const givenOn = command.givenOn ?? today
  const fault = (message: string) =>
    refuse<{ givenOn: string }>('invalid_input', message, [{ path: 'body.givenOn', message }])
  if (givenOn > today) return fault('A copy cannot be given in the future.')
  if (givenOn < signed.signedOn)
    return fault(`The plan was signed on ${dayWords(signed.signedOn)}; a copy of it cannot be older.`)
  return accept({ givenOn })
}
