/** What inquiries offer to the claims' pages: the claims that wait for a decision, and how one claim stands. */
export { AtPayer } from './AtPayer.tsx'
export { WaitingClaims } from './WaitingClaims.tsx'
