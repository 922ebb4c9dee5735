import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '../config.ts'

/** The command was used wrongly: exit code 2 and how it is used. */
export class UsageError extends Error {}

export interface CommandInput {
  config: Config
  positionals: string[]
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
  json: boolean
}

export interface Command {
  takes: string
  does: string
  options?: ParseArgsOptionsConfig
  /** Answers the exit code. */
  run(input: CommandInput): Promise<number>
}
