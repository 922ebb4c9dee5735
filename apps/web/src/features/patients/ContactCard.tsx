import { contract, type PatientContact } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { Button, Dialog, Facts, Instant, LocalDate, Section, useDialog, Viewed } from '../../ui/index.ts'
import { ContactForm } from './ContactForm.tsx'
import { languageText } from './language.ts'
import css from './patients.module.css'

/** How to reach the patient, as somebody confirmed it, and beside it what the EHR has. */
export function ContactCard({ patientId, deceased }: { patientId: string; deceased: boolean }) {
  const can = useCan()
  const view = useView(contract.patients.contact, { params: { patientId } })
  const dialog = useDialog('contact')
  return (
    <Section
      title="How to reach the patient"
      framed
      actions={
        <Button
          size="compact-sm"
          onClick={dialog.open}
          disabledReason={
            deceased
              ? 'The patient has died.'
              : can('patient:contact')
                ? null
                : 'Your seat reads contacts and does not change them.'
          }
        >
          Confirm or change
        </Button>
      }
    >
      <Viewed view={view} what="the contact">
        {({ current, earlier, ehr }) => (
          <>
            {current === null ? (
              <p className={css.hint}>
                Nobody has confirmed it here yet. The EHR has{' '}
                {ehr.phones.length === 0
                  ? 'no phone number.'
                  : `${ehr.phones.map((phone) => [phone.number, phone.use].filter(Boolean).join(' ')).join(', ')}.`}
              </p>
            ) : (
              <>
                <Facts items={factsOf(current)} />
                <p className={css.hint}>
                  Confirmed on <LocalDate day={current.verifiedOn} /> by {current.recordedBy.name}.
                </p>
              </>
            )}
            {current !== null && (earlier.length > 0 || ehr.phones.length > 0) && (
              <details className={css.earlier}>
                <summary>Earlier, and in the EHR</summary>
                <ul>
                  {ehr.phones.map((phone) => (
                    <li key={phone.number}>
                      EHR: {phone.number} {phone.use !== null && <span className={css.quiet}>{phone.use}</span>}
                    </li>
                  ))}
                  {earlier.map((one) => (
                    <li key={one.id}>
                      {one.phone ?? 'no phone'} <span className={css.quiet}>{one.recordedBy.name}, </span>
                      <Instant at={one.recordedAt} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
            <Dialog title="How to reach the patient" opened={dialog.opened} onClose={dialog.close} size="lg" keepOpen>
              <ContactForm patientId={patientId} current={current} ehr={ehr} onDone={dialog.close} />
            </Dialog>
          </>
        )}
      </Viewed>
    </Section>
  )
}

function factsOf(contact: PatientContact): (readonly [string, React.ReactNode])[] {
  const unasked = <span className={css.quiet}>not asked</span>
  const said = (value: boolean | null, yes: string, no: string) => (value === null ? unasked : value ? yes : no)
  const window = contact.bestFrom === null ? unasked : `${contact.bestFrom} to ${contact.bestTo}`
  const helper = [contact.caregiverName, contact.caregiverRelationship, contact.caregiverPhone]
    .filter(Boolean)
    .join(' · ')
  return [
    ['Phone', [contact.phone, contact.phoneType].filter(Boolean).join(' · ') || unasked],
    ['Best time', window],
    ['Text messages', said(contact.textable, 'Welcome', 'No')],
    ['Voicemail', said(contact.voicemailAllowed, 'May be left', 'Must not be left')],
    ['Language', languageText(contact.language) ?? unasked],
    ['Pronouns', contact.pronouns ?? unasked],
    ['Hearing', contact.hearingNote ?? unasked],
    ['E-mail', contact.email ?? unasked],
    ['Caregiver', helper === '' ? unasked : helper],
  ]
}
