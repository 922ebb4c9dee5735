import { contract, type DenialCase, denialWayNames } from '@keepwell/contract'
import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useSession, useToday } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  ChoiceCards,
  DateField,
  DeedForm,
  FieldRow,
  FormDialog,
  LocalDate,
  saveFile,
  say,
  useGo,
} from '../../ui/index.ts'
import css from './denials.module.css'

interface DialogProps {
  one: DenialCase
  opened: boolean
  onClose: () => void
}

const touched = [contract.denials.get, contract.denials.list]

export function AssignDialog(props: DialogProps) {
  return (
    <FormDialog title="Who works it" opened={props.opened} onClose={props.onClose}>
      {() => <Assign {...props} />}
    </FormDialog>
  )
}

function Assign({ one, onClose }: DialogProps) {
  const session = useSession()
  const today = useToday()
  const self = one.owners.find(({ id }) => id === session.person.id)
  const [ownerId, setOwner] = useState(one.owner?.id ?? self?.id ?? null)
  const [dueOn, setDueOn] = useState(one.lookAgainOn ?? '')
  const assign = useCall(contract.denials.assign, {
    invalidates: touched,
    onDone: (after) => {
      onClose()
      void say(`${after.owner?.name ?? 'Somebody'} has it.`)
    },
  })
  const faults = faultsByField(assign.error)
  return (
    <DeedForm
      label="Who works it"
      verb="Save"
      whyNot={ownerId === null ? 'Choose somebody.' : null}
      call={assign}
      kept="Nothing was changed."
      onClose={onClose}
      onSubmit={() => {
        if (ownerId !== null)
          assign.mutate({ params: { id: one.id }, body: { ownerId, dueOn: dueOn === '' ? null : dueOn } })
      }}
    >
      <FieldRow>
        <Select
          label="Works it"
          searchable
          data-autofocus
          value={ownerId}
          onChange={setOwner}
          data={one.owners.map(({ id, name }) => ({ value: id, label: name }))}
          error={faults.ownerId}
        />
        <DateField label="Look again on" min={today} value={dueOn} onChange={setDueOn} error={faults.dueOn} />
      </FieldRow>
    </DeedForm>
  )
}

const recordKinds = {
  payer_contact: 'Talked with the payer',
  appealed: 'Sent the appeal',
  reopening_asked: 'Asked for a reopening',
  note: 'Note',
} as const
type RecordKind = keyof typeof recordKinds
const isRecordKind = (text: string | null): text is RecordKind => text !== null && text in recordKinds

export function RecordDialog(props: DialogProps) {
  return (
    <FormDialog title="Write down what was done" opened={props.opened} onClose={props.onClose}>
      {() => <Record {...props} />}
    </FormDialog>
  )
}

function Record({ one, onClose }: DialogProps) {
  const today = useToday()
  const [kind, setKind] = useState<RecordKind>('payer_contact')
  const [sentence, setSentence] = useState('')
  const [reference, setReference] = useState('')
  const [dueOn, setDueOn] = useState('')
  const record = useCall(contract.denials.record, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Written down.')
    },
  })
  const faults = faultsByField(record.error)
  return (
    <DeedForm
      label="Write down what was done"
      verb="Write down"
      whyNot={sentence.trim() === '' ? 'Write what was done or said.' : null}
      call={record}
      kept="Nothing was written down."
      onClose={onClose}
      onSubmit={() =>
        record.mutate({
          params: { id: one.id },
          body: {
            kind,
            sentence: sentence.trim(),
            reference: reference.trim() === '' ? null : reference.trim(),
            dueOn: dueOn === '' ? null : dueOn,
          },
        })
      }
    >
      <Select
        label="What it was"
        allowDeselect={false}
        value={kind}
        onChange={(value) => isRecordKind(value) && setKind(value)}
        data={Object.entries(recordKinds).map(([value, label]) => ({ value, label }))}
      />
      <Textarea
        label="What was done or said"
        maxLength={500}
        data-autofocus
        value={sentence}
        onChange={(event) => setSentence(event.currentTarget.value)}
        error={faults.sentence}
      />
      <FieldRow>
        <TextInput
          label="The payer's reference"
          placeholder="Number of the call or letter"
          maxLength={80}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
          error={faults.reference}
        />
        <DateField label="Look again on" min={today} value={dueOn} onChange={setDueOn} error={faults.dueOn} />
      </FieldRow>
    </DeedForm>
  )
}

export function PacketDialog(props: DialogProps) {
  return (
    <FormDialog title="Letter and packet" opened={props.opened} onClose={props.onClose} size="xl">
      {() => <Packet {...props} />}
    </FormDialog>
  )
}

function Packet({ one, onClose }: DialogProps) {
  const [letter, setLetter] = useState(one.letter)
  const packet = useCall(contract.denials.packet, {
    invalidates: touched,
    onDone: (file) => {
      saveFile(file)
      onClose()
      void say('The packet is saved on this computer. Write down when you have sent it.')
    },
  })
  const appeal = one.ways.find(({ way }) => way === 'redetermination')
  return (
    <DeedForm
      label="Letter and packet"
      verb="Make the PDF"
      whyNot={letter.trim() === '' ? 'The letter is empty.' : null}
      call={packet}
      kept="Your letter stays here."
      onClose={onClose}
      onSubmit={() => packet.mutate({ params: { id: one.id }, body: { letter: letter.trim() } })}
    >
      <p className={css.quiet}>
        Drafted from the record; change what is not right. Behind it come the claim, the decision, the month's record,
        the minutes and what happened.{' '}
        {appeal?.whyNot === null && appeal.byOn !== null && (
          <>
            It has to be there by <LocalDate day={appeal.byOn} />.
          </>
        )}
        {appeal?.whyNot != null && appeal.whyNot}
      </p>
      <Textarea
        label="The letter"
        autosize
        minRows={14}
        maxRows={24}
        maxLength={8000}
        data-autofocus
        value={letter}
        onChange={(event) => setLetter(event.currentTarget.value)}
        error={faultsByField(packet.error).letter}
      />
    </DeedForm>
  )
}

export function BillAnewDialog(props: DialogProps) {
  return (
    <FormDialog title="Bill anew" opened={props.opened} onClose={props.onClose}>
      {() => <BillAnew {...props} />}
    </FormDialog>
  )
}

type Anew = 'new_claim' | 'replacement'

function BillAnew({ one, onClose }: DialogProps) {
  const go = useGo()
  const ways = one.ways.flatMap((way) =>
    way.way === 'new_claim' || way.way === 'replacement' ? [{ ...way, way: way.way }] : [],
  )
  const [way, setWay] = useState<Anew | null>(ways.find(({ whyNot }) => whyNot === null)?.way ?? null)
  const [note, setNote] = useState('')
  const anew = useCall(contract.denials.billAnew, {
    invalidates: [...touched, contract.claims.list, contract.claims.get],
    onDone: (made) => {
      go(paths.claim(made.claimId))
      void say(`Claim ${made.controlNumber} is ready for the next batch.`)
    },
  })
  return (
    <DeedForm
      label="Bill anew"
      verb="Make the claim"
      whyNot={way === null ? 'Neither is the way here.' : note.trim() === '' ? 'Write what was corrected.' : null}
      call={anew}
      kept="Nothing was made."
      onClose={onClose}
      onSubmit={() => {
        if (way !== null) anew.mutate({ params: { id: one.id }, body: { way, note: note.trim() } })
      }}
    >
      <p className={css.quiet}>
        Mend the cause first: name, Medicare number or address on the patient's page. The claim is then made with what
        stands there today; the old one keeps its history.
      </p>
      <ChoiceCards<Anew>
        legend="As what"
        value={way}
        onChange={setWay}
        choices={ways.map((one) => ({
          value: one.way,
          label: denialWayNames[one.way],
          hint: one.whyNot ?? one.says,
          disabledReason: one.whyNot,
        }))}
      />
      <Textarea
        label="What was corrected"
        maxLength={500}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={faultsByField(anew.error).note}
      />
    </DeedForm>
  )
}
