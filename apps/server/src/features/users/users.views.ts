import type { Role } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

interface Row {
  id: string
  name: string
  email: string
  roles: Role[]
  active: boolean
  secondFactor: boolean
  lastSeenAt: Date | null
}

/** Everybody with an account in this organization, at most 500, by name. */
export async function listUsers(tx: Tx) {
  const { rows } = await sql<Row>`
    select s.id, s.name, u.email, s.roles, s.active and u.deactivated_at is null as active,
      u.totp_confirmed_at is not null as "secondFactor", u.last_seen_at as "lastSeenAt"
    from staff s join auth.users u on u.id = s.id
    where s.tenant_id = ${tx.tenantId} order by s.name limit 500`.execute(tx.db)
  return rows.map((row) => ({ ...row, lastSeenAt: row.lastSeenAt?.toISOString() ?? null }))
}
