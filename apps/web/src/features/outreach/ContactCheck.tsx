import { contract, type DeskRow } from '@keepwell/contract'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, ErrorState, LocalDate, say } from '../../ui/index.ts'
import css from './outreach.module.css'

const types: Record<string, string> = { mobile: 'mobile', home: 'home', work: 'work' }

/** "Still 555-0102?": one tap confirms what is on file as of today; changes are made on the patient's page. */
export function ContactCheck({ row }: { row: DeskRow }) {
  const { contact } = row
  const can = useCan()
  const today = useToday()
  const patientId = row.patient.id
  const full = useView(contract.patients.contact, { params: { patientId } }, { enabled: can('patient:contact') })
  const confirm = useCall(contract.patients.updateContact, {
    invalidates: [contract.patients.contact, contract.patients.get, contract.outreach.patient, contract.outreach.today],
    onDone: () => void say('Confirmed as of today.'),
  })
  function stillRight() {
    const known = full.data?.current ?? null
    const { phone } = contact
    if (known !== null) {
      const { id: _id, verifiedOn: _on, recordedBy: _by, recordedAt: _at, ...kept } = known
      confirm.mutate({ params: { patientId }, body: { ...kept, phone: kept.phone ?? phone } })
    } else confirm.mutate({ params: { patientId }, body: { phone, language: contact.language } })
  }
  const whyNot = !can('patient:contact')
    ? 'Your seat does not change contacts.'
    : contact.phone === null
      ? 'There is no number to confirm.'
      : contact.verifiedOn === today
        ? 'It was confirmed today.'
        : full.data === undefined
          ? 'The contact is being read.'
          : null
  const facts = [
    contact.phoneType === null ? null : (types[contact.phoneType] ?? contact.phoneType),
    contact.textable === null ? null : contact.textable ? 'can get texts' : 'no texts',
    contact.bestFrom === null || contact.bestTo === null
      ? 'best time not known'
      : `best ${contact.bestFrom} to ${contact.bestTo}`,
    contact.hearingNote,
    contact.caregiver === null ? null : `caregiver ${contact.caregiver}`,
  ].filter((fact) => fact !== null)
  return (
    <>
      {confirm.error !== null && <ErrorState error={confirm.error} kept="The contact on file is as it was." />}
      <div className={css.contact}>
        <div>
          <div className={css.say}>
            {contact.phone === null ? 'No phone number is on file.' : `Still ${contact.phone}?`}
          </div>
          <div className={css.quiet}>
            {facts.join(' · ')} ·{' '}
            {contact.verifiedOn === null ? (
              'never confirmed here'
            ) : (
              <>
                confirmed <LocalDate day={contact.verifiedOn} />
              </>
            )}
          </div>
        </div>
        <div className={css.buttons}>
          <Button loading={confirm.isPending} disabledReason={whyNot} onClick={stillRight}>
            Still right
          </Button>
          <Button to={paths.patient(patientId, 'overview', { dialog: 'contact' })}>Change</Button>
        </div>
      </div>
    </>
  )
}
