/**
 * A second answer to the same question, written plainly from the fact sheet of Medicare's rules and without the book:
 * no rule, value, table or function of it is used, only the shape of the facts. Slow and simple on purpose.
 */
import type { Facts } from '../../src/facts.ts'

export interface OracleLine {
  code: string
  units: number
  dateOfService: string
  diagnoses: string[]
  allowedCents: number | null
  medicareCents: number | null
  patientCents: number | null
}

export interface OracleAnswer {
  outcome: 'billable' | 'not_yet' | 'held' | 'not_billable'
  lines: OracleLine[]
  countedSeconds: number
  practitionerSeconds: number
  pooledMinutes: number
}

// ---- the calendar of a clinic -------------------------------------------------------------------------------------

const clocks = new Map<string, Intl.DateTimeFormat>()
const starts = new Map<string, number>()

/** The first instant of a local date, found by looking at the clinic's clock every quarter of an hour. */
function dayStart(date: string, zone: string): number {
  const key = `${zone} ${date}`
  const known = starts.get(key)
  if (known !== undefined) return known
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
    clocks.set(zone, clock)
  }
  let at = Date.parse(`${date}T00:00:00Z`) - 26 * 3_600_000
  while (clock.format(at) < date) at += 900_000
  starts.set(key, at)
  return at
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

function lastOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

function yearLater(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years)
  const moved = `${year}${date.slice(4)}`
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0)
  return date.endsWith('-02-29') && !leap ? `${year}-02-28` : moved
}

function dateAt(ms: number, zone: string): string {
  const guess = new Date(ms).toISOString().slice(0, 10)
  for (const shift of [-1, 0, 1]) {
    const date = new Date(Date.parse(`${guess}T00:00:00Z`) + shift * 86_400_000).toISOString().slice(0, 10)
    if (dayStart(date, zone) <= ms && ms < dayStart(dayAfter(date), zone)) return date
  }
  throw new Error('no date')
}

// ---- minutes: section 7.2, 1.4 ------------------------------------------------------------------------------------

const COUNTS = [
  'patient_call',
  'caregiver_call',
  'care_plan_work',
  'chart_review',
  'coordination',
  'medication_reconciliation',
]
const COUNTS_NOT = [
  'voicemail_only',
  'scheduling',
  'clerical',
  'prior_authorization',
  'face_to_face_visit',
  'automated',
]
const CLINICAL = ['RN', 'LPN', 'MA', 'PharmD', 'MD', 'DO', 'NP', 'PA']
const NOT_CLINICAL = ['CHW', 'FRONT_DESK', 'SCHEDULER', 'NONE']
const MAY_BILL = ['MD', 'DO', 'NP', 'PA']

interface Work {
  from: number
  to: number
  practitioner: boolean
  personal: boolean
  /** ccm, elsewhere or unclear; what cannot count at all is not here. */
  use: 'ccm' | 'elsewhere' | 'unclear'
}

function workOf(facts: Facts, from: number, to: number): Work[] {
  const found: Work[] = []
  for (const entry of facts.time ?? []) {
    const work = {
      from: Math.max(from, Date.parse(entry.start)),
      to: Math.min(to, Date.parse(entry.end)),
      practitioner: false,
      personal: false,
    }
    if (work.to <= work.from) continue
    const { program, activity, credential } = entry
    if (program !== undefined && program !== 'ccm') {
      if (program !== null && program !== 'none') found.push({ ...work, use: 'elsewhere' })
      continue
    }
    if (activity === null || (activity !== undefined && COUNTS_NOT.includes(activity))) continue
    if (credential === null || (credential !== undefined && NOT_CLINICAL.includes(credential))) continue
    const clear =
      program === 'ccm' &&
      activity !== undefined &&
      COUNTS.includes(activity) &&
      credential !== undefined &&
      CLINICAL.includes(credential)
    if (!clear) {
      found.push({ ...work, use: 'unclear' })
      continue
    }
    const practitioner = entry.kind === 'practitioner' && MAY_BILL.includes(credential ?? '')
    found.push({ ...work, practitioner, personal: practitioner && entry.personalCcm === true, use: 'ccm' })
  }
  return found
}

const REQUIRED = ['availability_and_cost', 'one_practitioner', 'right_to_stop'] as const
const VISITS = [
  ...['99202', '99203', '99204', '99205', '99212', '99213', '99214', '99215'],
  ...['99341', '99342', '99344', '99345', '99347', '99348', '99349', '99350'],
  ...['99495', '99496', 'G0402', 'G0438', 'G0439'],
]

/** The day on which something not done yet could be done: today within the month, else after the last work. */
function stepDay(facts: Facts): string {
  const first = `${facts.month}-01`
  const last = lastOf(facts.month)
  if (facts.asOf && facts.asOf < first) return first
  if (facts.asOf && facts.asOf > last) return last
  if (facts.asOf) return facts.asOf
  let day = first
  for (const entry of facts.time ?? []) {
    const after = dayAfter(dateAt(Date.parse(entry.start), facts.timeZone))
    if (after > day && after <= last) day = after
  }
  return day
}

function untold(facts: Facts): boolean {
  const told = facts.consent?.told
  return told !== undefined && REQUIRED.some((one) => !told?.includes(one))
}

const endOfConsent = (withdrawnOn: string): string => lastOf(withdrawnOn.slice(0, 7))

function noConsent(facts: Facts): boolean {
  const { consent } = facts
  return consent === null || consent?.form === null || consent?.givenOn === null || untold(facts)
}

function tooOld(facts: Facts, visitOn: string): boolean {
  const { consent, month } = facts
  const ended = Boolean(consent?.withdrawnOn) && endOfConsent(consent?.withdrawnOn ?? '') < `${month}-01`
  const start = noConsent(facts) || ended ? stepDay(facts) : consent?.givenOn
  return Boolean(start) && visitOn < yearLater(start ?? '', -1)
}

/** Whether time at an instant may count; the second answer is true where a new consent or visit could change that. */
function barred(facts: Facts, ms: number): { no: boolean; mendable: boolean } {
  const { consent, patient, timeZone: zone, month } = facts
  const day = (date: string): number => dayStart(date, zone)
  let mendable = false
  if (noConsent(facts)) mendable = true
  else if (consent?.givenOn && ms < day(consent.givenOn)) {
    if (consent.givenOn <= lastOf(month)) return { no: true, mendable: false }
    mendable = true
  }
  if (consent?.withdrawnOn && endOfConsent(consent.withdrawnOn) < `${month}-01`) mendable = true
  let early = false
  if (patient?.newOrNotSeenWithinYear === true) {
    const visit = facts.initiatingVisit
    if (visit === null) mendable = true
    else if (visit) {
      const starts = VISITS.includes(visit.code) && visit.ccmDiscussed !== false && visit.ccmDiscussed !== null
      if (!starts || tooOld(facts, visit.on)) mendable = true
      else if (ms < day(visit.on)) {
        if (visit.on > lastOf(month)) mendable = true
        else early = true
      }
    }
  }
  if (early) return { no: true, mendable: false }
  for (const stay of facts.stays ?? []) {
    if (stay.kind !== 'inpatient' && stay.kind !== 'snf_part_a') continue
    if (ms >= day(stay.from) && (stay.to === null || ms < day(dayAfter(stay.to)))) return { no: true, mendable: false }
  }
  if (patient?.diedOn && ms >= day(dayAfter(patient.diedOn))) return { no: true, mendable: false }
  const partB = (facts.coverage ?? []).filter(
    (one) => one.kind === 'part_b' && one.from <= lastOf(month) && (one.to === null || one.to >= `${month}-01`),
  )
  if (
    partB.length > 0 &&
    !partB.some((one) => ms >= day(one.from) && (one.to === null || ms < day(dayAfter(one.to))))
  ) {
    return { no: true, mendable: false }
  }
  return { no: mendable, mendable }
}

/** Every instant at which anything about the month can change. */
function edges(facts: Facts, from: number, to: number): number[] {
  const { timeZone: zone } = facts
  const list = [from, to]
  const on = (date: string | null | undefined): void => {
    if (date) list.push(dayStart(date, zone), dayStart(dayAfter(date), zone))
  }
  for (const entry of facts.time ?? []) list.push(Date.parse(entry.start), Date.parse(entry.end))
  on(facts.consent?.givenOn)
  on(facts.initiatingVisit?.on)
  on(facts.patient?.diedOn)
  for (const one of [...(facts.stays ?? []), ...(facts.coverage ?? [])]) {
    on(one.from)
    on(one.to)
  }
  return [...new Set(list.filter((ms) => ms >= from && ms <= to))].sort((a, b) => a - b)
}

interface Tally {
  counted: number
  practitioner: number
  personal: number
  unclear: number
  /** Pieces of the pool in order, for the day on which a block was full. */
  pool: Array<{ from: number; to: number; practitioner: boolean }>
  stillOpen: number
  /** Could count at all, whatever was worked. */
  everOpen: number
}

function tally(facts: Facts): Tally {
  const from = dayStart(`${facts.month}-01`, facts.timeZone)
  const to = dayStart(dayAfter(lastOf(facts.month)), facts.timeZone)
  const work = workOf(facts, from, to)
  const result: Tally = { counted: 0, practitioner: 0, personal: 0, unclear: 0, pool: [], stillOpen: 0, everOpen: 0 }
  const cuts = edges(facts, from, to)
  const mendable = cuts.slice(0, -1).some((cut) => barred(facts, cut).mendable)
  const today = dayStart(facts.asOf ?? (mendable ? stepDay(facts) : `${facts.month}-01`), facts.timeZone)
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const a = cuts[i] ?? 0
    const b = cuts[i + 1] ?? 0
    const here = work.filter((one) => one.from <= a && one.to >= b)
    const { no, mendable: couldChange } = barred(facts, a)
    const any = (facts.time ?? []).some((one) => Date.parse(one.start) <= a && Date.parse(one.end) >= b)
    if ((!no || couldChange) && !any && b > today) result.stillOpen += b - Math.max(a, today)
    if (!no || (couldChange && !any && b > today)) result.everOpen += couldChange ? b - Math.max(a, today) : b - a
    if (no || here.some((one) => one.use === 'elsewhere')) continue
    for (const one of here) if (one.use === 'unclear') result.unclear += b - a
    const ccm = here.filter((one) => one.use === 'ccm')
    if (ccm.length === 0) continue
    const practitioner = ccm.some((one) => one.practitioner)
    result.counted += b - a
    if (practitioner) result.practitioner += b - a
    if (ccm.some((one) => one.personal)) result.personal += b - a
    result.pool.push({ from: a, to: b, practitioner })
  }
  return result
}

function dayFull(pool: ReadonlyArray<{ from: number; to: number }>, minutes: number, zone: string): string {
  let left = minutes * 60_000
  for (const piece of pool) {
    if (piece.to - piece.from >= left) return dateAt(piece.from + left - 1, zone)
    left -= piece.to - piece.from
  }
  throw new Error('not full')
}

// ---- conditions: sections 3.1, 3.3 ---------------------------------------------------------------------------------

const DISEASES: Record<string, string[]> = {
  'E11.9': ['diabetes'],
  'E11.65': ['diabetes'],
  'E11.22': ['diabetes', 'kidney'],
  I10: ['hypertension'],
  'I12.9': ['hypertension', 'kidney'],
  'N18.30': ['kidney'],
  'J44.9': ['copd'],
  'I50.22': ['heart failure'],
  'F33.1': ['depression'],
  'M06.9': ['arthritis'],
  'M17.9': ['arthritis'],
}
export const oracleCodes = Object.keys(DISEASES)

function diagnosesOf(facts: Facts): { ready: string[]; open: string[] } {
  const last = lastOf(facts.month)
  const ready: string[] = []
  const open: string[] = []
  for (const one of facts.conditions ?? []) {
    const no = [one.attestedOn === null, one.lasts12Months === null, one.significantRisk === null]
    if (no.includes(true) || one.lasts12Months === false || one.significantRisk === false) continue
    if (one.attestedOn && one.attestedOn > last) continue
    if (one.attestedOn === undefined || one.lasts12Months === undefined || one.significantRisk === undefined)
      open.push(one.code)
    else if (!ready.includes(one.code)) ready.push(one.code)
  }
  const seen = new Set<string>()
  const firsts = ready.filter((code) => {
    const fresh = (DISEASES[code] ?? []).some((one) => !seen.has(one))
    for (const one of DISEASES[code] ?? []) seen.add(one)
    return fresh
  })
  return { ready: [...firsts, ...ready.filter((code) => !firsts.includes(code))], open }
}

const diseases = (codes: string[]): number => new Set(codes.flatMap((code) => DISEASES[code] ?? [])).size
const categories = (codes: string[]): number => new Set(codes.map((code) => code.slice(0, 3))).size

// ---- other services: section 1.2 ----------------------------------------------------------------------------------

type Cell = 'no' | 'yes' | 'person'
function besides(code: string, month: string): [same: Cell, group: Cell, other: Cell] {
  if (['99490', '99439', '99487', '99489', '99491', '99437'].includes(code)) return ['no', 'no', 'no']
  if (['99424', '99425', '99426', '99427'].includes(code)) return ['no', 'yes', 'yes']
  if (['G0556', 'G0557', 'G0558'].includes(code))
    return month < '2025-01' ? ['yes', 'yes', 'yes'] : ['no', 'no', 'person']
  if (['G0568', 'G0569', 'G0570'].includes(code)) return month < '2026-01' ? ['yes', 'yes', 'yes'] : ['no', 'no', 'no']
  if (code === 'G0511') return month >= '2025-10' ? ['yes', 'yes', 'yes'] : ['no', 'no', 'no']
  if (['G0181', 'G0182'].includes(code) || (code >= '90951' && code <= '90970')) return ['no', 'yes', 'yes']
  return ['yes', 'yes', 'yes']
}
export const oracleServices = [
  ...['99490', '99487', '99491', '99424', '99426', 'G0556', 'G0557', 'G0568', 'G0511', 'G0181', 'G0182'],
  ...['90951', '90960', '90970', '99495', '99496', '99484', '99492', '99453', '99457', '98980', '99091'],
  ...['G0019', 'G0023', 'G3002', '99214', 'G0439', '99421', '99358', '12345'],
]

// ---- money: section 2 ---------------------------------------------------------------------------------------------

/** work, practice expense in the office, in a facility, malpractice; in hundredths (RVU26C). Then totals of 2024. */
const RVU: Record<string, [number, number, number, number, number, number]> = {
  '99490': [100, 91, 24, 7, 188, 149],
  '99439': [70, 76, 17, 5, 144, 104],
  '99487': [181, 238, 43, 13, 403, 268],
  '99489': [100, 127, 24, 7, 217, 149],
  '99491': [150, 108, 37, 9, 254, 224],
  '99437': [100, 82, 24, 7, 179, 150],
}
const CENTS_2025: Record<string, number> = {
  '99490': 6049,
  '99439': 4593,
  '99487': 13165,
  '99489': 7052,
  '99491': 8216,
  '99437': 5758,
}
const GPCI: Record<string, [number, number, number]> = {
  '13202-01': [1064, 1162, 1586],
  '01182-18': [1041, 1183, 664],
  '06102-16': [1007, 1005, 2295],
  '04412-99': [1000, 949, 903],
  '02102-01': [1500, 1065, 551],
  '09202-20': [1000, 1011, 985],
}
export const oracleLocalities = Object.keys(GPCI)
const FACILITY = ['02', '19', '21', '22', '23', '24', '26', '31', '34', '51', '52', '53', '56', '61']

const halfUp = (top: bigint, bottom: bigint): number => Number((2n * top + bottom) / (2n * bottom))

function priceCents(code: string, facts: Facts, on: string): number | null {
  const place = facts.placeOfService ?? ''
  const facility = FACILITY.includes(place)
  const rural = place === '50' || place === '72'
  const percent = !rural && ['np', 'pa', 'cns'].includes(facts.practitioner?.kind ?? '') ? 85n : 100n
  if (code === 'G0511') return on < '2025-01-01' ? 7290 : on < '2025-10-01' ? 5467 : null
  const rvu = RVU[code]
  if (!rvu) throw new Error(`no price for ${code}`)
  const [work, office, inFacility, malpractice, total24, total24f] = rvu
  if (on < '2025-01-01') {
    const factor = on <= '2024-03-08' ? 327442n : 332875n
    return halfUp(BigInt(facility ? total24f : total24) * factor * percent, 1_000_000n)
  }
  if (on < '2026-01-01') return facility ? null : halfUp(BigInt(CENTS_2025[code] ?? 0) * percent, 100n)
  if (on >= '2027-01-01') return null
  const local = facts.locality && facts.locality !== 'national' && !rural ? GPCI[facts.locality] : [1000, 1000, 1000]
  if (!local) return null
  const [w = 0, p = 0, m = 0] = local
  const factor = facts.practitioner?.qualifyingApm ? 335675n : 334009n
  const sum = BigInt(work * w + (facility ? inFacility : office) * p + malpractice * m)
  return halfUp(sum * factor * percent, 1_000_000_000n)
}

// ---- the answer ---------------------------------------------------------------------------------------------------

const on = (facts: Facts, kind: string, date: string): boolean =>
  (facts.coverage ?? []).some((one) => one.kind === kind && one.from <= date && (one.to === null || one.to >= date))

export function oracle(facts: Facts): OracleAnswer {
  const { month, timeZone: zone, patient, consent, practitioner } = facts
  const first = `${month}-01`
  const last = lastOf(month)
  const time = tally(facts)
  const pool = Math.floor(time.counted / 60_000)
  const own = Math.floor(time.practitioner / 60_000)

  // Code choice.
  const making = facts.decisionMaking
  const complex: boolean | undefined =
    making === undefined
      ? undefined
      : making === null || making.level === null || making.documentedOn === null
        ? false
        : making.level === 'low' || making.level === 'straightforward'
          ? false
          : making.documentedOn !== undefined && making.documentedOn.slice(0, 7) !== month
            ? false
            : making.level === undefined || making.documentedOn === undefined
              ? undefined
              : true
  const reach = {
    non_complex:
      pool >= 20
        ? { base: '99490', more: '99439', units: Math.min(2, Math.floor((pool - 20) / 20)), minutes: 20, step: 20 }
        : null,
    complex:
      complex === true && pool >= 60
        ? { base: '99487', more: '99489', units: Math.floor((pool - 60) / 30), minutes: 60, step: 30 }
        : null,
    personal:
      own >= 30 ? { base: '99491', more: '99437', units: Math.floor((own - 30) / 30), minutes: 30, step: 30 } : null,
  }
  const asked = facts.choice ? reach[facts.choice.family] : null
  const supported =
    reach.complex ?? (time.personal >= 30 * 60_000 ? reach.personal : null) ?? reach.non_complex ?? reach.personal
  const chosen = asked ?? supported

  // The date on the claim.
  let date = patient?.diedOn && patient.diedOn >= first && patient.diedOn < last ? patient.diedOn : last
  if (chosen && facts.policy?.dateOfService === 'threshold_date') {
    const pieces = chosen.base === '99491' ? time.pool.filter((piece) => piece.practitioner) : time.pool
    const full = dayFull(pieces, chosen.minutes + chosen.units * chosen.step, zone)
    if (full < date) date = full
  }

  // What stands in the way: never = no step; now = only while the month runs; late = also afterwards; wait = unknown or held.
  const trouble = { never: 0, now: 0, late: 0, wait: 0 }
  const never = (): number => trouble.never++
  const now = (): number => trouble.now++
  const late = (): number => trouble.late++
  const wait = (): number => trouble.wait++

  if (patient?.diedOn === undefined) wait()
  else if (patient.diedOn !== null && patient.diedOn < first) never()

  if (facts.coverage === undefined) wait()
  else if (!on(facts, 'part_b', date)) late()
  if (on(facts, 'medicare_advantage', date)) wait()
  if (on(facts, 'other_primary', date) && !facts.primaryPayment) wait()
  if (on(facts, 'hospice', date)) {
    if (facts.hospiceCare === 'related') never()
    else if (!facts.hospiceCare) wait()
  }

  if (practitioner === null || practitioner?.kind === null) late()
  else if (practitioner?.kind === undefined) wait()
  else {
    if (practitioner.kind === 'other') late()
    if (practitioner.npi === undefined) wait()
    else if (practitioner.npi !== '1234567893') late()
  }

  const { ready, open } = diagnosesOf(facts)
  if (facts.conditions === undefined) wait()
  else if (diseases(ready) < 2 && !(ready.length >= 2 && categories(ready) >= 2)) {
    const might = [...ready, ...open]
    if (open.length > 0 && (diseases(might) >= 2 || categories(might) >= 2)) wait()
    else now()
  }
  if (facts.conditions !== undefined && open.length === 0 && ready.length === 1) now()

  if (patient?.newOrNotSeenWithinYear !== false) {
    const visit = facts.initiatingVisit
    const good = visit && VISITS.includes(visit.code) && visit.on <= last && !tooOld(facts, visit.on)
    if (!(good && visit.ccmDiscussed === true)) {
      if (patient?.newOrNotSeenWithinYear === undefined || patient.newOrNotSeenWithinYear === null) wait()
      else if (visit === undefined) wait()
      else if (good && visit.ccmDiscussed === undefined) wait()
      else now()
    }
  }

  const mode = facts.policy?.consentMode ?? 'written'
  if (consent === undefined) wait()
  else if (consent === null) now()
  else {
    if (consent.form === null) now()
    else if (consent.form === undefined) wait()
    else if (mode !== 'cms_minimum' && consent.form !== 'written') now()
    else if (mode === 'written_face_to_face' && consent.faceToFace !== true) {
      if (consent.faceToFace === undefined) wait()
      else now()
    }
    if (consent.told === undefined) wait()
    else if (untold(facts)) now()
    if (consent.givenOn === undefined) wait()
    else if (consent.givenOn === null || consent.givenOn > last) now()
    else if (consent.withdrawnOn === undefined) wait()
    else if (consent.withdrawnOn !== null && endOfConsent(consent.withdrawnOn) < first) now()
  }

  const approved = facts.carePlan === null ? null : facts.carePlan?.approvedOn
  if (approved === undefined) wait()
  else if (approved === null || approved > last) now()
  const copy = facts.carePlan === null ? null : facts.carePlan?.copyGivenOn
  if (copy === undefined) wait()
  else if (copy === null || (facts.asOf && copy > facts.asOf)) late()
  if (facts.access24x7 === undefined) wait()
  else if (facts.access24x7 !== true) now()
  if (facts.designatedCareManager === undefined) wait()
  else if (facts.designatedCareManager !== true) now()

  const place = facts.placeOfService
  if (place === undefined) wait()
  else if (place === null || place === '02' || place === '10') late()
  if (facts.asOf && facts.asOf > yearLater(date, 1)) never()
  if (facts.stays === undefined) wait()
  if (facts.otherServices === undefined) wait()

  const running = !facts.asOf || facts.asOf <= last
  if (facts.time === undefined) {
    wait()
    if (!chosen && time.everOpen < 1_200_000) never()
  } else {
    if (time.unclear > 0) wait()
    if (!chosen) {
      if (time.counted + time.unclear >= 1_200_000) wait()
      else if (running && time.stillOpen < 1_200_000 - time.counted) never()
      else now()
    }
  }
  if (complex === undefined && pool >= 60 && !(facts.choice && facts.choice.family !== 'complex' && asked)) wait()
  if (facts.choice && !asked) wait()

  for (const service of facts.otherServices ?? []) {
    if (service.on.slice(0, 7) !== month) continue
    const cells = besides(service.code, month)
    if (!service.practitioner) {
      if (cells.every((cell) => cell === 'no')) never()
      else if (cells.some((cell) => cell !== 'yes')) wait()
      continue
    }
    const cell = cells[{ same: 0, same_group: 1, other: 2 }[service.practitioner]]
    if (cell === 'no') never()
    else if (cell === 'person') wait()
  }

  // Money.
  const rural = place === '50' || place === '72'
  const codes: Array<[string, number]> = !chosen
    ? []
    : rural && month < '2025-01'
      ? [['G0511', 1]]
      : chosen.units > 0
        ? [
            [chosen.base, 1],
            [chosen.more, chosen.units],
          ]
        : [[chosen.base, 1]]
  const decided = facts.primaryPayment?.lines
  if (on(facts, 'other_primary', date) && decided && codes.length > 0) {
    const fits = codes.filter(([code, units]) =>
      decided.some((one) => one.code === code && (one.units ?? units) === units),
    )
    if (decided.length !== codes.length || fits.length !== codes.length) wait()
  }
  const pricing = month >= '2026-01'
  const canPrice =
    Boolean(place) && !(pricing && (facts.locality === undefined || practitioner?.qualifyingApm === undefined))
  if (!canPrice) {
    if (pricing && (facts.locality === undefined || (practitioner?.kind && practitioner.qualifyingApm === undefined)))
      wait()
  } else {
    const priced = codes.length > 0 ? codes.map(([code]) => code) : ['99490']
    if (priced.some((code) => priceCents(code, facts, date) === null)) wait()
  }
  const sharing = facts.deductible !== undefined && facts.qmb !== undefined && facts.secondary !== undefined
  if (!sharing) wait()

  if (!running) {
    trouble.never += trouble.now
    trouble.now = 0
  }
  const outcome =
    trouble.never > 0
      ? 'not_billable'
      : trouble.wait > 0
        ? 'held'
        : trouble.now + trouble.late > 0
          ? 'not_yet'
          : 'billable'

  let deductible = facts.deductible?.remainingCents ?? 0
  const lines: OracleLine[] =
    outcome !== 'billable'
      ? []
      : codes.map(([code, units]) => {
          const allowed = (priceCents(code, facts, date) ?? 0) * units
          const fromDeductible = Math.min(allowed, deductible)
          deductible -= fromDeductible
          const rest = allowed - fromDeductible
          const coinsurance = halfUp(BigInt(rest) * 20n, 100n)
          const share = rest - coinsurance
          const medicare = share - halfUp(BigInt(share) * 2n, 100n)
          const owed = fromDeductible + coinsurance
          const patientOwes =
            facts.qmb || facts.secondary?.kind === 'medicaid'
              ? 0
              : facts.secondary?.kind === 'medigap'
                ? owed - coinsurance
                : owed
          const second = on(facts, 'other_primary', date)
          const contract = facts.secondary?.kind === 'employer' || facts.secondary?.kind === 'other'
          const unknownShare = !facts.qmb && (second || (contract && owed > 0))
          const first = facts.primaryPayment?.lines?.find((line) => line.code === code)
          let behind: number | null = null
          if (second && first && first.acceptCents !== undefined && place !== '50' && place !== '72') {
            const ceiling =
              first.acceptCents === null ? first.chargeCents : Math.min(first.chargeCents, first.acceptCents)
            const higher = Math.max(allowed, first.allowedCents)
            const [lowest = 0] = [ceiling - first.paidCents, share, higher - first.paidCents].sort((a, b) => a - b)
            behind = lowest <= 0 ? 0 : lowest - halfUp(BigInt(lowest) * 2n, 100n)
          }
          return {
            code,
            units,
            dateOfService: date,
            diagnoses: ready.slice(0, 4),
            allowedCents: allowed,
            medicareCents: second ? behind : medicare,
            patientCents: unknownShare ? null : patientOwes,
          }
        })
  return {
    outcome,
    lines,
    countedSeconds: Math.floor(time.counted / 1000),
    practitionerSeconds: Math.floor(time.practitioner / 1000),
    pooledMinutes: pool,
  }
}
