/** What other features may use of this one. */
export { FirstInsurer } from './FirstInsurer.tsx'
