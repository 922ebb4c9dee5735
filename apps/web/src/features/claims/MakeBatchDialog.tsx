import { type BatchPreview, contract } from '@keepwell/contract'
import { IconFileInvoice } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  DataTable,
  Dialog,
  EmptyState,
  ErrorState,
  FormActions,
  Link,
  Money,
  monthText,
  offerUndo,
  useDialog,
  useGo,
  Viewed,
} from '../../ui/index.ts'
import { HeldClaims } from '../edits/index.ts'
import { previewColumns } from './claim-columns.tsx'
import css from './claims.module.css'
import { channelPhrases } from './faces.ts'
import { useBatchDeeds } from './use-batch-deeds.ts'

interface MakeBatchProps {
  month: string | null
  /** Only these; all ready claims (of the month) when empty. */
  claimIds: readonly string[]
  onMade: () => void
}

/** Shows what would leave and what is at fault, then makes the batch. */
export function MakeBatchDialog(props: MakeBatchProps) {
  const dialog = useDialog('batch')
  return (
    <Dialog title="Make a batch" opened={dialog.opened} onClose={dialog.close} size={860}>
      {dialog.opened && <Preview {...props} onClose={dialog.close} />}
    </Dialog>
  )
}

/** The undo window in words: a quarter of an hour, not 900 seconds. */
export function windowText(seconds: number): string {
  if (seconds === 0) return 'at once'
  if (seconds < 120) return `after ${seconds} seconds`
  return `after ${Math.round(seconds / 60)} minutes`
}

function Preview({ month, claimIds, onMade, onClose }: MakeBatchProps & { onClose: () => void }) {
  const go = useGo()
  const [payerId, setPayerId] = useState<string | null>(null)
  const body = {
    ...(claimIds.length > 0 ? { claimIds: [...claimIds] } : month !== null && month !== '' ? { month } : {}),
    ...(payerId === null ? {} : { payerId }),
  }
  const view = useView(contract.claims.preview, { body })
  const { undo } = useBatchDeeds()
  const make = useCall(contract.claims.batch, {
    invalidates: [contract.claims.list, contract.claims.batches, contract.claims.files],
    onDone: (batch) => {
      onMade()
      go(paths.batch(batch.id))
      if (batch.status === 'waiting')
        void offerUndo(`Batch ${batch.number} is made.`, () => undo.mutate({ params: { id: batch.id } }), 15)
    },
  })
  return (
    <div className={css.stack}>
      <p className={css.quiet}>
        {claimIds.length > 0
          ? 'The claims that you selected.'
          : month
            ? `Every ready claim of ${monthText(month)}.`
            : 'Every ready claim of every month.'}
      </p>
      <Viewed view={view} what="the batch" lines={8}>
        {(preview) =>
          preview.claimsCount === 0 && preview.faulty.length === 0 && preview.held.length === 0 ? (
            <NothingReady month={month} onClose={onClose} />
          ) : (
            <>
              <OtherPayers preview={preview} onChoose={setPayerId} />
              <PreviewBody preview={preview} />
              {make.error !== null && <ErrorState error={make.error} kept="The claims stayed as they were." />}
              <FormActions>
                <Button
                  kind="primary"
                  loading={make.isPending}
                  disabledReason={
                    preview.claimsCount === 0 ? 'No claim is ready that is neither faulty nor held.' : null
                  }
                  onClick={() => make.mutate({ body: bodyOf(preview) })}
                >
                  Make the batch
                </Button>
                <Button kind="quiet" onClick={onClose}>
                  Not now
                </Button>
                <span className={css.quiet}>
                  {preview.channel === 'download'
                    ? 'You download the file yourself; until then it can be taken back.'
                    : `It leaves ${windowText(preview.undoSeconds)} by ${channelPhrases[preview.channel]}; until then it can be taken back.`}
                </span>
              </FormActions>
            </>
          )
        }
      </Viewed>
    </div>
  )
}

/** A batch goes to one payer: which one this is, and who else has claims waiting. */
function OtherPayers({ preview, onChoose }: { preview: BatchPreview; onChoose: (payerId: string | null) => void }) {
  const { payer, otherPayers } = preview
  if (payer.payerId === null && otherPayers.length === 0) return null
  return (
    <div className={css.payers}>
      <span>
        To <strong>{payer.name}</strong>. A batch goes to one payer.
      </span>
      {otherPayers.map((other) => (
        <Button key={other.payerId ?? ''} size="compact-sm" onClick={() => onChoose(other.payerId)}>
          {other.claims === 1 ? 'One claim' : `${other.claims} claims`} to {other.name} instead
        </Button>
      ))}
    </div>
  )
}

/** Nothing waits: what would stand here, and where it comes from. */
function NothingReady({ month, onClose }: { month: string | null; onClose: () => void }) {
  const can = useCan()
  const thisMonth = useToday().slice(0, 7)
  return (
    <EmptyState
      icon={IconFileInvoice}
      title="Nothing waits to be sent"
      action={
        <>
          <Button
            to={paths.month(month ?? thisMonth)}
            disabledReason={can('month:read') ? null : 'Your seat does not see the month board.'}
          >
            Open the month board
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Not now
          </Button>
        </>
      }
    >
      Claims become ready when a month is closed, and again when a refused one is corrected. They will stand here with
      what they charge and what is expected for them.
    </EmptyState>
  )
}

/** Exactly what was shown: a claim that became ready meanwhile waits for the next batch. */
function bodyOf(preview: BatchPreview): { claimIds: string[] } {
  return { claimIds: preview.claims.map(({ id }) => id) }
}

function PreviewBody({ preview }: { preview: BatchPreview }) {
  return (
    <>
      <dl className={css.sums}>
        <div>
          <dt>Claims</dt>
          <dd>{preview.claimsCount}</dd>
        </div>
        <div>
          <dt>Charge</dt>
          <dd>
            <Money cents={preview.chargeCents} />
          </dd>
        </div>
        <div>
          <dt>Expected of {preview.payer.payerId === null ? 'Medicare' : preview.payer.name}</dt>
          <dd>
            <Money cents={preview.expectedMedicareCents} />
          </dd>
        </div>
        <div>
          <dt>Expected of patients</dt>
          <dd>
            <Money cents={preview.expectedPatientCents} />
          </dd>
        </div>
      </dl>
      {preview.faulty.length > 0 && (
        <Callout
          state="stop"
          title={
            preview.faulty.length === 1 ? 'One claim cannot leave' : `${preview.faulty.length} claims cannot leave`
          }
        >
          <p>They stay ready and are left out of this batch until each fault is mended.</p>
          <ul className={css.faulty}>
            {preview.faulty.map(({ claim, findings }) => (
              <li key={claim.id}>
                <span className={css.faultyHead}>
                  <Link to={paths.claim(claim.id)}>
                    {claim.patient.name}, {monthText(claim.month)}
                  </Link>
                  <span className={css.quiet}>{claim.controlNumber}</span>
                </span>
                <ul className={css.faults}>
                  {findings.map((finding, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: findings of a file never move
                    <li key={at}>
                      {finding.message}{' '}
                      <span className={css.place}>
                        {[finding.loop && `loop ${finding.loop}`, finding.element].filter(Boolean).join(', ')}
                      </span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      <HeldClaims held={preview.held} />
      <DataTable
        caption="Claims of the batch"
        compact
        keyboard={false}
        sortName="sort-preview"
        maxHeight={320}
        columns={previewColumns}
        rows={preview.claims}
        rowId={(claim) => claim.id}
        empty={
          <EmptyState title="Nothing can leave">
            Mend the faults above, let a held claim pass, or close a month: its claims will stand here.
          </EmptyState>
        }
      />
    </>
  )
}
