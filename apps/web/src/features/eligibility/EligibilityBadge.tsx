import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { StatusChip } from '../../ui/index.ts'
import { CcmChip } from './CcmChip.tsx'
import { checkStanding } from './standing.ts'

/** The program's status and the last word of Medicare, in the patient strip. */
export default function EligibilityBadge({ patientId }: { patientId: string }) {
  const view = useView(contract.eligibility.chip, { params: { patientId } })
  if (view.data === undefined) {
    return view.error === null ? null : (
      <StatusChip state="unknown" word="Status not known" why="The status could not be read; reload the page." />
    )
  }
  const { chip, lastCheck } = view.data
  return (
    <>
      <CcmChip chip={chip} />
      {lastCheck !== null && (
        <StatusChip
          {...checkStanding(lastCheck)}
          why={[lastCheck.failure, ...lastCheck.reasons].filter((one) => one !== null).join(' ')}
        />
      )}
    </>
  )
}
