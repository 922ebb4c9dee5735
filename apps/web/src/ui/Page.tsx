import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useSurroundings } from './context.tsx'
import { timeTextAt, zoneText } from './format.ts'
import { Link } from './Link.tsx'
import css from './page.module.css'

export interface PageProps {
  title: string
  subtitle?: ReactNode
  /** Buttons at the right of the title; at most one is `primary`. */
  actions?: ReactNode
  /** When the data was read, by this computer's clock (`view.dataUpdatedAt`): shown as "as of 10:42". */
  asOf?: number
  /** Where this page was reached from. */
  back?: { to: string; label: string }
  /** `form` 640 px, `text` for reading, otherwise as wide as the window. */
  width?: 'full' | 'form' | 'text'
  /** The browser tab's words when the title would show a patient's name there. */
  tabTitle?: string
  children: ReactNode
}

/** The frame of every page: title, what to do next, and how old the data is. */
export function Page(props: PageProps) {
  const { timeZone, skewMilliseconds } = useSurroundings()
  const asOf = (props.asOf ?? 0) + skewMilliseconds
  const tabTitle = props.tabTitle ?? props.title
  useEffect(() => {
    document.title = `${tabTitle} · Keepwell`
  }, [tabTitle])
  return (
    <div className={css.page} data-width={props.width ?? 'full'}>
      <header className={css.head}>
        <div className={css.heading}>
          {props.back && (
            <Link to={props.back.to} className={css.back ?? ''} quiet>
              <IconArrowLeft size={14} aria-hidden /> {props.back.label}
            </Link>
          )}
          <h1 className={css.title}>{props.title}</h1>
          {props.subtitle !== undefined && <div className={css.subtitle}>{props.subtitle}</div>}
        </div>
        <div className={css.actions}>
          {props.asOf !== undefined && props.asOf > 0 && (
            <span className={css.asOf}>
              as of {timeTextAt(asOf, timeZone)} {zoneText(timeZone, asOf)}
            </span>
          )}
          {props.actions}
        </div>
      </header>
      {props.children}
    </div>
  )
}

/** A part of a page with its own heading; `framed` draws the hairline around it. */
export function Section(props: {
  title?: string
  subtitle?: ReactNode
  actions?: ReactNode
  framed?: boolean
  children: ReactNode
}) {
  return (
    <section
      className={props.framed ? css.framed : css.section}
      {...(props.title ? { 'aria-label': props.title } : {})}
    >
      {(props.title !== undefined || props.actions !== undefined) && (
        <div className={css.sectionHead}>
          <div>
            {props.title !== undefined && <h2 className={css.sectionTitle}>{props.title}</h2>}
            {props.subtitle !== undefined && <div className={css.sectionSubtitle}>{props.subtitle}</div>}
          </div>
          {props.actions !== undefined && <div className={css.actions}>{props.actions}</div>}
        </div>
      )}
      {props.children}
    </section>
  )
}

/** Label and value pairs of one record: `<Facts items={[['Phone', …], ['Language', …]]} />`. */
export function Facts(props: { items: readonly (readonly [string, ReactNode])[]; columns?: 1 | 2 | 3 }) {
  return (
    <dl className={css.facts} data-columns={props.columns ?? 2}>
      {props.items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
