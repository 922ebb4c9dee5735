import { contract, type EnrollmentStatus, endReasonWords } from '@keepwell/contract'
import { useState } from 'react'
import { useCan, useView } from '../../api/index.ts'
import { Button, Callout, Facts, LocalDate, Section, StatusChip, Timeline, Viewed } from '../../ui/index.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { AttestSection } from './AttestSection.tsx'
import { DecisionSection } from './DecisionSection.tsx'
import { EndDialog } from './EndDialog.tsx'
import { EnrollSection } from './EnrollSection.tsx'
import css from './enrollments.module.css'
import { PathList } from './PathList.tsx'
import { VisitSection } from './VisitSection.tsx'

/** Where the patient stands in the program, and the next step for whoever can do it. */
export default function EnrollmentTab({ patientId }: { patientId: string }) {
  const view = useView(contract.enrollments.status, { params: { patientId } })
  return (
    <Viewed view={view} what="the enrollment" lines={8}>
      {(status) => (
        <div className={css.tab}>
          <PathList steps={status.steps} />
          <div className={css.main}>{status.enrolled ? <Enrolled status={status} /> : <Before status={status} />}</div>
        </div>
      )}
    </Viewed>
  )
}

function Before({ status }: { status: EnrollmentStatus }) {
  const died = status.missing.some((piece) => piece.code === 'patient_deceased')
  const end = status.enrollment?.end
  if (died) {
    return (
      <Callout state="neutral" title="The patient has died">
        <p>Nothing can be enrolled any more. What was recorded stays.</p>
      </Callout>
    )
  }
  return (
    <>
      {end != null && (
        <Callout state="neutral" title={`The last enrollment ended: ${endReasonWords[end.reason].toLowerCase()}`}>
          <p>
            On <LocalDate day={end.on} />, recorded by {end.by.name}. {end.note}
          </p>
        </Callout>
      )}
      <AttestSection status={status} />
      <VisitSection patientId={status.patientId} />
      <EnrollSection status={status} />
    </>
  )
}

function Enrolled({ status }: { status: EnrollmentStatus }) {
  const can = useCan()
  const [open, setOpen] = useState<'end' | 'assign' | null>(null)
  const { enrollment } = status
  if (enrollment === null) return null
  return (
    <>
      <Section
        framed
        title="Enrolled"
        actions={
          <>
            {can('enrollment:assign') && <Button onClick={() => setOpen('assign')}>Change care manager</Button>}
            {can('enrollment:end') && (
              <Button
                onClick={() => setOpen('end')}
                disabledReason={enrollment.end === null ? null : 'The last day is set already.'}
              >
                End enrollment
              </Button>
            )}
          </>
        }
      >
        <Facts
          items={[
            ['Since', <LocalDate key="since" day={enrollment.enrolledOn} />],
            ['Enrolled by', enrollment.enrolledBy.name],
            ['Billing practitioner', enrollment.practitioner.name],
            ['Care manager', status.careManager?.name ?? 'Nobody yet'],
            ...(enrollment.end === null
              ? []
              : [
                  ['Last day', <LocalDate key="end" day={enrollment.end.on} />] as const,
                  ['Reason', endReasonWords[enrollment.end.reason]] as const,
                ]),
          ]}
        />
        {status.assignments.length > 1 && (
          <Timeline
            label="Care managers"
            events={status.assignments.map((row) => ({
              id: `${row.fromOn}${row.careManager.id}`,
              title: row.careManager.name,
              when: <LocalDate day={row.fromOn} />,
              body: `${row.reason} (${row.by.name})`,
            }))}
          />
        )}
      </Section>
      {status.attestation !== null && (
        <Section
          framed
          title="Attested conditions"
          subtitle={
            <>
              {status.attestation.practitioner.name}, <LocalDate day={status.attestation.attestedOn} />
            </>
          }
        >
          <ul className={css.codes}>
            {status.attestation.conditions.map((one) => (
              <li key={one.code}>
                <span className={css.code}>{one.code}</span> {one.label}
              </li>
            ))}
          </ul>
          <div className={css.chips}>
            <StatusChip state="good" word="Lasts 12 months or more" plain />
            <StatusChip state="good" word="Significant risk" plain />
          </div>
        </Section>
      )}
      <DecisionSection patientId={status.patientId} />
      <EndDialog
        patientId={status.patientId}
        enrolledOn={enrollment.enrolledOn}
        opened={open === 'end'}
        onClose={() => setOpen(null)}
      />
      <AssignDialog status={status} opened={open === 'assign'} onClose={() => setOpen(null)} />
    </>
  )
}
