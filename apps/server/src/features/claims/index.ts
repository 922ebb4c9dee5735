export { chargeOf, controlNumberOf, makeClaims } from './make-claims.ts'

export const handlers = {}
