import { type Role, roles } from '@keepwell/contract'
import { inviteUser } from '../features/users/index.ts'
import { type Command, UsageError } from './commands.ts'
import { whichClinic, withClinic } from './organization.ts'
import { print } from './output.ts'

export const addUser: Command = {
  takes: '--name NAME --email ADDRESS --role ROLE [--role ROLE]',
  does: 'Adds a person and prints a one-time invitation to choose a password.',
  options: {
    ...whichClinic,
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string', multiple: true },
  },
  run(input) {
    const { name, email, role } = input.options
    if (typeof name !== 'string' || typeof email !== 'string' || !email.includes('@'))
      throw new UsageError('Give --name and --email.')
    const wanted = (Array.isArray(role) ? role : []).map(String)
    const seats = roles.filter((known) => wanted.includes(known))
    if (seats.length === 0 || seats.length !== wanted.length)
      throw new UsageError(`Give --role, one or more of: ${roles.join(', ')}.`)
    return withClinic(input, async ({ database, app }, actor) => {
      const invited = await database.withTenant(actor.tenantId, (tx) =>
        inviteUser(tx, { name, email, roles: seats as Role[], tenantId: actor.tenantId, now: app.runner.clock.now() }),
      )
      print(input.json, { id: invited.id, invitation: invited.invitation, expiresAt: invited.expiresAt }, () => [
        `Open this address within three days to choose a password: /invitation#${invited.invitation}`,
      ])
      return 0
    })
  },
}
