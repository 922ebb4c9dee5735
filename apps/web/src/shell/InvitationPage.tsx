import { contract } from '@keepwell/contract'
import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall } from '../api/index.ts'
import { paths } from '../paths.ts'
import { Button, Callout, ErrorState, Form, FormActions, useNavigation } from '../ui/index.ts'
import { invitationIn } from './addresses.ts'
import { Outside } from './Outside.tsx'
import { RouterUi } from './RouterUi.tsx'

export default function InvitationPage() {
  return (
    <RouterUi timeZone="UTC">
      <Invitation />
    </RouterUi>
  )
}

function Invitation() {
  const { search, go } = useNavigation()
  const invitation = invitationIn(search, window.location.hash)
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const accept = useCall(contract.users.acceptInvitation)

  if (accept.data !== undefined) {
    return (
      <Outside title="Welcome" lead={`Your password is set. Sign in with ${accept.data.email}.`}>
        <FormActions>
          <Button kind="primary" onClick={() => go(paths.signIn())}>
            Go to the sign-in
          </Button>
        </FormActions>
      </Outside>
    )
  }
  if (invitation === '') {
    return (
      <Outside title="This link is not complete">
        <Callout state="attention" title="The invitation is missing in the address">
          <p>Open the link of your invitation again, as a whole. If it is broken, ask for a new one.</p>
        </Callout>
      </Outside>
    )
  }
  const faults = faultsByField(accept.error)
  const reason =
    password.length < 12
      ? 'The password needs at least 12 characters.'
      : password !== again
        ? 'Both fields need the same password.'
        : null
  return (
    <Outside title="Choose your password" lead="At least 12 characters; a few words in a row are easy to keep in mind.">
      <Form label="Choose your password" onSubmit={() => accept.mutate({ body: { invitation, password } })}>
        <PasswordInput
          label="Password"
          autoComplete="new-password"
          autoFocus
          value={password}
          error={faults.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label="The same once more"
          autoComplete="new-password"
          value={again}
          error={again !== '' && password !== again ? 'This is not the same password.' : null}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        {accept.error !== null && faults.password === undefined && <ErrorState error={accept.error} kept="" />}
        <FormActions>
          <Button type="submit" kind="primary" loading={accept.isPending} disabledReason={reason}>
            Set the password
          </Button>
        </FormActions>
      </Form>
    </Outside>
  )
}
