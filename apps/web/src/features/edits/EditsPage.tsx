import { type BackTest, contract, editCan, type PreBillEdit } from '@keepwell/contract'
import { IconFilter } from '@tabler/icons-react'
import { faultsByField, useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  EmptyState,
  ErrorState,
  FormDialog,
  Instant,
  Link,
  Money,
  Page,
  ReasonForm,
  Section,
  StatusChip,
  say,
  Timeline,
  useDialog,
  useKeys,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import css from './edits.module.css'
import { ProposeDialog } from './ProposeDialog.tsx'

/** The clinic's own edits: what each asks, what it would have stopped, and whether it holds claims now. */
export default function EditsPage() {
  const can = useCan()
  const view = useView(contract.edits.list, {})
  const propose = useDialog('propose')
  const seat = can('claim:send') ? null : 'Your seat does not send claims.'
  useKeys([{ keys: 'n', label: 'New edit', group: 'Own edits', run: () => seat === null && propose.open() }])
  return (
    <Page
      title="Own edits"
      subtitle="What a denial taught, asked of every claim before it leaves. An edit holds nothing until it was tested on past claims and switched on."
      back={{ to: paths.denials(), label: 'Denials' }}
      asOf={view.dataUpdatedAt}
      actions={
        <Button disabledReason={seat} onClick={propose.open} aria-haspopup="dialog">
          New edit
        </Button>
      }
    >
      <ProposeDialog opened={propose.opened} onClose={propose.close} />
      <Viewed view={view} what="the edits" lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={IconFilter}
              title="No edit yet"
              action={<Button to={paths.denials()}>See the denials</Button>}
            >
              Open a denial and press "Hold claims like this": the next claim of its kind waits for you before it
              leaves.
            </EmptyState>
          ) : (
            <div className={css.stack}>
              {items.map((edit) => (
                <Edit key={edit.id} edit={edit} seat={seat} />
              ))}
            </div>
          )
        }
      </Viewed>
    </Page>
  )
}

const touched = [contract.edits.list, contract.claims.preview]
const deedWords = { tested: 'Tested on past claims', switched_on: 'Switched on', switched_off: 'Switched off' } as const

function Edit({ edit, seat }: { edit: PreBillEdit; seat: string | null }) {
  const [wanted] = useUrlState('edit')
  const switching = useDialog(`switch-${edit.id}`)
  const test = useCall(contract.edits.test, { invalidates: touched })
  const first = edit.tested === null
  return (
    <Section
      framed
      title={edit.sentence}
      subtitle={
        <>
          Holds a claim when {edit.words.join(', ')}. Proposed by {edit.by.name}, <Instant at={edit.at} />
          {edit.denial !== null && (
            <>
              {' '}
              from <Link to={paths.denial(edit.denial.id)}>a denial</Link>
            </>
          )}
          .
        </>
      }
      actions={
        <>
          <Button
            {...(first && wanted === edit.id ? { kind: 'primary' as const } : {})}
            disabledReason={seat}
            loading={test.isPending}
            onClick={() => test.mutate({ params: { id: edit.id } })}
          >
            {first ? 'Test on past claims' : 'Test again'}
          </Button>
          <Button
            {...(!first && !edit.on && wanted === edit.id ? { kind: 'primary' as const } : {})}
            disabledReason={seat ?? (edit.on ? null : editCan.switchOn.whyNot(edit))}
            onClick={switching.open}
            aria-haspopup="dialog"
          >
            {edit.on ? 'Switch off' : 'Switch on'}
          </Button>
        </>
      }
    >
      <p className={css.state}>
        <StatusChip
          {...(edit.on ? { state: 'attention', word: 'On: holds claims' } : { state: 'neutral', word: 'Off' })}
        />
        {edit.passed > 0 && (
          <span className={css.quiet}>
            {edit.passed} {edit.passed === 1 ? 'claim was' : 'claims were'} let pass
          </span>
        )}
      </p>
      {test.error !== null && <ErrorState error={test.error} kept="The edit stands as it was." />}
      {edit.tested === null ? (
        <p className={css.quiet}>Not tested yet: nobody knows what it would stop.</p>
      ) : (
        <Tested result={edit.tested.result} at={edit.tested.at} by={edit.tested.by.name} />
      )}
      {edit.deeds.length > 0 && (
        <details className={css.history}>
          <summary>What was done with it</summary>
          <Timeline
            label="What was done with it"
            events={edit.deeds.map((deed) => ({
              id: deed.id,
              title: deed.reason === null ? deedWords[deed.kind] : `${deedWords[deed.kind]}: ${deed.reason}`,
              when: <Instant at={deed.at} />,
              state: 'neutral' as const,
              body: deed.by.name,
            }))}
          />
        </details>
      )}
      <FormDialog title={edit.on ? 'Switch off' : 'Switch on'} opened={switching.opened} onClose={switching.close}>
        {() => <Switch edit={edit} onClose={switching.close} />}
      </FormDialog>
    </Section>
  )
}

/** What it would have done in the last year, in figures and one sentence that says whether it is worth it. */
function Tested({ result, at, by }: { result: BackTest; at: string; by: string }) {
  const wrong = result.paid > result.denied + result.refused
  const figures: readonly (readonly [string, number])[] = [
    ['Claims of the last year', result.lookedAt],
    ['It would have stopped', result.stopped],
    ['Of those denied', result.denied],
    ['Of those refused', result.refused],
    ['Of those paid', result.paid],
    ['Not decided', result.undecided],
  ]
  return (
    <div className={css.tested}>
      <dl className={css.sums} aria-label="Test on past claims">
        {figures.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {wrong && (
        <Callout state="attention" title={`It would have stopped more claims that were paid than claims that were not`}>
          Ask for one thing more, so that it holds fewer.
        </Callout>
      )}
      {result.stopsItsDenial === false && (
        <Callout state="attention" title="It would not have stopped the claim whose denial it was made from" />
      )}
      <p className={css.quiet}>
        Denied for <Money cents={result.deniedCents} />; what was paid came to <Money cents={result.paidCents} /> and
        would have come later.
        {result.unknown > 0 && ` Of ${result.unknown} claims the record does not say; an edit lets those pass.`} Tested
        by {by}, <Instant at={at} />.
      </p>
    </div>
  )
}

function Switch({ edit, onClose }: { edit: PreBillEdit; onClose: () => void }) {
  const done = (words: string) => ({
    invalidates: touched,
    onDone: () => {
      onClose()
      void say(words)
    },
  })
  const on = useCall(contract.edits.switchOn, done('On: claims like this are held before they leave.'))
  const off = useCall(contract.edits.switchOff, done('Off: claims pass again.'))
  const call = edit.on ? off : on
  return (
    <ReasonForm
      label={edit.on ? 'Switch off' : 'Switch on'}
      field={edit.on ? 'Why claims may pass again' : 'Why claims are to be held'}
      verb={edit.on ? 'Switch off' : 'Switch on'}
      emptyReason="Write the reason in a few words."
      whyNot={edit.on ? editCan.switchOff.whyNot(edit) : editCan.switchOn.whyNot(edit)}
      call={call}
      fault={faultsByField(call.error).reason}
      kept="The edit stands as it was."
      onClose={onClose}
      onSubmit={(reason) => call.mutate({ params: { id: edit.id }, body: { reason } })}
    />
  )
}
