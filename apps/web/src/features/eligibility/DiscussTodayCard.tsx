import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Instant, Link, Section, StatusChip, Viewed } from '../../ui/index.ts'
import css from './eligibility.module.css'
import { riskStates, riskWords } from './standing.ts'

/** Patients on the provider's schedule today who may be asked, those flagged by the desk first. */
export default function DiscussTodayCard() {
  const view = useView(contract.outreach.discussToday, {}, { refetchSeconds: 60 })
  return (
    <Section
      framed
      title="Discuss today"
      subtitle={view.data?.ownSchedule === false ? 'The whole clinic: no schedule carries your NPI.' : undefined}
    >
      <Viewed view={view} what="your patients" lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={css.quiet}>Nobody on your schedule today is waiting to hear about the program.</p>
          ) : (
            <ul className={css.cards}>
              {[...items]
                .sort((a, b) => Number(b.flaggedAt !== null) - Number(a.flaggedAt !== null) || b.score - a.score)
                .map((item) => (
                  <li key={item.patient.id} className={css.card}>
                    <div className={css.line}>
                      <Link to={paths.patient(item.patient.id)} className={css.name ?? ''}>
                        {item.patient.name}
                      </Link>
                      <Instant at={item.appointmentAt} only="time" otherwise="no appointment" />
                    </div>
                    <span className={css.quiet}>{item.conditions.join(', ')}</span>
                    <div className={css.chips}>
                      <StatusChip plain state={riskStates[item.risk]} word={`${riskWords[item.risk]} risk`} />
                      {item.flaggedAt !== null && (
                        <StatusChip
                          plain
                          state="attention"
                          word="Asked to hear it from you"
                          why={`Flagged at the desk by ${item.flaggedBy ?? 'the desk'}.`}
                        />
                      )}
                    </div>
                  </li>
                ))}
            </ul>
          )
        }
      </Viewed>
    </Section>
  )
}
