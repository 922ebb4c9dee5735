import { type CodeListChange, type CodeListEdition, codeListCan, contract, type OutputOf } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  countText,
  DataTable,
  dayText,
  EmptyState,
  ErrorState,
  Facts,
  FormDialog,
  Instant,
  LocalDate,
  Page,
  ReasonForm,
  Section,
  StatusChip,
  say,
  useDialog,
  useUrlState,
} from '../../ui/index.ts'
import css from './code-lists.module.css'
import { changeWords, lineText, listWords, standingOf } from './words.ts'

type Compared = OutputOf<typeof contract.codeLists.compare>
const changes = Object.keys(changeWords) as CodeListChange[]
const touched = [contract.codeLists.list, contract.codeLists.compare]

/** One list as its file brought it, against the one before it, and the deed that lets it hold. */
export default function EditionPage({ params: { editionId } }: PageProps<typeof patterns.codeList>) {
  const [change, setChange] = useUrlState('change')
  const [search, setSearch] = useUrlState('q')
  const [cursor, setCursor] = useUrlState('after')
  const only = changes.find((one) => one === change)
  const view = useView(
    contract.codeLists.compare,
    {
      params: { id: editionId },
      query: {
        ...(only === undefined ? {} : { change: only }),
        ...(search === null ? {} : { search }),
        ...(cursor === null ? {} : { cursor }),
      },
    },
    { keepPrevious: true },
  )
  const compared = view.data
  return (
    <Page
      title={compared === undefined ? 'Code list' : listWords[compared.edition.list].name}
      back={{ to: paths.codeLists(), label: 'Code lists' }}
      asOf={view.dataUpdatedAt}
      actions={compared && <Deeds edition={compared.edition} />}
    >
      {compared && <Standing compared={compared} />}
      <Section title="Line by line">
        <div className={css.filters}>
          <Select
            label="Show"
            data={[
              { value: 'all', label: 'Every line' },
              ...changes.map((value) => ({
                value,
                label: `${changeWords[value].word}${compared ? ` (${countText(compared.counts[value])})` : ''}`,
              })),
            ]}
            value={only ?? 'all'}
            allowDeselect={false}
            onChange={(value) => setChange(value === 'all' ? null : value)}
          />
          <TextInput
            label="Code or words"
            maxLength={60}
            value={search ?? ''}
            onChange={(event) => setSearch(event.currentTarget.value || null)}
          />
        </div>
        <DataTable
          caption="Lines of the list"
          rows={compared?.items}
          rowId={({ code, area }) => `${code} ${area}`}
          error={view.error}
          onRetry={view.refetch}
          empty={<EmptyState title="No line is so" />}
          columns={[
            { id: 'code', header: 'Code', width: 110, cell: (row) => row.code },
            ...(compared?.edition.list === 'fees'
              ? [
                  {
                    id: 'area',
                    header: 'MAC, locality',
                    width: 120,
                    cell: (row: Compared['items'][number]) => row.area,
                  },
                ]
              : []),
            {
              id: 'change',
              header: 'Change',
              width: 130,
              cell: (row) => <StatusChip plain {...changeWords[row.change]} />,
            },
            {
              id: 'text',
              header: 'Says',
              cell: ({ before, after, change: how }) => (
                <span className={css.text}>
                  {after !== null && lineText(after)}
                  {before !== null && how !== 'unchanged' && (
                    <span className={css.before}>Before: {lineText(before)}</span>
                  )}
                </span>
              ),
            },
            {
              id: 'used',
              header: 'Used in the last year',
              width: 170,
              cell: ({ used }) => (used === 0 ? '' : `${countText(used)} ${used === 1 ? 'claim' : 'claims'}`),
            },
          ]}
          footer={
            <div className={css.filters}>
              {cursor !== null && (
                <Button size="compact-sm" onClick={() => setCursor(null)}>
                  From the start
                </Button>
              )}
              {compared !== undefined && compared.nextCursor !== null && (
                <Button
                  size="compact-sm"
                  loading={view.isFetching}
                  onClick={() => setCursor(compared.nextCursor, { push: true })}
                >
                  Next lines
                </Button>
              )}
            </div>
          }
        />
      </Section>
    </Page>
  )
}

function Standing({ compared: { edition, against, counts, usedNotListed } }: { compared: Compared }) {
  const today = useToday()
  const all = useView(contract.codeLists.list, {})
  const todayId = all.data?.items.find(({ list }) => list === edition.list)?.today?.id ?? null
  return (
    <>
      <Facts
        columns={3}
        items={[
          ['Standing', <StatusChip key="s" {...standingOf(edition, today, todayId)} />],
          ['Holds from', <LocalDate key="f" day={edition.holdsFrom} />],
          [
            'Holds until',
            edition.holdsUntil === null ? 'A newer list' : <LocalDate key="u" day={edition.holdsUntil} />,
          ],
          ['Source', edition.source],
          ['File', edition.fileName],
          [
            'Brought in',
            <span key="b">
              {edition.by.name}, <Instant at={edition.at} />
            </span>,
          ],
          ...(edition.takenIn === null
            ? []
            : [
                [
                  'Taken in',
                  <span key="t">
                    {edition.takenIn.by.name}, <Instant at={edition.takenIn.at} />
                  </span>,
                ] as const,
              ]),
          ...(edition.takenBack === null
            ? []
            : [
                [
                  'Taken back',
                  <span key="k">
                    {edition.takenBack.by.name}, <Instant at={edition.takenBack.at} />: {edition.takenBack.reason}
                  </span>,
                ] as const,
              ]),
        ]}
      />
      <p>
        {against === null
          ? 'No list of the clinic stands before it, so every line is new.'
          : `Against the list from ${dayText(against.holdsFrom)}:`}{' '}
        {countText(counts.added)} new, {countText(counts.gone)} gone, {countText(counts.changed)} changed,{' '}
        {countText(counts.unchanged)} unchanged.
      </p>
      {usedNotListed.length > 0 && (
        <Callout state="attention" title="Claims of the last year have codes that this list does not have">
          {usedNotListed.map(({ code, used }) => `${code} (${countText(used)})`).join(', ')}.{' '}
          {edition.list === 'icd10cm'
            ? 'Once it is taken in, a claim with one of them is stopped. Make sure that the file is the whole list.'
            : 'For them nothing changes.'}
        </Callout>
      )}
    </>
  )
}

function Deeds({ edition }: { edition: CodeListEdition }) {
  const can = useCan()
  const seat = can('import:run') ? null : 'Your seat looks at lists; your CCM manager or administrator takes them in.'
  const back = useDialog('take-back')
  const takeIn = useCall(contract.codeLists.takeIn, {
    invalidates: touched,
    onDone: ({ holdsFrom }) => void say(`Taken in: it holds from ${dayText(holdsFrom)}.`),
  })
  return (
    <>
      <Button
        kind="primary"
        disabledReason={seat ?? codeListCan.takeIn.whyNot(edition)}
        loading={takeIn.isPending}
        onClick={() => takeIn.mutate({ params: { id: edition.id } })}
      >
        Take it in
      </Button>
      <Button disabledReason={seat ?? codeListCan.takeBack.whyNot(edition)} onClick={back.open} aria-haspopup="dialog">
        Take it back
      </Button>
      {takeIn.error !== null && <ErrorState error={takeIn.error} kept="The lists stand as they were." />}
      <FormDialog title="Take it back" opened={back.opened} onClose={back.close}>
        {() => <TakeBack edition={edition} onClose={back.close} />}
      </FormDialog>
    </>
  )
}

function TakeBack({ edition, onClose }: { edition: CodeListEdition; onClose: () => void }) {
  const takeBack = useCall(contract.codeLists.takeBack, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Taken back. The list before it holds again.')
    },
  })
  return (
    <ReasonForm
      label="Take it back"
      verb="Take it back"
      field="Why it does not hold"
      description="It stays in the history. Claims that have left are not touched."
      emptyReason="Write why it does not hold."
      call={takeBack}
      kept="The list stands as it was."
      onSubmit={(reason) => takeBack.mutate({ params: { id: edition.id }, body: { reason } })}
      onClose={onClose}
    />
  )
}
