import { entryOn, OutOfForce, valueOn } from '../../book/dated.ts'
import { gpci2026 } from '../../data/gpci-2026.gen.ts'
import { pfs2026 } from '../../data/pfs-2026.gen.ts'
import { lastDayOf } from '../../time.ts'
import { isRural, ruralBundle, ruralBundleAmount } from '../rural.ts'
import {
  conversionFactor,
  conversionFactorQualifyingApm,
  facilityPlaces,
  nationalAmounts2025,
  nonPhysicianShare,
} from './factors.ts'
import type { Price, PriceQuestion, UnknownPrice } from './types.ts'

/** Localities of the fee schedule with their names, for pick lists. */
export const localities: ReadonlyArray<{ readonly id: string; readonly name: string }> = Object.entries(gpci2026).map(
  ([id, row]) => ({ id, name: row[0] }),
)

/** A whole quotient, halves up. Both numbers are whole and not negative. */
export function divideHalfUp(dividend: number, divisor: number): number {
  const rest = dividend % divisor
  return (dividend - rest) / divisor + (rest * 2 >= divisor ? 1 : 0)
}

const notKnown = (why: UnknownPrice, sentence: string): Price => ({
  amountCents: null,
  basis: 'unknown',
  why,
  sentence,
  factorUsed: null,
})

const NATIONAL = ['National', 1000, 1000, 1000] as const
const SHARED_KINDS = new Set<PriceQuestion['practitionerKind']>(['np', 'pa', 'cns'])

interface Asked {
  readonly question: PriceQuestion
  readonly prices: Map<string, Price>
}

/** A month close asks the same question for thousands of patients, so the last answers are kept. */
let lastAsked: Asked | undefined

function sameQuestion(a: PriceQuestion, b: PriceQuestion): boolean {
  return (
    a.dateOfService === b.dateOfService &&
    a.locality === b.locality &&
    a.placeOfService === b.placeOfService &&
    a.qualifyingApm === b.qualifyingApm &&
    a.practitionerKind === b.practitionerKind
  )
}

/** The allowed amount of one unit of a code, with its ground. */
export function priceOf(code: string, question: PriceQuestion): Price {
  if (!lastAsked || !sameQuestion(lastAsked.question, question)) lastAsked = { question, prices: new Map() }
  const known = lastAsked.prices.get(code)
  if (known) return known
  const price = workOut(code, question)
  lastAsked.prices.set(code, price)
  return price
}

/**
 * The allowed amount of one unit. All factors are whole numbers of their last published digit, multiplied exactly,
 * and the product is rounded once, half up.
 */
function workOut(code: string, question: PriceQuestion): Price {
  const on = question.dateOfService
  const year = on.slice(0, 4)
  if (on < '2024-01-01') return notKnown('year_not_loaded', `The fee schedule of ${year} is not loaded.`)
  const facility = valueOn(facilityPlaces, on).includes(question.placeOfService)
  const rural = isRural(question.placeOfService)
  // Rural clinics and health centers are paid the national office amount, whoever of them gave the care.
  const shared = !rural && SHARED_KINDS.has(question.practitionerKind)
  const percent = shared ? valueOn(nonPhysicianShare, on) : 100
  if (code === valueOn(ruralBundle, '2024-01')) {
    const cents = entryOn(ruralBundleAmount, on)?.value
    if (cents === undefined) return notKnown('code_not_valid', `Medicare does not pay ${code} on ${on}.`)
    return {
      amountCents: cents,
      basis: 'national',
      why: null,
      sentence: `${code} is paid one national amount.`,
      factorUsed: null,
    }
  }
  if (year === '2025') {
    const cents = facility ? undefined : valueOn(nationalAmounts2025, on)[code]
    if (cents === undefined) {
      return notKnown(
        'amount_not_published',
        `The 2025 amount of ${code} at place ${question.placeOfService} is not loaded.`,
      )
    }
    return {
      amountCents: divideHalfUp(cents * percent, 100),
      basis: 'national',
      why: null,
      sentence: 'For 2025 the national amount is used; local factors are not applied.',
      factorUsed: '32.3465',
    }
  }
  if (year > '2026') return notKnown('year_not_loaded', `The amount of ${code} waits for the CY ${year} rule.`)
  const factorTable = question.qualifyingApm && year === '2026' ? conversionFactorQualifyingApm : conversionFactor
  const factor = valueOn(factorTable, on)
  const row = pfs2026[code]
  if (!row) return notKnown('code_not_priced', `${code} is not in the loaded fee schedule.`)
  const [status, work, nonfacility, inFacility, malpractice, payableInFacility, total2024, total2024Facility] = row
  if (status === 'I') return notKnown('code_not_valid', `Medicare does not pay ${code}.`)
  if (facility && !payableInFacility) {
    return notKnown('not_payable_at_place', `${code} is not payable at place ${question.placeOfService}.`)
  }
  const factorUsed = `${Math.floor(factor / 10_000)}.${String(factor % 10_000).padStart(4, '0')}`
  if (year === '2024') {
    const total = facility ? total2024Facility : total2024
    if (total === null) return notKnown('code_not_priced', `${code} was not in the fee schedule of 2024.`)
    return {
      amountCents: divideHalfUp(total * factor * percent, 1_000_000),
      basis: 'national',
      why: null,
      sentence: 'For 2024 the national amount is used; local factors are not applied.',
      factorUsed,
    }
  }
  const place = rural ? null : question.locality
  const local = place === null || place === 'national' ? NATIONAL : gpci2026[place]
  if (!local) return notKnown('locality_not_known', `Locality ${place} is not in the loaded table.`)
  const national = local === NATIONAL
  const weighted = work * local[1] + (facility ? inFacility : nonfacility) * local[2] + malpractice * local[3]
  return {
    // 0.01 unit x 0.001 index x 0.0001 dollar x percent, brought to cents.
    amountCents: divideHalfUp(weighted * factor * percent, 1_000_000_000),
    basis: national ? 'national' : 'local',
    why: null,
    sentence: national ? 'The national amount is used; local factors are not applied.' : `Priced for ${local[0]}.`,
    factorUsed,
  }
}

/**
 * The allowed amount of one unit in cents, or null where the book does not know it.
 * Give the date of service, or the month: then its last day counts.
 */
export function allowedCents(
  code: string,
  question: Omit<PriceQuestion, 'dateOfService'> & {
    readonly dateOfService?: string
    readonly month?: string
  },
): number | null {
  const dateOfService = question.dateOfService ?? (question.month && lastDayOf(question.month))
  if (!dateOfService) throw new OutOfForce('a price needs a date of service or a month')
  return priceOf(code, { ...question, dateOfService }).amountCents
}
