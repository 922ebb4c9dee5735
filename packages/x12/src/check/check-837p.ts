import { parseDate8 } from '../dates.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { guide837P } from '../guides/005010X222A1.ts'
import { walkSet } from '../guides/walk.ts'
import { type SetPlace, startReading } from '../read/reading.ts'
import { scan837P } from '../read/scan-837p.ts'
import { element } from '../segments.ts'
import { checkCareManagement, checkMonthlyDuplicates } from './care-management.ts'
import { checkClaim, checkInsurance, checkLines, claimInHand } from './claims.ts'
import { checkLevels, checkLineNumbers, checkPairs } from './hierarchy.ts'
import { checkOtherPayers } from './other-payers.ts'
import { checkParties } from './parties.ts'
import { reporterFor } from './reporting.ts'
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
  const claimControls = new Set<string>()
  for (const place of places) findings.push(...checkClaimSet(place, options, claimControls))
  return findings
}

/** The findings of one set; `claimControls` is carried from set to set to find a claim number that stands twice. */
export function checkClaimSet(place: SetPlace, options: ClaimCheckOptions, claimControls: Set<string>): Finding[] {
  const { interchange, set } = place
  const walk = walkSet(guide837P, set, interchange.control)
  const findings = walk.findings
  findings.push(...checkVersion(place, guide837P))
  const report = reporterFor(findings, interchange.control, set.control)
  const scan = scan837P(set)
  const made = scan.beginning ? parseDate8(element(scan.beginning.segment, 4)) : null
  const today = options.today ?? interchange.createdOn ?? made
  checkLevels(scan, report)
  checkLineNumbers(scan, report)
  checkPairs(set, walk.loopAt, report)
  checkParties(scan, report)
  const months = new Map<string, string>()
  for (const claim of scan.claims) {
    const hand = claimInHand(claim, interchange.usage)
    checkInsurance(hand, report)
    checkClaim(hand, options.acceptsReplacement, { today }, report)
    checkLines(hand, { today }, report)
    checkOtherPayers(claim, report)
    checkCareManagement(claim, report)
    checkMonthlyDuplicates(claim, months, report)
    const control = element(claim.claim.segment, 1)
    if (control !== '' && claimControls.has(control)) {
      report.error(
        4,
        'claim_control_repeated',
        `CLM01 "${control.slice(0, 40)}" stands twice in this file; it must be unique for ever.`,
        claim.claim,
        'CLM01',
        '2300',
      )
    }
    claimControls.add(control)
  }
  return findings.sort((left, right) => (left.segment ?? 0) - (right.segment ?? 0))
}
