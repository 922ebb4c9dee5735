import { parseDate8 } from '../dates.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { FingerprintSet } from '../fingerprints.ts'
import { guide837P } from '../guides/005010X222A1.ts'
import { GuideWalk } from '../guides/walk.ts'
import { type SetPlace, startReading } from '../read/reading.ts'
import { ClaimScanner, type ScannedClaim } from '../read/scan-837p.ts'
import { element, type Segment } from '../segments.ts'
import { checkCareManagement, MonthlyDuplicates } from './care-management.ts'
import { ClaimInHand, checkClaim, checkInsurance, checkLines } from './claims.ts'
import { CLAIM_LEVELS, checkLineNumbers, checkPairs, LevelCheck } from './hierarchy.ts'
import { checkOtherPayers } from './other-payers.ts'
import { checkBilling, checkClaimParties, checkSubmitter, checkSubscriber } from './parties.ts'
import { type Reporter, reporterFor } from './reporting.ts'
import { checkVersion } from './versions.ts'

export interface ClaimCheckOptions {
  /** 'YYYY-MM-DD': dates of service after it are errors; without it the day on which the batch was made. */
  readonly today?: string
  /** False when the payer takes no frequency 7 and 8; Medicare Part B never does. */
  readonly acceptsReplacement?: boolean
}

/** Checks every 837P in a text: SNIP 1 to 4, the codes whose form can be told, and Medicare's rules. Never throws. */
export function check837P(text: string, options: ClaimCheckOptions = {}): readonly Finding[] {
  return check837PSets(readInterchanges(text), options)
}

/** The same for a text that was cut into interchanges already. */
export function check837PSets(file: InterchangeFile, options: ClaimCheckOptions = {}): Finding[] {
  const places = setsOf(file, '837P')
  const { findings } = startReading(file, places.length, '837P')
  const memory = new ClaimFileMemory()
  for (const place of places) {
    const check = new ClaimSetCheck(place, options, memory, (some) => {
      for (const one of some) findings.push(one)
    })
    for (const segment of place.set.segments) check.add(segment)
    check.end()
  }
  return findings
}

/** What is carried from set to set: claim numbers and billed months that the file had already. */
export class ClaimFileMemory {
  readonly controls = new FingerprintSet()
  readonly months = new MonthlyDuplicates()
}

/** Checks one 837P segment by segment; it holds one claim at a time and hands findings on patient by patient. */
export class ClaimSetCheck {
  readonly #place: SetPlace
  readonly #options: ClaimCheckOptions
  readonly #memory: ClaimFileMemory
  readonly #found: (findings: Finding[]) => void
  #findings: Finding[] = []
  /** The elements of this patient that the guide found wrong: no rule has more to say of them. */
  readonly #judged = new Set<string>()
  readonly #report: Reporter
  readonly #walk: GuideWalk
  readonly #scanner: ClaimScanner
  readonly #levels: LevelCheck
  #today: string | null
  /** The day on which the batch was made: ISA09, else BHT04. */
  #madeOn: string | null

  constructor(
    place: SetPlace,
    options: ClaimCheckOptions,
    memory: ClaimFileMemory,
    found: (findings: Finding[]) => void,
  ) {
    const { interchange, set } = place
    this.#place = place
    this.#options = options
    this.#memory = memory
    this.#found = found
    const add = (one: Finding): void => {
      this.#findings.push(one)
    }
    const judged = this.#judged
    const unlessJudged = (one: Finding): void => {
      if (!judged.has(placeOf(one))) add(one)
    }
    const report = reporterFor(unlessJudged, interchange.control, set.control)
    this.#report = report
    this.#walk = new GuideWalk(guide837P, interchange.control, set.control, (one) => {
      if (one.severity === 'error') judged.add(placeOf(one))
      add(one)
    })
    this.#levels = new LevelCheck(report, CLAIM_LEVELS)
    this.#today = options.today ?? interchange.createdOn
    this.#madeOn = interchange.createdOn
    this.#scanner = new ClaimScanner({
      submitter: (party) => checkSubmitter(party, report),
      level: (level) => this.#level(level),
      billing: (billing) => checkBilling(billing, report),
      subscriber: (subscriber, isEmpty) => {
        checkSubscriber(subscriber, report)
        if (isEmpty) this.#withoutClaim(subscriber.level)
      },
      dependent: (dependent, isEmpty) => {
        if (isEmpty) this.#withoutClaim(dependent.level)
      },
      claim: (claim) => this.#claim(claim),
    })
    for (const one of checkVersion(place, guide837P)) add(one)
  }

  add(segment: Segment): void {
    this.#walk.add(segment)
    checkPairs(segment, this.#walk.loop, this.#report)
    this.#scanner.add(segment)
    if (segment.id === 'BHT') {
      this.#madeOn ??= parseDate8(element(segment, 4))
      this.#today ??= this.#madeOn
    }
  }

  end(): void {
    this.#walk.end()
    this.#scanner.end()
    this.#levels.end()
    this.#handOn()
  }

  #level(level: Segment): void {
    this.#handOn()
    this.#levels.add(level)
    this.#judged.clear()
  }

  #withoutClaim(level: Segment): void {
    this.#report.error(2, 'claim_missing', 'No claim stands under this level: CLM is missing.', level, 'CLM', '2300')
  }

  #claim(claim: ScannedClaim): void {
    const report = this.#report
    const hand = new ClaimInHand(claim, this.#place.interchange.usage)
    const today = this.#today
    const madeOn = this.#madeOn
    const dates = { today, latest: today !== null && madeOn !== null && madeOn < today ? madeOn : today }
    checkLineNumbers(claim, report)
    checkClaimParties(claim, report)
    checkInsurance(hand, report)
    checkClaim(hand, this.#options.acceptsReplacement, dates, report)
    checkLines(hand, dates, report)
    checkOtherPayers(claim, dates, report)
    checkCareManagement(hand, report)
    this.#memory.months.check(hand, report)
    const control = element(claim.claim, 1)
    if (control !== '' && !this.#memory.controls.add(control)) {
      const message = `CLM01 "${control.slice(0, 40)}" stands twice in this file; it must be unique for ever.`
      report.error(4, 'claim_control_repeated', message, claim.claim, 'CLM01', '2300')
    }
  }

  #handOn(): void {
    if (this.#findings.length === 0) return
    const findings = this.#findings
    this.#findings = []
    this.#found(findings.sort(bySegment))
  }
}

function placeOf({ segment, element: at }: Finding): string {
  return `${segment} ${at}`
}

function bySegment(left: Finding, right: Finding): number {
  return (left.segment ?? 0) - (right.segment ?? 0)
}
