import { contract } from '@keepwell/contract'
import { VisuallyHidden } from '@mantine/core'
import { useView } from '../../api/index.ts'
import css from './tasks.module.css'

/** How many open tasks wait, beside the word "Tasks" in the navigation; nothing when none does. */
export default function TaskCount() {
  const { data } = useView(contract.tasks.count, {}, { refetchSeconds: 30 })
  if (data === undefined || data.open === 0) return null
  const pressing = data.now > 0 || data.overdue > 0
  return (
    <span className={css.count} data-pressing={pressing}>
      <span aria-hidden>{data.open > 99 ? '99+' : data.open}</span>
      <VisuallyHidden>
        {data.open} open, {data.dueToday} for today, {data.overdue} overdue
      </VisuallyHidden>
    </span>
  )
}
