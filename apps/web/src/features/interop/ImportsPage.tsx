import { contract, type ImportReport, type ImportSummary, importLimitBytes } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  countText,
  DataTable,
  EmptyState,
  ErrorState,
  FileDrop,
  Instant,
  Page,
  Section,
  StatusChip,
  say,
} from '../../ui/index.ts'
import { ImportProgress } from './ImportProgress.tsx'
import css from './interop.module.css'
import { ReportView } from './ReportView.tsx'
import { importStanding } from './standing.ts'

/** Brings in a file from the EHR: first a report of what would happen, then, if it looks right, the deed. */
export default function ImportsPage() {
  const can = useCan()
  return (
    <Page
      title="Imports"
      subtitle="Patients and their charts come from the EHR as FHIR files. Every record keeps its source."
    >
      {can('import:run') && <BringIn />}
      <History />
    </Page>
  )
}

function BringIn() {
  const [file, setFile] = useState<File | null>(null)
  const [source, setSource] = useState('ehr')
  const [report, setReport] = useState<ImportReport | null>(null)
  const run = useCall(contract.interop.importFile, {
    invalidates: [contract.interop.list, contract.patients.search],
    onDone: (answer) => {
      setReport(answer)
      if (!answer.dryRun) void say(`${countText(answer.totals.created + answer.totals.changed)} records brought in.`)
    },
  })
  const start = (dryRun: 'true' | 'false') => {
    if (file !== null) run.mutate({ query: { name: file.name, dryRun, source }, file })
  }
  const choose = (next: File | null) => {
    setFile(next)
    setReport(null)
    run.reset()
  }
  const done = report !== null && !report.dryRun
  const nothing = report !== null && report.totals.created + report.totals.changed === 0
  return (
    <Section title="Bring in a file" framed>
      <div className={css.form}>
        <FileDrop
          label="FHIR file"
          hint="A Bundle, one resource, or Bulk Data NDJSON; plain or .gz, up to 256 MB. For more, use keepwell import fhir."
          accept=".json,.ndjson,.jsonl,.gz"
          limitBytes={importLimitBytes}
          file={file}
          onChange={choose}
        />
        <details className={css.more}>
          <summary>More than one EHR?</summary>
          <TextInput
            label="Name of the source"
            description="Records of one source are recognised again; two EHRs need two names."
            value={source}
            onChange={(event) => setSource(event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_-]/g, ''))}
            maxLength={40}
            w={280}
          />
        </details>
        {run.isPending && <ImportProgress />}
        {run.error !== null && <ErrorState error={run.error} kept="Nothing was stored." />}
        <div className={css.actions}>
          {done ? (
            <Button kind="primary" onClick={() => choose(null)}>
              Bring in another file
            </Button>
          ) : report === null ? (
            <Button
              kind="primary"
              loading={run.isPending}
              disabledReason={file === null ? 'Choose a file first.' : source === '' ? 'Name the source.' : null}
              onClick={() => start('true')}
            >
              Look what it would do
            </Button>
          ) : (
            <Button
              kind="primary"
              loading={run.isPending}
              disabledReason={nothing ? 'There is nothing new in this file.' : null}
              onClick={() => start('false')}
            >
              {nothing ? 'Bring in' : `Bring in ${countText(report.totals.created + report.totals.changed)} records`}
            </Button>
          )}
          {report !== null && !done && <Button onClick={() => choose(null)}>Choose another file</Button>}
          {done && <Button to={paths.patients()}>See the patients</Button>}
        </div>
        {report !== null && <ReportView report={report} />}
      </div>
    </Section>
  )
}

const columns: Column<ImportSummary>[] = [
  { id: 'file', header: 'File', cell: (row) => filesText(row.files) },
  { id: 'at', header: 'Started', width: 190, cell: (row) => <Instant at={row.startedAt} /> },
  {
    id: 'by',
    header: 'By',
    width: 140,
    hideBelow: 1024,
    cell: (row) => row.startedBy?.name ?? 'Command line',
  },
  {
    id: 'status',
    header: 'Outcome',
    width: 150,
    cell: (row) => <StatusChip plain {...importStanding(row)} />,
  },
  { id: 'read', header: 'Read', width: 80, numeric: true, cell: (row) => countText(row.totals.read) },
  { id: 'created', header: 'New', width: 80, numeric: true, cell: (row) => countText(row.totals.created) },
  {
    id: 'changed',
    header: 'Changed',
    width: 90,
    numeric: true,
    hideBelow: 768,
    cell: (row) => countText(row.totals.changed),
  },
  {
    id: 'refused',
    header: 'Refused',
    width: 90,
    numeric: true,
    cell: (row) => countText(row.totals.refused),
  },
]

function filesText(files: readonly string[]): string {
  const [first = 'No file', ...rest] = files
  return rest.length === 0 ? first : `${first} and ${rest.length} more`
}

function History() {
  const [limit, setLimit] = useState(50)
  const view = useView(contract.interop.list, { query: { limit } }, { keepPrevious: true })
  return (
    <Section title="What was brought in">
      <DataTable
        caption="Imports, the newest first"
        columns={columns}
        rows={view.data?.items}
        rowId={(row) => row.id}
        rowTo={(row) => paths.import(row.id)}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconFileImport} title="Nothing was brought in yet">
            Ask your EHR vendor for a FHIR export of the clinic's patients (Bulk Data, NDJSON), and drop it above.
          </EmptyState>
        }
        footer={
          view.data?.nextCursor != null && limit < 500 ? (
            <Button size="compact-sm" loading={view.isFetching} onClick={() => setLimit(Math.min(500, limit + 100))}>
              Show more
            </Button>
          ) : undefined
        }
      />
    </Section>
  )
}
