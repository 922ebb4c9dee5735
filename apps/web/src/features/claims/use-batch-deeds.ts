import { type Batch, contract } from '@keepwell/contract'
import { useCall } from '../../api/index.ts'
import { saveFile, say } from '../../ui/index.ts'

const touched = [
  contract.claims.list,
  contract.claims.batches,
  contract.claims.getBatch,
  contract.claims.get,
  contract.claims.files,
]

/** What can be done with a batch. Each makes the lists of claims and batches read again. */
export function useBatchDeeds() {
  const undo = useCall(contract.claims.undo, {
    invalidates: touched,
    onDone: (batch) => void say(`Batch ${batch.number} was taken back. Its claims are ready again.`),
  })
  const sendNow = useCall(contract.claims.sendNow, {
    invalidates: touched,
    onDone: (batch) => void say(`Batch ${batch.number} is leaving.`),
  })
  const download = useCall(contract.claims.download, { invalidates: touched, onDone: saveFile })
  return { undo, sendNow, download }
}

/** Why a batch cannot be sent now, or null. */
export function whyNotSend(batch: Pick<Batch, 'status'>): string | null {
  if (batch.status === 'waiting' || batch.status === 'failed') return null
  return batch.status === 'undone' ? 'The batch was taken back.' : 'The batch has left.'
}

/** `14:32` until an instant, never below zero; both as the server's clock says. */
export function untilText(at: string, nowMilliseconds: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(at) - nowMilliseconds) / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = String(Math.floor((seconds % 3600) / 60)).padStart(hours > 0 ? 2 : 1, '0')
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${String(seconds % 60).padStart(2, '0')}`
}
