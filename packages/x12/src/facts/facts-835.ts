import type { Finding } from '../findings.ts'
import { DecimalSum, formatCents } from '../money.ts'
import { judgeRemittance } from '../read/read-835.ts'
import { type SetPlace, SetReading } from '../read/reading.ts'
import type { RemittanceClaim, RemittanceLine } from '../read/remittance.ts'
import { RemittanceReader } from '../read/remittance-reader.ts'
import { component, element, type Segment } from '../segments.ts'
import { type Facts, reasonsOf, textOrNull } from './facts.ts'

/** The amounts of one claim or line exactly as they stand in the file. */
interface StatedAmounts {
  readonly head: Segment
  readonly adjustments: ReturnType<typeof reasonsOf>
  allowed: string | null
  interest: string | null
  readonly lines: StatedAmounts[]
}

function statedAmounts(head: Segment): StatedAmounts {
  return { head, adjustments: [], allowed: null, interest: null, lines: [] }
}

/** The facts of an 835, claim by claim and then the rest. */
export class RemittanceFacts {
  readonly #place: SetPlace
  readonly #reading: SetReading
  readonly #reader: RemittanceReader
  readonly #sumClp04 = new DecimalSum()
  readonly #sumPlb = new DecimalSum()
  readonly #plb: Facts[] = []
  #bpr02: string | null = null
  #claim: StatedAmounts | null = null
  #current: StatedAmounts | null = null

  constructor(place: SetPlace, take: (claim: Facts) => void) {
    this.#place = place
    this.#reading = new SetReading(place, () => undefined)
    this.#reader = new RemittanceReader(this.#reading, (claim) => take(this.#factsOf(claim)))
  }

  add(segment: Segment): void {
    this.#reading.position = segment.position
    this.#reader.add(segment)
    switch (segment.id) {
      case 'BPR':
        this.#bpr02 = element(segment, 2)
        break
      case 'LX':
      case 'PLB':
        this.#claim = null
        this.#current = null
        if (segment.id === 'PLB') this.#addProviderAdjustments(segment)
        break
      case 'CLP':
        this.#claim = statedAmounts(segment)
        this.#current = this.#claim
        this.#sumClp04.add(element(segment, 4))
        break
      case 'SVC':
        if (!this.#claim) break
        this.#current = statedAmounts(segment)
        this.#claim.lines.push(this.#current)
        break
      case 'CAS':
        this.#current?.adjustments.push(...reasonsOf(segment))
        break
      case 'AMT':
        if (this.#current && this.#current !== this.#claim) {
          if (segment.is(1, 'B6')) this.#current.allowed = element(segment, 2)
        } else if (this.#claim && segment.is(1, 'I')) this.#claim.interest = element(segment, 2)
        break
    }
  }

  /** Everything besides the claims; `outside` are the envelope errors of the interchange that lie in no set. */
  finish(outside: readonly Finding[], truncated: boolean): Facts {
    const head = this.#reader.finish()
    const { set } = this.#place
    const place = { ...this.#place, set: { ...set, truncated: set.truncated || truncated } }
    const { postable, holdReasons } = judgeRemittance(place, this.#reader, outside)
    return {
      handling: head.handling,
      bpr02: this.#bpr02,
      paymentMethod: head.paymentMethod,
      paidOn: head.paidOn,
      trn02: head.trn02,
      trn03: head.trn03,
      payerName: head.payerName,
      payerId: head.payerId,
      payeeName: head.payeeName,
      payeeNpi: head.payeeNpi,
      payeeTaxId: head.payeeTaxId,
      productionOn: head.productionOn,
      sumClp04: this.#sumClp04.toString(),
      sumPlb: this.#sumPlb.toString(),
      plb: this.#plb,
      transactionBalances: head.balance.ok,
      transactionDifference: formatCents(head.balance.differenceCents),
      postable,
      holdReasons,
    }
  }

  #addProviderAdjustments(segment: Segment): void {
    for (let position = 3; position <= Math.min(13, segment.count); position += 2) {
      if (segment.isEmpty(position) && segment.isEmpty(position + 1)) continue
      const amount = element(segment, position + 1)
      this.#sumPlb.add(amount)
      this.#plb.push({
        providerId: element(segment, 1),
        fiscalYearEnd: element(segment, 2),
        code: component(segment, position, 1),
        reference: textOrNull(component(segment, position, 2)),
        amount,
      })
    }
  }

  #factsOf(claim: RemittanceClaim): Facts {
    const stated = this.#claim
    return {
      id: claim.claimControl,
      status: claim.status,
      charge: stated ? element(stated.head, 3) : null,
      paid: stated ? element(stated.head, 4) : null,
      patientResponsibility: stated ? textOrNull(element(stated.head, 5)) : null,
      payerClaimNumber: claim.payerClaimNumber,
      filingCode: claim.filingCode,
      patient: claim.patient,
      renderingNpi: claim.renderingNpi,
      crossover: claim.crossover,
      earlierPayerClaimNumber: claim.earlierPayerClaimNumber,
      receivedOn: claim.receivedOn,
      serviceFrom: claim.period.from,
      serviceTo: claim.period.to,
      interest: stated?.interest ?? null,
      adjustments: stated?.adjustments ?? [],
      remarks: claim.remarks,
      lines: claim.lines.map((line, at) => lineFacts(line, stated?.lines[at])),
      claimBalances: claim.balances.claim.ok,
      claimDifference: formatCents(claim.balances.claim.differenceCents),
      linesBalance: claim.balances.lines.ok,
      linesDifference: formatCents(claim.balances.lines.differenceCents),
    }
  }
}

function lineFacts(line: RemittanceLine, stated: StatedAmounts | undefined): Facts {
  return {
    code: line.code,
    modifiers: line.modifiers,
    originalCode: line.originalCode,
    charge: stated ? element(stated.head, 2) : null,
    paid: stated ? textOrNull(element(stated.head, 3)) : null,
    unitsPaid: line.unitsPaid,
    unitsBilled: line.unitsBilled,
    serviceOn: line.serviceOn,
    serviceTo: line.serviceTo,
    lineControl: line.lineControl,
    allowed: stated?.allowed ?? null,
    adjustments: stated?.adjustments ?? [],
    remarks: line.remarks,
    balances: line.balance.ok,
    difference: formatCents(line.balance.differenceCents),
  }
}
