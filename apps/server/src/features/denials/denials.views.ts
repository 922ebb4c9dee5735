import type { Denial } from '@keepwell/contract'
import { daysBetween } from '@keepwell/rules'
import { ADJUSTMENT_GROUPS, reasonOf, remarkOf } from '@keepwell/x12'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { type CodeOnDay, codeTexts } from '../code-lists/index.ts'

interface Row {
  id: string
  kind: Denial['kind']
  claim: Denial['claim']
  lineCode: string | null
  adjustmentGroup: string | null
  adjustmentCode: string | null
  remarkCodes: string[]
  amountCents: number
  expectedCents: number | null
  cause: string
  nextStep: string
  appealable: boolean
  deadlineOn: string | null
  ownerRole: string
  owner: Denial['owner']
  lookAgainOn: string | null
  openedAt: Date
  paidOn: string
  resolution: string | null
  resolvedById: string | null
  resolvedByName: string | null
  resolvedAt: Date | null
}

const select = sql`select d.id, d.kind, jsonb_build_object('id', c.id, 'controlNumber', c.control_number, 'month', c.month,
    'patient', jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family)) as claim, l.code as "lineCode", d.adjustment_group as "adjustmentGroup", d.adjustment_code as "adjustmentCode",
  d.remark_codes as "remarkCodes", d.amount_cents as "amountCents", d.expected_cents as "expectedCents", d.cause, d.next_step as "nextStep", d.appealable, d.deadline_on as "deadlineOn",
  d.owner_role as "ownerRole",
  (select jsonb_build_object('id', o.id, 'name', o.name) from denial_deeds w join staff o on o.tenant_id = w.tenant_id and o.id = w.owner_id
    where w.tenant_id = d.tenant_id and w.denial_id = d.id order by w.recorded_at desc, w.id desc limit 1) as owner,
  (select w.due_on from denial_deeds w where w.tenant_id = d.tenant_id and w.denial_id = d.id and w.kind <> 'packet_made' order by w.recorded_at desc, w.id desc limit 1) as "lookAgainOn", d.opened_at as "openedAt", r.paid_on as "paidOn", d.resolution, d.resolved_by as "resolvedById", s.name as "resolvedByName", d.resolved_at as "resolvedAt"
  from denials d join claims c on c.tenant_id = d.tenant_id and c.id = d.claim_id join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
  join remittance_claims rc on rc.tenant_id = d.tenant_id and rc.id = d.remittance_claim_id join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
  left join claim_lines l on l.tenant_id = d.tenant_id and l.id = d.claim_line_id left join staff s on s.tenant_id = d.tenant_id and s.id = d.resolved_by`

/** The nil id stands for what happened by itself, such as a payer's reversal taken in by a job. */
const nobody = { id: '00000000-0000-0000-0000-000000000000', name: 'Keepwell' }

/** Reasons and remarks in the words of the clinic's list of the day of payment, else in ours. */
async function presentAll(tx: Tx, rows: readonly Row[], today: string): Promise<Denial[]> {
  const texts = await codeTexts(
    tx,
    rows.flatMap(({ adjustmentCode, remarkCodes, paidOn: on }): CodeOnDay[] => [
      ...(adjustmentCode === null ? [] : [{ list: 'carc' as const, code: adjustmentCode, on }]),
      ...remarkCodes.map((code) => ({ list: 'rarc' as const, code, on })),
    ]),
  )
  return rows.map((row) => present(row, today, texts))
}

function present(row: Row, today: string, texts: Awaited<ReturnType<typeof codeTexts>>): Denial {
  return {
    id: row.id,
    kind: row.kind,
    claim: row.claim,
    code: row.lineCode,
    adjustment:
      row.adjustmentCode === null || row.adjustmentGroup === null
        ? null
        : {
            group: row.adjustmentGroup,
            code: row.adjustmentCode,
            meaning: [
              texts('carc', row.adjustmentCode, row.paidOn) ?? sentence(reasonOf(row.adjustmentCode).meaning),
              ADJUSTMENT_GROUPS[row.adjustmentGroup] ?? '',
            ]
              .join(' ')
              .trim(),
          },
    remarks: row.remarkCodes.map((code) => ({
      code,
      meaning: texts('rarc', code, row.paidOn) ?? remarkOf(code).meaning,
    })),
    amountCents: row.amountCents,
    expectedCents: row.expectedCents,
    cause: row.cause,
    nextStep: row.nextStep,
    appealable: row.appealable,
    deadlineOn: row.deadlineOn,
    daysLeft: row.deadlineOn === null ? null : daysBetween(today, row.deadlineOn),
    ownerRole: row.ownerRole,
    owner: row.owner,
    lookAgainOn: row.lookAgainOn,
    openedAt: row.openedAt.toISOString(),
    resolution:
      row.resolution === null || row.resolvedAt === null
        ? null
        : {
            text: row.resolution,
            by: row.resolvedById === null ? nobody : { id: row.resolvedById, name: row.resolvedByName ?? 'Somebody' },
            at: row.resolvedAt.toISOString(),
          },
  }
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

async function rowsWhere(
  tx: Tx,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<Row[]> {
  const { rows } =
    await sql<Row>`${select} where d.tenant_id = ${tx.tenantId} and ${where} order by ${order} limit ${limit}`.execute(
      tx.db,
    )
  return rows
}

export interface DenialQuery {
  kind?: Denial['kind'] | undefined
  state: 'open' | 'resolved'
  cursor?: string | undefined
  limit: number
}

/** Open ones by their deadline, the nearest first; resolved ones the newest first. */
export async function listDenials(
  tx: Tx,
  query: DenialQuery,
  today: string,
): Promise<{ items: Denial[]; nextCursor: string | null }> {
  const [key, id] = query.cursor?.split(' ') ?? []
  const usable = key !== undefined && id !== undefined && !Number.isNaN(Date.parse(key))
  const state = query.state === 'open' ? sql`d.resolved_at is null` : sql`d.resolved_at is not null`
  const after = !usable
    ? sql`true`
    : query.state === 'open'
      ? sql`(d.deadline_on, d.id::text) > (${key}::date, ${id})`
      : sql`(d.resolved_at, d.id::text) < (${key}::timestamptz, ${id})`
  const order = query.state === 'open' ? sql`d.deadline_on, d.id::text` : sql`d.resolved_at desc, d.id::text desc`
  const rows = await rowsWhere(
    tx,
    sql`${state} and ${query.kind === undefined ? sql`true` : sql`d.kind = ${query.kind}`} and ${after}`,
    order,
    query.limit + 1,
  )
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  const cursor =
    last === undefined ? null : query.state === 'open' ? last.deadlineOn : (last.resolvedAt?.toISOString() ?? null)
  return {
    items: await presentAll(tx, items, today),
    nextCursor: cursor === null || last === undefined ? null : `${cursor} ${last.id}`,
  }
}

export async function readDenial(tx: Tx, id: string, today: string): Promise<Denial & { patientId: string }> {
  const [denial] = await presentAll(tx, await rowsWhere(tx, sql`d.id = ${id}`, sql`d.id`, 1), today)
  const { claim, ...rest } = found(denial, 'There is no such denial.')
  return { ...rest, claim, patientId: claim.patient.id }
}

/** Why money is lacking, the largest sum first. */
export async function denialsByCause(
  tx: Tx,
  query: Pick<DenialQuery, 'kind' | 'state'>,
): Promise<{ cause: string; count: number; amountCents: number }[]> {
  const { rows } = await sql<{ cause: string; count: number; amountCents: number }>`
    select cause, count(*)::integer as count, sum(amount_cents)::bigint as "amountCents" from denials where tenant_id = ${tx.tenantId}
      and ${query.state === 'open' ? sql`resolved_at is null` : sql`resolved_at is not null`} and ${query.kind === undefined ? sql`true` : sql`kind = ${query.kind}`}
    group by cause order by 3 desc, 1 limit 100`.execute(tx.db)
  return rows
}
