import {
  assessEligibility,
  assessRisk,
  type Eligibility,
  localDateOf,
  type PatientCondition,
  type PatientCoverage,
  type PatientVisit,
  type Risk,
  type RiskInput,
} from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

/** What the rules need of a chart to judge conditions, risk and visits. */
export interface Chart {
  bornOn: string | undefined
  /** null = alive. */
  diedOn: string | null | undefined
  conditions: PatientCondition[]
  visits: (PatientVisit & { status: string | null; chartKind: string; display: string })[]
  medications: { id: string; display: string }[]
  values: NonNullable<RiskInput['values']>
  /** undefined = nobody has stated or checked a coverage; payers of old claims are no coverage. */
  coverages: PatientCoverage[] | undefined
}

const systems: Record<string, string> = {
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
}
const visitKinds: Record<string, PatientVisit['kind']> = {
  office: 'office',
  wellness: 'wellness',
  home: 'home',
  emergency: 'emergency',
  inpatient: 'inpatient',
  virtual: 'telehealth',
}
const coverageKinds: Record<string, PatientCoverage['kind']> = {
  medicare: 'part_b',
  medicare_part_b: 'part_b',
  part_b: 'part_b',
  medicare_advantage: 'medicare_advantage',
  medicaid: 'medicaid',
  medigap: 'medigap',
}
const statuses = new Set(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'])
const notTrue = ['refuted', 'entered-in-error', 'differential']
const measures: Record<string, 'hba1c' | 'egfr' | 'phq9' | 'systolic'> = {
  '4548-4': 'hba1c',
  '33914-3': 'egfr',
  '48642-3': 'egfr',
  '48643-1': 'egfr',
  '62238-1': 'egfr',
  '98979-8': 'egfr',
  '44261-6': 'phq9',
  '8480-6': 'systolic',
}

/** Reads the chart of one patient: active and past conditions, three years of visits, current medications, a year of values. */
export async function readChart(tx: Tx, patientId: string, today: string, timeZone: string): Promise<Chart> {
  const patient = await tx.db
    .selectFrom('patients')
    .select(['born_on', 'deceased', 'died_on'])
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', patientId)
    .executeTakeFirstOrThrow()
  const conditions = await tx.db
    .selectFrom('conditions')
    .select([
      'id',
      'system',
      'code',
      'display',
      'clinical_status',
      'verification_status',
      'category',
      'onset_on',
      'abated_on',
    ])
    .where('tenant_id', '=', tx.tenantId)
    .where('patient_id', '=', patientId)
    .orderBy('onset_on')
    .orderBy('id')
    .limit(1000)
    .execute()
  const visits = await sql<{
    id: string
    kind: string
    code: string | null
    display: string | null
    startedAt: Date
    status: string | null
  }>`
    select id, kind, code, display, started_at as "startedAt", status from encounters
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and started_at > ${new Date(Date.parse(today) - 3 * 366 * 86_400_000)}
      and coalesce(status, 'finished') not in ('planned', 'cancelled', 'entered-in-error')
    order by started_at desc limit 500`.execute(tx.db)
  const medications = await tx.db
    .selectFrom('medications')
    .select(['id', 'display'])
    .where('tenant_id', '=', tx.tenantId)
    .where('patient_id', '=', patientId)
    .where('status', '=', 'active')
    .orderBy('display')
    .limit(200)
    .execute()
  const coverages = await tx.db
    .selectFrom('coverages')
    .select(['kind', 'from_on', 'to_on'])
    .where('tenant_id', '=', tx.tenantId)
    .where('patient_id', '=', patientId)
    .where('hint', '=', false)
    .orderBy('recorded_at')
    .limit(100)
    .execute()
  const covered = coverages.flatMap((row) => {
    const kind = coverageKinds[row.kind]
    return kind === undefined ? [] : [{ kind, from: row.from_on ?? '1900-01-01', to: row.to_on }]
  })
  return {
    coverages: covered.length === 0 ? undefined : covered,
    bornOn: patient.born_on ?? undefined,
    diedOn: patient.deceased ? (patient.died_on ?? today) : null,
    conditions: conditions
      .filter((row) => !notTrue.includes(row.verification_status ?? ''))
      .map((row) => ({
        id: row.id,
        system: systems[row.system] ?? row.system,
        code: row.code,
        display: row.display,
        // A problem without a status is what most EHRs mean by an active one.
        status:
          row.clinical_status === null
            ? 'active'
            : statuses.has(row.clinical_status)
              ? (row.clinical_status as PatientCondition['status'])
              : 'unknown',
        onsetOn: row.onset_on,
        abatedOn: row.abated_on,
      })),
    visits: visits.rows
      .map((row) => ({
        id: row.id,
        on: localDateOf(row.startedAt.getTime(), timeZone),
        code: row.code,
        kind: visitKinds[row.kind] ?? 'other',
        status: row.status,
        chartKind: row.kind,
        display: row.display ?? '',
      }))
      .filter((visit) => visit.on <= today),
    medications,
    values: await readValues(tx, patientId, today, timeZone),
  }
}

async function readValues(tx: Tx, patientId: string, today: string, timeZone: string): Promise<Chart['values']> {
  const { rows } = await sql<{ id: string; code: string; value: number; at: Date }>`
    select o.id, o.code, o.value_number::float8 as value, o.effective_at as at from observations o
    where o.tenant_id = ${tx.tenantId} and o.patient_id = ${patientId} and o.code = any (${Object.keys(measures)}::text[]) and o.value_number is not null and o.effective_at is not null
    union all
    select o.id, c -> 'code' ->> 'code', (c ->> 'valueNumber')::float8, o.effective_at from observations o cross join lateral jsonb_array_elements(o.components) c
    where o.tenant_id = ${tx.tenantId} and o.patient_id = ${patientId} and o.effective_at is not null and c -> 'code' ->> 'code' = '8480-6' and c ->> 'valueNumber' is not null
    order by at desc limit 200`.execute(tx.db)
  return rows.flatMap((row) => {
    const kind = measures[row.code]
    const on = localDateOf(row.at.getTime(), timeZone)
    return kind === undefined || on > today ? [] : [{ id: row.id, kind, value: row.value, on }]
  })
}

/** What the rules make of the chart: groups with their evidence, risk with its points. */
export function judgeChart(chart: Chart, today: string): { eligibility: Eligibility; risk: Risk } {
  const eligibility = assessEligibility({
    asOf: today,
    bornOn: chart.bornOn,
    diedOn: chart.diedOn,
    conditions: chart.conditions,
    coverages: chart.coverages,
    visits: chart.visits,
  })
  return {
    eligibility,
    risk: assessRisk({
      asOf: today,
      bornOn: chart.bornOn,
      groups: eligibility.groups,
      visits: chart.visits,
      medications: chart.medications,
      values: chart.values,
    }),
  }
}
