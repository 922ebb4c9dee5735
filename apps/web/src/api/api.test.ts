import { contract } from '@keepwell/contract'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addressOf, call, onSessionNews } from './client.ts'
import { faultsByField, ProblemError, plainProblem } from './problem.ts'
import { intentionFor } from './query.ts'
import { steadySkew } from './session.tsx'

afterEach(() => vi.unstubAllGlobals())

function answer(body: unknown, status = 200) {
  const asked = vi.fn(async (_address: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', asked)
  return asked
}
const problem = (code: string, status: number, detail: string) => ({
  type: 'about:blank',
  code,
  status,
  title: '',
  detail,
})

describe('an address of the server', () => {
  test('escapes ids and leaves empty filters out', () => {
    const input = { params: { patientId: 'a/b' }, query: { language: 'es', practitionerId: undefined } }
    expect(addressOf(contract.consents.form, input)).toBe('/api/patients/a%2Fb/consent-form?language=es')
  })

  test('is refused when an id is missing', () => {
    expect(() => addressOf(contract.consents.form, {})).toThrow('patientId')
  })
})

describe('a call', () => {
  test('carries its key and its body as JSON', async () => {
    const asked = answer({ next: 'home' })
    await call(contract.session.stepIn, { body: { seatId: 'x' } }, { idempotencyKey: 'key-1' })
    const init = asked.mock.calls[0]?.[1]
    expect(new Headers(init?.headers).get('idempotency-key')).toBe('key-1')
    expect(init?.body).toBe('{"seatId":"x"}')
  })

  test('sends the bytes of a scan as they are', async () => {
    const asked = answer({}, 500)
    const scan = new Blob(['%PDF-1.7'])
    const upload = {
      params: { patientId: 'p' },
      query: { name: 'a b.pdf', kind: 'consent_scan' as const },
      file: scan,
    }
    await expect(call(contract.documents.upload, upload)).rejects.toBeInstanceOf(ProblemError)
    expect(asked.mock.calls[0]?.[0]).toBe('/api/patients/p/documents?name=a+b.pdf&kind=consent_scan')
    expect(asked.mock.calls[0]?.[1].body).toBe(scan)
    expect(new Headers(asked.mock.calls[0]?.[1].headers).get('content-type')).toBe('application/octet-stream')
  })

  test('asks for a dry run without touching the other filters', async () => {
    const asked = answer({}, 404)
    const list = call(contract.users.list, {}, { dryRun: true })
    await expect(list).rejects.toMatchObject({ code: 'not_found' })
    expect(asked.mock.calls[0]?.[0]).toBe('/api/users?dry_run=true')
  })

  test('tells the shell when the screen was locked, and the page its sentence', async () => {
    answer(problem('session_locked', 423, 'Locked after a while.'), 423)
    const heard: string[] = []
    const stop = onSessionNews((news) => heard.push(news))
    await expect(call(contract.users.list, {})).rejects.toMatchObject({ code: 'session_locked', status: 423 })
    stop()
    expect(heard).toEqual(['locked'])
  })

  test('does not take a wrong password for the end of the session', async () => {
    answer(problem('wrong_sign_in', 401, 'Not right.'), 401)
    const heard: string[] = []
    const stop = onSessionNews((news) => heard.push(news))
    await expect(call(contract.session.unlock, { body: { password: 'x' } })).rejects.toMatchObject({
      code: 'wrong_sign_in',
    })
    stop()
    expect(heard).toEqual([])
  })

  test('says so when the answer is not what this page knows', async () => {
    answer({ items: [{ id: 'no uuid' }] })
    await expect(call(contract.users.list, {})).rejects.toMatchObject({ code: 'unreadable_answer' })
  })

  test('says what is kept when the network is gone', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    const error = await call(contract.users.list, {}).catch((cause: unknown) => cause)
    expect(plainProblem(error)).toEqual({
      what: 'Keepwell could not be reached.',
      kept: 'What you entered is still here.',
      next: 'Check the network, then try again. Trying again does it once, not twice.',
    })
  })
})

describe('pressing a button twice', () => {
  const input = { params: { id: '1' }, body: { reason: 'Moves away' } }

  test('repeats the same intention while it is open', () => {
    const first = intentionFor(null, input)
    expect(intentionFor(first, { ...input }).key).toBe(first.key)
  })

  test('is a new intention when anything was changed', () => {
    const first = intentionFor(null, input)
    expect(intentionFor(first, { ...input, body: { reason: 'Other' } }).key).not.toBe(first.key)
    expect(intentionFor(first, { ...input, file: new Blob(['x']) }).key).not.toBe(first.key)
  })
})

test('each fault of a form stands at its field, the first one only', () => {
  const refused = new ProblemError({
    code: 'invalid_input',
    status: 422,
    title: '',
    detail: '',
    faults: [
      { path: 'body.email', message: 'Not an e-mail.' },
      { path: 'body.email', message: 'Again.' },
    ],
  })
  expect(faultsByField(refused)).toEqual({ email: 'Not an e-mail.' })
})

describe("the server's clock", () => {
  /** An answer that was 100 ms on the way to the server and some time on the way back. */
  const told = (receivedAt: number, skew: number, back: number) => ({
    sentAt: receivedAt - back - 100,
    serverAt: receivedAt - back + skew,
    receivedAt,
  })

  test('is behind by the way of the quickest answer, and a slow one does not take it back', () => {
    const first = steadySkew(null, told(1000, 5000, 700))
    const second = steadySkew(first, told(31_000, 5000, 50))
    const third = steadySkew(second, told(61_000, 5000, 2900))
    expect([first, second, third]).toEqual([4300, 4950, 4950])
  })

  test('is measured anew where one of the clocks was set, forward or back', () => {
    expect(steadySkew(4950, told(31_000, 65_000, 50))).toBe(64_950)
    expect(steadySkew(4950, told(31_000, 2000, 50))).toBe(1950)
  })
})
