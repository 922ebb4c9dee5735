import { contract, type DeskRow, type Introduction, objectionWords } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, ErrorState, Instant, Section, StatusChip, Timeline, Viewed } from '../../ui/index.ts'
import { CcmChip, MedicareCheck } from '../eligibility/index.ts'
import { AskClinically } from './AskClinically.tsx'
import { ContactCheck } from './ContactCheck.tsx'
import { DeclineForm } from './DeclineForm.tsx'
import { languageOf } from './DeskLine.tsx'
import css from './outreach.module.css'
import { usePage, useRecord } from './use-outreach.ts'
import { channelWords, introductionText } from './words.ts'

type Language = 'en' | 'es'

/** One patient at the desk: what to say, how they answer, what they ask, how to reach them, what pays. */
export function DeskDrawer({ patientId }: { patientId: string }) {
  const view = useView(contract.outreach.patient, { params: { patientId } })
  return (
    <Viewed view={view} what="this patient" lines={10}>
      {({ row, events }) => <Opened row={row} events={events} />}
    </Viewed>
  )
}

function Opened({ row, events }: { row: DeskRow; events: readonly Introduction[] }) {
  const [language, setLanguage] = useState<Language>(languageOf(row))
  const [saidNo, setSaidNo] = useState(false)
  const asks = row.whyNotAsk === null
  return (
    <div className={css.stack}>
      <div className={css.who}>
        <CcmChip chip={row.chip} />
        <span className={css.quiet}>{row.chip.reason}</span>
      </div>
      {row.whyNotAsk !== null && (
        <Callout state="neutral" title={row.whyNotAsk}>
          There is nothing to say about the program now.
        </Callout>
      )}
      {row.decline !== null && (
        <Callout state="neutral" title={objectionWords[row.decline.reason]}>
          {row.decline.followUp === null
            ? 'Nobody follows up.'
            : `${row.decline.followUp.by.name} speaks with the patient again.`}
        </Callout>
      )}
      {asks && !saidNo && (
        <>
          <SayCard row={row} language={language} onLanguage={setLanguage} />
          <AnswerButtons row={row} onNo={() => setSaidNo(true)} />
        </>
      )}
      {saidNo && <DeclineForm row={row} onDone={() => setSaidNo(false)} />}
      <QuestionsCard row={row} language={language} />
      <Section framed title="Phone and times">
        <ContactCheck row={row} />
      </Section>
      <Section framed title="Medicare">
        <MedicareCheck patientId={row.patient.id} last={row.lastCheck} />
      </Section>
      <History events={events} />
    </div>
  )
}

/** The provider's own words, to be read aloud. */
function SayCard(props: { row: DeskRow; language: Language; onLanguage: (language: Language) => void }) {
  const { row, language } = props
  const record = useRecord()
  const script = useView(
    contract.outreach.script,
    { params: { patientId: row.patient.id }, query: { language } },
    { keepPrevious: true },
  )
  const params = { patientId: row.patient.id }
  const appointmentId = row.appointment?.id
  return (
    <div className={css.card}>
      <div className={css.cardHead}>
        <h2 className={css.cardTitle}>Say it like this</h2>
        <SegmentedControl
          aria-label="Language of the words"
          data={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
          value={language}
          onChange={(value) => props.onLanguage(value === 'es' ? 'es' : 'en')}
        />
      </div>
      <Viewed view={script} what="the words" lines={5}>
        {({ cards }) => (
          <>
            {cards.map((card) => (
              <div key={card.id} lang={language} className={css.stack}>
                {cards.length > 1 && <strong>{card.title}</strong>}
                <div>
                  {card.lines.map((line) => (
                    <p key={line} className={css.say}>
                      {line}
                    </p>
                  ))}
                </div>
              </div>
            ))}
          </>
        )}
      </Viewed>
      {record.error !== null && <ErrorState error={record.error} />}
      <div className={css.buttons}>
        <Button
          kind={row.mentionedAt === null ? 'primary' : 'secondary'}
          loading={record.isPending}
          onClick={() => record.mutate({ params, body: { kind: 'mentioned', appointmentId, scriptId: 'intro' } })}
        >
          {row.mentionedAt === null ? 'Mentioned' : 'Mentioned again'}
        </Button>
        <Button
          loading={record.isPending}
          onClick={() => record.mutate({ params, body: { kind: 'brochure_given', appointmentId, language } })}
        >
          {row.brochureGivenAt === null ? 'Brochure given' : 'Another brochure given'}
        </Button>
      </div>
      <HeardBefore row={row} />
    </div>
  )
}

/** "Had you heard of it?" and the nudge that puts the patient on the provider's list. */
function HeardBefore({ row }: { row: DeskRow }) {
  const record = useRecord()
  const params = { patientId: row.patient.id }
  const appointmentId = row.appointment?.id
  return (
    <div className={css.cardHead}>
      <span>
        Heard of it before?{' '}
        {(['yes', 'no', 'unsure'] as const).map((heardBefore) => (
          <Button
            key={heardBefore}
            kind="quiet"
            aria-pressed={row.heardBefore === heardBefore}
            loading={record.isPending}
            onClick={() => record.mutate({ params, body: { kind: 'heard_before', heardBefore, appointmentId } })}
          >
            {{ yes: 'Yes', no: 'No', unsure: 'Not sure' }[heardBefore]}
            {row.heardBefore === heardBefore && ' ✓'}
          </Button>
        ))}
      </span>
      <Button
        loading={record.isPending}
        disabledReason={row.flagged ? "The patient is on the provider's list for today." : null}
        onClick={() => record.mutate({ params, body: { kind: 'nudge', appointmentId } })}
      >
        {row.flagged ? "On the provider's list" : 'Let the provider raise it'}
      </Button>
    </div>
  )
}

function AnswerButtons({ row, onNo }: { row: DeskRow; onNo: () => void }) {
  const can = useCan()
  const record = useRecord()
  const page = usePage()
  const params = { patientId: row.patient.id }
  const appointmentId = row.appointment?.id
  const answer = (response: 'interested' | 'thinking' | 'agreed') =>
    record.mutate({ params, body: { kind: 'response', response, appointmentId, scriptId: 'intro' } })
  const now = row.response?.response
  const willing = now === 'agreed' || now === 'interested'
  return (
    <Section
      framed
      title="The patient says"
      {...(row.response === null ? {} : { subtitle: <Instant at={row.response.at} /> })}
    >
      {record.error !== null && <ErrorState error={record.error} />}
      {page.error !== null && <ErrorState error={page.error} />}
      <div className={css.buttons}>
        {(['interested', 'thinking', 'agreed'] as const).map((response) => (
          <Button
            key={response}
            loading={record.isPending}
            aria-pressed={now === response}
            onClick={() => answer(response)}
          >
            {{ interested: 'Interested', thinking: 'I want to think', agreed: 'Yes' }[response]}
            {now === response && ' ✓'}
          </Button>
        ))}
        <Button onClick={onNo}>No…</Button>
      </div>
      {willing && (
        <div className={css.buttons}>
          <Button
            kind="primary"
            to={paths.recordConsent(row.patient.id)}
            disabledReason={can('consent:record') ? null : 'Your seat does not record consent.'}
          >
            Consent now
          </Button>
          <Button
            loading={page.isPending}
            disabledReason={row.pagedAt === null ? null : 'A care manager was called already.'}
            onClick={() => page.mutate({ params, body: { appointmentId } })}
          >
            Call a care manager now
          </Button>
          {row.pagedAt !== null && (
            <StatusChip state="attention" word="Called" why="The page stands until a care manager closes it." />
          )}
        </div>
      )}
    </Section>
  )
}

/** Approved answers, and the way to the care team for everything else. */
function QuestionsCard({ row, language }: { row: DeskRow; language: Language }) {
  const script = useView(
    contract.outreach.script,
    { params: { patientId: row.patient.id }, query: { language } },
    { keepPrevious: true },
  )
  return (
    <Section framed title="Questions">
      <Viewed view={script} what="the answers" lines={4}>
        {({ answers }) => (
          <div className={css.answers} lang={language}>
            {answers.map((one) => (
              <details key={one.id}>
                <summary>{one.question}</summary>
                <p>{one.answer}</p>
              </details>
            ))}
          </div>
        )}
      </Viewed>
      <AskClinically row={row} />
    </Section>
  )
}

function History({ events }: { events: readonly Introduction[] }) {
  if (events.length === 0) return null
  return (
    <Section framed title="What was said so far">
      <Timeline
        label="Words with this patient"
        events={events.map((one) => ({
          id: one.id,
          title: introductionText(one),
          when: <Instant at={one.at} />,
          body: [
            `${one.by.name}, ${channelWords[one.channel]}`,
            one.objection === null ? null : objectionWords[one.objection],
            one.scriptVersion,
            one.brochureVersion === null ? null : `${one.brochureVersion} (${one.brochureLanguage ?? ''})`,
          ]
            .filter((part) => part !== null)
            .join(' · '),
        }))}
      />
    </Section>
  )
}
