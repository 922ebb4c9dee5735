import { contract } from '@keepwell/contract'
import { Menu } from '@mantine/core'
import { IconClockPlay } from '@tabler/icons-react'
import { useCall, useView } from '../../api/index.ts'
import { Button, say } from '../../ui/index.ts'
import { timerViews, useSwitchUndo } from './timer.ts'

/** Starts the timer for work on this patient besides a call. One that runs elsewhere is switched, and can be taken back. */
export default function StartTimerButton({ patientId }: { patientId: string }) {
  const activities = useView(contract.minutes.activities, {})
  const timer = useView(contract.minutes.timer, {})
  const offerBack = useSwitchUndo()
  const start = useCall(contract.minutes.start, { invalidates: timerViews, onDone: offerBack })
  const here = timer.data?.running?.patient.id === patientId
  const begin = (activity: string) =>
    start.mutate(
      { params: { patientId }, body: { activity, switch: true } },
      { onError: (error) => void say(error.detail) },
    )
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <Button
          aria-haspopup="menu"
          leftSection={<IconClockPlay size={16} aria-hidden />}
          loading={start.isPending}
          disabledReason={here ? 'Your timer runs for this patient already.' : null}
        >
          Start timer
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['Counts toward the month', 'Does not count'] as const).map((label) => (
          <div key={label}>
            <Menu.Label>{label}</Menu.Label>
            {(activities.data?.items ?? [])
              .filter(
                (one) =>
                  one.countable === (label === 'Counts toward the month') &&
                  !['patient_call', 'automated', 'face_to_face_visit'].includes(one.id),
              )
              .map((one) => (
                <Menu.Item key={one.id} onClick={() => begin(one.id)}>
                  {one.label}
                </Menu.Item>
              ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
