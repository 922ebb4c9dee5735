import { contract, type EligibilityView } from '@keepwell/contract'
import { Group } from '@mantine/core'
import { useState } from 'react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Facts, Instant, LocalDate, Section, StatusChip, Timeline, Viewed } from '../../ui/index.ts'
import { CcmChip } from './CcmChip.tsx'
import css from './eligibility.module.css'
import { MarkForm } from './MarkForm.tsx'
import { MedicareCheck } from './MedicareCheck.tsx'
import { coverageWords, priorityWords, riskStates, riskWords, systemText } from './standing.ts'

/** One patient with all that speaks for and against: conditions with their codes, coverage, visits, risk. */
export function EligibilityDetail({ patientId }: { patientId: string }) {
  const view = useView(contract.eligibility.get, { params: { patientId } })
  return (
    <Viewed view={view} what="the evidence" lines={10}>
      {(data) => <Detail data={data} />}
    </Viewed>
  )
}

function Detail({ data }: { data: EligibilityView }) {
  const can = useCan()
  const [marking, setMarking] = useState(false)
  const checks = useView(
    contract.eligibility.checks,
    { params: { patientId: data.patient.id } },
    { enabled: can('coverage:read') },
  )
  const { mark } = data
  return (
    <div className={css.stack}>
      <Group gap="sm">
        <CcmChip chip={data.chip} />
        <StatusChip {...coverageWords[data.coverage]} />
        <StatusChip state={riskStates[data.risk.level]} word={`${riskWords[data.risk.level]} risk`} />
      </Group>
      <ul className={css.reasons}>
        {data.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Group gap="sm">
        <Button to={paths.patient(data.patient.id)}>Open patient</Button>
        {can('outreach:record') && (
          <Button to={paths.today({ patient: data.patient.id })}>Talk about the program</Button>
        )}
        {can('eligibility:prioritize') && !marking && <Button onClick={() => setMarking(true)}>Set priority</Button>}
      </Group>
      {marking && (
        <MarkForm patientId={data.patient.id} current={mark?.level ?? null} onDone={() => setMarking(false)} />
      )}

      <Section framed title="Conditions" subtitle="As the record has them, and as they would go on a claim.">
        <ul className={css.groups}>
          {data.groups.map((hit) => (
            <li key={hit.group} className={css.group}>
              <div className={css.groupTitle}>
                {hit.label}
                {hit.weak && <StatusChip plain state="neutral" word="little risk alone" />}
              </div>
              {hit.evidence.map((one) => (
                <div key={one.conditionId}>
                  <div>
                    {one.display}
                    {one.onsetOn !== null && (
                      <span className={css.quiet}>
                        {' '}
                        since <LocalDate day={one.onsetOn} />
                      </span>
                    )}
                  </div>
                  <div className={css.codes}>
                    {one.codings.map((coding) => `${systemText(coding.system)} ${coding.code}`).join(' · ')}
                    {!one.codings.some((coding) => coding.code === one.icd10) && ` → ICD-10-CM ${one.icd10}`}
                  </div>
                </div>
              ))}
            </li>
          ))}
          {data.groups.length === 0 && <li className={css.quiet}>No lasting condition is on the problem list.</li>}
        </ul>
        {data.suspected.length > 0 && (
          <>
            <h3 className={css.groupTitle}>For the provider to judge, not counted</h3>
            <ul className={css.reasons}>
              {data.suspected.map((one) => (
                <li key={one.conditionId}>
                  {one.display} <span className={css.codes}>{one.code}</span>. {one.why}
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>

      <Section
        framed
        title="Risk"
        subtitle="Orders whom to ask first; it is no diagnosis, and the provider may overrule it."
      >
        <table className={css.points}>
          <thead>
            <tr>
              <th scope="col">Because of</th>
              <td>Points</td>
            </tr>
          </thead>
          <tbody>
            {data.risk.points.map((point) => (
              <tr key={point.id}>
                <th scope="row">
                  {point.label}
                  <div className={css.codes}>{restsOn(point, data)}</div>
                </th>
                <td>{point.points}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{riskWords[data.risk.level]}</th>
              <td>{data.risk.score}</td>
            </tr>
          </tfoot>
        </table>
      </Section>

      <Section framed title="Coverage and visits">
        {checks.data !== undefined && <MedicareCheck patientId={data.patient.id} last={checks.data.items[0] ?? null} />}
        <Facts
          items={[
            ['Seen within a year', data.seenWithinYear ? 'yes' : 'no: an initiating visit is needed'],
            ['Last visit', <LocalDate key="last" day={data.lastVisitOn} otherwise="none on file" />],
            [
              'Initiating visit',
              data.initiatingVisit === null ? (
                'none found within a year'
              ) : (
                <>
                  <LocalDate day={data.initiatingVisit.on} />{' '}
                  {data.initiatingVisit.code !== null && `(${data.initiatingVisit.code})`}
                </>
              ),
            ],
            ['Old claims name Medicare', data.medicareHint ? 'yes: a sign, not proof' : 'no'],
            ['Active medications', String(data.medicationCount)],
          ]}
        />
      </Section>

      {data.marks.length > 0 && (
        <Section framed title="Priority">
          <Timeline
            label="Priority marks"
            events={data.marks.map((one) => ({
              id: one.at,
              title: priorityWords[one.level],
              when: <Instant at={one.at} />,
              body: `${one.reason} (${one.by.name})`,
            }))}
          />
        </Section>
      )}
    </div>
  )
}

/** What the points rest on in words: labels as they are, records by what they are. */
function restsOn(point: EligibilityView['risk']['points'][number], data: EligibilityView): string {
  const names = new Map<string, string>()
  for (const hit of data.groups) for (const one of hit.evidence) names.set(one.conditionId, one.display)
  for (const visit of data.visits) names.set(visit.id, `visit ${visit.on}`)
  const said = point.evidence.map((id) => names.get(id)).filter((name) => name !== undefined)
  if (said.length > 0) return [...new Set(said)].join(', ')
  const plain = point.evidence.filter((text) => !/^[0-9a-f-]{36}$/.test(text))
  if (plain.length > 0) return plain.join(', ')
  return `${point.evidence.length} ${point.evidence.length === 1 ? 'record' : 'records'}`
}
