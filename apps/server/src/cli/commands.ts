import { addUser } from './add-user.ts'
import { closeMonth } from './close-month.ts'
import type { Command } from './command.ts'
import { eligible } from './eligible.ts'
import { fsck } from './fsck.ts'
import { importFhir } from './import.ts'
import { importX12 } from './import-x12.ts'
import { rulesAssess } from './rules.ts'
import { rulesMend } from './rules-mend.ts'
import { rulesReplay } from './rules-replay.ts'
import { demo, migrate, prepare, start, work } from './store.ts'
import { x12Commands } from './x12.ts'

export { type Command, type CommandInput, UsageError } from './command.ts'

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
  ...x12Commands,
  fsck,
  'add-user': addUser,
}
