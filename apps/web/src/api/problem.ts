import type { ErrorCode, ProblemBody } from '@keepwell/contract'

/** What can go wrong between the page and the server besides the refusals that the contract names. */
export type ProblemCode = ErrorCode | 'unreachable' | 'unreadable_answer'

/** A refusal or a failure, as the page shows it: `detail` is a sentence for a person. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  readonly title: string
  readonly detail: string
  /** Each fault of an input or a file with its place. */
  readonly faults: readonly { path: string; message: string }[]

  constructor(problem: Omit<ProblemBody, 'type' | 'code'> & { code: ProblemCode }) {
    super(problem.detail)
    this.code = problem.code
    this.status = problem.status
    this.title = problem.title
    this.detail = problem.detail
    this.faults = problem.faults ?? []
  }
}

/** The three things a person needs after something failed. */
export interface PlainProblem {
  what: string
  kept: string
  next: string
}

const nextSteps: Partial<Record<ProblemCode, string>> = {
  unreachable: 'Check the network, then try again. Trying again does it once, not twice.',
  unreadable_answer: 'Reload the page: it is probably older than the server.',
  internal: 'Try again. If it stays, tell your administrator the time it happened.',
  conflict: 'Reload to see what changed, then do it again.',
  plan_changed: 'Reload to see what changed, then do it again.',
  consent_form_outdated: 'Open the form again: the patient has to see the new one.',
  forbidden: 'Ask a colleague whose seat allows it.',
  too_many_requests: 'Wait a minute, then try again.',
  invalid_input: 'Correct the marked fields.',
  not_found: 'Go back to the list; it may have been moved or closed.',
  file_type_mismatch: 'Choose a PDF, PNG or JPEG file.',
  too_large: 'Choose a smaller file, or scan with fewer pages or a lower resolution.',
  session_locked: 'Unlock the screen, then do it again.',
  destination_unavailable: 'Try again in a few minutes.',
  eligibility_unavailable: 'Try again, or ask later in the day.',
}

/**
 * Says in plain words what happened, what was kept and what to do.
 * `kept` names what the page still holds, when it holds more than nothing.
 */
export function plainProblem(error: unknown, kept = 'Nothing was changed.'): PlainProblem {
  if (!(error instanceof ProblemError)) {
    return { what: 'This page ran into an error of its own.', kept, next: 'Reload the page and try again.' }
  }
  const unsure = error.code === 'unreachable' ? 'What you entered is still here.' : kept
  return { what: error.detail || `${error.title}.`, kept: unsure, next: nextSteps[error.code] ?? '' }
}

/** The message for one field of a form, from the faults of a refusal: `body.email` marks `email`. */
export function faultsByField(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError)) return {}
  const byField: Record<string, string> = {}
  for (const fault of error.faults) {
    const field = fault.path.replace(/^(body|query|params)\./, '')
    byField[field] ??= fault.message
  }
  return byField
}
