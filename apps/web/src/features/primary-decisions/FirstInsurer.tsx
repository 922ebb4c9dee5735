import { contract, type PrimaryDecisionView } from '@keepwell/contract'
import { useState } from 'react'
import { useCall, useCan, useView } from '../../api/index.ts'
import { Button, dayText, Instant, Money, moneyText, ReasonForm, Viewed } from '../../ui/index.ts'
import { NoticeForm } from './NoticeForm.tsx'
import css from './primary-decisions.module.css'

/** What the insurer that pays before Medicare decided of a patient's month, and the way to enter it. */
export function FirstInsurer(props: { month: string; patientId: string; onChanged: () => unknown }) {
  const view = useView(contract.primaryDecisions.get, { params: { month: props.month, patientId: props.patientId } })
  return (
    <Viewed view={view} what="what the first insurer decided" lines={3}>
      {(shown) => <Standing view={shown} onChanged={props.onChanged} />}
    </Viewed>
  )
}

function Standing({ view, onChanged }: { view: PrimaryDecisionView; onChanged: () => unknown }) {
  const can = useCan()
  const [open, setOpen] = useState<'form' | 'back' | null>(null)
  const done = () => {
    setOpen(null)
    void onChanged()
  }
  const decision = view.standing?.decision ?? null
  const verb = decision === null ? 'Enter what the first insurer decided' : 'Correct it'
  return (
    <div className={css.standing}>
      {view.standing !== null && decision !== null && (
        <>
          <p>
            {decision.insurer.name} decided on {dayText(decision.decidedOn)}.
          </p>
          <table className={css.lines} aria-label="What the first insurer decided">
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col" data-numeric>
                  Charge
                </th>
                <th scope="col" data-numeric>
                  Allowed
                </th>
                <th scope="col" data-numeric>
                  Paid
                </th>
                <th scope="col">Adjusted</th>
              </tr>
            </thead>
            <tbody>
              {decision.lines.map((line) => (
                <tr key={line.code}>
                  <td>{line.units === 1 ? line.code : `${line.code} ×${line.units}`}</td>
                  <td data-numeric>
                    <Money cents={line.chargeCents} />
                  </td>
                  <td data-numeric>
                    <Money cents={line.allowedCents} />
                  </td>
                  <td data-numeric>
                    <Money cents={line.paidCents} />
                  </td>
                  <td>
                    {line.adjustments
                      .map(({ group, code, amountCents }) => `${group}-${code} ${moneyText(amountCents)}`)
                      .join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {can('remittance:post') && open === null && (
        <div className={css.deeds}>
          <Button size="xs" onClick={() => setOpen('form')} disabledReason={view.whyNot}>
            {verb}
          </Button>
          {decision !== null && (
            <Button size="xs" kind="quiet" onClick={() => setOpen('back')} disabledReason={view.whyNot}>
              Take it back
            </Button>
          )}
        </div>
      )}
      {open === 'form' && <NoticeForm view={view} verb={verb} onClose={() => setOpen(null)} onDone={done} />}
      {open === 'back' && <TakeBack view={view} onClose={() => setOpen(null)} onDone={done} />}
      {view.history.length > 0 && (
        <ul className={css.history} aria-label="Entries for the first insurer">
          {view.history.map((entry) => (
            <li key={entry.id}>
              {entry.decision === null ? 'Taken back' : 'Entered'} by {entry.by.name}, <Instant at={entry.at} />
              {entry.reason !== null && `: ${entry.reason}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function TakeBack(props: { view: PrimaryDecisionView; onClose: () => void; onDone: () => void }) {
  const { view } = props
  const takeBack = useCall(contract.primaryDecisions.takeBack, {
    invalidates: [contract.primaryDecisions.get, contract.months.verdict, contract.months.board],
    onDone: props.onDone,
  })
  return (
    <ReasonForm
      label="Take the decision back"
      verb="Take it back"
      field="Why it does not count"
      emptyReason="Write why in a few words."
      call={takeBack}
      kept="The decision stands as it was."
      onClose={props.onClose}
      onSubmit={(reason) =>
        takeBack.mutate({ params: { month: view.month, patientId: view.patient.id }, body: { reason } })
      }
    />
  )
}
