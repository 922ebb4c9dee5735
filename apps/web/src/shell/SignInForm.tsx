import { contract } from '@keepwell/contract'
import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../api/index.ts'
import { Button, Callout, ErrorState, Form, FormActions } from '../ui/index.ts'
import css from './outside.module.css'

/** E-mail and password, then the code where the person has an authenticator. */
export function SignInForm(props: {
  unreachable?: unknown
  onSignedIn: (next: 'home' | 'set_up_second_factor') => void
}) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [asksCode, setAsksCode] = useState(false)
  const [recovery, setRecovery] = useState(false)
  const signIn = useCall(contract.session.signIn, { onDone: (answer) => props.onSignedIn(answer.next) })
  const refused = signIn.error !== null && signIn.error.code !== 'second_factor_needed' ? signIn.error : null

  function submit() {
    const typed = code.replace(/\s/g, '')
    signIn.mutate(
      { body: { email, password, ...(asksCode && typed !== '' ? { code: typed } : {}) } },
      {
        onError: (error) => {
          if (error.code === 'second_factor_needed') setAsksCode(true)
        },
      },
    )
  }

  return (
    <Form label="Sign in" onSubmit={submit}>
      {props.unreachable !== undefined && <ErrorState error={props.unreachable} kept="" />}
      {asksCode ? (
        <>
          <Callout state="info" title="One more step">
            <p>
              {recovery
                ? 'Each recovery code works once.'
                : 'Open your authenticator and type the six digits for Keepwell.'}
            </p>
          </Callout>
          <TextInput
            key={recovery ? 'recovery' : 'code'}
            label={recovery ? 'Recovery code' : 'Code'}
            autoFocus
            autoComplete="one-time-code"
            inputMode={recovery ? 'text' : 'numeric'}
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </>
      ) : (
        <>
          <TextInput
            label="E-mail"
            type="email"
            name="email"
            autoFocus
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
      {refused !== null && <ErrorState error={refused} kept="" />}
      <FormActions>
        <Button
          type="submit"
          kind="primary"
          loading={signIn.isPending}
          disabledReason={email.trim() === '' || password === '' ? 'Enter your e-mail and password.' : null}
        >
          {asksCode ? 'Confirm' : 'Sign in'}
        </Button>
        {asksCode && (
          <Button
            kind="quiet"
            onClick={() => {
              setAsksCode(false)
              setCode('')
              signIn.reset()
            }}
          >
            Back
          </Button>
        )}
      </FormActions>
      {asksCode && (
        <p className={css.wayOut}>
          <Button kind="quiet" size="compact-sm" onClick={() => setRecovery(!recovery)}>
            {recovery ? 'Use the authenticator instead' : 'I cannot reach my authenticator'}
          </Button>
        </p>
      )}
    </Form>
  )
}
