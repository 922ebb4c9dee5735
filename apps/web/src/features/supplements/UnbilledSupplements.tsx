import { contract, type UnbilledSupplement } from '@keepwell/contract'
import { IconUmbrella } from '@tabler/icons-react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  LocalDate,
  Money,
  monthShortText,
  StatusChip,
  useUrlState,
} from '../../ui/index.ts'
import css from './supplements.module.css'

const columns: readonly Column<UnbilledSupplement>[] = [
  {
    id: 'patient',
    header: 'Patient',
    cell: ({ claim }) => claim.patient.name,
    sort: ({ claim }) => claim.patient.name,
    width: 160,
  },
  {
    id: 'month',
    header: 'Month',
    cell: ({ claim }) => <span className={css.nowrap}>{monthShortText(claim.month)}</span>,
    sort: ({ claim }) => claim.month,
    width: 90,
  },
  {
    id: 'decided',
    header: 'Decided',
    cell: ({ decidedOn }) => <LocalDate day={decidedOn} />,
    sort: ({ decidedOn }) => decidedOn,
    width: 130,
    hideBelow: 1024,
  },
  {
    id: 'supplement',
    header: 'Supplement',
    cell: ({ supplement }) => supplement.payerName ?? 'name not known',
    sort: ({ supplement }) => supplement.payerName,
    width: 200,
  },
  {
    id: 'share',
    header: "Patient's share",
    numeric: true,
    width: 120,
    cell: ({ shareCents }) => <Money cents={shareCents} />,
    sort: ({ shareCents }) => shareCents,
  },
  {
    id: 'next',
    header: 'Next',
    cell: ({ whyNot }) =>
      whyNot === null ? <StatusChip plain state="info" word="Bill it" /> : <span className={css.quiet}>{whyNot}</span>,
  },
]

/** Decided claims that left something to a patient whose supplement nobody has asked. */
export function UnbilledSupplements() {
  const [cursor, setCursor] = useUrlState('supplements-after')
  const view = useView(
    contract.supplements.list,
    { query: { limit: 100, ...(cursor ? { cursor } : {}) } },
    { keepPrevious: true },
  )
  const data = view.data
  return (
    <div className={css.stack}>
      {data !== undefined && data.count > 0 && (
        <p>
          {data.count === 1 ? 'One decided claim leaves ' : `${data.count} decided claims leave `}
          <Money cents={data.shareCents} /> to patients who have a supplement that nobody has asked. Open one to bill
          it.
        </p>
      )}
      <DataTable<UnbilledSupplement>
        caption="Supplements to bill"
        columns={columns}
        rows={data?.items}
        rowId={({ claim }) => claim.id}
        rowTo={({ claim }) => paths.claim(claim.id)}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconUmbrella} title="No supplement waits to be billed">
            When Medicare has decided a claim, leaves a share to a patient with a Medigap or another second insurance,
            and has not passed it on by itself, the claim stands here.
          </EmptyState>
        }
        footer={
          data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(data.nextCursor, { push: true })}>
              Further claims
            </Button>
          ) : undefined
        }
      />
    </div>
  )
}
