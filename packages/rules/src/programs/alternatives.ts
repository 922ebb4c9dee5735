import { entryOn, valueOn } from '../book/dated.ts'
import { coverageOn } from '../ccm/coverage-on.ts'
import { familyWords } from '../ccm/family-choice.ts'
import { type CodesAndUnits, isBundled, linesFor, linesOf, totalAllowedOf } from '../ccm/lines.ts'
import type { MonthView } from '../ccm/month-view.ts'
import type { OtherProgram } from '../facts.ts'
import { creditedMinutesFloor } from '../time.ts'
import { conditionsNeeded, nonComplexFirstBlock } from '../values/ccm/time.ts'
import { isRural, ruralBundle, ruralIndividualCodes } from '../values/rural.ts'
import type { Alternative, Line } from '../verdict.ts'
import { pairCell, programsIn } from './pairs.ts'
import { type CodeShape, neighborCodes, type ProgramId, programOf } from './programs.ts'

/** Codes that another program would bill for the month, before prices. */
export interface ProgramChoice {
  readonly program: OtherProgram
  readonly codes: CodesAndUnits
  readonly diagnoses: readonly string[]
  readonly why: string
  /** What the record must show as well; the facts of the month do not say it. */
  readonly needs: readonly string[]
}

function shapeOf(code: string, month: string): CodeShape {
  const found = neighborCodes.get(code)
  if (!found) throw new RangeError(`no shape of ${code}`)
  return valueOn(found, month)
}

function blocks(base: string, addOn: string, minutes: number, month: string): CodesAndUnits {
  const first = shapeOf(base, month).minutes ?? 0
  const further = shapeOf(addOn, month)
  if (minutes < first) return []
  const full = Math.floor((minutes - first) / (further.minutes ?? 1))
  const units = further.cap === null ? full : Math.min(further.cap, full)
  return units > 0
    ? [
        [base, 1],
        [addOn, units],
      ]
    : [[base, 1]]
}

const NONE: ProgramChoice[] = []
const NO_NEEDS: readonly string[] = []
const principalNeeds = [
  'one disease of three months or more with a high risk, and the minutes are about that disease',
  'a plan and a consent of its own',
]

function principal({ facts, tally, diagnoses }: MonthView): ProgramChoice[] {
  const { month } = facts
  const first = diagnoses.slice(0, 1)
  if (first.length === 0) return NONE
  const choices: ProgramChoice[] = []
  const consider = (codes: CodesAndUnits, why: string): void => {
    if (codes.length === 0) return
    choices.push({ program: 'pcm', codes, diagnoses: first, why, needs: principalNeeds })
  }
  consider(blocks('99426', '99427', tally.pooledMinutes, month), 'The minutes would also fill principal care by staff.')
  consider(
    blocks('99424', '99425', creditedMinutesFloor(tally.practitionerSeconds), month),
    'The practitioner’s minutes would also fill principal care in person.',
  )
  return choices
}

/** Level 1 with one condition at most, 2 with two or more, 3 with two or more and QMB. */
function advanced({ facts, diagnoses, diseases }: MonthView): ProgramChoice[] {
  if (facts.conditions === undefined) return NONE
  const two = diseases >= valueOn(conditionsNeeded, facts.month)
  const code = !two ? 'G0556' : facts.qmb === true ? 'G0558' : 'G0557'
  const level = !two
    ? `fewer than ${valueOn(conditionsNeeded, facts.month)} conditions`
    : facts.qmb === true
      ? 'two conditions or more and QMB'
      : 'two conditions or more'
  return [
    {
      program: 'apcm',
      codes: [[code, 1]],
      diagnoses,
      why: `Advanced primary care asks for no minutes; with ${level} it is ${code}.`,
      needs: [
        'the practitioner is responsible for all primary care of the patient',
        'all thirteen elements of the bundle are available, with performance measurement',
        'a consent of its own',
        ...(facts.qmb === undefined && two ? ['whether the patient is a QMB'] : []),
      ],
    },
  ]
}

/** To September 2025 a rural clinic or health center may still bill its one code instead of the single ones. */
function bundle({ facts, tally, diagnoses }: MonthView): ProgramChoice[] {
  if (!isRural(facts.placeOfService) || !valueOn(ruralIndividualCodes, facts.month)) return NONE
  const code = entryOn(ruralBundle, facts.month)?.value
  if (code === undefined || tally.pooledMinutes < valueOn(nonComplexFirstBlock, facts.month)) return NONE
  return [
    {
      program: 'rhc_bundle',
      codes: [[code, 1]],
      diagnoses,
      why: 'The one code of rural clinics and health centers may still be billed instead.',
      needs: ['none of the single care management codes in the month'],
    },
  ]
}

/** True where another service of the month forbids the program. */
function barred(program: ProgramId, { facts }: MonthView): boolean {
  return (facts.otherServices ?? []).some((service) => {
    const other = service.on.slice(0, 7) === facts.month ? programOf(service.code, facts.month) : undefined
    return other !== undefined && pairCell(program, other.id, service.practitioner ?? 'other') === 'no'
  })
}

/** What other programs could bill for this patient-month, from the same record. Money is not looked at here. */
export function programChoices(view: MonthView): ProgramChoice[] {
  const { facts, dateOfService, firstDay } = view
  const { patient, coverage, practitioner } = facts
  if (patient?.diedOn && patient.diedOn < firstDay) return NONE
  if (practitioner?.kind === 'other') return NONE
  if (coverage && !coverageOn(coverage, 'part_b', dateOfService)) return NONE
  if (
    coverage &&
    (coverageOn(coverage, 'medicare_advantage', dateOfService) || coverageOn(coverage, 'hospice', dateOfService))
  )
    return NONE
  const paid = programsIn(facts.month)
  // In 2024 a rural clinic has one code for all of these.
  const all = isBundled(facts) ? advanced(view) : [...principal(view), ...advanced(view), ...bundle(view)]
  return all.filter((one) => paid.includes(one.program) && !barred(one.program, view))
}

function dollars(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function moneyWords(differenceCents: number | null): string {
  if (differenceCents === null) return 'What it pays is not known.'
  if (differenceCents === 0) return 'It pays the same.'
  return differenceCents > 0
    ? `It pays ${dollars(differenceCents)} more.`
    : `It pays ${dollars(-differenceCents)} less.`
}

const byMoney = (a: Alternative, b: Alternative): number => (b.totalAllowedCents ?? -1) - (a.totalAllowedCents ?? -1)

/**
 * What else the record could bill: the other families of CCM first, then other programs, each by what it pays. Money
 * never decides; another choice needs a person and a reason.
 * @param supported the lines of the verdict, with which the amounts are compared
 */
export function alternativesOf(view: MonthView, supported: readonly Line[]): Alternative[] {
  const { chosen, candidates, facts, dateOfService } = view
  const total = totalAllowedOf(supported)
  const differenceOf = (other: number | null): number | null =>
    total === null || other === null ? null : other - total
  const families: Alternative[] = []
  if (chosen && !isBundled(facts)) {
    for (const candidate of candidates) {
      if (candidate === chosen) continue
      const lines = linesOf(candidate, view)
      const totalAllowedCents = totalAllowedOf(lines)
      const differenceCents = differenceOf(totalAllowedCents)
      families.push({
        program: 'ccm',
        family: candidate.family,
        lines,
        totalAllowedCents,
        differenceCents,
        why: `The minutes also reach ${familyWords[candidate.family]}. ${moneyWords(differenceCents)} Choosing it needs a person and a reason.`,
        needs: NO_NEEDS,
      })
    }
  }
  const programs: Alternative[] = []
  for (const { program, codes, diagnoses, why, needs } of programChoices(view)) {
    const lines = linesFor(codes, facts, dateOfService, diagnoses)
    const totalAllowedCents = totalAllowedOf(lines)
    const differenceCents = differenceOf(totalAllowedCents)
    programs.push({
      program,
      family: null,
      lines,
      totalAllowedCents,
      differenceCents,
      why: `${why} ${moneyWords(differenceCents)} It stands instead of CCM, and choosing it needs a person and a reason.`,
      needs,
    })
  }
  return [...families.sort(byMoney), ...programs.sort(byMoney)]
}
