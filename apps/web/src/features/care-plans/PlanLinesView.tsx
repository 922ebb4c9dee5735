import type { PlanLines } from '@keepwell/contract'
import css from './care-plans.module.css'

/** A plan to read: every section that holds something. */
export function PlanLinesView(props: { sections: readonly PlanLines[]; without?: readonly string[] }) {
  return (
    <div className={css.reading}>
      {props.sections
        .filter(({ section, lines }) => lines.length > 0 && props.without?.includes(section) !== true)
        .map(({ section, title, lines }) => (
          <section key={section} className={css.readingSection} aria-label={title}>
            <h3 className={css.readingTitle}>{title}</h3>
            <ul className={css.readingLines}>
              {lines.map((line) => (
                <li key={line.key}>{line.text}</li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  )
}
