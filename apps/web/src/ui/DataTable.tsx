import { Checkbox, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSelector } from '@tabler/icons-react'
import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useNavigation, useUrlState } from './context.tsx'
import { useKeys } from './keys.tsx'
import { Link } from './Link.tsx'
import { ErrorState } from './states.tsx'
import css from './table.module.css'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Makes the column sortable by this value; null always comes last. */
  sort?: (row: Row) => string | number | null
  /** Right-aligned tabular figures. */
  numeric?: boolean
  /** In px; the rest share what is left. */
  width?: number
  /** Left out below this many px of window width, when the row still makes sense without it. */
  hideBelow?: 480 | 768 | 1024
  /** Shown instead of the header's words where they repeat themselves; still read out. */
  headerHidden?: boolean
}

export interface DataTableProps<Row extends RowData> {
  /** What the table lists, for screen readers; `captionShown` puts it above the table. */
  caption: string
  captionShown?: boolean
  columns: readonly Column<Row>[]
  /** Undefined while loading. */
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  /** Where Enter or a click on the row goes; the first cell becomes the link. */
  rowTo?: ((row: Row) => string) | undefined
  /** Instead of going somewhere: opens a preview or a dialog. */
  onOpen?: ((row: Row) => void) | undefined
  /** Marks the row whose preview is open. */
  openId?: string | null
  selection?:
    | {
        ids: ReadonlySet<string>
        onChange: (ids: ReadonlySet<string>) => void
        label: (row: Row) => string
      }
    | undefined
  error?: unknown
  onRetry?: (() => unknown) | undefined
  /** An `EmptyState` that says what would be here and offers the step that fills it. */
  empty: ReactNode
  compact?: boolean
  /** Keeps the first column in sight while a wide table scrolls sideways. */
  stickyFirst?: boolean
  /** The name of the sort in the address; give each of two tables on one page its own. */
  sortName?: string
  /** `name` or `-name`: the order before anybody clicks. The server's order when left out. */
  sortedBy?: string | undefined
  /** j and k move, Enter opens, x selects. Switch off for all but the main table of a page. */
  keyboard?: boolean
  /** Below the rows: a total, or "Show more". */
  footer?: ReactNode
  /** At most this high, in px; the head stays. */
  maxHeight?: number | undefined
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

/** The order in the address: `-due` is `due` downward. */
export function sortingOf(text: string | null): SortingState {
  if (text === null || text === '') return []
  return text.startsWith('-') ? [{ id: text.slice(1), desc: true }] : [{ id: text, desc: false }]
}
export function sortText(sorting: SortingState): string | null {
  const first = sorting[0]
  return first === undefined ? null : `${first.desc ? '-' : ''}${first.id}`
}

/** Text by the alphabet, numbers by size. */
export function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' })
}

/** A dense list with sticky head, sorting, keys, skeleton, empty state and error. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { go } = useNavigation()
  const [sortParam, setSortParam] = useUrlState(props.sortName ?? 'sort')
  const sorting = useMemo(() => sortingOf(sortParam ?? props.sortedBy ?? null), [sortParam, props.sortedBy])
  const frame = useRef<HTMLElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  /** The row that had the keyboard last, and its place. */
  const stood = useRef<{ id: string; place: number } | null>(null)
  const { rowId, rowTo, onOpen, selection } = props

  const columns = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      props.columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row) => column.sort?.(row) ?? undefined,
        enableSorting: column.sort !== undefined,
        sortUndefined: 'last',
        sortFn: (a, b, id) => compareValues(a.getValue<string | number>(id), b.getValue<string | number>(id)),
      })),
    [props.columns],
  )
  const data = useMemo(() => [...(props.rows ?? [])], [props.rows])
  const table = useTable({
    features,
    columns,
    data,
    getRowId: rowId,
    state: { sorting },
    enableMultiSort: false,
    onSortingChange: (change) => setSortParam(sortText(typeof change === 'function' ? change(sorting) : change)),
  })
  const rows = table.getRowModel().rows
  const opens = rowTo !== undefined || onOpen !== undefined

  function open(row: Row) {
    if (onOpen !== undefined) onOpen(row)
    else if (rowTo !== undefined) go(rowTo(row))
  }
  function toggle(row: Row) {
    if (selection === undefined) return
    const next = new Set(selection.ids)
    const id = rowId(row)
    if (!next.delete(id)) next.add(id)
    selection.onChange(next)
  }
  function move(step: 1 | -1) {
    const lines = [...(body.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
    const here = lines.findIndex((line) => line === document.activeElement || line.contains(document.activeElement))
    const next = lines[here === -1 ? (step === 1 ? 0 : lines.length - 1) : here + step]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  // A deed may take the row away that the keyboard stood on: it goes on where the row was, not at the top of the page.
  useEffect(() => {
    const before = stood.current
    if (before === null || document.activeElement !== document.body || rows.some(({ id }) => id === before.id)) return
    const lines = body.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? []
    const next = lines[Math.min(before.place, lines.length - 1)] ?? frame.current
    next?.focus({ preventScroll: true })
  }, [rows])
  function focusedRow(): Row | undefined {
    const line = document.activeElement?.closest<HTMLElement>('tr[data-row]')
    if (!line || !body.current?.contains(line)) return undefined
    return rows.find((row) => row.id === line.dataset.row)?.original
  }
  useKeys(
    props.keyboard === false
      ? []
      : [
          { keys: 'j', label: 'Next row', group: 'Lists', run: () => move(1) },
          { keys: 'k', label: 'Previous row', group: 'Lists', run: () => move(-1) },
          ...(selection === undefined
            ? []
            : [
                {
                  keys: 'x',
                  label: 'Select the row',
                  group: 'Lists',
                  run: () => {
                    const row = focusedRow()
                    if (row !== undefined) toggle(row)
                  },
                },
              ]),
        ],
  )
  function pressOnRow(event: KeyboardEvent<HTMLTableRowElement>, row: Row) {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && opens) {
      event.preventDefault()
      open(row)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  function clickOnRow(event: MouseEvent<HTMLTableRowElement>, row: Row) {
    if (!opens || event.defaultPrevented) return
    const inner = event.target instanceof Element ? event.target.closest('a,button,input,label,select,textarea') : null
    if (inner !== null || window.getSelection()?.toString()) return
    open(row)
  }

  const all = rows.length > 0 && selection !== undefined && rows.every((row) => selection.ids.has(row.id))
  const some = selection !== undefined && rows.some((row) => selection.ids.has(row.id))
  const failed = props.error !== undefined && props.error !== null
  const loading = props.rows === undefined && !failed
  const columnCount = props.columns.length + (selection === undefined ? 0 : 1)

  return (
    <div className={css.frame}>
      {failed && (
        <div className={css.notice}>
          <ErrorState
            error={props.error}
            kept={props.rows === undefined ? '' : 'What you see is from before.'}
            {...(props.onRetry === undefined ? {} : { onRetry: props.onRetry })}
          />
        </div>
      )}
      <section
        ref={frame}
        className={css.scroll}
        aria-label={props.caption}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
        tabIndex={0}
        style={props.maxHeight === undefined ? undefined : { maxHeight: props.maxHeight }}
      >
        <table
          className={css.table}
          data-compact={props.compact || undefined}
          data-sticky-first={props.stickyFirst || undefined}
          aria-busy={loading}
        >
          <caption className={props.captionShown ? css.caption : css.captionHidden}>{props.caption}</caption>
          <thead>
            <tr>
              {selection !== undefined && (
                <th scope="col" className={css.head} data-select>
                  <Checkbox
                    size="xs"
                    aria-label="Select all rows"
                    checked={all}
                    indeterminate={some && !all}
                    onChange={() => selection.onChange(all ? new Set() : new Set(rows.map((row) => row.id)))}
                  />
                </th>
              )}
              {props.columns.map((column) => {
                const sorted = sorting[0]?.id === column.id ? (sorting[0].desc ? 'descending' : 'ascending') : undefined
                return (
                  <th
                    key={column.id}
                    scope="col"
                    className={css.head}
                    data-numeric={column.numeric || undefined}
                    data-hide={column.hideBelow}
                    style={column.width === undefined ? undefined : { width: column.width }}
                    aria-sort={column.sort === undefined ? undefined : (sorted ?? 'none')}
                  >
                    {column.sort === undefined ? (
                      column.headerHidden ? (
                        <VisuallyHidden>{column.header}</VisuallyHidden>
                      ) : (
                        column.header
                      )
                    ) : (
                      <button
                        type="button"
                        className={css.sort}
                        onClick={() => table.getColumn(column.id)?.toggleSorting()}
                      >
                        {column.header}
                        {sorted === 'ascending' ? (
                          <IconChevronUp size={14} aria-hidden />
                        ) : sorted === 'descending' ? (
                          <IconChevronDown size={14} aria-hidden />
                        ) : (
                          <IconSelector size={14} aria-hidden className={css.unsorted} />
                        )}
                      </button>
                    )}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody
            ref={body}
            onFocus={({ target, currentTarget }) => {
              const line = target.closest<HTMLElement>('tr[data-row]')
              stood.current =
                line === null ? null : { id: line.dataset.row ?? '', place: [...currentTarget.children].indexOf(line) }
            }}
          >
            {loading &&
              Array.from({ length: 6 }, (_unused, line) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
                <tr key={line} className={css.row}>
                  {Array.from({ length: columnCount }, (_none, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the cells are all alike and never move
                    <td key={at} className={css.cell}>
                      <Skeleton height={12} width={`${80 - ((line * 13 + at * 29) % 45)}%`} />
                    </td>
                  ))}
                </tr>
              ))}
            {rows.map((row) => (
              <tr
                key={row.id}
                className={css.row}
                data-row={row.id}
                tabIndex={-1}
                data-opens={opens || undefined}
                data-open={props.openId === row.id || undefined}
                data-selected={selection?.ids.has(row.id) || undefined}
                onKeyDown={(event) => pressOnRow(event, row.original)}
                onClick={(event) => clickOnRow(event, row.original)}
              >
                {selection !== undefined && (
                  <td className={css.cell} data-select>
                    <Checkbox
                      size="xs"
                      aria-label={`Select ${selection.label(row.original)}`}
                      checked={selection.ids.has(row.id)}
                      onChange={() => toggle(row.original)}
                    />
                  </td>
                )}
                {props.columns.map((column, at) => (
                  <td
                    key={column.id}
                    className={css.cell}
                    data-numeric={column.numeric || undefined}
                    data-hide={column.hideBelow}
                  >
                    {at === 0 && rowTo !== undefined ? (
                      <Link to={rowTo(row.original)} quiet className={css.first ?? ''}>
                        {column.cell(row.original)}
                      </Link>
                    ) : at === 0 && onOpen !== undefined ? (
                      <button type="button" className={css.firstButton} onClick={() => onOpen(row.original)}>
                        {column.cell(row.original)}
                      </button>
                    ) : (
                      column.cell(row.original)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {!loading && !failed && rows.length === 0 && props.empty}
      </section>
      {props.footer !== undefined && <div className={css.footer}>{props.footer}</div>}
      <VisuallyHidden role="status">{loading ? `Loading ${props.caption}` : ''}</VisuallyHidden>
    </div>
  )
}
