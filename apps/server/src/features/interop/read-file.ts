import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { orThrow, Problem } from '../../kernel/problem.ts'
import { decideLayout, decideWrapping, type Layout } from './file-kind.ts'
import { type Cut, type Gap, JsonScanner, LineScanner, type Piece, type Scanner } from './json-scanner.ts'

/** A file to bring in: where its bytes lie, and the name by which people know it. It is read more than once. */
export interface ImportFile {
  name: string
  path: string
}

export interface ReadOptions {
  /** Called with the bytes of the file (as it lies there) that were read. */
  onBytes?: (count: number) => void
  onGap?: (gap: Gap) => void
}

/** Longest single resource: a scanned paper inside one fits, an endless line does not fill the memory. */
export const pieceLimitBytes = 32 * 1024 * 1024
/** What one file may unpack to. A hostile archive grows a thousandfold. */
const unpackedLimitBytes = 8 * 1024 * 1024 * 1024
const headBytes = 256 * 1024

/**
 * Reads a file piece by piece: the entries of a Bundle, the lines of Bulk Data or single resources, plain or gzip.
 * Holds one chunk and one piece, whatever the file's size.
 * @throws Problem file_type_mismatch or unreadable_file when nothing of it can be read.
 * @throws FileBroken when it breaks off after a part was read.
 */
export async function* readPieces(file: ImportFile, options: ReadOptions = {}): AsyncGenerator<Piece[]> {
  let scanner: Scanner | null = null
  let head: Uint8Array = new Uint8Array()
  let unpacked = 0
  const give = (cut: Cut): Piece[] => {
    for (const gap of cut.gaps) options.onGap?.(gap)
    return cut.pieces
  }
  try {
    for await (const chunk of unpack(file, options)) {
      unpacked += chunk.length
      if (unpacked > unpackedLimitBytes)
        throw new FileBroken('too_large', 'It unpacks to more than 8 GB; the rest was not read.')
      if (scanner === null) {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
        if (head.length < headBytes) continue
        scanner = scannerFor(orThrow(decideLayout(file.name, head.subarray(0, headBytes), false)).layout)
        yield give(scanner.push(withoutMark(head)))
      } else yield give(scanner.push(chunk))
    }
  } catch (error) {
    if (error instanceof Problem || error instanceof FileBroken) throw error
    // What was whole before the break is still given, and then the break is told.
    if (scanner === null && head.length > 0) {
      scanner = scannerFor(orThrow(decideLayout(file.name, head, false)).layout)
      yield give(scanner.push(withoutMark(head)))
    }
    throw brokenOff(error)
  }
  if (scanner === null) {
    scanner = scannerFor(orThrow(decideLayout(file.name, head, true)).layout)
    yield give(scanner.push(withoutMark(head)))
  }
  yield give(scanner.end())
}

/** The file ends or breaks where it should not. */
export class FileBroken extends Error {
  readonly code: 'truncated' | 'unreadable_file' | 'too_large'
  constructor(code: FileBroken['code'], sentence: string) {
    super(sentence)
    this.code = code
  }
}

function brokenOff(error: unknown): Error {
  const { code } = (error ?? {}) as { code?: string }
  if (code === 'Z_BUF_ERROR')
    return new FileBroken(
      'truncated',
      'The gzip file is cut off: it ends in the middle. What came before the break was read; fetch the file again for the rest.',
    )
  if (code?.startsWith('Z_'))
    return new FileBroken('unreadable_file', 'The gzip file is damaged from here on. Fetch it again.')
  if (code === 'ENOENT') return new Problem('unreadable_file', 'There is no such file.')
  if (code === 'EACCES' || code === 'EISDIR' || code === 'EIO')
    return new Problem('unreadable_file', 'The file cannot be opened.')
  return error instanceof Error ? error : new Error('The file could not be read.')
}

function scannerFor(layout: Layout): Scanner {
  if (layout === 'lines') return new LineScanner(pieceLimitBytes)
  return new JsonScanner({ entries: layout === 'bundle', pieceLimitBytes })
}

/** Bytes of the file as it lies there; 0 when it cannot be looked at. */
export async function sizeOf(file: ImportFile): Promise<number> {
  try {
    return (await stat(file.path)).size
  } catch {
    return 0
  }
}

/** Why nothing of a file can be read, told by its beginning; null when it can. */
export async function refusalOf(file: ImportFile): Promise<Problem | null> {
  try {
    // One step is enough: the head decides.
    for await (const _ of readPieces(file)) return null
    return null
  } catch (error) {
    return error instanceof Problem ? error : null
  }
}

async function* unpack(file: ImportFile, options: ReadOptions): AsyncGenerator<Uint8Array> {
  const { gzip } = orThrow(decideWrapping(file.name, await firstBytes(file)))
  const source = createReadStream(file.path, { highWaterMark: 256 * 1024 })
  source.on('data', (chunk) => options.onBytes?.(chunk.length))
  source.pause()
  if (!gzip) {
    yield* source as AsyncIterable<Uint8Array>
    return
  }
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  // The callback keeps a broken source from being an unhandled error; the reader below gets it thrown.
  pipeline(source, gunzip, () => {})
  yield* gunzip as AsyncIterable<Uint8Array>
}

async function firstBytes(file: ImportFile): Promise<Uint8Array> {
  try {
    if (!(await stat(file.path)).isFile()) throw new Problem('unreadable_file', 'It is no file.')
    for await (const chunk of createReadStream(file.path, { end: 7 }) as AsyncIterable<Uint8Array>) return chunk
    return new Uint8Array()
  } catch (error) {
    throw error instanceof Problem ? error : brokenOff(error)
  }
}

function withoutMark(head: Uint8Array): Uint8Array {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head
}

/** Whether a file in a folder looks like one to bring in; for folders given on the command line. */
export function isImportable(name: string): boolean {
  return /\.(json|ndjson|jsonl)(\.gz)?$/i.test(name)
}
