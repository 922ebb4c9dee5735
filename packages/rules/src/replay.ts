import type { Line, Verdict } from './verdict.ts'

/** What a replay compares; a verdict that was stored under another edition of the book may lack the rest. */
export interface Replayed {
  readonly outcome: string
  readonly lines: ReadonlyArray<Pick<Line, 'code' | 'units' | 'dateOfService' | 'diagnoses'> & Partial<Line>>
  readonly minutes: { readonly countedSeconds: number }
}

export interface Difference {
  /** 'outcome', 'minutes', or a line by its code with what of it differs, such as '99490.units'. */
  readonly what: string
  readonly before: unknown
  readonly after: unknown
}

const LINE_PARTS = ['units', 'dateOfService', 'allowedCents', 'medicareCents', 'patientCents'] as const

/** What an edition of the book says of a month otherwise than the verdict that stands; empty where both agree. */
export function differencesOf(before: Replayed, after: Verdict | Replayed): Difference[] {
  const found: Difference[] = []
  const note = (what: string, was: unknown = null, is: unknown = null): void => {
    if (was !== is) found.push({ what, before: was, after: is })
  }
  note('outcome', before.outcome, after.outcome)
  note('minutes.countedSeconds', before.minutes.countedSeconds, after.minutes.countedSeconds)
  const codes = new Set([...before.lines, ...after.lines].map((line) => line.code))
  for (const code of codes) {
    const a = before.lines.find((line) => line.code === code)
    const b = after.lines.find((line) => line.code === code)
    if (!a || !b) {
      note(code, a?.units, b?.units)
      continue
    }
    for (const part of LINE_PARTS) note(`${code}.${part}`, a[part], b[part])
    note(`${code}.diagnoses`, a.diagnoses.join(' '), b.diagnoses.join(' '))
  }
  return found
}
