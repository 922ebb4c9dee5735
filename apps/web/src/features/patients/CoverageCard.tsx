import { type Coverage, contract } from '@keepwell/contract'
import { IconId } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import {
  Button,
  DateField,
  Dialog,
  EmptyState,
  ErrorState,
  Form,
  FormActions,
  LocalDate,
  Section,
  StatusChip,
  say,
  useDialog,
  Viewed,
} from '../../ui/index.ts'
import { AddCoverageForm } from './AddCoverageForm.tsx'
import { IdentifyPayerForm } from './IdentifyPayerForm.tsx'
import css from './patients.module.css'
import { coverageWord } from './standing.ts'

/** The kinds of coverage that a claim can name as the payer beside Medicare. */
const namedOnClaims: readonly string[] = ['medigap', 'commercial', 'medicaid']

/** What pays for the patient: cards and the EHR first, then what old claims only hint at. */
export function CoverageCard({ patientId }: { patientId: string }) {
  const can = useCan()
  const view = useView(contract.patients.coverage, { params: { patientId } })
  const add = useDialog('coverage')
  const [ending, setEnding] = useState<Coverage | null>(null)
  const [naming, setNaming] = useState<Coverage | null>(null)
  const mayAdd = can('coverage:capture')
  return (
    <Section
      title="Coverage"
      framed
      actions={
        <Button
          size="compact-sm"
          onClick={add.open}
          disabledReason={mayAdd ? null : 'The front desk and the biller write down coverage.'}
        >
          Write down a card
        </Button>
      }
    >
      <Viewed view={view} what="the coverage" lines={3}>
        {({ mbi, items }) => (
          <>
            {items.length === 0 ? (
              <EmptyState icon={IconId} title="No coverage known">
                Ask for the card: CCM needs Medicare Part B or a plan that takes its place.
              </EmptyState>
            ) : (
              <ul className={css.coverages} aria-label="Coverages">
                {items.map((item) => (
                  <li key={item.id} className={css.coverage}>
                    <div>
                      <strong>{coverageWord(item.kind)}</strong>
                      {item.payerName !== null &&
                        item.payerName.toLowerCase() !== coverageWord(item.kind).toLowerCase() && (
                          <span> · {item.payerName}</span>
                        )}
                      {item.memberId !== null && <span className={css.number}> {item.memberId}</span>}
                      <div className={css.quiet}>
                        <Period item={item} />
                        {item.payerId !== null && <> · payer id {item.payerId} on claims</>}
                      </div>
                    </div>
                    <div className={css.coverageEnd}>
                      <Origin item={item} />
                      {!item.hint && namedOnClaims.includes(item.kind) && can('coverage:write') && (
                        <Button
                          size="compact-xs"
                          kind="quiet"
                          aria-label={`${item.payerId === null ? 'Enter' : 'Change'} the payer id of ${item.payerName ?? coverageWord(item.kind)}`}
                          onClick={() => setNaming(item)}
                        >
                          {item.payerId === null ? 'Enter the payer id' : 'Change the payer id'}
                        </Button>
                      )}
                      {item.source === 'desk' && item.toOn === null && can('coverage:write') && (
                        <Button size="compact-xs" kind="quiet" onClick={() => setEnding(item)}>
                          It ended
                        </Button>
                      )}
                    </div>
                  </li>
                ))}
              </ul>
            )}
            <p className={css.hint}>
              Medicare number: {mbi === null ? 'not known' : <span className={css.number}>{mbi}</span>}
            </p>
          </>
        )}
      </Viewed>
      <Dialog title="Write down a card" opened={add.opened} onClose={add.close} keepOpen>
        <AddCoverageForm patientId={patientId} onDone={add.close} />
      </Dialog>
      <Dialog
        title={`${naming?.payerName ?? 'The insurer'} on a claim`}
        opened={naming !== null}
        onClose={() => setNaming(null)}
        keepOpen
      >
        {naming !== null && <IdentifyPayerForm coverage={naming} onDone={() => setNaming(null)} />}
      </Dialog>
      <Dialog title="The coverage ended" opened={ending !== null} onClose={() => setEnding(null)} size="sm">
        {ending !== null && <EndForm coverage={ending} onDone={() => setEnding(null)} />}
      </Dialog>
    </Section>
  )
}

function Period({ item }: { item: Coverage }) {
  if (item.fromOn === null && item.toOn === null) return <>dates not known</>
  if (item.hint) {
    return (
      <>
        named on claims from <LocalDate day={item.fromOn} /> to <LocalDate day={item.toOn} />
      </>
    )
  }
  return (
    <>
      {item.fromOn === null ? (
        'start not known'
      ) : (
        <>
          from <LocalDate day={item.fromOn} />
        </>
      )}
      {item.toOn !== null && (
        <>
          {' '}
          to <LocalDate day={item.toOn} />
        </>
      )}
    </>
  )
}

function Origin({ item }: { item: Coverage }) {
  if (item.hint)
    return (
      <StatusChip
        plain
        state="unknown"
        word="Hint"
        why="An old claim named this payer. Check the card or ask Medicare."
      />
    )
  if (item.source === 'desk') return <StatusChip plain state="info" word="From the card" />
  return <StatusChip plain state="info" word={item.source === '271' ? 'Medicare said so' : 'From the EHR'} />
}

function EndForm({ coverage, onDone }: { coverage: Coverage; onDone: () => void }) {
  const today = useToday()
  const [toOn, setToOn] = useState(today)
  const end = useCall(contract.patients.endCoverage, {
    invalidates: [contract.patients.coverage],
    onDone: () => {
      onDone()
      void say('Coverage ended.')
    },
  })
  return (
    <Form label="The coverage ended" onSubmit={() => end.mutate({ params: { id: coverage.id }, body: { toOn } })}>
      <DateField label="Last day covered" value={toOn} onChange={setToOn} required />
      {end.error !== null && <ErrorState error={end.error} />}
      <FormActions>
        <Button
          type="submit"
          kind="primary"
          loading={end.isPending}
          disabledReason={toOn === '' ? 'Choose the day.' : null}
        >
          End the coverage
        </Button>
      </FormActions>
    </Form>
  )
}
