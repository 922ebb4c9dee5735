import type { PlanState } from '@keepwell/contract'
import { type State, StatusChip } from '../../ui/index.ts'

const faces: Record<PlanState, { state: State; word: string }> = {
  none: { state: 'neutral', word: 'No plan yet' },
  draft: { state: 'info', word: 'Draft' },
  submitted: { state: 'attention', word: 'Waits for signature' },
  returned: { state: 'attention', word: 'Returned' },
  signed: { state: 'good', word: 'Signed' },
}

/** Where a plan or a version stands. */
export function PlanStateChip(props: { state: PlanState; why?: string; plain?: boolean }) {
  return (
    <StatusChip
      {...faces[props.state]}
      {...(props.why === undefined ? {} : { why: props.why })}
      {...(props.plain ? { plain: true } : {})}
    />
  )
}
