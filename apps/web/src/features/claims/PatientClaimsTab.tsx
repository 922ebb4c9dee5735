import { contract } from '@keepwell/contract'
import { IconFileInvoice } from '@tabler/icons-react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { DataTable, EmptyState } from '../../ui/index.ts'
import { ownClaimColumns } from './claim-columns.tsx'

/** Every claim of one patient, the newest month first. */
export default function PatientClaimsTab({ patientId }: { patientId: string }) {
  const view = useView(contract.claims.list, { query: { patientId, limit: 100 } })
  return (
    <DataTable
      caption="Claims of this patient"
      columns={ownClaimColumns}
      rows={view.data?.items}
      rowId={(claim) => claim.id}
      rowTo={(claim) => paths.claim(claim.id)}
      error={view.error}
      onRetry={view.refetch}
      sortedBy="-month"
      empty={
        <EmptyState icon={IconFileInvoice} title="No claim for this patient">
          A claim is made when a month is closed in which the patient stands in the lane "Ready".
        </EmptyState>
      }
    />
  )
}
