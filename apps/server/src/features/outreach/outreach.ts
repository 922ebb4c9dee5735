import type {
  CcmStatus,
  Introduction,
  Objection,
  PatientResponse,
  RecordIntroduction,
  Trends,
} from '@keepwell/contract'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'

export interface SpeakingSituation {
  deceased: boolean
  /** The day on which the patient asked not to be asked again, while it stands. */
  doNotAskSince: string | null
}

/** Whether anybody may speak to this patient about the program. Who asked not to be asked may still bring it up: that answer is heard. */
export function decideSpeaking(
  situation: SpeakingSituation,
  kind: RecordIntroduction['kind'] | 'declined',
): Decision<true> {
  if (situation.deceased) return refuse('patient_deceased', 'The patient has died; there is nobody to ask.')
  if (situation.doNotAskSince !== null && kind !== 'response') {
    return refuse(
      'do_not_ask',
      `On ${dayWords(situation.doNotAskSince)} the patient asked not to be asked again. Record an answer only if the patient brings it up.`,
    )
  }
  return accept(true)
}

export interface DeclineCommand {
  doNotAskAgain: boolean
  followUp: { byId: string; on: string } | null
}

/** Who does not want to be asked again gets no follow-up; otherwise the day of the follow-up lies ahead. */
export function decideDecline(command: DeclineCommand, situation: { today: string; owner: boolean }): Decision<true> {
  if (command.followUp === null) return accept(true)
  if (command.doNotAskAgain) {
    return refuse('invalid_input', 'Who does not want to be asked again gets no follow-up. Choose one of the two.', [
      { path: 'body.followUp', message: 'Leave it out.' },
    ])
  }
  if (command.followUp.on < situation.today) {
    return refuse('invalid_input', 'The day of the follow-up is over. Choose today or later.', [
      { path: 'body.followUp.on', message: 'Choose today or later.' },
    ])
  }
  if (!situation.owner) {
    return refuse('invalid_input', 'Only a provider or a care manager can follow up. Choose one of them.', [
      { path: 'body.followUp.byId', message: 'Choose a provider or a care manager.' },
    ])
  }
  return accept(true)
}

/** The one sentence to say at check-in; it names no diagnosis. Null where nothing is to be said. */
export function promptOf(status: CcmStatus, response: PatientResponse | null): string | null {
  switch (status) {
    case 'eligible':
    case 'unknown':
      return 'Two or more lasting conditions: the doctor offers care between visits.'
    case 'introduced':
      return response === 'agreed'
        ? 'Said yes: the consent form comes next.'
        : response === 'interested'
          ? 'Showed interest: call the care manager, or take the consent.'
          : 'Heard about it before: any questions?'
    case 'thinking':
      return 'Wanted to think about it: any questions since?'
    case 'consented':
      return 'Gave consent: nothing to ask, the provider enrolls.'
    default:
      return null
  }
}

/** Why the desk stays silent, or null. */
export function whyNotAsk(status: CcmStatus, doNotAsk: boolean): string | null {
  if (status === 'deceased') return 'The patient has died.'
  if (doNotAsk) return 'The patient asked not to be asked again.'
  const reasons: Partial<Record<CcmStatus, string>> = {
    enrolled: 'The patient is in the program.',
    consented: 'The patient gave consent already.',
    enrolled_elsewhere: 'Another practice gives this service.',
    not_eligible: 'The patient does not fit the program now.',
  }
  return reasons[status] ?? null
}

/** A clinical question is due within a quarter of an hour while the patient waits, otherwise within a day. */
export function questionDueAt(now: Date, waiting: boolean): Date {
  return new Date(now.getTime() + (waiting ? 15 * 60_000 : 24 * 3_600_000))
}

/** A page is answered within five minutes or somebody else is asked. */
export function pageDueAt(now: Date): Date {
  return new Date(now.getTime() + 5 * 60_000)
}

/** A cell of a spreadsheet file: quoted, and never a formula (cells that begin with = + - @, tab or return). */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells) => cells.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n')
}

export interface LoggedWord {
  patientId: string
  kind: Introduction['kind']
  response: PatientResponse | null
  objection: Objection | null
  scriptVersion: string | null
  byId: string
  byName: string
}

type Funnel = Trends['total']

/** Distinct patients in each step; whoever answered was introduced, whatever was tapped before. */
export function funnelOf(words: readonly LoggedWord[], consented: ReadonlySet<string>): Funnel {
  const who = (test: (word: LoggedWord) => boolean) => new Set(words.filter(test).map((word) => word.patientId))
  const introduced = who((word) => word.kind !== 'question' && word.kind !== 'nudge' && word.kind !== 'heard_before')
  return {
    introduced: introduced.size,
    brochures: who((word) => word.kind === 'brochure_given').size,
    interested: who((word) => word.response === 'interested').size,
    thinking: who((word) => word.response === 'thinking').size,
    agreed: who((word) => word.response === 'agreed').size,
    declined: who((word) => word.response === 'declined').size,
    consented: [...introduced].filter((id) => consented.has(id)).length,
  }
}

/** Below this many answers a script is not compared: chance would speak. */
export const leastAnswers = 30

/** Wilson's 95 % interval of a share, in thousandths. */
export function intervalOf(successes: number, tries: number): { low: number; high: number } | null {
  if (tries === 0) return null
  const z = 1.959964
  const share = successes / tries
  const middle = share + (z * z) / (2 * tries)
  const spread = z * Math.sqrt((share * (1 - share)) / tries + (z * z) / (4 * tries * tries))
  const whole = 1 + (z * z) / tries
  return {
    low: Math.max(0, Math.round(((middle - spread) / whole) * 1000)),
    high: Math.min(1000, Math.round(((middle + spread) / whole) * 1000)),
  }
}

/** Each patient's last answer counts for the script that was heard with it. */
export function scriptResultsOf(words: readonly LoggedWord[], titles: (version: string) => string): Trends['scripts'] {
  const last = new Map<string, LoggedWord>()
  for (const word of words)
    if (word.response !== null && word.scriptVersion !== null) last.set(`${word.scriptVersion}|${word.patientId}`, word)
  const versions = [...new Set([...last.values()].map((word) => word.scriptVersion ?? ''))].sort()
  return versions.map((version) => {
    const own = [...last.values()].filter((word) => word.scriptVersion === version)
    const agreed = own.filter((word) => word.response === 'agreed').length
    const interval = intervalOf(agreed, own.length)
    return {
      version,
      title: titles(version),
      answered: own.length,
      agreed,
      lowPerMille: interval?.low ?? null,
      highPerMille: interval?.high ?? null,
    }
  })
}

/** A winner is named only where both have enough answers and their intervals do not meet. */
export function winnerOf(results: Trends['scripts']): Trends['winner'] {
  const enough = results.filter((result) => result.answered >= leastAnswers)
  if (results.length < 2)
    return { version: null, sentence: 'Only one script was used, so there is nothing to compare.' }
  if (enough.length < 2)
    return {
      version: null,
      sentence: `A script is compared from ${leastAnswers} answers on; fewer than two have that many.`,
    }
  const [best, ...others] = [...enough].sort((a, b) => b.agreed / b.answered - a.agreed / a.answered)
  if (best !== undefined && others.every((other) => (best.lowPerMille ?? 0) > (other.highPerMille ?? 1000))) {
    return {
      version: best.version,
      sentence: `More patients agreed after "${best.title}" than chance explains.`,
    }
  }
  return { version: null, sentence: 'The difference between the scripts can be chance.' }
}
