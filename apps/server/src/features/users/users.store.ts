import type { Role } from '@keepwell/contract'
import { sql, type Transaction } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { DB } from '../../db/schema.gen.ts'

type Auth = Transaction<DB>

export interface UserRow {
  id: string
  tenantId: string
  email: string
  passwordHash: string | null
  /** Sealed for this account. */
  totpSecret: string | null
  totpConfirmed: boolean
  totpLastStep: number | null
  recoveryCodeHashes: string[]
  failedTries: number
  lockedUntil: Date | null
  deactivated: boolean
}

const userColumns = sql<UserRow>`id, tenant_id as "tenantId", email, password_hash as "passwordHash", totp_secret as "totpSecret",
  totp_confirmed_at is not null as "totpConfirmed", totp_last_step as "totpLastStep", recovery_code_hashes as "recoveryCodeHashes",
  failed_tries as "failedTries", locked_until as "lockedUntil", deactivated_at is not null as deactivated`

/** Locks the account's row, so that two tries with one code cannot both win. */
export async function lockUserByEmail(db: Auth, email: string): Promise<UserRow | undefined> {
  const { rows } =
    await sql<UserRow>`select ${userColumns} from auth.users where lower(email) = lower(${email}) for update`.execute(
      db,
    )
  return rows[0]
}

export async function lockUser(db: Auth, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`select ${userColumns} from auth.users where id = ${id} for update`.execute(db)
  return rows[0]
}

export async function insertUser(
  db: Auth,
  user: {
    id: string
    tenantId: string
    email: string
    passwordHash: string | null
    totpConfirmedAt?: Date | null
    now: Date
  },
): Promise<void> {
  await db
    .insertInto('auth.users')
    .values({
      id: user.id,
      tenant_id: user.tenantId,
      email: user.email,
      password_hash: user.passwordHash,
      totp_confirmed_at: user.totpConfirmedAt ?? null,
      created_at: user.now,
    })
    .execute()
}

export async function updateUser(
  db: Auth,
  id: string,
  set: Partial<{
    password_hash: string
    totp_secret: string
    totp_confirmed_at: Date
    totp_last_step: number
    recovery_code_hashes: string[]
    failed_tries: number
    locked_until: Date | null
    deactivated_at: Date
    last_seen_at: Date
  }>,
): Promise<void> {
  await db.updateTable('auth.users').set(set).where('id', '=', id).execute()
}

/** Accounts whose secret the sealer's first key has not sealed, locked; at most 500. */
export async function lockUnsealed(db: Auth, mark: string): Promise<{ id: string; totpSecret: string }[]> {
  const { rows } = await sql<{ id: string; totpSecret: string }>`
    select id, totp_secret as "totpSecret" from auth.users
    where totp_secret is not null and not starts_with(totp_secret, ${mark}) order by id limit 500 for update`.execute(
    db,
  )
  return rows
}

export async function insertSession(
  db: Auth,
  session: { tokenHash: string; userId: string; tenantId: string; now: Date; expiresAt: Date; secondFactor: boolean },
): Promise<void> {
  await db
    .insertInto('auth.sessions')
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      tenant_id: session.tenantId,
      created_at: session.now,
      active_at: session.now,
      expires_at: session.expiresAt,
      second_factor: session.secondFactor,
    })
    .execute()
}

export interface SessionRow {
  tokenHash: string
  userId: string
  tenantId: string
  activeAt: Date
  expiresAt: Date
  lockedAt: Date | null
  secondFactor: boolean
  email: string
  totpConfirmed: boolean
  organization: string
  demo: boolean
}

/** The session behind a token's hash, unless the account was deactivated. */
export async function readSession(db: Auth, tokenHash: string): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.token_hash as "tokenHash", s.user_id as "userId", s.tenant_id as "tenantId", s.active_at as "activeAt",
      s.expires_at as "expiresAt", s.locked_at as "lockedAt", s.second_factor as "secondFactor", u.email,
      u.totp_confirmed_at is not null as "totpConfirmed", o.name as organization, o.demo
    from auth.sessions s join auth.users u on u.id = s.user_id join auth.organizations o on o.id = s.tenant_id
    where s.token_hash = ${tokenHash} and u.deactivated_at is null`.execute(db)
  return rows[0]
}

export async function updateSession(
  db: Auth,
  tokenHash: string,
  set: { active_at?: Date; locked_at?: Date | null; second_factor?: boolean },
): Promise<void> {
  await db.updateTable('auth.sessions').set(set).where('token_hash', '=', tokenHash).execute()
}

/** Notes that the person is at work. Never moves backwards, whatever a clock did. */
export async function noteActivity(db: Auth, tokenHash: string, now: Date): Promise<void> {
  await sql`update auth.sessions set active_at = greatest(active_at, ${now}) where token_hash = ${tokenHash}`.execute(
    db,
  )
}

export async function deleteSession(db: Auth, tokenHash: string): Promise<void> {
  await db.deleteFrom('auth.sessions').where('token_hash', '=', tokenHash).execute()
}

export async function deleteSessionsOf(db: Auth, userId: string): Promise<void> {
  await db.deleteFrom('auth.sessions').where('user_id', '=', userId).execute()
}

export interface StaffRow {
  id: string
  name: string
  title: string
  roles: Role[]
  active: boolean
}

export async function readStaff(tx: Tx, id: string): Promise<StaffRow | undefined> {
  const row = await tx.db
    .selectFrom('staff')
    .select(['id', 'name', 'title', 'roles', 'active'])
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, roles: row.roles as Role[] }
}

/** The people of the organization who hold a seat, at most 500. */
export async function listStaff(tx: Tx): Promise<StaffRow[]> {
  const rows = await tx.db
    .selectFrom('staff')
    .select(['id', 'name', 'title', 'roles', 'active'])
    .where('tenant_id', '=', tx.tenantId)
    .orderBy('name')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, roles: row.roles as Role[] }))
}

export async function insertStaff(
  tx: Tx,
  staff: {
    id: string
    name: string
    title: string
    roles: Role[]
    npi?: string | null
    weeklyMinutes?: number
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('staff')
    .values({
      tenant_id: tx.tenantId,
      id: staff.id,
      name: staff.name,
      title: staff.title,
      roles: [...staff.roles],
      npi: staff.npi ?? null,
      weekly_minutes: staff.weeklyMinutes ?? 0,
      created_at: staff.now,
    })
    .execute()
}

export interface ClinicRow {
  id: string
  name: string
  timeZone: string
  phone: string
}

/** The clinic in which a person works: the one assigned, else the organization's first. */
export async function readHomeClinic(tx: Tx, staffId: string | null): Promise<ClinicRow | undefined> {
  const { rows } = await sql<ClinicRow>`
    select c.id, c.name, c.time_zone as "timeZone", c.phone from clinics c
    left join staff_clinics s on s.tenant_id = c.tenant_id and s.clinic_id = c.id and s.staff_id = ${staffId}
    where c.tenant_id = ${tx.tenantId} order by (s.staff_id is null), c.created_at, c.id limit 1`.execute(tx.db)
  return rows[0]
}
