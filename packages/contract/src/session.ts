import { z } from 'zod'
import { roles } from './access.ts'
import { endpoint } from './endpoint.ts'
import { Empty, Id, Instant, Name } from './models.ts'

export const Session = z.object({
  person: z.object({ id: Id, name: z.string(), email: z.string(), roles: z.array(z.enum(roles)) }),
  organization: z.string(),
  clinic: z.object({ id: Id, name: z.string(), timeZone: z.string(), phone: z.string() }),
  permissions: z.array(z.string()),
  /** True when idle too long: nothing but unlocking, signing out and a running timer's heartbeat works. */
  locked: z.boolean(),
  idleLockSeconds: z.int(),
  /** The server's clock: in the demo it stands in the demo's time and the screen says so. */
  now: Instant,
  demo: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const Seat = z.object({ id: Id, name: z.string(), title: z.string(), roles: z.array(z.enum(roles)) })

const Password = z.string().min(1).max(128)
const Code = z.string().regex(/^\d{6}$/, 'Six digits.')

export const session = {
  get: endpoint({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    permission: 'signed_in',
    audit: null,
    phi: false,
    worksLocked: true,
    background: true,
    errors: ['not_signed_in'],
    output: Session,
  }),
  /** What the sign-in page shows before anybody has signed in. */
  welcome: endpoint({
    method: 'GET',
    path: '/welcome',
    summary: 'Whether this is the demo, and its seats',
    permission: 'public',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({
      demo: z.boolean(),
      store: z.enum(['embedded', 'postgresql']),
      now: Instant,
      timeZone: z.string().nullable(),
      seats: z.array(Seat),
    }),
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    summary: 'Sign in with e-mail, password and a code',
    permission: 'public',
    audit: 'session.started',
    phi: false,
    errors: ['wrong_sign_in', 'second_factor_needed', 'too_many_requests'],
    body: z.object({
      email: z.string().trim().max(254),
      password: Password,
      code: z.string().trim().max(20).optional(),
    }),
    output: z.object({ next: z.enum(['home', 'set_up_second_factor']) }),
  }),
  stepIn: endpoint({
    method: 'POST',
    path: '/session/seat',
    summary: 'Step into a seat of the demo clinic',
    permission: 'public',
    audit: 'session.started',
    phi: false,
    errors: ['not_in_demo', 'not_found'],
    body: z.object({ seatId: Id }),
    output: z.object({ next: z.enum(['home']) }),
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    permission: 'signed_in',
    audit: 'session.ended',
    phi: false,
    worksLocked: true,
    errors: [],
    output: Empty,
  }),
  lock: endpoint({
    method: 'POST',
    path: '/session/lock',
    summary: 'Lock the screen now; a running timer goes on',
    permission: 'signed_in',
    audit: 'session.locked',
    phi: false,
    errors: [],
    output: Empty,
  }),
  unlock: endpoint({
    method: 'POST',
    path: '/session/unlock',
    summary: 'Unlock with the password',
    permission: 'signed_in',
    audit: 'session.unlocked',
    phi: false,
    worksLocked: true,
    errors: ['wrong_sign_in', 'too_many_requests'],
    body: z.object({ password: Password.optional() }),
    output: Empty,
  }),
  /** Says that the person is at work, so that reading a long page does not lock it. */
  touch: endpoint({
    method: 'POST',
    path: '/session/activity',
    summary: 'The person is active',
    permission: 'signed_in',
    audit: null,
    unaudited: 'Says only that keys were pressed; holds no deed.',
    phi: false,
    errors: [],
    output: Empty,
  }),
  setUpSecondFactor: endpoint({
    method: 'POST',
    path: '/session/second-factor',
    summary: 'Make a secret for an authenticator app',
    permission: 'signed_in',
    audit: 'second_factor.offered',
    phi: false,
    errors: [],
    output: z.object({ secret: z.string(), uri: z.string() }),
  }),
  confirmSecondFactor: endpoint({
    method: 'POST',
    path: '/session/second-factor/confirmation',
    summary: 'Prove the authenticator with a code',
    permission: 'signed_in',
    audit: 'second_factor.confirmed',
    phi: false,
    errors: ['wrong_sign_in', 'too_many_requests'],
    body: z.object({ code: Code }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
}

export const users = {
  list: endpoint({
    method: 'GET',
    path: '/users',
    summary: 'People who can sign in',
    permission: 'user:manage',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({
      items: z.array(
        z.object({
          id: Id,
          name: z.string(),
          email: z.string(),
          roles: z.array(z.enum(roles)),
          active: z.boolean(),
          secondFactor: z.boolean(),
          lastSeenAt: Instant.nullable(),
        }),
      ),
    }),
  }),
  invite: endpoint({
    method: 'POST',
    path: '/users',
    summary: 'Add a person; answers a one-time link to choose a password',
    permission: 'user:manage',
    audit: 'user.invited',
    phi: false,
    idempotent: true,
    errors: ['conflict', 'forbidden'],
    body: z.object({ name: Name, email: z.email(), roles: z.array(z.enum(roles)).min(1) }),
    output: z.object({ id: Id, invitation: z.string(), expiresAt: Instant }),
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    path: '/invitations/acceptance',
    summary: 'Choose a password with an invitation',
    permission: 'public',
    audit: 'user.joined',
    phi: false,
    errors: ['not_found', 'invalid_input', 'too_many_requests'],
    body: z.object({
      invitation: z.string().max(200),
      password: z.string().min(12, 'At least 12 characters.').max(128),
    }),
    output: z.object({ email: z.string() }),
  }),
  deactivate: endpoint({
    method: 'POST',
    path: '/users/:id/deactivation',
    summary: 'Stop a person from signing in, at once',
    permission: 'user:manage',
    audit: 'user.deactivated',
    phi: false,
    errors: ['not_found', 'same_person'],
    params: z.object({ id: Id }),
    output: Empty,
  }),
}
