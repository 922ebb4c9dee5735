import { localDateOf } from '@keepwell/rules'
import { sql } from 'kysely'
import { appendAuditEvent } from '../../audit/audit.ts'
import type { Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import { Problem } from '../../kernel/problem.ts'
import type { ClaimDrop } from '../../outside/clearinghouse/claim-drop.ts'
import type { Outside } from '../../outside/outside.ts'
import { type Step, systemOf } from '../claims/index.ts'
import { type IntakeResult, keepRefused, takeIn } from './intake.ts'

/** When each mailbox was looked into last, so that a clearinghouse is not asked every second. */
const lookedAt = new WeakMap<ClaimDrop, number>()

/**
 * Takes in what the payers left in the mailboxes that this organization sends by. A file is marked as taken only after
 * its transaction; a crash in between offers it again, and the second time it is a known file. Answers whether there was one.
 */
export async function collectAnswers(step: Step, drops: Outside['drops'], now: Date): Promise<boolean> {
  let took = false
  let trouble: Error | undefined
  for (const channel of ['simulator', 'sftp'] as const) {
    const drop = drops[channel]
    if (drop === null || now.getTime() < (lookedAt.get(drop) ?? -Infinity) + drop.pauseSeconds * 1000) continue
    const clinicId = await step((tx) => clinicThatSendsBy(tx, channel))
    if (clinicId === null) continue
    lookedAt.set(drop, now.getTime())
    for (const file of await drop.collect()) {
      try {
        await takeFile(step, clinicId, file, now)
        await drop.taken(file.name)
        took = true
      } catch (error) {
        // One file that cannot be worked on must not hold up its neighbours.
        trouble ??= error as Error
      }
    }
  }
  if (trouble !== undefined) throw trouble
  return took
}

async function clinicThatSendsBy(tx: Tx, channel: string): Promise<string | null> {
  const { rows } = await sql<{ clinicId: string }>`select clinic_id as "clinicId" from (
      select clinic_id, created_at from claim_batches where tenant_id = ${tx.tenantId} and channel = ${channel} and status not in ('waiting', 'undone')
      union all select clinic_id, created_at from claim_inquiries where tenant_id = ${tx.tenantId} and channel = ${channel} and status = 'sent') sent
    order by created_at desc limit 1`.execute(tx.db)
  return rows[0]?.clinicId ?? null
}

async function takeFile(
  step: Step,
  clinicId: string,
  file: { name: string; content: string },
  now: Date,
): Promise<void> {
  try {
    await step(async (tx) => {
      const actor = await systemOf(tx, clinicId)
      const result = await takeIn(
        { tx, actor, now, today: localDateOf(now.getTime(), actor.clinic.timeZone), clinicId },
        { name: file.name, text: file.content },
      )
      await appendAuditEvent(tx, {
        deed: 'x12.taken_in',
        endpoint: 'job',
        actor,
        outcome: 'done',
        subjectId: result.file.id,
        at: now,
        source: 'process',
        detail: auditOf(result),
      })
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await step((tx) => keepRefused(tx, { name: file.name, text: file.content }, error.message, now))
  }
}

/** What the audit trail keeps of a file that was taken in: kinds and counts. */
export function auditOf(result: IntakeResult): Record<string, unknown> {
  return {
    kind: result.file.kind,
    result: result.file.outcome,
    alreadyKnown: result.alreadyKnown,
    claimsChanged: result.claimsChanged,
    unknownClaims: result.unknownClaims.length,
  }
}

/** Takes in one file for the command line, with its audit event in the same transaction. */
export function takeInFor(
  actor: Actor,
  step: Step,
  file: { name: string; text: string },
  now: Date,
): Promise<IntakeResult> {
  return step(async (tx) => {
    const result = await takeIn(
      { tx, actor, now, today: localDateOf(now.getTime(), actor.clinic.timeZone), clinicId: actor.clinic.id },
      file,
    )
    await appendAuditEvent(tx, {
      deed: 'x12.taken_in',
      endpoint: 'claims.takeIn',
      actor,
      outcome: 'done',
      subjectId: result.file.id,
      at: now,
      source: 'process',
      detail: auditOf(result),
    })
    return result
  })
}
