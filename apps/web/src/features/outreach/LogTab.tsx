import {
  contract,
  type Introduction,
  IntroductionKind,
  objectionWords,
  PatientResponse,
  type SendOf,
} from '@keepwell/contract'
import { Select } from '@mantine/core'
import { IconHeartHandshake } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { call, fileUrl, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, type Column, DataTable, DateField, EmptyState, Instant, Link, useUrlState } from '../../ui/index.ts'
import css from './outreach.module.css'
import { channelWords, introductionText, kindWords, responseWords } from './words.ts'

type Query = NonNullable<SendOf<typeof contract.outreach.log>['query']>

/** The introduction log, the newest first, with its filters in the address and a download of what is shown. */
export function LogTab() {
  const can = useCan()
  const [from, setFrom] = useUrlState('from')
  const [to, setTo] = useUrlState('to')
  const [kind, setKind] = useUrlState('kind')
  const [response, setResponse] = useUrlState('response')
  const filter = {
    from: from ?? undefined,
    to: to ?? undefined,
    kind: IntroductionKind.options.find((one) => one === kind),
    response: PatientResponse.options.find((one) => one === response),
  }
  const query: Query = { ...filter, limit: 100 }
  const view = useView(contract.outreach.log, { query }, { keepPrevious: true })
  const { rows, more, loading } = useFurtherPages(view.data, query)
  return (
    <div className={css.stack}>
      <div className={css.filters}>
        <DateField label="From" value={from ?? ''} onChange={(day) => setFrom(day === '' ? null : day)} />
        <DateField label="To" value={to ?? ''} onChange={(day) => setTo(day === '' ? null : day)} />
        <Select
          label="What"
          data={options(kindWords)}
          value={kind ?? ''}
          onChange={(value) => setKind(value === '' ? null : value)}
        />
        <Select
          label="Answer"
          data={options(responseWords)}
          value={response ?? ''}
          onChange={(value) => setResponse(value === '' ? null : value)}
        />
        <a className={css.download} href={fileUrl(contract.outreach.exportLog, { query: filter })} download>
          Download as CSV
        </a>
      </div>
      <DataTable
        caption="Introduction log"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState
            icon={IconHeartHandshake}
            title="Nobody was told yet"
            action={can('outreach:record') ? <Button to={paths.today()}>Go to today</Button> : undefined}
          >
            Each "mentioned", brochure and answer at the front desk becomes a line here, with the version of the words
            that were used.
          </EmptyState>
        }
        footer={
          more === null ? undefined : (
            <Button loading={loading} onClick={more}>
              Show more
            </Button>
          )
        }
      />
    </div>
  )
}

function options(words: Record<string, string>) {
  return [{ value: '', label: 'Any' }, ...Object.entries(words).map(([value, label]) => ({ value, label }))]
}

type List = { items: Introduction[]; nextCursor: string | null }

/** Pages after the first are kept until the first one is read again. */
function useFurtherPages(first: List | undefined, query: Query) {
  const [further, setFurther] = useState<{ of: List; items: Introduction[]; cursor: string | null } | null>(null)
  const [loading, setLoading] = useState(false)
  const mine = further !== null && further.of === first ? further : null
  const cursor = mine === null ? (first?.nextCursor ?? null) : mine.cursor
  const rows = useMemo(
    () => (first === undefined ? undefined : [...first.items, ...(mine?.items ?? [])]),
    [first, mine],
  )
  async function load() {
    if (first === undefined || cursor === null) return
    setLoading(true)
    try {
      const next = await call(contract.outreach.log, { query: { ...query, cursor } })
      setFurther({ of: first, items: [...(mine?.items ?? []), ...next.items], cursor: next.nextCursor })
    } finally {
      setLoading(false)
    }
  }
  return { rows, more: cursor === null ? null : () => void load(), loading }
}

const columns: readonly Column<Introduction>[] = [
  { id: 'at', header: 'When', width: 180, cell: (row) => <Instant at={row.at} /> },
  {
    id: 'patient',
    header: 'Patient',
    width: 170,
    cell: (row) => <Link to={paths.patient(row.patient.id)}>{row.patient.name}</Link>,
  },
  {
    id: 'what',
    header: 'What',
    cell: (row) => (
      <span>
        {introductionText(row)}
        {row.objection !== null && (
          <span className={css.quiet}> because: {objectionWords[row.objection].toLowerCase()}</span>
        )}
      </span>
    ),
  },
  { id: 'channel', header: 'How', width: 100, hideBelow: 1024, cell: (row) => channelWords[row.channel] },
  {
    id: 'words',
    header: 'Words',
    width: 150,
    hideBelow: 1024,
    cell: (row) => (
      <span className={css.quiet}>
        {row.scriptVersion ??
          (row.brochureVersion === null ? '' : `${row.brochureVersion} (${row.brochureLanguage ?? ''})`)}
      </span>
    ),
  },
  { id: 'by', header: 'By', width: 130, cell: (row) => row.by.name },
]
