import { type IntakeResult, takeInFor } from '../features/remittances/index.ts'
import { type Fault, Problem } from '../kernel/problem.ts'
import { type Command, UsageError } from './commands.ts'
import { whichClinic, withClinic } from './organization.ts'
import { print } from './output.ts'
import { readText } from './rules.ts'

/** What became of one file: taken in, held or known, or refused with its problem. */
interface Taken {
  name: string
  intake: IntakeResult | null
  problem: { code: string; sentence: string; faults: Fault[] } | null
}

export const importX12: Command = {
  takes: 'FILE… [--organization NAME] [--clinic NAME]',
  does: "Takes in a payer's answers: 999, TA1, 277CA, 835 and 271, told apart by content. Exit 1 if one is refused or held, or names claims that are not ours.",
  options: { ...whichClinic },
  run(input) {
    if (input.positionals.length === 0) throw new UsageError('Name at least one file.')
    const given = input.positionals.map((name) => ({ name, text: readText(name) }))
    return withClinic(input, async ({ app, database }, actor) => {
      const files: Taken[] = []
      for (const file of given) {
        try {
          files.push({
            name: file.name,
            intake: await takeInFor(
              actor,
              (work) => database.withTenant(actor.tenantId, work),
              file,
              app.runner.clock.now(),
            ),
            problem: null,
          })
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          files.push({
            name: file.name,
            intake: null,
            problem: { code: error.code, sentence: error.message, faults: error.faults },
          })
        }
      }
      print(input.json, { files }, () => files.flatMap(linesOf))
      return files.some(
        ({ intake }) => intake === null || intake.file.outcome === 'held' || intake.unknownClaims.length > 0,
      )
        ? 1
        : 0
    })
  },
}

function linesOf({ name, intake, problem }: Taken): string[] {
  if (intake === null)
    return [
      `${name}: refused (${problem?.code}). ${problem?.sentence}`,
      ...(problem?.faults ?? []).map(({ path, message }) => `  ${path}: ${message}`),
    ]
  return [
    `${name}: ${intake.file.kind}, ${intake.alreadyKnown ? 'known already, nothing changed' : intake.file.outcome}`,
    ...intake.file.sentences.map((sentence) => `  ${sentence}`),
  ]
}
