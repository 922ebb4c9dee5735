/** Where one goes after signing in: an address of ours, never another site's. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/'
}

/**
 * The one-time code of an invitation. It stands behind `#`, which no browser sends, so that it reaches no log;
 * `?token=` is understood too.
 */
export function invitationIn(search: string, hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? new URLSearchParams(search).get('token') ?? ''
}
