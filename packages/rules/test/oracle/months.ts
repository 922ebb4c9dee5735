import type {
  ConditionFacts,
  CoverageFacts,
  CoverageKind,
  Facts,
  PrimaryLineFacts,
  TimeFacts,
} from '../../src/facts.ts'
import { oracleCodes, oracleLocalities, oracleServices } from './oracle.ts'

/** A small generator of numbers from a seed, so that every month can be made again from its number. */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'America/Phoenix',
  'Pacific/Guam',
]

/** One month out of the infinite number of them: mostly sound, with something unusual in most. */
export function randomMonth(seed: number): Facts {
  const next = numbers(seed * 2_654_435_761 + 1)
  const chance = (share: number): boolean => next() < share
  // Half of the months have nothing wrong in their papers, so that minutes and money are what is compared.
  const calm = chance(0.5)
  const odd = (share: number): boolean => !calm && chance(share)
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const number = whole(0, 35)
  const year = 2024 + Math.floor(number / 12)
  const month = `${year}-${String((number % 12) + 1).padStart(2, '0')}`
  const monthMs = Date.UTC(year, number % 12, 1)
  const date = (day: number): string => new Date(monthMs + (day - 1) * 86_400_000).toISOString().slice(0, 10)
  const timeZone = pick(ZONES)
  const anyDay = (): string => date(whole(-3, 34))
  const long = '2022-05-10'

  // What the first insurer decided line by line, low and high against the schedule; some lines it never answered.
  const firstInsurer = (): PrimaryLineFacts[] | undefined =>
    chance(0.2)
      ? undefined
      : pick([
          ['99490'],
          ['99490', '99439'],
          ['99490', '99439'],
          ['99487'],
          ['99487', '99489'],
          ['99491'],
          ['99491', '99437'],
          ['G0511'],
          [],
        ]).map((code) => ({
          code,
          units: pick([undefined, undefined, null, 1, 2]),
          chargeCents: whole(3000, 30_000),
          acceptCents: pick([null, null, whole(2000, 20_000), undefined]),
          allowedCents: whole(2000, 25_000),
          paidCents: pick([0, whole(0, 25_000)]),
        }))

  const time: TimeFacts[] = []
  const count = chance(0.03) ? 0 : whole(1, 9)
  for (let i = 0; i < count; i += 1) {
    // Often near the edges of the month and of each other, and of lengths that fill a block to the second.
    const startMs =
      monthMs +
      (chance(0.15)
        ? whole(-14 * 3600, 14 * 3600)
        : chance(0.15)
          ? whole(30 * 86_400 - 14 * 3600, 31 * 86_400 + 14 * 3600)
          : chance(0.5)
            ? whole(9, 12) * 86_400 + whole(0, 7200)
            : whole(0, 31 * 86_400)) *
        1000
    const seconds = chance(0.3) ? pick([599, 600, 1199, 1200, 1800, 2400, 3599, 3600, 5400]) : whole(0, 3000)
    const own = chance(0.3)
    const entry: TimeFacts = {
      id: `t${i}`,
      person: own ? 'p1' : pick(['cm1', 'cm2']),
      kind: own ? 'practitioner' : 'staff',
      credential: own
        ? pick(['MD', 'MD', 'NP', 'RN'])
        : chance(0.06)
          ? pick(['CHW', 'FRONT_DESK', 'WIZARD', null, undefined])
          : pick(['RN', 'LPN', 'MA', 'PharmD']),
      start: new Date(startMs).toISOString(),
      end: new Date(startMs + seconds * 1000).toISOString(),
      activity: chance(0.1)
        ? pick(['voicemail_only', 'scheduling', 'prior_authorization', 'automated', null, undefined, 'juggling'])
        : pick(['patient_call', 'care_plan_work', 'chart_review', 'coordination']),
      program: chance(0.1) ? pick(['rpm', 'tcm', 'bhi', 'none', null, undefined] as const) : 'ccm',
      personalCcm: own && chance(0.6),
    }
    time.push(entry)
  }

  const condition = (): ConditionFacts => ({
    code: pick(oracleCodes),
    attestedOn: odd(0.05) ? pick([null, undefined, anyDay()]) : long,
    lasts12Months: odd(0.04) ? pick([false, null, undefined]) : true,
    significantRisk: odd(0.04) ? pick([false, null, undefined]) : true,
  })
  const isNew = odd(0.3)
  const consentOn = odd(0.3) ? anyDay() : long
  const kind = odd(0.2) ? pick(['np', 'pa', 'cns', 'cnm', 'other', null, undefined] as const) : 'physician'
  const spells = (share: number, kinds: readonly CoverageKind[]): CoverageFacts[] =>
    odd(share) ? [{ kind: pick(kinds), from: anyDay(), to: odd(0.3) ? null : date(whole(34, 50)) }] : []

  const facts: Facts = {
    month,
    timeZone,
    asOf: odd(0.3) ? pick([anyDay(), date(40), date(45), date(380), date(396), date(400)]) : date(33),
    placeOfService: odd(0.05)
      ? pick(['02', '10', null])
      : chance(0.2)
        ? pick(['12', '19', '22', '31', '50', '72'])
        : '11',
    locality: chance(0.3) ? null : pick(oracleLocalities),
    practitioner: odd(0.02)
      ? null
      : {
          id: 'p1',
          npi: odd(0.03) ? pick(['1234567890', null, undefined]) : '1234567893',
          kind,
          qualifyingApm: odd(0.02) ? undefined : chance(0.2),
        },
    patient: {
      bornOn: '1950-01-01',
      diedOn: odd(0.05) ? pick([anyDay(), anyDay(), undefined]) : null,
      newOrNotSeenWithinYear: odd(0.02) ? pick([undefined, null]) : isNew,
    },
    coverage: [
      {
        kind: 'part_b' as const,
        from: odd(0.06) ? anyDay() : '2015-01-01',
        to: odd(0.06) ? date(whole(35, 40)) : odd(0.05) ? date(whole(20, 31)) : null,
      },
      ...spells(0.03, ['medicare_advantage']),
      ...spells(0.06, ['other_primary']),
      ...spells(0.03, ['hospice']),
      ...spells(0.03, ['home_health', 'medigap', 'part_a']),
    ].filter((one) => one.to === null || one.to >= one.from),
    deductible: chance(0.3) ? { remainingCents: whole(0, 24_000) } : odd(0.1) ? null : { remainingCents: 0 },
    qmb: chance(0.1),
    secondary: chance(0.3) ? { kind: pick(['medigap', 'medicaid', 'employer', 'other']) } : null,
    hospiceCare: pick([null, 'attending', 'unrelated', 'related']),
    primaryPayment: chance(0.7) ? { decidedOn: long, paidCents: 1000, lines: firstInsurer() } : null,
    conditions: odd(0.02) ? pick([null, []]) : Array.from({ length: calm ? whole(4, 6) : whole(1, 5) }, condition),
    initiatingVisit: odd(0.05)
      ? pick([null, undefined])
      : {
          on: odd(0.7) && consentOn !== long ? consentOn : odd(0.5) ? '2022-05-01' : anyDay(),
          code: odd(0.08) ? pick(['99211', '99442', 'G0506']) : pick(['99214', 'G0439', '99495', '99347', '99202']),
          ccmDiscussed: odd(0.05) ? pick([false, undefined, null]) : true,
        },
    consent: odd(0.02)
      ? null
      : {
          form: odd(0.1) ? pick(['verbal', 'verbal', null, undefined] as const) : 'written',
          givenOn: odd(0.02) ? pick([null, undefined]) : consentOn,
          faceToFace: odd(0.1) ? pick([false, undefined]) : true,
          told: odd(0.04)
            ? pick([undefined, ['availability_and_cost', 'right_to_stop'] as const])
            : ['availability_and_cost', 'one_practitioner', 'right_to_stop'],
          withdrawnOn: odd(0.06) ? pick([undefined, anyDay(), date(-10), date(15)]) : null,
        },
    policy: chance(0.2)
      ? null
      : {
          consentMode: pick(['written', 'cms_minimum', 'written_face_to_face'] as const),
          dateOfService: pick(['month_end', 'threshold_date'] as const),
        },
    carePlan: odd(0.02)
      ? null
      : {
          approvedOn: odd(0.06) ? pick([null, undefined, anyDay()]) : long,
          copyGivenOn: odd(0.06) ? pick([null, undefined, anyDay()]) : long,
        },
    access24x7: !odd(0.02),
    designatedCareManager: !odd(0.02),
    decisionMaking: chance(0.4)
      ? {
          level: odd(0.03) ? undefined : pick(['low', 'moderate', 'high', 'straightforward'] as const),
          documentedOn: odd(0.1) ? pick([anyDay(), undefined, null]) : date(whole(1, 28)),
        }
      : odd(0.03)
        ? undefined
        : null,
    time,
    stays: chance(calm ? 0.1 : 0.3)
      ? [
          {
            kind: pick(['inpatient', 'snf_part_a', 'observation', 'nursing_facility'] as const),
            from: date(whole(-2, 20)),
            to: odd(0.1) ? null : date(whole(20, 28)),
          },
        ]
      : [],
    otherServices: chance(calm ? 0.1 : 0.3)
      ? [
          {
            code: pick(oracleServices),
            on: anyDay(),
            practitioner: pick(['same', 'same_group', 'other', 'other', null, undefined] as const),
          },
        ]
      : [],
    choice: chance(0.08)
      ? { family: pick(['non_complex', 'complex', 'personal'] as const), by: 'June', reason: 'Her reason.' }
      : null,
  }
  if (!odd(0.12)) return facts
  const gone = pick(Object.keys(facts).filter((key) => key !== 'month' && key !== 'timeZone'))
  return { ...facts, [gone]: undefined }
}
