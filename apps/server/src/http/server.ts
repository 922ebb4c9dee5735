import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifyRateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import { allEndpoints, type FileOut, type ProblemBody, problems, type Spec } from '@keepwell/contract'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { z } from 'zod'
import { type Handler, perform, permit, type Runner } from '../action/action.ts'
import type { OpenHandler, SignedIn } from '../action/open-action.ts'
import { parseInput } from '../action/parse-input.ts'
import { Problem } from '../kernel/problem.ts'
import { openApi } from './open-api.ts'
import type { SessionReader } from './session.ts'

export interface ServerParts {
  runner: Runner
  handlers: Record<string, Handler | OpenHandler>
  sessions: SessionReader
  /** The folder of the built web application; null serves the API alone. */
  webFolder: string | null
  /** Behind TLS: cookies are Secure and carry the __Host- prefix. */
  secure: boolean
  logLevel: string
  /** Requests a minute from one address to public endpoints. */
  publicRequestsPerMinute: number
}

/** The HTTP face of the contract: every endpoint is mounted from its entry, and nothing else is. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: 1024 * 1024,
    trustProxy: parts.secure,
    // Addresses and bodies carry names and ids of patients: the log keeps route patterns and outcomes only.
    logController: new LogController({ disableRequestLogging: true }),
    logger: { level: parts.logLevel, base: null },
    routerOptions: { maxParamLength: 100 },
  })
  await server.register(fastifyCookie)
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: parts.secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  })
  await server.register(fastifyRateLimit, { global: false })
  server.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))

  server.setErrorHandler((error, request, reply) => sendProblem(reply, request, problemOf(error)))
  server.addHook('onResponse', async (request, reply) => {
    request.log.info({
      route: request.routeOptions.url ?? 'unmatched',
      method: request.method,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    })
  })

  await server.register(
    async (api) => {
      for (const { name, spec } of allEndpoints()) {
        const handler = parts.handlers[name]
        if (handler === undefined) {
          server.log.error(`The contract names ${name}, and no handler answers it.`)
          continue
        }
        api.route({
          method: spec.method,
          url: spec.path,
          ...(spec.upload ? { bodyLimit: spec.upload.limitBytes + 1 } : {}),
          ...(spec.permission === 'public'
            ? { config: { rateLimit: { max: parts.publicRequestsPerMinute, timeWindow: 60_000 } } }
            : {}),
          handler: (request, reply) => answer(parts, name, spec, handler, request, reply),
        })
      }
      api.get('/openapi.json', async (_request, reply) => reply.send(openApi()))
      api.get('/health', async (_request, reply) => {
        await parts.runner.database.beforeTenant(async (db) =>
          db.selectFrom('auth.organizations').select('id').limit(1).execute(),
        )
        return reply.send({ status: 'ok' })
      })
      api.setNotFoundHandler((request, reply) =>
        sendProblem(reply, request, new Problem('not_found', 'The API has no such address.')),
      )
    },
    { prefix: '/api' },
  )
  await serveWeb(server, parts.webFolder)
  return server
}

async function serveWeb(server: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null) return
  await server.register(fastifyStatic, {
    root: folder,
    setHeaders: (reply, path) => {
      // Built files carry their hash in the name; the page itself must never be an old one.
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store')
    },
  })
  server.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
      return reply.header('cache-control', 'no-store').sendFile('index.html')
    }
    return sendProblem(reply, request, new Problem('not_found', 'There is nothing at this address.'))
  })
}

async function answer(
  parts: ServerParts,
  name: string,
  spec: Spec,
  handler: Handler | OpenHandler,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  checkOrigin(request)
  const token = request.cookies[cookieName(parts)] ?? null
  const signedIn = await admitted(parts, spec, token)
  const source = request.ip
  // Who may not do it learns nothing of how it would be asked: permission comes before the input is read.
  if (handler.kind !== 'open' && signedIn !== null)
    await permit(parts.runner, handler, signedIn.actor, { name, input: {}, source })
  const input = inputOf(spec, request)
  reply.header('cache-control', 'no-store')
  if (handler.kind === 'open') {
    const output = await handler.run(
      {
        database: parts.runner.database,
        clock: parts.runner.clock,
        sealer: parts.runner.sealer,
        now: parts.runner.clock.now(),
        signedIn,
        http: {
          ip: source,
          sessionToken: token,
          setSession: (fresh) => reply.setCookie(cookieName(parts), fresh, cookieOptions(parts)),
          clearSession: () =>
            reply.clearCookie(cookieName(parts), cookieOptions(parts)).header('clear-site-data', '"cache", "storage"'),
        },
      },
      input as never,
    )
    if (token !== null) parts.sessions.forget(token)
    return send(reply, spec, output)
  }
  if (signedIn === null) throw new Problem('not_signed_in', 'Sign in to go on.')
  const key = request.headers['idempotency-key']
  const output = await perform(parts.runner, handler, signedIn.actor, {
    name,
    input,
    source,
    idempotencyKey: typeof key === 'string' && key.length <= 100 ? key : undefined,
    dryRun: (request.query as Record<string, unknown> | undefined)?.dry_run === 'true',
  })
  return send(reply, spec, output)
}

async function admitted(parts: ServerParts, spec: Spec, token: string | null): Promise<SignedIn | null> {
  const now = parts.runner.clock.now()
  const signedIn = token === null ? null : await parts.sessions.read(token, now, spec.background !== true)
  if (spec.permission === 'public') return signedIn
  if (signedIn === null) throw new Problem('not_signed_in', 'Sign in to go on.')
  if (signedIn.locked && !spec.worksLocked) {
    throw new Problem(
      'session_locked',
      'The screen was locked after a while without use. Unlock it to go on; what you typed is still there.',
    )
  }
  // A session without a second factor may set one up and nothing else.
  if (!signedIn.secondFactor && !spec.path.startsWith('/session')) {
    throw new Problem('second_factor_setup_needed', 'Set up an authenticator app first; then everything opens.')
  }
  return signedIn
}

/** A browser names the origin of every unsafe request; another site's is refused. Cookies are SameSite besides. */
function checkOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const foreign =
    origin !== undefined ? !sameHost(origin, host) : site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreign) throw new Problem('wrong_origin', 'This request came from another site and was not carried out.')
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

function inputOf(spec: Spec, request: FastifyRequest): Record<string, unknown> {
  const input = parseInput(spec, {
    params: request.params,
    query: withoutDryRun(request.query),
    body: spec.upload === undefined ? request.body : undefined,
  })
  if (spec.upload === undefined) return input
  const length = Number(request.headers['content-length'] ?? 0)
  if (length > spec.upload.limitBytes) throw tooLarge(spec.upload.limitBytes)
  return { ...input, file: limited(request.body as AsyncIterable<Uint8Array> | undefined, spec.upload.limitBytes) }
}

async function* limited(file: AsyncIterable<Uint8Array> | undefined, limitBytes: number): AsyncGenerator<Uint8Array> {
  if (file === undefined || file === null || typeof file[Symbol.asyncIterator] !== 'function') {
    throw new Problem('bad_request', 'Send the file itself, with the content type application/octet-stream.')
  }
  let received = 0
  for await (const chunk of file) {
    received += chunk.length
    if (received > limitBytes) throw tooLarge(limitBytes)
    yield chunk
  }
}

function tooLarge(limitBytes: number): Problem {
  return new Problem(
    'too_large',
    `The file is larger than ${Math.floor(limitBytes / 1024 / 1024)} MB, the most that this page takes. Nothing was stored.`,
  )
}

function withoutDryRun(query: unknown): unknown {
  if (query === null || typeof query !== 'object') return query
  const { dry_run: _, ...rest } = query as Record<string, unknown>
  return rest
}

function send(reply: FastifyReply, spec: Spec, output: unknown): FastifyReply {
  if (spec.output === 'file') {
    const file = output as FileOut
    // Quoted and encoded: a file name never ends the header.
    const name = encodeURIComponent(file.name)
    return reply
      .header('content-type', file.mediaType)
      .header('content-disposition', `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
      .send(Buffer.from(file.bytes))
  }
  // Only what the contract declares leaves: an undeclared field is stripped here, whatever a view selected.
  return reply.send(z.parse(spec.output, output))
}

function problemOf(error: unknown): Problem | Error {
  if (error instanceof Problem) return error
  const { statusCode, code } = error as { statusCode?: number; code?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413)
    return new Problem('too_large', 'The request is larger than this address takes. Nothing was stored.')
  if (statusCode === 429)
    return new Problem('too_many_requests', 'Too many tries from here. Wait a minute and try again.')
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError)
    return new Problem('bad_request', `The request is not valid JSON: ${(error as Error).message}`)
  if (statusCode === 415)
    return new Problem('bad_request', 'The request has a content type that this address does not take.')
  if (statusCode === 400) return new Problem('bad_request', 'The request could not be read.')
  return error as Error
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, error: Problem | Error): FastifyReply {
  const code = error instanceof Problem ? error.code : 'internal'
  if (!(error instanceof Problem)) {
    // The database's own message may quote a row: its name, code and place in our code are enough to find the fault.
    const { code: sqlState } = error as { code?: string }
    request.log.error({ name: error.name, sqlState, stack: sqlState === undefined ? error.stack : undefined })
  }
  const { status, title } = problems[code]
  const body: ProblemBody = {
    type: `https://keepwell.dev/problems/${code}`,
    code,
    status,
    title,
    detail:
      error instanceof Problem
        ? error.message
        : 'Nothing was changed. Try again; if it happens once more, tell your administrator the time.',
    ...(error instanceof Problem && error.faults.length > 0 ? { faults: error.faults } : {}),
  }
  return reply
    .status(status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body))
}

function cookieName(parts: ServerParts): string {
  return parts.secure ? '__Host-keepwell' : 'keepwell'
}

function cookieOptions(parts: ServerParts) {
  return { path: '/', httpOnly: true, sameSite: 'strict' as const, secure: parts.secure }
}
