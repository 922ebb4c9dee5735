import { type InterchangeFile, kindOfSet, type TransactionSet } from '../envelope.ts'
import { read270Sets } from '../read/read-270.ts'
import { read271Sets } from '../read/read-271.ts'
import { read277Sets } from '../read/read-277.ts'
import { type GroupAcknowledgment, read999Sets } from '../read/read-acknowledgments.ts'
import { centsOf, type SetPlace } from '../read/reading.ts'
import { element } from '../segments.ts'
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
  const written = amountsIn(set)
  switch (kind) {
    case '999':
      return read999Sets(file).groups.map(factsOfGroup)[0] ?? {}
    case '277CA':
    case '277':
      return read277Sets(file, kind).reports.map((one) => withoutPlace(one, written))[0] ?? {}
    case '271':
      return { answers: read271Sets(file).answers.map((one) => withoutPlace(one, written)) }
    case '270':
      return { inquiries: read270Sets(file).inquiries.map((one) => withoutPlace(one)) }
    case '276':
      return { inquiries: factsOf276(set) }
    default:
      return {}
  }
}

/** The version of the group that is answered is not that of the answer. */
function factsOfGroup({ version: groupVersion, ...group }: GroupAcknowledgment): Facts {
  return { groupVersion, ...withoutPlace(group) }
}

/** A model without what the set says already. */
function withoutPlace(
  model: { set: string; interchange: string; truncated?: boolean },
  written?: ReadonlyMap<number, string>,
): Facts {
  const { set: _set, interchange: _interchange, truncated: _truncated, ...rest } = model
  return amountsAsText(rest, written)
}

/** The elements that hold amounts in what payers answer. */
const AMOUNTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['AMT', [2]],
  ['EB', [7]],
  ['STC', [4, 5]],
  ['SVC', [2, 3]],
])

/** How a set writes each amount, by its cents; one that it writes in two ways is told in the first. */
function amountsIn(set: TransactionSet): ReadonlyMap<number, string> {
  const written = new Map<number, string>()
  for (const segment of set.segments) {
    for (const position of AMOUNTS.get(segment.id) ?? []) {
      const cents = centsOf(segment, position)
      if (cents !== null && !written.has(cents)) written.set(cents, element(segment, position))
    }
  }
  return written
}
