import { contract } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/index.ts'

/** The step of the path that this person can do next, where there is one before enrollment. */
export default function NextStepButton({ patientId }: { patientId: string }) {
  const can = useCan()
  const { data } = useView(contract.enrollments.status, { params: { patientId } })
  if (data === undefined || data.enrolled) return null
  const open = new Set<string>(data.missing.map((piece) => piece.code))
  const next =
    open.has('attestation_missing') && can('enrollment:attest')
      ? 'Attest conditions'
      : open.has('initiating_visit_missing') && can('enrollment:prepare')
        ? 'Find the starting visit'
        : open.size === 0 && can('enrollment:enroll')
          ? 'Enroll'
          : null
  return next === null ? null : <Button to={paths.patient(patientId, 'program')}>{next}</Button>
}
