import {
  CoverageState,
  ccmStatusWords,
  contract,
  type EligiblePatient,
  EligibleState,
  PriorityLevel,
  RiskLevel,
  type SendOf,
} from '@keepwell/contract'
import { Select, Tooltip } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { call, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  Drawer,
  EmptyState,
  Page,
  Stat,
  StatRow,
  StatusChip,
  useUrlState,
} from '../../ui/index.ts'
import { CcmChip } from './CcmChip.tsx'
import { EligibilityDetail } from './EligibilityDetail.tsx'
import css from './eligibility.module.css'
import { coverageWords, priorityWords, riskStates, riskWords } from './standing.ts'

const stateOptions = [
  { value: 'open', label: 'May be asked now' },
  { value: 'all', label: 'All proposed' },
  ...(['eligible', 'unknown', 'introduced', 'thinking', 'declined', 'consented', 'enrolled'] as const).map(
    (status) => ({
      value: status,
      label: ccmStatusWords[status],
    }),
  ),
]

/** Patients proposed for the program with the evidence for each: the provider's mark first, then the risk. */
export default function EligiblePage() {
  const [state, setState] = useUrlState('state')
  const [risk, setRisk] = useUrlState('risk')
  const [priority, setPriority] = useUrlState('priority')
  const [group, setGroup] = useUrlState('group')
  const [coverage, setCoverage] = useUrlState('coverage')
  const [openId, setOpenId] = useUrlState('patient')
  const query = {
    limit: 100,
    state: oneOf(state, EligibleState.options),
    risk: oneOf(risk, RiskLevel.options),
    priority: oneOf(priority, PriorityLevel.options),
    coverage: oneOf(coverage, CoverageState.options),
    group: group ?? undefined,
  }
  const view = useView(contract.eligibility.list, { query }, { keepPrevious: true })
  const { rows, more, loading } = useFurtherPages(view.data, query)
  const open = useView(contract.eligibility.get, { params: { patientId: openId ?? '' } }, { enabled: openId !== null })
  const counts = view.data?.counts
  return (
    <Page
      title="Eligible patients"
      subtitle="Living patients with two or more lasting conditions, each with the evidence. Sorted by the provider's mark and the risk."
      asOf={view.dataUpdatedAt}
    >
      <StatRow label="Patients proposed">
        <Stat
          label="May be asked now"
          value={counts?.open ?? '–'}
          to={paths.eligible()}
          definition="Proposed patients who are neither enrolled nor consented and have not said no."
        />
        <Stat
          label="Very high risk"
          value={counts?.byRisk.very_high ?? 0}
          to={paths.eligible({ risk: 'very_high' })}
          definition="Of those who may be asked: eleven points or more of the risk rubric."
        />
        <Stat
          label="Coverage to be checked"
          value={counts?.byStatus.unknown ?? 0}
          to={paths.eligible({ state: 'unknown' })}
          definition="Nobody has asked Medicare yet, or the answer leaves a doubt."
        />
        <Stat
          label="Thinking about it"
          value={counts?.byStatus.thinking ?? 0}
          to={paths.eligible({ state: 'thinking' })}
          definition="Asked, and wanted time to think."
        />
      </StatRow>
      <div className={css.filters}>
        <Select
          label="Show"
          data={stateOptions}
          value={state ?? 'open'}
          onChange={(value) => setState(value === 'open' ? null : value)}
        />
        <Select
          label="Risk"
          data={options(riskWords)}
          value={risk ?? ''}
          onChange={(value) => setRisk(value === '' ? null : value)}
        />
        <Select
          label="Priority"
          data={options(priorityWords)}
          value={priority ?? ''}
          onChange={(value) => setPriority(value === '' ? null : value)}
        />
        <Select
          label="Coverage"
          data={options(Object.fromEntries(Object.entries(coverageWords).map(([key, one]) => [key, one.word])))}
          value={coverage ?? ''}
          onChange={(value) => setCoverage(value === '' ? null : value)}
        />
        <Select
          label="Condition"
          searchable
          data={[
            { value: '', label: 'Any' },
            ...(view.data?.groups ?? []).map((one) => ({
              value: one.group,
              label: `${one.label} (${one.patients})`,
            })),
          ]}
          value={group ?? ''}
          onChange={(value) => setGroup(value === '' ? null : value)}
        />
      </div>
      <DataTable
        caption="Eligible patients"
        columns={columns}
        rows={rows}
        rowId={(row) => row.patient.id}
        onOpen={(row) => setOpenId(row.patient.id, { push: true })}
        openId={openId}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState
            icon={IconUserCheck}
            title="Nobody fits these filters"
            action={<Button to={paths.eligible()}>Clear the filters</Button>}
          >
            Here stand living patients with two or more lasting conditions and Medicare, as soon as their records are
            imported.
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
      <Drawer
        title={open.data?.patient.name ?? 'Why this patient'}
        opened={openId !== null}
        onClose={() => setOpenId(null)}
        size={640}
      >
        {openId !== null && <EligibilityDetail patientId={openId} />}
      </Drawer>
    </Page>
  )
}

/** The address is text; a value that the list does not know is left out. */
function oneOf<T extends string>(value: string | null, known: readonly T[]): T | undefined {
  return known.find((one) => one === value)
}

function options(words: Record<string, string>) {
  return [{ value: '', label: 'Any' }, ...Object.entries(words).map(([value, label]) => ({ value, label }))]
}

type List = { items: EligiblePatient[]; nextCursor: string | null }

/** Pages after the first are kept until the first one is read again. */
function useFurtherPages(first: List | undefined, query: SendOf<typeof contract.eligibility.list>['query']) {
  const [further, setFurther] = useState<{
    of: List
    items: EligiblePatient[]
    cursor: string | null
  } | null>(null)
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
      const next = await call(contract.eligibility.list, { query: { ...query, cursor } })
      setFurther({ of: first, items: [...(mine?.items ?? []), ...next.items], cursor: next.nextCursor })
    } finally {
      setLoading(false)
    }
  }
  return { rows, more: cursor === null ? null : () => void load(), loading }
}

const columns: readonly Column<EligiblePatient>[] = [
  {
    id: 'patient',
    header: 'Patient',
    width: 160,
    cell: (row) => (
      <span>
        <span className={css.name}>{row.patient.name}</span>
        {row.age !== null && <span className={css.quiet}> {row.age}</span>}
      </span>
    ),
  },
  { id: 'status', header: 'Status', width: 130, cell: (row) => <CcmChip chip={row.chip} plain /> },
  {
    id: 'conditions',
    header: 'Lives with',
    hideBelow: 768,
    cell: (row) => (
      <span>
        {row.groups.map((hit) => (
          <Tooltip
            key={hit.group}
            label={hit.evidence
              .map(
                (one) =>
                  `${one.display} (${[...new Set([...one.codings.map((coding) => coding.code), one.icd10])].join(', ')})`,
              )
              .join('; ')}
          >
            <span className={hit.weak ? `${css.condition} ${css.weak}` : css.condition}>{hit.label}</span>
          </Tooltip>
        ))}
      </span>
    ),
  },
  {
    id: 'risk',
    header: 'Risk',
    width: 130,
    cell: (row) => (
      <span>
        <StatusChip
          plain
          state={riskStates[row.risk.level]}
          word={riskWords[row.risk.level]}
          why={row.risk.points.map((point) => `${point.label}: ${point.points}`).join('; ')}
        />{' '}
        <span className={css.score}>{row.risk.score}</span>
      </span>
    ),
  },
  {
    id: 'priority',
    header: 'Provider says',
    width: 184,
    hideBelow: 768,
    cell: (row) =>
      row.mark === null ? null : (
        <span className={css.mark}>
          <span className={css.name}>{priorityWords[row.mark.level]}</span>
          <span className={css.quiet}>{row.mark.reason}</span>
        </span>
      ),
  },
  {
    id: 'coverage',
    header: 'Coverage',
    width: 146,
    hideBelow: 1024,
    cell: (row) => <StatusChip plain {...coverageWords[row.coverage]} />,
  },
]
