import type { ImportRecord } from '@keepwell/fhir'
import { localDateOf } from '@keepwell/rules'
import { newId } from '../../kernel/ids.ts'
import { searchTextOf } from '../patients/index.ts'
import { type ChartRow, type ChartRows, type ChartTable, retractable } from './chart-tables.ts'

/** What a row needs to know besides its record. */
export interface RowContext {
  clinicId: string
  timeZone: string
  now: Date
  /** Our id of a patient of this source, by the source's id. */
  patientIdOf(sourceId: string): string | undefined
}

const takenBack = new Set(['entered-in-error', 'not-done', 'cancelled'])

/** The patient that a record is about, by the source's id; null for records about nobody. */
export function subjectOf(record: ImportRecord): string | null {
  return 'patientId' in record ? record.patientId : null
}

/** Adds what a record becomes in the chart's tables. Kinds without a table of their own are kept with their source only. */
export function addRows(rows: ChartRows, record: ImportRecord, context: RowContext): void {
  switch (record.kind) {
    case 'patient':
      return add(rows, 'patients', {
        ...base(record), clinic_id: context.clinicId, created_at: context.now, updated_at: context.now,
        family: record.family ?? (record.given === null ? '(no name)' : ''), given: record.given ?? '', prefix: record.prefix, born_on: record.bornOn,
        sex: record.sex, deceased: record.deceased, died_on: record.diedOn, language: record.language, mbi: record.mbi, mrn: record.mrn,
        address: record.address, phones: record.phones, email: record.email, search_text: searchTextOf(record.given ?? '', record.family ?? ''),
      })
    case 'practitioner':
      return add(rows, 'practitioners', { ...base(record), name: [record.given, record.family].filter(Boolean).join(' ') || 'Unnamed', npi: record.npi })
    case 'condition':
      return addOf(rows, 'conditions', record, context, {
        system: record.system, code: record.code ?? '', display: record.display ?? record.code ?? 'Not named', codings: record.codings,
        clinical_status: record.clinicalStatus, verification_status: record.verificationStatus, category: record.category, onset_on: record.onsetOn,
        abated_on: record.abatedOn, recorded_on: record.recordedOn,
      })
    case 'encounter':
      addOf(rows, 'encounters', record, context, {
        status: record.status, kind: record.visitKind, class: record.class, code: record.cptCode ?? record.typeCodes[0]?.code ?? null,
        display: record.typeCodes[0]?.display ?? null, started_at: record.startedAt, ended_at: record.endedAt,
        practitioner_source_id: record.practitionerId, reason: record.reason,
      })
      if (record.visitKind !== 'inpatient' || record.startedAt === null || takenBack.has(record.status) || record.status === 'planned') return
      return addOf(rows, 'stays', record, context, {
        kind: 'inpatient', from_on: localDateOf(Date.parse(record.startedAt), context.timeZone),
        to_on: record.endedAt === null ? null : localDateOf(Date.parse(record.endedAt), context.timeZone), recorded_at: context.now,
      })
    case 'observation':
      if (takenBack.has(record.status)) return
      return addOf(rows, 'observations', record, context, {
        system: record.code.system, code: record.code.code, display: record.code.display ?? record.code.code, category: record.category,
        effective_at: record.effectiveAt, value_number: record.valueNumber, value_text: record.valueText, unit: record.unit, components: record.components,
      })
    case 'medication':
      return addOf(rows, 'medications', record, context, {
        status: record.status, code: record.code, display: record.display ?? record.code ?? 'Not named', authored_on: record.authoredOn,
        dosage_text: record.dosageText, reason: record.reason,
      })
    case 'allergy':
      if (record.verificationStatus === 'entered-in-error' || record.verificationStatus === 'refuted') return
      return addOf(rows, 'allergies', record, context, {
        code: record.code, display: record.display ?? record.code ?? 'Not named', clinical_status: record.clinicalStatus,
        criticality: record.criticality, reactions: record.reactions, recorded_on: record.recordedOn,
      })
    case 'immunization':
      if (takenBack.has(record.status)) return
      return addOf(rows, 'past_services', record, context, {
        kind: 'immunization', code: record.code, display: record.display ?? record.code ?? 'Not named', performed_on: record.occurredOn,
      })
    case 'procedure':
      if (takenBack.has(record.status)) return
      return addOf(rows, 'past_services', record, context, {
        kind: 'procedure', code: record.code, display: record.display ?? record.code ?? 'Not named', performed_on: record.performedOn,
      })
    case 'coverage':
      if (takenBack.has(record.status) || record.status === 'draft') return
      return addOf(rows, 'coverages', record, context, {
        hint: false, kind: record.coverageKind, payer_name: record.payerName, member_id: record.memberId, from_on: record.from, to_on: record.to,
        payer_order: record.order, recorded_at: context.now,
      })
    case 'coverage_hint':
      return addHint(rows, record, context)
    case 'appointment':
      if (record.startAt === null) return
      return addOf(rows, 'appointments', record, context, {
        clinic_id: context.clinicId, starts_at: record.startAt, ends_at: record.endAt, practitioner_source_id: record.practitionerId, status: record.status,
        description: record.description ?? record.typeText,
      })
    case 'related_person':
      if (record.name === null) return
      return addOf(rows, 'related_people', record, context, { name: record.name, relationship: record.relationship, phone: record.phone })
    default:
      return
  }
}

/** Which of the changed resources no longer stand in a table from which records can leave. */
export function retractionsOf(rows: ChartRows, changedIds: readonly string[]): { table: (typeof retractable)[number]; sourceIds: string[] }[] {
  return retractable.map((table) => {
    const there = new Set((rows[table] ?? []).map((row) => row.source_id))
    return { table, sourceIds: changedIds.filter((id) => !there.has(id)) }
  })
}

function base(record: ImportRecord): { id: string; source_id: string } {
  return { id: newId(), source_id: record.id }
}

function add<T extends ChartTable>(rows: ChartRows, table: T, row: ChartRow<T>): void {
  // The map's value type follows the table's name, which the compiler cannot see through a type parameter.
  const list = (rows[table] ??= [] as never) as ChartRow<T>[]
  list.push(row)
}

function addOf<T extends ChartTable>(
  rows: ChartRows, table: T, record: ImportRecord & { patientId: string }, context: RowContext,
  columns: Omit<ChartRow<T>, 'id' | 'source_id' | 'patient_id'>,
): void {
  add(rows, table, { ...base(record), patient_id: context.patientIdOf(record.patientId), ...columns } as unknown as ChartRow<T>)
}

/** One row for all claims of a patient that name the same payer: thousands of claims say one thing. */
function addHint(rows: ChartRows, record: Extract<ImportRecord, { kind: 'coverage_hint' }>, context: RowContext): void {
  const sourceId = `claims:${record.patientId}:${record.coverageKind}:${(record.payerName ?? '').toLowerCase()}`
  const known = rows.coverages?.find((row) => row.source_id === sourceId)
  if (known === undefined) {
    return addOf(rows, 'coverages', { ...record, id: sourceId }, context, {
      hint: true, kind: record.coverageKind, payer_name: record.payerName, from_on: record.on, to_on: record.on, recorded_at: context.now,
    })
  }
  if (record.on === null) return
  if (typeof known.from_on !== 'string' || record.on < known.from_on) known.from_on = record.on
  if (typeof known.to_on !== 'string' || record.on > known.to_on) known.to_on = record.on
}
