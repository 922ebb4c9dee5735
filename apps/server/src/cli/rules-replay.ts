import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { assess, bookHash, bookVersion, type Difference, differencesOf, isMonth, parseFacts } from '@keepwell/rules'
import type { Tx } from '../db/database.ts'
import { readRecord } from '../features/months/index.ts'
import { type Command, UsageError } from './commands.ts'
import { whichClinic, withClinic } from './organization.ts'
import { print } from './output.ts'

const pageSize = 500

export type Book = { assess: typeof assess; bookHash: string; bookVersion: string }

interface Changed {
  patientId: string
  differences: Difference[]
}

interface Replay {
  month: string
  book: { version: string; hash: string }
  /** The editions under which the months were closed, with how many of each. */
  frozenUnder: { hash: string; months: number }[]
  patients: number
  changed: Changed[]
  /** Months whose facts this edition cannot read. */
  unreadable: { patientId: string; faults: string[] }[]
}

export const rulesReplay: Command = {
  takes: 'YYYY-MM [--book FILE]',
  does: 'Judges a closed month again by this edition of the rule book, or by that of --book, and prints what differs. Changes nothing.',
  options: { ...whichClinic, book: { type: 'string' } },
  run(input) {
    const [month, ...more] = input.positionals
    if (month === undefined || more.length > 0 || !isMonth(month)) throw new UsageError('Name one month as YYYY-MM.')
    return withClinic(input, async ({ database }, actor) => {
      const book = await bookOf(input.options.book)
      const clinicId = actor.clinic?.id
      if (clinicId === undefined) throw new UsageError('Choose a clinic with --clinic.')
      const replay = await database.withTenant(actor.tenantId, (tx) => replayMonth(tx, clinicId, month, book))
      print(input.json, replay, () => [
        `${replay.patients} closed patient-months of ${month}, judged by edition ${replay.book.version}.`,
        ...replay.changed.flatMap(({ patientId, differences }) =>
          differences.map(
            ({ what, before, after }) => `  ${patientId} ${what}: ${String(before)} became ${String(after)}`,
          ),
        ),
        ...replay.unreadable.map(({ patientId, faults }) => `  ${patientId} cannot be read: ${faults.join(' ')}`),
        `${replay.changed.length} differ, ${replay.unreadable.length} cannot be read.`,
      ])
      return replay.changed.length + replay.unreadable.length > 0 ? 1 : 0
    })
  },
}

/** This edition, or the one of another checkout: its packages/rules/src/index.ts. */
async function bookOf(file: unknown): Promise<Book> {
  if (typeof file !== 'string') return { assess, bookHash, bookVersion }
  const other: unknown = await import(pathToFileURL(resolve(file)).href).catch(() => {
    throw new UsageError(`The rule book ${file} cannot be loaded: name its src/index.ts.`)
  })
  if (!isBook(other)) throw new UsageError(`${file} is not a rule book: it has no assess and no hash.`)
  return other
}

function isBook(value: unknown): value is Book {
  return (
    typeof value === 'object' &&
    value !== null &&
    'assess' in value &&
    typeof value.assess === 'function' &&
    'bookHash' in value &&
    'bookVersion' in value
  )
}

/** Judges every closed month of a clinic again; the data stay as they are. */
export async function replayMonth(tx: Tx, clinicId: string, month: string, book: Book): Promise<Replay> {
  const replay: Replay = {
    month,
    book: { version: book.bookVersion, hash: book.bookHash },
    frozenUnder: [],
    patients: 0,
    changed: [],
    unreadable: [],
  }
  const under = new Map<string, number>()
  let cursor = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await tx.db
      .selectFrom('closed_months')
      .select(['patient_id', 'record'])
      .where('tenant_id', '=', tx.tenantId)
      .where('clinic_id', '=', clinicId)
      .where('month', '=', month)
      .where('patient_id', '>', cursor)
      .orderBy('patient_id')
      .limit(pageSize)
      .execute()
    for (const row of rows) {
      cursor = row.patient_id
      replay.patients += 1
      const frozen = readRecord(row.record)
      const { hash } = frozen.verdict.book
      under.set(hash, (under.get(hash) ?? 0) + 1)
      const parsed = parseFacts(frozen.facts)
      if (!parsed.ok) {
        const faults = parsed.faults.map((fault) => `${fault.path} ${fault.message}`)
        replay.unreadable.push({ patientId: row.patient_id, faults })
        continue
      }
      const differences = differencesOf(frozen.verdict, book.assess(parsed.facts, { proof: 'plain' }))
      if (differences.length > 0) replay.changed.push({ patientId: row.patient_id, differences })
    }
    if (rows.length < pageSize) break
  }
  replay.frozenUnder = [...under].map(([hash, months]) => ({ hash, months }))
  return replay
}
