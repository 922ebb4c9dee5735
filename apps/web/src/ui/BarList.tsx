import type { ReactNode } from 'react'
import css from './charts.module.css'
import { countText, percentText } from './format.ts'
import { Link } from './Link.tsx'

export interface Bar {
  id: string
  label: string
  count: number
  /** The list behind the count. */
  to?: string
  /** A word beside the count, such as the week's change. */
  note?: ReactNode
}

/**
 * Labelled bars with counts, the rows of a real table: it reads aloud and copies as one.
 * With `funnel` each bar also says its share of the one before.
 */
export function BarList(props: {
  caption: string
  /** Only for the ear, where a heading above says it already. */
  captionHidden?: boolean
  bars: readonly Bar[]
  funnel?: boolean
  /** How a count is written; whole numbers when left out. */
  write?: (count: number) => string
  /** The heading over the labels and the counts, for the ear. */
  labelHeader: string
  countHeader: string
}) {
  const write = props.write ?? countText
  const noted = props.bars.some((bar) => bar.note !== undefined)
  const most = Math.max(1, ...props.bars.map((bar) => bar.count))
  return (
    <table className={css.bars}>
      <caption className={props.captionHidden ? css.barCaptionHidden : css.barCaption}>{props.caption}</caption>
      <thead className={css.barHead}>
        <tr>
          <th scope="col">{props.labelHeader}</th>
          <th scope="col">{props.countHeader}</th>
          {props.funnel && <th scope="col">Share of the step before</th>}
        </tr>
      </thead>
      <tbody>
        {props.bars.map((bar, index) => {
          const before = props.bars[index - 1]?.count
          const share = before === undefined || before === 0 ? null : bar.count / before
          const count = bar.to === undefined ? write(bar.count) : <Link to={bar.to}>{write(bar.count)}</Link>
          return (
            <tr key={bar.id}>
              <th scope="row" className={css.barLabel}>
                <span className={css.barWords}>{bar.label}</span>
              </th>
              <td className={css.barCell}>
                <span className={css.bar} aria-hidden>
                  {bar.count > 0 && <span style={{ width: `${(bar.count / most) * 100}%` }} />}
                </span>
                <span className={css.barCount}>{count}</span>
                {noted && <span className={css.barNote}>{bar.note}</span>}
              </td>
              {props.funnel && <td className={css.barShare}>{share === null ? '' : percentText(share)}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
