import { appendAuditEvent } from '../../audit/audit.ts'
import type { Tx } from '../../db/database.ts'
import type { Outside } from '../../outside/outside.ts'
import {
  concludeX12File,
  insertEvents,
  pauseAfter,
  readFileText,
  type Step,
  sendingLeaseSeconds,
  systemOf,
} from '../claims/index.ts'
import { claimsAsked, type InquiryRow, lockDueInquiry, lockInquiry, setInquiry } from './inquiries.store.ts'

/**
 * Sends the next question that is due, if there is one, with no transaction open. A sender that died in between leaves
 * it waiting until its lease is over; then it is put again under the same name. A question that is asked twice by that is
 * answered twice, and the second answer changes nothing.
 */
export async function sendDueInquiry(step: Step, outside: Pick<Outside, 'drops'>, now: Date): Promise<boolean> {
  const due = await step(async (tx) => {
    const inquiry = await lockDueInquiry(tx, now)
    if (inquiry === undefined) return undefined
    await setInquiry(tx, inquiry.id, { nextTryAt: new Date(now.getTime() + sendingLeaseSeconds * 1000) })
    return { inquiry, ...(await readFileText(tx, inquiry.fileId)) }
  })
  if (due === undefined) return false
  const { inquiry, name, content } = due
  const drop = inquiry.channel === 'download' ? null : outside.drops[inquiry.channel]
  let trouble: string | null = null
  try {
    if (drop === null) throw new Error(`No ${inquiry.channel} destination is connected here.`)
    await drop.put(name, content)
  } catch (error) {
    trouble = (error as Error).message.slice(0, 400)
  }
  await step(async (tx) => {
    const current = await lockInquiry(tx, inquiry.id)
    if (current.status !== 'waiting') return
    if (trouble === null) {
      await markAsked(tx, current, { now, by: null, receipt: `${drop?.name ?? ''}: ${name}` })
      await appendAuditEvent(tx, {
        deed: 'inquiry.sent',
        endpoint: 'job',
        actor: await systemOf(tx, current.clinicId),
        outcome: 'done',
        subjectId: current.id,
        at: now,
        source: 'process',
        detail: { number: current.number },
      })
      return
    }
    const attempts = current.attempts + 1
    const pause = pauseAfter(attempts)
    await setInquiry(tx, current.id, {
      status: pause === null ? 'failed' : 'waiting',
      lastError: trouble,
      attempts,
      nextTryAt: pause === null ? null : new Date(now.getTime() + pause * 1000),
    })
  })
  return true
}

/** Records that a question has left, in the history of each of its claims. */
export async function markAsked(
  tx: Tx,
  inquiry: InquiryRow,
  end: { now: Date; by: string | null; receipt: string },
): Promise<void> {
  const claimIds = await claimsAsked(tx, inquiry.id)
  await setInquiry(tx, inquiry.id, {
    status: 'sent',
    sentAt: end.now,
    receipt: end.receipt,
    lastError: null,
    nextTryAt: null,
  })
  await insertEvents(
    tx,
    claimIds.map((claimId) => ({
      claimId,
      kind: 'status_asked',
      sentence: `The payer was asked for its status (question ${inquiry.number}).`,
      fileId: inquiry.fileId,
    })),
    end,
  )
  await concludeX12File(tx, inquiry.fileId, {
    outcome: 'sent',
    sentences: [
      `Question ${inquiry.number} about ${claimIds.length} ${claimIds.length === 1 ? 'claim' : 'claims'} left.`,
    ],
  })
}
