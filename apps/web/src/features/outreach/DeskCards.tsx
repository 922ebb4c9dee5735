import { contract } from '@keepwell/contract'
import { fileUrl, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Instant, Link, Section, Viewed } from '../../ui/index.ts'
import css from './outreach.module.css'

const brochures = [
  { label: 'English', query: { language: 'en', large: 'no' } },
  { label: 'English, large print', query: { language: 'en', large: 'yes' } },
  { label: 'Español', query: { language: 'es', large: 'no' } },
  { label: 'Español, letra grande', query: { language: 'es', large: 'yes' } },
] as const

/** Beside the day: whose consent form is missing, and the brochures to print. */
export default function DeskCards() {
  const view = useView(contract.outreach.today, { query: {} })
  return (
    <>
      <Section framed title="Forms missing" subtitle="Said yes within 30 days; no consent is on file.">
        <Viewed view={view} what="missing forms" lines={2}>
          {({ formsMissing }) =>
            formsMissing.length === 0 ? (
              <p className={css.quiet}>Every yes has its form. Nothing is left for the end of the day.</p>
            ) : (
              <ul className={css.list}>
                {formsMissing.map((one) => (
                  <li key={one.patient.id}>
                    <Link to={paths.recordConsent(one.patient.id)}>{one.patient.name}</Link>{' '}
                    <span className={css.quiet}>
                      said yes <Instant at={one.agreedAt} only="day" />
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Viewed>
      </Section>
      <Section framed title="Brochure">
        <ul className={css.list}>
          {brochures.map((one) => (
            <li key={one.label}>
              <a href={fileUrl(contract.outreach.brochure, { query: one.query })} target="_blank" rel="noreferrer">
                {one.label}
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
