import { Skeleton, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Callout } from './Callout.tsx'
import { useSurroundings } from './context.tsx'
import css from './page.module.css'
import type { Icon } from './StatusChip.tsx'

/** What would stand here, and the step that fills it. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode; icon?: Icon }) {
  const Sign = props.icon
  return (
    <div className={css.empty}>
      {Sign !== undefined && (
        <span className={css.emptyIcon}>
          <Sign size={28} stroke={1.5} aria-hidden />
        </span>
      )}
      <p className={css.emptyTitle}>{props.title}</p>
      {props.children !== undefined && <div className={css.emptyText}>{props.children}</div>}
      {props.action !== undefined && <div className={css.emptyAction}>{props.action}</div>}
    </div>
  )
}

/** What went wrong, what was kept and what to do: give it the error of a view or a call. */
export function ErrorState(props: { error: unknown; kept?: string; onRetry?: () => unknown }) {
  const { explain } = useSurroundings()
  const { what, kept, next } = explain(props.error, props.kept)
  const rest = [kept, next].filter((sentence) => sentence !== '').join(' ')
  return (
    <Callout
      state="stop"
      title={what}
      alert
      action={props.onRetry && <Button onClick={() => void props.onRetry?.()}>Try again</Button>}
    >
      {rest !== '' && <p>{rest}</p>}
    </Callout>
  )
}

/** Lines in the shape of what is loading: for text and forms. Tables bring their own. */
export function Skeletons(props: { lines?: number; what?: string }) {
  return (
    <div className={css.skeletons} aria-busy="true">
      <VisuallyHidden role="status">Loading {props.what ?? ''}</VisuallyHidden>
      {Array.from({ length: props.lines ?? 5 }, (_unused, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={line} height={14} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  )
}

/**
 * The three faces of a view in one place: `<Viewed view={view} what="consents">{(data) => …}</Viewed>`.
 * Old data stays on screen while it is read again; an error above it says that it is old.
 */
export function Viewed<T>(props: {
  view: { data: T | undefined; error: unknown; refetch: () => unknown }
  what: string
  lines?: number
  children: (data: T) => ReactNode
}) {
  const { data, error, refetch } = props.view
  return (
    <>
      {error !== null && error !== undefined && (
        <ErrorState error={error} onRetry={refetch} kept={data === undefined ? '' : 'What you see is from before.'} />
      )}
      {data !== undefined && props.children(data)}
      {data === undefined && !error && <Skeletons what={props.what} lines={props.lines ?? 5} />}
    </>
  )
}
