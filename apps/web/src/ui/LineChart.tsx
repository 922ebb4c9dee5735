import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import css from './charts.module.css'
import { dayText } from './format.ts'

export interface TrendPoint {
  day: string
  value: number
}
export interface TrendProps {
  title: string
  unit: string
  points: readonly TrendPoint[]
  /** Shaded: where the value should lie. An open end is left out. */
  goal?: { from?: number; to?: number }
  height?: number
}

const Drawn = lazy(() => import('./LineChartDrawn.tsx'))

/** One patient's trend with the goal band shaded, and the same figures as a table to read and copy. */
export function LineChart(props: TrendProps) {
  const height = props.height ?? 180
  return (
    <figure className={css.chart} style={{ margin: 0 }}>
      <figcaption className={css.chartTitle}>
        {props.title} <span className={css.quiet}>({props.unit})</span>
      </figcaption>
      <div aria-hidden style={{ height }}>
        <Suspense fallback={<Skeleton height={height} />}>
          <Drawn {...props} height={height} />
        </Suspense>
      </div>
      <details className={css.twin}>
        <summary className={css.twinOpen}>As a table</summary>
        <table className={css.twinTable}>
          <thead>
            <tr>
              <th scope="col" className={css.twinCell}>
                Day
              </th>
              <th scope="col" className={css.twinCell}>
                {props.title} ({props.unit})
              </th>
            </tr>
          </thead>
          <tbody>
            {props.points.map((point) => (
              <tr key={point.day}>
                <th scope="row" className={css.twinCell}>
                  {dayText(point.day)}
                </th>
                <td className={css.twinCell}>{point.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
