import { type CareFamily, contract, type MonthVerdict, type OtherProgram, type Person } from '@keepwell/contract'
import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ErrorState, Form, FormActions } from '../../ui/index.ts'

/** A choice against what the record points to first, or taking it back: it takes a reason, and is kept with the name of who made it. */
export function ChoiceForm(props: {
  verdict: MonthVerdict
  family: CareFamily | null
  /** Given where another program is chosen. */
  program?: OtherProgram
  /** Given where another practitioner is chosen. */
  practitioners?: readonly Person[]
  verb: string
  onDone: () => void
  onChanged: () => unknown
}) {
  const { verdict, family, program = null, practitioners } = props
  const [reason, setReason] = useState('')
  const [practitionerId, setPractitionerId] = useState<string | null>(null)
  // A choice of family or program leaves a chosen practitioner as it is; without any the choice is taken back.
  const takesBack = family === null && program === null && practitioners === undefined
  const kept = takesBack ? null : (verdict.choice?.practitioner?.id ?? null)
  const choose = useCall(contract.months.choose, {
    invalidates: [contract.months.verdict, contract.months.board],
    onDone: () => {
      props.onDone()
      void props.onChanged()
    },
  })
  const whyNot =
    practitioners !== undefined && practitionerId === null
      ? 'Choose the practitioner.'
      : reason.trim() === ''
        ? 'Write the reason in a few words.'
        : null
  return (
    <Form
      label={props.verb}
      onSubmit={() => {
        if (whyNot !== null) return
        choose.mutate({
          params: { month: verdict.month, patientId: verdict.patient.id },
          body: {
            family,
            program,
            practitionerId: practitioners === undefined ? kept : practitionerId,
            hospiceCare: takesBack ? null : (verdict.choice?.hospiceCare ?? null),
            reason: reason.trim(),
          },
        })
      }}
    >
      {practitioners !== undefined && (
        <Select
          label="Practitioner"
          data={practitioners.map(({ id, name }) => ({ value: id, label: name }))}
          value={practitionerId}
          onChange={setPractitionerId}
        />
      )}
      <Textarea
        label="Reason"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autoFocus
      />
      {choose.error !== null && <ErrorState error={choose.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={choose.isPending} disabledReason={whyNot}>
          {props.verb}
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
