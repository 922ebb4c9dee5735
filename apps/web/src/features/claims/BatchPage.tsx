import { type Batch, contract } from '@keepwell/contract'
import { IconMailForward } from '@tabler/icons-react'
import { useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Callout,
  DataTable,
  EmptyState,
  Facts,
  Instant,
  Money,
  Page,
  Section,
  StatusChip,
  Viewed,
} from '../../ui/index.ts'
import { BatchButtons, Countdown, useLookAgain } from './BatchButtons.tsx'
import { claimColumns } from './claim-columns.tsx'
import css from './claims.module.css'
import { fileColumns } from './FileTable.tsx'
import { batchFaces, channelPhrases, channelWords, paymentWords } from './faces.ts'

/** One batch: until when it can be taken back, what is in it and what the payer answered. */
export default function BatchPage({ params }: PageProps<typeof patterns.batch>) {
  const view = useView(contract.claims.getBatch, { params: { id: params.batchId } })
  const batch = view.data
  useLookAgain(batch, view.refetch)
  return (
    <Page
      title={batch === undefined ? 'Batch' : `Batch ${batch.number}`}
      back={{ to: paths.claims({ tab: 'batches' }), label: 'Batches' }}
      {...(batch === undefined
        ? {}
        : {
            subtitle: (
              <span className={css.head}>
                <StatusChip {...batchFaces[batch.status]} />
                <span>
                  {batch.claimsCount} {batch.claimsCount === 1 ? 'claim' : 'claims'}, charge{' '}
                  <Money cents={batch.chargeCents} />, expected of Medicare{' '}
                  <Money cents={batch.expectedMedicareCents} />
                </span>
              </span>
            ),
            actions: <BatchButtons batch={batch} withDownload />,
          })}
      asOf={view.dataUpdatedAt}
    >
      <Viewed view={view} what="the batch" lines={8}>
        {(data) => (
          <>
            <Standing batch={data} />
            <Section framed title="The file">
              <Facts
                columns={3}
                items={[
                  ['File', data.fileName],
                  ['How it leaves', channelWords[data.channel]],
                  ['Interchange number', data.interchangeControl],
                  ['Made', <MadeBy key="made" batch={data} />],
                  ['Left', <Instant key="sent" at={data.sentAt} />],
                  ['Receipt', data.receipt ?? 'none yet'],
                  [
                    'SHA-256 of the file',
                    <span key="hash" className={css.hash}>
                      {data.fileSha256}
                    </span>,
                  ],
                ]}
              />
            </Section>
            <Section title="Answers of the payer">
              <DataTable
                caption="Answers of the payer"
                keyboard={false}
                columns={fileColumns.filter(({ id }) => id !== 'direction')}
                rows={data.answers}
                rowId={(file) => file.id}
                empty={
                  <EmptyState icon={IconMailForward} title="No answer yet">
                    First comes the receipt for the file (999), then the answer claim by claim (277CA), and{' '}
                    {paymentWords[data.channel]} the payment (835).
                  </EmptyState>
                }
              />
            </Section>
            <Section title="Claims">
              <DataTable
                caption="Claims of the batch"
                columns={claimColumns}
                rows={data.claims}
                rowId={(claim) => claim.id}
                rowTo={(claim) => paths.claim(claim.id)}
                stickyFirst
                empty={<EmptyState title="No claims">The batch was taken back.</EmptyState>}
              />
            </Section>
          </>
        )}
      </Viewed>
    </Page>
  )
}

function MadeBy({ batch }: { batch: Batch }) {
  return (
    <>
      <Instant at={batch.createdAt} /> by {batch.createdBy?.name ?? 'the command line'}
    </>
  )
}

function Standing({ batch }: { batch: Batch }) {
  if (batch.status === 'waiting') {
    return batch.channel === 'download' ? (
      <Callout state="info" title="Waits for you to download it">
        <p>
          Downloading counts as sending. Send the file to your contractor the same day, then take in the 999 that comes
          back.
        </p>
      </Callout>
    ) : (
      <Callout
        state="info"
        title={`Leaves by ${channelPhrases[batch.channel]}`}
        action={
          <span className={css.countdown}>
            <Countdown until={batch.leavesAt} />
          </span>
        }
      >
        <p>
          At <Instant at={batch.leavesAt} only="time" />. Until then it can be taken back; its claims are then ready
          again.
        </p>
      </Callout>
    )
  }
  if (batch.status === 'failed') {
    return (
      <Callout state="stop" title="It was not delivered">
        <p>
          {batch.lastError ?? 'The other side did not answer.'} The claims are still in this batch; try again when the
          connection works.
        </p>
      </Callout>
    )
  }
  if (batch.status === 'undone') {
    return (
      <Callout state="neutral" title="Taken back before it left">
        <p>Its claims are ready again. The file is kept for the record and was never sent.</p>
      </Callout>
    )
  }
  return null
}
