import { type Chart, contract, type RecordKind } from '@keepwell/contract'
import { IconReportMedical } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useView } from '../../api/index.ts'
import { type Column, DataTable, EmptyState, Instant, LocalDate, Section, StatusChip, Viewed } from '../../ui/index.ts'
import css from './patients.module.css'
import { SourceDrawer, useSource } from './SourceDrawer.tsx'
import { visitWords } from './standing.ts'
import { ValueTrends } from './ValueTrends.tsx'

/** The chart as it came from the EHR: problems and medications first, then values, visits and what was done. */
export default function ChartTab({ patientId }: { patientId: string }) {
  const view = useView(contract.patients.chart, { params: { patientId } })
  return (
    <Viewed view={view} what="the chart" lines={8}>
      {(chart) =>
        isEmpty(chart) ? (
          <EmptyState icon={IconReportMedical} title="The chart is empty">
            Nothing clinical came with this patient yet. Problems, medications, values and visits stand here after the
            next import.
          </EmptyState>
        ) : (
          <div className={css.chart}>
            <div className={css.pair}>
              <Problems chart={chart} />
              <div className={css.chart}>
                <Medications chart={chart} />
                <Allergies chart={chart} />
              </div>
            </div>
            <ValueTrends values={chart.values} />
            <Visits chart={chart} />
            <PastServices chart={chart} />
            <SourceDrawer patientId={patientId} />
          </div>
        )
      }
    </Viewed>
  )
}

function isEmpty(chart: Chart): boolean {
  return Object.values(chart).every((list) => list.length === 0)
}

/** A name that opens where it came from. */
function Sourced(props: { kind: RecordKind; id: string; children: ReactNode }) {
  const source = useSource()
  return (
    <button
      type="button"
      className={css.source}
      title="Where this came from"
      onClick={() => source.open(props.kind, props.id)}
    >
      {props.children}
    </button>
  )
}

function Problems({ chart }: { chart: Chart }) {
  const active = chart.conditions.filter((one) => one.active)
  const past = chart.conditions.filter((one) => !one.active)
  return (
    <Section title="Problems" subtitle={`${active.length} active`} framed>
      {active.length === 0 && <p className={css.hint}>No active problem is on the list.</p>}
      <ul className={css.lines} aria-label="Active problems">
        {active.map((one) => (
          <Problem key={one.id} one={one} />
        ))}
      </ul>
      {past.length > 0 && (
        <details className={css.earlier}>
          <summary>{past.length} resolved</summary>
          <ul className={css.lines}>
            {past.map((one) => (
              <Problem key={one.id} one={one} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

function Problem({ one }: { one: Chart['conditions'][number] }) {
  return (
    <li className={css.line}>
      <span className={css.lineName}>
        <Sourced kind="condition" id={one.id}>
          {one.name}
        </Sourced>
        {one.code !== '' && <span className={css.code}>{one.code}</span>}
      </span>
      <span className={css.quiet}>
        {one.onsetOn === null ? (
          'since unknown'
        ) : (
          <>
            since <LocalDate day={one.onsetOn} />
          </>
        )}
      </span>
    </li>
  )
}

function Medications({ chart }: { chart: Chart }) {
  const active = chart.medications.filter((one) => one.active)
  const past = chart.medications.filter((one) => !one.active)
  const line = (one: Chart['medications'][number]) => (
    <li key={one.id} className={css.line}>
      <span className={css.lineName}>
        <Sourced kind="medication" id={one.id}>
          {one.name}
        </Sourced>
        {one.dosage !== null && <div className={css.quiet}>{one.dosage}</div>}
        {one.reason !== null && <div className={css.quiet}>for {one.reason}</div>}
      </span>
      <span className={css.quiet}>
        <LocalDate day={one.authoredOn} />
      </span>
    </li>
  )
  return (
    <Section title="Medications" subtitle={`${active.length} active`} framed>
      {active.length === 0 && <p className={css.hint}>No active medication is on the list.</p>}
      <ul className={css.lines} aria-label="Active medications">
        {active.map(line)}
      </ul>
      {past.length > 0 && (
        <details className={css.earlier}>
          <summary>{past.length} stopped or completed</summary>
          <ul className={css.lines}>{past.map(line)}</ul>
        </details>
      )}
    </Section>
  )
}

function Allergies({ chart }: { chart: Chart }) {
  return (
    <Section title="Allergies" framed>
      {chart.allergies.length === 0 ? (
        <p className={css.hint}>None came from the EHR. That is not the same as none: ask.</p>
      ) : (
        <ul className={css.lines} aria-label="Allergies">
          {chart.allergies.map((one) => (
            <li key={one.id} className={css.line}>
              <span className={css.lineName}>
                <Sourced kind="allergy" id={one.id}>
                  {one.name}
                </Sourced>
                {one.reactions.length > 0 && <div className={css.quiet}>{one.reactions.join(', ')}</div>}
              </span>
              {one.criticality === 'high' ? (
                <StatusChip plain state="stop" word="Severe" />
              ) : (
                !one.active && <StatusChip plain state="neutral" word="Past" />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Visits({ chart }: { chart: Chart }) {
  const columns: Column<Chart['visits'][number]>[] = [
    {
      id: 'when',
      header: 'When',
      width: 150,
      cell: (row) => <Instant at={row.startedAt} only="day" otherwise="not known" />,
      sort: (row) => row.startedAt,
    },
    {
      id: 'kind',
      header: 'Kind',
      width: 150,
      cell: (row) => visitWords[row.kind] ?? row.kind,
      sort: (row) => row.kind,
    },
    {
      id: 'name',
      header: 'What it was',
      cell: (row) => (
        <>
          <Sourced kind="encounter" id={row.id}>
            {row.name ?? visitWords[row.kind] ?? 'Visit'}
          </Sourced>
          {row.reason !== null && <span className={css.quiet}> · {row.reason}</span>}
        </>
      ),
    },
    {
      id: 'who',
      header: 'With',
      width: 200,
      hideBelow: 1024,
      cell: (row) => row.practitioner ?? <span className={css.quiet}>–</span>,
    },
  ]
  return (
    <Section title="Visits">
      <DataTable
        caption="Visits, the newest first"
        compact
        keyboard={false}
        sortName="visits"
        maxHeight={360}
        columns={columns}
        rows={chart.visits}
        rowId={(row) => row.id}
        empty={
          <EmptyState title="No visits">
            Visits in the office, hospital or at home stand here once they came in.
          </EmptyState>
        }
      />
    </Section>
  )
}

function PastServices({ chart }: { chart: Chart }) {
  const columns: Column<Chart['pastServices'][number]>[] = [
    {
      id: 'when',
      header: 'When',
      width: 150,
      cell: (row) => <LocalDate day={row.performedOn} />,
      sort: (row) => row.performedOn,
    },
    {
      id: 'kind',
      header: 'Kind',
      width: 150,
      cell: (row) => (row.kind === 'immunization' ? 'Immunization' : 'Procedure'),
      sort: (row) => row.kind,
    },
    {
      id: 'name',
      header: 'What was done',
      cell: (row) => (
        <Sourced kind="past_service" id={row.id}>
          {row.name}
        </Sourced>
      ),
      sort: (row) => row.name,
    },
  ]
  return (
    <Section title="Immunizations and procedures">
      <DataTable
        caption="Immunizations and procedures, the newest first"
        compact
        keyboard={false}
        sortName="done"
        maxHeight={320}
        columns={columns}
        rows={chart.pastServices}
        rowId={(row) => row.id}
        empty={<EmptyState title="Nothing yet">Vaccinations and procedures stand here once they came in.</EmptyState>}
      />
    </Section>
  )
}
