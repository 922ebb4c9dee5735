import { type AnyEndpoint, type FileOut, type ProblemBody, problems, type Typed } from '@keepwell/contract'
import { safeParse } from 'zod/v4/core'
import { ProblemError } from './problem.ts'

export interface CallOptions {
  /** Sent with a write: repeating the call with the same key does the deed once. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** The server decides and answers as it would, and keeps nothing. */
  dryRun?: boolean
}

/** What an input holds at run time; the contract's types say which of these an endpoint has. */
interface Sent {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  file?: Blob | Uint8Array<ArrayBuffer>
}

/** Told when an answer says that nobody is signed in, or that the screen is locked. */
type SessionNews = 'signed_out' | 'locked'
const listeners = new Set<(news: SessionNews) => void>()

/** Hears of the end or the lock of the session from any answer; the result stops listening. */
export function onSessionNews(listener: (news: SessionNews) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The address of an endpoint with its parameters and query filled in, below `/api`. */
export function addressOf(endpoint: AnyEndpoint, input: unknown): string {
  const { params = {}, query = {} } = sent(input)
  const path = endpoint.spec.path.replace(/:([A-Za-z]+)/g, (_whole, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${endpoint.spec.path} needs ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return `/api${path}${text === '' ? '' : `?${text}`}`
}

/** The address of a file of the server, for a link, a frame or an image. */
export function fileUrl<I, S>(endpoint: Typed<I, S, FileOut>, input: S): string {
  return addressOf(endpoint, input)
}

/**
 * Calls an endpoint of the contract and answers what it answers.
 * @throws ProblemError for every refusal and failure; an aborted call rejects with the signal's reason.
 */
export async function call<I, S, O>(endpoint: Typed<I, S, O>, input: S, options: CallOptions = {}): Promise<O> {
  const { spec } = endpoint
  const response = await send(endpoint, input, options)
  if (!response.ok) throw await problemOf(response)
  if (spec.output === 'file') return (await fileOf(response)) as O
  const answer: unknown = await response.json().catch(() => undefined)
  if (answer === undefined) throw unreadable(response.status)
  // The server has put the answer through the contract's schema. The check is repeated while developing and
  // testing; the built application carries no schemas (see vite.config.ts).
  if (import.meta.env.DEV && !safeParse(spec.output, answer).success) throw unreadable(response.status)
  return answer as O
}

function unreadable(status: number): ProblemError {
  return new ProblemError({
    code: 'unreadable_answer',
    status,
    title: 'The answer could not be read',
    detail: 'The server answered in a way this page does not know.',
  })
}

async function send(endpoint: AnyEndpoint, input: unknown, options: CallOptions): Promise<Response> {
  const { body, file } = sent(input)
  const headers = new Headers({ accept: 'application/json' })
  let content: BodyInit | null = null
  if (file !== undefined) {
    headers.set('content-type', 'application/octet-stream')
    content = file
  } else if (body !== undefined) {
    headers.set('content-type', 'application/json')
    content = JSON.stringify(body)
  }
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey)
  try {
    const address = addressOf(endpoint, input)
    return await fetch(options.dryRun ? `${address}${address.includes('?') ? '&' : '?'}dry_run=true` : address, {
      method: endpoint.spec.method,
      headers,
      body: content,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: options.signal ?? null,
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ProblemError({
      code: 'unreachable',
      status: 0,
      title: 'The server cannot be reached',
      detail: 'Keepwell could not be reached.',
    })
  }
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined)
  const problem = isProblem(body)
    ? new ProblemError(body)
    : new ProblemError({
        code: response.status === 404 ? 'not_found' : 'internal',
        status: response.status,
        title: problems.internal.title,
        detail:
          response.status === 404 ? 'The server does not know this address.' : 'Something went wrong on our side.',
      })
  if (problem.code === 'not_signed_in') for (const tell of listeners) tell('signed_out')
  if (problem.code === 'session_locked') for (const tell of listeners) tell('locked')
  return problem
}

function isProblem(body: unknown): body is ProblemBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    body.code in problems &&
    'detail' in body &&
    typeof body.detail === 'string'
  )
}

async function fileOf(response: Response): Promise<FileOut> {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="([^"]*)"/i.exec(disposition)?.[1]
  return {
    name: encoded !== undefined ? decodeURIComponent(encoded) : (plain ?? 'file'),
    mediaType: response.headers.get('content-type') ?? 'application/octet-stream',
    bytes: new Uint8Array(await response.arrayBuffer()),
  }
}

/** The edge where a typed input becomes the parts of a request. */
function sent(input: unknown): Sent {
  return typeof input === 'object' && input !== null ? (input as Sent) : {}
}
