import { readFileSync } from 'node:fs'
import { allEndpoints } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { handlers } from '../../src/features/handlers.ts'
import { openApi } from '../../src/http/open-api.ts'

test('every endpoint of the contract is answered, and only those', () => {
  expect(Object.keys(handlers).sort()).toEqual(
    allEndpoints()
      .map(({ name }) => name)
      .sort(),
  )
  for (const { name, endpoint } of allEndpoints()) expect(handlers[name]?.endpoint, name).toBe(endpoint)
})

test('the published API description is the one that the contract makes', () => {
  const published = readFileSync(new URL('../../../../docs/api/openapi.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(openApi())))
})
