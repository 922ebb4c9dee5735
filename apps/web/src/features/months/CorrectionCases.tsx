import { type CorrectionCase, contract, monthCan, type Resolution, resolutionNames } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan, useView } from '../../api/index.ts'
import {
  Button,
  ChoiceCards,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  Form,
  FormActions,
  Instant,
  Minutes,
  moneyText,
  monthText,
  Section,
  StatusChip,
  say,
  useUrlState,
} from '../../ui/index.ts'
import { codesText } from './month-words.ts'
import css from './months.module.css'

/** What came to light after the close: before, after, the difference, and what follows from it. */
export function CorrectionCases({ month }: { month: string }) {
  const view = useView(contract.months.corrections, { query: { month, state: 'all' } })
  const [openId, setOpenId] = useUrlState('case')
  const open = view.data?.items.find(({ id }) => id === openId)
  const columns: Column<CorrectionCase>[] = [
    {
      id: 'case-patient',
      header: 'Patient',
      cell: (row) => row.patient.name,
      sort: (row) => row.patient.name,
      width: 190,
    },
    {
      id: 'case-detail',
      header: 'What came to light',
      cell: (row) => <span className={css.why}>{row.detail}</span>,
    },
    {
      id: 'case-before',
      header: 'Was',
      cell: (row) => <Side side={row.before} />,
      width: 150,
      hideBelow: 768,
    },
    {
      id: 'case-after',
      header: 'Would be',
      cell: (row) => <Side side={row.after} />,
      width: 150,
      hideBelow: 768,
    },
    {
      id: 'case-difference',
      header: 'Difference',
      numeric: true,
      cell: (row) => <Difference cents={row.differenceCents} />,
      sort: (row) => row.differenceCents,
      width: 100,
    },
    {
      id: 'case-state',
      header: 'State',
      width: 150,
      cell: (row) =>
        row.resolved === null ? (
          <StatusChip plain state="attention" word="Open" />
        ) : (
          <StatusChip plain state="good" word={resolutionNames[row.resolved.resolution]} />
        ),
    },
  ]
  return (
    <Section
      title="Correction cases"
      subtitle="What was written or changed after the close. The frozen month stays as it is."
    >
      <DataTable
        caption={`Cases of ${monthText(month)}`}
        columns={columns}
        rows={view.data?.items}
        rowId={(row) => row.id}
        onOpen={(row) => setOpenId(row.id, { push: true })}
        sortName="cases"
        keyboard={false}
        error={view.error ?? undefined}
        onRetry={view.refetch}
        empty={
          <EmptyState title="No correction case">
            An entry that comes after the close opens one, with the difference in cents.
          </EmptyState>
        }
      />
      <Dialog
        title={open === undefined ? 'Correction case' : `Correction of ${open.patient.name}`}
        opened={open !== undefined}
        onClose={() => setOpenId(null)}
        size="lg"
      >
        {open !== undefined && <Case one={open} onClose={() => setOpenId(null)} />}
      </Dialog>
    </Section>
  )
}

function Side({ side }: { side: CorrectionCase['before'] }) {
  if (side === null) return <span className={css.quiet}>not known yet</span>
  return (
    <span className={css.owner}>
      <span className={css.codes}>{side.lines.length === 0 ? 'nothing billed' : codesText(side.lines)}</span>
      <span className={css.small}>
        <Minutes seconds={side.countedSeconds} />
      </span>
    </span>
  )
}

function Difference({ cents }: { cents: number | null }) {
  if (cents === null) return <span className={css.quiet}>not known</span>
  return <span className={css.codes}>{cents > 0 ? `+${moneyText(cents)}` : moneyText(cents)}</span>
}

function Case({ one, onClose }: { one: CorrectionCase; onClose: () => void }) {
  const can = useCan()
  const gain = one.differenceCents ?? 0
  const [resolution, setResolution] = useState<Resolution | null>(null)
  const [note, setNote] = useState('')
  const resolve = useCall(contract.months.resolveCorrection, {
    invalidates: [contract.months.corrections, contract.months.board],
    onDone: () => {
      onClose()
      void say('The case is resolved.')
    },
  })
  const whyNot =
    resolution === null ? 'Choose what follows.' : note.trim() === '' ? 'Write the reason in a few words.' : null
  const billedBefore = (one.before?.lines.length ?? 0) > 0
  return (
    <div className={css.phases}>
      <Facts
        columns={2}
        items={[
          ['What came to light', one.detail],
          [
            'By',
            <>
              {one.openedBy.name}, <Instant at={one.openedAt} />
            </>,
          ],
          ['Was', <Side key="was" side={one.before} />],
          ['Would be', <Side key="is" side={one.after} />],
          ['Difference', <Difference key="difference" cents={one.differenceCents} />],
        ]}
      />
      {one.resolved !== null ? (
        <Facts
          columns={2}
          items={[
            ['What follows', resolutionNames[one.resolved.resolution]],
            [
              'Decided by',
              <>
                {one.resolved.by.name}, <Instant at={one.resolved.at} />
              </>,
            ],
            ['Why', one.resolved.note],
          ]}
        />
      ) : (
        <Form
          label="Resolve the case"
          onSubmit={() => {
            if (whyNot === null && resolution !== null)
              resolve.mutate({ params: { id: one.id }, body: { resolution, note: note.trim() } })
          }}
        >
          <ChoiceCards<Resolution>
            legend="What follows from it"
            value={resolution}
            onChange={setResolution}
            choices={[
              {
                value: 'replace_claim',
                label: resolutionNames.replace_claim,
                hint: 'The claim is sent again with what is right.',
                disabledReason: billedBefore ? null : 'There was no claim for this month.',
              },
              {
                value: 'new_claim',
                label: resolutionNames.new_claim,
                hint: 'The month can be billed now.',
                disabledReason: billedBefore ? 'There is a claim already: replace it.' : null,
              },
              {
                value: 'pay_back',
                label: resolutionNames.pay_back,
                hint: 'More was billed than is right.',
                disabledReason: gain < 0 ? null : 'Nothing was billed too much.',
              },
              {
                value: 'no_change',
                label: resolutionNames.no_change,
                hint: 'The difference is not followed up.',
              },
            ]}
          />
          <Textarea label="Why" maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {resolve.error !== null && <ErrorState error={resolve.error} />}
          <FormActions>
            <Button
              type="submit"
              kind="primary"
              loading={resolve.isPending}
              disabledReason={
                can('correction:resolve')
                  ? (monthCan.resolve.whyNot(one) ?? whyNot)
                  : 'The CCM manager resolves correction cases.'
              }
            >
              Resolve the case
            </Button>
          </FormActions>
        </Form>
      )}
    </div>
  )
}
