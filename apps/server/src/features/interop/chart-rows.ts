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

/** What a record becomes in the chart's tables. Kinds without a table of their own are kept with their source only. */
function rowsOf(record: ImportRecord, context: RowContext): Placed[] {
  switch (record.kind) {
    case 'patient':
      return placed('patients', {
        ...base(record),
        clinic_id: context.clinicId,
        created_at: context.now,
        updated_at: context.now,
        family: record.family ?? (record.given === null ? '(no name)' : ''),
        given: record.given ?? '',
        prefix: record.prefix,
        born_on: record.bornOn,
        sex: record.sex,
        deceased: record.deceased,
        died_on: record.diedOn,
        language: record.language,
        mbi: record.mbi,
        mrn: record.mrn,
        address: record.address,
        phones: record.phones,
        email: record.email,
        search_text: searchTextOf(record.given ?? '', record.family ?? ''),
      })
    case 'practitioner':
      return placed('practitioners', {
        ...base(record),
        name: [record.given, record.family].filter(Boolean).join(' ') || 'Unnamed',
        npi: record.npi,
      })
    case 'condition':
      return placedOf('conditions', record, context, {
        system: record.system,
        code: record.code ?? '',
        display: record.display ?? record.code ?? 'Not named',
        codings: record.codings,
        clinical_status: record.clinicalStatus,
        verification_status: record.verificationStatus,
        category: record.category,
        onset_on: record.onsetOn,
        abated_on: record.abatedOn,
        recorded_on: record.recordedOn,
      })
    case 'encounter':
      return [
        ...placedOf('encounters', record, context, {
          status: record.status,
          kind: record.visitKind,
          class: record.class,
          code: record.cptCode ?? record.typeCodes[0]?.code ?? null,
          display: record.typeCodes[0]?.display ?? null,
          started_at: record.startedAt,
          ended_at: record.endedAt,
          practitioner_source_id: record.practitionerId,
          reason: record.reason,
        }),
        ...stayOf(record, context),
      ]
    case 'observation':
      if (takenBack.has(record.status)) return []
      return placedOf('observations', record, context, {
        system: record.code.system,
        code: record.code.code,
        display: record.code.display ?? record.code.code,
        category: record.category,
        effective_at: record.effectiveAt,
        value_number: record.valueNumber,
        value_text: record.valueText,
        unit: record.unit,
        components: record.components,
      })
    case 'medication':
      return placedOf('medications', record, context, {
        status: record.status,
        code: record.code,
        display: record.display ?? record.code ?? 'Not named',
        authored_on: record.authoredOn,
        dosage_text: record.dosageText,
        reason: record.reason,
      })
    case 'allergy':
      if (record.verificationStatus === 'entered-in-error' || record.verificationStatus === 'refuted') return []
      return placedOf('allergies', record, context, {
        code: record.code,
        display: record.display ?? record.code ?? 'Not named',
        clinical_status: record.clinicalStatus,
        criticality: record.criticality,
        reactions: record.reactions,
        recorded_on: record.recordedOn,
      })
    case 'immunization':
      if (takenBack.has(record.status)) return []
      return placedOf('past_services', record, context, {
        kind: 'immunization',
        code: record.code,
        display: record.display ?? record.code ?? 'Not named',
        performed_on: record.occurredOn,
      })
    case 'procedure':
      if (takenBack.has(record.status)) return []
      return placedOf('past_services', record, context, {
        kind: 'procedure',
        code: record.code,
        display: record.display ?? record.code ?? 'Not named',
        performed_on: record.performedOn,
      })
    case 'coverage':
      if (takenBack.has(record.status) || record.status === 'draft') return []
      return placedOf('coverages', record, context, {
        hint: false,
        kind: record.coverageKind,
        payer_name: record.payerName,
        member_id: record.memberId,
        from_on: record.from,
        to_on: record.to,
        payer_order: record.order,
        recorded_at: context.now,
      })
    case 'coverage_hint':
      return hintOf(record, context)
    case 'appointment':
      if (record.startAt === null) return []
      return placedOf('appointments', record, context, {
        clinic_id: context.clinicId,
        starts_at: record.startAt,
        ends_at: record.endAt,
        practitioner_source_id: record.practitionerId,
        status: record.status,
        description: record.description ?? record.typeText,
      })
    case 'related_person':
      if (record.name === null) return []
      return placedOf('related_people', record, context, {
        name: record.name,
        relationship: record.relationship,
        phone: record.phone,
      })
    default:
      return []
  }
}

/** Which of the changed resources no longer stand in a table from which records can leave. */
export function retractionsOf(
  rows: ChartRows,
  changedIds: readonly string[],
): { table: (typeof retractable)[number]; sourceIds: string[] }[] {
  return retractable.map((table) => {
    const there = new Set((rows[table] ?? []).map((row) => row.source_id))
    return { table, sourceIds: changedIds.filter((id) => !there.has(id)) }
  })
}

function base(record: ImportRecord): { id: string; source_id: string } {
  return { id: newId(), source_id: record.id }
}

/** A row with the table that it goes to. */
type Placed = { [T in ChartTable]: { table: T; row: ChartRow<T> } }[ChartTable]

function placed<T extends ChartTable>(table: T, row: ChartRow<T>): Placed[] {
  // The pair belongs together by the parameters; the compiler does not follow a union through a type parameter.
  return [{ table, row } as Placed]
}

function placedOf<T extends ChartTable>(
  table: T,
  record: ImportRecord & { patientId: string },
  context: RowContext,
  columns: Omit<ChartRow<T>, 'id' | 'source_id' | 'patient_id'>,
): Placed[] {
  const row = { ...base(record), patient_id: context.patientIdOf(record.patientId), ...columns }
  return placed(table, row as unknown as ChartRow<T>)
}

/** A stay in hospital: its days bear on what may be billed. */
function stayOf(record: Extract<ImportRecord, { kind: 'encounter' }>, context: RowContext): Placed[] {
  if (record.visitKind !== 'inpatient' || record.startedAt === null) return []
  if (takenBack.has(record.status) || record.status === 'planned') return []
  const dayOf = (instant: string) => localDateOf(Date.parse(instant), context.timeZone)
  return placedOf('stays', record, context, {
    kind: 'inpatient',
    from_on: dayOf(record.startedAt),
    to_on: record.endedAt === null ? null : dayOf(record.endedAt),
    recorded_at: context.now,
  })
}

/** One row for all claims of a patient that name the same payer: thousands of claims say one thing. */
function hintOf(record: Extract<ImportRecord, { kind: 'coverage_hint' }>, context: RowContext): Placed[] {
  const id = `claims:${record.patientId}:${record.coverageKind}:${(record.payerName ?? '').toLowerCase()}`
  return placedOf('coverages', { ...record, id }, context, {
    hint: true,
    kind: record.coverageKind,
    payer_name: record.payerName,
    from_on: record.on,
    to_on: record.on,
    recorded_at: context.now,
  })
}

/** Gathers rows for one write. Within it a row stands once: hints of the same payer become one that spans them. */
export class RowGatherer {
  readonly rows: ChartRows = {}
  readonly #hints = new Map<string, ChartRow<'coverages'>>()

  add(record: ImportRecord, context: RowContext): void {
    for (const { table, row } of rowsOf(record, context)) {
      if (table === 'coverages' && row.hint === true && this.#spans(row)) continue
      this.put(table, row)
    }
  }

  put<T extends ChartTable>(table: T, row: ChartRow<T>): void {
    // The map's value type follows the table's name, as in `placed`.
    const list = this.rows[table] as ChartRow<T>[] | undefined
    if (list === undefined) Object.assign(this.rows, { [table]: [row] })
    else list.push(row)
  }

  /** Widens the hint that is there already; answers false for the first of its payer. */
  #spans(row: ChartRow<'coverages'>): boolean {
    const known = this.#hints.get(row.source_id)
    if (known === undefined) {
      this.#hints.set(row.source_id, row)
      return false
    }
    const on = row.from_on
    if (typeof on !== 'string') return true
    if (typeof known.from_on !== 'string' || on < known.from_on) known.from_on = on
    if (typeof known.to_on !== 'string' || on > known.to_on) known.to_on = on
    return true
  }
}
