import { type AttestationEvidence, contract, type EnrollmentStatus } from '@keepwell/contract'
import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan, useView } from '../../api/index.ts'
import {
  Button,
  Callout,
  ErrorState,
  Form,
  FormActions,
  LocalDate,
  Section,
  StatusChip,
  say,
  Viewed,
} from '../../ui/index.ts'
import css from './enrollments.module.css'

const riskWords = {
  low: 'Low risk',
  moderate: 'Moderate risk',
  high: 'High risk',
  very_high: 'Very high risk',
} as const
const riskStates = { low: 'good', moderate: 'info', high: 'attention', very_high: 'stop' } as const

/** Conditions with their evidence; the provider chooses, says two things, and puts a name to it. */
export function AttestSection({ status }: { status: EnrollmentStatus }) {
  const [again, setAgain] = useState(false)
  const can = useCan()
  const view = useView(contract.enrollments.evidence, { params: { patientId: status.patientId } })
  const { attestation } = status
  const done = attestation !== null && !again
  return (
    <Section
      framed
      title="Conditions"
      subtitle={
        attestation === null ? (
          'Two or more that last and carry a risk'
        ) : (
          <>
            Attested by {attestation.practitioner.name}, <LocalDate day={attestation.attestedOn} />
          </>
        )
      }
      actions={
        done && can('enrollment:attest') ? (
          <Button kind="quiet" onClick={() => setAgain(true)}>
            Attest anew
          </Button>
        ) : undefined
      }
    >
      {done ? (
        <ul className={css.codes}>
          {attestation.conditions.map((one) => (
            <li key={one.code}>
              <span className={css.code}>{one.code}</span> {one.label}
            </li>
          ))}
        </ul>
      ) : (
        <Viewed view={view} what="the evidence" lines={5}>
          {(evidence) => (
            <AttestForm
              key={evidence.factsSha256}
              patientId={status.patientId}
              evidence={evidence}
              onDone={() => setAgain(false)}
            />
          )}
        </Viewed>
      )}
    </Section>
  )
}

function AttestForm(props: { patientId: string; evidence: AttestationEvidence; onDone: () => void }) {
  const { evidence } = props
  const can = useCan()
  const [codes, setCodes] = useState<Record<string, string>>(() =>
    Object.fromEntries(evidence.candidates.map((one) => [one.group, one.icd10])),
  )
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    evidence.candidates.filter((one) => one.use === 'yes').map((one) => one.group),
  )
  const [lasts12Months, setLasts] = useState(false)
  const [significantRisk, setRisk] = useState(false)
  const attest = useCall(contract.enrollments.attest, {
    invalidates: [contract.enrollments.status, contract.enrollments.awaiting],
    onDone: () => {
      props.onDone()
      void say('Attested.')
    },
  })
  const mayAttest = can('enrollment:attest')
  const whyNot = !mayAttest
    ? 'The provider attests.'
    : chosen.length === 0
      ? 'Choose the conditions first.'
      : !lasts12Months || !significantRisk
        ? 'Say both: that they last, and that they carry a significant risk.'
        : null
  return (
    <Form
      label="Attest conditions"
      onSubmit={() => {
        if (whyNot !== null) return
        const conditions = [...new Set(chosen.map((group) => codes[group] ?? ''))]
          .filter(Boolean)
          .map((code) => ({ code }))
        attest.mutate({
          params: { patientId: props.patientId },
          body: { conditions, lasts12Months, significantRisk, factsSha256: evidence.factsSha256 },
        })
      }}
    >
      {evidence.candidates.length === 0 && (
        <Callout state="unknown" title="The chart shows no lasting condition">
          <p>The problem list may be out of date. Bring it up to date in the EHR, or look at the findings below.</p>
        </Callout>
      )}
      <ul className={css.candidates}>
        {evidence.candidates.map((one) => (
          <li key={one.group} className={css.candidate}>
            <Checkbox
              checked={chosen.includes(one.group)}
              disabled={!mayAttest}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked ? [...chosen, one.group] : chosen.filter((group) => group !== one.group),
                )
              }
              label={one.label}
              description={
                one.use === 'weak'
                  ? 'Little risk alone'
                  : one.use === 'active_only'
                    ? 'Counts while it is active'
                    : undefined
              }
            />
            <TextInput
              className={css.codeField ?? ''}
              aria-label={`ICD-10-CM code for ${one.label}`}
              value={codes[one.group] ?? ''}
              disabled={!mayAttest}
              onChange={(event) => setCodes({ ...codes, [one.group]: event.currentTarget.value.toUpperCase() })}
            />
            <div className={css.evidence}>
              {one.evidence.map((fact) => (
                <div key={fact.conditionId}>
                  {fact.display}{' '}
                  <span className={css.quiet}>
                    ({fact.code}
                    {fact.onsetOn === null ? '' : `, since ${fact.onsetOn.slice(0, 4)}`})
                  </span>
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {evidence.suspected.length > 0 && (
        <div className={css.quiet}>
          For you to judge, not counted: {evidence.suspected.map((one) => one.display).join('; ')}.
        </div>
      )}
      <details className={css.details}>
        <summary>
          <StatusChip
            state={riskStates[evidence.risk.level]}
            word={`${riskWords[evidence.risk.level]}, ${evidence.risk.score} points`}
          />
        </summary>
        <ul className={css.points}>
          {evidence.risk.points.map((point) => (
            <li key={point.id}>
              <span>{point.label}</span>
              <span className={css.code}>+{point.points}</span>
            </li>
          ))}
        </ul>
      </details>
      {mayAttest && (
        <>
          <Checkbox
            checked={lasts12Months}
            onChange={(event) => setLasts(event.currentTarget.checked)}
            label="They are expected to last 12 months or more, or until death"
          />
          <Checkbox
            checked={significantRisk}
            onChange={(event) => setRisk(event.currentTarget.checked)}
            label="They carry a significant risk of death, acute worsening or decline"
          />
          <p className={css.statement}>{evidence.statement}</p>
        </>
      )}
      {attest.error !== null && <ErrorState error={attest.error} kept="Your choice is still here." />}
      <FormActions>
        <Button
          type="submit"
          kind={mayAttest ? 'primary' : 'secondary'}
          loading={attest.isPending}
          disabledReason={whyNot}
        >
          Attest {chosen.length === 1 ? '1 condition' : `${chosen.length} conditions`}
        </Button>
      </FormActions>
    </Form>
  )
}
