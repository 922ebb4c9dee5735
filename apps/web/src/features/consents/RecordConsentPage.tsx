import { type Consent, contract } from '@keepwell/contract'
import { useState } from 'react'
import { useToday, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import { Button, Callout, Page, Steps, useUrlState, Viewed } from '../../ui/index.ts'
import { PatientHeader } from '../patients/index.ts'
import { ConsentRecorded } from './ConsentRecorded.tsx'
import css from './consents.module.css'
import { CopyStep, HowStep, SignStep, TellStep } from './RecordConsentSteps.tsx'
import { type Draft, emptyDraft, furthestStep, type StepId, steps, whyNotDone } from './record-draft.ts'
import { consentStanding } from './standing.ts'
import { useRecordConsent } from './use-record-consent.tsx'

/**
 * Takes a patient's consent on a tablet or at the desk: how, what is told, the signature, the copy. The open
 * step stands in the address, so that Back goes one step back; nothing is kept before the last button.
 */
export default function RecordConsentPage({ params: { patientId } }: PageProps<typeof patterns.recordConsent>) {
  const today = useToday()
  const patient = useView(contract.patients.get, { params: { patientId } })
  const existing = useView(contract.consents.list, { params: { patientId } })
  const standing = consentStanding(existing.data?.items ?? [], today)
  const [recorded, setRecorded] = useState<Consent | null>(null)
  const back = { to: paths.patient(patientId, 'consent'), label: 'Back to the patient' }

  return (
    <>
      <PatientHeader patientId={patientId} to={paths.patient(patientId)} />
      {recorded !== null ? (
        <ConsentRecorded consent={recorded} back={back} />
      ) : (
        <Page title="Record consent" width="form" back={back}>
          {standing.consent !== null && standing.state !== 'stop' ? (
            <Callout
              state={standing.state}
              title="A consent is in force"
              action={
                <Button kind="primary" to={back.to}>
                  See it
                </Button>
              }
            >
              <p>{standing.why} It has to be stopped before another is recorded.</p>
            </Callout>
          ) : (
            <Viewed view={patient} what="the patient">
              {({ name, language }) => (
                <RecordConsentFlow
                  patientId={patientId}
                  start={emptyDraft(language?.startsWith('es') ? 'es' : 'en', name)}
                  onRecorded={setRecorded}
                />
              )}
            </Viewed>
          )}
        </Page>
      )}
    </>
  )
}

function RecordConsentFlow(props: { patientId: string; start: Draft; onRecorded: (consent: Consent) => void }) {
  const { patientId } = props
  const today = useToday()
  const [draft, setDraft] = useState<Draft>(props.start)
  const [wanted, setStep] = useUrlState('step')
  const form = useView(
    contract.consents.form,
    {
      params: { patientId },
      query: {
        language: draft.language,
        ...(draft.practitionerId === null ? {} : { practitionerId: draft.practitionerId }),
      },
    },
    { keepPrevious: true },
  )
  const record = useRecordConsent(patientId, props.onRecorded)
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))

  return (
    <Viewed view={form} what="the consent form">
      {(shown) => {
        const furthest = furthestStep(draft, shown, today)
        const step = steps.find(({ id }) => id === wanted && reaches(id, furthest))?.id ?? 'how'
        const whyNot = whyNotDone(step, draft, shown, today)
        const next = steps[steps.findIndex(({ id }) => id === step) + 1]
        const face = { draft, form: shown, change, today }
        return (
          <>
            <Steps label="Recording consent" steps={steps} current={step} onGo={(id) => setStep(id, { push: true })} />
            <div key={step} className={css.step} tabIndex={-1} ref={step === 'how' ? null : beginAtTop}>
              {step === 'how' && <HowStep {...face} onLanguage={(language) => change({ language })} />}
              {step === 'tell' && <TellStep {...face} />}
              {step === 'sign' && <SignStep {...face} />}
              {step === 'copy' && <CopyStep {...face} />}
            </div>
            {record.problem}
            <div>
              {next === undefined ? (
                <Button
                  kind="primary"
                  size="md"
                  loading={record.isPending}
                  disabledReason={furthest === 'copy' ? null : 'An earlier step is not complete.'}
                  onClick={() => record.submit(draft, shown, today)}
                >
                  Record consent
                </Button>
              ) : (
                <Button
                  kind="primary"
                  size="md"
                  disabledReason={whyNot}
                  onClick={() => setStep(next.id, { push: true })}
                >
                  Go on
                </Button>
              )}
            </div>
          </>
        )
      }}
    </Viewed>
  )
}

/** A new step begins at its top, for the eye and for the keyboard. */
function beginAtTop(step: HTMLDivElement | null): void {
  step?.focus({ preventScroll: true })
  step?.scrollIntoView({ block: 'start' })
}

function reaches(step: StepId, furthest: StepId): boolean {
  const at = (id: StepId) => steps.findIndex((one) => one.id === id)
  return at(step) <= at(furthest)
}
