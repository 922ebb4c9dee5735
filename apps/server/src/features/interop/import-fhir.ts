import { hash as digest } from 'node:crypto'
import { type MappedResource, mapResource } from '@keepwell/fhir'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { Problem } from '../../kernel/problem.ts'
import { AtHand, mayBeAtHand } from './at-hand.ts'
import { holdersOf, knownHashes, patientIds } from './chart-reads.ts'
import { type RowContext, RowGatherer, retractionsOf, subjectOf } from './chart-rows.ts'
import { type ChartTable, retract, upsert } from './chart-tables.ts'
import { type Fate, Report } from './import-report.ts'
import type { Gap, Piece } from './json-scanner.ts'
import { packed } from './packed.ts'
import { FileBroken, type ImportFile, readPieces, sizeOf } from './read-file.ts'
import { type Arrived, type Links, noteLinks, type Place, readPiece } from './read-piece.ts'

export interface ImportParts {
  /** Runs work in one transaction of the organization. */
  step<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  clinicId: string
  timeZone: string
  now: Date
  today: string
}

export interface ImportOptions {
  importId: string
  /** The name of the EHR whose ids these are. */
  source: string
  /** Reads, judges and counts everything, and writes nothing. */
  dryRun: boolean
  /** Called after each batch, outside of any transaction. */
  onProgress?: (progress: { report: Report; percent: number }) => Promise<void> | void
}

/** Resources in one transaction: enough for speed, little enough that a batch never keeps others waiting. */
const batchCount = 500
const batchBytes = 8 * 1024 * 1024

/** Read and written before all others: the rest refers to them. */
const firstTypes = new Set(['Patient', 'Practitioner'])

/** A resource that was read and judged, ready to be compared with what is here. */
interface Judged {
  place: Place
  mapped: MappedResource
  json: string
  sha256: string
  recordsSha256: string
}

/**
 * Brings FHIR files into the chart. Every file is read twice: first patients and what others refer to, then the
 * rest, so that neither the order of resources nor that of files matters. The unit is one resource: a bad one is
 * named with its place and the others go in. Running it again changes nothing.
 */
export async function importFhir(
  parts: ImportParts,
  files: readonly ImportFile[],
  options: ImportOptions,
): Promise<Report> {
  const run = new ImportRun(parts, options)
  return run.run(files)
}

class ImportRun {
  readonly #parts: ImportParts
  readonly #options: ImportOptions
  readonly #report = new Report()
  readonly #atHand: AtHand
  /** Our ids of patients by the source's ids: those who are here and those who come in this run. */
  readonly #patients = new Map<string, string>()
  /** Resources met in this run, with the head of their hash: the first one counts. */
  readonly #met = new Map<string, string>()
  readonly #mbis = new Map<string, string>()
  readonly #links = new Map<string, Links>()
  /** The batch that the store writes while the next one is read. */
  #writing: Promise<void> = Promise.resolve()
  #bytesRead = 0
  #bytesTotal = 1

  constructor(parts: ImportParts, options: ImportOptions) {
    this.#parts = parts
    this.#options = options
    this.#atHand = new AtHand(options.source)
  }

  async run(files: readonly ImportFile[]): Promise<Report> {
    for (const file of files) this.#bytesTotal += 2 * (await sizeOf(file))
    await this.#readPatients()
    try {
      const readable: ImportFile[] = []
      for (const file of files) if (await this.#readFile(file, true)) readable.push(file)
      await this.#written()
      for (const file of readable) await this.#readFile(file, false)
      await this.#written()
    } finally {
      // Whatever ended the reading, no write goes on behind the caller's back.
      await this.#writing.catch(() => {})
    }
    return this.#report
  }

  /** Waits for the batch that is being written. @throws what it failed with. */
  async #written(): Promise<void> {
    const writing = this.#writing
    this.#writing = Promise.resolve()
    await writing
  }

  /** One pass over one file; answers false when nothing of it can be read. */
  async #readFile(file: ImportFile, first: boolean): Promise<boolean> {
    const links: Links = this.#links.get(file.name) ?? new Map()
    this.#links.set(file.name, links)
    let batch: Piece[] = []
    let bytes = 0
    const flush = async () => {
      if (batch.length === 0) return
      await this.#takePieces(batch, file, links, first)
      batch = []
      bytes = 0
      await this.#options.onProgress?.({
        report: this.#report,
        percent: Math.min(99, Math.floor((100 * this.#bytesRead) / this.#bytesTotal)),
      })
    }
    try {
      const onGap = (gap: Gap) => {
        if (!first) this.#noteGap(file, gap)
      }
      for await (const pieces of readPieces(file, {
        onBytes: (count) => (this.#bytesRead += count),
        onGap,
      })) {
        for (const piece of pieces) {
          if (first) {
            noteLinks(piece, links)
            if (!mayBeAtHand(piece.bytes)) continue
          }
          batch.push(piece)
          bytes += piece.bytes.length
          if (batch.length >= batchCount || bytes >= batchBytes) await flush()
        }
      }
      await flush()
      return true
    } catch (error) {
      if (error instanceof FileBroken) {
        await flush()
        if (!first) this.#noteFile(file, error.code, error.message)
        return true
      }
      if (error instanceof Problem) {
        this.#noteFile(file, error.code, error.message)
        return false
      }
      throw error
    }
  }

  async #takePieces(pieces: readonly Piece[], file: ImportFile, links: Links, first: boolean): Promise<void> {
    const arrived = pieces.flatMap((piece) => readPiece(piece, file.name, links))
    if (first) {
      for (const one of arrived) if (one.kind === 'resource') this.#atHand.add(one.resource)
    }
    const wanted = arrived.filter((one) =>
      one.kind === 'resource' ? firstTypes.has(typeOf(one.resource)) === first : !first,
    )
    for (const one of wanted) if (one.kind !== 'resource') this.#noteArrived(one)
    const resources = wanted.filter((one) => one.kind === 'resource')
    if (resources.length > 0) await this.#takeResources(resources)
  }

  /** Judges a batch while the one before is being written, then has it written in its turn. */
  async #takeResources(resources: readonly Extract<Arrived, { kind: 'resource' }>[]): Promise<void> {
    const missing = this.#atHand.missingOf(resources.map((one) => one.json))
    if (missing !== null) {
      await this.#written()
      await this.#parts.step((tx) => this.#atHand.fetch(tx, missing))
    }
    const judged = resources.map((one) => this.#judge(one)).filter((one) => one !== null)
    await this.#written()
    this.#writing = this.#write(judged)
    // A failure is thrown where it is waited for; until then it is no unhandled one.
    this.#writing.catch(() => {})
  }

  /** Writes a batch in one transaction. When the store refuses it, halves are tried until the culprit stands alone. */
  async #write(batch: readonly Judged[], tries = 2): Promise<void> {
    const [first] = batch
    if (first === undefined) return
    try {
      const settle = await this.#parts.step((tx) => this.#writeBatch(tx, batch))
      settle()
    } catch (error) {
      if (isTransient(error) && tries > 0) return this.#write(batch, tries - 1)
      if (!isAboutData(error)) throw error
      if (batch.length === 1) return this.#refuse(first, 'not_storable', 'It holds a value that cannot be stored.')
      const half = batch.length >> 1
      await this.#write(batch.slice(0, half))
      await this.#write(batch.slice(half))
    }
  }

  /** Reads, maps and hashes one resource; null when it is a repetition or refused. */
  #judge({ resource, json, place }: Extract<Arrived, { kind: 'resource' }>): Judged | null {
    let mapped: MappedResource
    let hash: string
    try {
      mapped = mapResource(resource, {
        today: this.#parts.today,
        resolve: this.#atHand.resolve,
        find: this.#atHand.find,
      })
      // The parsed value, so that white space makes no difference.
      hash = digest('sha256', JSON.stringify(resource))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#report.count(typeOf(resource), 'refused')
      this.#add(
        'error',
        place,
        typeOf(resource),
        '',
        '',
        'nested_too_deep',
        'It is nested deeper than any FHIR resource.',
      )
      return null
    }
    for (const { severity, code, path, message } of mapped.findings)
      this.#add(severity, place, mapped.type, mapped.id, path, code, message)
    if (mapped.refused !== undefined) {
      this.#report.count(mapped.type, 'refused')
      return null
    }
    const judged: Judged = {
      place,
      mapped,
      json,
      sha256: hash,
      recordsSha256: digest('sha256', JSON.stringify(mapped.records)),
    }
    const key = `${mapped.type}/${mapped.id}`
    const before = this.#met.get(key)
    if (before !== undefined) {
      if (before === hash.slice(0, 16)) this.#report.count(mapped.type, 'unchanged')
      else
        this.#refuse(
          judged,
          'entry_repeated',
          `${key} came before in this import with other content; the first one counts.`,
        )
      return null
    }
    const stranger = mapped.records
      .map(subjectOf)
      .find((id) => id !== null && mapped.type !== 'Patient' && !this.#patients.has(id))
    if (stranger !== undefined) {
      this.#refuse(
        judged,
        'patient_unknown',
        `It is about Patient/${stranger}, who is neither here nor in these files. Bring that patient in, then this file again.`,
      )
      return null
    }
    this.#met.set(key, hash.slice(0, 16))
    if (mapped.type === 'Patient' && !this.#patients.has(mapped.id)) this.#patients.set(mapped.id, newId())
    return judged
  }

  /** Compares a batch with what is here and writes the difference. Answers what to count once it is committed. */
  async #writeBatch(tx: Tx, batch: readonly Judged[]): Promise<() => void> {
    const { source, dryRun, importId } = this.#options
    const known = await knownHashes(
      tx,
      source,
      batch.map(({ mapped }) => ({ type: mapped.type, id: mapped.id })),
    )
    const fates = new Map<Judged, Fate>()
    const gatherer = new RowGatherer()
    const { rows } = gatherer
    const changedIds: string[] = []
    const context: RowContext = { ...this.#parts, patientIdOf: (id) => this.#patients.get(id) }
    for (const one of batch) {
      const { mapped } = one
      const before = known.get(`${mapped.type}/${mapped.id}`)
      const fate: Fate =
        before === undefined ? 'created' : before === one.sha256 + one.recordsSha256 ? 'unchanged' : 'changed'
      fates.set(one, fate)
      if (fate === 'unchanged' || dryRun) continue
      if (fate === 'changed') changedIds.push(mapped.id)
      for (const record of mapped.records) gatherer.add(record, context)
      gatherer.put('fhir_resources', {
        id: newId(),
        source_id: mapped.id,
        resource_type: mapped.type,
        sha256: one.sha256,
        records_sha256: one.recordsSha256,
        patient_source_id:
          mapped.records.map(subjectOf).find((id) => id !== null) ?? (mapped.type === 'Patient' ? mapped.id : null),
        body: packed(one.json),
        import_id: importId,
        file: one.place.file.slice(0, 400),
        line: one.place.line,
        entry: one.place.entry,
        imported_at: this.#parts.now,
      })
    }
    if (!dryRun) {
      for (const row of rows.patients ?? []) row.id = this.#patients.get(row.source_id) ?? row.id
      for (const table of Object.keys(rows) as ChartTable[]) await upsert(tx, source, table, rows[table] ?? [])
      await this.#keepIds(tx, rows.patients?.map((row) => row.source_id) ?? [])
      if (changedIds.length > 0)
        for (const { table, sourceIds } of retractionsOf(rows, changedIds)) await retract(tx, source, table, sourceIds)
    }
    const twins = await this.#twinsOf(tx, batch)
    return () => {
      for (const [one, fate] of fates) this.#report.count(one.mapped.type, fate)
      for (const one of twins) {
        this.#add(
          'warning',
          one.place,
          'Patient',
          one.mapped.id,
          'Patient.identifier',
          'possible_duplicate',
          'Another patient here has the same Medicare number. Both are kept apart; look whether they are one person.',
        )
      }
    }
  }

  /** Patients who share their Medicare number with another record: told, never merged. */
  async #twinsOf(tx: Tx, batch: readonly Judged[]): Promise<Judged[]> {
    const mbis = new Map<Judged, string>()
    for (const one of batch)
      for (const record of one.mapped.records)
        if (record.kind === 'patient' && record.mbi !== null) mbis.set(one, record.mbi)
    if (mbis.size === 0) return []
    const holders = await holdersOf(tx, [...mbis.values()])
    const twins: Judged[] = []
    for (const [one, mbi] of mbis) {
      const inRun = this.#mbis.get(mbi)
      const here = holders.some(
        (row) => row.mbi === mbi && (row.source !== this.#options.source || row.sourceId !== one.mapped.id),
      )
      if (here || (inRun !== undefined && inRun !== one.mapped.id)) twins.push(one)
      this.#mbis.set(mbi, one.mapped.id)
    }
    return twins
  }

  async #readPatients(): Promise<void> {
    const ids = await this.#parts.step((tx) => patientIds(tx, this.#options.source))
    for (const [sourceId, id] of ids) this.#patients.set(sourceId, id)
  }

  /** Another import may have brought the same patients a moment earlier: then its ids hold. */
  async #keepIds(tx: Tx, sourceIds: readonly string[]): Promise<void> {
    if (sourceIds.length === 0) return
    for (const [sourceId, id] of await patientIds(tx, this.#options.source, sourceIds)) this.#patients.set(sourceId, id)
  }

  #refuse({ place, mapped }: Judged, code: string, message: string): void {
    this.#report.count(mapped.type, 'refused')
    this.#add('error', place, mapped.type, mapped.id, mapped.type, code, message)
  }

  #add(
    severity: 'error' | 'warning',
    place: Place,
    type: string,
    id: string,
    path: string,
    code: string,
    message: string,
  ): void {
    const inside = path === '$this' ? '' : path
    const whole =
      place.path === ''
        ? inside
        : inside === ''
          ? place.path
          : `${place.path}${inside.startsWith(`${type}.`) ? inside.slice(type.length) : inside === type ? '' : `.${inside}`}`
    this.#report.add({
      severity,
      file: place.file,
      line: place.line,
      entry: place.entry,
      resourceType: type || null,
      resourceId: id || null,
      path: whole,
      code,
      message,
    })
  }

  #noteArrived(one: Exclude<Arrived, { kind: 'resource' }>): void {
    if (one.kind === 'broken') this.#report.count('', 'refused')
    this.#add(one.kind === 'broken' ? 'error' : 'warning', one.place, '', '', '', one.code, one.message)
  }

  #noteGap(file: ImportFile, gap: Gap): void {
    const place: Place = {
      file: file.name,
      line: gap.line,
      entry: gap.entry,
      path: gap.entry === null ? '' : `Bundle.entry[${gap.entry - 1}]`,
    }
    if (gap.code === 'entries_missing') {
      const nothing = 'It has no list of entries, so there was nothing to take from it.'
      this.#add('warning', place, 'Bundle', '', '', gap.code, nothing)
      return
    }
    this.#report.count('', 'refused')
    const message =
      gap.code === 'too_large'
        ? 'It is larger than 32 MB and was passed over.'
        : 'The file breaks off in the middle of it. What came before was read; fetch the file again for the rest.'
    this.#add('error', place, '', '', '', gap.code, message)
  }

  #noteFile(file: ImportFile, code: string, message: string): void {
    this.#report.add({
      severity: 'error',
      file: file.name,
      line: null,
      entry: null,
      resourceType: null,
      resourceId: null,
      path: '',
      code,
      message,
    })
  }
}

function typeOf(resource: unknown): string {
  const type = (resource as { resourceType?: unknown } | null)?.resourceType
  return typeof type === 'string' ? type : ''
}

/** Errors of the value itself (SQLSTATE classes 22 and 23), as opposed to those of the connection or our statement. */
function isAboutData(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string }
  return typeof code === 'string' && /^(22|23)/.test(code)
}

/** Two imports of the same records at once: the database asks one of them to try again. */
function isTransient(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string }
  return code === '40001' || code === '40P01'
}
