import { contract } from '@keepwell/contract'
import { useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/index.ts'
import { consentStanding } from './standing.ts'

/** The way to the consent flow; shown while no consent is in force. */
export default function RecordConsentButton({ patientId }: { patientId: string }) {
  const today = useToday()
  const view = useView(contract.consents.list, { params: { patientId } })
  if (view.data === undefined) return null
  const { state } = consentStanding(view.data.items, today)
  return state === 'good' || state === 'attention' ? null : (
    <Button to={paths.recordConsent(patientId)}>Record consent</Button>
  )
}
