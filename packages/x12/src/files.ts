import { check837PSets } from './check/check-837p.ts'
import { checkVersion } from './check/versions.ts'
import { type InterchangeFile, kindOfSet, readInterchanges } from './envelope.ts'
import { factsOfSet, factsOfTA1 } from './facts.ts'
import { type Finding, finding, hasErrors, type Severity, type SnipLevel } from './findings.ts'
import { guideOf } from './guides/guides.ts'
import { walkSet } from './guides/walk.ts'
import { read277Sets } from './read/read-277.ts'
import { read835Sets } from './read/read-835.ts'
import type { SetPlace } from './read/reading.ts'
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
export interface FileFacts {
  readonly file: string
  /** The sentence why the file is not X12, or null. */
  readonly refused: string | null
  readonly delimiters: Delimiters | null
  readonly envelopeErrors: readonly CheckedFinding[]
  readonly sets: readonly Readonly<Record<string, unknown>>[]
}

/** Checks one file's text as `keepwell x12 check` prints it. Never throws. */
export function checkFile(file: string, text: string, options: { readonly today?: string } = {}): CheckedFile {
  const interchanges = readInterchanges(text)
  const findings = checkInterchanges(interchanges, options)
  return {
    file,
    accepted: !hasErrors(findings),
    interchanges: interchanges.interchanges.length,
    findings: findings.map(printed),
  }
}

/** Every finding of a text that was cut into interchanges already: envelopes, guides, balances and rules. */
export function checkInterchanges(file: InterchangeFile, options: { readonly today?: string } = {}): Finding[] {
  const findings = [...file.findings]
  if (file.refused !== null) findings.push(finding(1, 'error', 'not_x12', file.refused))
  const claims = alone(file, (place) => kindOfSet(place.set) === '837P')
  if (claims.interchanges.length > 0) findings.push(...check837PSets(claims, options))
  let sets = 0
  for (const place of placesOf(file)) {
    sets++
    findings.push(...checkOtherSet(place))
  }
  if (file.refused === null && sets === 0 && !file.interchanges.some((one) => one.acknowledgments.length > 0)) {
    findings.push(finding(1, 'error', 'no_sets', 'The file holds no transaction set and no TA1.'))
  }
  return findings
}

/** Reads one file's text as `keepwell x12 read` prints it. Never throws. */
export function readFile(file: string, text: string): FileFacts {
  const interchanges = readInterchanges(text)
  return {
    file,
    refused: interchanges.refused,
    delimiters: interchanges.interchanges[0]?.delimiters ?? null,
    envelopeErrors: interchanges.envelopeErrors.map(printed),
    sets: interchanges.interchanges.flatMap((interchange) => [
      ...factsOfTA1(interchange),
      ...interchange.groups.flatMap((group) => group.sets.map((set) => factsOfSet({ interchange, group, set }))),
    ]),
  }
}

function printed(one: Finding): CheckedFinding {
  const { level, severity, code, set, segment, element, loop, message } = one
  return { level, severity, code, set, segment, element, loop, message }
}

function placesOf(file: InterchangeFile): SetPlace[] {
  return file.interchanges.flatMap((interchange) =>
    interchange.groups.flatMap((group) => group.sets.map((set) => ({ interchange, group, set }))),
  )
}

/** The file with only some of its sets and without its findings, for a reader of one kind. */
function alone(file: InterchangeFile, wanted: (place: SetPlace) => boolean): InterchangeFile {
  const interchanges = file.interchanges
    .map((interchange) => ({
      ...interchange,
      groups: interchange.groups
        .map((group) => ({ ...group, sets: group.sets.filter((set) => wanted({ interchange, group, set })) }))
        .filter((group) => group.sets.length > 0),
    }))
    .filter((interchange) => interchange.groups.length > 0)
  return { refused: null, interchanges, envelopeErrors: [], findings: [] }
}

function checkOtherSet(place: SetPlace): Finding[] {
  const { interchange, group, set } = place
  const kind = kindOfSet(set)
  if (kind === '837P') return []
  if (kind === null) {
    return [
      finding(
        1,
        'error',
        'set_unknown',
        `Transaction set ${set.type || '(nameless)'} of ${set.version || 'no version'} is none that is read here.`,
        {
          interchange: interchange.control,
          set: set.control,
          segment: 1,
          element: 'ST01',
        },
      ),
    ]
  }
  const guide = guideOf(kind)
  const single: InterchangeFile = {
    refused: null,
    interchanges: [{ ...interchange, groups: [{ ...group, sets: [set] }] }],
    envelopeErrors: [],
    findings: [],
  }
  if (!guide) return kind === '277' ? [...read277Sets(single, '277').findings] : []
  const findings = [...checkVersion(place, guide), ...walkSet(guide, set, interchange.control)]
  // The guide has judged the elements; of the reader's findings only the balances are new.
  if (kind === '835') findings.push(...read835Sets(single).findings.filter((one) => one.level === 3))
  return findings
}
