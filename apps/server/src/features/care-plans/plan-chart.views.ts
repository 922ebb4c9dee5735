import { assessEligibility, localDateOf, type PatientCondition, snomedToIcd10 } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { PlanChart } from './plan-draft.ts'
import type { ChartMeasure } from './templates/index.ts'

const icd10cm = 'http://hl7.org/fhir/sid/icd-10-cm'
const systems: Record<string, string> = {
  icd10cm,
  snomed: 'http://snomed.info/sct',
}
const loinc: Record<string, ChartMeasure> = {
  '4548-4': 'a1c',
  '17856-6': 'a1c',
  '29463-7': 'weight',
  '33914-3': 'egfr',
  '48642-3': 'egfr',
  '62238-1': 'egfr',
  '98979-8': 'egfr',
  '18262-6': 'ldl',
  '13457-7': 'ldl',
  '2089-1': 'ldl',
  '44261-6': 'phq9',
  '59408-5': 'oxygen',
  '2708-6': 'oxygen',
  '39156-5': 'bmi',
  '3016-3': 'tsh',
  '8867-4': 'heart_rate',
  '85354-9': 'blood_pressure',
  '55284-4': 'blood_pressure',
}

/** Reads what of the chart goes into a plan: problems, newest values, current medicines, allergies, caregiver, vaccines. */
export async function readPlanChart(tx: Tx, patientId: string, today: string, timeZone: string): Promise<PlanChart> {
  const { rows: conditions } = await sql<{
    id: string
    system: string
    code: string
    display: string
    status: string | null
    onsetOn: string | null
    abatedOn: string | null
  }>`
    select id, system, code, display, clinical_status as status, onset_on as "onsetOn", abated_on as "abatedOn" from conditions
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and coalesce(verification_status, 'confirmed') not in ('refuted', 'entered-in-error', 'differential')
      and coalesce(clinical_status, 'active') in ('active', 'recurrence', 'relapse') order by onset_on, id limit 500`.execute(
    tx.db,
  )
  const active: (PatientCondition & { display: string })[] = conditions
    .filter((row) => row.abatedOn === null || row.abatedOn > today)
    .map((row) => ({
      id: row.id,
      system: systems[row.system] ?? row.system,
      code: row.code,
      display: row.display,
      status: 'active',
      onsetOn: row.onsetOn,
      abatedOn: row.abatedOn,
    }))
  const { groups } = assessEligibility({
    asOf: today,
    bornOn: undefined,
    diedOn: null,
    conditions: active,
    coverages: undefined,
    visits: [],
  })
  return {
    groups,
    problems: problemsOf(active, groups),
    latest: await readLatest(tx, patientId, today, timeZone),
    ...(await readMedicines(tx, patientId)),
    caregiver: await readCaregiver(tx, patientId),
    done: await readDone(tx, patientId),
  }
}

/** Chronic conditions first, in the order of the rule book's groups, then what else carries a code; each code once. */
function problemsOf(
  active: readonly (PatientCondition & { display: string })[],
  groups: PlanChart['groups'],
): PlanChart['problems'] {
  const byCode = new Map<string, { name: string; icd10: string; since: string | null }>()
  const put = (icd10: string, name: string, since: string | null) => {
    if (!byCode.has(icd10) && byCode.size < 40) byCode.set(icd10, { name: plain(name), icd10, since })
  }
  for (const hit of groups) for (const one of hit.evidence) put(one.icd10, one.display, one.onsetOn)
  for (const one of active) {
    const icd10 = one.system === icd10cm ? one.code : (snomedToIcd10(one.code) ?? null)
    if (icd10 !== null) put(icd10, one.display, one.onsetOn ?? null)
  }
  return [...byCode.values()]
}

/** Without SNOMED's hierarchy tag, as people say it. */
const plain = (display: string): string =>
  display.replace(/\s*\((disorder|finding|situation|procedure|morphologic abnormality)\)$/i, '').slice(0, 300)

async function readLatest(tx: Tx, patientId: string, today: string, timeZone: string): Promise<PlanChart['latest']> {
  const { rows } = await sql<{
    code: string
    value: number | null
    unit: string | null
    components: unknown
    at: Date
  }>`
    select distinct on (code) code, value_number::float8 as value, unit, components, effective_at as at from observations
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and code = any (${Object.keys(loinc)}::text[]) and effective_at is not null
    order by code, effective_at desc limit 60`.execute(tx.db)
  const latest: Partial<Record<ChartMeasure, { words: string; on: string }>> = {}
  for (const row of rows) {
    const measure = loinc[row.code]
    const on = localDateOf(row.at.getTime(), timeZone)
    const words =
      measure === 'blood_pressure'
        ? pressureWords(row.components)
        : row.value === null
          ? null
          : `${Math.round(row.value * 10) / 10} ${unitWords(row.unit)}`.trim()
    if (measure === undefined || words === null || on > today) continue
    const known = latest[measure]
    if (known === undefined || known.on < on) latest[measure] = { words, on }
  }
  return latest
}

/** UCUM as people read it: `mL/min/{1.73_m2}` becomes `mL/min`. */
const unitWords = (unit: string | null): string =>
  (unit ?? '')
    .replace(/\/?\{[^}]*\}/g, '')
    .replace('mm[Hg]', 'mmHg')
    .replace('m[IU]/L', 'mIU/L')
    .replace('/min/', '/min')

function pressureWords(components: unknown): string | null {
  if (!Array.isArray(components)) return null
  const partOf = (code: string): number | null => {
    for (const part of components) {
      if (typeof part !== 'object' || part === null || !('code' in part) || !('valueNumber' in part)) continue
      const stated = part.code
      const named = typeof stated === 'object' && stated !== null && 'code' in stated ? stated.code : stated
      if (named === code && typeof part.valueNumber === 'number') return Math.round(part.valueNumber)
    }
    return null
  }
  const systolic = partOf('8480-6')
  const diastolic = partOf('8462-4')
  return systolic === null || diastolic === null ? null : `${systolic}/${diastolic} mmHg`
}

async function readMedicines(tx: Tx, patientId: string): Promise<Pick<PlanChart, 'medications' | 'allergies'>> {
  const { rows: medications } = await sql<{ name: string; dose: string | null; reason: string | null }>`
    select distinct on (lower(display)) display as name, dosage_text as dose, reason from medications
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and status = 'active' order by lower(display), authored_on desc nulls last limit 80`.execute(
    tx.db,
  )
  const { rows: allergies } = await sql<{ substance: string; reactions: unknown }>`
    select distinct on (lower(display)) display as substance, reactions from allergies
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and coalesce(clinical_status, 'active') = 'active' order by lower(display) limit 60`.execute(
    tx.db,
  )
  return {
    medications: medications.map((row) => ({
      name: row.name.slice(0, 300),
      dose: (row.dose ?? '').slice(0, 300),
      reason: plain(row.reason ?? ''),
    })),
    allergies: allergies.map((row) => ({
      substance: plain(row.substance),
      reaction: Array.isArray(row.reactions)
        ? row.reactions
            .filter((one): one is string => typeof one === 'string')
            .map(plain)
            .join(', ')
            .slice(0, 300)
        : '',
    })),
  }
}

async function readCaregiver(tx: Tx, patientId: string): Promise<PlanChart['caregiver']> {
  const { rows } = await sql<{ name: string; relationship: string | null; phone: string | null }>`
    select name, relationship, phone from (
      (select caregiver_name as name, caregiver_relationship as relationship, caregiver_phone as phone, 1 as rank from patient_contacts
        where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and caregiver_name is not null order by recorded_at desc limit 1)
      union all
      (select name, relationship, phone, 2 from related_people where tenant_id = ${tx.tenantId} and patient_id = ${patientId} order by name limit 1)) people
    order by rank limit 1`.execute(tx.db)
  const row = rows[0]
  return row === undefined ? null : { name: row.name, relationship: row.relationship ?? '', phone: row.phone ?? '' }
}

async function readDone(tx: Tx, patientId: string): Promise<PlanChart['done']> {
  const { rows } = await sql<{ words: string; on: string }>`
    select display as words, performed_on as on from past_services where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and performed_on is not null
    order by performed_on desc limit 500`.execute(tx.db)
  return rows
}
