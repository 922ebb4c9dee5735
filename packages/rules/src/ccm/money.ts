import { entryOn } from '../book/dated.ts'
import { type Decision, info, pass, rule, unknown } from '../book/rule.ts'
import type { Facts } from '../facts.ts'
import { sources } from '../sources.ts'
import { familyShapes } from '../values/ccm/codes.ts'
import {
  coinsurance,
  conversionFactor,
  facilityPlaces,
  nonPhysicianShare,
  partBDeductible,
  sequestration,
} from '../values/pfs/factors.ts'
import { priceOf } from '../values/pfs/price.ts'
import type { PriceQuestion } from '../values/pfs/types.ts'
import type { Line } from '../verdict.ts'

export interface MoneyView {
  readonly facts: Facts
  readonly lines: readonly Line[]
  readonly dateOfService: string
  readonly question: PriceQuestion | undefined
}

/** Local factors and the two conversion factors are loaded from 2026 on; before, the amounts are national. */
const needsLocality = (dateOfService: string): boolean => dateOfService >= '2026-01-01'

/** What a price needs; undefined where a needed fact is not known. */
export function priceQuestionOf(facts: Facts, dateOfService: string): PriceQuestion | undefined {
  const { locality, placeOfService: place, practitioner } = facts
  if (!place) return undefined
  if (needsLocality(dateOfService) && (locality === undefined || practitioner?.qualifyingApm === undefined))
    return undefined
  return {
    dateOfService,
    locality: locality ?? null,
    placeOfService: place,
    qualifyingApm: practitioner?.qualifyingApm === true,
    practitionerKind: practitioner?.kind ?? 'physician',
  }
}

function decidePrice({ facts, lines, question, dateOfService }: MoneyView): Decision {
  if (!question) {
    // The place and the practitioner have rules of their own, which ask for them.
    const missing = [
      ...(facts.locality === undefined && needsLocality(dateOfService) ? ['the fee-schedule locality'] : []),
      ...(facts.practitioner?.kind && facts.practitioner.qualifyingApm === undefined && needsLocality(dateOfService)
        ? ['whether the practitioner is a qualifying APM participant']
        : []),
    ]
    if (missing.length === 0) return pass('The amount is asked once the place and the practitioner are known.')
    return unknown(`The allowed amount needs ${missing.join(' and ')}.`, {
      step: 'find_out',
      role: 'manager',
      late: true,
      sentence: `Enter ${missing.join(' and ')}.`,
    })
  }
  let national: string | undefined
  // Where no block is full yet, the first code of the staff family is asked, so that nothing new comes up once it is.
  const codes = lines.length > 0 ? lines.map((line) => line.code) : [familyShapes.non_complex.base]
  for (const code of codes) {
    const price = priceOf(code, question)
    if (price.amountCents === null) {
      const waits = price.why === 'year_not_loaded'
      return unknown(price.sentence, {
        step: waits ? 'load_year' : 'find_out',
        role: 'manager',
        late: true,
        sentence: waits
          ? `Load the fee schedule of ${question.dateOfService.slice(0, 4)} once it is published.`
          : 'Correct the locality or the place of service, or enter the amount from the fee schedule.',
      })
    }
    if (price.basis === 'national') national = price.sentence
  }
  return national === undefined ? pass('The allowed amount is known.') : info(national)
}

export const priceKnown = rule<MoneyView>({
  id: 'money.price',
  asks: 'Is the allowed amount known?',
  values: [conversionFactor, facilityPlaces, nonPhysicianShare],
  reads: ({ facts, question }) => ({
    locality: facts.locality,
    placeOfService: facts.placeOfService,
    qualifyingApm: facts.practitioner?.qualifyingApm,
    question,
  }),
  valuedOn: ({ dateOfService }) => dateOfService,
  base: {
    id: 'by_locality',
    from: '2026-01',
    law: [sources.rvu26c, sources.gpci2026, sources.pfs2026],
    decide: decidePrice,
  },
  exceptions: [
    { id: 'national_2024', from: '2024-01', until: '2025-01', law: [sources.rvu24c], decide: decidePrice },
    {
      id: 'national_2025',
      from: '2025-01',
      until: '2026-01',
      law: [sources.amounts2025],
      decide: decidePrice,
    },
    { id: 'waits_for_2027', from: '2027-01', law: [sources.pfs2027Proposed], decide: decidePrice },
  ],
})

export const costSharingKnown = rule<MoneyView>({
  id: 'money.cost_sharing',
  asks: 'Is it known what the patient owes?',
  values: [coinsurance, sequestration, partBDeductible],
  valuedOn: ({ dateOfService }) => dateOfService,
  reads: ({ facts }) => ({ deductible: facts.deductible, qmb: facts.qmb, secondary: facts.secondary }),
  base: {
    id: 'deductible_and_coinsurance',
    from: '2024-01',
    law: [sources.noridianQa2017, sources.hetsQmb, sources.sequestration],
    decide: ({ facts, dateOfService }): Decision => {
      const missing = [
        ...(facts.deductible === undefined ? ['the deductible that is left'] : []),
        ...(facts.qmb === undefined ? ['whether the patient is a QMB'] : []),
        ...(facts.secondary === undefined ? ['whether a second insurer pays'] : []),
      ]
      if (missing.length > 0) {
        return unknown(`What the patient owes is not known: ${missing.join(', ')}.`, {
          step: 'check_coverage',
          role: 'front_desk',
          late: true,
          sentence: `Check coverage with a 270 and enter ${missing.join(', ')}.`,
        })
      }
      const yearly = entryOn(partBDeductible, dateOfService)?.value
      if (yearly !== undefined && facts.deductible && facts.deductible.remainingCents > yearly) {
        return info('More deductible is left than the year has: check the coverage answer.')
      }
      if (facts.qmb === true) return pass('The patient is a QMB and owes nothing.')
      return pass('What the patient owes is known.')
    },
  },
})
