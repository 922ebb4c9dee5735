import type { ValueTrend } from '@keepwell/contract'
import { localDateAt } from '../../api/index.ts'
import {
  type Column,
  DataTable,
  EmptyState,
  Instant,
  LineChart,
  Section,
  useSurroundings,
  useUrlState,
} from '../../ui/index.ts'
import css from './patients.module.css'

const groups = [
  { category: 'vital-signs', title: 'Vital signs' },
  { category: 'laboratory', title: 'Laboratory' },
] as const

const usual = ['8480-6', '8462-4', '4548-4', '29463-7', '33914-3', '39156-5', '2339-0', '18262-6']

/** Keeps what people with chronic conditions are followed by at the top of each group, then by name. */
export function ordered(values: readonly ValueTrend[]): ValueTrend[] {
  const group = (value: ValueTrend) => {
    const at = groups.findIndex((one) => one.category === value.category)
    return at < 0 ? groups.length : at
  }
  const rank = (value: ValueTrend) => {
    const at = usual.indexOf(value.code)
    return at < 0 ? usual.length : at
  }
  return [...values].sort((a, b) => group(a) - group(b) || rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** The newest of each value, and beside it the line of the one chosen. */
export function ValueTrends({ values }: { values: readonly ValueTrend[] }) {
  const { timeZone } = useSurroundings()
  const [chosen, choose] = useUrlState('value')
  const rows = ordered(values)
  const keyOf = (value: ValueTrend) => `${value.code} ${value.unit ?? ''}`.trim()
  const open = rows.find((value) => keyOf(value) === chosen) ?? rows.find((value) => value.points.length > 1) ?? rows[0]
  const columns: Column<ValueTrend>[] = [
    { id: 'name', header: 'Value', cell: (row) => row.name, sort: (row) => row.name },
    { id: 'latest', header: 'Newest', width: 130, cell: (row) => row.latest.text },
    {
      id: 'when',
      header: 'On',
      width: 140,
      cell: (row) => <Instant at={row.latest.at} only="day" otherwise="not known" />,
      sort: (row) => row.latest.at,
    },
    {
      id: 'count',
      header: 'Times',
      width: 64,
      numeric: true,
      hideBelow: 768,
      cell: (row) => Math.max(1, row.points.length),
      sort: (row) => row.points.length,
    },
  ]
  return (
    <Section title="Values" subtitle="The newest of each; choose one to see its line">
      <div className={css.values}>
        <DataTable
          caption="Values, the newest of each"
          compact
          keyboard={false}
          sortName="values"
          maxHeight={360}
          columns={columns}
          rows={rows}
          rowId={keyOf}
          onOpen={(row) => choose(keyOf(row))}
          openId={open === undefined ? null : keyOf(open)}
          empty={
            <EmptyState title="No values">
              Blood pressures, weights and laboratory values stand here once they came in.
            </EmptyState>
          }
        />
        {open !== undefined && (
          <div className={css.trend}>
            {open.points.length > 1 ? (
              <LineChart
                title={open.name}
                unit={open.unit ?? 'no unit'}
                points={open.points.map((point) => ({
                  day: localDateAt(Date.parse(point.at), timeZone),
                  value: point.value,
                }))}
                height={240}
              />
            ) : (
              <EmptyState title={open.name}>{open.latest.text}. One value makes no line yet.</EmptyState>
            )}
          </div>
        )}
      </div>
    </Section>
  )
}
