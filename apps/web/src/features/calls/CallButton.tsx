import { IconPhone } from '@tabler/icons-react'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/index.ts'

/** The way to the call workspace. */
export default function CallButton({ patientId }: { patientId: string }) {
  return (
    <Button to={paths.call(patientId)} leftSection={<IconPhone size={16} aria-hidden />}>
      Call
    </Button>
  )
}
