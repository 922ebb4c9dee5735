import type { OnCallRecord } from '@keepwell/contract'
import { LocalDate, Section } from '../../ui/index.ts'
import css from './on-call.module.css'

/** What of the plan an urgent call needs: what to do about symptoms, goals, and what matters to the patient. */
export function OnCallPlan({ plan }: { plan: OnCallRecord['plan'] }) {
  if (plan === null) {
    return (
      <Section title="Care plan" framed>
        <p className={css.facts}>There is no care plan yet.</p>
      </Section>
    )
  }
  const { symptoms, goals, values, caregiver } = plan.content
  return (
    <Section
      title="Care plan"
      framed
      subtitle={
        plan.signedOn === null ? (
          `Version ${plan.version}, not signed yet`
        ) : (
          <>
            Version {plan.version}, signed <LocalDate day={plan.signedOn} /> by {plan.signedBy}
          </>
        )
      }
    >
      {symptoms.length > 0 && (
        <dl className={css.plan}>
          {symptoms.map((symptom) => (
            <div key={symptom.id}>
              <dt>{symptom.symptom}</dt>
              {symptom.emergency !== '' && (
                <dd>
                  <strong>Emergency:</strong> {symptom.emergency}
                </dd>
              )}
              {symptom.callUs !== '' && (
                <dd>
                  <strong>Call us:</strong> {symptom.callUs}
                </dd>
              )}
              {symptom.selfCare !== '' && <dd>{symptom.selfCare}</dd>}
            </div>
          ))}
        </dl>
      )}
      {goals.length > 0 && (
        <ul className={css.lines}>
          {goals.map((goal) => (
            <li key={goal.id}>
              {goal.title}{' '}
              <span className={css.facts}>
                {[goal.target, goal.unit].filter((word) => word !== '').join(' ')}
                {goal.baseline === '' ? '' : `, last ${goal.baseline}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {values.matters !== '' && <p>What matters: {values.matters}</p>}
      {values.advanceDirective !== '' && <p>Advance directive: {values.advanceDirective}</p>}
      {caregiver.name !== '' && (
        <p>
          Caregiver: {caregiver.name} {caregiver.phone}
        </p>
      )}
    </Section>
  )
}
