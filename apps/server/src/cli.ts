import { parseArgs } from 'node:util'
import { type Command, UsageError } from './cli/command.ts'
import { readConfig } from './config.ts'
import { StoreInUse } from './db/store-in-use.ts'
import { Problem } from './kernel/problem.ts'

/** Exit codes: 0 done, 1 findings that block, 2 wrong use. Results go to stdout, everything else to stderr. */
async function main(words: string[]): Promise<number> {
  const commands = await commandsFor(words)
  const { name, command, rest } = commandOf(words, commands)
  if (command === undefined) {
    console.error(name === undefined ? usage(commands) : `keepwell has no command “${name}”.\n\n${usage(commands)}`)
    return name === undefined || name === 'help' || name === '--help' ? 0 : 2
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean' }, ...command.options },
    })
    if (values.help === true) {
      console.error(`keepwell ${name} ${command.takes}\n${command.does}`)
      return 0
    }
    return await command.run({
      config: readConfig(process.env),
      positionals,
      options: values,
      json: values.json === true,
    })
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      console.error(`${(error as Error).message}\nUse: keepwell ${name} ${command.takes}`)
      return 2
    }
    if (error instanceof Problem || error instanceof StoreInUse) {
      console.error(error.message)
      for (const fault of error instanceof Problem ? error.faults : [])
        console.error(`  ${fault.path}: ${fault.message}`)
      return 1
    }
    console.error((error as Error).message)
    if (process.env.KEEPWELL_LOG === 'debug') console.error(error)
    return 1
  }
}

/** Only what a command needs is loaded: the x12 commands start at once and leave the memory to the file. */
async function commandsFor(words: string[]): Promise<Record<string, Command>> {
  const { x12Commands } = await import('./cli/x12.ts')
  if (words.slice(0, 2).join(' ') in x12Commands) return x12Commands
  return (await import('./cli/commands.ts')).commands
}

function commandOf(words: string[], commands: Record<string, Command>) {
  const two = words.slice(0, 2).join(' ')
  if (two in commands) return { name: two, command: commands[two], rest: words.slice(2) }
  const [one] = words
  return { name: one, command: one === undefined ? undefined : commands[one], rest: words.slice(1) }
}

function usage(commands: Record<string, Command>): string {
  const lines = Object.entries(commands).map(
    ([name, { takes, does }]) => `  ${`${name} ${takes}`.trim().padEnd(44)} ${does}`,
  )
  return `keepwell runs Chronic Care Management in a clinic.\n\n${lines.join('\n')}\n\nAdd --json for one JSON document on stdout. KEEPWELL_DATA names the embedded store's folder, DATABASE_URL a PostgreSQL, PORT the port.`
}

function isArgumentError(error: unknown): boolean {
  return String((error as { code?: string } | null)?.code ?? '').startsWith('ERR_PARSE_ARGS')
}

process.exitCode = await main(process.argv.slice(2))
