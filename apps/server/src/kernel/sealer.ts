import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { sha256 } from './ids.ts'
import { assert } from './problem.ts'

export const keyBytes = 32
const ivBytes = 12
const tagBytes = 16
const version = 'v1'

/**
 * Seals short secrets for the store with AES-256-GCM. The first key seals and every key opens, so that a key can be
 * replaced. A secret is bound to its owner's id: copied into another row it does not open.
 * A sealed secret is `v1.<which key>.<base64url of IV, tag and text>`.
 */
export class Sealer {
  readonly #keys: ReadonlyMap<string, Buffer>
  readonly #first: string

  constructor(keys: readonly Buffer[]) {
    this.#keys = new Map(keys.map((key) => [sha256(key).slice(0, 8), key]))
    const [first] = this.#keys.keys()
    assert(first !== undefined && keys.every(({ length }) => length === keyBytes), 'a key has 32 bytes')
    this.#first = first
  }

  /** What everything begins with that the first key has sealed. */
  get mark(): string {
    return `${version}.${this.#first}.`
  }

  seal(secret: string, ownerId: string): string {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.#first), iv).setAAD(Buffer.from(ownerId))
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    return `${this.mark}${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`
  }

  /** @throws Error where its key is not at hand, and where it was changed or belongs to somebody else */
  open(sealed: string, ownerId: string): string {
    const [, keyId = '', packed = ''] = sealed.split('.')
    const bytes = Buffer.from(packed, 'base64url')
    const text = bytes.subarray(ivBytes + tagBytes)
    const decipher = createDecipheriv('aes-256-gcm', this.#key(keyId), bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(ownerId))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id)
    if (key === undefined) {
      throw new Error(
        'A secret of this store was sealed with a key that is not at hand. Put the store’s secret.key back, or add the key to KEEPWELL_SECRET_KEY.',
      )
    }
    return key
  }
}

export function isSealed(kept: string): boolean {
  return kept.startsWith(`${version}.`)
}
