import { Gathered } from '../gathered.ts'
import { dollars } from '../money.ts'
import { element, type Segment } from '../segments.ts'
import { type SetReading, told } from './reading.ts'
import type { Adjustment, Balance, ProviderAdjustment, Remittance, RemittanceClaim } from './remittance.ts'
import { balanceClaim } from './remittance-balance.ts'
import {
  NO_ADJUSTMENTS,
  NO_LINES,
  NO_REMARKS,
  OpenClaim,
  OpenLine,
  readAdjustments,
  readDate,
  readName,
  readProviderAdjustments,
  remarksAt,
} from './remittance-segments.ts'

/** What is known of an 835 besides its claims and its envelope. */
export type RemittanceHead = Omit<
  Remittance,
  'set' | 'group' | 'interchange' | 'claims' | 'truncated' | 'postable' | 'holdReasons'
>

/** Segments that hold nothing for the ledger. */
const KNOWN = new Set('ST SE CUR N3 N4 PER RDM TS3 TS2 QTY'.split(' '))
const MOST_REASONS = 1_000

/**
 * Reads an 835 segment by segment and hands on each claim, balanced, as soon as the next begins; it holds one claim at
 * a time. The reading's position is moved by the caller.
 */
export class RemittanceReader {
  readonly #reading: SetReading
  readonly #take: (claim: RemittanceClaim) => void
  readonly #claimReasons: string[] = []
  readonly #plb: ProviderAdjustment[] = []
  #claim: OpenClaim | null = null
  #claimAt = 0
  readonly #linesAt: number[] = []
  #line: OpenLine | null = null
  /** The parts of the claim and of the line that are open. */
  readonly #lines = new Gathered<OpenLine>()
  readonly #claimAdjustments = new Gathered<Adjustment>()
  readonly #lineAdjustments = new Gathered<Adjustment>()
  readonly #claimRemarks = new Gathered<string>()
  readonly #lineRemarks = new Gathered<string>()
  /** Whether NM1*QC (the patient) or NM1*IL (the insured) named the member. */
  #patientNamed = false
  #party = ''
  #hasPayment = false
  #claimsPaidCents = 0
  #handling = ''
  #bpr02Cents = 0
  #paymentMethod = ''
  #paidOn: string | null = null
  #trn02 = ''
  #trn03 = ''
  #productionOn: string | null = null
  #payerName = ''
  #payerId: string | null = null
  #payeeName = ''
  #payeeNpi: string | null = null
  #payeeTaxId: string | null = null
  #balance: Balance = { ok: false, differenceCents: 0 }

  constructor(reading: SetReading, take: (claim: RemittanceClaim) => void) {
    this.#reading = reading
    this.#take = take
  }

  add(segment: Segment): void {
    const reading = this.#reading
    const line = this.#line
    const claim = this.#claim
    switch (segment.id) {
      case 'CAS':
        if (line) readAdjustments(segment, reading, this.#lineAdjustments)
        else if (claim) readAdjustments(segment, reading, this.#claimAdjustments)
        else {
          const message = 'A CAS segment stands outside of a claim; its amount belongs to nobody.'
          reading.note('error', 2, 'cas_outside_claim', message, null)
        }
        return
      case 'SVC':
        if (!claim) return
        this.#closeLine()
        reading.loop = '2110'
        this.#line = new OpenLine(segment, reading)
        this.#linesAt.push(reading.position)
        return
      case 'DTM':
        if (claim) readDate(segment, reading, claim, line)
        else if (segment.is(1, '405')) this.#productionOn = reading.date(segment, 2)
        return
      case 'REF':
        this.#reference(segment)
        return
      case 'AMT':
        if (line) {
          if (segment.is(1, 'B6')) line.allowedCents = reading.cents(segment, 2)
        } else if (claim && segment.is(1, 'I')) claim.interestCents = reading.cents(segment, 2)
        return
      case 'CLP':
        this.#closeClaim()
        reading.loop = '2100'
        this.#claim = new OpenClaim(segment, reading)
        this.#claimAt = reading.position
        return
      case 'NM1':
        if (!claim || line) return
        readName(segment, claim, this.#patientNamed)
        if (segment.is(1, 'QC')) this.#patientNamed = true
        return
      case 'MOA':
        if (claim) remarksAt(segment, 3, 7, this.#claimRemarks)
        return
      case 'MIA':
        if (!claim) return
        remarksAt(segment, 5, 5, this.#claimRemarks)
        remarksAt(segment, 20, 23, this.#claimRemarks)
        return
      case 'LQ':
        if (claim && segment.is(1, 'HE')) remarksAt(segment, 2, 2, line ? this.#lineRemarks : this.#claimRemarks)
        return
      default:
        this.#header(segment)
    }
  }

  /** Says that the set is over: hands on the last claim and answers the rest. */
  finish(): RemittanceHead {
    const reading = this.#reading
    this.#closeClaim()
    const plbCents = this.#plb.reduce((sum, one) => sum + one.amountCents, 0)
    const claimsPaidCents = this.#claimsPaidCents
    const differenceCents = this.#bpr02Cents - claimsPaidCents + plbCents
    this.#balance = { ok: differenceCents === 0 && this.#hasPayment, differenceCents }
    reading.loop = null
    if (!this.#hasPayment) {
      const message = 'The remittance has no BPR segment: nobody can say what was paid.'
      reading.note('error', 2, 'bpr_missing', message, null, 1)
    } else if (!this.#balance.ok) {
      const message = `BPR02 says ${dollars(this.#bpr02Cents)} was paid, but the claims (${dollars(claimsPaidCents)}) less the provider adjustments (${dollars(plbCents)}) come to ${dollars(claimsPaidCents - plbCents)}: ${dollars(differenceCents)} is unexplained.`
      reading.note('error', 3, 'transaction_out_of_balance', message, 'BPR02', 2)
    }
    if (this.#trn02 === '') {
      reading.note('error', 2, 'trn_missing', 'The remittance has no payment number (TRN02).', 'TRN02', 2)
    }
    return {
      handling: this.#handling,
      bpr02Cents: this.#bpr02Cents,
      paymentMethod: this.#paymentMethod,
      paidOn: this.#paidOn,
      trn02: this.#trn02,
      trn03: this.#trn03,
      payerName: this.#payerName,
      payerId: this.#payerId ?? told(this.#trn03),
      payeeName: this.#payeeName,
      payeeNpi: this.#payeeNpi,
      payeeTaxId: this.#payeeTaxId,
      productionOn: this.#productionOn,
      plb: this.#plb,
      totals: { claimsPaidCents, plbCents },
      balance: this.#balance,
    }
  }

  /** Why the money may not be posted, by what stands in the set; complete after `finish`. */
  get holdReasons(): string[] {
    const unreadable = this.#reading.unreadableAmounts
    return [
      ...(unreadable > 0 ? [`${unreadable} amounts cannot be read.`] : []),
      ...(this.#trn02 === '' ? ['The payment has no number (TRN02).'] : []),
      ...(this.#balance.ok
        ? []
        : [`The payment does not balance: ${dollars(this.#balance.differenceCents)} is unexplained.`]),
      ...this.#claimReasons,
    ]
  }

  #closeLine(): void {
    const line = this.#line
    if (!line) return
    line.adjustments = this.#lineAdjustments.take(NO_ADJUSTMENTS)
    line.remarks = this.#lineRemarks.take(NO_REMARKS)
    this.#lines.add(line)
    this.#line = null
  }

  #closeClaim(): void {
    this.#closeLine()
    const claim = this.#claim
    this.#claim = null
    this.#patientNamed = false
    if (!claim) return
    claim.adjustments = this.#claimAdjustments.take(NO_ADJUSTMENTS)
    claim.remarks = this.#claimRemarks.take(NO_REMARKS)
    claim.lines = this.#lines.take(NO_LINES)
    balanceClaim(claim, { claim: this.#claimAt, lines: this.#linesAt }, this.#reading)
    this.#linesAt.length = 0
    this.#claimsPaidCents += claim.paidCents
    const { claim: whole, lines } = claim.balances
    if (!whole.ok) {
      this.#hold(`Claim ${claim.claimControl} does not balance: ${dollars(whole.differenceCents)} is unexplained.`)
    }
    if (!lines.ok) {
      this.#hold(
        `The lines of claim ${claim.claimControl} do not balance: ${dollars(lines.differenceCents)} is unexplained.`,
      )
    }
    this.#take(claim)
  }

  #hold(reason: string): void {
    if (this.#claimReasons.length < MOST_REASONS) this.#claimReasons.push(reason)
  }

  #reference(segment: Segment): void {
    if (this.#line) {
      if (segment.is(1, '6R')) this.#line.lineControl = told(element(segment, 2))
    } else if (this.#claim) {
      if (segment.is(1, 'F8')) this.#claim.earlierPayerClaimNumber = told(element(segment, 2))
    } else if (this.#party === 'PR' && segment.is(1, '2U')) this.#payerId = told(element(segment, 2))
    else if (this.#party === 'PE' && segment.is(1, 'TJ')) this.#payeeTaxId = told(element(segment, 2))
  }

  /** The segments that come once or a few times in a set. */
  #header(segment: Segment): void {
    const reading = this.#reading
    switch (segment.id) {
      case 'BPR':
        this.#hasPayment = true
        this.#handling = element(segment, 1)
        this.#bpr02Cents = reading.requiredCents(segment, 2)
        this.#paymentMethod = element(segment, 4)
        this.#paidOn = reading.date(segment, 16)
        return
      case 'TRN':
        this.#trn02 = element(segment, 2)
        this.#trn03 = element(segment, 3)
        return
      case 'N1':
        this.#readParty(segment)
        return
      case 'LX':
        this.#closeClaim()
        this.#party = ''
        reading.loop = '2000'
        return
      case 'PLB':
        this.#closeClaim()
        reading.loop = null
        readProviderAdjustments(segment, reading, this.#plb)
        return
      default:
        if (!KNOWN.has(segment.id)) reading.unknown(segment)
    }
  }

  #readParty(segment: Segment): void {
    this.#party = element(segment, 1)
    this.#reading.loop = this.#party === 'PR' ? '1000A' : '1000B'
    if (this.#party === 'PR') {
      this.#payerName = element(segment, 2)
      this.#payerId = told(element(segment, 4))
    } else if (this.#party === 'PE') {
      this.#payeeName = element(segment, 2)
      if (segment.is(3, 'XX')) this.#payeeNpi = told(element(segment, 4))
      else if (segment.is(3, 'FI')) this.#payeeTaxId = told(element(segment, 4))
    }
  }
}
