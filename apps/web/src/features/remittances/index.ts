/** What other features may use of this one. */
export { centsOf, centsText } from './cents.ts'
