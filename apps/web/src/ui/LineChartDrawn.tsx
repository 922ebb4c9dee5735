import '@mantine/charts/styles.layer.css'
import { LineChart } from '@mantine/charts'
import { ReferenceArea } from 'recharts'
import { chartStrokes } from '../theme.ts'
import { dayText } from './format.ts'
import type { TrendProps } from './LineChart.tsx'

/** The drawing itself, loaded only where a chart is shown. */
export default function LineChartDrawn(props: TrendProps) {
  const values = props.points.map((point) => point.value)
  const ends = [...values, props.goal?.from, props.goal?.to].filter((end) => end !== undefined)
  const low = Math.min(...ends)
  const high = Math.max(...ends)
  const margin = (high - low) * 0.12 || 1
  return (
    <LineChart
      h={props.height ?? 180}
      data={props.points.map((point) => ({ ...point, label: dayText(point.day) }))}
      dataKey="label"
      series={[{ name: 'value', label: props.title, color: chartStrokes.line }]}
      curveType="linear"
      strokeWidth={1.75}
      gridAxis="x"
      tickLine="none"
      withLegend={false}
      yAxisProps={{ domain: [Math.floor(low - margin), Math.ceil(high + margin)], width: 40, tickCount: 4 }}
      lineProps={{ isAnimationActive: false }}
      lineChartProps={{ accessibilityLayer: false }}
    >
      {props.goal !== undefined && (
        <ReferenceArea
          y1={props.goal.from ?? Math.floor(low - margin)}
          y2={props.goal.to ?? Math.ceil(high + margin)}
          fill={chartStrokes.band}
          fillOpacity={1}
          ifOverflow="hidden"
        />
      )}
    </LineChart>
  )
}
