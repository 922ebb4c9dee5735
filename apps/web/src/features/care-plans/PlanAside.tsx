import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Link, Viewed } from '../../ui/index.ts'
import css from './care-plans.module.css'
import { PlanLinesView } from './PlanLinesView.tsx'
import { PlanStateChip } from './PlanStateChip.tsx'

const notInCalls = ['function', 'environment', 'coordination', 'preventive', 'revision', 'outlook']

/** The plan beside a call: goals, steps, symptoms, medicines, and what matters to the patient. */
export default function PlanAside({ patientId }: { patientId: string }) {
  const view = useView(contract.carePlans.get, { params: { patientId } })
  return (
    <Viewed view={view} what="the care plan">
      {({ plan }) =>
        plan === null ? (
          <p className={css.quiet}>There is no care plan yet.</p>
        ) : (
          <div className={css.aside}>
            <div className={css.standing}>
              <PlanStateChip state={plan.state} />
              <Link to={paths.carePlan(plan.id)}>Open the plan</Link>
            </div>
            <PlanLinesView sections={plan.lines} without={notInCalls} />
          </div>
        )
      }
    </Viewed>
  )
}
