import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { NavCount } from '../../ui/index.ts'

/** How many claims have ninety days or less to be filed, beside the word "Receivables" in the navigation; nothing when none has. */
export default function FilingCount() {
  const { data } = useView(contract.claims.filing, {}, { refetchSeconds: 300 })
  const left = new Map(data?.items.map(({ bucket, claims }) => [bucket, claims]))
  const [late = 0, thirty = 0, sixty = 0, ninety = 0] = [
    left.get('late'),
    left.get('days_30'),
    left.get('days_60'),
    left.get('days_90'),
  ]
  return (
    <NavCount
      count={late + thirty + sixty + ninety}
      pressing={late + thirty > 0}
      spoken={`to file: ${late} too late, ${thirty} within 30 days, ${sixty} within 60, ${ninety} within 90`}
    />
  )
}
