import { contract, type DeskRow } from '@keepwell/contract'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useCall, useCan } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, ErrorState, StatusChip, timeTextAt, useSurroundings } from '../../ui/index.ts'
import { CcmChip } from '../eligibility/index.ts'
import css from './outreach.module.css'
import { useRecord } from './use-outreach.ts'

/** One patient of the day in one line: when, who, where they stand, what to say, and the deeds of one tap. */
export function DeskLine(props: { row: DeskRow; open: boolean; past: boolean; onOpen: () => void }) {
  const { row } = props
  const { timeZone } = useSurroundings()
  return (
    <li className={css.row} data-open={props.open} data-over={props.past}>
      <span className={css.time}>{row.appointment === null ? '' : timeTextAt(row.appointment.startsAt, timeZone)}</span>
      <div>
        <div className={css.who}>
          <button type="button" className={css.name} onClick={props.onOpen} aria-haspopup="dialog">
            {row.patient.name}
          </button>
          <CcmChip chip={row.chip} />
          {row.flagged && <StatusChip plain state="info" word="On the provider's list" />}
          {row.pagedAt !== null && (
            <StatusChip plain state="attention" word={`Care manager called ${timeTextAt(row.pagedAt, timeZone)}`} />
          )}
          {row.consentMissing && <StatusChip plain state="attention" word="Form missing" />}
        </div>
        <div className={css.prompt}>
          {row.whyNotAsk ?? (row.chip.status === 'unknown' ? row.chip.reason : (row.prompt ?? row.chip.reason))}
        </div>
      </div>
      <div className={css.deeds}>
        <Deeds row={row} onOpen={props.onOpen} />
      </div>
    </li>
  )
}

function Deeds({ row, onOpen }: { row: DeskRow; onOpen: () => void }) {
  const can = useCan()
  const record = useRecord()
  const asking = useCall(contract.eligibility.check, {
    invalidates: [contract.outreach.today, contract.outreach.patient, contract.eligibility.chip],
  })
  const { timeZone } = useSurroundings()
  if (row.whyNotAsk !== null) return null
  const params = { patientId: row.patient.id }
  const appointmentId = row.appointment?.id
  const consent = (
    <Button size="md" to={paths.recordConsent(row.patient.id)}>
      Consent now
    </Button>
  )
  const more = (label: string) => (
    <Button size="md" kind="quiet" onClick={onOpen}>
      {label}
    </Button>
  )
  const check = row.chip.status === 'unknown' && can('eligibility:check') && (
    <Button size="md" loading={asking.isPending} onClick={() => asking.mutate({ params, body: {} })}>
      {row.lastCheck === null ? 'Check Medicare' : 'Check again'}
    </Button>
  )
  let deeds: ReactNode
  if (row.chip.status === 'declined') deeds = more('Look')
  else if (row.consentMissing) deeds = consent
  else if (row.chip.status === 'thinking')
    deeds = (
      <>
        {consent}
        {more('Answer')}
      </>
    )
  else {
    deeds = (
      <>
        {check}
        <Tap
          done={row.mentionedAt}
          label="Mentioned"
          loading={record.isPending}
          timeZone={timeZone}
          onTap={() => record.mutate({ params, body: { kind: 'mentioned', appointmentId } })}
        />
        <Tap
          done={row.brochureGivenAt}
          label="Brochure"
          loading={record.isPending}
          timeZone={timeZone}
          onTap={() =>
            record.mutate({
              params,
              body: { kind: 'brochure_given', appointmentId, language: languageOf(row) },
            })
          }
        />
        {more(row.response === null ? 'Answer' : 'Next')}
      </>
    )
  }
  return (
    <>
      {record.error !== null && <ErrorState error={record.error} />}
      {asking.error !== null && <ErrorState error={asking.error} />}
      {deeds}
    </>
  )
}

/** A deed of one tap that shows when it was done. */
function Tap(props: { label: string; done: string | null; loading: boolean; timeZone: string; onTap: () => void }) {
  const done = props.done !== null
  return (
    <Button
      size="md"
      kind={done ? 'quiet' : 'secondary'}
      loading={props.loading}
      aria-pressed={done}
      disabledReason={
        props.done === null
          ? null
          : `${props.label} at ${timeTextAt(props.done, props.timeZone)}; open the row to log it again.`
      }
      leftSection={done ? <IconCheck size={16} aria-hidden /> : undefined}
      onClick={props.onTap}
    >
      {props.label}
    </Button>
  )
}

/** The language in which the patient wants to be spoken to, of the two that we print. */
export function languageOf(row: DeskRow): 'en' | 'es' {
  return row.contact.language?.toLowerCase().startsWith('es') ? 'es' : 'en'
}
