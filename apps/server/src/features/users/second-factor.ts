import { randomBytes } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { systemClock } from '../../kernel/clock.ts'
import { sha256 } from '../../kernel/ids.ts'

/** A new secret for an authenticator app and the address that its QR code holds. */
export function newSecondFactor(email: string): { secret: string; uri: string } {
  const secret = generateSecret()
  return { secret, uri: generateURI({ secret, label: email, issuer: 'Keepwell' }) }
}

/**
 * The time step of a fitting code, or null. The step before is taken too, because a person types slowly;
 * a step at or before `lastStep` never is: a code works once (RFC 6238, 5.2). The time is the world's and not the
 * clinic's, because a phone knows nothing of the demo's pinned clock.
 */
export function fittingStep(secret: string, code: string, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const epoch = Math.floor(systemClock.now().getTime() / 1000)
  const result = verifySync({ secret, token: code, epoch, epochTolerance: [30, 0] })
  if (!result.valid || !('timeStep' in result)) return null
  return lastStep !== null && result.timeStep <= lastStep ? null : result.timeStep
}

/** Ten one-time codes for the day the phone is lost; only their hashes are kept. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: 10 }, () =>
    randomBytes(5)
      .toString('hex')
      .replace(/^(.{5})/, '$1-'),
  )
  return { codes, hashes: codes.map(recoveryHash) }
}

export function recoveryHash(code: string): string {
  return sha256(`recovery ${code.trim().toLowerCase()}`)
}
