import { contract, type ToSign } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { ProblemError, useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  Dialog,
  EmptyState,
  ErrorState,
  Form,
  FormActions,
  Instant,
  KeyHint,
  LocalDate,
  Page,
  Skeletons,
  say,
  useGo,
  useKeys,
} from '../../ui/index.ts'
import css from './care-plans.module.css'
import { ChangeCounts, PlanDiffView } from './PlanDiffView.tsx'

/** One plan after another: only what changed since the last signature, then sign or return. */
export default function SigningPage({ params: { planId } }: { params: { planId: string } }) {
  const view = useView(contract.carePlans.toSign, { query: {} })
  const back = { to: paths.inbox(), label: 'Inbox' }
  if (view.data === undefined) {
    return (
      <Page title="Sign care plans" back={back}>
        {view.error === null ? (
          <Skeletons lines={8} what="plans to sign" />
        ) : (
          <ErrorState error={view.error} onRetry={view.refetch} />
        )}
      </Page>
    )
  }
  const { items } = view.data
  const at = items.findIndex((item) => item.planId === planId)
  const item = items[at]
  if (item === undefined) {
    const first = items[0]
    return (
      <Page title="Sign care plans" back={back}>
        <EmptyState
          title="This plan does not wait for a signature"
          action={
            first === undefined ? (
              <Button to={paths.inbox()}>Back to the inbox</Button>
            ) : (
              <Button kind="primary" to={paths.carePlanSigning(first.planId)}>
                Next plan
              </Button>
            )
          }
        >
          It was signed or returned, or somebody changed it and has not submitted it again.
        </EmptyState>
      </Page>
    )
  }
  const next = items[at + 1] ?? items.find((other) => other.planId !== planId)
  return (
    <Signing
      key={`${item.planId}:${item.number}`}
      item={item}
      position={at + 1}
      total={items.length}
      next={next ?? null}
      asOf={view.dataUpdatedAt}
      onReload={view.refetch}
    />
  )
}

interface SigningProps {
  item: ToSign
  position: number
  total: number
  next: ToSign | null
  asOf: number
  onReload: () => unknown
}

function Signing({ item, position, total, next, asOf, onReload }: SigningProps) {
  const go = useGo()
  const [returning, setReturning] = useState(false)
  const onward = () => go(next === null ? paths.inbox() : paths.carePlanSigning(next.planId), { replace: true })
  const sign = useCall(contract.carePlans.sign, {
    invalidates: [contract.carePlans.toSign, contract.carePlans.get, contract.carePlans.open],
    onDone: () => {
      void say(`Signed: ${item.patient.name}.`)
      onward()
    },
  })
  const doSign = () => {
    if (!sign.isPending)
      sign.mutate({ params: { id: item.planId }, body: { number: item.number, textSha256: item.textSha256 } })
  }
  const changed =
    sign.error instanceof ProblemError &&
    (sign.error.code === 'plan_changed' || sign.error.code === 'plan_not_submitted')
  useKeys(
    returning
      ? []
      : [
          { keys: 's', label: 'Sign and next', group: 'Signing', run: doSign },
          { keys: 'r', label: 'Return with a reason', group: 'Signing', run: () => setReturning(true) },
          { keys: 'n', label: 'Next plan without signing', group: 'Signing', run: onward },
        ],
  )
  return (
    <Page
      title={item.patient.name}
      tabTitle="Sign care plans"
      back={{ to: paths.inbox(), label: 'Inbox' }}
      subtitle={
        <>
          Plan {position} of {total} to sign. {item.submittedBy.name} submitted it <Instant at={item.submittedAt} />
          {item.lastSignedOn === null ? (
            '; it was never signed'
          ) : (
            <>
              ; last signed <LocalDate day={item.lastSignedOn} />
            </>
          )}
          .
        </>
      }
      asOf={asOf}
      actions={
        <Button kind="quiet" to={paths.patient(item.patient.id, 'plan')}>
          Whole plan
        </Button>
      }
    >
      <div className={css.signing}>
        <div className={css.standing}>
          <ChangeCounts diff={item.diff} />
          {item.changeNote !== null && <span>{item.changeNote}</span>}
          {item.note !== null && item.note !== item.changeNote && <span className={css.quiet}>“{item.note}”</span>}
        </div>
        {item.diff.cost.length > 0 && item.diff.fromNumber !== null && (
          <ul className={css.cost} aria-label="What the change costs">
            {item.diff.cost.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <PlanDiffView diff={item.diff} />
      </div>
      <div className={css.signBar}>
        {sign.error !== null &&
          (changed ? (
            <Callout
              state="attention"
              title={sign.error.detail}
              alert
              action={<Button onClick={() => void onReload()}>Show what waits now</Button>}
            />
          ) : (
            <ErrorState error={sign.error} kept="Nothing was signed." />
          ))}
        <div className={css.buttons}>
          <Button kind="primary" loading={sign.isPending} onClick={doSign} rightSection={<KeyHint keys="s" />}>
            {next === null ? 'Sign' : 'Sign and next'}
          </Button>
          <Button onClick={() => setReturning(true)} rightSection={<KeyHint keys="r" />}>
            Return
          </Button>
          {next !== null && (
            <Button kind="quiet" onClick={onward} rightSection={<KeyHint keys="n" />}>
              Later
            </Button>
          )}
        </div>
      </div>
      <Dialog title="Return the plan" opened={returning} onClose={() => setReturning(false)} keepOpen>
        {returning && (
          <ReturnForm
            item={item}
            onClose={() => setReturning(false)}
            onDone={() => {
              setReturning(false)
              onward()
            }}
          />
        )}
      </Dialog>
    </Page>
  )
}

function ReturnForm(props: { item: ToSign; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const send = useCall(contract.carePlans.return, {
    invalidates: [contract.carePlans.toSign, contract.carePlans.get, contract.carePlans.open],
    onDone: () => {
      void say(`Returned to ${props.item.submittedBy.name}.`)
      props.onDone()
    },
  })
  const whyNot = reason.trim() === '' ? 'Write what has to change.' : null
  return (
    <Form
      label="Return the plan"
      onSubmit={() => {
        if (whyNot === null)
          send.mutate({
            params: { id: props.item.planId },
            body: { number: props.item.number, reason: reason.trim() },
          })
      }}
    >
      <Textarea
        data-autofocus
        label={`What has to change? ${props.item.submittedBy.name} gets it as a task for today.`}
        minRows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {send.error !== null && <ErrorState error={send.error} kept="Nothing was returned; your words are still here." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={send.isPending} disabledReason={whyNot}>
          Return
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
