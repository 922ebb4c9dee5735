import type { ImportCounts, ImportFinding, ImportReport } from '@keepwell/contract'
import { SegmentedControl, TextInput } from '@mantine/core'
import { IconCircleCheck, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Callout, type Column, countText, DataTable, EmptyState, Section, StatusChip } from '../../ui/index.ts'
import css from './interop.module.css'

interface TypeRow extends ImportCounts {
  type: string
}

/** What an import did or would do: the sentence, the counts by type, the findings with their places. */
export function ReportView({ report }: { report: ImportReport }) {
  const rows: TypeRow[] = Object.entries(report.counts)
    .map(([type, counts]) => ({ type, ...counts }))
    .sort((a, b) => b.read - a.read)
  return (
    <div className={css.report}>
      <Sentence report={report} />
      <Section title="By type of resource">
        <DataTable
          caption="Resources by type"
          compact
          keyboard={false}
          sortName="types"
          columns={typeColumns(report.dryRun)}
          rows={rows}
          rowId={(row) => row.type}
          empty={<EmptyState title="No resources">The file holds no FHIR resource.</EmptyState>}
        />
      </Section>
      <Findings report={report} />
    </div>
  )
}

function Sentence({ report }: { report: ImportReport }) {
  const { read, created, changed, unchanged, refused } = report.totals
  const counts = `${countText(created)} new, ${countText(changed)} changed, ${countText(unchanged)} already here, ${countText(refused)} refused, of ${countText(read)} resources.`
  if (report.status === 'failed' || report.status === 'stopped') {
    return (
      <Callout state="attention" title="This import did not end">
        <p>
          What its batches brought in stays. Run the same file again: it goes on where it was, and nothing comes in
          twice.
        </p>
      </Callout>
    )
  }
  if (report.dryRun) {
    return (
      <Callout state={report.errors > 0 ? 'attention' : 'info'} title="Nothing is kept yet">
        <p>
          It would be {counts}
          {refused > 0 && ' What is refused stays out; the rest goes in.'}
        </p>
      </Callout>
    )
  }
  return (
    <Callout
      state={report.errors > 0 ? 'attention' : 'good'}
      title={report.errors > 0 ? 'Brought in, with faults' : 'Brought in'}
    >
      <p>{counts}</p>
    </Callout>
  )
}

function typeColumns(dryRun: boolean): Column<TypeRow>[] {
  const number = (id: keyof ImportCounts, header: string): Column<TypeRow> => ({
    id,
    header,
    numeric: true,
    width: 110,
    cell: (row) => (row[id] === 0 ? <span className={css.quiet}>0</span> : countText(row[id])),
    sort: (row) => row[id],
  })
  return [
    { id: 'type', header: 'Type', cell: (row) => row.type, sort: (row) => row.type },
    number('read', 'Read'),
    number('created', dryRun ? 'Would be new' : 'New'),
    number('changed', dryRun ? 'Would change' : 'Changed'),
    number('unchanged', 'Already here'),
    number('refused', 'Refused'),
  ]
}

type Shown = 'all' | 'error' | 'warning'

const findingColumns: Column<ImportFinding>[] = [
  {
    id: 'what',
    header: 'What',
    width: 110,
    cell: (row) =>
      row.severity === 'error' ? (
        <StatusChip plain state="stop" word="Refused" />
      ) : (
        <StatusChip plain state="attention" word="Look" />
      ),
  },
  { id: 'message', header: 'Why', cell: (row) => <span className={css.message}>{row.message}</span> },
  {
    id: 'resource',
    header: 'Resource',
    width: 230,
    cell: (row) =>
      row.resourceType === null ? (
        <span className={css.quiet}>{row.line === null ? 'the file' : 'unreadable'}</span>
      ) : (
        <span className={css.resource}>
          {row.resourceType} <span className={css.quiet}>{row.resourceId}</span>
        </span>
      ),
  },
  {
    id: 'place',
    header: 'Place',
    width: 230,
    cell: (row) => <span className={css.place}>{placeText(row)}</span>,
  },
]

/** `Patient.ndjson.gz, line 12` or `bundle.json, entry 3`. */
export function placeText(finding: Pick<ImportFinding, 'file' | 'line' | 'entry'>): string {
  if (finding.entry !== null)
    return `${finding.file}, entry ${finding.entry}${finding.line === null ? '' : ` (line ${finding.line})`}`
  return finding.line === null ? finding.file : `${finding.file}, line ${finding.line}`
}

function Findings({ report }: { report: ImportReport }) {
  const [shown, setShown] = useState<Shown>('all')
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const rows = report.findings
    .filter((one) => shown === 'all' || one.severity === shown)
    .filter(
      (one) =>
        wanted === '' ||
        `${one.message} ${one.resourceType} ${one.resourceId} ${one.path} ${one.file}`.toLowerCase().includes(wanted),
    )
  const total = report.errors + report.warnings
  if (total === 0) {
    return (
      <p className={css.clean}>
        <IconCircleCheck size={16} aria-hidden /> No findings: every resource was read as it stands.
      </p>
    )
  }
  return (
    <Section
      title="Findings"
      subtitle={
        total > report.findings.length
          ? `${countText(report.findings.length)} of ${countText(total)} are listed`
          : undefined
      }
      actions={
        <>
          <TextInput
            size="xs"
            aria-label="Filter the findings"
            placeholder="Type, code or file"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Which findings"
            value={shown}
            onChange={(value) => setShown(value === 'error' || value === 'warning' ? value : 'all')}
            data={[
              { value: 'all', label: `All ${countText(total)}` },
              { value: 'error', label: `Refused ${countText(report.errors)}` },
              { value: 'warning', label: `To look at ${countText(report.warnings)}` },
            ]}
          />
        </>
      }
    >
      <DataTable
        caption="Findings with their places"
        compact
        keyboard={false}
        maxHeight={420}
        columns={findingColumns}
        rows={rows}
        rowId={(row) => `${row.file} ${row.line} ${row.entry} ${row.code} ${row.path} ${row.message}`}
        empty={<EmptyState title="None of these">Choose another kind or other words.</EmptyState>}
      />
    </Section>
  )
}
