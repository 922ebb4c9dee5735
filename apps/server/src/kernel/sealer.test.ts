import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isSealed, keyBytes, Sealer } from './sealer.ts'

const first = randomBytes(keyBytes)
const second = randomBytes(keyBytes)
/** With it the sealed bytes fill the last letter of their base64. */
const secret = 'JBSWY3DPEHPK3PXPJBSW'

describe('a sealed secret', () => {
  test('says nothing of itself, is another text each time, and opens for its owner', () => {
    const sealer = new Sealer([first])
    const [one, other] = [sealer.seal(secret, 'rosa'), sealer.seal(secret, 'rosa')]
    expect(one).not.toBe(other)
    expect(one).not.toContain(secret)
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain(secret)
    expect([isSealed(one), isSealed(secret)]).toEqual([true, false])
    expect([sealer.open(one, 'rosa'), sealer.open(other, 'rosa')]).toEqual([secret, secret])
  })

  test('does not open for another account, nor with any of its letters changed', () => {
    const sealer = new Sealer([first])
    const sealed = sealer.seal(secret, 'rosa')
    expect(() => sealer.open(sealed, 'sam')).toThrow()
    for (let place = 0; place < sealed.length; place++) {
      const changed = `${sealed.slice(0, place)}${sealed[place] === 'A' ? 'B' : 'A'}${sealed.slice(place + 1)}`
      // The version is read by nobody yet.
      if (place >= 'v1.'.length) expect(() => sealer.open(changed, 'rosa'), changed).toThrow()
    }
    expect(() => sealer.open(sealed.slice(0, 30), 'rosa')).toThrow()
  })

  test('opens with an older key while both are there, and not without it', () => {
    const sealed = new Sealer([first]).seal(secret, 'rosa')
    const both = new Sealer([second, first])
    expect(both.open(sealed, 'rosa')).toBe(secret)
    expect(sealed.startsWith(both.mark)).toBe(false)
    expect(both.seal(secret, 'rosa').startsWith(new Sealer([second]).mark)).toBe(true)
    expect(() => new Sealer([second]).open(sealed, 'rosa')).toThrow('a key that is not at hand')
  })

  test('needs keys of 32 bytes', () => {
    expect(() => new Sealer([])).toThrow()
    expect(() => new Sealer([first, randomBytes(16)])).toThrow()
  })
})
