import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Instant, Link, Viewed } from '../../ui/index.ts'
import css from './patients.module.css'
import { ordered } from './ValueTrends.tsx'

/** The chart beside the call: what the caller may ask about, on one narrow column. */
export default function ChartPanel({ patientId }: { patientId: string }) {
  const view = useView(contract.patients.chart, { params: { patientId } })
  return (
    <Viewed view={view} what="the chart">
      {(chart) => (
        <div className={css.panel}>
          <PanelList
            title="Problems"
            items={chart.conditions.filter((one) => one.active).map((one) => ({ id: one.id, name: one.name }))}
            none="None active"
          />
          <PanelList
            title="Medications"
            items={chart.medications
              .filter((one) => one.active)
              .map((one) => ({ id: one.id, name: one.name, more: one.dosage }))}
            none="None active"
          />
          <PanelList
            title="Allergies"
            items={chart.allergies
              .filter((one) => one.active)
              .map((one) => ({ id: one.id, name: one.name, more: one.reactions.join(', ') || null }))}
            none="None in the EHR: ask"
          />
          <section aria-label="Newest values">
            <h3 className={css.panelTitle}>Newest values</h3>
            <ul className={css.lines}>
              {ordered(chart.values)
                .filter((value) => value.points.length > 0)
                .slice(0, 8)
                .map((value) => (
                  <li key={`${value.code} ${value.unit}`} className={css.line}>
                    <span className={css.lineName}>{value.name}</span>
                    <span>
                      {value.latest.text}{' '}
                      <span className={css.quiet}>
                        <Instant at={value.latest.at} only="day" />
                      </span>
                    </span>
                  </li>
                ))}
            </ul>
          </section>
          <Link to={paths.patient(patientId, 'chart')}>Open the whole chart</Link>
        </div>
      )}
    </Viewed>
  )
}

function PanelList(props: {
  title: string
  items: { id: string; name: string; more?: string | null }[]
  none: string
}) {
  return (
    <section aria-label={props.title}>
      <h3 className={css.panelTitle}>{props.title}</h3>
      {props.items.length === 0 ? (
        <p className={css.hint}>{props.none}</p>
      ) : (
        <ul className={css.lines}>
          {props.items.map((item) => (
            <li key={item.id} className={css.line}>
              <span className={css.lineName}>
                {item.name}
                {item.more != null && <div className={css.quiet}>{item.more}</div>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
