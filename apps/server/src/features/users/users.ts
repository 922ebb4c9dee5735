/** Idle time after which a screen locks, and the longest that a session lives (security.md SEC-10). */
export const idleLockSeconds = 15 * 60
export const sessionSeconds = 12 * 3600
export const invitationSeconds = 72 * 3600
const triesBeforePause = 5
const longestPauseSeconds = 15 * 60

/** How long an account rests after its latest wrong try: 0 for the first few, then doubling to a quarter of an hour. */
export function pauseSecondsAfter(failedTries: number): number {
  if (failedTries < triesBeforePause) return 0
  return Math.min(longestPauseSeconds, 30 * 2 ** (failedTries - triesBeforePause))
}

/** Whether a session is locked at `now`: by hand, or by having been idle too long. */
export function isLocked(session: { lockedAt: Date | null; activeAt: Date }, now: Date): boolean {
  return session.lockedAt !== null || now.getTime() - session.activeAt.getTime() >= idleLockSeconds * 1000
}
