import { DecimalSum, formatCents } from '../money.ts'
import { readClaim } from '../read/read-837p.ts'
import { type SetPlace, SetReading } from '../read/reading.ts'
import { ClaimScanner, type ScannedClaim } from '../read/scan-837p.ts'
import { element, type Segment } from '../segments.ts'
import { amountsAsText, type Facts } from './facts.ts'

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
      linesCharge: formatCents(claim.linesChargeCents),
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
      otherPayers: (claim.otherPayers ?? []).map((other) => amountsAsText(other)),
      lines: claim.lines.map((line, at) => {
        const service = scanned.lines[at]?.service
        return { ...amountsAsText(line), ...(service ? { charge: element(service, 2) } : {}) }
      }),
    }
  }
}
