import type { ClaimRow } from '@keepwell/contract'
import { type Column, Money, monthShortText, StatusChip } from '../../ui/index.ts'
import { ClaimChip } from './ClaimChip.tsx'
import css from './claims.module.css'
import { nextOf } from './faces.ts'

/** `99490 + 2 × 99439`. */
export function codesText(codes: ClaimRow['codes']): string {
  return codes.map(({ code, units }) => (units === 1 ? code : `${units} × ${code}`)).join(' + ')
}

/** A claim that goes to a payer behind another one. */
export function SecondChip({ claim }: { claim: Pick<ClaimRow, 'followsClaimId'> }) {
  return (
    <StatusChip
      plain
      state="info"
      word="Second"
      why={
        claim.followsClaimId === null
          ? 'Another insurer decided before Medicare.'
          : 'It asks a supplement for what Medicare left to the patient.'
      }
    />
  )
}

const patient: Column<ClaimRow> = {
  id: 'patient',
  header: 'Patient',
  cell: (claim) => claim.patient.name,
  sort: (claim) => claim.patient.name,
  width: 140,
}
const month: Column<ClaimRow> = {
  id: 'month',
  header: 'Month',
  cell: (claim) => <span className={css.nowrap}>{monthShortText(claim.month)}</span>,
  sort: (claim) => claim.month,
}
const status: Column<ClaimRow> = {
  id: 'status',
  header: 'Status',
  cell: (claim) => <ClaimChip plain status={claim.status} />,
  sort: (claim) => claim.status,
}
const rest: readonly Column<ClaimRow>[] = [
  {
    id: 'codes',
    header: 'Codes',
    cell: (claim) => (
      <span className={css.codes}>
        {codesText(claim.codes)}
        {claim.payerSequence === 'S' && <SecondChip claim={claim} />}
        {claim.qmb && (
          <StatusChip
            plain
            state="info"
            word="QMB"
            why="Medicaid pays the patient's share: the patient is never billed."
          />
        )}
      </span>
    ),
  },
  {
    id: 'charge',
    header: 'Charge',
    numeric: true,
    cell: (claim) => <Money cents={claim.chargeCents} />,
    sort: (claim) => claim.chargeCents,
  },
  {
    id: 'expected',
    header: 'Expected',
    numeric: true,
    cell: (claim) => <Money cents={claim.expectedMedicareCents} />,
    sort: (claim) => claim.expectedMedicareCents,
  },
  {
    id: 'paid',
    header: 'Paid',
    numeric: true,
    cell: (claim) => (claim.paidCents === 0 ? '' : <Money cents={claim.paidCents} />),
    sort: (claim) => claim.paidCents,
  },
  {
    id: 'open',
    header: 'Open',
    numeric: true,
    cell: (claim) => (claim.openCents === 0 ? '' : <Money cents={claim.openCents} />),
    sort: (claim) => claim.openCents,
  },
  {
    id: 'last',
    header: 'Next',
    width: 240,
    cell: (claim) => (
      <>
        {nextOf(claim)}
        <span className={css.last} title={claim.last?.sentence}>
          {claim.last?.sentence}
        </span>
      </>
    ),
    hideBelow: 1024,
  },
]

/** Claims of many patients. */
export const claimColumns: readonly Column<ClaimRow>[] = [patient, month, status, ...rest]
/** Claims of one patient. */
export const ownClaimColumns: readonly Column<ClaimRow>[] = [month, status, ...rest]
/** What a batch would hold: nothing is paid or open yet. */
export const previewColumns: readonly Column<ClaimRow>[] = claimColumns.filter(
  ({ id }) => !['status', 'paid', 'open', 'last'].includes(id),
)
