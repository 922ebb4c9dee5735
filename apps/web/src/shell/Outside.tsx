import type { ReactNode } from 'react'
import css from './outside.module.css'

/** The frame of the pages that need no session. */
export function Outside(props: { title: string; lead?: ReactNode; wide?: boolean; children: ReactNode }) {
  return (
    <main className={css.outside} data-wide={props.wide || undefined}>
      <div className={css.column}>
        <p className={css.brand}>Keepwell</p>
        <h1 className={css.title}>{props.title}</h1>
        {props.lead !== undefined && <div className={css.lead}>{props.lead}</div>}
        {props.children}
      </div>
    </main>
  )
}
