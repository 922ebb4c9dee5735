/** What the few endpoints that make or end a session need of the request itself. */
export interface HttpContext {
  ip: string
  sessionToken: string | null
  setSession(token: string): void
  clearSession(): void
}
