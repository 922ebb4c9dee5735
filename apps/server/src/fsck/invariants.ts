import { type RawBuilder, sql } from 'kysely'
import { auditLeaf } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import { checkWorklist } from '../features/calls/index.ts'
import { checkClaims } from '../features/claims/index.ts'
import { checkMonths } from '../features/months/index.ts'
import { checkMoney } from '../features/remittances/index.ts'
import { sha256 } from '../kernel/ids.ts'
import type { Violation } from './violation.ts'

const pageSize = 500
const first = '00000000-0000-0000-0000-000000000000'

/** Every invariant on one organization, in order; yields each row that breaks one. Reads page by page and writes nothing. */
export async function* checkOrganization(tx: Tx): AsyncGenerator<Violation> {
  yield* checkMonths(tx)
  yield* checkClaims(tx)
  yield* checkMoney(tx)
  yield* checkWorklist(tx)
  for (const check of checks) yield* check.run(tx)
}

interface Check {
  invariant: string
  says: string
  run(tx: Tx): AsyncGenerator<Violation>
}

/** A check whose every result row is a violation; the row names itself. */
function rows(invariant: string, says: string, query: (tx: Tx) => RawBuilder<{ row: string; message: string }>): Check {
  return {
    invariant,
    says,
    async *run(tx) {
      const found = await sql<{ row: string; message: string }>`${query(tx)} limit 10000`.execute(tx.db)
      for (const { row, message } of found.rows) yield { invariant, row, message }
    },
  }
}

/** A check that has to look at each row of a table, by pages of its id. */
function each<T extends { id: string }>(
  invariant: string,
  says: string,
  query: (tx: Tx, after: string) => RawBuilder<T>,
  fault: (row: T) => Violation | null,
): Check {
  return {
    invariant,
    says,
    async *run(tx) {
      for (let after = first; ; ) {
        const page = await sql<T>`${query(tx, after)} limit ${pageSize}`.execute(tx.db)
        for (const row of page.rows) {
          const violation = fault(row)
          if (violation !== null) yield violation
        }
        const last = page.rows.at(-1)
        if (last === undefined || page.rows.length < pageSize) return
        after = last.id
      }
    },
  }
}

/** The invariants beside those of months, claims and money (I1, I3 to I6), which their own features prove. */
export const checks: readonly Check[] = [
  rows(
    'I1',
    'A time entry lasts exactly as long as it says.',
    (tx) => sql`
    select 'time_entries ' || id as row, 'Says ' || seconds || ' seconds and lasts ' || extract(epoch from ended_at - started_at) || '.' as message
    from time_entries where tenant_id = ${tx.tenantId} and extract(epoch from ended_at - started_at) <> seconds`,
  ),
  rows(
    'I2',
    'Nobody is at two places at one time.',
    (tx) => sql`
    select 'time_entries ' || id as row, 'Begins before ' || previous || ' of the same person has ended.' as message
    from (select id, started_at, max(ended_at) over earlier as until, lag(id) over (partition by staff_id order by started_at, id) as previous
      from time_entries where tenant_id = ${tx.tenantId} and superseded_at is null
      window earlier as (partition by staff_id order by started_at, id rows between unbounded preceding and 1 preceding)) e
    where until > started_at`,
  ),
  each<{ id: string; sha256: string; content: string }>(
    'I4',
    'An X12 file is the bytes whose hash it carries.',
    (tx, after) => sql`
      select id, sha256, content from x12_files where tenant_id = ${tx.tenantId} and id > ${after}::uuid order by id`,
    (row) =>
      sha256(row.content) === row.sha256
        ? null
        : { invariant: 'I4', row: `x12_files ${row.id}`, message: 'The content does not fit its hash.' },
  ),
  each<{ id: string; sha256: string; sizeBytes: number; content: Buffer | null }>(
    'I7',
    'A document is the bytes whose hash it carries.',
    (tx, after) => sql`
    select d.id, d.sha256, d.size_bytes as "sizeBytes", c.content from documents d left join document_contents c on c.tenant_id = d.tenant_id and c.document_id = d.id
    where d.tenant_id = ${tx.tenantId} and d.id > ${after}::uuid order by d.id`,
    ({ id, sha256: hash, sizeBytes, content }) =>
      content !== null && content.length === sizeBytes && sha256(content) === hash
        ? null
        : { invariant: 'I7', row: `documents ${id}`, message: 'The content is missing or does not fit its hash.' },
  ),
  rows(
    'I7',
    'What was signed is what is kept.',
    (tx) => sql`
    select 'care_plan_signatures ' || g.id as row, 'Signed other bytes than its document holds.' as message from care_plan_signatures g
      join documents d on d.tenant_id = g.tenant_id and d.id = g.document_id where g.tenant_id = ${tx.tenantId} and d.sha256 <> g.signed_sha256
    union all
    select 'consents ' || c.id, 'Carries another hash than the form that was shown.' from consents c
      join documents d on d.tenant_id = c.tenant_id and d.id = c.form_document_id where c.tenant_id = ${tx.tenantId} and d.sha256 <> c.form_sha256`,
  ),
  rows(
    'I7',
    'The versions of a plan count from one without a gap.',
    (tx) => sql`
    select 'care_plans ' || plan_id as row, 'Has ' || count(*) || ' versions, numbered ' || min(number) || ' to ' || max(number) || '.' as message
    from care_plan_versions where tenant_id = ${tx.tenantId} group by plan_id having count(*) <> max(number) or min(number) <> 1`,
  ),
  each<AuditRow>(
    'I8',
    'An audit event is what was written.',
    (tx, after) => sql`
    select id, happened_at, deed, endpoint, actor_id, actor_name, actor_roles, patient_id, subject_id, outcome, detail, source, leaf_sha256
    from audit_events where tenant_id = ${tx.tenantId} and id > ${after}::uuid order by id`,
    ({ leaf_sha256: leaf, ...row }) =>
      auditLeaf({ ...row, happened_at: row.happened_at.toISOString() }) === leaf
        ? null
        : { invariant: 'I8', row: `audit_events ${row.id}`, message: 'Was changed after it was written.' },
  ),
  rows(
    'I10',
    'A claim that left rests on a consent that was in force in its month.',
    (tx) => sql`
    select 'claims ' || c.id as row, 'No consent was in force in ' || c.month || '.' as message from claims c
    where c.tenant_id = ${tx.tenantId} and c.live and c.status not in ('ready', 'withdrawn') and not exists (
      select from consents k left join consent_revocations r on r.tenant_id = k.tenant_id and r.consent_id = k.id
      where k.tenant_id = c.tenant_id and k.patient_id = c.patient_id and k.given_on <= c.service_on and (r.id is null or r.effective_on >= (c.month || '-01')::date))`,
  ),
]

interface AuditRow {
  id: string
  happened_at: Date
  deed: string
  endpoint: string
  actor_id: string | null
  actor_name: string
  actor_roles: string[]
  patient_id: string | null
  subject_id: string | null
  outcome: string
  detail: unknown
  source: string | null
  leaf_sha256: string
}
