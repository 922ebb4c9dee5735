import type { EligibilityService } from './eligibility-service.ts'

export interface EligibilityHttpOptions {
  /** The clearinghouse's address: HTTPS, and nothing but this address is ever asked. */
  url: string
  /** Sent as the Authorization header, such as `Bearer …`; comes from the environment, never from the database. */
  authorization?: string | undefined
  /** How long the desk waits at most. */
  timeoutMilliseconds?: number
  fetch?: typeof fetch
}

/** A 271 about one patient is a few kilobytes; a megabyte is somebody else's page. */
const answerBytesAtMost = 1024 * 1024

/**
 * Asks a clearinghouse over HTTPS: the 270 goes out as the body of a POST, the 271 comes back as the body of the
 * answer. Redirects are refused, because a question that carries an MBI goes to one address alone.
 * @throws Error at once where the address is not HTTPS (plain HTTP is for this machine only).
 */
export function eligibilityOverHttp(options: EligibilityHttpOptions): EligibilityService {
  const address = new URL(options.url)
  const local = address.hostname === 'localhost' || address.hostname === '127.0.0.1'
  if (address.protocol !== 'https:' && !(local && address.protocol === 'http:')) {
    throw new Error('The address of the eligibility service must begin with https://.')
  }
  const send = options.fetch ?? fetch
  return {
    name: address.host,
    connected: true,
    async ask(request270) {
      const response = await send(address, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMilliseconds ?? 20_000),
        headers: {
          'content-type': 'application/edi-x12',
          accept: 'application/edi-x12, text/plain',
          ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
        },
        body: request270,
      }).catch((cause: unknown) => {
        const late = cause instanceof Error && cause.name === 'TimeoutError'
        throw new Error(
          late ? 'The eligibility service did not answer in time.' : 'The eligibility service could not be reached.',
          { cause },
        )
      })
      if (!response.ok) {
        await response.body?.cancel()
        throw new Error(`The eligibility service refused the question (HTTP ${response.status}).`)
      }
      return readAtMost(response, answerBytesAtMost)
    },
  }
}

async function readAtMost(response: Response, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of response.body ?? []) {
      size += part.length
      if (size > limit) throw new Error('The eligibility service sent more than an answer can be.')
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new Error('The eligibility service stopped in the middle of its answer.', { cause: error })
    throw error
  }
  return Buffer.concat(parts).toString('utf8')
}
