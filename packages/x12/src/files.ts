import type { ClaimCheckOptions } from './check/check-837p.ts'
import { FileCheck } from './check/check-file.ts'
import type { Facts } from './facts/facts.ts'
import { FileFacts, FileSurvey } from './facts/file-facts.ts'
import type { Finding, Severity, SnipLevel } from './findings.ts'
import type { Delimiters } from './segments.ts'

/** One finding as `keepwell x12 check --json` prints it. */
export interface CheckedFinding {
  readonly level: SnipLevel
  readonly severity: Severity
  readonly code: string
  readonly set: string | null
  readonly segment: number | null
  readonly element: string | null
  readonly loop: string | null
  readonly message: string
}

export interface CheckedFile {
  readonly file: string
  /** True when nothing found is an error. */
  readonly accepted: boolean
  readonly interchanges: number
  readonly findings: readonly CheckedFinding[]
}

/** One file of `keepwell x12 read --json`; amounts are decimal strings. */
export interface FileFactsPrinted {
  readonly file: string
  /** The sentence why the file is not X12, or null. */
  readonly refused: string | null
  readonly delimiters: Delimiters | null
  readonly envelopeErrors: readonly CheckedFinding[]
  readonly sets: readonly Readonly<Record<string, unknown>>[]
}

/** Checks one file's text as `keepwell x12 check` prints it. Never throws. */
export function checkFile(file: string, text: string, options: ClaimCheckOptions = {}): CheckedFile {
  const findings: CheckedFinding[] = []
  let accepted = true
  const check = new FileCheck((one) => {
    if (one.severity === 'error') accepted = false
    findings.push(printed(one))
  }, options)
  check.push(text)
  check.end()
  return { file, accepted, interchanges: check.interchanges, findings }
}

/** Reads one file's text as `keepwell x12 read` prints it. Never throws. */
export function readFile(file: string, text: string): FileFactsPrinted {
  const survey = new FileSurvey()
  survey.push(text)
  survey.end()
  const sets: Facts[] = []
  let head: Facts = {}
  let claims: Facts[] | null = null
  const facts = new FileFacts(survey, {
    openSet(opened, list) {
      head = opened
      claims = list === null ? null : []
    },
    item: (one) => claims?.push(one),
    closeSet(rest) {
      sets.push({ ...head, ...rest, ...(claims === null ? {} : { claims }) })
    },
  })
  facts.push(text)
  facts.end()
  const { refused, delimiters, envelopeErrors } = survey
  return { file, refused, delimiters, envelopeErrors: envelopeErrors.map(printed), sets }
}

/** A finding without its interchange, as it is printed. */
export function printed(one: Finding): CheckedFinding {
  const { level, severity, code, set, segment, element, loop, message } = one
  return { level, severity, code, set, segment, element, loop, message }
}
