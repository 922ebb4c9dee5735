import { type CodeList, type CodeListEdition, codeListKinds, codeListLimitBytes, contract } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  countText,
  DataTable,
  DateField,
  EmptyState,
  ErrorState,
  FieldRow,
  FileDrop,
  Form,
  FormActions,
  Instant,
  LocalDate,
  Page,
  Section,
  StatusChip,
  say,
  useGo,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import css from './code-lists.module.css'
import { listWords, standingOf } from './words.ts'

/** Every list: what holds today and since when, and what was brought in by whom. */
export default function CodeListsPage() {
  const view = useView(contract.codeLists.list, {})
  return (
    <Page
      title="Code lists"
      subtitle="Lists change by a day. A newer one stands beside the older, so that each payment and claim is read by the list of its own day."
      asOf={view.dataUpdatedAt}
    >
      <BringIn />
      <Viewed view={view} what="the code lists" lines={12}>
        {({ items }) => (
          <div className={css.stack}>
            {items.map(({ list, today, editions }) => (
              <List key={list} list={list} today={today} editions={editions} />
            ))}
          </div>
        )}
      </Viewed>
    </Page>
  )
}

function List(props: { list: CodeList; today: CodeListEdition | null; editions: readonly CodeListEdition[] }) {
  const { list, today, editions } = props
  const { name, use, without } = listWords[list]
  const day = useToday()
  return (
    <Section framed title={name} subtitle={use}>
      <p className={css.today}>
        {today === null ? (
          <>Today: {without}</>
        ) : (
          <>
            Today: the list from <LocalDate day={today.holdsFrom} /> ({countText(today.lines)} lines), {today.source},
            brought in by {today.by.name}.
          </>
        )}
      </p>
      {editions.length > 0 && (
        <DataTable
          caption={`${name}: what was brought in`}
          keyboard={false}
          sortName={`sort-${list}`}
          rows={editions}
          rowId={({ id }) => id}
          rowTo={({ id }) => paths.codeList(id)}
          empty={<EmptyState title="Nothing was brought in yet" />}
          columns={[
            { id: 'from', header: 'Holds from', width: 130, cell: (row) => <LocalDate day={row.holdsFrom} /> },
            {
              id: 'standing',
              header: 'Standing',
              width: 150,
              cell: (row) => <StatusChip plain {...standingOf(row, day, today?.id ?? null)} />,
            },
            { id: 'lines', header: 'Lines', width: 90, numeric: true, cell: (row) => countText(row.lines) },
            { id: 'source', header: 'Source', cell: (row) => row.source },
            { id: 'by', header: 'By', width: 150, hideBelow: 768, cell: (row) => row.by.name },
            { id: 'at', header: 'Brought in', width: 190, hideBelow: 1024, cell: (row) => <Instant at={row.at} /> },
          ]}
        />
      )}
    </Section>
  )
}

const isList = (text: string | null): text is CodeList => codeListKinds.some((kind) => kind === text)

function BringIn() {
  const can = useCan()
  const go = useGo()
  const [chosen, setChosen] = useUrlState('list')
  const list = isList(chosen) ? chosen : 'carc'
  const [file, setFile] = useState<File | null>(null)
  const [holdsFrom, setHoldsFrom] = useState('')
  const [source, setSource] = useState('')
  const bringIn = useCall(contract.codeLists.bringIn, {
    invalidates: [contract.codeLists.list],
    onDone: ({ edition, known }) => {
      if (known) void say('This file was brought in before for this day. Nothing was changed.')
      go(paths.codeList(edition.id))
    },
  })
  const whyNot = !can('import:run')
    ? 'Your seat looks at lists; your CCM manager or administrator brings them in.'
    : file === null
      ? 'Choose a file first.'
      : holdsFrom === ''
        ? 'Name the day from which it holds.'
        : source.trim() === ''
          ? 'Say where it comes from.'
          : null
  const faults = bringIn.error?.faults ?? []
  return (
    <Section title="Bring in a list" framed>
      <Form
        label="Bring in a list"
        onSubmit={() => {
          if (whyNot === null && file !== null)
            bringIn.mutate({ params: { list }, query: { name: file.name, holdsFrom, source: source.trim() }, file })
        }}
      >
        <Select
          label="List"
          data={codeListKinds.map((value) => ({ value, label: listWords[value].name }))}
          value={list}
          allowDeselect={false}
          onChange={(value) => {
            setChosen(value)
            bringIn.reset()
          }}
          description={listWords[list].from}
        />
        <FileDrop
          label="File of the list"
          hint={`${listWords[list].file} Up to 32 MB.`}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          limitBytes={codeListLimitBytes}
          file={file}
          onChange={(next) => {
            setFile(next)
            bringIn.reset()
          }}
        />
        <FieldRow>
          <DateField label="Holds from" value={holdsFrom} onChange={setHoldsFrom} />
          <TextInput
            label="Where it comes from"
            placeholder="cms.gov, code files of fiscal year 2026"
            maxLength={500}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
        </FieldRow>
        {bringIn.error !== null && <ErrorState error={bringIn.error} kept="Nothing was kept." />}
        {faults.length > 0 && (
          <ul className={css.faults} aria-label="What is wrong">
            {faults.map(({ path, message }) => (
              <li key={path}>
                {path}: {message}
              </li>
            ))}
          </ul>
        )}
        <FormActions>
          <Button type="submit" kind="primary" loading={bringIn.isPending} disabledReason={whyNot}>
            Read and compare
          </Button>
        </FormActions>
      </Form>
    </Section>
  )
}
