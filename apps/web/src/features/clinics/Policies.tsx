import { contract, type OutputOf } from '@keepwell/contract'
import type { ReactNode } from 'react'
import { useCan, useView } from '../../api/index.ts'
import { Button, LocalDate, Section, StateIcon, useUrlState, Viewed } from '../../ui/index.ts'
import css from './clinics.module.css'
import { PolicyDialog } from './PolicyDialog.tsx'
import { shapeOf } from './value-schema.ts'
import { choiceWords, numberText, partText } from './words.ts'

export type Policy = OutputOf<typeof contract.clinics.policies>['items'][number]

const groups: readonly { title: string; prefix: string }[] = [
  { title: 'Consent', prefix: 'consent.' },
  { title: 'Minutes', prefix: 'minutes.' },
  { title: 'Coverage', prefix: 'coverage.' },
  { title: 'Claims', prefix: 'claim.' },
  { title: 'Payments', prefix: 'remittance.' },
  { title: 'What the rule book leaves to you', prefix: 'policy.' },
]

/** Every choice of the clinic: what it does, what holds now, since when and why. */
export function Policies() {
  const view = useView(contract.clinics.policies, {})
  const [key, setKey] = useUrlState('choice')
  return (
    <Viewed view={view} what="the choices" lines={12}>
      {({ items }) => {
        const known = groups.map(({ prefix }) => prefix)
        const rest = items.filter((policy) => !known.some((prefix) => policy.key.startsWith(prefix)))
        const parts = [
          ...groups.map(({ title, prefix }) => ({
            title,
            policies: items.filter((policy) => policy.key.startsWith(prefix)),
          })),
          { title: 'Further', policies: rest },
        ]
        return (
          <div className={css.choices}>
            {parts
              .filter(({ policies }) => policies.length > 0)
              .map(({ title, policies }) => (
                <Section key={title} title={title}>
                  <div className={css.list}>
                    {policies.map((policy) => (
                      <PolicyRow key={policy.key} policy={policy} onChange={() => setKey(policy.key, { push: true })} />
                    ))}
                  </div>
                </Section>
              ))}
            <PolicyDialog policy={items.find((policy) => policy.key === key) ?? null} onClose={() => setKey(null)} />
          </div>
        )
      }}
    </Viewed>
  )
}

function PolicyRow({ policy, onChange }: { policy: Policy; onChange: () => void }) {
  const can = useCan()
  return (
    <div className={css.policy}>
      <div>
        <h3 className={css.title}>{policy.title}</h3>
        <div className={css.says}>{policy.says}</div>
        {policy.risk !== null && (
          <div className={css.risk}>
            <StateIcon state="attention" size={14} />
            <span>{policy.risk}</span>
          </div>
        )}
      </div>
      <div>
        <div className={css.value}>
          <PolicyValue policy={policy} />
        </div>
        <div className={css.since}>
          {policy.isDefault || policy.fromOn === null ? (
            policy.value === null ? (
              ''
            ) : (
              'the default'
            )
          ) : (
            <>
              since <LocalDate day={policy.fromOn} />
              {policy.setBy !== null && `, ${policy.setBy.name}`}
              {policy.reason !== null && `: ${policy.reason}`}
            </>
          )}
        </div>
      </div>
      <Button
        size="compact-sm"
        aria-label={`Change: ${policy.title}`}
        disabledReason={can('clinic:configure') ? null : 'Your seat does not change the settings.'}
        onClick={onChange}
      >
        Change
      </Button>
    </div>
  )
}

function PolicyValue({ policy }: { policy: Policy }): ReactNode {
  const shape = shapeOf(policy.schema)
  const { key, value } = policy
  if (value === null || value === undefined) return <span className={css.quiet}>not set yet</span>
  if (shape.kind === 'choice' && typeof value === 'string') return choiceWords(key, value).label
  if (shape.kind === 'number' && typeof value === 'number') return numberText(key, value)
  if (shape.kind === 'yes_no') return value === true ? 'Yes' : 'No'
  if (shape.kind === 'parts' && typeof value === 'object') {
    const values: Record<string, unknown> = { ...value }
    return (
      <dl className={css.parts}>
        {shape.parts.map((part) => (
          <PartValue key={part.name} name={part.name} text={choiceOrText(key, values[part.name])} />
        ))}
      </dl>
    )
  }
  if (shape.kind === 'rows' && Array.isArray(value))
    return value.length === 0
      ? 'none'
      : value.map((row: Record<string, unknown>, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was chosen never moves
          <div key={at}>
            {shape.parts.map(({ name }) => `${partText(name)} ${choiceOrText(key, row[name])}`).join(', ')}
          </div>
        ))
  return JSON.stringify(value)
}

function choiceOrText(key: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  return choiceWords(key, String(value)).label
}

function PartValue(props: { name: string; text: string }) {
  return (
    <>
      <dt>{partText(props.name)}</dt>
      <dd>{props.text}</dd>
    </>
  )
}
