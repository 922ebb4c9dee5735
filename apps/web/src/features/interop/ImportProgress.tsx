import { contract } from '@keepwell/contract'
import { Progress } from '@mantine/core'
import { useView } from '../../api/index.ts'
import { countText } from '../../ui/index.ts'
import css from './interop.module.css'

/** How far the newest running import is; asked for again each second, as counts only. */
export function ImportProgress() {
  const view = useView(contract.interop.progress, {}, { refetchSeconds: 1 })
  const running = view.data?.items[0]
  return (
    <div className={css.progress} role="status">
      <Progress value={running?.percent ?? 0} aria-label="How far the import is" size="sm" animated />
      <span>
        {running === undefined
          ? 'Sending and reading the file…'
          : `${running.dryRun ? 'Looked at' : 'Brought in'} ${countText(running.read)} resources so far${running.refused > 0 ? `, ${countText(running.refused)} refused` : ''}. You can leave this page; it goes on.`}
      </span>
    </div>
  )
}
