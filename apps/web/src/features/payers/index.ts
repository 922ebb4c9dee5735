/** What payers offer to the page of a claim: why the rule of its payer stops it, and the authorization that was given. */
export { PayerAnswerCard } from './PayerAnswerCard.tsx'
