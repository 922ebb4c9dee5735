import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { ClaimIdentity } from './claims.store.ts'

export interface FoundClaim extends ClaimIdentity {
  /** The last batch that it left in; null for a claim that never left. */
  batchId: string | null
  qmb: boolean
  /** Whether another payer decided before the payer of this claim. */
  behindAnother: boolean
  payerClaimNumber: string | null
  expectedMedicareCents: number | null
  lines: FoundLine[]
}

export interface FoundLine {
  id: string
  code: string
  chargeCents: number
  expectedMedicareCents: number | null
  lineControl: string
  serviceOn: string
}

const columns = sql<FoundClaim>`
  c.id, c.patient_id as "patientId", c.control_number as "controlNumber", c.status, c.month, c.charge_cents as "chargeCents", c.service_on as "serviceOn", c.qmb, c.follows_claim_id as "followsClaimId", c.payer, c.other_payer is not null as "behindAnother",
  c.payer_claim_number as "payerClaimNumber", c.expected_medicare_cents as "expectedMedicareCents",
  (select bc.batch_id from claim_batch_claims bc join claim_batches b on b.tenant_id = bc.tenant_id and b.id = bc.batch_id
    where bc.tenant_id = c.tenant_id and bc.claim_id = c.id and b.status <> 'undone' order by b.created_at desc limit 1) as "batchId",
  (select jsonb_agg(jsonb_build_object('id', l.id, 'code', l.code, 'chargeCents', l.charge_cents, 'expectedMedicareCents', l.expected_medicare_cents, 'lineControl', l.line_control,
    'serviceOn', l.service_on) order by l.number) from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as lines`

/** What payers do to a claim number: another case, blanks, and an end at the twentieth character. */
const asPayersReturnIt = (control: string) => control.trim().toUpperCase().slice(0, 20)

/** Our claims by the numbers in a payer's file, each key as it stands in the file; locked until the end. */
export async function findByControls(tx: Tx, controls: readonly string[]): Promise<Map<string, FoundClaim>> {
  if (controls.length === 0) return new Map()
  const wanted = [...new Set(controls.map(asPayersReturnIt))].sort()
  const { rows } = await sql<FoundClaim>`
    select ${columns} from claims c where c.tenant_id = ${tx.tenantId} and c.control_number = any (${wanted}::text[])
    order by c.control_number limit 20000 for update of c`.execute(tx.db)
  const byControl = new Map(rows.map((row) => [row.controlNumber, row]))
  return new Map(
    controls.flatMap((control) => {
      const claim = byControl.get(asPayersReturnIt(control))
      return claim === undefined ? [] : [[control, claim] as const]
    }),
  )
}

/** Our claims by the number that the payer gave them; one that two claims carry finds none. */
export async function findByPayerNumbers(tx: Tx, numbers: readonly string[]): Promise<Map<string, FoundClaim>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<FoundClaim>`
    select ${columns} from claims c where c.tenant_id = ${tx.tenantId} and c.payer_claim_number = any (${[...new Set(numbers)].sort()}::text[])
    order by c.control_number limit 20000 for update of c`.execute(tx.db)
  const byNumber = Map.groupBy(rows, (row) => row.payerClaimNumber ?? '')
  return new Map(
    [...byNumber].flatMap(([number, claims]) =>
      claims.length === 1 && claims[0] !== undefined ? [[number, claims[0]] as const] : [],
    ),
  )
}

/** One claim of ours, locked; undefined where there is none. */
export async function findClaim(tx: Tx, id: string): Promise<FoundClaim | undefined> {
  const { rows } =
    await sql<FoundClaim>`select ${columns} from claims c where c.tenant_id = ${tx.tenantId} and c.id = ${id} for update of c`.execute(
      tx.db,
    )
  return rows[0]
}
