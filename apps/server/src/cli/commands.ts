import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '../config.ts'
import { addUser } from './add-user.ts'
import { closeMonth } from './close-month.ts'
import { eligible } from './eligible.ts'
import { fsck } from './fsck.ts'
import { importFhir } from './import.ts'
import { importX12 } from './import-x12.ts'
import { rulesAssess } from './rules.ts'
import { rulesMend } from './rules-mend.ts'
import { rulesReplay } from './rules-replay.ts'
import { demo, migrate, prepare, start, work } from './store.ts'
import { x12Check, x12Read } from './x12.ts'

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

/** Every command by its one or two words. */
export const commands: Record<string, Command> = {
  start,
  prepare,
  work,
  migrate,
  demo,
  'import fhir': importFhir,
  'import x12': importX12,
  eligible,
  'close-month': closeMonth,
  'rules assess': rulesAssess,
  'rules mend': rulesMend,
  'rules replay': rulesReplay,
  'x12 check': x12Check,
  'x12 read': x12Read,
  fsck,
  'add-user': addUser,
}
