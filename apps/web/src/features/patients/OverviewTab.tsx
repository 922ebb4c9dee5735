import type { PatientOverview } from '@keepwell/contract'
import { useCan, useToday } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Facts, Instant, Link, LocalDate, Section, StatusChip, yearsBetween } from '../../ui/index.ts'
import { ContactCard } from './ContactCard.tsx'
import { CoverageCard } from './CoverageCard.tsx'
import css from './patients.module.css'
import { consentWords, enrollmentStanding, sexWord } from './standing.ts'

const priorities = { first: 'Call first', soon: 'Soon', normal: 'Normal', later: 'Later' } as const

/** How things stand, how to reach the patient and what pays: nothing clinical, so that every seat may see it. */
export function OverviewTab({ patient }: { patient: PatientOverview }) {
  const can = useCan()
  const today = useToday()
  const nobody = <span className={css.quiet}>nobody yet</span>
  return (
    <div className={css.cards}>
      <Section title="Chronic care management" framed>
        <Facts
          items={[
            ['Consent', <StatusChip key="c" {...consentWords(patient.consent)} />],
            ['Enrollment', <StatusChip key="e" {...enrollmentStanding(patient.enrollment.state)} />],
            ['Enrolled on', <LocalDate key="o" day={patient.enrollment.enrolledOn} otherwise="not enrolled" />],
            ['Provider', patient.practitioner?.name ?? nobody],
            ['Care manager', patient.careManager?.name ?? nobody],
            [
              'Priority',
              patient.priority === null ? (
                <span key="p" className={css.quiet}>
                  not marked
                </span>
              ) : (
                priorities[patient.priority]
              ),
            ],
            [
              'Open tasks',
              can('task:read') && patient.openTasks > 0 ? (
                <Link key="t" to={paths.tasks({ patient: patient.id })}>
                  {patient.openTasks}
                </Link>
              ) : (
                patient.openTasks
              ),
            ],
          ]}
        />
      </Section>
      <Section title="About the patient" framed>
        <Facts
          items={[
            [
              'Born',
              <span key="b">
                <LocalDate day={patient.bornOn} otherwise="not known" />
                {patient.bornOn !== null && (
                  <span className={css.quiet}> {yearsBetween(patient.bornOn, patient.diedOn ?? today)} years</span>
                )}
              </span>,
            ],
            ['Sex in the record', sexWord(patient.sex)],
            ['Record number', patient.mrn ?? <span className={css.quiet}>none</span>],
            ['Address', <AddressLines key="a" address={patient.address} />],
            ['Last visit', <LocalDate key="v" day={patient.lastVisitOn} otherwise="none known" />],
            ['Next appointment', <NextAppointment key="n" patient={patient} />],
          ]}
        />
        {patient.relatedPeople.length > 0 && (
          <ul className={css.people} aria-label="Family and others in the record">
            {patient.relatedPeople.map((person) => (
              <li key={`${person.name} ${person.relationship}`}>
                {person.name}
                <span className={css.quiet}> {[person.relationship, person.phone].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <ContactCard patientId={patient.id} deceased={patient.deceased} />
      {can('coverage:read') && <CoverageCard patientId={patient.id} />}
    </div>
  )
}

function AddressLines({ address }: { address: PatientOverview['address'] }) {
  if (address === null) return <span className={css.quiet}>not known</span>
  const town = [address.city, [address.state, address.zip].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return (
    <address className={css.address}>
      {[...address.lines, town]
        .filter((line) => line !== '')
        .map((line) => (
          <span key={line}>{line}</span>
        ))}
    </address>
  )
}

function NextAppointment({ patient }: { patient: PatientOverview }) {
  const next = patient.appointments[0]
  if (next === undefined) return <span className={css.quiet}>none booked</span>
  return (
    <span>
      <Instant at={next.startsAt} />
      {next.description !== null && <span className={css.quiet}> {next.description}</span>}
    </span>
  )
}
