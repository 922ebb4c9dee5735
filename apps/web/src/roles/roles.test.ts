import { isGranted, type Permission, permissionsOf } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { manifests, mergeManifests } from './index.ts'

const present = { month: '2026-11' }

/** Used everywhere and by no page in particular: the clinic's name and zone stand in the frame. */
const withoutPage: Partial<Record<Permission, string>> = {
  'clinic:read': 'The name and zone of the clinic stand in the frame of every page.',
}

describe.each(manifests)('$role', (manifest) => {
  test('sees no navigation entry whose page would refuse the seat', () => {
    const refused = manifest.nav.filter((item) => !isGranted([manifest.role], item.permission))
    expect(refused.map((item) => item.id)).toEqual([])
  })

  test('can reach everything that the seat allows from some entry', () => {
    const reached = new Set<string>(manifest.nav.flatMap((item) => [item.permission, ...(item.opens ?? [])]))
    const lost = permissionsOf([manifest.role]).filter(
      (permission) => !reached.has(permission) && withoutPage[permission] === undefined,
    )
    expect(lost).toEqual([])
  })

  test('finds the navigation where it was', () => {
    expect({
      home: manifest.home(present),
      nav: manifest.nav.map((item) => `${item.label} ${item.to(present)} g ${item.key}`),
    }).toMatchSnapshot()
  })

  test('has its home in its own navigation and no key twice', () => {
    expect(manifest.nav.map((item) => item.to(present))).toContain(manifest.home(present))
    const keys = manifest.nav.flatMap((item) => item.key ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a person with several seats', () => {
  test('keeps one home and sees each entry once, in whatever order the seats were given', () => {
    const merged = mergeManifests(['biller', 'care_manager'])
    expect(merged.home(present)).toBe('/my-month')
    const ids = merged.nav.map((item) => item.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain('claims')
    expect(mergeManifests(['care_manager', 'biller']).nav.map((item) => item.id)).toEqual(ids)
  })
})
