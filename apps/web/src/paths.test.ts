import { describe, expect, test } from 'vitest'
import { paths, patterns } from './paths.ts'

describe('addresses', () => {
  test('stay what they were, because bookmarks and e-mails hold them', () => {
    expect(patterns).toMatchSnapshot()
  })

  test('escape what they are given', () => {
    expect(paths.patient('a/b', 'consent')).toBe('/patients/a%2Fb?tab=consent')
  })

  test('leave empty filters out', () => {
    expect(paths.patients({ q: '', risk: null, page: 2 })).toBe('/patients?page=2')
  })

  test('refuse to be made without the id that they name', () => {
    expect(() => paths.claim('')).toThrow('claimId')
  })
})
