/** One value cut out of a stream of JSON, still as bytes. */
export interface Piece {
  bytes: Uint8Array
  /** Line in the file on which it begins, from 1. */
  line: number
  /** Number of the entry in its Bundle, from 1; null for a value of its own. */
  entry: number | null
}

/** What could not be cut out: it is passed over, the rest goes on. */
export interface Gap {
  code: 'too_large' | 'truncated' | 'entries_missing'
  line: number
  entry: number | null
}

export interface Cut {
  pieces: Piece[]
  gaps: Gap[]
}

export interface Scanner {
  /** Takes the next bytes and answers what was completed by them. The bytes must not be changed afterwards. */
  push(chunk: Uint8Array): Cut
  /** What was still open when the stream ended. */
  end(): Cut
}

const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
const colon = 0x3a
const comma = 0x2c
const entryKey = [...'entry'].map((letter) => letter.charCodeAt(0))

/**
 * Collects the bytes of one value over chunk borders. A value longer than the limit is counted and not kept,
 * so that no file can fill the memory.
 */
class Collector {
  readonly #limit: number
  #parts: Uint8Array[] = []
  #size = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  keep(part: Uint8Array): void {
    this.#size += part.length
    if (this.#size > this.#limit) this.#parts = []
    else if (part.length > 0) this.#parts.push(part)
  }

  /** The bytes collected, null when there were too many; and begins anew. */
  take(): Uint8Array | null {
    const bytes = this.#size > this.#limit ? null : joined(this.#parts, this.#size)
    this.#parts = []
    this.#size = 0
    return bytes
  }
}

/**
 * Cuts JSON values out of a stream chunk by chunk, holding one value at most. It knows strings and brackets and
 * nothing else: whether a piece is good JSON is for who parses it, so that one bad entry spoils only itself.
 * With `entries` it cuts the elements of each top-level object's `entry` list, otherwise the top-level values.
 */
export class JsonScanner implements Scanner {
  readonly #entries: boolean
  readonly #collector: Collector
  #line = 1
  #depth = 0
  #inString = false
  #escaped = false
  /** Inside the list named `entry`, whose elements stand at depth 2. */
  #inList = false
  #listSeen = false
  #collecting = false
  #begunOnLine = 1
  #objectLine = 1
  #entry = 0
  /** Letters of the string last met at depth 1, and whether only a colon followed it: then it is a key. */
  #key: number[] = []
  #keyState: 'none' | 'string' | 'key' = 'none'

  constructor(options: { entries: boolean; pieceLimitBytes: number }) {
    this.#entries = options.entries
    this.#collector = new Collector(options.pieceLimitBytes)
  }

  push(chunk: Uint8Array): Cut {
    const cut: Cut = { pieces: [], gaps: [] }
    let from = 0
    const begin = (at: number): void => {
      this.#collecting = true
      this.#begunOnLine = this.#line
      if (this.#inList) this.#entry++
      from = at
    }
    const finish = (end: number): void => {
      this.#collector.keep(chunk.subarray(from, end))
      this.#finish(cut)
    }
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (this.#inString) {
        at = this.#throughString(chunk, at)
        continue
      }
      if (byte === newline) this.#line++
      if (byte === undefined || byte <= 0x20) continue
      const elementDepth = this.#inList ? 2 : 0
      const startsHere = !this.#collecting && this.#depth === elementDepth && this.#inList === this.#entries
      if (byte === quote) {
        if (startsHere) begin(at)
        this.#inString = true
        if (this.#depth === 1) this.#key = []
      } else if (byte === 0x7b || byte === 0x5b) {
        if (byte === 0x5b && this.#opensEntries()) {
          this.#inList = true
          this.#listSeen = true
          this.#entry = 0
        } else if (startsHere) begin(at)
        if (this.#depth === 0) this.#objectLine = this.#line
        this.#depth++
        this.#keyState = 'none'
      } else if (byte === 0x7d || byte === 0x5d) {
        if (this.#inList && this.#depth === 2) {
          if (this.#collecting) finish(at)
          this.#inList = false
          this.#depth = 1
        } else {
          // A bracket too many belongs to nothing; the parser of the piece says so if it matters.
          if (this.#depth > 0) this.#depth--
          if (this.#collecting && this.#depth === elementDepth) finish(at + 1)
          if (this.#depth === 0) this.#endOfObject(cut)
        }
        this.#keyState = 'none'
      } else if (byte === comma) {
        if (this.#collecting && this.#depth === elementDepth) finish(at)
        this.#keyState = 'none'
      } else if (byte === colon) {
        this.#keyState = this.#keyState === 'string' ? 'key' : 'none'
      } else {
        // A number, true, null or rubbish where a value is expected: cut it out, so that it is named.
        if (startsHere) begin(at)
        this.#keyState = 'none'
      }
    }
    if (this.#collecting) this.#collector.keep(chunk.subarray(from))
    return cut
  }

  end(): Cut {
    const cut: Cut = { pieces: [], gaps: [] }
    if (this.#collecting && this.#depth === 0 && !this.#inString) this.#finish(cut)
    else if (this.#collecting || this.#depth > 0) {
      const line = this.#collecting ? this.#begunOnLine : this.#line
      cut.gaps.push({ code: 'truncated', line, entry: this.#collecting && this.#inList ? this.#entry : null })
    }
    return cut
  }

  /** Goes on inside a string; answers the place of its last byte in this chunk. */
  #throughString(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]
      if (this.#escaped) this.#escaped = false
      else if (byte === backslash) this.#escaped = true
      else if (byte === quote) {
        this.#inString = false
        this.#keyState = this.#depth === 1 ? 'string' : 'none'
        return at
      } else if (byte === newline) this.#line++
      if (this.#depth === 1 && byte !== undefined && this.#key.length <= entryKey.length) this.#key.push(byte)
    }
    return chunk.length
  }

  #opensEntries(): boolean {
    return (
      this.#entries &&
      !this.#inList &&
      this.#depth === 1 &&
      this.#keyState === 'key' &&
      this.#key.length === entryKey.length &&
      entryKey.every((letter, index) => this.#key[index] === letter)
    )
  }

  #finish(cut: Cut): void {
    this.#collecting = false
    const place = { line: this.#begunOnLine, entry: this.#inList ? this.#entry : null }
    const bytes = this.#collector.take()
    if (bytes === null) cut.gaps.push({ code: 'too_large', ...place })
    else cut.pieces.push({ bytes, ...place })
  }

  #endOfObject(cut: Cut): void {
    if (this.#entries && !this.#listSeen)
      cut.gaps.push({ code: 'entries_missing', line: this.#objectLine, entry: null })
    this.#listSeen = false
  }
}

/** Cuts a stream into lines; blank ones are left out. */
export class LineScanner implements Scanner {
  readonly #collector: Collector
  #line = 1

  constructor(pieceLimitBytes: number) {
    this.#collector = new Collector(pieceLimitBytes)
  }

  push(chunk: Uint8Array): Cut {
    const cut: Cut = { pieces: [], gaps: [] }
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      this.#collector.keep(chunk.subarray(from, end))
      this.#finish(cut)
      this.#line++
      from = end + 1
    }
    this.#collector.keep(chunk.subarray(from))
    return cut
  }

  end(): Cut {
    const cut: Cut = { pieces: [], gaps: [] }
    this.#finish(cut)
    return cut
  }

  #finish(cut: Cut): void {
    const bytes = this.#collector.take()
    if (bytes === null) cut.gaps.push({ code: 'too_large', line: this.#line, entry: null })
    else if (bytes.some((byte) => byte > 0x20)) cut.pieces.push({ bytes, line: this.#line, entry: null })
  }
}

function joined(parts: Uint8Array[], size: number): Uint8Array {
  const only = parts[0]
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
