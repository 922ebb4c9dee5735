import { contract, type MonthVerdict } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ErrorState, Form, FormActions, moneyText, say } from '../../ui/index.ts'

/** After the close: compares the frozen month with the record of now and opens a correction case. */
export function CorrectionForm({ verdict, onChanged }: { verdict: MonthVerdict; onChanged: () => unknown }) {
  const [opened, setOpened] = useState(false)
  const [detail, setDetail] = useState('')
  const open = useCall(contract.months.openCorrection, {
    invalidates: [contract.months.corrections, contract.months.board],
    onDone: ({ differenceCents }) => {
      setOpened(false)
      setDetail('')
      void onChanged()
      void say(
        differenceCents === null || differenceCents === 0
          ? 'The case is open. By the record of now the amount is the same.'
          : `The case is open: ${moneyText(Math.abs(differenceCents))} ${differenceCents > 0 ? 'more' : 'less'} by the record of now.`,
      )
    },
  })
  if (!opened) {
    return (
      <div>
        <Button size="xs" onClick={() => setOpened(true)}>
          Something came to light
        </Button>
      </div>
    )
  }
  const whyNot = detail.trim() === '' ? 'Say in a few words what came to light.' : null
  return (
    <Form
      label="Open a correction case"
      onSubmit={() => {
        if (whyNot === null)
          open.mutate({
            params: { month: verdict.month, patientId: verdict.patient.id },
            body: { detail: detail.trim() },
          })
      }}
    >
      <Textarea
        label="What came to light after the close"
        description="Record it first. The frozen month is then compared with the record of now."
        maxLength={500}
        value={detail}
        onChange={(event) => setDetail(event.currentTarget.value)}
      />
      {open.error !== null && <ErrorState error={open.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={open.isPending} disabledReason={whyNot}>
          Open a correction case
        </Button>
        <Button kind="quiet" onClick={() => setOpened(false)}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
