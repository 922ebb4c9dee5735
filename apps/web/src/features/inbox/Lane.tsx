import type { ReactNode } from 'react'
import { KeyHint } from '../../ui/index.ts'
import css from './inbox.module.css'

/** One lane of the inbox with its count and what is in it. */
export function Lane(props: { title: string; count: number | undefined; shortcut?: string; children: ReactNode }) {
  return (
    <section className={css.lane} aria-label={props.title}>
      <header className={css.laneHead}>
        <h2 className={css.laneTitle}>
          {props.title} {props.count !== undefined && <span className={css.count}>{props.count}</span>}
        </h2>
        {props.shortcut !== undefined && <KeyHint keys={props.shortcut} />}
      </header>
      {props.children}
    </section>
  )
}
