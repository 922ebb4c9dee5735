import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { eligibilityOverHttp } from './eligibility-http.ts'

let server: Server | undefined
afterEach(() => new Promise<void>((done) => (server === undefined ? done() : server.close(() => done()))))

async function listening(listener: RequestListener): Promise<string> {
  const opened = createServer(listener)
  server = opened
  await new Promise<void>((done) => opened.listen(0, '127.0.0.1', done))
  const address = opened.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on a port')
  return `http://127.0.0.1:${address.port}/x12`
}

test('the 270 goes out as it is, the 271 comes back as it is', async () => {
  let asked = ''
  const url = await listening((request, response) => {
    request.on('data', (part: Buffer) => (asked += part.toString())).on('end', () => response.end('ISA*271'))
    expect(request.headers).toMatchObject({
      'content-type': 'application/edi-x12',
      authorization: 'Bearer secret',
    })
  })
  expect(await eligibilityOverHttp({ url, authorization: 'Bearer secret' }).ask('ISA*270')).toBe('ISA*271')
  expect(asked).toBe('ISA*270')
})

test('a service that is slow, refuses, redirects or floods is an error in plain words', async () => {
  const slow = await listening(() => {})
  await expect(eligibilityOverHttp({ url: slow, timeoutMilliseconds: 60 }).ask('x')).rejects.toThrow(
    'did not answer in time',
  )
  server?.closeAllConnections()
  server?.close()
  const refusing = await listening((_request, response) => response.writeHead(503).end())
  await expect(eligibilityOverHttp({ url: refusing }).ask('x')).rejects.toThrow('HTTP 503')
  server?.close()
  const elsewhere = await listening((_request, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  )
  await expect(eligibilityOverHttp({ url: elsewhere }).ask('x')).rejects.toThrow('could not be reached')
  server?.close()
  const flooding = await listening((_request, response) => response.end('x'.repeat(2 * 1024 * 1024)))
  await expect(eligibilityOverHttp({ url: flooding }).ask('x')).rejects.toThrow('more than an answer can be')
})

test('an address without encryption is refused at once, except on this machine', () => {
  expect(() => eligibilityOverHttp({ url: 'http://clearinghouse.example/x12' })).toThrow('https')
})
