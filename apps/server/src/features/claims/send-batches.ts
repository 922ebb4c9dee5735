import { localDateOf } from '@keepwell/rules'
import { appendAuditEvent } from '../../audit/audit.ts'
import type { Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import { type ClaimDrop, UnclearDelivery } from '../../outside/clearinghouse/claim-drop.ts'
import type { Outside } from '../../outside/outside.ts'
import { readClinic } from '../clinics/index.ts'
import {
  type BatchRow,
  concludeX12File,
  insertEvents,
  lockBatch,
  lockClaimsOfBatch,
  lockDueBatch,
  moveClaims,
  readFileText,
  setBatch,
} from './claims.store.ts'
import { pauseAfter, sendingLeaseSeconds } from './claims.ts'
import { bookCharges } from './ledger.ts'

export type Step = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/**
 * Sends the next batch whose undo window is over, if there is one. The other side is spoken to with no transaction
 * open. A sender that died in between leaves the batch in `sending`; whoever takes it over looks first whether the file
 * arrived, and where nobody can tell, a person looks: nothing is ever sent twice on a guess.
 */
export async function sendDueBatch(step: Step, outside: Pick<Outside, 'drops'>, now: Date): Promise<boolean> {
  const due = await step(async (tx) => {
    const batch = await lockDueBatch(tx, now)
    if (batch === undefined) return undefined
    const takenOver = batch.status === 'sending'
    await setBatch(tx, batch.id, { status: 'sending', nextTryAt: new Date(now.getTime() + sendingLeaseSeconds * 1000) })
    return { batch, takenOver, ...(await readFileText(tx, batch.fileId)) }
  })
  if (due === undefined) return false
  const { batch } = due
  const drop = batch.channel === 'download' ? null : outside.drops[batch.channel]
  const end =
    drop === null
      ? failure(batch, new Error(`No ${batch.channel} destination is connected here.`))
      : await deliver(drop, due)
  await step(async (tx) => {
    const current = await lockBatch(tx, batch.id)
    if (current.status !== 'sending') return
    if ('receipt' in end) {
      await markSent(tx, current, { now, by: null, receipt: end.receipt })
      await appendAuditEvent(tx, {
        deed: 'batch.sent',
        endpoint: 'job',
        actor: await systemOf(tx, current.clinicId),
        outcome: 'done',
        subjectId: current.id,
        at: now,
        source: 'process',
        detail: { number: current.number, receipt: end.receipt },
      })
    } else if (end.retrySeconds === null)
      await setBatch(tx, current.id, {
        status: 'failed',
        lastError: end.error,
        attempts: current.attempts + 1,
        nextTryAt: null,
      })
    else
      await setBatch(tx, current.id, {
        status: 'waiting',
        lastError: end.error,
        attempts: current.attempts + 1,
        nextTryAt: new Date(now.getTime() + end.retrySeconds * 1000),
      })
  })
  return true
}

type End = { receipt: string } | { error: string; retrySeconds: number | null }

async function deliver(
  drop: ClaimDrop,
  due: { batch: BatchRow; takenOver: boolean; name: string; content: string },
): Promise<End> {
  try {
    if (due.takenOver) {
      const seen = await drop.find(due.name, due.content)
      if (seen === 'there') return { receipt: `${drop.name}: ${due.name} (found there after an interruption)` }
      if (seen === 'unknown')
        throw new UnclearDelivery('The sending was interrupted, and it is not known whether the file arrived.')
    }
    const { alreadyThere } = await drop.put(due.name, due.content)
    return { receipt: `${drop.name}: ${due.name}${alreadyThere ? ' (was there already)' : ''}` }
  } catch (error) {
    return failure(due.batch, error as Error)
  }
}

function failure(batch: BatchRow, error: Error): End {
  if (error instanceof UnclearDelivery) {
    return {
      error: `${error.message} Look in the mailbox or ask the payer; then send again if it is not there.`.slice(0, 400),
      retrySeconds: null,
    }
  }
  return { error: error.message.slice(0, 400), retrySeconds: pauseAfter(batch.attempts + 1) }
}

/** Records that a batch has left: its claims are sent, and what they charge is booked once. */
export async function markSent(
  tx: Tx,
  batch: BatchRow,
  end: { now: Date; by: string | null; receipt: string },
): Promise<void> {
  const { now, by } = end
  const claims = await lockClaimsOfBatch(tx, batch.id)
  const { timeZone } = await readClinic(tx, batch.clinicId)
  await setBatch(tx, batch.id, { status: 'sent', sentAt: now, receipt: end.receipt, lastError: null, nextTryAt: null })
  await moveClaims(tx, claims, 'sent', now)
  await bookCharges(
    tx,
    claims.map(({ id }) => id),
    { bookedOn: localDateOf(now.getTime(), timeZone), now, by },
  )
  await insertEvents(
    tx,
    claims.map((claim) => ({
      claimId: claim.id,
      kind: 'sent',
      sentence: `Sent in batch ${batch.number}.`,
      fileId: batch.fileId,
    })),
    { now, by },
  )
  await concludeX12File(tx, batch.fileId, {
    outcome: 'sent',
    sentences: [`Batch ${batch.number} with ${claims.length} ${claims.length === 1 ? 'claim' : 'claims'} left.`],
  })
}

/** The system as the actor of what happens by itself in a clinic. */
export async function systemOf(tx: Tx, clinicId: string): Promise<Actor> {
  const { id, name, timeZone, phone } = await readClinic(tx, clinicId)
  return {
    id: null,
    name: 'Keepwell',
    roles: [],
    tenantId: tx.tenantId,
    clinic: { id, name, timeZone, phone },
    system: true,
  }
}
