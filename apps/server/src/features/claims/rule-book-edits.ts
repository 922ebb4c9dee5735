import { type ClaimToEdit, editsOf, fiscalYearOf, type Icd10Table, lastDayOf, type PolicyFacts } from '@keepwell/rules'
import { icd10Tables } from '@keepwell/rules/icd10'
import { type Finding, finding } from '@keepwell/x12'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { rulePoliciesOn } from '../clinics/index.ts'
import { diagnosesOnDays } from '../code-lists/index.ts'

interface Row extends ClaimToEdit {
  id: string
  /** It tells a supplement of a decision that Medicare has made: the rules of Medicare were asked before. */
  follows: boolean
}

/** What the rule book says of claims before they leave, by claim id. */
export interface RuleBookSays {
  findings: readonly Finding[]
  /** The clinic lets a claim of this month leave with one diagnosis. */
  oneDiagnosisEnough: boolean
}

/**
 * Asks the rule book's edits about claims: what the text of an 837P alone does not show, such as a day after death or
 * outside the month, a charge below the schedule, a code that is not paid in the month. An edit with a reason code would
 * bring the claim back and is an error; one without is a warning.
 */
export async function ruleBookSays(
  tx: Tx,
  clinicId: string,
  ids: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, RuleBookSays>> {
  const { rows } = await sql<Row>`
    select c.id, c.month, c.follows_claim_id is not null as follows, coalesce(s.npi, '') as "renderingNpi", k.place_of_service as "placeOfService", ${today} as "sentOn",
      p.died_on as "diedOn", c.diagnoses,
      (select jsonb_agg(jsonb_build_object('code', l.code, 'units', l.units, 'dateOfService', l.service_on, 'pointers', to_jsonb(l.pointers),
        'chargeCents', l.charge_cents, 'allowedCents', l.expected_allowed_cents) order by l.number)
        from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as lines
    from claims c
    join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
    join clinics k on k.tenant_id = c.tenant_id and k.id = c.clinic_id
    join staff s on s.tenant_id = c.tenant_id and s.id = c.practitioner_id
    where c.tenant_id = ${tx.tenantId} and c.id = any (${[...ids]}::uuid[]) limit ${Math.max(1, ids.length)}`.execute(
    tx.db,
  )
  const policies = new Map<string, PolicyFacts>()
  for (const month of new Set(rows.map((row) => row.month)))
    policies.set(month, await rulePoliciesOn(tx, clinicId, lastDayOf(month)))
  const tablesOf = await clinicTables(tx, rows)
  return new Map(
    rows.map((row) => {
      const policy = policies.get(row.month) ?? {}
      const findings = (row.follows ? [] : editsOf({ ...row, policy }, [], tablesOf(row))).map(
        ({ id, place, sentence, reason }) =>
          finding(7, reason === null ? 'warning' : 'error', id, sentence, {
            loop: place === 'claim' ? '2300' : '2400',
            element: place,
          }),
      )
      return [row.id, { findings, oneDiagnosisEnough: policy.secondDiagnosis === 'warn' }]
    }),
  )
}

/**
 * The tables that answer for a claim's diagnoses: the book's own and, for the days of its lines, the clinic's list. What
 * neither has stays unknown, and nothing is said about it.
 */
async function clinicTables(tx: Tx, claims: readonly Row[]): Promise<(claim: Row) => readonly Icd10Table[]> {
  const daysOf = (claim: Row) => [...new Set(claim.lines.map((line) => line.dateOfService))]
  const plain = (code: string) => code.replace('.', '').toUpperCase()
  const standingOn = await diagnosesOnDays(
    tx,
    claims.flatMap((claim) =>
      daysOf(claim).flatMap((on) => claim.diagnoses.map((code) => ({ code: plain(code), on }))),
    ),
  )
  return (claim) => [
    ...icd10Tables,
    ...daysOf(claim).flatMap((on) => {
      const standings = claim.diagnoses.map((code) => [plain(code), standingOn(plain(code), on)] as const)
      const known = new Map(standings.flatMap(([code, standing]) => (standing === undefined ? [] : [[code, standing]])))
      return known.size === 0
        ? []
        : [{ fiscalYear: fiscalYearOf(on), standingOf: (code: string) => known.get(plain(code)) ?? 'not_listed' }]
    }),
  ]
}
