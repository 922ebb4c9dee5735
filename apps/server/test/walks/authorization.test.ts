import { allEndpoints, isGranted, type Role } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { openStory, type PersonName, type Story } from '../support/story.ts'
import { matrix } from './authorization.matrix.ts'

/** One person for each seat; what the seat may do is written out in the matrix and compared with the running server. */
const seats: Record<Role, PersonName> = {
  front_desk: 'sam',
  care_manager: 'rosa',
  provider: 'okafor',
  biller: 'lena',
  ccm_manager: 'june',
  on_call: 'nia',
  admin: 'alex',
  auditor: 'theo',
}
const endpoints = allEndpoints()

let story: Story
let ownPatient: string
let strangersPatient: string
beforeAll(async () => {
  story = await openStory()
  ownPatient = await story.addPatient()
  const { insertStoryPatient, mrsDiaz } = await import('../support/story.ts')
  strangersPatient = await story.database.withTenant(story.other.tenantId, (tx) =>
    insertStoryPatient(tx, story.other.clinicId, { ...mrsDiaz, sourceId: 'stranger' }, story.clock.now()),
  )
})
afterAll(() => story.close())

function inputFor(patientId: string) {
  return {
    params: new Proxy(
      {},
      { get: (_, name) => (name === 'patientId' ? patientId : name === 'month' ? '2026-10' : newId()) },
    ),
    query: {},
    body: {},
  }
}

test('every endpoint of the contract stands in the matrix, and nothing else does', () => {
  expect(Object.keys(matrix).sort()).toEqual(endpoints.map(({ name }) => name).sort())
})

test('every write has an audit event, or says why not', () => {
  const silent = endpoints.filter(
    ({ spec }) => spec.method !== 'GET' && spec.audit === null && spec.unaudited === undefined,
  )
  expect(silent.map(({ name }) => name)).toEqual([])
})

test('every answer with health information is audited', () => {
  const silent = endpoints.filter(({ spec }) => spec.phi && spec.audit === null && spec.unaudited === undefined)
  expect(silent.map(({ name }) => name)).toEqual([])
})

test('every permission of the matrix is the one that the access table grants', () => {
  for (const { name, spec } of endpoints) {
    const { permission } = spec
    if (permission === 'public' || permission === 'signed_in') expect(matrix[name], name).toBe(permission)
    else
      expect(matrix[name], name).toEqual((Object.keys(seats) as Role[]).filter((role) => isGranted([role], permission)))
  }
})

describe.each(endpoints.filter(({ spec }) => spec.permission !== 'public'))('$name', ({ name, spec, endpoint }) => {
  test('is closed to whoever is not signed in', async () => {
    const answer = await story.server.inject({
      method: spec.method,
      url: `/api${spec.path.replace(/:patientId/g, ownPatient).replace(/:\w+/g, newId())}`,
    })
    expect(answer.statusCode).toBe(401)
  })

  if (spec.permission === 'signed_in') return

  test.each(Object.entries(seats) as [Role, PersonName][])('seat %s', async (role, person) => {
    const answer = await story.as(person).call(endpoint as never, inputFor(ownPatient) as never)
    const allowed = matrix[name]
    if (Array.isArray(allowed) && allowed.includes(role))
      expect(answer.problem?.code ?? 'allowed').not.toBe('forbidden')
    else expect(answer.problem?.code).toBe('forbidden')
  })

  if (!spec.path.includes(':patientId')) return

  test("shows nothing of another organization's patient", async () => {
    for (const person of Object.values(seats)) {
      const answer = await story.as(person).call(endpoint as never, inputFor(strangersPatient) as never)
      expect(
        answer.status,
        `${name} as ${person} answered ${JSON.stringify(answer.body).slice(0, 200)}`,
      ).toBeGreaterThanOrEqual(400)
    }
  })
})

test('a request of another site changes nothing', async () => {
  for (const { spec } of endpoints.filter((entry) => entry.spec.method !== 'GET')) {
    const answer = await story.server.inject({
      method: spec.method,
      url: `/api${spec.path.replace(/:\w+/g, newId())}`,
      headers: { origin: 'https://elsewhere.example', host: 'keepwell.test', 'content-type': 'application/json' },
      payload: '{}',
    })
    expect([spec.path, answer.statusCode, answer.json().code]).toEqual([spec.path, 403, 'wrong_origin'])
  }
})
