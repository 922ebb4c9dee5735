import { localDateOf } from '@keepwell/rules'
import { listEligible } from '../features/eligibility/index.ts'
import type { Command } from './commands.ts'
import { whichClinic, withClinic } from './organization.ts'
import { print } from './output.ts'

export const eligible: Command = {
  takes: '',
  does: 'Lists the patients who could be offered CCM, each with its conditions and evidence.',
  options: { ...whichClinic },
  run: (input) =>
    withClinic(input, async ({ app, database }, actor) => {
      const today = localDateOf(app.runner.clock.now().getTime(), actor.clinic.timeZone)
      const patients = await database.withTenant(actor.tenantId, (tx) => listEligible(tx, today))
      print(input.json, { patients }, () => [
        `${patients.length} patients`,
        ...patients.map(
          ({ name, bornOn, conditions }) => `  ${name}, born ${bornOn ?? 'unknown'}: ${conditions.length} conditions`,
        ),
      ])
      return 0
    }),
}
