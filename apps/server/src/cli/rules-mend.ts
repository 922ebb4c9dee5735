import { applyFixes, assess } from '@keepwell/rules'
import { type Command, UsageError } from './commands.ts'
import { print } from './output.ts'
import { readFacts } from './rules.ts'

export const rulesMend: Command = {
  takes: 'FACTS.json',
  does: 'Prints the steps that make a month billable, the facts after them, and the verdict on those.',
  async run({ positionals, json }) {
    const [file] = positionals
    if (file === undefined || positionals.length > 1) throw new UsageError('Name one facts file.')
    const given = readFacts(file, json)
    if (given === null) return 2
    const mended = given.list.map((facts) => {
      const { outcome, fixes, noLegalStep } = assess(facts)
      const after = applyFixes(facts, fixes)
      return { outcome, fixes, noLegalStep, facts: after, after: assess(after, { proof: 'plain' }) }
    })
    print(json, given.array ? mended : mended[0], () =>
      mended.flatMap(({ outcome, fixes, noLegalStep, after }, index) => [
        `${index + 1}. ${outcome}`,
        ...fixes.map((fix) => `   to do (${fix.role}): ${fix.sentence}`),
        noLegalStep === null ? `   then: ${after.outcome}` : `   ${noLegalStep.sentence}`,
      ]),
    )
    return 0
  },
}
