import { contract, type SendOf, type Spec } from '@keepwell/contract'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'
import { isSealed, keyBytes, Sealer } from '../../kernel/sealer.ts'
import { sealSecondFactors } from './index.ts'

const password = 'a long walk by the river'

let story: Story
beforeAll(async () => {
  story = await openStory()
  // The phone in her hand keeps the world's time; here it stands still, so that a code has one known step.
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(async () => {
  vi.useRealTimers()
  await story.close()
})

/** The time passes for everybody: on the phone and in the clinic. */
function minutePasses(): void {
  vi.setSystemTime(Date.now() + 60_000)
  story.clock.advanceSeconds(60)
}

/** A browser of its own: keeps the cookie that the server sets. */
function browser() {
  let cookie = ''
  return {
    cookie: () => cookie,
    async call<E extends { readonly spec: Spec }>(endpoint: E, input: SendOf<E>) {
      const { spec } = endpoint
      const given = input as { params?: Record<string, string>; body?: unknown }
      const answer = await story.server.inject({
        method: spec.method,
        url: `/api${spec.path.replace(/:(\w+)/g, (_, name: string) => given.params?.[name] ?? '')}`,
        headers: {
          host: 'keepwell.test',
          origin: 'http://keepwell.test',
          ...(cookie === '' ? {} : { cookie }),
          ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(given.body === undefined ? {} : { payload: JSON.stringify(given.body) }),
      })
      const set = answer.headers['set-cookie']
      if (set !== undefined) cookie = String(set).split(';')[0] ?? ''
      return {
        status: answer.statusCode,
        body: answer.json() as Record<string, unknown> & { code?: string },
        headers: answer.headers,
      }
    },
  }
}

async function invited(email: string) {
  const invitation = await story
    .as('alex')
    .does(contract.users.invite, { body: { name: 'Priya Nair', email, roles: ['care_manager'] } })
  return invitation
}

/** Priya joins: chooses her password, signs in and proves her authenticator. */
async function joined(email: string) {
  const { id, invitation } = await invited(email)
  const her = browser()
  await her.call(contract.users.acceptInvitation, { body: { invitation, password } })
  await her.call(contract.session.signIn, { body: { email, password } })
  const { body } = await her.call(contract.session.setUpSecondFactor, {})
  const secret = String(body.secret)
  const code = () => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) })
  const confirmed = await her.call(contract.session.confirmSecondFactor, { body: { code: code() } })
  return { id, her, secret, code, recoveryCodes: confirmed.body.recoveryCodes as string[] }
}

describe('joining', () => {
  test('an invitation opens once, and then sign-in asks for an authenticator before anything else', async () => {
    const email = 'priya@riverside.example'
    const { invitation } = await invited(email)
    const her = browser()
    expect((await her.call(contract.users.acceptInvitation, { body: { invitation, password } })).status).toBe(200)
    expect((await her.call(contract.users.acceptInvitation, { body: { invitation, password } })).body.code).toBe(
      'not_found',
    )
    expect((await her.call(contract.session.signIn, { body: { email, password } })).body).toEqual({
      next: 'set_up_second_factor',
    })
    expect((await her.call(contract.clinics.get, {})).body.code).toBe('second_factor_setup_needed')
  })

  test('an invitation runs out after three days', async () => {
    const { invitation } = await invited('late@riverside.example')
    story.clock.advanceSeconds(72 * 3600)
    expect((await browser().call(contract.users.acceptInvitation, { body: { invitation, password } })).body.code).toBe(
      'not_found',
    )
    story.clock.set('2026-11-03T14:12:00Z')
  })

  test.each(['short', 'priyapriyapriya', 'aaaaaaaaaaaaaa'])(
    'the password %s is refused with its place',
    async (weak) => {
      const { invitation } = await invited(`priya@${weak.length}.example`)
      const answer = await browser().call(contract.users.acceptInvitation, { body: { invitation, password: weak } })
      expect(answer.body).toMatchObject({ code: 'invalid_input' })
      expect(JSON.stringify(answer.body.faults)).toContain('password')
    },
  )

  test('the same e-mail is not given out twice, and nobody invites an administrator from a page', async () => {
    const email = 'twice@riverside.example'
    await invited(email)
    expect(
      (
        await story
          .as('alex')
          .isRefused(contract.users.invite, { body: { name: 'Other', email: email.toUpperCase(), roles: ['biller'] } })
      ).code,
    ).toBe('conflict')
    expect(
      (
        await story
          .as('alex')
          .isRefused(contract.users.invite, { body: { name: 'Other', email: 'a@riverside.example', roles: ['admin'] } })
      ).code,
    ).toBe('forbidden')
  })
})

describe('the secret of an authenticator', () => {
  const keptOf = (id: string) =>
    story.database.beforeTenant(async (db) => {
      const row = await db.selectFrom('auth.users').select('totp_secret').where('id', '=', id).executeTakeFirstOrThrow()
      return row.totp_secret ?? ''
    })
  const keep = (id: string, secret: string) =>
    story.database.beforeTenant(async (db) => {
      await db.updateTable('auth.users').set({ totp_secret: secret }).where('id', '=', id).execute()
    })
  const signsIn = async (email: string, code: string) =>
    (await browser().call(contract.session.signIn, { body: { email, password, code } })).body

  test('is sealed for its account before it is kept', async () => {
    const email = 'sealed@riverside.example'
    const { id, secret, code } = await joined(email)
    expect(isSealed(await keptOf(id))).toBe(true)
    expect(await keptOf(id)).not.toContain(secret)
    expect(story.app.runner.sealer.open(await keptOf(id), id)).toBe(secret)
    const other = await joined('copied@riverside.example')
    minutePasses()
    await keep(other.id, await keptOf(id))
    expect((await signsIn('copied@riverside.example', code())).code, 'the secret of another account').toBe('internal')
    expect(await signsIn(email, code())).toEqual({ next: 'home' })
    await keep(other.id, story.app.runner.sealer.seal(other.secret, other.id))
  })

  test('that an earlier version kept in the clear, or an older key sealed, is sealed anew at the start', async () => {
    const email = 'clear@riverside.example'
    const { id, secret, code } = await joined(email)
    const { sealer } = story.app.runner
    await keep(id, secret)
    await sealSecondFactors(story.database, sealer)
    expect((await keptOf(id)).startsWith(sealer.mark)).toBe(true)
    minutePasses()
    expect(await signsIn(email, code())).toEqual({ next: 'home' })

    const older = new Sealer([Buffer.alloc(keyBytes, 7)])
    await keep(id, older.seal(secret, id))
    await expect(sealSecondFactors(story.database, sealer)).rejects.toThrow('a key that is not at hand')
    expect(older.open(await keptOf(id), id), 'what cannot be opened stays as it is').toBe(secret)
    const newer = new Sealer([Buffer.alloc(keyBytes, 8), Buffer.alloc(keyBytes, 7)])
    await keep(id, older.seal(secret, id))
    await story.database.beforeTenant((db) =>
      db.updateTable('auth.users').set({ totp_secret: null }).where('id', '!=', id).execute(),
    )
    await sealSecondFactors(story.database, newer)
    expect((await keptOf(id)).startsWith(newer.mark)).toBe(true)
    expect(newer.open(await keptOf(id), id)).toBe(secret)
  })
})

describe('signing in', () => {
  test('asks for the code, takes it once, and opens the clinic', async () => {
    const email = 'two@riverside.example'
    const { code } = await joined(email)
    minutePasses()
    const her = browser()
    expect((await her.call(contract.session.signIn, { body: { email, password } })).body.code).toBe(
      'second_factor_needed',
    )
    const now = code()
    expect((await her.call(contract.session.signIn, { body: { email, password, code: now } })).body).toEqual({
      next: 'home',
    })
    expect((await her.call(contract.clinics.get, {})).status).toBe(200)
    expect((await browser().call(contract.session.signIn, { body: { email, password, code: now } })).body.code).toBe(
      'wrong_sign_in',
    )
  })

  test('a recovery code works once', async () => {
    const email = 'lost@riverside.example'
    const { recoveryCodes } = await joined(email)
    const [code = ''] = recoveryCodes
    expect(recoveryCodes).toHaveLength(10)
    expect((await browser().call(contract.session.signIn, { body: { email, password, code } })).body).toEqual({
      next: 'home',
    })
    expect((await browser().call(contract.session.signIn, { body: { email, password, code } })).body.code).toBe(
      'wrong_sign_in',
    )
  })

  test('a wrong password and an unknown e-mail look the same, and after five tries the account rests', async () => {
    const email = 'tries@riverside.example'
    await joined(email)
    const wrong = await browser().call(contract.session.signIn, { body: { email, password: 'not this one at all' } })
    const nobody = await browser().call(contract.session.signIn, {
      body: { email: 'nobody@riverside.example', password: 'not this one at all' },
    })
    expect(wrong.body).toEqual(nobody.body)
    for (let attempt = 0; attempt < 4; attempt++)
      await browser().call(contract.session.signIn, { body: { email, password: 'not this one at all' } })
    expect((await browser().call(contract.session.signIn, { body: { email, password } })).body.code).toBe(
      'too_many_requests',
    )
    story.clock.advanceSeconds(31)
    expect((await browser().call(contract.session.signIn, { body: { email, password } })).body.code).toBe(
      'second_factor_needed',
    )
  })

  test('outside the demo no seat opens with a click', async () => {
    expect((await browser().call(contract.session.stepIn, { body: { seatId: story.as('rosa').id } })).body.code).toBe(
      'not_in_demo',
    )
    expect((await browser().call(contract.session.welcome, {})).body).toMatchObject({ demo: false, seats: [] })
  })

  test('the cookie is kept from scripts and other sites, and only its hash is stored', async () => {
    const her = browser()
    const email = 'cookie@riverside.example'
    const { invitation } = await invited(email)
    await her.call(contract.users.acceptInvitation, { body: { invitation, password } })
    const { headers } = await her.call(contract.session.signIn, { body: { email, password } })
    expect(String(headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/)
    const token = her.cookie().split('=')[1]
    const { rows } = await story.database.ownerPool.query(
      'select token_hash from auth.sessions where token_hash = $1',
      [token],
    )
    expect(rows).toEqual([])
  })
})

describe('locking', () => {
  test('fourteen minutes idle are open, fifteen are locked, and the password opens again', async () => {
    const email = 'idle@riverside.example'
    const { her } = await joined(email)
    story.clock.advanceSeconds(15 * 60 - 1)
    expect((await her.call(contract.clinics.get, {})).status).toBe(200)
    story.clock.advanceSeconds(15 * 60)
    expect((await her.call(contract.clinics.get, {})).body.code).toBe('session_locked')
    expect((await her.call(contract.session.get, {})).body).toMatchObject({ locked: true })
    expect((await her.call(contract.session.unlock, { body: { password: 'wrong password' } })).body.code).toBe(
      'wrong_sign_in',
    )
    expect((await her.call(contract.session.unlock, { body: { password } })).status).toBe(200)
    expect((await her.call(contract.clinics.get, {})).status).toBe(200)
  })

  test('asking who is signed in does not hold off the lock', async () => {
    const { her } = await joined('poll@riverside.example')
    for (let minute = 0; minute < 16; minute++) {
      minutePasses()
      await her.call(contract.session.get, {})
    }
    expect((await her.call(contract.clinics.get, {})).body.code).toBe('session_locked')
  })

  test('a session ends after twelve hours, however busy', async () => {
    const { her } = await joined('busy@riverside.example')
    for (let hour = 0; hour < 12 * 5; hour++) {
      story.clock.advanceSeconds(12 * 60)
      if (hour < 59) expect((await her.call(contract.session.touch, {})).status).toBe(200)
    }
    expect((await her.call(contract.clinics.get, {})).body.code).toBe('not_signed_in')
  })

  test('signing out ends the session on the server', async () => {
    const { her } = await joined('out@riverside.example')
    const kept = her.cookie()
    await her.call(contract.session.signOut, {})
    const answer = await story.server.inject({ method: 'GET', url: '/api/clinic', headers: { cookie: kept } })
    expect(answer.statusCode).toBe(401)
  })

  test('a deactivated person is out on the next request, and cannot sign in', async () => {
    const email = 'gone@riverside.example'
    const { id, her } = await joined(email)
    await story.as('alex').does(contract.users.deactivate, { params: { id } })
    story.clock.advanceSeconds(3)
    expect((await her.call(contract.clinics.get, {})).body.code).toBe('not_signed_in')
    expect((await browser().call(contract.session.signIn, { body: { email, password } })).body.code).toBe(
      'wrong_sign_in',
    )
    expect(
      (await story.as('alex').isRefused(contract.users.deactivate, { params: { id: story.as('alex').id } })).code,
    ).toBe('same_person')
  })
})
