import { checkFile, readFile } from '@keepwell/x12'
import { type Command, UsageError } from './commands.ts'
import { print } from './output.ts'
import { readText } from './rules.ts'

export const x12Check: Command = {
  takes: 'FILE…',
  does: 'Checks X12 files: envelope, guide, balances and Medicare rules. Exit 1 if any has an error.',
  async run({ positionals, json }) {
    if (positionals.length === 0) throw new UsageError('Name at least one file.')
    const files = positionals.map((file) => checkFile(file, readText(file)))
    print(json, { files }, () =>
      files.flatMap((file) => [
        `${file.file}: ${file.accepted ? 'accepted' : 'not accepted'}`,
        ...file.findings.map(
          (finding) =>
            `  ${finding.severity} ${finding.code} at set ${finding.set ?? '-'} segment ${finding.segment ?? '-'}: ${finding.message}`,
        ),
      ]),
    )
    return files.every((file) => file.accepted) ? 0 : 1
  },
}

export const x12Read: Command = {
  takes: 'FILE…',
  does: 'Reads X12 files and tells what is in them.',
  async run({ positionals, json }) {
    if (positionals.length === 0) throw new UsageError('Name at least one file.')
    const files = positionals.map((file) => readFile(file, readText(file)))
    print(json, { files }, () =>
      files.flatMap((file) => [
        file.refused === null ? `${file.file}: ${file.sets.length} set(s)` : `${file.file}: refused. ${file.refused}`,
        ...file.sets.map((set) => `  ${set.type} ${set.control}`),
      ]),
    )
    return files.some((file) => file.refused !== null) ? 1 : 0
  },
}
