import { contract, type InitiatingVisits, type VisitFound } from '@keepwell/contract'
import { Checkbox, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import {
  Button,
  Callout,
  DateField,
  Dialog,
  dayText,
  ErrorState,
  FieldRow,
  Form,
  FormActions,
  LocalDate,
  Section,
  StatusChip,
  say,
  Viewed,
} from '../../ui/index.ts'
import css from './enrollments.module.css'

type Choice = VisitFound | 'by_hand' | null

/** The visit that may start care: found in the chart, recorded by hand, or asked for at the front desk. */
export function VisitSection({ patientId }: { patientId: string }) {
  const view = useView(contract.enrollments.visits, { params: { patientId } })
  return (
    <Section framed title="Starting visit" {...(view.data === undefined ? {} : { subtitle: view.data.why })}>
      <Viewed view={view} what="visits" lines={3}>
        {(visits) => <Visits patientId={patientId} visits={visits} />}
      </Viewed>
    </Section>
  )
}

function Visits({ patientId, visits }: { patientId: string; visits: InitiatingVisits }) {
  const can = useCan()
  const [choice, setChoice] = useState<Choice>(null)
  const [all, setAll] = useState(false)
  const ask = useCall(contract.enrollments.askForVisit, {
    invalidates: [contract.enrollments.visits],
    onDone: () => void say('The front desk will book a visit.'),
  })
  const mayPrepare = can('enrollment:prepare')
  const starting = visits.recorded.find((one) => one.id === visits.startingVisitId)
  const fitting = visits.found.filter((one) => one.fits !== 'no')
  const shown = all ? visits.found : fitting.slice(0, 5)
  const settled = starting !== undefined || !visits.needed
  return (
    <>
      {starting !== undefined && (
        <Callout state="good" title={`${starting.code} on ${dayText(starting.on)} starts care`}>
          <p>CCM was discussed in it. Recorded by {starting.recordedBy.name}.</p>
        </Callout>
      )}
      {starting === undefined && !visits.needed && (
        <div className={css.chips}>
          <StatusChip state="good" word="No starting visit needed" />
        </div>
      )}
      {starting === undefined &&
        visits.recorded.map((one) => (
          <StatusChip
            key={one.id}
            state="attention"
            word={`${one.code} on ${dayText(one.on)} does not start care`}
            why={whyNotStarting(one)}
          />
        ))}
      {!settled && shown.length > 0 && (
        <ul className={css.visits} aria-label="Visits of the last year">
          {shown.map((one) => (
            <li key={one.encounterId} className={css.visit}>
              <div>
                <strong>
                  <LocalDate day={one.on} />
                </strong>{' '}
                {one.kind} {one.code !== null && <span className={css.code}>{one.code}</span>}
                <div className={css.quiet}>{one.why}</div>
              </div>
              {one.fits !== 'no' && mayPrepare && (
                <Button size="xs" onClick={() => setChoice(one)}>
                  Use this visit
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!settled && (
        <>
          {fitting.length === 0 && <p className={css.quiet}>No visit of the last year in the chart may start care.</p>}
          <div className={css.actions}>
            {visits.found.length > shown.length && (
              <Button kind="quiet" onClick={() => setAll(true)}>
                Show all {visits.found.length} visits
              </Button>
            )}
            {mayPrepare && <Button onClick={() => setChoice('by_hand')}>Record a visit by hand</Button>}
            {mayPrepare && (
              <Button
                loading={ask.isPending}
                onClick={() => ask.mutate({ params: { patientId }, body: {} })}
                disabledReason={
                  visits.askedFor === null
                    ? null
                    : `${visits.askedFor.by.name} asked the front desk on ${dayText(visits.askedFor.on)}.`
                }
              >
                Ask for a visit
              </Button>
            )}
          </div>
          {visits.askedFor !== null && (
            <div className={css.chips}>
              <StatusChip
                state="info"
                word="A visit is being booked"
                why={`${visits.askedFor.by.name} asked on ${dayText(visits.askedFor.on)}.`}
              />
            </div>
          )}
          {ask.error !== null && <ErrorState error={ask.error} />}
        </>
      )}
      <Dialog title="Record the starting visit" opened={choice !== null} onClose={() => setChoice(null)} keepOpen>
        {choice !== null && (
          <VisitForm patientId={patientId} choice={choice} codes={visits.codes} onDone={() => setChoice(null)} />
        )}
      </Dialog>
    </>
  )
}

function whyNotStarting({ ccmDiscussed, byVideo }: InitiatingVisits['recorded'][number]): string {
  if (!ccmDiscussed) return 'CCM was not discussed in it.'
  return byVideo === true
    ? 'It was by video and the clinic asks for one in person, or it lies more than a year back.'
    : 'It lies more than a year back.'
}

function VisitForm(props: {
  patientId: string
  choice: VisitFound | 'by_hand'
  codes: readonly string[]
  onDone: () => void
}) {
  const { choice } = props
  const today = useToday()
  const [on, setOn] = useState(choice === 'by_hand' ? '' : choice.on)
  const [code, setCode] = useState<string | null>(choice === 'by_hand' ? null : choice.code)
  const [ccmDiscussed, setDiscussed] = useState(false)
  const [byVideo, setByVideo] = useState(choice !== 'by_hand' && choice.byVideo)
  const [extensivePlanning, setExtensive] = useState(false)
  const [note, setNote] = useState('')
  const record = useCall(contract.enrollments.recordVisit, {
    invalidates: [contract.enrollments.visits, contract.enrollments.status, contract.enrollments.awaiting],
    onDone: () => {
      props.onDone()
      void say('Visit recorded.')
    },
  })
  const whyNot = on === '' ? 'Say on which day it was.' : code === null ? 'Say which code was billed.' : null
  return (
    <Form
      label="Record the starting visit"
      onSubmit={() => {
        if (whyNot !== null || code === null) return
        const day = choice === 'by_hand' ? { on } : { encounterId: choice.encounterId }
        record.mutate({
          params: { patientId: props.patientId },
          body: {
            ...day,
            code,
            ccmDiscussed,
            byVideo,
            extensivePlanning,
            ...(note.trim() === '' ? {} : { note: note.trim() }),
          },
        })
      }}
    >
      <FieldRow>
        <DateField label="Day" value={on} onChange={setOn} max={today} disabled={choice !== 'by_hand'} />
        <Select
          label="Code that was billed"
          searchable
          data={[...props.codes]}
          value={code}
          onChange={setCode}
          placeholder="99214"
        />
      </FieldRow>
      <Checkbox
        checked={ccmDiscussed}
        onChange={(event) => setDiscussed(event.currentTarget.checked)}
        label="CCM was discussed in this visit"
        description="The note of the visit shows it. Without it, the visit does not start care."
      />
      <Checkbox
        checked={byVideo}
        onChange={(event) => setByVideo(event.currentTarget.checked)}
        label="It was by video"
        description="The clinic's settings say whether such a visit may start care."
      />
      <Checkbox
        checked={extensivePlanning}
        onChange={(event) => setExtensive(event.currentTarget.checked)}
        label="The practitioner assessed and planned far beyond the usual"
        description="In person and shown in the note. Then G0506 may be added to the claim of this visit, once."
      />
      <Textarea
        label="Where the note says so (optional)"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
      />
      {record.error !== null && <ErrorState error={record.error} kept="What you entered is still here." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={record.isPending} disabledReason={whyNot}>
          Record visit
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
