import { contract } from '@keepwell/contract'
import { useState } from 'react'
import { useView } from '../api/index.ts'
import { Button, Skeletons, useNavigation } from '../ui/index.ts'
import { safeNext } from './addresses.ts'
import { DemoSeats } from './DemoSeats.tsx'
import { Outside } from './Outside.tsx'
import { RouterUi } from './RouterUi.tsx'
import { SecondFactorSetUp } from './SecondFactorSetUp.tsx'
import { SignInForm } from './SignInForm.tsx'

export default function SignInPage() {
  return (
    <RouterUi timeZone="UTC">
      <SignIn />
    </RouterUi>
  )
}

function SignIn() {
  const { search } = useNavigation()
  const welcome = useView(contract.session.welcome, {})
  const [step, setStep] = useState<'sign_in' | 'set_up'>('sign_in')
  const [ownAccount, setOwnAccount] = useState(false)
  const next = safeNext(new URLSearchParams(search).get('next'))
  // A full load, so that the pages start with the new session and nothing else.
  const enter = () => window.location.assign(next)

  if (step === 'set_up') return <SecondFactorSetUp onDone={enter} />
  if (welcome.data === undefined && welcome.error === null) {
    return (
      <Outside title="Sign in">
        <Skeletons lines={3} what="the sign-in" />
      </Outside>
    )
  }
  const demo = welcome.data?.demo === true
  if (welcome.data !== undefined && demo && !ownAccount) {
    return (
      <DemoSeats
        welcome={welcome.data}
        onSeated={() => window.location.assign('/')}
        onOwnAccount={() => setOwnAccount(true)}
      />
    )
  }
  return (
    <Outside title="Sign in" lead="With your work e-mail, your password and the code of your authenticator.">
      <SignInForm
        {...(welcome.error === null ? {} : { unreachable: welcome.error })}
        onSignedIn={(then) => (then === 'home' ? enter() : setStep('set_up'))}
      />
      {demo && (
        <Button kind="quiet" size="compact-sm" onClick={() => setOwnAccount(false)}>
          Back to the seats of the demo
        </Button>
      )}
    </Outside>
  )
}
