import { contract, objectionWords, type Trends } from '@keepwell/contract'
import { IconChartBar } from '@tabler/icons-react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  BarList,
  Callout,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  Section,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import css from './outreach.module.css'

type PersonLine = Trends['byPerson'][number]
type ScriptLine = Trends['scripts'][number]

/** What the manager learns: the funnel by person, what speaks against it, and whether a script does better beyond chance. */
export function TrendsTab() {
  const [from, setFrom] = useUrlState('from')
  const [to, setTo] = useUrlState('to')
  const view = useView(
    contract.outreach.trends,
    { query: { from: from ?? undefined, to: to ?? undefined } },
    { keepPrevious: true },
  )
  return (
    <div className={css.stack}>
      <div className={css.filters}>
        <DateField
          label="From"
          value={from ?? view.data?.from ?? ''}
          onChange={(day) => setFrom(day === '' ? null : day)}
        />
        <DateField label="To" value={to ?? view.data?.to ?? ''} onChange={(day) => setTo(day === '' ? null : day)} />
      </div>
      <Viewed view={view} what="the trends" lines={8}>
        {(data) => <Shown data={data} />}
      </Viewed>
    </div>
  )
}

function Shown({ data }: { data: Trends }) {
  if (data.total.introduced === 0) {
    return (
      <EmptyState icon={IconChartBar} title="Nobody was introduced in these days">
        As soon as the desk logs introductions, the funnel, the reasons against it and the scripts are compared here.
      </EmptyState>
    )
  }
  const steps = [
    { id: 'introduced', label: 'Introduced', count: data.total.introduced },
    { id: 'agreed', label: 'Said yes', count: data.total.agreed },
    { id: 'consented', label: 'Consent given', count: data.total.consented },
  ]
  return (
    <div className={css.stack}>
      <div className={css.trends}>
        <Section framed title="From the first word to the consent">
          <BarList caption="Patients by step" labelHeader="Step" countHeader="Patients" funnel bars={steps} />
        </Section>
        <Section framed title="What speaks against it">
          {data.objections.length === 0 ? (
            <p className={css.quiet}>No reason was given in these days.</p>
          ) : (
            <BarList
              caption="Patients by reason"
              labelHeader="Reason"
              countHeader="Patients"
              bars={data.objections.map((one) => ({
                id: one.objection,
                label: objectionWords[one.objection],
                count: one.patients,
                to: paths.outreach(),
              }))}
            />
          )}
        </Section>
      </div>
      <DataTable
        caption="By person"
        captionShown
        columns={personColumns}
        rows={data.byPerson}
        rowId={(row) => row.person.id}
        empty={null}
        keyboard={false}
        sortName="person"
      />
      <Callout
        state={data.winner.version === null ? 'neutral' : 'good'}
        title={data.winner.version === null ? 'No script can be called better' : 'One script does better'}
      >
        {data.winner.sentence}
      </Callout>
      <DataTable
        caption="By script"
        captionShown
        columns={scriptColumns(data.leastAnswers)}
        rows={data.scripts}
        rowId={(row) => row.version}
        keyboard={false}
        sortName="script"
        empty={
          <EmptyState title="No answers yet">
            Answers are counted for the script that was open when they were given.
          </EmptyState>
        }
      />
    </div>
  )
}

const number = (id: keyof PersonLine['funnel'], header: string): Column<PersonLine> => ({
  id,
  header,
  numeric: true,
  width: 104,
  cell: (row) => row.funnel[id],
  sort: (row) => row.funnel[id],
})
const personColumns: readonly Column<PersonLine>[] = [
  { id: 'person', header: 'Person', cell: (row) => row.person.name, sort: (row) => row.person.name },
  number('introduced', 'Introduced'),
  number('brochures', 'Brochures'),
  number('interested', 'Interested'),
  number('thinking', 'Thinking'),
  number('agreed', 'Said yes'),
  number('declined', 'Said no'),
  number('consented', 'Consented'),
]

function scriptColumns(least: number): readonly Column<ScriptLine>[] {
  const percent = (perMille: number) => `${Math.round(perMille / 10)}%`
  return [
    {
      id: 'title',
      header: 'Script',
      cell: (row) => (
        <span>
          {row.title} <span className={css.quiet}>{row.version}</span>
        </span>
      ),
    },
    {
      id: 'answered',
      header: 'Answers',
      numeric: true,
      width: 110,
      cell: (row) => row.answered,
      sort: (row) => row.answered,
    },
    {
      id: 'agreed',
      header: 'Said yes',
      numeric: true,
      width: 110,
      cell: (row) => row.agreed,
      sort: (row) => row.agreed,
    },
    {
      id: 'share',
      header: 'Share, with its range',
      width: 220,
      cell: (row) =>
        row.answered < least || row.lowPerMille === null || row.highPerMille === null ? (
          <span className={css.quiet}>too few answers ({least} needed)</span>
        ) : (
          `${percent((row.agreed / row.answered) * 1000)}, between ${percent(row.lowPerMille)} and ${percent(row.highPerMille)}`
        ),
    },
  ]
}
