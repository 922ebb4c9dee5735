import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Link, minutesText, nextStep, StatusChip } from '../../ui/index.ts'
import { leftOutText } from './words.ts'

/** The month's counted minutes in the patient strip. */
export default function MinutesBadge({ patientId }: { patientId: string }) {
  const { data, error } = useView(contract.minutes.list, { params: { patientId }, query: {} })
  if (data === undefined)
    return error === null ? null : (
      <StatusChip state="unknown" word="Minutes not known" why="The minutes could not be read; reload the page." />
    )
  const { countedSeconds, leftOut } = data.totals
  const goal = nextStep(countedSeconds, data.stepsSeconds)
  const reached = data.stepsSeconds[0] !== undefined && countedSeconds >= data.stepsSeconds[0]
  return (
    <Link to={paths.patient(patientId, 'minutes')} quiet>
      <StatusChip
        state={reached ? 'good' : 'neutral'}
        word={goal === null ? minutesText(countedSeconds) : `${minutesText(countedSeconds)} of ${minutesText(goal)}`}
        {...(leftOut.length === 0 ? {} : { why: `Left out: ${leftOutText(leftOut)}` })}
      />
    </Link>
  )
}
