import { addDays, addMonths, firstDayOf, instantOf, lastDayOf, type Month, nextMonth } from '@keepwell/rules'
import { type Chance, chance } from './random.ts'
import { mbiFor } from './synthetic-mbi.ts'

/** A patient of the imported chart whom the clinic could offer the program. */
export interface Candidate {
  /** The EHR's own id. */
  sourceId: string
  /** Our id, where the clinic knows it. */
  id: string
}

export type StaffName = 'sam' | 'rosa' | 'tomas' | 'okafor' | 'june' | 'lena'

/** One deed of the clinic's year, at the instant at which the person does it. */
export type ClinicEvent =
  | ({ at: string; patient: number } & (
      | { deed: 'verify_contact'; by: StaffName; language: 'en' | 'es' }
      | { deed: 'capture_coverage'; by: StaffName; mbi: string }
      | { deed: 'check_medicare'; by: StaffName }
      | { deed: 'introduce'; by: StaffName; language: 'en' | 'es'; heardBefore: 'yes' | 'no' | 'unsure' }
      | { deed: 'respond'; by: StaffName; response: 'interested' | 'thinking' | 'agreed'; objection: string | null }
      | { deed: 'decline'; by: StaffName; reason: string; doNotAskAgain: boolean }
      | { deed: 'consent'; by: StaffName; language: 'en' | 'es' }
      | { deed: 'withdraw'; by: StaffName; reason: string }
      | { deed: 'end_enrollment'; by: StaffName; reason: 'moved'; endedOn: string }
      | { deed: 'attest' }
      | { deed: 'record_visit'; by: StaffName; on: string; code: string }
      | { deed: 'enroll'; careManager: StaffName }
      | { deed: 'draft_plan'; by: StaffName; submit: boolean }
      | { deed: 'sign_plan' }
      | { deed: 'give_plan_copy'; by: StaffName }
      | { deed: 'change_plan'; by: StaffName; note: string }
      | { deed: 'call'; by: StaffName; seconds: number; mood: number }
      | { deed: 'try_call'; by: StaffName; seconds: number; outcome: 'voicemail' | 'no_answer' }
      | { deed: 'session'; by: StaffName; seconds: number; activity: string; whatWasDone: string }
      | { deed: 'log_time'; by: StaffName; startedAt: string; seconds: number; reason: string; whatWasDone: string }
      | { deed: 'record_decision'; month: Month; level: 'moderate' | 'high' }
      | { deed: 'mark_priority'; level: 'first' | 'soon'; reason: string }
    ))
  | { at: string; patient: -1; deed: 'close_month'; month: Month }
  | { at: string; patient: -1; deed: 'send_claims'; month: Month }
  | { at: string; patient: -1; deed: 'work' }

export interface ClinicYear {
  events: ClinicEvent[]
  /** What the EHR knows beside the imported patients, one FHIR resource each. */
  resources: Record<string, unknown>[]
  /** Patients with an appointment on the first day of the demo. */
  appointmentsToday: number[]
}

export interface YearOptions {
  seed: number
  timeZone: string
  /** The first month of work and the month after the last whole one. */
  from: Month
  openMonth: Month
  /** The demo's first day, in `openMonth` or later. */
  today: string
  practitionerSourceId: string
}

type Path =
  | 'regular'
  | 'complex'
  | 'personal'
  | 'withdraws'
  | 'moves'
  | 'declines'
  | 'thinks'
  | 'consented'
  | 'to_sign'
  | 'untouched'

const objections = ['cost', 'no_need', 'no_calls', 'own_doctor_enough', 'family_helps', 'too_much_now'] as const
const workOf = [
  ['care_plan_work', 'Went through the plan and updated goals and steps.'],
  ['coordination', "Talked with the specialist's office and filed the report."],
  ['medication_reconciliation', "Compared the medication list with the pharmacy's."],
  ['chart_review', 'Reviewed new laboratory values and the visit note.'],
  ['referral', 'Followed up the referral and confirmed the appointment.'],
] as const

/**
 * A year of a small clinic's work with its patients: who was asked, who agreed, what was done when. The same
 * options give the same year. Nobody works on a weekend or at two places at one time.
 */
export function planClinicYear(candidates: readonly Candidate[], options: YearOptions): ClinicYear {
  const luck = chance(options.seed)
  const slots = new Slots(options.timeZone)
  const events: ClinicEvent[] = []
  const resources: Record<string, unknown>[] = []
  const paths = candidates.map((_, index) => pathOf(index))
  candidates.forEach((candidate, index) => {
    const path = paths[index] ?? 'untouched'
    const begins = beginningOf(index, path, options)
    resources.push(...chartOf(candidate, index, path, begins, options, luck))
    if (path === 'untouched') return
    const introduced = introduction(index, path, begins, slots, luck)
    events.push(...introduced)
    if (!enrolls.includes(path)) return
    const enrolled = enrollment(index, path, begins, lastDayOfThese(introduced), slots)
    events.push(...enrolled)
    if (path !== 'to_sign')
      events.push(...monthlyWork(index, path, addDays(lastDayOfThese(enrolled), 1), options, slots, luck))
  })
  events.push(...billing(options, slots))
  const appointmentsToday = appointmentsOf(paths)
  resources.push(...appointments(candidates, appointmentsToday, options))
  events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return {
    events: events.filter(
      (event) => event.at < new Date(instantOf(options.today, '08:55', options.timeZone)).toISOString(),
    ),
    resources,
    appointmentsToday,
  }
}

const enrolls: readonly Path[] = ['regular', 'complex', 'personal', 'withdraws', 'moves', 'to_sign']

/** The day of the latest of some events; office hours lie within one day of UTC. */
function lastDayOfThese(events: readonly ClinicEvent[]): string {
  const times = events.map(({ at }) => at).sort()
  return (times.at(-1) ?? '').slice(0, 10)
}

/** Which way a patient goes, by place in the list: fixed shares, so that every page of the demo has something to show. */
function pathOf(index: number): Path {
  const table: [number, Path][] = [
    [18, 'regular'],
    [2, 'complex'],
    [1, 'personal'],
    [1, 'withdraws'],
    [1, 'moves'],
    [2, 'to_sign'],
    [4, 'declines'],
    [4, 'thinks'],
    [3, 'consented'],
  ]
  let from = 0
  for (const [size, path] of table) {
    if (index < from + size) return path
    from += size
  }
  return 'untouched'
}

/** The day on which the clinic first talks with the patient. Ten begin at once, the others through the year. */
function beginningOf(index: number, path: Path, { from, openMonth, today }: YearOptions): string {
  if (path === 'consented') return addDays(today, -6 - (index % 3))
  if (path === 'to_sign') return addDays(today, -12 - (index % 4))
  if (path === 'thinks') return addDays(today, -20 - 7 * (index % 4))
  if (path === 'withdraws' || path === 'moves' || path === 'complex') return addDays(firstDayOf(from), 2 + (index % 5))
  const waits = index < 10 ? 0 : Math.min(9, Math.floor((index - 8) / 2))
  const month = addMonths(from, waits)
  return addDays(firstDayOf(month < openMonth ? month : addMonths(openMonth, -1)), 2 + (index % 9))
}

const hispanic = (index: number) => index % 7 === 3
const languageOf = (index: number): 'en' | 'es' => (hispanic(index) ? 'es' : 'en')

function introduction(patient: number, path: Path, on: string, slots: Slots, luck: Chance): ClinicEvent[] {
  const at = slots.take('sam', on, 4)
  const later = (minutes: number) => plus(at, minutes * 60)
  const objection = objections[patient % objections.length] ?? 'cost'
  const events: ClinicEvent[] = [
    { at, patient, deed: 'verify_contact', by: 'sam', language: languageOf(patient) },
    { at: later(1), patient, deed: 'capture_coverage', by: 'sam', mbi: mbiFor(patient) },
    { at: later(2), patient, deed: 'check_medicare', by: 'sam' },
    {
      at: later(3),
      patient,
      deed: 'introduce',
      by: 'sam',
      language: languageOf(patient),
      heardBefore: luck.pick(['no', 'no', 'unsure', 'yes']),
    },
  ]
  if (path === 'declines')
    return [
      ...events,
      { at: later(35), patient, deed: 'decline', by: 'sam', reason: objection, doNotAskAgain: patient % 4 === 0 },
    ]
  if (path === 'thinks')
    return [...events, { at: later(35), patient, deed: 'respond', by: 'sam', response: 'thinking', objection }]
  if (patient % 3 === 0)
    events.push({
      at: later(20),
      patient,
      deed: 'mark_priority',
      level: patient % 2 === 0 ? 'first' : 'soon',
      reason: 'Two emergency visits last winter; lives alone.',
    })
  return [
    ...events,
    { at: later(36), patient, deed: 'respond', by: 'sam', response: 'agreed', objection: null },
    { at: later(38), patient, deed: 'consent', by: 'sam', language: languageOf(patient) },
  ]
}

const calledToday = (patient: number, path: Path) => path === 'regular' && patient % 5 === 1
/** Their October work was written by hand and is long enough for a second person to look at it. */
const writtenByHand = (patient: number, month: Month, { openMonth }: YearOptions) =>
  month === openMonth && (patient === 3 || patient === 8)

function careManagerOf(patient: number): 'rosa' | 'tomas' {
  return patient % 5 < 3 ? 'rosa' : 'tomas'
}

function enrollment(patient: number, path: Path, begins: string, consentedOn: string, slots: Slots): ClinicEvent[] {
  const by = careManagerOf(patient)
  const dayAfter = (at: string) => workday(addDays(at.slice(0, 10), 1))
  const decided = slots.take('okafor', workday(addDays(consentedOn, 1)), 10)
  const drafted = slots.take(by, dayAfter(decided), 25)
  const events: ClinicEvent[] = [
    { at: decided, patient, deed: 'record_visit', by: 'okafor', on: visitDayOf(begins), code: visitCodeOf(patient) },
    { at: plus(decided, 60), patient, deed: 'attest' },
    { at: plus(decided, 120), patient, deed: 'enroll', careManager: by },
    { at: drafted, patient, deed: 'draft_plan', by, submit: true },
  ]
  if (path === 'to_sign') return events
  const signed = slots.take('okafor', dayAfter(drafted), 5)
  return [
    ...events,
    { at: signed, patient, deed: 'sign_plan' },
    { at: slots.take('sam', dayAfter(signed), 3), patient, deed: 'give_plan_copy', by: 'sam' },
  ]
}

function monthlyWork(
  patient: number,
  path: Path,
  begins: string,
  options: YearOptions,
  slots: Slots,
  luck: Chance,
): ClinicEvent[] {
  const by = careManagerOf(patient)
  const events: ClinicEvent[] = []
  const endsAfter =
    path === 'withdraws'
      ? addMonths(options.from, 6)
      : path === 'moves'
        ? addMonths(options.from, 8)
        : options.openMonth
  for (
    let month = begins.slice(0, 7);
    month <= endsAfter && month < options.today.slice(0, 7);
    month = nextMonth(month)
  ) {
    const firstDay = month === begins.slice(0, 7) ? addDays(begins, 2) : addDays(firstDayOf(month), 1)
    events.push(...monthOf(patient, path, by, month, firstDay, options, slots, luck))
    // Coverage is asked for again before each bill.
    events.push({
      at: slots.take('lena', lastWorkday(lastDayOf(month)), 1),
      patient,
      deed: 'check_medicare',
      by: 'lena',
    })
  }
  if (path === 'withdraws') {
    const at = slots.take(by, workday(addDays(firstDayOf(endsAfter), 11)), 5)
    events.push({ at, patient, deed: 'withdraw', by, reason: 'Her daughter looks after her now.' })
  }
  if (path === 'moves') {
    const endedOn = lastWorkday(lastDayOf(endsAfter))
    events.push({ at: slots.take(by, endedOn, 5), patient, deed: 'end_enrollment', by, reason: 'moved', endedOn })
  }
  if (calledToday(patient, path)) {
    // The month of the demo has begun: a few patients were called on its first workday.
    const at = slots.take(by, workday(firstDayOf(options.today.slice(0, 7))), 12)
    events.push({ at, patient, deed: 'call', by, seconds: luck.between(430, 590), mood: luck.next() })
  }
  if (path === 'regular' && patient % 6 === 5) {
    // A change of the plan that waits for the signature: it shows on the board and in the provider's inbox.
    events.push({
      at: slots.take(by, workday(addDays(options.today, -5)), 8),
      patient,
      deed: 'change_plan',
      by,
      note: 'New home blood pressure log after the high readings in October.',
    })
  }
  return events
}

/** One patient's month: a call or a try, and work around it. Most months pass twenty minutes, some do not, a few go far. */
function monthOf(
  patient: number,
  path: Path,
  by: StaffName,
  month: Month,
  firstDay: string,
  options: YearOptions,
  slots: Slots,
  luck: Chance,
): ClinicEvent[] {
  const lastDay = lastDayOf(month)
  const day = (offset: number) => {
    const wanted = workday(addDays(firstDay, offset))
    return wanted <= lastDay ? wanted : lastWorkday(lastDay)
  }
  // Care managers call on a few days of the month and work around the calls on the others.
  const callDay = day(luck.pick([1, 5, 9]))
  const kind = luck.next()
  if (kind < 0.05) {
    return [
      { at: slots.take(by, callDay, 4), patient, deed: 'try_call', by, seconds: 75, outcome: 'voicemail' },
      { at: slots.take(by, day(16), 4), patient, deed: 'try_call', by, seconds: 50, outcome: 'no_answer' },
    ]
  }
  const events: ClinicEvent[] = [
    { at: slots.take(by, callDay, 12), patient, deed: 'call', by, seconds: luck.between(430, 590), mood: luck.next() },
  ]
  if (writtenByHand(patient, month, options)) {
    const startedAt = slots.take(by, lastWorkday(addDays(lastDay, -2)), 30)
    events.push({
      at: plus(startedAt, 28 * 60),
      patient,
      deed: 'log_time',
      by,
      startedAt,
      seconds: 26 * 60,
      reason: 'The laptop was in repair; written down from my notes.',
      whatWasDone: 'Arranged home health with the agency and told the family.',
    })
    return events
  }
  const work = (seconds: number, offset: number): ClinicEvent => {
    const [activity, whatWasDone] = workOf[luck.between(0, workOf.length - 1)] ?? workOf[0]
    return { at: slots.take(by, day(offset), 22), patient, deed: 'session', by, seconds, activity, whatWasDone }
  }
  if (path === 'complex' && luck.happens(0.7)) {
    const decided = slots.take('okafor', day(14), 6)
    events.push({ at: decided, patient, deed: 'record_decision', month, level: 'moderate' })
    for (let part = 0; part < 3; part++) events.push(work(luck.between(1060, 1180), 3 + part * 6))
    return events
  }
  if (path === 'personal' && luck.happens(0.6)) {
    for (let part = 0; part < 2; part++) {
      events.push({
        at: slots.take('okafor', day(4 + part * 8), 22),
        patient,
        deed: 'session',
        by: 'okafor',
        seconds: luck.between(960, 1160),
        activity: 'care_plan_work',
        whatWasDone: 'Reviewed the record and adjusted treatment in person.',
      })
    }
    return events
  }
  const blocks = kind < 0.85 ? 1 : 2
  for (let block = 0; block < blocks; block++) {
    events.push(work(kind < 0.15 ? luck.between(280, 460) : luck.between(780, 1150), 4 + block * 8))
  }
  return events
}

/** Each month is closed on the second workday after it, its claims leave, and the answers come in by and by. */
function billing({ from, openMonth, timeZone }: YearOptions, slots: Slots): ClinicEvent[] {
  const events: ClinicEvent[] = []
  for (let month = from; month < openMonth; month = nextMonth(month)) {
    const closes = workday(addDays(firstDayOf(nextMonth(month)), 3))
    const at = slots.take('lena', closes, 30)
    events.push(
      { at, patient: -1, deed: 'close_month', month },
      { at: plus(at, 900), patient: -1, deed: 'send_claims', month },
    )
    // The batch leaves in the evening, its answers are there a quarter of an hour later, and corrections the day after.
    for (const [days, time] of [
      [0, '18:30'],
      [0, '18:45'],
      [1, '18:30'],
    ] as const) {
      events.push({
        at: new Date(instantOf(workday(addDays(closes, days)), time, timeZone)).toISOString(),
        patient: -1,
        deed: 'work',
      })
    }
  }
  return events
}

function appointmentsOf(paths: readonly Path[]): number[] {
  const of = (path: Path, count: number) =>
    paths.flatMap((each, index) => (each === path ? [index] : [])).slice(0, count)
  return [...of('untouched', 5), ...of('thinks', 2), ...of('regular', 2), ...of('declines', 1)]
}

const visitCodes = ['99214', 'G0439', '99213', '99215'] as const
const visitCodeOf = (patient: number) => visitCodes[patient % visitCodes.length] ?? '99214'
const visitDayOf = (begins: string) => workday(addDays(begins, -14))

/** What the clinic's own EHR adds to a patient's chart: the visit before the program, and values of the year. */
function chartOf(
  candidate: Candidate,
  patient: number,
  path: Path,
  begins: string,
  options: YearOptions,
  luck: Chance,
): Record<string, unknown>[] {
  const subject = { reference: `Patient/${candidate.sourceId}` }
  const resources: Record<string, unknown>[] = [visit(candidate, patient, visitDayOf(begins), options)]
  if (path === 'untouched' && patient % 2 === 0) return resources
  const observation = (id: string, on: string, rest: Record<string, unknown>) => ({
    resourceType: 'Observation',
    id: `kw-${id}-${candidate.sourceId}`.slice(0, 64),
    status: 'final',
    subject,
    effectiveDateTime: new Date(instantOf(on, '09:00', options.timeZone)).toISOString(),
    ...rest,
  })
  for (let quarter = 0; quarter < 4; quarter++) {
    const on = workday(addDays(firstDayOf(addMonths(options.from, quarter * 3)), 8 + (patient % 9)))
    const systolic = 152 - quarter * 5 + luck.between(-8, 8)
    resources.push(
      observation(`bp${quarter}`, on, {
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
        ],
        code: { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }] },
        component: [
          {
            code: { coding: [{ system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' }] },
            valueQuantity: { value: systolic, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
          },
          {
            code: { coding: [{ system: 'http://loinc.org', code: '8462-4', display: 'Diastolic blood pressure' }] },
            valueQuantity: {
              value: Math.round(systolic * 0.58),
              unit: 'mmHg',
              system: 'http://unitsofmeasure.org',
              code: 'mm[Hg]',
            },
          },
        ],
      }),
      observation(`a1c${quarter}`, on, {
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
        ],
        code: { coding: [{ system: 'http://loinc.org', code: '4548-4', display: 'Hemoglobin A1c' }] },
        valueQuantity: {
          value: Math.round((8.6 - quarter * 0.3 + luck.between(-3, 3) / 10) * 10) / 10,
          unit: '%',
          system: 'http://unitsofmeasure.org',
          code: '%',
        },
      }),
    )
  }
  return resources
}

function visit(candidate: Candidate, patient: number, on: string, options: YearOptions): Record<string, unknown> {
  const code = visitCodeOf(patient)
  const startsAt = instantOf(on, '10:00', options.timeZone)
  return {
    resourceType: 'Encounter',
    id: `kw-visit-${candidate.sourceId}`.slice(0, 64),
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [
      {
        coding: [
          {
            system: code.startsWith('G')
              ? 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'
              : 'http://www.ama-assn.org/go/cpt',
            code,
          },
        ],
        text: code.startsWith('G') ? 'Annual wellness visit' : 'Office visit',
      },
    ],
    subject: { reference: `Patient/${candidate.sourceId}` },
    participant: [{ individual: { reference: `Practitioner/${options.practitionerSourceId}` } }],
    period: { start: new Date(startsAt).toISOString(), end: new Date(startsAt + 1_800_000).toISOString() },
  }
}

/** The first two days of the demo: patients every twenty minutes from nine. */
function appointments(
  candidates: readonly Candidate[],
  today: readonly number[],
  options: YearOptions,
): Record<string, unknown>[] {
  const onDay = (patients: readonly number[], day: string, label: string) =>
    patients.flatMap((patient, place) => {
      const candidate = candidates[patient]
      if (candidate === undefined) return []
      const start = instantOf(day, '09:10', options.timeZone) + place * 20 * 60_000
      return [
        {
          resourceType: 'Appointment',
          id: `kw-${label}-${candidate.sourceId}`.slice(0, 64),
          status: 'booked',
          description: place % 3 === 0 ? 'Follow-up visit' : 'Office visit',
          start: new Date(start).toISOString(),
          end: new Date(start + 20 * 60_000).toISOString(),
          participant: [
            { actor: { reference: `Patient/${candidate.sourceId}` }, status: 'accepted' },
            { actor: { reference: `Practitioner/${options.practitionerSourceId}` }, status: 'accepted' },
          ],
        },
      ]
    })
  const tomorrow = candidates.map((_, index) => index).slice(-6)
  return [...onDay(today, options.today, 'today'), ...onDay(tomorrow, workday(addDays(options.today, 1)), 'tomorrow')]
}

/** A workday at or after the day: clinics are closed on Saturday and Sunday. */
export function workday(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}

function lastWorkday(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, -2) : day
}

function plus(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}

/** Hands out times so that nobody does two things at once; a full day runs on into the next workday. */
class Slots {
  readonly #timeZone: string
  readonly #free = new Map<string, number>()
  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }
  take(person: StaffName, wanted: string, minutes: number): string {
    for (let day = workday(wanted); ; day = workday(addDays(day, 1))) {
      const key = `${person} ${day}`
      const opens = instantOf(day, '09:00', this.#timeZone)
      const from = this.#free.get(key) ?? opens
      const until = from + (minutes + 2) * 60_000
      if (until <= instantOf(day, '17:00', this.#timeZone)) {
        this.#free.set(key, until)
        return new Date(from).toISOString()
      }
    }
  }
}
