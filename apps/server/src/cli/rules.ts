import { readFileSync } from 'node:fs'
import { assess, type Facts, parseFacts } from '@keepwell/rules'
import { type Command, UsageError } from './commands.ts'
import { print, say } from './output.ts'

export const rulesAssess: Command = {
  takes: 'FACTS.json',
  does: 'Judges one patient-month, or an array of them, by the rule book.',
  async run({ positionals, json }) {
    const [file] = positionals
    if (file === undefined || positionals.length > 1) throw new UsageError('Name one facts file.')
    const given = readFacts(file, json)
    if (given === null) return 2
    const verdicts = given.list.map((facts) => assess(facts))
    print(json, given.array ? verdicts : verdicts[0], () =>
      verdicts.flatMap((verdict, index) => [
        `${index + 1}. ${verdict.outcome}${verdict.lines.map((line) => ` ${line.code}x${line.units}`).join('')}`,
        ...verdict.findings
          .filter((finding) => finding.status !== 'pass')
          .map((finding) => `   ${finding.status}: ${finding.sentence}`),
        ...verdict.fixes.map((fix) => `   to do (${fix.role}): ${fix.sentence}`),
        ...(verdict.noLegalStep === null ? [] : [`   ${verdict.noLegalStep.sentence}`]),
        ...verdict.alternatives.map(
          (one) => `   or ${one.lines.map(({ code, units }) => `${code}x${units}`).join(' ')}: ${one.why}`,
        ),
      ]),
    )
    return 0
  },
}

/** One patient-month or several. A wrong file is refused with the place of each fault; then the answer is null. */
export function readFacts(file: string, json: boolean): { list: Facts[]; array: boolean } | null {
  const given = parseJson(file, readText(file))
  const array = Array.isArray(given)
  const list: unknown[] = Array.isArray(given) ? given : [given]
  const parsed = list.map((facts, index) => ({ index, result: parseFacts(facts) }))
  const faults = parsed.flatMap(({ index, result }) =>
    result.ok
      ? []
      : result.faults.map((fault) => ({
          ...fault,
          path: array ? `$[${index}]${fault.path.replace(/^\$/, '')}` : fault.path,
        })),
  )
  if (faults.length === 0) return { list: parsed.flatMap(({ result }) => (result.ok ? [result.facts] : [])), array }
  for (const fault of faults) say(`${fault.path}: ${fault.message}`)
  if (json) print(true, { faults }, () => [])
  return null
}

/** @throws UsageError where the file cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`)
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${(error as Error).message}`)
  }
}
