import { type InterchangeFile, kindOfSet } from '../envelope.ts'
import { read270Sets } from '../read/read-270.ts'
import { read271Sets } from '../read/read-271.ts'
import { read277Sets } from '../read/read-277.ts'
import { read999Sets } from '../read/read-acknowledgments.ts'
import type { SetPlace } from '../read/reading.ts'
import { amountsAsText, type Facts } from './facts.ts'
import { factsOf276 } from './facts-276.ts'

/** The facts of a set that is held whole: the answers and questions, which are as large as one batch at most. */
export function factsOfSet(place: SetPlace): Facts {
  const { interchange, group, set } = place
  const file: InterchangeFile = {
    refused: null,
    interchanges: [{ ...interchange, groups: [{ ...group, sets: [set] }] }],
    envelopeErrors: [],
    findings: [],
  }
  const kind = kindOfSet(set)
  switch (kind) {
    case '999':
      return read999Sets(file).groups.map(withoutPlace)[0] ?? {}
    case '277CA':
    case '277':
      return read277Sets(file, kind).reports.map(withoutPlace)[0] ?? {}
    case '271':
      return { answers: read271Sets(file).answers.map(withoutPlace) }
    case '270':
      return { inquiries: read270Sets(file).inquiries.map(withoutPlace) }
    case '276':
      return { inquiries: factsOf276(set) }
    default:
      return {}
  }
}

/** A model without what the set says already. */
function withoutPlace(model: { set: string; interchange: string; truncated?: boolean }): Facts {
  const { set: _set, interchange: _interchange, truncated: _truncated, ...rest } = model
  return amountsAsText(rest)
}
