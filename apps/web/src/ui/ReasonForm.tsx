import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog, type FloatProps } from './Dialog.tsx'
import { Form, FormActions } from './Form.tsx'
import { ErrorState } from './states.tsx'

export interface DeedFormProps {
  /** The name of the form, for screen readers. */
  label: string
  /** The verb on the button. */
  verb: string
  /** What cannot be taken back is `danger`. */
  danger?: boolean | undefined
  /** Why the deed is not possible; null when it is. */
  whyNot: string | null
  call: { error: unknown; isPending: boolean }
  /** What stands as it was when the call failed. */
  kept: string
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

/** One deed in a dialog: its fields, its error, one verb and "Not now". */
export function DeedForm(props: DeedFormProps) {
  return (
    <Form
      label={props.label}
      onSubmit={() => {
        if (props.whyNot === null) props.onSubmit()
      }}
    >
      {props.children}
      {props.call.error !== null && <ErrorState error={props.call.error} kept={props.kept} />}
      <FormActions>
        <Button
          type="submit"
          kind={props.danger ? 'danger' : 'primary'}
          loading={props.call.isPending}
          disabledReason={props.whyNot}
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

export interface ReasonFormProps extends Omit<DeedFormProps, 'whyNot' | 'onSubmit'> {
  /** What is asked for: "Why it is withdrawn". */
  field: string
  description?: string
  placeholder?: string
  /** Why the deed is not possible, whatever was written; null when it is. */
  whyNot?: string | null
  /** Said while nothing was written yet. */
  emptyReason: string
  /** What the server says of the field. */
  fault?: string | undefined
  onSubmit: (reason: string) => void
}

/** A deed that needs a reason in a few words; what else it needs stands above the reason. */
export function ReasonForm(props: ReasonFormProps) {
  const { field, description, placeholder, emptyReason, fault, children, whyNot, onSubmit, ...deed } = props
  const [text, setText] = useState('')
  const reason = text.trim()
  return (
    <DeedForm {...deed} whyNot={whyNot ?? (reason === '' ? emptyReason : null)} onSubmit={() => onSubmit(reason)}>
      {children}
      <Textarea
        label={field}
        description={description}
        placeholder={placeholder}
        maxLength={500}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={fault}
      />
    </DeedForm>
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
