import {
  allRules,
  bookVersion,
  type CoverageEntry,
  coverage,
  type RuleSummary,
  type Source,
  type SwitchRow,
  sources,
  switches,
} from '@keepwell/rules'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useToday } from '../../api/index.ts'
import {
  Callout,
  type Column,
  DataTable,
  dayText,
  EmptyState,
  MonthSwitch,
  monthAfter,
  monthShortText,
  monthText,
  Page,
  StatusChip,
  Tabs,
  useUrlState,
} from '../../ui/index.ts'
import { cellFaces, pairsIn, type ShownPair, type ShownValue, valueName, valuesIn } from './book.ts'
import css from './rules.module.css'

/** What this system knows of Medicare's rules, by which law, and what it does not know. */
export default function KnowledgePage() {
  const thisMonth = useToday().slice(0, 7)
  const [chosen, setMonth] = useUrlState('month')
  const month = chosen ?? thisMonth
  const stale = useMemo(() => valuesIn(month).filter((value) => value.stale), [month])
  return (
    <Page
      title="What the rules say"
      subtitle={`Edition ${bookVersion} of the rule book. A verdict rests on these rules and values and on nothing else.`}
      actions={
        <MonthSwitch
          month={month}
          latest={monthAfter(thisMonth, 24)}
          onChange={(next) => setMonth(next === thisMonth ? null : next)}
        />
      }
    >
      {stale.length > 0 && (
        <Callout
          state="attention"
          title={`${stale.length} ${stale.length === 1 ? 'value was' : 'values were'} not yet compared with the law for ${monthText(month)}`}
        >
          <p>A verdict that rests on one of them says so. They stand first under "Values".</p>
        </Callout>
      )}
      <Tabs
        label="What the rules say"
        items={[
          { id: 'programs', label: 'What is known', content: <Register /> },
          { id: 'rules', label: 'Rules', content: <Rules month={month} /> },
          { id: 'values', label: 'Values', content: <Values month={month} /> },
          { id: 'pairs', label: 'What stands together', content: <Pairs month={month} /> },
          { id: 'switches', label: 'Switches', content: <Switches /> },
          { id: 'sources', label: 'Sources', content: <Sources /> },
        ]}
      />
    </Page>
  )
}

const statusFaces = {
  full: { state: 'good', word: 'Decided and priced' },
  conflicts: { state: 'info', word: 'As a neighbour' },
  none: { state: 'neutral', word: 'Not in the book' },
} as const

const registerColumns: readonly Column<CoverageEntry>[] = [
  { id: 'program', header: 'Program', cell: (entry) => entry.program, sort: (entry) => entry.program },
  {
    id: 'codes',
    header: 'Codes',
    cell: (entry) => <div className={css.codes}>{entry.codes.join(', ')}</div>,
  },
  { id: 'status', header: 'Known', cell: (entry) => <StatusChip plain {...statusFaces[entry.status]} /> },
  {
    id: 'verified',
    header: 'Compared with the law',
    cell: (entry) =>
      entry.verifiedFrom === null || entry.verifiedThrough === null ? (
        <span className={css.quiet}>not yet</span>
      ) : (
        <span className={css.nowrap}>
          {monthShortText(entry.verifiedFrom)} to {monthShortText(entry.verifiedThrough)}
        </span>
      ),
  },
  {
    id: 'gaps',
    header: 'What it does not know',
    cell: (entry) => (
      <ul className={css.gaps}>
        {entry.gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
    ),
  },
]

function Register() {
  return (
    <DataTable
      caption="What the rule book knows"
      columns={registerColumns}
      rows={coverage}
      rowId={(entry) => entry.program}
      empty={null}
    />
  )
}

function Rules({ month }: { month: string }) {
  const [text, setText] = useUrlState('find')
  const wanted = (text ?? '').trim().toLowerCase()
  const values = useMemo(() => new Map(valuesIn(month).map((value) => [value.key, value])), [month])
  const rules = allRules().filter(
    (rule) =>
      wanted === '' ||
      rule.asks.toLowerCase().includes(wanted) ||
      rule.id === wanted ||
      rule.branches.some(({ law }) => law.some(({ title }) => title.toLowerCase().includes(wanted))),
  )
  return (
    <div className={css.stack}>
      <TextInput
        aria-label="Find a rule"
        placeholder="Find a rule or its law"
        leftSection={<IconSearch size={16} aria-hidden />}
        className={css.filter ?? ''}
        type="search"
        value={text ?? ''}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {rules.length === 0 ? (
        <EmptyState title="No rule speaks of this">Try another word.</EmptyState>
      ) : (
        <ul className={css.rules}>
          {rules.map((rule) => (
            <RuleItem key={rule.id} rule={rule} month={month} values={values} />
          ))}
        </ul>
      )}
    </div>
  )
}

function RuleItem(props: { rule: RuleSummary; month: string; values: ReadonlyMap<string, ShownValue> }) {
  const { rule, month } = props
  const resting = rule.values.flatMap((key) => props.values.get(key) ?? [])
  return (
    <li className={css.rule}>
      <h2 className={css.asks}>{rule.asks}</h2>
      <ul className={css.branches}>
        {rule.branches.map((branch) => {
          const holds = branch.from <= month && (branch.until === undefined || month < branch.until)
          return (
            <li key={branch.id} className={css.branch}>
              <span className={holds ? undefined : css.quiet}>
                {branch.exception ? 'exception ' : ''}
                {branch.until === undefined
                  ? `since ${monthShortText(branch.from)}`
                  : `${monthShortText(branch.from)} to ${monthShortText(monthAfter(branch.until, -1))}`}
                {!holds && branch.from > month && ' (not yet)'}
              </span>
              <span className={`${css.law} ${css.quiet}`}>
                {branch.law.map((source) => (
                  <SourceName key={source.id} source={source} />
                ))}
              </span>
            </li>
          )
        })}
      </ul>
      {resting.length > 0 && (
        <div className={css.values}>
          {resting.map((value) => (
            <span key={value.key}>
              {valueName(value.key)}: <strong>{value.text ?? 'not known'}</strong>
              {value.stale && ' (not compared for this month)'}
            </span>
          ))}
        </div>
      )}
    </li>
  )
}

/** The title, as a link where the text stands at a public address. */
function SourceName({ source }: { source: Source }) {
  return source.url === undefined ? (
    <span>{source.title}</span>
  ) : (
    <a href={source.url} target="_blank" rel="noreferrer">
      {source.title}
    </a>
  )
}

/** A value starts with a month or with a day. */
function sinceText(from: string): string {
  return from.length > 7 ? dayText(from) : monthShortText(from)
}

const valueColumns: readonly Column<ShownValue>[] = [
  { id: 'value', header: 'Value', cell: (value) => valueName(value.key), sort: (value) => value.key },
  {
    id: 'text',
    header: 'In this month',
    cell: (value) =>
      value.text === null ? (
        <span className={css.quiet}>no text in force</span>
      ) : (
        <span className={css.value}>{value.text}</span>
      ),
  },
  {
    id: 'from',
    header: 'Since',
    cell: (value) => (value.from === null ? '' : sinceText(value.from)),
    sort: (value) => value.from,
  },
  {
    id: 'standing',
    header: 'Compared with the law',
    cell: (value) =>
      value.stale ? (
        <StatusChip plain state="attention" word={`through ${monthShortText(value.checkedThrough)} only`} />
      ) : (
        <StatusChip plain state="good" word={`through ${monthShortText(value.checkedThrough)}`} />
      ),
    sort: (value) => value.checkedThrough,
  },
  {
    id: 'next',
    header: 'Next change due',
    cell: (value) => (value.closed ? 'none' : monthShortText(value.nextExpected)),
    hideBelow: 1024,
  },
  {
    id: 'source',
    header: 'Source',
    cell: (value) => <span className={css.value}>{value.source}</span>,
    hideBelow: 1024,
  },
]

function Values({ month }: { month: string }) {
  const rows = useMemo(() => valuesIn(month), [month])
  return (
    <DataTable
      caption={`Values in ${monthText(month)}`}
      columns={valueColumns}
      rows={rows}
      rowId={(value) => value.key}
      empty={null}
    />
  )
}

const tagFaces = {
  S: { state: 'good', word: 'Read in the source' },
  S2: { state: 'attention', word: 'One weak source' },
  K: { state: 'info', word: 'Known in the field' },
} as const
const allSources: readonly Source[] = Object.values(sources)
const sourceColumns: readonly Column<Source>[] = [
  {
    id: 'title',
    header: 'Source',
    cell: (source) => <SourceName source={source} />,
    sort: (source) => source.title,
  },
  {
    id: 'tag',
    header: 'How sure',
    cell: (source) => <StatusChip plain {...tagFaces[source.tag]} />,
    sort: (source) => source.tag,
  },
]

function Sources() {
  return (
    <DataTable caption="Sources" columns={sourceColumns} rows={allSources} rowId={(source) => source.id} empty={null} />
  )
}

const pairColumns: readonly Column<ShownPair>[] = [
  { id: 'one', header: 'Program', cell: (pair) => pair.one, sort: (pair) => pair.one },
  { id: 'other', header: 'With', cell: (pair) => pair.other, sort: (pair) => pair.other },
  { id: 'same', header: 'Same practitioner', cell: (pair) => <StatusChip plain {...cellFaces[pair.same]} /> },
  { id: 'group', header: 'Same group', cell: (pair) => <StatusChip plain {...cellFaces[pair.sameGroup]} /> },
  { id: 'elsewhere', header: 'Another practice', cell: (pair) => <StatusChip plain {...cellFaces[pair.elsewhere]} /> },
  { id: 'why', header: 'Why', cell: (pair) => <span className={css.value}>{pair.why}</span> },
  {
    id: 'law',
    header: 'Law',
    cell: (pair) => (
      <span className={`${css.law} ${css.quiet}`}>
        {pair.law.map((source) => (
          <SourceName key={source.id} source={source} />
        ))}
      </span>
    ),
    hideBelow: 1024,
  },
]

function Pairs({ month }: { month: string }) {
  const rows = useMemo(() => pairsIn(month), [month])
  return (
    <DataTable
      caption={`What may stand together in ${monthText(month)}`}
      columns={pairColumns}
      rows={rows}
      rowId={(pair) => pair.id}
      empty={null}
    />
  )
}

const switchColumns: readonly Column<SwitchRow>[] = [
  { id: 'asks', header: 'Question', cell: (one) => one.asks },
  {
    id: 'options',
    header: 'Answers, the default first',
    cell: (one) => one.options.map((option) => option.replaceAll('_', ' ')).join(', '),
  },
  { id: 'why', header: 'Why it may be decided', cell: (one) => <span className={css.value}>{one.why}</span> },
  {
    id: 'law',
    header: 'Law',
    cell: (one) => (
      <span className={`${css.law} ${css.quiet}`}>
        {one.law.map((source) => (
          <SourceName key={source.id} source={source} />
        ))}
      </span>
    ),
    hideBelow: 1024,
  },
]

/** What rests on common knowledge of the field: an organization may decide it otherwise. */
function Switches() {
  return (
    <DataTable
      caption="What an organization may decide"
      columns={switchColumns}
      rows={switches}
      rowId={(one) => one.id}
      empty={null}
    />
  )
}
