import { type Call, type CallWorkspace, callCan, callOutcomeNames, contract } from '@keepwell/contract'
import { IconAlertTriangle, IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useCall, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import { type PageProps, useSlot } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  Dialog,
  ErrorState,
  Instant,
  KeyHint,
  LocalDate,
  MinuteBar,
  minutesText,
  Page,
  Skeletons,
  StatusChip,
  say,
  useDialog,
  useGo,
  useKeys,
  Viewed,
} from '../../ui/index.ts'
import { leftOutText, timerViews, useSwitchUndo } from '../minutes/index.ts'
import { PatientHeader } from '../patients/index.ts'
import { NewTaskForm } from '../tasks/index.ts'
import { AttemptDialog } from './AttemptDialog.tsx'
import css from './calls.module.css'
import { NotePane } from './NotePane.tsx'
import { RedFlagDialog } from './RedFlagDialog.tsx'
import { ScriptPane } from './ScriptPane.tsx'
import { useCallInHand } from './use-call.ts'
import { stepMarks } from './words.ts'

/** One patient on the phone: script, plan and chart in one view, the month on top, the note at the foot. */
export default function CallWorkspacePage({ params: { patientId } }: PageProps<typeof patterns.call>) {
  const view = useView(contract.calls.workspace, { params: { patientId } })
  return (
    <>
      <PatientHeader patientId={patientId} to={paths.patient(patientId)} />
      <div className={css.page}>
        {view.data === undefined ? (
          <Page title="Call" back={{ to: paths.myMonth(), label: 'My month' }}>
            <Viewed view={view} what="the call" lines={8}>
              {() => null}
            </Viewed>
          </Page>
        ) : (
          <Workspace key={patientId} space={view.data} stale={view.error} onRetry={view.refetch} />
        )}
      </div>
    </>
  )
}

function Workspace({ space, stale, onRetry }: { space: CallWorkspace; stale: unknown; onRetry: () => unknown }) {
  const { call } = space
  const go = useGo()
  const inHand = useCallInHand(space.patient.id)
  const attempt = useDialog('attempt')
  const escalate = useDialog('escalate')
  const timer = useView(contract.minutes.timer, {})
  const offerBack = useSwitchUndo()
  const views = [...timerViews, contract.calls.list] as const
  const open = useCall(contract.calls.open, {
    invalidates: views,
    onDone: async () => {
      const { data } = await timer.refetch()
      if (data !== undefined) offerBack(data)
    },
  })
  const begin = () => open.mutate({ params: { patientId: space.patient.id }, body: { timer: true, switch: true } })
  useKeys([
    { keys: 'v', label: 'Not reached: voicemail', group: 'Call', run: () => call !== null && attempt.open() },
    { keys: 'e', label: 'Escalate to the provider', group: 'Call', run: escalate.open },
    {
      keys: 'Enter',
      label: 'Start the call',
      group: 'Call',
      run: () => call === null && space.blocked === null && begin(),
    },
  ])
  const flag = call?.signed === null ? call.redFlags.find((one) => one.acknowledged === null) : undefined
  const wentOn = (next: CallWorkspace['next'], seconds: number, how: string) => {
    void say(
      `${how}${seconds > 0 ? ` ${minutesText(seconds)} kept.` : ''}${next === null ? '' : ` Next: ${next.name}.`}`,
    )
    go(next === null ? paths.myMonth() : paths.call(next.patientId))
  }
  return (
    <Page
      title="Call"
      back={{ to: paths.myMonth(), label: 'My month' }}
      actions={
        <>
          <Button
            leftSection={<IconPhoneOff size={16} aria-hidden />}
            onClick={attempt.open}
            disabledReason={call === null ? 'Start the call first.' : callCan.answer.whyNot(call)}
            rightSection={<KeyHint keys="v" />}
          >
            Not reached
          </Button>
          <Button
            leftSection={<IconAlertTriangle size={16} aria-hidden />}
            onClick={escalate.open}
            rightSection={<KeyHint keys="e" />}
          >
            Escalate
          </Button>
        </>
      }
    >
      {stale != null && <ErrorState error={stale} onRetry={onRetry} kept="What you see is from before." />}
      <div className={css.month}>
        <div className={css.bar}>
          <MinuteBar
            countedSeconds={space.month.countedSeconds}
            leftOutSeconds={space.month.leftOutSeconds}
            leftOutWhy={leftOutText(space.month.leftOut)}
            stepsSeconds={space.stepsSeconds}
          />
        </div>
        <ul className={css.steps} aria-label="Steps of the month">
          {stepMarks(space.steps).map((step) => (
            <li key={step.label}>
              <StatusChip plain state={step.done ? 'good' : 'neutral'} word={step.label} />
            </li>
          ))}
        </ul>
      </div>
      {(inHand.error ?? open.error) !== null && (
        <ErrorState error={inHand.error ?? open.error} kept="What you typed is still here." />
      )}
      <div className={css.columns} data-before={call === null || undefined}>
        <section className={css.column} aria-label="Script">
          {call === null ? (
            <StartPane space={space} begin={begin} starting={open.isPending} />
          ) : (
            <ScriptPane
              call={call}
              last={space.last}
              onAnswer={(questionId, given) => void inHand.answer(call.id, questionId, given)}
              paused={flag !== undefined}
            />
          )}
        </section>
        <SideColumn id="plan" title="Care plan" patientId={space.patient.id} />
        <section className={css.column} aria-label="Chart and open loops">
          <OpenLoops space={space} call={call} />
          <SideContent id="chart" title="Chart" patientId={space.patient.id} />
        </section>
      </div>
      {call !== null && (
        <NotePane
          call={call}
          inHand={inHand}
          next={space.next}
          onSigned={(next, seconds) => wentOn(next, seconds, 'Signed.')}
        />
      )}
      {call !== null && (
        <AttemptDialog
          call={call}
          voicemail={space.voicemail}
          patient={space.patient}
          opened={attempt.opened}
          onClose={attempt.close}
          onDone={(next, seconds) => wentOn(next, seconds, 'Noted.')}
        />
      )}
      {call !== null && flag !== undefined && (
        <RedFlagDialog
          key={flag.questionId}
          call={call}
          flag={flag}
          onChanged={(changed) => inHand.show(() => changed)}
          onMistake={() => void inHand.answer(call.id, flag.questionId, { value: null, detail: null })}
        />
      )}
      <Dialog title="Escalate or hand on" opened={escalate.opened} onClose={escalate.close} size="lg" keepOpen>
        <NewTaskForm patientId={space.patient.id} onDone={escalate.close} />
      </Dialog>
    </Page>
  )
}

/** Before the call: what was said last, how often it was tried, and the button that starts it with its timer. */
function StartPane(props: { space: CallWorkspace; begin: () => void; starting: boolean }) {
  const { space } = props
  const { blocked, last, attempts, patient } = space
  return (
    <div className={css.start}>
      {blocked !== null && (
        <Callout
          state="attention"
          title={blocked.step === 'consent' ? 'Consent comes first' : 'Not enrolled yet'}
          action={
            <Button
              to={blocked.step === 'consent' ? paths.recordConsent(patient.id) : paths.patient(patient.id, 'program')}
            >
              {blocked.step === 'consent' ? 'Take the consent' : 'Open enrollment'}
            </Button>
          }
        >
          <p>{blocked.sentence}</p>
        </Callout>
      )}
      <Button
        kind="primary"
        size="md"
        leftSection={<IconPhone size={18} aria-hidden />}
        loading={props.starting}
        onClick={props.begin}
        disabledReason={blocked?.sentence ?? null}
        autoFocus={blocked === null}
        rightSection={<KeyHint keys="Enter" />}
      >
        Start the call
      </Button>
      {patient.hearingNote !== null && <Callout state="info" title={patient.hearingNote} />}
      {patient.caregiver !== null && (
        <p className={css.quiet}>
          Caregiver: {patient.caregiver.name}
          {patient.caregiver.relationship === null ? '' : `, ${patient.caregiver.relationship}`}
          {patient.caregiver.phone === null ? '' : `, ${patient.caregiver.phone}`}
        </p>
      )}
      {attempts.length > 0 && (
        <div>
          <h3 className={css.small}>This month</h3>
          <ul className={css.plainList}>
            {attempts.map((one) => (
              <li key={one.id}>
                <Instant at={one.at} /> · {callOutcomeNames[one.outcome]} · {one.by.name}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h3 className={css.small}>Last talk</h3>
        {last === null ? (
          <p className={css.quiet}>
            This is the first call. Its note will stand here next month, and its answers beside each question.
          </p>
        ) : (
          <>
            <p className={css.quiet}>
              <Instant at={last.signedAt} only="day" />, {last.by.name}
            </p>
            <p className={css.note}>{last.note}</p>
          </>
        )}
      </div>
    </div>
  )
}

/** What waits with this patient, and how the call stands. */
function OpenLoops({ space, call }: { space: CallWorkspace; call: Call | null }) {
  return (
    <div className={css.loops}>
      {call?.signed != null && <StatusChip state="good" word={`Signed by ${call.signed.by.name}`} />}
      {call?.redFlags.some((flag) => flag.acknowledged !== null) && (
        <ul className={css.plainList}>
          {call.redFlags.map((flag) => (
            <li key={flag.questionId}>
              <StatusChip
                plain
                state={flag.acknowledged === null ? 'stop' : 'attention'}
                word={flag.words}
                {...(flag.acknowledged === null ? {} : { why: flag.acknowledged.whatWasDone })}
              />
            </li>
          ))}
        </ul>
      )}
      <h3 className={css.small}>Open loops</h3>
      {space.openLoops.length === 0 ? (
        <p className={css.quiet}>
          Nothing is open. Tasks and questions about this patient stand here until they are done.
        </p>
      ) : (
        <ul className={css.plainList}>
          {space.openLoops.map((loop) => (
            <li key={loop.id} className={css.loop}>
              <span>{loop.title}</span>
              <span className={css.quiet}>
                {loop.dueOn === null ? `open ${loop.openDays} d` : <LocalDate day={loop.dueOn} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function SideColumn(props: { id: string; title: string; patientId: string }) {
  return (
    <section className={css.column} aria-label={props.title}>
      <h2 className={css.columnTitle}>{props.title}</h2>
      <SideContent {...props} />
    </section>
  )
}

/** What another feature puts beside the call, by its name. */
function SideContent(props: { id: string; title: string; patientId: string }) {
  const item = useSlot('call.side').find((one) => one.id === props.id)
  if (item === undefined) return null
  const Piece = item.component
  return (
    <Suspense fallback={<Skeletons what={props.title} />}>
      <Piece patientId={props.patientId} />
    </Suspense>
  )
}
