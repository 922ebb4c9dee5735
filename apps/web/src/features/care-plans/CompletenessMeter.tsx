import type { Completeness, PlanSectionId } from '@keepwell/contract'
import { Progress } from '@mantine/core'
import { StateIcon } from '../../ui/index.ts'
import css from './care-plans.module.css'

/** How much of what Medicare asks is there; each gap leads to its section. */
export function CompletenessMeter(props: { completeness: Completeness; onGo?: (section: PlanSectionId) => void }) {
  const { completeness } = props
  const gaps = completeness.elements.filter((element) => element.gap !== null)
  return (
    <section className={css.meter} aria-label="Completeness">
      <div className={css.meterHead}>
        <strong>
          {completeness.present} of {completeness.total}
        </strong>
        <span className={css.quiet}>
          {completeness.blocking.length === 0 ? 'ready to be signed' : `${completeness.blocking.length} needed`}
        </span>
      </div>
      <Progress
        value={(completeness.present / Math.max(1, completeness.total)) * 100}
        size="sm"
        aria-label="Elements of the plan that are there"
      />
      {gaps.length > 0 && (
        <ul className={css.gaps}>
          {gaps.map((element) => (
            <li key={element.key}>
              <StateIcon state={element.required ? 'attention' : 'neutral'} size={14} />
              <div>
                {props.onGo === undefined ? (
                  <span className={css.gapLabel}>{element.label}</span>
                ) : (
                  <button type="button" className={css.gapLink} onClick={() => props.onGo?.(element.section)}>
                    {element.label}
                  </button>
                )}
                {!element.required && <span className={css.quiet}> (good practice)</span>}
                <div className={css.quiet}>{element.gap}</div>
              </div>
            </li>
          ))}
        </ul>
      )}
      <details className={css.law}>
        <summary>What this rests on</summary>
        <ul>
          {[...new Set(completeness.elements.flatMap((element) => element.law))].map((law) => (
            <li key={law}>{law}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}
