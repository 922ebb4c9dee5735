import { expect, test } from 'vitest'
import { JsonScanner, LineScanner, type Scanner } from './json-scanner.ts'

function cut(scanner: Scanner, text: string, size: number) {
  const bytes = Buffer.from(text)
  const pieces: string[] = []
  const gaps: string[] = []
  const take = ({ pieces: more, gaps: holes }: ReturnType<Scanner['push']>) => {
    pieces.push(
      ...more.map((piece) => `${piece.entry ?? '-'}@${piece.line} ${Buffer.from(piece.bytes).toString('utf8').trim()}`),
    )
    gaps.push(...holes.map((gap) => `${gap.code} ${gap.entry ?? '-'}@${gap.line}`))
  }
  for (let at = 0; at < bytes.length; at += size) take(scanner.push(bytes.subarray(at, at + size)))
  take(scanner.end())
  return { pieces, gaps }
}

const entries = () => new JsonScanner({ entries: true, pieceLimitBytes: 60 })
const tricky =
  '{"resourceType":"Bundle","note":"entry\\": [",\n"entry" : [{"entry":[1,{"b":"x]}\\""}]},\n 5,"t,]",{"é":"ü"} ], "link":[{"entry":[9]}]}'

test.each([1, 2, 3, 7, 1000])('entries are cut at the right places in chunks of %i bytes', (size) => {
  expect(cut(entries(), tricky, size)).toEqual({
    pieces: ['1@2 {"entry":[1,{"b":"x]}\\""}]}', '2@3 5', '3@3 "t,]"', '4@3 {"é":"ü"}'],
    gaps: [],
  })
})

test.each([1, 5, 1000])('several Bundles in one file count their entries anew (chunks of %i)', (size) => {
  expect(cut(entries(), '{"entry":[{"a":1}]}\n{"entry":[]}\n{"total":0}', size)).toEqual({
    pieces: ['1@1 {"a":1}'],
    gaps: ['entries_missing -@3'],
  })
})

test('an entry without end is told with its number, one beyond the limit is passed over', () => {
  expect(cut(entries(), `{"entry":[{"a":"${'x'.repeat(100)}"},{"b":1},{"c":`, 9)).toEqual({
    pieces: ['2@1 {"b":1}'],
    gaps: ['too_large 1@1', 'truncated 3@1'],
  })
})

test.each([1, 4, 1000])('values one after another, each over many lines (chunks of %i)', (size) => {
  const values = new JsonScanner({ entries: false, pieceLimitBytes: 60 })
  expect(cut(values, '{\n"a": [1]\n}\n\n{"entry":[2]}', size)).toEqual({
    pieces: ['-@1 {\n"a": [1]\n}', '-@5 {"entry":[2]}'],
    gaps: [],
  })
})

test.each([1, 4, 1000])('lines, blank ones counted and left out (chunks of %i)', (size) => {
  expect(cut(new LineScanner(12), `{"a":1}\r\n\n{"b":2}\n${'x'.repeat(20)}\n{"c":3}`, size)).toEqual({
    pieces: ['-@1 {"a":1}', '-@3 {"b":2}', '-@5 {"c":3}'],
    gaps: ['too_large -@4'],
  })
})
