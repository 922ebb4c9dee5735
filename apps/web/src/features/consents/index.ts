/** What other features may use of this one. */
export { default as ConsentBadge } from './ConsentBadge.tsx'
export { type ConsentStanding, consentStanding, isInForce } from './standing.ts'
