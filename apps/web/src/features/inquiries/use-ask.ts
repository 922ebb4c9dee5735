import { contract } from '@keepwell/contract'
import { useCall } from '../../api/index.ts'
import { say } from '../../ui/index.ts'

/** What a question, or its answer, changes on screen. */
export const touched = [
  contract.inquiries.waiting,
  contract.inquiries.standing,
  contract.inquiries.list,
  contract.claims.get,
  contract.claims.list,
  contract.claims.files,
]

/** Asks the payer for the status of claims, and says what leaves and how. */
export function useAsk(onDone?: () => void) {
  return useCall(contract.inquiries.ask, {
    invalidates: touched,
    onDone: ({ claimsCount, channel }) => {
      onDone?.()
      const claims = `${claimsCount} ${claimsCount === 1 ? 'claim' : 'claims'}`
      void say(
        channel === 'download'
          ? `The question about ${claims} is made. Download it below and send it to the payer.`
          : `The question about ${claims} is on its way. The answer comes in by itself.`,
      )
    },
  })
}
