import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog, type FloatProps } from './Dialog.tsx'
import { Form, FormActions } from './Form.tsx'
import { ErrorState } from './states.tsx'

export interface ReasonFormProps {
  /** The name of the form, for screen readers. */
  label: string
  /** What is asked for: "Why it is withdrawn". */
  field: string
  description?: string
  placeholder?: string
  /** The verb on the button. */
  verb: string
  /** What cannot be taken back is `danger`. */
  danger?: boolean
  /** Why the deed is not possible, whatever was written; null when it is. */
  whyNot?: string | null
  /** Said while nothing was written yet. */
  emptyReason: string
  call: { error: unknown; isPending: boolean }
  /** What the server says of the field. */
  fault?: string | undefined
  /** What stands as it was when the call failed. */
  kept: string
  onSubmit: (reason: string) => void
  onClose: () => void
  /** Said or asked above the field. */
  children?: ReactNode
}

/** A deed that needs a reason in a few words: one field, one verb, "Not now". */
export function ReasonForm(props: ReasonFormProps) {
  const [text, setText] = useState('')
  const reason = text.trim()
  const whyNot = props.whyNot ?? (reason === '' ? props.emptyReason : null)
  return (
    <Form
      label={props.label}
      onSubmit={() => {
        if (whyNot === null) props.onSubmit(reason)
      }}
    >
      {props.children}
      <Textarea
        label={props.field}
        description={props.description}
        placeholder={props.placeholder}
        maxLength={500}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={props.fault}
      />
      {props.call.error !== null && <ErrorState error={props.call.error} kept={props.kept} />}
      <FormActions>
        <Button
          type="submit"
          kind={props.danger ? 'danger' : 'primary'}
          loading={props.call.isPending}
          disabledReason={whyNot}
        >
          {props.verb}
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}

/** A dialog around one form, made anew each time it opens: what was written and not sent is gone. */
export function FormDialog({
  children,
  ...props
}: Omit<FloatProps, 'children' | 'keepOpen'> & { children: () => ReactNode }) {
  return (
    <Dialog {...props} keepOpen>
      {props.opened && children()}
    </Dialog>
  )
}
