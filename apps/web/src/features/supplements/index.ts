/** What supplements offer to the claims' pages: the card of one claim, and the claims whose supplement nobody has asked. */
export { SupplementCard } from './SupplementCard.tsx'
export { UnbilledSupplements } from './UnbilledSupplements.tsx'
