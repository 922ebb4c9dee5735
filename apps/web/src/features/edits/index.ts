/** What edits offer to other pages: proposing one from a denial, and the claims that one holds in a preview. */
export { HeldClaims } from './HeldClaims.tsx'
export { ProposeDialog } from './ProposeDialog.tsx'
