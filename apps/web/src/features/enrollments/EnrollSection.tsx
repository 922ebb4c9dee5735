import { contract, type EnrollmentStatus, enrollmentCan } from '@keepwell/contract'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan } from '../../api/index.ts'
import { Button, ErrorState, Form, FormActions, Section, StatusChip, say } from '../../ui/index.ts'
import css from './enrollments.module.css'
import { RoleWords } from './PathList.tsx'

/** What is still missing and whose work it is; once nothing is, the care manager is named and the patient enrolled. */
export function EnrollSection({ status }: { status: EnrollmentStatus }) {
  const can = useCan()
  const fewest = [...status.careManagers].sort((a, b) => a.patients - b.patients)[0]
  const [careManagerId, setCareManagerId] = useState<string | null>(status.careManager?.id ?? fewest?.id ?? null)
  const enroll = useCall(contract.enrollments.enroll, {
    invalidates: [contract.enrollments.status, contract.enrollments.awaiting, contract.enrollments.caseload],
    onDone: (answer) => void say(`Enrolled. ${answer.careManager?.name ?? 'The care manager'} takes over.`),
  })
  const mayEnroll = can('enrollment:enroll')
  const whyNot = !mayEnroll
    ? 'The provider enrolls.'
    : (enrollmentCan.enroll.whyNot(status) ?? (careManagerId === null ? 'Choose the care manager.' : null))
  return (
    <Section framed title="Enrollment">
      {status.missing.length > 0 && (
        <ul className={css.missing} aria-label="Still missing">
          {status.missing.map((piece) => (
            <li key={piece.code}>
              <StatusChip state="attention" word="Missing" plain />
              <div>
                {piece.sentence}
                {piece.who.length > 0 && <RoleWords roles={piece.who} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <Form
        label="Enroll"
        onSubmit={() => {
          if (whyNot === null && careManagerId !== null)
            enroll.mutate({ params: { patientId: status.patientId }, body: { careManagerId } })
        }}
      >
        {mayEnroll && (
          <Select
            label="Care manager"
            description="The person whom the patient can turn to, month after month"
            data={status.careManagers.map((one) => ({
              value: one.id,
              label: `${one.name} (${one.patients} ${one.patients === 1 ? 'patient' : 'patients'})`,
            }))}
            value={careManagerId}
            onChange={setCareManagerId}
          />
        )}
        {enroll.error !== null && <ErrorState error={enroll.error} />}
        <FormActions>
          <Button
            type="submit"
            kind={whyNot === null ? 'primary' : 'secondary'}
            loading={enroll.isPending}
            disabledReason={whyNot}
          >
            Enroll
          </Button>
        </FormActions>
      </Form>
    </Section>
  )
}
