import type { Role, Task } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

const kinds: Record<string, string> = {
  clinical_question: 'Clinical question',
  decline_follow_up: 'Follow-up after a no',
  warm_hand_off: 'Come to the desk',
  escalation: 'Escalation',
  plan_return: 'Plan returned',
  month_fix: 'Mend before the bill',
  call_back: 'Call back',
  other: 'Task',
}

/** The kind in words; one that another feature made reads as its own name. */
export function kindText(kind: string): string {
  return kinds[kind] ?? kind.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())
}

/** How pressing a task is, in a word. */
export function pressing(task: Pick<Task, 'urgency' | 'overdue' | 'done'>): { word: string; state: State } {
  if (task.done !== null) return { word: 'Done', state: 'good' }
  if (task.overdue) return { word: 'Overdue', state: 'stop' }
  if (task.urgency === 'now') return { word: 'Now', state: 'attention' }
  return task.urgency === 'today' ? { word: 'Today', state: 'info' } : { word: 'Open', state: 'neutral' }
}

/** Seats that can be given work: the others have no work list. */
export const workingSeats: readonly Role[] = ['care_manager', 'provider', 'front_desk', 'biller', 'ccm_manager']
