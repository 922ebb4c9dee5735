import { contract, type DocumentKind } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ChoiceCards, Dialog, ErrorState, FileDrop, Form, FormActions, say } from '../../ui/index.ts'

const limitBytes = 15 * 1024 * 1024

interface UploadProps {
  patientId: string
  opened: boolean
  onClose: () => void
}

/** Takes in a scan or a photo of a paper. */
export function UploadDialog(props: UploadProps) {
  return (
    <Dialog title="Store a paper" opened={props.opened} onClose={props.onClose} size="lg" keepOpen>
      {props.opened && <Upload {...props} />}
    </Dialog>
  )
}

function Upload({ patientId, onClose }: UploadProps) {
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<DocumentKind>('other')
  const store = useCall(contract.documents.upload, {
    invalidates: [contract.documents.list],
    onDone: (stored) => {
      onClose()
      void say(`${stored.name} is stored.`)
    },
  })
  const whyNot = file === null ? 'Choose the file first.' : name.trim() === '' ? 'Give it a name.' : null
  return (
    <Form
      label="Store a paper"
      onSubmit={() => {
        if (whyNot === null && file !== null)
          store.mutate({ params: { patientId }, query: { name: name.trim(), kind }, file })
      }}
    >
      <FileDrop
        label="Scan or photo"
        hint="PDF, PNG or JPEG, up to 15 MB"
        accept=".pdf,image/png,image/jpeg"
        limitBytes={limitBytes}
        file={file}
        onChange={(next) => {
          setFile(next)
          if (next !== null && name.trim() === '') setName(next.name)
        }}
      />
      <TextInput
        label="Name"
        description="How you will find it again"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ChoiceCards
        legend="What it is"
        inRow
        value={kind}
        onChange={setKind}
        choices={[
          { value: 'other', label: 'Other paper', hint: 'A letter, a list, a report' },
          {
            value: 'consent_scan',
            label: 'Scanned consent',
            hint: 'To count as consent it is recorded in "Record consent"',
          },
        ]}
      />
      {store.error !== null && <ErrorState error={store.error} kept="Nothing was stored." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={store.isPending} disabledReason={whyNot}>
          Store
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
