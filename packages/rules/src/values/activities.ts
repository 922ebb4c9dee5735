import { type Source, sources } from '../sources.ts'

/** A kind of work in the time log and whether Medicare lets its minutes count towards chronic care management. */
export interface ActivityRow {
  readonly id: string
  readonly label: string
  readonly countable: boolean
  readonly why: string
  readonly tag: 'S' | 'S2' | 'K' | 'K?'
  readonly law: readonly Source[]
}

const counts = (id: string, label: string, why: string): ActivityRow => ({
  id,
  label,
  countable: true,
  why,
  tag: 'S',
  law: [sources.timedoc, sources.mln909188],
})
const never = (
  id: string,
  label: string,
  why: string,
  tag: ActivityRow['tag'],
  law: readonly Source[],
): ActivityRow => ({ id, label, countable: false, why, tag, law })

export const activities = [
  counts('patient_call', 'Call with the patient', 'Talking with the patient about care counts.'),
  counts('caregiver_call', 'Call with the caregiver', 'Talking with the caregiver about care counts.'),
  counts('care_plan_work', 'Work on the care plan', 'Drafting and updating the plan counts.'),
  counts('chart_review', 'Chart, lab and consult review', 'Reading the record for this patient counts.'),
  counts(
    'medication_reconciliation',
    'Medication reconciliation',
    'Comparing and clearing the medication list counts.',
  ),
  counts('medication_refill', 'Refill with clinical judgement', 'A refill that needs clinical judgement counts.'),
  counts(
    'coordination',
    'Coordination with other providers',
    'Calls and messages with other providers, pharmacies and agencies count.',
  ),
  counts('community_services', 'Home and community services', 'Arranging home and community services counts.'),
  counts('referral', 'Referral and closing the loop', 'Making and following up a referral counts.'),
  counts(
    'transition',
    'Follow-up after a stay or emergency visit',
    'Managing a transition counts where it is not billed as TCM.',
  ),
  counts('education', 'Education and self-management', 'Teaching the patient or caregiver counts.'),
  counts('assessment', 'Assessment', 'Structured assessment by phone or message counts.'),
  counts('secure_message', 'Secure message', 'Writing to or reading from the patient about care counts.'),
  counts(
    'remote_data_review',
    'Review of home readings',
    'Reading home data counts where the minutes are not billed as RPM.',
  ),
  counts('documentation_of_care', 'Documentation of care', 'Writing down the care just given counts.'),
  never('voicemail_only', 'Voicemail left', 'Leaving a message is not care.', 'K', [sources.timedoc]),
  never('scheduling', 'Scheduling', 'Making an appointment is clerical.', 'S', [sources.timedoc]),
  never('clerical', 'Clerical work', 'Mailing, faxing and filing are clerical.', 'S', [sources.timedoc]),
  never('insurance_forms', 'Insurance forms', 'Forms for an insurer are clerical.', 'S', [sources.timedoc]),
  never('prior_authorization', 'Prior authorization', 'A grey area; the safe answer is no.', 'S', [sources.aafp2016]),
  never('training', 'Training', 'Learning is not care of this patient.', 'S2', [sources.timedoc]),
  never('supervision', 'Supervision talk', 'Talking with a supervisor is not care of this patient.', 'S2', [
    sources.timedoc,
  ]),
  never('time_logging', 'Time logging', 'Logging time is not care.', 'S2', [sources.timedoc]),
  never('consent_talk', 'Consent conversation', 'Asking for consent comes before the service.', 'K', [
    sources.noridianTpe,
  ]),
  never('face_to_face_visit', 'Visit in person', 'Those minutes belong to the visit that is billed.', 'S', [
    sources.timedoc,
  ]),
  never('automated', 'Automated message or call', 'No person was at work.', 'K', [sources.timedoc]),
] as const satisfies readonly ActivityRow[]

/** A known activity, or any other text; other texts are unknown to the book and never count. */
export type ActivityId = string

const byId = new Map<string, ActivityRow>(activities.map((row) => [row.id, row]))

/** The row of an activity; undefined where the book does not know it. */
export function activityRow(activity: string): ActivityRow | undefined {
  return byId.get(activity)
}
