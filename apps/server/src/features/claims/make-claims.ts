import type { OtherPayer, PrimaryDecision } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assert, Problem } from '../../kernel/problem.ts'
import { policyOn } from '../clinics/index.ts'
import { mbiOfPatient } from '../patients/index.ts'

interface FrozenLine {
  code: string
  units: number
  dateOfService: string
  diagnoses: string[]
  /** Only where the rule book asks for one. */
  modifiers?: string[]
  allowedCents: number | null
  medicareCents: number | null
  patientCents: number | null
}

export interface FrozenMonth {
  patientId: string
  practitionerId: string | null
  lines: FrozenLine[]
  qmb: boolean
  snapshotSha256: string
  subscriber: {
    family: string
    given: string
    bornOn: string | null
    sex: string
    mbi: string | null
    address: unknown
  }
  /** What a payer decided that pays before Medicare; null where Medicare pays first. */
  otherPayer: OtherPayer | null
}

/** A first insurer's decision as a claim to Medicare repeats it. */
export function otherPayerOf(decision: PrimaryDecision): OtherPayer {
  const { insurer, decidedOn, claimNumber, lines } = decision
  return {
    ...insurer,
    sequence: 'P',
    groupName: null,
    decidedOn,
    claimNumber,
    adjustments: [],
    lines: lines.map(({ code, paidCents, units, adjustments }) => ({ code, paidCents, units, adjustments })),
  }
}

/**
 * Makes the claims of ready patients of a closed month, from its frozen rows. A patient who has a live claim for the
 * month gets none, so that a repeated or resumed close makes nothing twice.
 */
export async function makeClaims(
  tx: Tx,
  batch: { clinicId: string; month: string; patientIds: readonly string[]; now: Date; by: string | null },
): Promise<{ made: number }> {
  const frozen = (await listFrozen(tx, batch)).filter(({ lines }) => lines.length > 0)
  if (frozen.length === 0) return { made: 0 }
  const day = `${batch.month}-28`
  const percent = await policyOn(tx, batch.clinicId, 'claim.charge_percent', day)
  const parties = await policyOn(tx, batch.clinicId, 'claim.parties', day)
  const first = await reserveControls(tx, frozen.length)
  const claims = frozen.map((month, index) =>
    claimOf(month, { control: controlNumberOf(first + index), percent, payerId: parties?.payerId ?? '' }),
  )
  return { made: await insertClaims(tx, batch, claims) }
}

/** Makes one claim of a month from what was found after its close. Answers its id and number. */
export async function makeClaimOf(
  tx: Tx,
  month: FrozenMonth,
  of: { clinicId: string; month: string; now: Date; by: string; sentence: string },
): Promise<{ id: string; controlNumber: string }> {
  const day = `${of.month}-28`
  const percent = await policyOn(tx, of.clinicId, 'claim.charge_percent', day)
  const parties = await policyOn(tx, of.clinicId, 'claim.parties', day)
  const control = controlNumberOf(await reserveControls(tx, 1))
  const claim = claimOf(month, { control, percent, payerId: parties?.payerId ?? '' })
  const made = await insertClaims(tx, of, [claim], of.sentence)
  if (made === 0)
    throw new Problem('conflict', 'A claim of this patient stands for the month already. Load the page again.')
  return { id: claim.id, controlNumber: control }
}

/** CLM01: unique for ever, letters and digits only, so that it comes back unharmed in every answer. */
export function controlNumberOf(number: number): string {
  return `KW${number.toString(36).toUpperCase().padStart(7, '0')}`
}

/** The charge in cents for an allowed amount: the clinic's percentage, rounded up to the cent, never below the amount itself. */
export function chargeOf(allowedCents: number, percent: number): number {
  return Math.max(allowedCents, Math.ceil((allowedCents * percent) / 100))
}

/** What a line was charged to the payer before, to whom it was charged the same; undefined where nobody pays before. */
function chargedBefore(otherPayer: OtherPayer | null, code: string): number | undefined {
  const line = otherPayer?.lines.find((one) => one.code === code)
  return line?.adjustments.reduce((sum, { amountCents }) => sum + amountCents, line.paidCents)
}

/** A sum in cents; null where one part is not known. */
function sumOf(lines: readonly FrozenLine[], of: (line: FrozenLine) => number | null): number | null {
  return lines.reduce<number | null>((sum, line) => {
    const cents = of(line)
    return sum === null || cents === null ? null : sum + cents
  }, 0)
}

function claimOf(month: FrozenMonth, given: { control: string; percent: number; payerId: string }) {
  const [first] = month.lines
  assert(first !== undefined && month.practitionerId !== null, 'a ready month has a line and a practitioner')
  const diagnoses = [...new Set(month.lines.flatMap((line) => line.diagnoses))]
  const lines = month.lines.map((line, index) => {
    assert(line.allowedCents !== null, 'a ready month has known amounts')
    return {
      id: newId(),
      number: index + 1,
      code: line.code,
      units: line.units,
      modifiers: line.modifiers ?? [],
      charge: chargedBefore(month.otherPayer, line.code) ?? chargeOf(line.allowedCents, given.percent),
      allowed: line.allowedCents,
      medicare: line.medicareCents,
      patient: line.patientCents,
      service_on: line.dateOfService,
      pointers: line.diagnoses.slice(0, 4).map((code) => diagnoses.indexOf(code) + 1),
      line_control: `${given.control}-${index + 1}`,
    }
  })
  return {
    id: newId(),
    patient_id: month.patientId,
    control: given.control,
    practitioner_id: month.practitionerId,
    payer_id: given.payerId,
    service_on: first.dateOfService,
    diagnoses,
    charge: lines.reduce((sum, line) => sum + line.charge, 0),
    allowed: sumOf(month.lines, (line) => line.allowedCents),
    medicare: sumOf(month.lines, (line) => line.medicareCents),
    patient: sumOf(month.lines, (line) => line.patientCents),
    qmb: month.qmb,
    snapshot: month.snapshotSha256,
    subscriber: month.subscriber,
    sequence: month.otherPayer === null ? 'P' : 'S',
    other_payer: month.otherPayer,
    lines,
  }
}

async function listFrozen(
  tx: Tx,
  batch: { clinicId: string; month: string; patientIds: readonly string[] },
): Promise<FrozenMonth[]> {
  const { rows } = await sql<Omit<FrozenMonth, 'otherPayer'> & { decision: PrimaryDecision | null }>`
    select m.patient_id as "patientId", m.practitioner_id as "practitionerId", m.lines, coalesce(m.qmb, false) as qmb,
      m.snapshot_sha256 as "snapshotSha256", jsonb_build_object('family', p.family, 'given', p.given, 'bornOn', p.born_on, 'sex', p.sex, 'mbi', ${mbiOfPatient}, 'address', p.address) as subscriber,
      d.decision
    from closed_months m join patients p on p.tenant_id = m.tenant_id and p.id = m.patient_id
    left join primary_decisions d on d.tenant_id = m.tenant_id and d.id = m.primary_decision_id
    where m.tenant_id = ${tx.tenantId} and m.clinic_id = ${batch.clinicId} and m.month = ${batch.month} and m.lane = 'ready' and m.patient_id = any (${[...batch.patientIds]}::uuid[])
    order by m.patient_id limit ${Math.max(1, batch.patientIds.length)}`.execute(tx.db)
  return rows.map(({ decision, ...row }) => ({ ...row, otherPayer: decision === null ? null : otherPayerOf(decision) }))
}

/** Takes `count` numbers at once from the counter of claim control numbers; answers the first. They never come again. */
export async function reserveControls(tx: Tx, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into counters (tenant_id, name, last_value) values (${tx.tenantId}, 'claim_control', ${count})
    on conflict (tenant_id, name) do update set last_value = counters.last_value + ${count}
    returning last_value as last`.execute(tx.db)
  return (rows[0]?.last ?? count) - count + 1
}

/** Writes claims with their lines and first events; answers how many. Who has a live claim for the month gets none. */
async function insertClaims(
  tx: Tx,
  batch: { clinicId: string; month: string; now: Date; by: string | null },
  given: readonly ReturnType<typeof claimOf>[],
  sentence = 'Made by the close of the month.',
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    insert into claims (tenant_id, id, clinic_id, patient_id, month, control_number, practitioner_id, payer_id, status, service_on, diagnoses, charge_cents,
      expected_allowed_cents, expected_medicare_cents, expected_patient_cents, qmb, snapshot_sha256, subscriber, payer_sequence, other_payer, created_at, updated_at)
    select ${tx.tenantId}::uuid, r.id, ${batch.clinicId}::uuid, r.patient_id, ${batch.month}, r.control, r.practitioner_id, r.payer_id, 'ready', r.service_on,
      array(select jsonb_array_elements_text(r.diagnoses)), r.charge, r.allowed, r.medicare, r.patient, r.qmb, r.snapshot, r.subscriber, r.sequence, r.other_payer, ${batch.now}::timestamptz, ${batch.now}::timestamptz
    from json_to_recordset(${json(given.map(({ lines: _, ...claim }) => claim))}::json) as r (id uuid, patient_id uuid, control text, practitioner_id uuid, payer_id text,
      service_on date, diagnoses jsonb, charge integer, allowed integer, medicare integer, patient integer, qmb boolean, snapshot text, subscriber jsonb, sequence text, other_payer jsonb)
    on conflict (tenant_id, patient_id, month, (follows_claim_id is null)) where live do nothing
    returning id`.execute(tx.db)
  const made = new Set(rows.map(({ id }) => id))
  const claims = given.filter(({ id }) => made.has(id))
  const lines = claims.flatMap((claim) =>
    claim.lines.map((line) => ({ ...line, claim_id: claim.id, patient_id: claim.patient_id })),
  )
  await sql`
    insert into claim_lines (tenant_id, id, claim_id, patient_id, month, number, code, units, modifiers, charge_cents, expected_allowed_cents, expected_medicare_cents,
      expected_patient_cents, service_on, pointers, line_control)
    select ${tx.tenantId}::uuid, r.id, r.claim_id, r.patient_id, ${batch.month}, r.number, r.code, r.units, array(select jsonb_array_elements_text(r.modifiers)), r.charge, r.allowed, r.medicare, r.patient, r.service_on,
      array(select jsonb_array_elements_text(r.pointers)::integer), r.line_control
    from json_to_recordset(${json(lines)}::json) as r (id uuid, claim_id uuid, patient_id uuid, number integer, code text, units integer, modifiers jsonb, charge integer, allowed integer,
      medicare integer, patient integer, service_on date, pointers jsonb, line_control text)`.execute(tx.db)
  const events = claims.map((claim) => ({ id: newId(), claim_id: claim.id }))
  await sql`
    insert into claim_events (tenant_id, id, claim_id, kind, sentence, happened_at, recorded_by)
    select ${tx.tenantId}::uuid, r.id, r.claim_id, 'made', ${sentence}, ${batch.now}::timestamptz, ${batch.by}::uuid
    from json_to_recordset(${json(events)}::json) as r (id uuid, claim_id uuid)`.execute(tx.db)
  return claims.length
}
