import { contract, type Role, roleNames, roles } from '@keepwell/contract'
import { CopyButton, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, Dialog, ErrorState, Form, FormActions, Instant, TickCards } from '../../ui/index.ts'
import css from './users.module.css'

/** Adds a person and gives the link by which they choose their password. */
export function InviteDialog(props: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog title="Invite a person" opened={props.opened} onClose={props.onClose} keepOpen size="lg">
      <InviteForm onClose={props.onClose} />
    </Dialog>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [seats, setSeats] = useState<Role[]>([])
  const invite = useCall(contract.users.invite, { invalidates: [contract.users.list] })
  const faults = faultsByField(invite.error)

  if (invite.data !== undefined) {
    const link = `${window.location.origin}${paths.invitation()}#token=${encodeURIComponent(invite.data.invitation)}`
    return (
      <>
        <Callout state="good" title={`${name} can now choose a password`}>
          <p>
            Give them this link yourself. It works once, until <Instant at={invite.data.expiresAt} />, and is shown only
            now.
          </p>
        </Callout>
        <p className={css.link}>{link}</p>
        <FormActions>
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button kind="primary" onClick={copy}>
                {copied ? 'Copied' : 'Copy the link'}
              </Button>
            )}
          </CopyButton>
          <Button kind="quiet" onClick={onClose}>
            Close
          </Button>
        </FormActions>
      </>
    )
  }
  const whyNot =
    name.trim() === ''
      ? 'Write the name.'
      : email.trim() === ''
        ? 'Write the work e-mail.'
        : seats.length === 0
          ? 'Choose at least one seat.'
          : null
  return (
    <Form
      label="Invite a person"
      onSubmit={() => {
        if (whyNot === null) invite.mutate({ body: { name: name.trim(), email: email.trim(), roles: seats } })
      }}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={120}
        error={faults.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Work e-mail"
        type="email"
        value={email}
        error={faults.email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div className={css.seats}>
        <TickCards
          legend="Seats"
          value={seats}
          onChange={setSeats}
          choices={roles.map((role) => ({ value: role, label: roleNames[role] }))}
        />
      </div>
      {invite.error !== null && <ErrorState error={invite.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={invite.isPending} disabledReason={whyNot}>
          Invite
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
