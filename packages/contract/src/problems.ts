/**
 * Every refusal that the product can give, by code. The HTTP status and the title stand here once;
 * the sentence that a person reads is written where the refusal is decided.
 */
export const problems = {
  bad_request: { status: 400, title: 'The request could not be read' },
  invalid_input: { status: 422, title: 'Some fields need another value' },
  not_signed_in: { status: 401, title: 'Sign in first' },
  wrong_sign_in: { status: 401, title: 'The e-mail, password or code is not right' },
  second_factor_needed: { status: 401, title: 'A code from your authenticator is needed' },
  second_factor_setup_needed: { status: 403, title: 'Set up your authenticator first' },
  session_locked: { status: 423, title: 'The screen is locked' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  wrong_origin: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Not found' },
  too_large: { status: 413, title: 'The file is too large' },
  too_many_requests: { status: 429, title: 'Too many tries' },
  conflict: { status: 409, title: 'Somebody changed this meanwhile' },
  idempotency_mismatch: { status: 422, title: 'The same key was used for another request' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  not_in_demo: { status: 403, title: 'Only in the demo clinic' },

  file_type_mismatch: { status: 422, title: 'The file is not what its name says' },
  unreadable_file: { status: 422, title: 'The file could not be read' },
  already_imported: { status: 409, title: 'This file was taken in before' },

  patient_deceased: { status: 409, title: 'The patient has died' },
  do_not_ask: { status: 409, title: 'The patient asked not to be asked again' },
  eligibility_unavailable: { status: 502, title: 'The eligibility service did not answer' },

  consent_exists: { status: 409, title: 'There is a consent already' },
  consent_not_active: { status: 409, title: 'This consent is not in force' },
  consent_form_not_allowed: { status: 422, title: 'This form of consent is not allowed here' },
  consent_statement_missing: { status: 422, title: 'A required statement was not told' },
  consent_signature_missing: { status: 422, title: 'The signature is missing' },
  consent_form_outdated: { status: 409, title: 'The consent form changed meanwhile' },

  conditions_insufficient: { status: 422, title: 'Two chronic conditions are needed' },
  initiating_visit_missing: { status: 409, title: 'The initiating visit is missing' },
  visit_does_not_qualify: { status: 422, title: 'This visit cannot start care' },
  not_a_practitioner: { status: 403, title: 'Only a billing practitioner may do this' },
  already_enrolled: { status: 409, title: 'The patient is enrolled already' },
  not_enrolled: { status: 409, title: 'The patient is not enrolled' },
  attestation_missing: { status: 409, title: 'The provider has not attested yet' },
  consent_missing: { status: 409, title: 'There is no consent in force' },

  plan_changed: { status: 409, title: 'The plan changed meanwhile' },
  plan_incomplete: { status: 409, title: 'The plan lacks required elements' },
  plan_not_submitted: { status: 409, title: 'The plan has not been submitted' },
  plan_not_signed: { status: 409, title: 'The plan is not signed' },

  timer_running: { status: 409, title: 'A timer is running already' },
  timer_silent: { status: 409, title: 'Nothing was heard from this timer for a while' },
  timer_stopped: { status: 409, title: 'This timer has stopped' },
  time_overlaps: { status: 409, title: 'The time overlaps another entry' },
  time_not_allowed: { status: 422, title: 'This time cannot be logged' },
  month_closed: { status: 409, title: 'The month is closed' },
  attestation_required: { status: 422, title: 'Your attestation is needed' },
  same_person: { status: 409, title: 'Another person has to do this' },
  call_signed: { status: 409, title: 'The call is signed already' },
  red_flag_open: { status: 409, title: 'A red flag is not acknowledged' },

  month_not_over: { status: 409, title: 'The month is not over' },
  close_running: { status: 409, title: 'The month is being closed already' },
  law_unknown: { status: 409, title: 'The rule for this month is not known yet' },

  claim_not_ready: { status: 409, title: 'The claim is not ready' },
  claim_already_sent: { status: 409, title: 'The claim was sent already' },
  claim_faulty: { status: 422, title: 'The claim has errors' },
  claim_unknown: { status: 422, title: 'No claim of ours fits' },
  undo_window_over: { status: 409, title: 'It has left already' },
  remittance_known: { status: 409, title: 'This remittance was posted before' },
  remittance_held: { status: 422, title: 'The remittance is held' },
  destination_unavailable: { status: 502, title: 'The other side did not answer' },

  break_glass_needed: { status: 403, title: 'A reason is needed to open this record' },
  staff_expired: { status: 409, title: 'The credential has expired' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof problems

/** RFC 9457 problem details as the API sends them; `faults` places each fault of an input or a file. */
export interface ProblemBody {
  type: string
  code: ErrorCode
  status: number
  title: string
  detail: string
  faults?: { path: string; message: string }[]
}
