import { contract } from '@keepwell/contract'
import { useToday, useView } from '../../api/index.ts'
import { StatusChip } from '../../ui/index.ts'
import { consentStanding } from './standing.ts'

/** The standing of consent in the patient strip. */
export default function ConsentBadge({ patientId }: { patientId: string }) {
  const today = useToday()
  const view = useView(contract.consents.list, { params: { patientId } })
  if (view.data === undefined) {
    return view.error === null ? null : (
      <StatusChip state="unknown" word="Consent not known" why="The consents could not be read; reload the page." />
    )
  }
  const { state, word, why } = consentStanding(view.data.items, today)
  return <StatusChip state={state} word={word} why={why} />
}
