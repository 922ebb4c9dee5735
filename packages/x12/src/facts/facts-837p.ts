import type { LineDecision } from '../build/claim-batch.ts'
import { DecimalSum, sumDecimals } from '../money.ts'
import { readClaim } from '../read/read-837p.ts'
import { type SetPlace, SetReading } from '../read/reading.ts'
import { ClaimScanner, type ScannedClaim, type ScannedDecision, type ScannedOther } from '../read/scan-837p.ts'
import { element, type Segment } from '../segments.ts'
import { amountsAsText, type Facts, reasonsOf } from './facts.ts'

/** The facts of an 837P, claim by claim and then the rest. */
export class ClaimFacts {
  readonly #reading: SetReading
  readonly #scanner: ClaimScanner
  readonly #charge = new DecimalSum()
  #claims = 0
  #lines = 0

  constructor(place: SetPlace, take: (claim: Facts) => void) {
    this.#reading = new SetReading(place, () => undefined)
    this.#scanner = new ClaimScanner({ claim: (claim) => take(this.#factsOf(claim)) })
  }

  add(segment: Segment): void {
    this.#scanner.add(segment)
  }

  finish(): Facts {
    this.#scanner.end()
    const { beginning, submitter, receiver } = this.#scanner
    return {
      batchId: beginning ? element(beginning, 3) : '',
      submitter: submitter ? element(submitter.name, 3) : '',
      submitterId: submitter ? element(submitter.name, 9) : '',
      receiver: receiver ? element(receiver.name, 3) : '',
      receiverId: receiver ? element(receiver.name, 9) : '',
      totals: { claims: this.#claims, lines: this.#lines, charge: this.#charge.toString() },
    }
  }

  #factsOf(scanned: ScannedClaim): Facts {
    const claim = readClaim(scanned, this.#reading)
    const charge = element(scanned.claim, 2)
    this.#claims++
    this.#lines += claim.lines.length
    this.#charge.add(charge)
    const patient = claim.dependent ?? claim.subscriber
    const billing = scanned.billing?.provider
    return {
      id: claim.claimControl,
      charge,
      linesCharge: sumDecimals(scanned.lines.map(({ service }) => (service ? element(service, 2) : ''))),
      linesBalance: claim.chargeCents === claim.linesChargeCents,
      billingNpi: billing ? element(billing.name, 9) : '',
      renderingNpi: claim.rendering?.npi ?? null,
      payerSequence: claim.payerSequence,
      filingCode: claim.filingCode,
      mspType: claim.mspType ?? null,
      payerName: claim.payer.name,
      payerId: claim.payer.id,
      patient: {
        family: patient.family,
        given: patient.given,
        memberId: claim.subscriber.memberId,
        bornOn: patient.bornOn ?? null,
      },
      placeOfService: claim.placeOfService,
      frequency: claim.frequency,
      originalPayerClaimNumber: claim.originalPayerClaimNumber ?? null,
      diagnoses: claim.diagnoses,
      otherPayers: (claim.otherPayers ?? []).map((other, at) => ({
        ...amountsAsText(other),
        ...amountsOf(scanned.others[at]),
      })),
      lines: claim.lines.map((line, at) => {
        const { service, decisions } = scanned.lines[at] ?? {}
        return {
          ...amountsAsText(line),
          ...(service ? { charge: element(service, 2) } : {}),
          ...(line.decisions ? { decisions: line.decisions.map((one, nth) => factsOf(one, decisions?.[nth])) } : {}),
        }
      }),
    }
  }
}

function factsOf(decision: LineDecision, scanned: ScannedDecision | undefined): Facts {
  const paid = scanned ? { paid: element(scanned.decision, 2) } : {}
  return { ...amountsAsText(decision), ...paid, ...amountsOf(scanned) }
}

/** AMT01 of what another payer decided. */
const AMOUNTS: ReadonlyMap<string, string> = new Map([
  ['D', 'paid'],
  ['A8', 'nonCovered'],
  ['EAF', 'patientLeft'],
])

/** What another payer decided of a claim or line, as it stands in the file. */
function amountsOf(scanned: Pick<ScannedOther, 'amounts' | 'adjustments'> | undefined): Facts {
  const written: Record<string, unknown> = {}
  for (const amount of scanned?.amounts ?? []) {
    const name = AMOUNTS.get(element(amount, 1))
    if (name !== undefined) written[name] ??= element(amount, 2)
  }
  const reasons = scanned?.adjustments.flatMap(reasonsOf) ?? []
  return reasons.length === 0 ? written : { ...written, adjustments: reasons }
}
