import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/index.ts'

const silent = ['deceased', 'enrolled', 'consented', 'enrolled_elsewhere', 'not_eligible']

/** From the patient's page to the words for the desk. */
export default function TalkButton({ patientId }: { patientId: string }) {
  const view = useView(contract.eligibility.chip, { params: { patientId } })
  const chip = view.data?.chip
  return (
    <Button
      to={paths.today({ patient: patientId })}
      disabledReason={chip !== undefined && silent.includes(chip.status) ? chip.reason : null}
    >
      Talk about the program
    </Button>
  )
}
