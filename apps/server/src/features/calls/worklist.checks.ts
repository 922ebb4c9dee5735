import type { Tx } from '../../db/database.ts'
import type { Violation } from '../../fsck/violation.ts'
import { canonicalJson } from '../../kernel/ids.ts'
import {
  addCounts,
  bitsOf,
  type CountsByOwner,
  countsOf,
  type JudgedRow,
  type KnownRow,
  listClinicStates,
  listKnownRows,
  readClinicState,
} from './worklist.store.ts'
import { basisOf, firstId, gatherWorklist, lookOf, type Place, standingOf } from './worklist.views.ts'

const pageSize = 500

/**
 * I11: a patient's row of the worklist says what the facts and the rule book give for the moment at which the list was last
 * brought up to date, and the counts are those of the rows. A row that is behind a deed is judged with the next look and
 * proves nothing; neither does a list that rests on other charts or another rule book than today's.
 */
export async function* checkWorklist(tx: Tx): AsyncGenerator<Violation> {
  for (const { clinicId, basis, counts, judgedAt, timeZone } of await listClinicStates(tx)) {
    const today = basis.slice(0, 10)
    const place = { tx, now: judgedAt, today, timeZone, clinicId }
    const look = lookOf(place)
    if (basis !== basisOf(place, await readClinicState(tx, clinicId, look.clock))) continue
    const sum: CountsByOwner = {}
    for (let after = firstId; ; ) {
      const known = await listKnownRows(tx, clinicId, { clock: null, after, limit: pageSize })
      addCounts(
        sum,
        known.filter((row) => row.listed).map((row) => ({ ...row, patients: 1 })),
      )
      yield* checkRows(place, known)
      const last = known.at(-1)
      if (last === undefined || known.length < pageSize) break
      after = last.patientId
    }
    for (const ownerId of new Set([...Object.keys(sum), ...Object.keys(counts)])) {
      const [kept, given] = [countsOf(counts, ownerId), countsOf(sum, ownerId)].map(canonicalJson)
      if (kept !== given)
        yield {
          invariant: 'I11',
          row: `worklist_clinics ${clinicId}`,
          message: `Keeps ${kept} for ${ownerId || 'nobody'}; the rows give ${given}.`,
        }
    }
  }
}

async function* checkRows(place: Place, known: readonly KnownRow[]): AsyncGenerator<Violation> {
  const look = lookOf(place)
  const judged = known.filter((row) => !row.behind)
  if (judged.length === 0) return
  const { facts } = await gatherWorklist(place, { ids: judged.map((row) => row.patientId) }, false)
  const standing = new Map(facts.map((one) => [one.patientId, standingOf(one, look)]))
  for (const row of judged) {
    const given = standing.get(row.patientId) ?? null
    if (wordsOf(row) === wordsOf(given === null ? null : rowOf(given))) continue
    yield {
      invariant: 'I11',
      row: `worklist_rows ${row.patientId}`,
      message: `Says ${wordsOf(row)}; the facts give ${wordsOf(given === null ? null : rowOf(given))}.`,
    }
  }
}

type Told = Pick<KnownRow, 'listed' | 'ownerId' | 'need' | 'sortKey' | 'views' | 'reached' | 'callable'>

function rowOf(standing: NonNullable<JudgedRow['standing']>): Told {
  return { ...standing, listed: true, views: bitsOf(standing.views) }
}

/** What is compared, without the patient's name, which the order ends with. */
function wordsOf(row: Told | null): string {
  if (row === null || !row.listed) return 'that the patient is not on the list'
  const order = (row.sortKey ?? '').split('\u0001').slice(0, 5).join('-')
  return `need ${row.need}, place ${order}, views ${row.views}, reached ${row.reached}, callable ${row.callable}, owner ${row.ownerId}`
}
