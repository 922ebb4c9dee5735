import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { write835, write837P } from '@keepwell/x12'
import { type Figure, median, rounded } from './measure.ts'
import { claimBatchOf, remittanceOf } from './x12-files.ts'

const BYTES = 50_000_000
/** Of a file four times as large: what is kept of it must not grow with it. */
const MANY_BYTES = 200_000_000
const CLAIMS_AT_ONCE = 5_000
/** Installed beside the project for the run alone; without them only our figures are measured. */
const PEERS = ['node-x12@1.7.1', 'x12-parser@1.3.0']

interface Run {
  seconds: number
  bytes: number
  count: number
  peakMegabytes: number
}

/**
 * Rows F and G of the performance sheet: reading, checking and writing 837P and 835 files of 50 MB, each job in a
 * process of its own and in turn with its limit, beside node-x12 and x12-parser on the same files.
 */
export function x12Figures(times: number, say: (text: string) => void): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'keepwell-x12-'))
  try {
    say('writing files of 50 and 200 MB…')
    const claims = join(folder, 'claims.x12')
    const manyClaims = join(folder, 'many-claims.x12')
    const remittance = join(folder, 'remittance.x12')
    writeClaims(claims, BYTES)
    writeClaims(manyClaims, MANY_BYTES)
    writeRemittance(remittance)
    const figures: Figure[] = []
    const row = (job: string, what: string, name: string, file: string, limit: string, goal: string): void => {
      say(`measuring ${name}…`)
      figures.push(
        paired(
          times,
          job,
          what,
          () => run(name, file),
          limit,
          () => run(limit, file),
          goal,
        ),
      )
    }
    row('G', '835 read for posting, three balances', 'posting', remittance, 'split', '>= 60 MB/CPU s')
    row('G', '835 checked, guide and balances', 'check', remittance, 'split', '>= 20 MB/CPU s')
    row('G', '837P checked, SNIP 1 to 5 and Medicare', 'check', claims, 'split', '>= 20 MB/CPU s')
    row('G', '837P checked, SNIP 1 to 5 and Medicare', 'check', manyClaims, 'split', '<= 150 MB memory')
    row('G', 'Envelopes and segments alone', 'envelopes', claims, 'terminators', '')
    row('F', '837P written in memory', 'write837P', claims, 'split', '>= 80,500 claims/s')
    row('F', '835 written in memory', 'write835', remittance, 'split', '')
    figures.push(...peerFigures(folder, claims, remittance, say))
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function paired(
  times: number,
  job: string,
  what: string,
  work: () => Run,
  limitName: string,
  limit: () => Run,
  goal: string,
): Figure {
  const pairs = Array.from({ length: times }, () => ({ limit: limit(), work: work() }))
  const speed = (one: Run): number => one.bytes / 1e6 / one.seconds
  const [first] = pairs
  const perSecond = median(pairs.map((pair) => pair.work.count / pair.work.seconds))
  return {
    job,
    what: `${what}, ${Math.round((first?.work.bytes ?? 0) / 1e6)} MB`,
    value: `${rounded(median(pairs.map((pair) => speed(pair.work))))} MB/CPU s${job === 'F' ? `, ${rounded(perSecond)} claims/CPU s` : ''}, ${Math.max(...pairs.map((pair) => pair.work.peakMegabytes))} MB memory`,
    limit: `${limitName === 'split' ? 'splitting every element' : 'finding terminators'} ${rounded(median(pairs.map((pair) => speed(pair.limit))))} MB/CPU s`,
    ratio: median(pairs.map((pair) => speed(pair.limit) / speed(pair.work))),
    goal,
  }
}

/** The other libraries read without any check; a figure is of one run, for they take long. */
function peerFigures(folder: string, claims: string, remittance: string, say: (text: string) => void): Figure[] {
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...PEERS], {
      stdio: 'ignore',
    })
  } catch {
    say('node-x12 and x12-parser cannot be installed; only our own figures are measured.')
    return []
  }
  return PEERS.flatMap((peer) => {
    const name = peer.split('@')[0] ?? peer
    return [
      { kind: '835', file: remittance },
      { kind: '837P', file: claims },
    ].map(({ kind, file }) => {
      say(`measuring ${name} on the ${kind}…`)
      const { bytes, seconds, peakMegabytes, count: found } = run(name, file, folder)
      // An independent reader sees the segments that we see; the four of the envelope are not in a set.
      if (name === 'node-x12' && found !== run('envelopes', file).count + 4)
        throw new Error(`${name} reads ${found} segments.`)
      return {
        job: 'G',
        what: `${peer} streams the ${kind} without checks, ${Math.round(bytes / 1e6)} MB`,
        value: `${rounded(bytes / 1e6 / seconds)} MB/CPU s, ${peakMegabytes} MB memory`,
        limit: '',
        ratio: null,
        goal: 'for comparison',
      }
    })
  })
}

function run(job: string, file: string, peers = ''): Run {
  const script = new URL('./x12-run.ts', import.meta.url).pathname
  const text = execFileSync(process.execPath, ['--max-semi-space-size=4', script, job, file, peers], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(text) as Run
}

/** One set of so many claims that the file has its size. */
function writeClaims(file: string, most: number): void {
  const text = (first: number): string => write837P(claimBatchOf(CLAIMS_AT_ONCE, first))
  let level = 1
  writeLarge(file, most, text, 'HL*2*1*22', (body) => body.replace(/HL\*\d+\*1\*22/g, () => `HL*${++level}*1*22`))
}

function writeRemittance(file: string): void {
  const text = (first: number): string => write835(remittanceOf(CLAIMS_AT_ONCE, first))
  const [sample] = pieces(text(1), 'CLP*')
  const each = text(1).length - sample.length
  const claims = Math.ceil(BYTES / each) * CLAIMS_AT_ONCE
  const total = write835({ ...remittanceOf(1), paymentCents: remittanceOf(claims).paymentCents })
  const [head] = pieces(total, 'CLP*')
  writeLarge(file, BYTES, text, 'CLP*', (body) => body, head)
}

/** The text before the first repeated segment, what repeats, and from SE on. */
function pieces(text: string, start: string): [head: string, body: string, tail: string] {
  const from = text.indexOf(start)
  const to = text.lastIndexOf('SE*')
  return [text.slice(0, from), text.slice(from, to), text.slice(to)]
}

function writeLarge(
  file: string,
  most: number,
  text: (first: number) => string,
  start: string,
  change: (body: string) => string,
  otherHead?: string,
): void {
  const descriptor = openSync(file, 'w')
  const [head, , tail] = pieces(text(1), start)
  const opening = otherHead ?? head
  let segments = count(opening.slice(opening.indexOf('ST*')))
  let bytes = writeSync(descriptor, opening)
  for (let first = 1; bytes < most; first += CLAIMS_AT_ONCE) {
    const body = change(pieces(text(first), start)[1])
    segments += count(body)
    bytes += writeSync(descriptor, body)
  }
  writeSync(descriptor, tail.replace(/^SE\*\d+/, `SE*${segments + 1}`))
  closeSync(descriptor)
}

function count(text: string): number {
  return text.split('~').length - 1
}
