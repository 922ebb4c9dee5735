import type { ReactNode } from 'react'
import type { State } from '../theme.ts'
import { StateIcon } from './StatusChip.tsx'
import css from './status.module.css'

/** A sentence that must be seen, with its state: `alert` reads it out as soon as it appears. */
export function Callout(props: {
  state: State
  title: string
  children?: ReactNode
  action?: ReactNode
  alert?: boolean
}) {
  return (
    <div className={css.callout} data-state={props.state} {...(props.alert ? { role: 'alert' } : {})}>
      <div className={css.calloutIcon}>
        <StateIcon state={props.state} size={18} />
      </div>
      <div className={css.calloutBody}>
        <div className={css.calloutTitle}>{props.title}</div>
        {props.children}
      </div>
      {props.action !== undefined && <div>{props.action}</div>}
    </div>
  )
}
