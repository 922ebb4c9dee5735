import { paths } from '../../paths.ts'
import { Button } from '../../ui/index.ts'

/** Leads to the coverage card of the overview with its form open. */
export default function AddCoverageButton({ patientId }: { patientId: string }) {
  return <Button to={paths.patient(patientId, undefined, { dialog: 'coverage' })}>Write down coverage</Button>
}
