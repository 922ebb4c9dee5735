import { type CarePlan, carePlanCan, contract } from '@keepwell/contract'
import { IconClipboardHeart } from '@tabler/icons-react'
import { useState } from 'react'
import { fileUrl, useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, EmptyState, ErrorState, Instant, LocalDate, say, Viewed } from '../../ui/index.ts'
import { CompletenessMeter } from './CompletenessMeter.tsx'
import css from './care-plans.module.css'
import { GiveCopyDialog } from './GiveCopyDialog.tsx'
import { PlanLinesView } from './PlanLinesView.tsx'
import { PlanStateChip } from './PlanStateChip.tsx'
import { StartPlanDialog } from './StartPlanDialog.tsx'
import { Versions } from './Versions.tsx'

/** The plan of a patient: what it says, where it stands, and what to do next with it. */
export default function PlanTab({ patientId }: { patientId: string }) {
  const view = useView(contract.carePlans.get, { params: { patientId } })
  return (
    <Viewed view={view} what="the care plan" lines={8}>
      {({ plan }) => (plan === null ? <NoPlan patientId={patientId} /> : <Plan plan={plan} />)}
    </Viewed>
  )
}

function NoPlan({ patientId }: { patientId: string }) {
  const can = useCan()
  const [open, setOpen] = useState(false)
  return (
    <>
      <EmptyState
        icon={IconClipboardHeart}
        title="No care plan yet"
        action={
          <Button
            kind="primary"
            onClick={() => setOpen(true)}
            disabledReason={can('care_plan:write') ? null : 'The care manager or the provider writes the plan.'}
          >
            Draft from the chart
          </Button>
        }
      >
        Templates for the patient’s conditions and the newest values of the chart make a first draft. What only a talk
        can tell stays open until somebody has asked.
      </EmptyState>
      <StartPlanDialog patientId={patientId} opened={open} onClose={() => setOpen(false)} />
    </>
  )
}

function Plan({ plan }: { plan: CarePlan }) {
  const can = useCan()
  const [copying, setCopying] = useState(false)
  const submit = useCall(contract.carePlans.submit, {
    invalidates: [contract.carePlans.get, contract.carePlans.open, contract.carePlans.versions],
    onDone: () => void say('Submitted. The provider sees the difference since the last signature.'),
  })
  const { newest, signed } = plan
  const submittable = carePlanCan.submit.whyNot({ state: plan.state, blocking: plan.completeness.blocking })
  return (
    <div className={css.tab}>
      <div className={css.tabMain}>
        <div className={css.standing}>
          <PlanStateChip state={plan.state} />
          <span className={css.quiet}>
            Version {newest.number}, {newest.writtenBy.name}, <Instant at={newest.writtenAt} />
          </span>
        </div>
        {newest.returned !== null && plan.state === 'returned' && (
          <Callout state="attention" title={`${newest.returned.by.name} returned this version`}>
            <p>{newest.returned.reason}</p>
          </Callout>
        )}
        {signed !== null && plan.state !== 'signed' && (
          <Callout state="info" title={`Version ${signed.number} is in force`}>
            <p>
              Signed on <LocalDate day={signed.signature?.on ?? null} />. What you see below is newer and not signed
              yet.
            </p>
          </Callout>
        )}
        <div className={css.buttons}>
          {can('care_plan:sign') && plan.state === 'submitted' && (
            <Button kind="primary" to={paths.carePlanSigning(plan.id)}>
              Look at the change and sign
            </Button>
          )}
          {can('care_plan:write') && (
            <Button
              kind={plan.state === 'draft' || plan.state === 'returned' ? 'primary' : 'secondary'}
              to={paths.carePlan(plan.id)}
            >
              Open the plan
            </Button>
          )}
          {can('care_plan:write') && plan.state !== 'submitted' && plan.state !== 'signed' && (
            <Button
              loading={submit.isPending}
              disabledReason={plan.state === 'returned' ? 'Change what was asked for first.' : submittable}
              onClick={() => submit.mutate({ params: { id: plan.id }, body: { number: newest.number } })}
            >
              Submit for signature
            </Button>
          )}
          {can('care_plan:give_copy') && (
            <Button onClick={() => setCopying(true)} disabledReason={carePlanCan.giveCopy.whyNot(plan)}>
              Give a copy
            </Button>
          )}
          <Button
            kind="quiet"
            onClick={() =>
              window.open(fileUrl(contract.carePlans.pdf, { params: { id: plan.id }, query: {} }), '_blank', 'noopener')
            }
          >
            Paper (PDF)
          </Button>
        </div>
        {submit.error !== null && <ErrorState error={submit.error} />}
        <PlanLinesView sections={plan.lines} />
      </div>
      <aside className={css.side}>
        <CompletenessMeter completeness={plan.completeness} />
        <Versions planId={plan.id} />
      </aside>
      <GiveCopyDialog plan={plan} opened={copying} onClose={() => setCopying(false)} />
    </div>
  )
}
