import { breakGlassReasons, contract, type OnCallRecord } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ProblemError, useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { PatientStrip } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  ChoiceCards,
  ErrorState,
  Form,
  FormActions,
  Instant,
  LocalDate,
  Page,
  Section,
  Skeletons,
  Timeline,
} from '../../ui/index.ts'
import { NoteForm } from './NoteForm.tsx'
import { OnCallPlan } from './OnCallPlan.tsx'
import css from './on-call.module.css'

const reasonWords: Record<(typeof breakGlassReasons)[number], string> = {
  urgent_call: 'The patient is calling',
  caregiver_call: 'A caregiver is calling',
  emergency_department: 'An emergency department asks',
  pharmacy_call: 'A pharmacy asks',
  other: 'Something else',
}

/** The record of one patient for an urgent call: opened with a reason, everything on one page. */
export default function OnCallRecordPage({ params: { patientId } }: { params: { patientId: string } }) {
  const view = useView(contract.onCall.record, { params: { patientId } })
  const closed = view.error instanceof ProblemError && view.error.code === 'break_glass_needed'
  if (closed) return <OpenRecord patientId={patientId} />
  if (view.error !== null) {
    return (
      <Page title="On call" back={{ to: paths.onCall(), label: 'On call' }}>
        <ErrorState error={view.error} onRetry={view.refetch} />
      </Page>
    )
  }
  if (view.data === undefined) {
    return (
      <Page title="On call" back={{ to: paths.onCall(), label: 'On call' }}>
        <Skeletons lines={8} what="the record" />
      </Page>
    )
  }
  return <Opened patientId={patientId} record={view.data} />
}

function OpenRecord({ patientId }: { patientId: string }) {
  const [reasonCode, setReasonCode] = useState<(typeof breakGlassReasons)[number] | null>(null)
  const [reason, setReason] = useState('')
  const open = useCall(contract.onCall.open, { invalidates: [contract.onCall.record] })
  const whyNot =
    reasonCode === null
      ? 'Choose why you need the record.'
      : reason.trim() === ''
        ? 'Write a few words of what it is about.'
        : null
  return (
    <Page title="Open this record" back={{ to: paths.onCall(), label: 'On call' }} width="form">
      <Callout state="attention" title="This record opens for one hour">
        <p>Your name, the time and the reason are kept, and somebody else reviews the opening.</p>
      </Callout>
      <Form
        label="Open this record"
        onSubmit={() => {
          if (whyNot === null && reasonCode !== null)
            open.mutate({ params: { patientId }, body: { reasonCode, reason: reason.trim() } })
        }}
      >
        <ChoiceCards
          legend="Why do you need it?"
          value={reasonCode}
          onChange={setReasonCode}
          choices={breakGlassReasons.map((value) => ({ value, label: reasonWords[value] }))}
        />
        <Textarea
          label="What is it about?"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {open.error !== null && <ErrorState error={open.error} />}
        <FormActions>
          <Button type="submit" kind="primary" loading={open.isPending} disabledReason={whyNot}>
            Open the record
          </Button>
        </FormActions>
      </Form>
    </Page>
  )
}

function Opened({ patientId, record }: { patientId: string; record: OnCallRecord }) {
  const { patient, opening } = record
  const [first] = patient.phones
  return (
    <>
      <PatientStrip
        name={patient.name}
        bornOn={patient.bornOn}
        language={patient.language}
        phone={first?.number ?? null}
        phoneWindow={patient.hearingNote}
      />
      {patient.deceased && (
        <Callout state="stop" title="The patient has died">
          <p>The record says so; ask whether the right record is open.</p>
        </Callout>
      )}
      <Page
        title="Urgent call"
        tabTitle="On call"
        back={{ to: paths.onCall(), label: 'On call' }}
        subtitle={
          <>
            Open until <Instant at={opening.expiresAt} />. Reason: {opening.reason}
          </>
        }
      >
        <div className={css.columns}>
          <div className={css.column}>
            <Section title="Allergies" framed>
              <Lines
                empty="No allergy is on record; ask."
                items={record.allergies.map((allergy) => ({
                  id: allergy.display,
                  strong: allergy.display,
                  quiet: [allergy.criticality === 'high' ? 'high risk' : null, ...allergy.reactions]
                    .filter((word) => word !== null)
                    .join(', '),
                }))}
              />
            </Section>
            <Section title="Medications" framed>
              <Lines
                empty="No medication is on record; ask."
                items={record.medications.map((medication) => ({
                  id: medication.display,
                  strong: medication.display,
                  quiet: medication.dosage ?? '',
                }))}
              />
            </Section>
            <Section title="Conditions" framed>
              <Lines
                empty="No condition is on record."
                items={record.conditions.map((condition) => ({
                  id: condition.display,
                  strong: condition.display,
                  quiet:
                    condition.since === null ? (
                      ''
                    ) : (
                      <>
                        since <LocalDate day={condition.since} />
                      </>
                    ),
                }))}
              />
            </Section>
          </div>
          <div className={css.column}>
            <OnCallPlan plan={record.plan} />
            <Section title="Who else" framed>
              <ul className={css.lines}>
                {record.contacts.map((contact) => (
                  <li key={`${contact.name} ${contact.what}`}>
                    <span className={css.name}>{contact.name}</span> <span className={css.facts}>{contact.what}</span>
                    {contact.phone !== null && (
                      <a href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>{contact.phone}</a>
                    )}
                  </li>
                ))}
                {record.contacts.length === 0 && <li className={css.facts}>Nobody is on record.</li>}
              </ul>
            </Section>
            <NoteForm patientId={patientId} />
            {record.lastNotes.length > 0 && (
              <Section title="Last notes">
                <Timeline
                  label="Last notes"
                  events={record.lastNotes.map((note) => ({
                    id: note.at,
                    title: `${note.kind === 'call' ? 'Call' : 'Night call'} by ${note.by}`,
                    when: <Instant at={note.at} />,
                    body: note.text,
                  }))}
                />
              </Section>
            )}
          </div>
        </div>
      </Page>
    </>
  )
}

function Lines(props: { items: { id: string; strong: string; quiet: ReactNode }[]; empty: string }) {
  if (props.items.length === 0) return <p className={css.facts}>{props.empty}</p>
  return (
    <ul className={css.lines}>
      {props.items.map((item) => (
        <li key={item.id}>
          <span>{item.strong}</span> <span className={css.facts}>{item.quiet}</span>
        </li>
      ))}
    </ul>
  )
}
