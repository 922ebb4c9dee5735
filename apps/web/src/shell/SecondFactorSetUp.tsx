import { contract } from '@keepwell/contract'
import { Checkbox, CopyButton, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { renderSVG } from 'uqr'
import { useCall } from '../api/index.ts'
import { Button, ErrorState, Form, FormActions, PrintButton, Skeletons } from '../ui/index.ts'
import { Outside } from './Outside.tsx'
import css from './outside.module.css'

/** Connects an authenticator at the first sign-in: the secret, a code as proof, then the recovery codes once. */
export function SecondFactorSetUp(props: { onDone: () => void }) {
  const offer = useCall(contract.session.setUpSecondFactor)
  const confirm = useCall(contract.session.confirmSecondFactor)
  const [code, setCode] = useState('')
  const [kept, setKept] = useState(false)
  const asked = useRef(false)
  const ask = offer.mutate
  // The secret is made once when the page opens; it is a deed of the server, not a view.
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    ask({})
  }, [ask])

  if (confirm.data !== undefined) {
    const codes = confirm.data.recoveryCodes
    return (
      <Outside
        title="Keep your recovery codes"
        lead="Each opens your account once if you lose your authenticator. They are shown only now."
      >
        <ul className={css.codes}>
          {codes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <FormActions>
          <CopyButton value={codes.join('\n')}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
          </CopyButton>
          <PrintButton />
        </FormActions>
        <Checkbox
          mt="md"
          label="I have put them in a safe place"
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        <FormActions>
          <Button
            kind="primary"
            disabledReason={kept ? null : 'First put the codes in a safe place.'}
            onClick={props.onDone}
          >
            Start working
          </Button>
        </FormActions>
      </Outside>
    )
  }

  return (
    <Outside
      title="Connect your authenticator"
      lead="Staff sign in with a second step. Add Keepwell to an authenticator app on your phone, then type the six digits that it shows."
    >
      {offer.error !== null && <ErrorState error={offer.error} kept="" onRetry={() => ask({})} />}
      {offer.data === undefined ? (
        <Skeletons lines={3} what="your secret" />
      ) : (
        <>
          <QrCode
            text={offer.data.uri}
            label="QR code for the authenticator app; the secret in words stands below it"
          />
          <p className={css.secret}>{grouped(offer.data.secret)}</p>
          <FormActions>
            <CopyButton value={offer.data.secret}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy the secret'}</Button>}
            </CopyButton>
            <a href={offer.data.uri}>Open in an app on this device</a>
          </FormActions>
          <Form label="Confirm" onSubmit={() => confirm.mutate({ body: { code: code.replace(/\s/g, '') } })}>
            <TextInput
              label="Code"
              description="Six digits; they change every half minute."
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            {confirm.error !== null && <ErrorState error={confirm.error} kept="" />}
            <FormActions>
              <Button
                type="submit"
                kind="primary"
                loading={confirm.isPending}
                disabledReason={/^\d{6}$/.test(code.replace(/\s/g, '')) ? null : 'Type the six digits first.'}
              >
                Confirm
              </Button>
            </FormActions>
          </Form>
        </>
      )}
    </Outside>
  )
}

/** Black on white in both looks: cameras read it so. */
function QrCode({ text, label }: { text: string; label: string }) {
  const image = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(text, { border: 2 }))}`
  return <img src={image} alt={label} width={176} height={176} className={css.qr} />
}

/** In groups of four, as authenticators ask for it. */
export function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
