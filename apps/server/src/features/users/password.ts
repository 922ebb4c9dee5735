import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)
/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/** The PHC string of a password: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await derive('argon2id', { message: password.normalize('NFC'), nonce, ...cost })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${nonce.toString('base64')}$${hash.toString('base64')}`
}

/** Whether the password fits. Takes as long when there is no account, so that nobody learns which exist. */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const stored = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc ?? (await decoy()))
  if (stored === null) return false
  const [, memory, passes, parallelism, salt, hash] = stored
  const expected = Buffer.from(hash ?? '', 'base64')
  const actual = await derive('argon2id', {
    message: password.normalize('NFC'),
    nonce: Buffer.from(salt ?? '', 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  })
  return timingSafeEqual(actual, expected) && phc !== null
}

let decoyHash: Promise<string> | undefined
function decoy(): Promise<string> {
  decoyHash ??= hashPassword(randomBytes(16).toString('hex'))
  return decoyHash
}

const tooCommon = new Set([
  'password1234',
  '123456789012',
  'qwertyuiopas',
  'keepwell1234',
  'passwordpassword',
  'letmeinplease',
  'administrator',
  'welcome12345',
  'medicare2026',
  'chroniccare1',
])

/** Why a new password is refused, or null. Length is what counts; nothing is asked of its composition (NIST SP 800-63B). */
export function passwordFault(password: string, email: string): string | null {
  if (password.length < 12) return 'Use at least 12 characters.'
  const plain = password.toLowerCase()
  if (tooCommon.has(plain) || /^(.)\1+$/.test(plain)) return 'This password is among the first that a thief would try.'
  if (plain.includes((email.split('@')[0] ?? '').toLowerCase()) && (email.split('@')[0] ?? '').length > 3)
    return 'Leave your e-mail name out of the password.'
  return null
}
