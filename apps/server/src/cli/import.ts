import { importFhirFiles } from '../features/interop/index.ts'
import { type Command, UsageError } from './commands.ts'
import { whichClinic, withClinic } from './organization.ts'
import { print, say } from './output.ts'

export const importFhir: Command = {
  takes: 'PATH… [--dry-run] [--source NAME]',
  does: 'Brings in FHIR Bundles and NDJSON, plain or gzipped, from files and folders. Exit 1 if something was refused.',
  options: { ...whichClinic, 'dry-run': { type: 'boolean' }, source: { type: 'string' } },
  run(input) {
    if (input.positionals.length === 0) throw new UsageError('Name at least one file or folder.')
    return withClinic(input, async ({ app }, actor) => {
      let shownPercent = -10
      const outcome = await importFhirFiles(app, actor, input.positionals, {
        dryRun: input.options['dry-run'] === true,
        ...(typeof input.options.source === 'string' ? { source: input.options.source } : {}),
        onProgress: ({ percent }) => {
          if (percent < shownPercent + 10) return
          shownPercent = percent
          say(`${Math.round(percent)} %`)
        },
      })
      print(input.json, outcome, () => [
        outcome.dryRun ? 'Dry run: nothing was kept.' : 'Done.',
        ...Object.entries(outcome.counts).map(
          ([type, { read, created, changed, unchanged, refused }]) =>
            `  ${type.padEnd(24)} read ${read}, created ${created}, changed ${changed}, unchanged ${unchanged}, refused ${refused}`,
        ),
        ...outcome.findings
          .slice(0, 50)
          .map(
            (finding) =>
              `  ${finding.severity} ${finding.file}${finding.line === null ? '' : `:${finding.line}`} ${finding.message}`,
          ),
      ])
      return outcome.errors > 0 ? 1 : 0
    })
  },
}
