import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { NavCount } from '../../ui/index.ts'

/** How many open tasks wait, beside the word "Tasks" in the navigation; nothing when none does. */
export default function TaskCount() {
  const { data } = useView(contract.tasks.count, {}, { refetchSeconds: 30 })
  if (data === undefined) return null
  return (
    <NavCount
      count={data.open}
      pressing={data.now > 0 || data.overdue > 0}
      spoken={`${data.open} open, ${data.dueToday} for today, ${data.overdue} overdue`}
    />
  )
}
