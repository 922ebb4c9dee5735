import { checkOrganization } from '../fsck/invariants.ts'
import type { Violation } from '../fsck/violation.ts'
import { open } from '../main.ts'
import type { Command } from './commands.ts'
import { listOrganizations } from './organization.ts'
import { print } from './output.ts'

export const fsck: Command = {
  takes: '',
  does: 'Proves the invariants of the data on every organization. Exit 1 if one is broken.',
  async run({ config, json }) {
    const opened = await open(config, { migrate: false })
    try {
      const organizations = await listOrganizations(opened.database)
      const violations: (Violation & { organization: string })[] = []
      for (const { id, name } of organizations) {
        await opened.database.withTenant(id, async (tx) => {
          for await (const violation of checkOrganization(tx)) violations.push({ organization: name, ...violation })
        })
      }
      print(json, { organizations: organizations.length, violations }, () => [
        ...violations.map(
          ({ organization, invariant, row, message }) => `${organization}: ${invariant} ${row}: ${message}`,
        ),
        violations.length === 0
          ? `Every invariant holds in ${organizations.length} organization(s).`
          : `${violations.length} violations.`,
      ])
      return violations.length === 0 ? 0 : 1
    } finally {
      await opened.close()
    }
  },
}
