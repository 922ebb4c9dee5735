import { createReadStream, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpuUsage, resourceUsage } from 'node:process'
import { FileCheck, RemittanceStream, write835, write837P, X12Stream } from '@keepwell/x12'
import { claimBatchOf, remittanceOf } from './x12-files.ts'

// One job on one file in a process of its own, so that its memory is its own: node tools/bench/x12-run.ts JOB FILE [PEERS].
// It prints the CPU seconds of the work, the bytes, the memory at its peak, and a count by which the work is known to be done.

const [job = '', file = '', peers = ''] = process.argv.slice(2)
const PIECE = 64 * 1024

function pieces(): AsyncIterable<string> {
  return createReadStream(file, { encoding: 'latin1', highWaterMark: PIECE })
}

/** What the write jobs write, and how often. */
const CLAIMS_AT_ONCE = 1_000
const TIMES = 50
// Made before the clock runs: the models are the caller's work.
const claimsToWrite = claimBatchOf(job === 'write837P' ? CLAIMS_AT_ONCE : 1)
const remittanceToWrite = remittanceOf(job === 'write835' ? CLAIMS_AT_ONCE : 1)

const jobs: Record<string, () => Promise<{ bytes?: number; count: number }>> = {
  async terminators() {
    let count = 0
    for await (const piece of pieces()) {
      for (let at = piece.indexOf('~'); at >= 0; at = piece.indexOf('~', at + 1)) count++
    }
    return { count }
  },
  async split() {
    let count = 0
    let rest = ''
    for await (const piece of pieces()) {
      const segments = (rest + piece).split('~')
      rest = segments.pop() ?? ''
      for (const segment of segments) count += segment.split('*').length
    }
    return { count }
  },
  async envelopes() {
    let count = 0
    const stream = new X12Stream({ segment: () => count++ })
    for await (const piece of pieces()) stream.push(piece)
    stream.end()
    return { count }
  },
  async posting() {
    let claims = 0
    let balanced = 0
    const stream = new RemittanceStream({
      claim(claim) {
        claims++
        if (claim.balances.claim.ok && claim.balances.lines.ok) balanced++
      },
      remittance({ postable }) {
        if (!postable || balanced !== claims) throw new Error('It does not balance.')
      },
    })
    for await (const piece of pieces()) stream.push(piece)
    stream.end()
    return { count: claims }
  },
  async check() {
    let count = 0
    const check = new FileCheck(() => count++)
    for await (const piece of pieces()) check.push(piece)
    check.end()
    return { count }
  },
  async write837P() {
    let bytes = 0
    for (let time = 0; time < TIMES; time++) bytes += write837P(claimsToWrite).length
    return { bytes, count: TIMES * CLAIMS_AT_ONCE }
  },
  async write835() {
    let bytes = 0
    for (let time = 0; time < TIMES; time++) bytes += write835(remittanceToWrite).length
    return { bytes, count: TIMES * CLAIMS_AT_ONCE }
  },
  async 'node-x12'() {
    const { X12Parser } = peer('node-x12') as { X12Parser: new (strict?: boolean) => NodeJS.ReadWriteStream }
    return { count: await drained(new X12Parser()) }
  },
  async 'x12-parser'() {
    const { X12parser } = peer('x12-parser') as { X12parser: new () => NodeJS.ReadWriteStream }
    return { count: await drained(new X12parser()) }
  },
}

/** A library that the bench installed beside the project. */
function peer(name: string): unknown {
  return createRequire(`${peers}/`)(name)
}

async function drained(parser: NodeJS.ReadWriteStream): Promise<number> {
  let count = 0
  createReadStream(file, { encoding: 'utf8' }).pipe(parser)
  for await (const _segment of parser) count++
  return count
}

const run = jobs[job]
if (run === undefined) throw new Error(`There is no job ${job}.`)
const before = cpuUsage()
const { count, bytes } = await run()
const { user, system } = cpuUsage(before)
console.log(
  JSON.stringify({
    job,
    seconds: (user + system) / 1e6,
    bytes: bytes ?? sizeOf(file),
    count,
    peakMegabytes: Math.round(peakKilobytes() / 1024),
  }),
)

function sizeOf(path: string): number {
  const descriptor = openSync(path, 'r')
  const buffer = new Uint8Array(1 << 20)
  let bytes = 0
  for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) bytes += read
  return bytes
}

/** The most memory that this process has held. Linux counts into `maxRSS` what the process held that started it. */
function peakKilobytes(): number {
  if (!existsSync('/proc/self/status')) return resourceUsage().maxRSS
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
}
