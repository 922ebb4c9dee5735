import { contract, type Session } from '@keepwell/contract'
import { PasswordInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { call, useCall } from '../api/index.ts'
import { paths } from '../paths.ts'
import { Button, ErrorState, Form, FormActions } from '../ui/index.ts'
import css from './shell.module.css'

/** Stands in place of the pages while the session is locked; a running timer goes on beneath. */
export function LockScreen(props: { session: Session; onUnlocked: () => Promise<void> }) {
  const { person, demo } = props.session
  const [password, setPassword] = useState('')
  const unlock = useCall(contract.session.unlock, { onDone: () => void props.onUnlocked() })
  return (
    <main className={css.lock}>
      <div className={css.lockCard}>
        <span className={css.lockSign}>
          <IconLock size={22} aria-hidden />
        </span>
        <h1 className={css.lockTitle}>The screen is locked</h1>
        <p className={css.lockText}>
          {person.name}, your unsaved work is kept, and a running timer goes on.
          {demo && ' In the demo clinic no password is asked.'}
        </p>
        <Form label="Unlock" onSubmit={() => unlock.mutate({ body: demo ? {} : { password } })}>
          {/* The name lets a password manager find the right entry. */}
          {!demo && (
            <>
              <input type="email" name="email" autoComplete="username" value={person.email} readOnly hidden />
              <PasswordInput
                label="Password"
                autoComplete="current-password"
                data-autofocus
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </>
          )}
          {unlock.error !== null && <ErrorState error={unlock.error} kept="Your work is still kept." />}
          <FormActions>
            <Button type="submit" kind="primary" loading={unlock.isPending} autoFocus={demo}>
              Unlock
            </Button>
            <Button kind="quiet" onClick={() => void signOut()}>
              Sign out
            </Button>
          </FormActions>
        </Form>
      </div>
    </main>
  )
}

/** Ends the session at the server, then loads the sign-in page anew so that nothing stays in memory. */
export async function signOut(): Promise<void> {
  await call(contract.session.signOut, {}).catch(() => {})
  window.location.replace(paths.signIn())
}
