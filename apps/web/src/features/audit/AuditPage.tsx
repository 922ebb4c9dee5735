import { contract, type OutputOf } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  FieldRow,
  Instant,
  Link,
  Page,
  Section,
  StatusChip,
  Tabs,
  useUrlState,
} from '../../ui/index.ts'
import { BreakGlassTable } from './BreakGlassTable.tsx'

type Entry = OutputOf<typeof contract.audit.list>['items'][number]

/** Who did or saw what, and the emergency openings that wait for a review. */
export default function AuditPage() {
  const can = useCan()
  return (
    <Page
      title="Audit log"
      subtitle="Every deed and every look at a record, with who and when. Nothing here can be changed."
    >
      <Tabs
        label="Audit log"
        items={[
          { id: 'log', label: 'Log', content: <Log /> },
          ...(can('break_glass:review')
            ? [{ id: 'openings', label: 'Emergency openings', content: <BreakGlassTable /> }]
            : []),
        ]}
      />
    </Page>
  )
}

function Log() {
  const [patientId, setPatient] = useUrlState('patient')
  const [deed, setDeed] = useUrlState('deed')
  const [from, setFrom] = useUrlState('from')
  const [to, setTo] = useUrlState('to')
  const [cursor, setCursor] = useUrlState('after')
  const view = useView(contract.audit.list, {
    query: {
      limit: 100,
      ...(patientId ? { patientId } : {}),
      ...(deed ? { deed } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(cursor ? { cursor } : {}),
    },
  })
  const columns: readonly Column<Entry>[] = [
    { id: 'at', header: 'When', cell: (entry) => <Instant at={entry.at} />, width: 190 },
    { id: 'who', header: 'Who', cell: (entry) => entry.actorName, width: 140 },
    { id: 'deed', header: 'Deed', cell: (entry) => entry.deed.replaceAll('_', ' ').replace('.', ': '), width: 200 },
    {
      id: 'patient',
      header: 'Patient',
      cell: (entry) =>
        entry.patientId === null ? (
          ''
        ) : (
          <Link to={paths.audit({ patient: entry.patientId })}>{entry.patientName ?? 'unknown'}</Link>
        ),
    },
    {
      id: 'outcome',
      header: 'Outcome',
      cell: (entry) => (
        <StatusChip
          plain
          {...(entry.outcome === 'done'
            ? ({ state: 'good', word: 'Done' } as const)
            : ({ state: 'stop', word: 'Refused' } as const))}
        />
      ),
    },
    { id: 'detail', header: 'Detail', cell: (entry) => detailText(entry.detail), hideBelow: 1024 },
  ]
  return (
    <Section>
      <FieldRow>
        <TextInput
          label="Deed"
          placeholder="consent.recorded"
          value={deed ?? ''}
          onChange={(event) => setDeed(event.currentTarget.value)}
        />
        <DateField label="From" value={from ?? ''} onChange={setFrom} />
        <DateField label="To" value={to ?? ''} onChange={setTo} />
        {patientId !== null && patientId !== '' && <Button onClick={() => setPatient(null)}>All patients</Button>}
      </FieldRow>
      <DataTable
        caption="Audit log"
        compact
        columns={columns}
        rows={view.data?.items}
        rowId={(entry) => entry.id}
        error={view.error}
        onRetry={view.refetch}
        empty={<EmptyState title="Nothing fits">Widen the days, or leave the deed out.</EmptyState>}
        footer={
          view.data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(view.data?.nextCursor ?? null, { push: true })}>
              Older entries
            </Button>
          ) : undefined
        }
      />
    </Section>
  )
}

/** The event's own facts as `name value`; an identifier or a hash is shortened. */
function detailText(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : String(value)
      return `${name} ${/^[0-9a-f-]{32,}$/.test(text) ? `${text.slice(0, 8)}…` : text}`
    })
    .join(' · ')
}
