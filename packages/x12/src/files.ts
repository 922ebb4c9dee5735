import type { Severity, SnipLevel } from './findings.ts'

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

/** One file of `keepwell x12 read --json`; amounts are decimal strings as in the file. */
export interface FileFacts {
  readonly file: string
  readonly refused: string | null
  readonly delimiters: {
    readonly element: string
    readonly component: string
    readonly repetition: string
    readonly segment: string
  } | null
  readonly envelopeErrors: readonly CheckedFinding[]
  readonly sets: readonly Readonly<Record<string, unknown>>[]
}

/** Checks one file's text as `keepwell x12 check` prints it. Never throws. */
export function checkFile(
  file: string,
  text: string,
  options: { readonly today?: string } = {},
): CheckedFile {
  throw new Error(file + text + options.today)
}

/** Reads one file's text as `keepwell x12 read` prints it. Never throws. */
export function readFile(file: string, text: string): FileFacts {
  throw new Error(file + text)
}
