import { contract, type PatientHit } from '@keepwell/contract'
import { CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUserSearch, IconUsers } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { call, useCan, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  countText,
  DataTable,
  EmptyState,
  LocalDate,
  Page,
  StatusChip,
  useUrlState,
  yearsBetween,
} from '../../ui/index.ts'
import { lastSearch, rememberSearch } from './last-search.ts'
import css from './patients.module.css'
import { enrollmentStanding, sexWord } from './standing.ts'

type Filter = 'all' | 'enrolled' | 'none' | 'ended' | 'deceased'
const filters: { value: Filter; label: string }[] = [
  { value: 'all', label: 'Everyone' },
  { value: 'enrolled', label: 'Enrolled' },
  { value: 'none', label: 'Not enrolled' },
  { value: 'ended', label: 'Ended' },
  { value: 'deceased', label: 'Died' },
]

function isFilter(value: string | null): value is Filter {
  return filters.some((filter) => filter.value === value)
}

/** Finds a patient by what somebody at the desk has in hand: a name, a birthday, a phone number, the end of a card. */
export default function PatientsPage() {
  const can = useCan()
  const today = useToday()
  const [text, setText] = useState(lastSearch)
  const [asked] = useDebouncedValue(text, 250)
  const [shown, setShown] = useUrlState('show')
  const filter: Filter = isFilter(shown) ? shown : 'all'
  useEffect(() => rememberSearch(asked), [asked])

  const body = {
    text: asked,
    limit: 50,
    ...(filter === 'deceased' ? { deceased: true } : filter === 'all' ? {} : { enrollment: filter, deceased: false }),
  }
  const view = useView(contract.patients.search, { body }, { keepPrevious: true })
  const more = useMore(view.data, body)
  const rows = view.data === undefined ? undefined : [...view.data.items, ...more.items]
  const whole = rows !== undefined && more.nextCursor === null

  return (
    <Page title="Patients" asOf={view.dataUpdatedAt}>
      <div className={css.finder}>
        <TextInput
          className={css.search ?? ''}
          aria-label="Find a patient"
          placeholder="Name, date of birth, phone, or last four of the Medicare number"
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            text === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => setText('')} />
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <SegmentedControl
          aria-label="Which patients"
          size="xs"
          data={filters}
          value={filter}
          onChange={(value) => setShown(value === 'all' ? null : value)}
        />
      </div>
      <DataTable<PatientHit>
        caption="Patients found"
        columns={columns(today)}
        rows={rows}
        rowId={(row) => row.id}
        {...(can('patient:read') ? { rowTo: (row: PatientHit) => paths.patient(row.id) } : {})}
        error={view.error}
        onRetry={view.refetch}
        empty={
          asked === '' && filter === 'all' ? (
            <EmptyState
              icon={IconUsers}
              title="No patients yet"
              action={
                can('import:run') && (
                  <Button kind="primary" to={paths.imports()}>
                    Bring in records
                  </Button>
                )
              }
            >
              Patients come from the EHR: a FHIR export brings them with their problems, visits and medications.
            </EmptyState>
          ) : (
            <EmptyState
              icon={IconUserSearch}
              title="Nobody found"
              action={
                <Button
                  onClick={() => {
                    setText('')
                    setShown(null)
                  }}
                >
                  Show everyone
                </Button>
              }
            >
              Try fewer letters, the date of birth as 3/14/1952, or a phone number.
            </EmptyState>
          )
        }
        footer={
          rows !== undefined &&
          rows.length > 0 && (
            <div className={css.foot}>
              <span>
                {countText(rows.length)} {rows.length === 1 ? 'patient' : 'patients'}
                {whole ? '' : ' so far'}
              </span>
              {more.nextCursor !== null && (
                <Button size="compact-sm" loading={more.loading} onClick={() => void more.load()}>
                  Show more
                </Button>
              )}
            </div>
          )
        }
      />
    </Page>
  )
}

/** The pages after the first; a new question begins anew. */
function useMore(first: { items: PatientHit[]; nextCursor: string | null } | undefined, body: object) {
  const [state, setState] = useState<{ of: unknown; items: PatientHit[]; nextCursor: string | null } | null>(null)
  const [loading, setLoading] = useState(false)
  const mine = state !== null && state.of === first ? state : null
  const nextCursor = mine === null ? (first?.nextCursor ?? null) : mine.nextCursor
  async function load() {
    if (nextCursor === null) return
    setLoading(true)
    try {
      const page = await call(contract.patients.search, { body: { ...body, cursor: nextCursor } })
      setState({ of: first, items: [...(mine?.items ?? []), ...page.items], nextCursor: page.nextCursor })
    } finally {
      setLoading(false)
    }
  }
  return { items: mine?.items ?? [], nextCursor, loading, load }
}

function columns(today: string): Column<PatientHit>[] {
  return [
    { id: 'name', header: 'Name', cell: (row) => row.name },
    {
      id: 'born',
      header: 'Born',
      width: 190,
      cell: (row) => (
        <>
          <LocalDate day={row.bornOn} otherwise="not known" />
          {row.bornOn !== null && !row.deceased && (
            <span className={css.quiet}> {yearsBetween(row.bornOn, today)}</span>
          )}
        </>
      ),
    },
    { id: 'sex', header: 'Sex', width: 90, hideBelow: 1024, cell: (row) => sexWord(row.sex) },
    {
      id: 'phone',
      header: 'Phone',
      width: 140,
      hideBelow: 768,
      cell: (row) => row.phone ?? <span className={css.quiet}>–</span>,
    },
    {
      id: 'mbi',
      header: 'Medicare number',
      width: 150,
      hideBelow: 1024,
      cell: (row) => (row.mbiLast4 === null ? <span className={css.quiet}>not known</span> : `••• ${row.mbiLast4}`),
    },
    {
      id: 'standing',
      header: 'CCM',
      width: 140,
      cell: (row) =>
        row.deceased ? (
          <StatusChip plain state="neutral" word="Died" />
        ) : (
          <StatusChip plain {...enrollmentStanding(row.enrollment)} />
        ),
    },
    {
      id: 'manager',
      header: 'Care manager',
      width: 160,
      hideBelow: 1024,
      cell: (row) => row.careManager ?? <span className={css.quiet}>–</span>,
    },
  ]
}
