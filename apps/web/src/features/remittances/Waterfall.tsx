import type { Receivables } from '@keepwell/contract'
import { paths } from '../../paths.ts'
import { Link, Money, MonthSwitch, monthText, percentText, Section, useUrlState } from '../../ui/index.ts'
import css from './remittances.module.css'
import { waterfallOf } from './waterfall.ts'

/** What became of the charges of one service month, step by step to the cent. */
export function Waterfall({ months }: { months: Receivables['months'] }) {
  const [chosen, setMonth] = useUrlState('month')
  const [newest] = months
  if (newest === undefined) return null
  const month = chosen ?? newest.month
  const shown = months.find((one) => one.month === month)
  return (
    <Section
      framed
      title="Where the money went"
      subtitle={`What became of the charges of ${monthText(month)}.`}
      actions={<MonthSwitch month={month} latest={newest.month} onChange={setMonth} />}
    >
      {shown === undefined ? (
        <p className={css.note}>Nothing was billed for {monthText(month)}.</p>
      ) : (
        <table className={css.waterfall}>
          <caption className={css.unseen}>What became of the charges of {monthText(month)}</caption>
          <thead className={css.unseen}>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Amount</th>
              <th scope="col">Share of the charge</th>
            </tr>
          </thead>
          <tbody>
            {waterfallOf(shown).map((step) => (
              <tr key={step.id}>
                <th scope="row">{step.label}</th>
                <td className={css.fallAmount}>
                  {step.id === 'charge' ? (
                    <Link to={paths.claims({ month })}>
                      <Money cents={step.cents} />
                    </Link>
                  ) : (
                    <Money cents={step.cents} />
                  )}
                </td>
                <td className={css.fallShare}>
                  {percentText(step.cents / Math.max(1, shown.chargeCents))}
                  <span className={css.fall} aria-hidden>
                    <span
                      data-step={step.id}
                      style={{ marginInlineStart: `${step.from * 100}%`, width: `${step.share * 100}%` }}
                    />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
