import { readdirSync, readFileSync } from 'node:fs'
import { check837P, checkFile, FileCheck, read277CA, read835, readFile, readInterchanges } from '@keepwell/x12'

// `npm run torture:x12` breaks a million files in random ways and reads, checks and posts each: no crash, no hang, and
// nothing that was cut off or changed may be called postable with other money than it had. `--files N` and `--seed N`
// choose how many and which; a failure prints the seed of its file, and `--seed THAT --files 1` shows it again.

const samplesFolder = new URL('../packages/x12/test/fixtures/', import.meta.url)
const samples = readdirSync(samplesFolder)
  .filter((name) => name.endsWith('.edi'))
  .map((name) => ({ name, text: readFileSync(new URL(name, samplesFolder), 'utf8') }))
/** A small file that takes more of the processor than this, in milliseconds, is a hang. */
const LONGEST = 1_000

const files = numberOf('--files') ?? 1_000_000
const first = numberOf('--seed') ?? 1

let refused = 0
let withErrors = 0
let clean = 0
let failures = 0
let slowest = 0
const began = performance.now()
for (let index = 0; index < files; index++) {
  const seed = first + index
  const { name, text } = damaged(seed)
  const start = processorMilliseconds()
  try {
    tryOut(seed, text)
  } catch (error) {
    failures++
    console.error(`FAILED seed ${seed} (${name}): ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    if (failures >= 20) break
  }
  const took = processorMilliseconds() - start
  slowest = Math.max(slowest, took)
  if (took > LONGEST) {
    failures++
    console.error(`SLOW seed ${seed} (${name}): ${Math.round(took)} ms for ${text.length} characters`)
  }
  if ((index + 1) % 50_000 === 0) console.error(`${index + 1} files, ${failures} failures`)
}
console.log(
  JSON.stringify({
    files,
    seeds: [first, first + files - 1],
    refused,
    withErrors,
    clean,
    failures,
    slowestMs: Math.round(slowest),
    seconds: Math.round((performance.now() - began) / 1000),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
process.exitCode = failures === 0 ? 0 : 1

/** Everything that is done to a file that comes in. */
function tryOut(seed: number, text: string): void {
  const checked = checkFile('torture', text, { today: '2026-02-01' })
  for (const { message } of checked.findings) {
    if (message.length < 10) throw new Error(`A finding says only "${message}".`)
  }
  if (checked.accepted !== checked.findings.every((one) => one.severity !== 'error')) {
    throw new Error('Accepted does not agree with the findings.')
  }
  const facts = readFile('torture', text)
  JSON.stringify(facts)
  if (facts.refused !== null) refused++
  else if (checked.findings.length > 0) withErrors++
  else clean++
  if (facts.refused !== null && checked.accepted) throw new Error('A file that is refused is accepted.')
  const { transactions } = read835(text)
  for (const one of transactions) {
    if (!one.postable) continue
    let paid = 0
    for (const claim of one.claims) {
      if (!claim.balances.claim.ok || !claim.balances.lines.ok) throw new Error('A claim out of balance is postable.')
      paid += claim.paidCents
    }
    for (const adjustment of one.plb) paid -= adjustment.amountCents
    if (paid !== one.bpr02Cents || one.truncated) throw new Error('Money that does not add up is postable.')
  }
  // Pieces of another size must tell the same; every tenth file is enough to see it.
  if (seed % 10 !== 0) return
  check837P(text)
  read277CA(text)
  const findings: string[] = []
  const check = new FileCheck((one) => findings.push(`${one.code} ${one.set} ${one.segment} ${one.element}`), {
    today: '2026-02-01',
  })
  const size = 1 + (seed % 700)
  for (let at = 0; at < text.length; at += size) check.push(text.slice(at, at + size))
  check.end()
  const whole = checked.findings.map((one) => `${one.code} ${one.set} ${one.segment} ${one.element}`)
  if (findings.join('\n') !== whole.join('\n')) throw new Error(`Pieces of ${size} characters tell something else.`)
  if (facts.refused === null && readInterchanges(text).interchanges.length === 0) {
    throw new Error('A file that is not refused has no interchange.')
  }
}

/** One sample or two, broken in one to eight places; the same seed always breaks the same. */
function damaged(seed: number): { name: string; text: string } {
  const random = generator(seed)
  const pick = <T>(all: readonly T[]): T | undefined => all[random(all.length)]
  const sample = pick(samples) ?? { name: '', text: '' }
  let text = sample.text
  if (random(20) === 0) text += pick(samples)?.text ?? ''
  const edits = 1 + random(8)
  for (let edit = 0; edit < edits; edit++) {
    const at = random(text.length + 1)
    const length = 1 + random(random(4) === 0 ? 400 : 6)
    switch (random(9)) {
      case 0:
        text = text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1)
        break
      case 1:
        text = text.slice(0, at) + text.slice(at + length)
        break
      case 2:
        text = text.slice(0, at) + text.slice(at, at + length).repeat(1 + random(3)) + text.slice(at)
        break
      case 3:
        text = text.slice(0, at)
        break
      case 4: {
        const lines = text.split('\n')
        const from = random(lines.length)
        const [line = ''] = lines.splice(from, 1)
        lines.splice(random(lines.length + 1), 0, line)
        text = lines.join('\n')
        break
      }
      case 5:
        text =
          text.slice(0, at) + (pick(['*', ':', '~', '^', '\n', '\r\n', '\u0000', '\uFEFF', '|']) ?? '') + text.slice(at)
        break
      case 6:
        text = text.slice(0, at) + String(random(1_000_000_000)) + text.slice(at + length)
        break
      case 7:
        text =
          text.slice(0, at) +
          (pick(['é', 'Ω', '𝒳', '-1', '.', '99999999999999999999', 'ISA*', 'IEA*1*1~', 'ST*835*1~', 'SE*1*1~']) ?? '') +
          text.slice(at)
        break
      default: {
        const other = pick(samples)?.text ?? ''
        const from = random(other.length)
        text = text.slice(0, at) + other.slice(from, from + random(600)) + text.slice(at)
      }
    }
  }
  return { name: sample.name, text: text.slice(0, 40_000) }
}

/** Whole numbers below a limit, from a seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return below <= 0 ? 0 : ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Of this thread alone, so that a busy machine is not taken for a hang. */
function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function numberOf(option: string): number | null {
  const at = process.argv.indexOf(option)
  const value = at < 0 ? Number.NaN : Number(process.argv[at + 1])
  return Number.isSafeInteger(value) && value > 0 ? value : null
}
