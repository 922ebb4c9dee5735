import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

/** Whether a clinic's month is frozen: a close has begun. Locks the close's row against a close that begins meanwhile. */
export async function isMonthFrozen(tx: Tx, clinicId: string, month: string): Promise<boolean> {
  const { rows } = await sql`select id from month_closes where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} for share`.execute(tx.db)
  return rows.length > 0
}

/** What came to light after the close; the frozen month stays as it is. Answers the case's id. */
export async function insertCorrectionCase(
  tx: Tx,
  correction: { patientId: string; month: string; cause: string; detail: string; timeEntryId: string | null; by: string; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('correction_cases')
    .values({
      tenant_id: tx.tenantId, id, patient_id: correction.patientId, month: correction.month, cause: correction.cause, detail: correction.detail,
      time_entry_id: correction.timeEntryId, opened_by: correction.by, opened_at: correction.now,
    })
    .execute()
  return id
}
