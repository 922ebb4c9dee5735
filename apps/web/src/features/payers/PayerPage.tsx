import { contract, noTerms, type OutputOf } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import { EmptyState, Instant, LocalDate, Page, Section, Timeline, Viewed } from '../../ui/index.ts'
import { Bench } from './Bench.tsx'
import css from './payers.module.css'
import { kindWords } from './terms.ts'

type Known = OutputOf<typeof contract.payers.get>

/** One payer: what is known of it, the bench on which a rule is tried, and every rule before. */
export default function PayerPage({ params }: PageProps<typeof patterns.payer>) {
  const can = useCan()
  const view = useView(contract.payers.get, { params: { payerId: params.payerId } })
  const payer = view.data
  return (
    <Page
      title={payer?.name ?? 'Payer'}
      back={{ to: paths.payers(), label: 'Payers' }}
      asOf={view.dataUpdatedAt}
      {...(payer === undefined ? {} : { subtitle: `Payer id ${payer.payerId}, ${kindWords(payer)}` })}
    >
      <Viewed view={view} what="the payer" lines={8}>
        {(data) => (
          <div className={css.stack}>
            <InForce payer={data} />
            <Section
              framed
              title="Try a rule"
              subtitle="Nothing is switched on until it was tried on the claims of the last twelve months."
            >
              <Bench
                key={data.rule?.id ?? ''}
                payerId={data.payerId}
                terms={data.rule?.terms ?? noTerms}
                seat={can('claim:send') ? null : 'Your seat does not send claims.'}
              />
            </Section>
            <History payer={data} />
          </div>
        )}
      </Viewed>
    </Page>
  )
}

function InForce({ payer: { rule } }: { payer: Known }) {
  return (
    <Section framed title="What is known">
      {rule === null ? (
        <EmptyState title="Nothing was written down">
          Claims to this payer leave as before. Try a rule below with what its manual, contract or telephone says.
        </EmptyState>
      ) : (
        <>
          <ul className={css.words}>
            {rule.words.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <p className={css.quiet}>
            For services from <LocalDate day={rule.fromOn} />. {rule.source}
          </p>
        </>
      )}
    </Section>
  )
}

function History({ payer: { rules } }: { payer: Known }) {
  if (rules.length === 0) return null
  return (
    <Section title="Every rule">
      <Timeline
        label="Every rule"
        events={rules.map((rule) => ({
          id: rule.id,
          title: rule.source,
          when: <Instant at={rule.at} />,
          state: 'neutral' as const,
          body: (
            <>
              From <LocalDate day={rule.fromOn} />, {rule.by?.name ?? 'carried over from the settings'}.{' '}
              {rule.words.join(' ')}
              {rule.result !== null &&
                ` Tried on ${rule.result.lookedAt} claims: right in ${rule.result.agreed} of ${rule.result.compared}.`}
            </>
          ),
        }))}
      />
    </Section>
  )
}
