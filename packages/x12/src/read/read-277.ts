import { statusSentence } from '../codes/claim-status.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { components, element, type Segment } from '../segments.ts'
import { procedureOf, type SetPlace, SetReading, startReading, told } from './reading.ts'

/** One composite of STC01, STC10 or STC11. */
export interface StatusCode {
  /** STC01-1, such as A2. */
  readonly category: string
  /** STC01-2, such as 20. */
  readonly status: string
  /** STC01-3, such as 85. */
  readonly entity: string | null
  /** Category and status in our own words. */
  readonly meaning: string
}

/** One STC segment with all its codes. */
export interface StatusInformation {
  readonly codes: readonly StatusCode[]
  readonly effectiveOn: string | null
  /** STC03: WQ accepted, U rejected (277CA). */
  readonly action: string | null
  readonly chargeCents: number | null
  /** STC04 and STC05 as they are written. */
  readonly charge: string | null
  readonly paidCents: number | null
  readonly paid: string | null
  /** STC06 and STC08 of a 277 (X212). */
  readonly decidedOn: string | null
  readonly paidOn: string | null
  readonly checkNumber: string | null
  readonly text: string | null
}

/**
 * accepted: in adjudication. waiting: forwarded or received, not yet accepted. rejected: never received, correct it
 * and send it anew. decided: a 277 says that the decision was made, the money is told by the 835. unknown: codes that say none of these.
 */
export type ClaimAnswer = 'accepted' | 'waiting' | 'rejected' | 'decided' | 'unknown'

export interface LineStatus {
  readonly code: string
  readonly modifiers: readonly string[]
  readonly chargeCents: number | null
  /** REF*FJ: our line id. */
  readonly lineControl: string | null
  readonly serviceOn: string | null
  readonly statuses: readonly StatusInformation[]
}

export interface ClaimStatus {
  /** TRN02 = our CLM01 in a 277CA; our trace, or REF*EJ, in a 277. */
  readonly claimControl: string
  /** TRN02 as it came: the trace of our question in a 277. */
  readonly trace: string
  readonly patient: { readonly family: string; readonly given: string; readonly memberId: string | null }
  /** REF*1K: the payer's claim number, to be kept. */
  readonly payerClaimNumber: string | null
  /** REF*D9 */
  readonly clearinghouseNumber: string | null
  /** REF*EJ */
  readonly patientAccount: string | null
  readonly serviceFrom: string | null
  readonly serviceTo: string | null
  readonly statuses: readonly StatusInformation[]
  readonly lines: readonly LineStatus[]
  readonly answer: ClaimAnswer
  /** Every reason at claim and line, without the bare "fault is on a line" of 247. */
  readonly reasons: readonly StatusCode[]
}

export interface BatchStatus {
  readonly level: 'payer' | 'submitter' | 'provider'
  /** TRN02; at the submitter it is our BHT03. */
  readonly reference: string | null
  readonly name: string
  readonly id: string | null
  readonly statuses: readonly StatusInformation[]
  readonly answer: ClaimAnswer
  readonly acceptedCount: number | null
  readonly rejectedCount: number | null
  readonly acceptedCents: number | null
  readonly rejectedCents: number | null
}

export interface ClaimStatusReport {
  readonly set: string
  readonly interchange: string
  /** BHT02 and BHT03 of the report. */
  readonly reportId: string
  readonly createdOn: string | null
  readonly payerName: string
  readonly payerId: string | null
  /** Our BHT03 (TRN02 at the submitter), or null. */
  readonly batchId: string | null
  /** True when a level above the patients rejects and no patient follows: every claim of the batch is rejected. */
  readonly batchRejected: boolean
  readonly levels: readonly BatchStatus[]
  readonly claims: readonly ClaimStatus[]
  readonly truncated: boolean
}

export interface ClaimStatusFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly reports: readonly ClaimStatusReport[]
}

/** Reads every 277CA (005010X214) in a text. Never throws. */
export function read277CA(text: string): ClaimStatusFile {
  return read277Sets(readInterchanges(text), '277CA')
}

/** Reads every 277 (005010X212) in a text. It is information, never a posting. Never throws. */
export function read277(text: string): ClaimStatusFile {
  return read277Sets(readInterchanges(text), '277')
}

/** The same for a text that was cut into interchanges already. */
export function read277Sets(file: InterchangeFile, kind: '277CA' | '277'): ClaimStatusFile {
  const places = setsOf(file, kind)
  const answer = startReading(file, places.length, kind)
  return { ...answer, reports: places.map((place) => readReport(place, kind, answer.findings)) }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
interface OpenLine extends Omit<Writable<LineStatus>, 'statuses'> {
  statuses: StatusInformation[]
}
interface OpenClaim extends Omit<Writable<ClaimStatus>, 'statuses' | 'lines'> {
  statuses: StatusInformation[]
  lines: OpenLine[]
}
interface OpenLevel extends Omit<Writable<BatchStatus>, 'statuses'> {
  statuses: StatusInformation[]
}

const LEVELS: Readonly<Record<string, BatchStatus['level']>> = {
  '20': 'payer',
  '21': 'submitter',
  '19': 'provider',
}
const KNOWN = new Set('ST SE BHT HL PER DMG SVC'.split(' '))

function readReport(
  { interchange, group, set }: SetPlace,
  kind: '277CA' | '277',
  findings: Finding[],
): ClaimStatusReport {
  const reading = new SetReading({ interchange, set }, (one) => findings.push(one))
  const levels: OpenLevel[] = []
  const claims: OpenClaim[] = []
  let level: OpenLevel | null = null
  let claim: OpenClaim | null = null
  let line: OpenLine | null = null
  /** The patient of the current HL; several claims may follow under one patient. */
  let patient: ClaimStatus['patient'] | null = null
  let reportId = ''
  let createdOn: string | null = null

  for (const segment of set.segments) {
    reading.position++
    switch (segment.id) {
      case 'BHT':
        reportId = element(segment, 3)
        createdOn = reading.date(segment, 4)
        break
      case 'HL': {
        claim = null
        line = null
        const at = LEVELS[element(segment, 3)]
        if (at === undefined) {
          level = null
          patient = { family: '', given: '', memberId: null }
          reading.loop = element(segment, 3) === '23' ? '2000E' : '2000D'
        } else {
          patient = null
          level = emptyLevel(at)
          levels.push(level)
          reading.loop = at === 'payer' ? '2000A' : at === 'submitter' ? '2000B' : '2000C'
        }
        break
      }
      case 'NM1':
        if (patient && !claim) {
          patient = {
            family: element(segment, 3),
            given: element(segment, 4),
            memberId: told(element(segment, 9)),
          }
        } else if (level && level.name === '') {
          level.name = [element(segment, 3), element(segment, 4)].filter((part) => part !== '').join(', ')
          level.id = told(element(segment, 9))
        }
        break
      case 'TRN':
        if (patient) {
          line = null
          claim = emptyClaim(element(segment, 2), patient)
          claims.push(claim)
        } else if (level) level.reference = told(element(segment, 2))
        break
      case 'STC':
        ;(line ?? claim ?? level)?.statuses.push(readStatus(segment, reading))
        break
      case 'SVC':
        if (claim) {
          const procedure = procedureOf(segment, 1)
          line = {
            code: procedure.code,
            modifiers: procedure.modifiers,
            chargeCents: reading.cents(segment, 2),
            lineControl: null,
            serviceOn: null,
            statuses: [],
          }
          claim.lines.push(line)
        }
        break
      case 'REF':
        readReference(segment, claim, line)
        break
      case 'DTP':
        if (claim && element(segment, 1) === '472') {
          const period = reading.period(segment, 2, 3)
          if (line) line.serviceOn = period?.from ?? null
          else {
            claim.serviceFrom = period?.from ?? null
            claim.serviceTo = period?.to ?? period?.from ?? null
          }
        }
        break
      case 'QTY':
        if (level) readCount(segment, reading, level)
        break
      case 'AMT':
        if (level) readTotal(segment, reading, level)
        break
      default:
        if (!KNOWN.has(segment.id)) reading.unknown(segment)
    }
  }

  for (const one of claims) settleClaim(one, kind)
  for (const one of levels) one.answer = answerOf(one.statuses)
  const payer = levels.find((one) => one.level === 'payer')
  const submitter = levels.find((one) => one.level === 'submitter')
  return {
    set: set.control,
    interchange: interchange.control,
    reportId,
    createdOn,
    payerName: payer?.name ?? '',
    payerId: payer?.id ?? null,
    batchId: kind === '277CA' ? (submitter?.reference ?? null) : null,
    batchRejected: claims.length === 0 && levels.some((one) => one.answer === 'rejected'),
    levels,
    claims,
    truncated: set.truncated || group.truncated || interchange.truncated,
  }
}

function emptyLevel(level: BatchStatus['level']): OpenLevel {
  return {
    level,
    reference: null,
    name: '',
    id: null,
    statuses: [],
    answer: 'unknown',
    acceptedCount: null,
    rejectedCount: null,
    acceptedCents: null,
    rejectedCents: null,
  }
}

function emptyClaim(claimControl: string, patient: ClaimStatus['patient']): OpenClaim {
  return {
    claimControl,
    trace: claimControl,
    patient,
    payerClaimNumber: null,
    clearinghouseNumber: null,
    patientAccount: null,
    serviceFrom: null,
    serviceTo: null,
    statuses: [],
    lines: [],
    answer: 'unknown',
    reasons: [],
  }
}

function readStatus(segment: Segment, reading: SetReading): StatusInformation {
  const codes: StatusCode[] = []
  for (const position of [1, 10, 11]) {
    const [category = '', status = '', entity = ''] = components(segment, position)
    if (category === '' && status === '') continue
    codes.push({
      category,
      status,
      entity: told(entity),
      meaning: statusSentence(category, status, told(entity)),
    })
  }
  return {
    codes,
    effectiveOn: reading.date(segment, 2),
    action: told(element(segment, 3)),
    chargeCents: reading.cents(segment, 4),
    charge: told(element(segment, 4)),
    paidCents: reading.cents(segment, 5),
    paid: told(element(segment, 5)),
    decidedOn: reading.date(segment, 6),
    paidOn: reading.date(segment, 8),
    checkNumber: told(element(segment, 9)),
    text: told(element(segment, 12)),
  }
}

function readReference(segment: Segment, claim: OpenClaim | null, line: OpenLine | null): void {
  const value = told(element(segment, 2))
  if (line) {
    if (element(segment, 1) === 'FJ') line.lineControl = value
    return
  }
  if (!claim) return
  switch (element(segment, 1)) {
    case '1K':
      claim.payerClaimNumber = value
      break
    case 'D9':
      claim.clearinghouseNumber = value
      break
    case 'EJ':
      claim.patientAccount = value
      break
  }
}

function readCount(segment: Segment, reading: SetReading, level: OpenLevel): void {
  switch (element(segment, 1)) {
    case '90':
    case 'QA':
      level.acceptedCount = reading.quantity(segment, 2)
      break
    case 'AA':
    case 'QC':
      level.rejectedCount = reading.quantity(segment, 2)
      break
  }
}

function readTotal(segment: Segment, reading: SetReading, level: OpenLevel): void {
  switch (element(segment, 1)) {
    case 'YU':
      level.acceptedCents = reading.cents(segment, 2)
      break
    case 'YY':
      level.rejectedCents = reading.cents(segment, 2)
      break
  }
}

/** A rejection anywhere beats an acceptance: a claim with one bad status was not taken. */
function answerOf(statuses: readonly StatusInformation[]): ClaimAnswer {
  const codes = statuses.flatMap((status) => status.codes)
  if (statuses.some((status) => status.action === 'U') || codes.some((code) => /^A[3678]$/.test(code.category)))
    return 'rejected'
  if (codes.some((code) => code.category === 'A2' || code.category === 'A5')) return 'accepted'
  if (codes.some((code) => /^F\d$/.test(code.category))) return 'decided'
  if (codes.some((code) => /^(?:A[01]|P\d)$/.test(code.category))) return 'waiting'
  return 'unknown'
}

function settleClaim(claim: OpenClaim, kind: '277CA' | '277'): void {
  const lineStatuses = claim.lines.flatMap((line) => line.statuses)
  claim.answer = answerOf([...claim.statuses, ...lineStatuses])
  if (kind === '277' && claim.patientAccount !== null) claim.claimControl = claim.patientAccount
  const codes = [...claim.statuses, ...lineStatuses].flatMap((status) => status.codes)
  const telling = codes.filter((code) => code.status !== '247')
  claim.reasons = telling.length > 0 ? telling : codes
}
