import {
  type Call,
  type CallWorkspace,
  callCan,
  cloneWarningFrom,
  contract,
  type NextPatient,
} from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useToday } from '../../api/index.ts'
import { Button, DateField, ErrorState, KeyHint, percentText, StatusChip, useKeys } from '../../ui/index.ts'
import { timerViews } from '../minutes/index.ts'
import css from './calls.module.css'
import type { useCallInHand } from './use-call.ts'

const views = [...timerViews, contract.calls.list, contract.tasks.list] as const

/** The note that builds itself from the answers, and the signature that ends the call. */
export function NotePane(props: {
  call: Call
  inHand: ReturnType<typeof useCallInHand>
  next: CallWorkspace['next']
  onSigned: (next: NextPatient | null, seconds: number) => void
}) {
  const { call, inHand } = props
  const today = useToday()
  const [typed, setTyped] = useState<string | null>(null)
  const [nextContactOn, setNextContactOn] = useState('')
  const note = typed ?? call.note
  const sign = useCall(contract.calls.sign, {
    invalidates: views,
    onDone: ({ next, credited }) => props.onSigned(next, credited?.seconds ?? 0),
  })
  const reason = callCan.sign.whyNot({ ...call, note })
  const wrote = typed !== null || call.noteEdited
  async function signAndNext() {
    if (reason !== null || sign.isPending) return
    // What stands in a field is kept first: leaving it sends it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await inHand.settled()
    sign.mutate({
      params: { id: call.id },
      body: { ...(wrote ? { note } : {}), ...(nextContactOn === '' ? {} : { nextContactOn }) },
    })
  }
  useKeys([
    {
      keys: 'Ctrl Enter',
      label: 'Sign and next',
      group: 'Call',
      whileTyping: true,
      run: () => void signAndNext(),
    },
  ])
  const alike = call.similarity !== null && call.similarity >= cloneWarningFrom ? call.similarity : null
  return (
    <section className={css.notePane} aria-label="Note">
      {sign.error !== null && <ErrorState error={sign.error} kept="The call and its note are still here." />}
      <div className={css.noteGrid}>
        <Textarea
          label="Note"
          description={
            wrote ? 'Edited by you; answers no longer change it.' : 'Builds itself from the answers. Type to change it.'
          }
          value={note}
          readOnly={call.signed !== null}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            if (typed !== null && typed !== call.note) void inHand.writeNote(call.id, typed).then(() => setTyped(null))
            else setTyped(null)
          }}
          autosize
          minRows={3}
          maxRows={7}
          maxLength={5000}
        />
        <div className={css.sign}>
          {alike !== null && (
            <StatusChip
              state="attention"
              word={`${percentText(alike)} like last month`}
              why="Most word sequences are the same as in the last signed note. Say what was different this time."
            />
          )}
          {wrote && call.signed === null && (
            <Button
              size="xs"
              kind="quiet"
              onClick={() => {
                setTyped(null)
                void inHand.writeNote(call.id, null)
              }}
            >
              Build it from the answers again
            </Button>
          )}
          <DateField
            label="Next contact (in four weeks when left open)"
            value={nextContactOn}
            onChange={setNextContactOn}
            min={today}
            size="xs"
          />
          <Button
            kind="primary"
            loading={sign.isPending}
            disabledReason={reason}
            onClick={() => void signAndNext()}
            rightSection={<KeyHint keys="Ctrl Enter" />}
          >
            Sign and next
          </Button>
          <span className={css.quiet}>
            {props.next === null ? 'Nobody else waits on your list.' : `Next: ${props.next.name}. ${props.next.why}.`}
          </span>
        </div>
      </div>
    </section>
  )
}
