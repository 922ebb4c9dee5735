import { accept, type Decision, refuse } from '../../kernel/problem.ts'

/** How the text inside a file is laid out: a Bundle whose entries are read one by one, or one value a line or after another. */
export type Layout = 'bundle' | 'lines' | 'values'

const others: { head: number[]; what: string; advice: string }[] = [
  { head: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', advice: 'Export the records as FHIR JSON.' },
  {
    head: [0x50, 0x4b, 0x03, 0x04],
    what: 'a ZIP archive',
    advice: 'Unpack it and bring in the files inside.',
  },
  { head: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture', advice: 'Export the records as FHIR JSON.' },
  { head: [0xff, 0xd8, 0xff], what: 'a JPEG picture', advice: 'Export the records as FHIR JSON.' },
  { head: [0xff, 0xfe], what: 'text in UTF-16', advice: 'Save it as UTF-8.' },
  { head: [0xfe, 0xff], what: 'text in UTF-16', advice: 'Save it as UTF-8.' },
]

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** What a name says of its file; null where it says nothing, as without an extension. */
function promiseOf(name: string): { gzip: boolean; json: boolean } | null {
  const extensions = (name.split(/[\\/]/).pop() ?? '').toLowerCase().split('.').slice(1)
  const last = extensions.pop()
  if (last === undefined || last === 'txt') return null
  if (last !== 'gz') return { gzip: false, json: isJsonExtension(last) }
  const inner = extensions.pop()
  return { gzip: true, json: inner === undefined || isJsonExtension(inner) }
}

function isJsonExtension(extension: string): boolean {
  return ['json', 'ndjson', 'jsonl'].includes(extension)
}

/** Whether the outside of a file is what its name says: gzip or not. The content decides, the name only must not lie. */
export function decideWrapping(name: string, head: Uint8Array): Decision<{ gzip: boolean }> {
  if (head.length === 0) return refuse('unreadable_file', `${quoted(name)} is empty.`)
  const gzip = isGzip(head)
  const promise = promiseOf(name)
  if (promise !== null && promise.gzip !== gzip) {
    const truth = gzip ? 'compressed with gzip' : 'not compressed with gzip'
    return refuse(
      'file_type_mismatch',
      `${quoted(name)} is in truth ${truth}. Give it its right name (${gzip ? '.gz' : 'without .gz'}) and try again.`,
    )
  }
  return accept({ gzip })
}

/**
 * How the unpacked text is laid out, told by its head; refused when it is no JSON or its name says that it is
 * something else. `head` is the first text of the file, `whole` that there is no more.
 */
export function decideLayout(name: string, head: Uint8Array, whole: boolean): Decision<{ layout: Layout }> {
  const other = others.find(({ head: bytes }) => bytes.every((byte, index) => head[index] === byte))
  if (other !== undefined)
    return refuse('file_type_mismatch', `${quoted(name)} is in truth ${other.what}. ${other.advice}`)
  if (isGzip(head)) return refuse('unreadable_file', `${quoted(name)} is packed twice. Unpack it once and try again.`)
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, '')
  const start = text.trimStart()
  if (start === '') return refuse('unreadable_file', `${quoted(name)} has nothing in it.`)
  if (start.startsWith('<'))
    return refuse('file_type_mismatch', `${quoted(name)} is XML or a web page. Export the records as FHIR JSON.`)
  if (start.startsWith('ISA'))
    return refuse('file_type_mismatch', `${quoted(name)} is an X12 file. Take it in under Payments.`)
  if (start.startsWith('['))
    return refuse(
      'unreadable_file',
      `${quoted(name)} is a plain list. FHIR sends a Bundle, one resource, or one resource a line.`,
    )
  if (!start.startsWith('{'))
    return refuse(
      'file_type_mismatch',
      `${quoted(name)} is not FHIR JSON: it begins with “${printable(start.slice(0, 12))}”.`,
    )
  const promise = promiseOf(name)
  if (promise !== null && !promise.json) {
    return refuse(
      'file_type_mismatch',
      `${quoted(name)} holds JSON, which its name does not say. Name it .json or .ndjson and try again.`,
    )
  }
  return accept({ layout: layoutOf(start, whole) })
}

/** Walks the first object: a Bundle is known by its type, or by its list of entries when the type comes later. */
function layoutOf(text: string, whole: boolean): Layout {
  let depth = 0
  let key: string | null = null
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') {
      const end = endOfString(text, at)
      if (end < 0) return 'lines'
      const value = text.slice(at + 1, end)
      if (depth === 1) {
        if (key === 'resourceType') return value === 'Bundle' ? 'bundle' : singleOrLines(text, whole)
        key = /^\s*:/.test(text.slice(end + 1, end + 20)) ? value : null
      }
      at = end
    } else if (letter === '{' || letter === '[') {
      if (depth === 1 && key === 'entry' && letter === '[') return 'bundle'
      depth++
    } else if (letter === '}' || letter === ']') {
      depth--
      if (depth === 0) return singleOrLines(text, whole)
    }
  }
  return singleOrLines(text, whole)
}

/** A first line that is a whole object starts a file of lines; one that breaks off is a resource printed over many. */
function singleOrLines(text: string, whole: boolean): Layout {
  const end = text.indexOf('\n')
  if (end < 0) return whole ? 'values' : 'lines'
  const first = text.slice(0, end).trimEnd()
  return first.endsWith('}') && first.length > 2 ? 'lines' : 'values'
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return -1
}

function quoted(name: string): string {
  return `“${printable(name.split(/[\\/]/).pop() ?? '').slice(0, 120)}”`
}

function printable(text: string): string {
  return [...text].filter((letter) => letter >= ' ' && letter !== '\u007f' && letter !== '\uFFFD').join('')
}
