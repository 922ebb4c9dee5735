import { randomBytes } from 'node:crypto'
import { contract, permissionsOf, type Role, roleNames, roles } from '@keepwell/contract'
import { action } from '../../action/action.ts'
import { type OpenCtx, openAction, type SignedIn } from '../../action/open-action.ts'
import { appendAuditEvent } from '../../audit/audit.ts'
import type { Database, Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId, sha256 } from '../../kernel/ids.ts'
import { assert, found, Problem } from '../../kernel/problem.ts'
import { isSealed, type Sealer } from '../../kernel/sealer.ts'
import { hashPassword, passwordFault, verifyPassword } from './password.ts'
import { fittingStep, newRecoveryCodes, newSecondFactor, recoveryHash } from './second-factor.ts'
import {
  deleteSession,
  deleteSessionsOf,
  insertSession,
  insertStaff,
  insertUser,
  listStaff,
  lockUnsealed,
  lockUser,
  lockUserByEmail,
  readHomeClinic,
  readStaff,
  type UserRow,
  updateSession,
  updateUser,
} from './users.store.ts'
import { idleLockSeconds, invitationSeconds, pauseSecondsAfter, sessionSeconds } from './users.ts'
import { listUsers } from './users.views.ts'

const wrong = () => new Problem('wrong_sign_in', 'The e-mail, password or code is not right. Nothing was changed.')

export const getSession = openAction(contract.session.get, async ({ now, signedIn }) => {
  const { actor, email, organization, demo, locked } = mustBeSignedIn(signedIn)
  return {
    person: { id: actor.id ?? '', name: actor.name, email, roles: [...actor.roles] },
    organization,
    clinic: actor.clinic,
    permissions: permissionsOf(actor.roles),
    locked,
    idleLockSeconds,
    now: now.toISOString(),
    demo,
  }
})

export const welcome = openAction(contract.session.welcome, async ({ database, now }) => {
  const demo = await demoOrganization(database)
  if (demo === null) return { demo: false, store: database.kind, now: now.toISOString(), timeZone: null, seats: [] }
  return database.withTenant(demo, async (tx) => {
    const clinic = await readHomeClinic(tx, null)
    const staff = (await listStaff(tx)).filter((person) => person.active && person.roles.length > 0)
    const place = (person: { roles: Role[] }) => roles.findIndex((role) => person.roles.includes(role))
    staff.sort((a, b) => place(a) - place(b))
    return {
      demo: true,
      store: database.kind,
      now: now.toISOString(),
      timeZone: clinic?.timeZone ?? null,
      seats: staff.map(({ id, name, title, roles }) => ({ id, name, title, roles })),
    }
  })
})

export const signIn = openAction(contract.session.signIn, async (ctx, { body }) => {
  // The wrong try has to stay counted, so this transaction commits whatever it finds; the refusal comes after it.
  const outcome = await ctx.database.beforeTenant(async (db) => {
    const user = await lockUserByEmail(db, body.email)
    if (user?.lockedUntil && user.lockedUntil > ctx.now) return { refusal: 'paused' as const }
    const fits = await verifyPassword(body.password, user?.passwordHash ?? null)
    if (user === undefined || user.deactivated) return { refusal: 'wrong' as const }
    if (!fits) return { refusal: 'wrong' as const, ...(await countWrongTry(ctx, db, user)) }
    let secondFactor = false
    if (user.totpConfirmed) {
      if (body.code === undefined || body.code === '') return { refusal: 'code' as const }
      const proof = proveSecondFactor(ctx.sealer, user, body.code)
      if (proof === null) return { refusal: 'wrong' as const, ...(await countWrongTry(ctx, db, user)) }
      await updateUser(db, user.id, proof)
      secondFactor = true
    }
    await updateUser(db, user.id, { failed_tries: 0, locked_until: null, last_seen_at: ctx.now })
    const token = await startSession(ctx, db, user, secondFactor)
    return { token, user, secondFactor }
  })
  if ('refusal' in outcome) {
    if (outcome.refusal === 'paused')
      throw new Problem('too_many_requests', 'Too many wrong tries. Wait a few minutes and try again.')
    if (outcome.refusal === 'code')
      throw new Problem('second_factor_needed', 'Type the six digits that your authenticator app shows now.')
    throw wrong()
  }
  await auditSession(ctx, outcome.user.tenantId, outcome.user.id, 'session.started')
  ctx.http.setSession(outcome.token)
  return { next: outcome.secondFactor ? ('home' as const) : ('set_up_second_factor' as const) }
})

export const stepIn = openAction(contract.session.stepIn, async (ctx, { body }) => {
  const tenantId = await demoOrganization(ctx.database)
  if (tenantId === null)
    throw new Problem('not_in_demo', 'Seats can be changed with one click in the demo clinic only.')
  const seat = await ctx.database.withTenant(tenantId, (tx) => readStaff(tx, body.seatId))
  if (seat === undefined || !seat.active) throw new Problem('not_found', 'There is no such seat in the demo clinic.')
  const token = await ctx.database.beforeTenant(async (db) => {
    if (ctx.signedIn !== null) await deleteSession(db, ctx.signedIn.tokenHash)
    return startSession(ctx, db, { id: seat.id, tenantId }, true)
  })
  await auditSession(ctx, tenantId, seat.id, 'session.started')
  ctx.http.setSession(token)
  return { next: 'home' as const }
})

export const signOut = openAction(contract.session.signOut, async (ctx) => {
  const session = mustBeSignedIn(ctx.signedIn)
  await ctx.database.beforeTenant((db) => deleteSession(db, session.tokenHash))
  await auditSession(ctx, session.actor.tenantId, session.userId, 'session.ended')
  ctx.http.clearSession()
  return {}
})

export const lock = openAction(contract.session.lock, async (ctx) => {
  const session = mustBeSignedIn(ctx.signedIn)
  await ctx.database.beforeTenant((db) => updateSession(db, session.tokenHash, { locked_at: ctx.now }))
  await auditSession(ctx, session.actor.tenantId, session.userId, 'session.locked')
  return {}
})

export const unlock = openAction(contract.session.unlock, async (ctx, { body }) => {
  const session = mustBeSignedIn(ctx.signedIn)
  const opened = await ctx.database.beforeTenant(async (db) => {
    const user = await lockUser(db, session.userId)
    if (user?.lockedUntil && user.lockedUntil > ctx.now) return 'paused' as const
    // A demo seat has no password; everywhere else the lock opens with the person's own.
    const fits = session.demo || (await verifyPassword(body.password ?? '', user?.passwordHash ?? null))
    if (!fits) {
      if (user !== undefined) await countWrongTry(ctx, db, user)
      return 'wrong' as const
    }
    await updateSession(db, session.tokenHash, { locked_at: null, active_at: ctx.now })
    return 'open' as const
  })
  if (opened === 'paused')
    throw new Problem('too_many_requests', 'Too many wrong tries. Wait a few minutes and try again.')
  if (opened === 'wrong') throw wrong()
  await auditSession(ctx, session.actor.tenantId, session.userId, 'session.unlocked')
  return {}
})

export const touch = openAction(contract.session.touch, async () => ({}))

export const setUpSecondFactor = openAction(contract.session.setUpSecondFactor, async (ctx) => {
  const session = mustBeSignedIn(ctx.signedIn)
  if (session.secondFactorConfirmed && !session.secondFactor)
    throw new Problem('forbidden', 'Sign in with your code first.')
  const offer = newSecondFactor(session.email)
  const sealed = ctx.sealer.seal(offer.secret, session.userId)
  await ctx.database.beforeTenant((db) => updateUser(db, session.userId, { totp_secret: sealed }))
  await auditSession(ctx, session.actor.tenantId, session.userId, 'second_factor.offered')
  return offer
})

export const confirmSecondFactor = openAction(contract.session.confirmSecondFactor, async (ctx, { body }) => {
  const session = mustBeSignedIn(ctx.signedIn)
  const recovery = newRecoveryCodes()
  const confirmed = await ctx.database.beforeTenant(async (db) => {
    const user = await lockUser(db, session.userId)
    const step = user === undefined ? null : provenStep(ctx.sealer, user, body.code)
    if (step === null) return false
    await updateUser(db, session.userId, {
      totp_confirmed_at: ctx.now,
      totp_last_step: step,
      recovery_code_hashes: recovery.hashes,
    })
    await updateSession(db, session.tokenHash, { second_factor: true })
    return true
  })
  if (!confirmed) throw wrong()
  await auditSession(ctx, session.actor.tenantId, session.userId, 'second_factor.confirmed')
  return { recoveryCodes: recovery.codes }
})

/**
 * Seals with the first key what is kept in the clear or sealed by an older key, before anything is served.
 * @throws Error where a secret was sealed by a key that is not at hand
 */
export async function sealSecondFactors(database: Database, sealer: Sealer): Promise<void> {
  const left = await database.beforeTenant(async (db) => {
    const users = await lockUnsealed(db, sealer.mark)
    for (const { id, totpSecret } of users) {
      const secret = isSealed(totpSecret) ? sealer.open(totpSecret, id) : totpSecret
      await updateUser(db, id, { totp_secret: sealer.seal(secret, id) })
    }
    return users.length > 0
  })
  if (left) await sealSecondFactors(database, sealer)
}

export const list = action(contract.users.list, async ({ tx }) => ({ items: await listUsers(tx) }))

export const invite = action(contract.users.invite, async ({ tx, now, actor, touch }, { body }) => {
  // Nobody makes a second administrator alone: that seat is given on the command line (security.md SoD-4).
  if (body.roles.includes('admin'))
    throw new Problem('forbidden', 'An administrator is added on the command line: keepwell add-user.')
  const invited = await inviteUser(tx, { ...body, tenantId: actor.tenantId, now })
  touch({ subjectId: invited.id, detail: { roles: body.roles } })
  return { id: invited.id, invitation: invited.invitation, expiresAt: invited.expiresAt.toISOString() }
})

/** Makes a person with seats and a one-time invitation to choose a password; the token itself is not kept. */
export async function inviteUser(
  tx: Tx,
  person: { name: string; email: string; roles: Role[]; tenantId: string; now: Date },
): Promise<{ id: string; invitation: string; expiresAt: Date }> {
  const id = newId()
  const invitation = randomBytes(32).toString('base64url')
  const expiresAt = new Date(person.now.getTime() + invitationSeconds * 1000)
  await insertStaff(tx, {
    id,
    name: person.name,
    title: person.roles.map((role) => roleNames[role]).join(', '),
    roles: person.roles,
    now: person.now,
  })
  await insertUser(tx.db, { id, tenantId: person.tenantId, email: person.email, passwordHash: null, now: person.now })
  await tx.db
    .insertInto('auth.invitations')
    .values({ token_hash: sha256(invitation), user_id: id, created_at: person.now, expires_at: expiresAt })
    .execute()
  return { id, invitation, expiresAt }
}

export const acceptInvitation = openAction(contract.users.acceptInvitation, async (ctx, { body }) => {
  const hash = await hashPassword(body.password)
  const user = await ctx.database.beforeTenant(async (db) => {
    const invitation = await db
      .selectFrom('auth.invitations')
      .selectAll()
      .where('token_hash', '=', sha256(body.invitation))
      .forUpdate()
      .executeTakeFirst()
    if (invitation === undefined || invitation.used_at !== null || invitation.expires_at <= ctx.now) {
      throw new Problem(
        'not_found',
        'This invitation has been used or has run out. Ask your administrator for a new one.',
      )
    }
    const invited = found(await lockUser(db, invitation.user_id), 'This invitation is for nobody.')
    const fault = passwordFault(body.password, invited.email)
    if (fault !== null) throw new Problem('invalid_input', fault, [{ path: 'body.password', message: fault }])
    await updateUser(db, invited.id, { password_hash: hash })
    await db
      .updateTable('auth.invitations')
      .set({ used_at: ctx.now })
      .where('token_hash', '=', invitation.token_hash)
      .execute()
    return invited
  })
  await auditSession(ctx, user.tenantId, user.id, 'user.joined')
  return { email: user.email }
})

export const deactivate = action(contract.users.deactivate, async ({ tx, by, now, touch }, { params }) => {
  if (params.id === by) throw new Problem('same_person', 'Somebody else has to deactivate your own account.')
  found(await readStaff(tx, params.id), 'There is no such person.')
  await tx.db
    .updateTable('staff')
    .set({ active: false })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', params.id)
    .execute()
  await updateUser(tx.db, params.id, { deactivated_at: now })
  await deleteSessionsOf(tx.db, params.id)
  touch({ subjectId: params.id })
  return {}
})

/** The time step of a code that fits the account's authenticator; null where none is set up or the code does not fit. */
function provenStep(sealer: Sealer, { id, totpSecret, totpLastStep }: UserRow, code: string): number | null {
  return totpSecret === null ? null : fittingStep(sealer.open(totpSecret, id), code, totpLastStep)
}

function proveSecondFactor(
  sealer: Sealer,
  user: UserRow,
  code: string,
): { totp_last_step?: number; recovery_code_hashes?: string[] } | null {
  const step = provenStep(sealer, user, code)
  if (step !== null) return { totp_last_step: step }
  const hash = recoveryHash(code)
  if (!user.recoveryCodeHashes.includes(hash)) return null
  return { recovery_code_hashes: user.recoveryCodeHashes.filter((kept) => kept !== hash) }
}

async function countWrongTry(ctx: OpenCtx, db: Parameters<typeof updateUser>[0], user: UserRow): Promise<object> {
  const failedTries = user.failedTries + 1
  const pause = pauseSecondsAfter(failedTries)
  await updateUser(db, user.id, {
    failed_tries: failedTries,
    locked_until: pause === 0 ? null : new Date(ctx.now.getTime() + pause * 1000),
  })
  return {}
}

async function startSession(
  ctx: OpenCtx,
  db: Parameters<typeof insertSession>[0],
  user: { id: string; tenantId: string },
  secondFactor: boolean,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await insertSession(db, {
    tokenHash: sha256(token),
    userId: user.id,
    tenantId: user.tenantId,
    now: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + sessionSeconds * 1000),
    secondFactor,
  })
  return token
}

async function auditSession(ctx: OpenCtx, tenantId: string, userId: string, deed: string): Promise<void> {
  await ctx.database.withTenant(tenantId, async (tx) => {
    const staff = await readStaff(tx, userId)
    const actor: Actor = {
      id: userId,
      name: staff?.name ?? 'unknown',
      roles: staff?.roles ?? [],
      tenantId,
      system: false,
      clinic: { id: '', name: '', timeZone: 'UTC', phone: '' },
    }
    await appendAuditEvent(tx, {
      deed,
      endpoint: 'session',
      actor,
      outcome: 'done',
      at: ctx.now,
      source: ctx.http.ip,
      subjectId: userId,
    })
  })
}

async function demoOrganization(database: OpenCtx['database']): Promise<string | null> {
  return database.beforeTenant(async (db) => {
    const row = await db
      .selectFrom('auth.organizations')
      .select('id')
      .where('demo', '=', true)
      .limit(1)
      .executeTakeFirst()
    return row?.id ?? null
  })
}

function mustBeSignedIn(signedIn: SignedIn | null): SignedIn {
  assert(signedIn !== null, 'the server lets nobody here without a session')
  return signedIn
}
