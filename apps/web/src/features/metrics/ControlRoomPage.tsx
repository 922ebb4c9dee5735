import { type ControlRoom, contract, endReasonWords, NumberId, numberDefinitions } from '@keepwell/contract'
import { useCan, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  type Bar,
  BarList,
  countText,
  EmptyState,
  MonthSwitch,
  monthText,
  Page,
  percentText,
  Section,
  Stat,
  StatRow,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import { CaseloadTable } from './CaseloadTable.tsx'
import css from './metrics.module.css'
import { NumberDrawer } from './NumberDrawer.tsx'
import { Revenue } from './Revenue.tsx'

/** The program in numbers; each of them opens the list of patients behind it. */
export default function ControlRoomPage() {
  const can = useCan()
  const latest = useToday().slice(0, 7)
  const [monthText_, setMonth] = useUrlState('month')
  const month = monthText_ ?? latest
  const view = useView(contract.metrics.controlRoom, { query: { month } }, { keepPrevious: true })
  const [numberText, setNumber] = useUrlState('number')
  const [careManagerId, setCareManager] = useUrlState('of')
  const asked = NumberId.safeParse(numberText)
  const careManager = view.data?.caseload.find((row) => row.careManager.id === careManagerId)?.careManager
  return (
    <Page
      title="Control room"
      subtitle="Every number opens its list; the question mark says what exactly is counted."
      asOf={view.dataUpdatedAt}
      actions={
        <MonthSwitch month={month} latest={latest} onChange={(next) => setMonth(next === latest ? null : next)} />
      }
    >
      <Viewed view={view} what="the control room" lines={14}>
        {(room) => <Room room={room} />}
      </Viewed>
      {can('revenue:read') && <Revenue />}
      {asked.success && (
        <NumberDrawer
          number={asked.data}
          month={month}
          careManager={careManager ?? null}
          careManagerId={careManagerId}
          onClose={() => {
            setNumber(null)
            if (careManagerId !== null) setCareManager(null)
          }}
        />
      )}
    </Page>
  )
}

type Count = ControlRoom['funnel'][number]

function Room({ room }: { room: ControlRoom }) {
  const to = (number: NumberId) => paths.controlRoom({ month: room.month, number })
  const bar = ({ number, count, newInSevenDays }: Count): Bar => ({
    id: number,
    label: numberDefinitions[number].label,
    count,
    to: to(number),
    ...(newInSevenDays === null || newInSevenDays === 0 ? {} : { note: `+${newInSevenDays} in 7 days` }),
  })
  const minutesKnown = room.minutes.countedSeconds + room.minutes.leftOutSeconds > 0
  return (
    <>
      <div className={css.twoThirds}>
        <Section
          framed
          title={`From eligible to paid, ${monthText(room.month)}`}
          subtitle={
            room.daysLeft > 0
              ? `${room.daysLeft} ${room.daysLeft === 1 ? 'day is' : 'days are'} left in the month.`
              : 'The month is over.'
          }
        >
          <BarList
            funnel
            captionHidden
            caption="The funnel"
            labelHeader="Step"
            countHeader="Patients"
            bars={room.funnel.map(bar)}
          />
        </Section>
        <Section framed title="Minutes of the month">
          <BarList
            captionHidden
            caption="Minutes of the month"
            labelHeader="Counted minutes"
            countHeader="Patients"
            bars={room.minutesSpread.map(bar)}
          />
          {minutesKnown && (
            <p className={css.note}>
              {wholeMinutes(room.minutes.countedSeconds)} minutes count, {wholeMinutes(room.minutes.leftOutSeconds)} are
              left out
              {room.minutes.manualShare !== null &&
                `; ${percentText(room.minutes.manualShare)} of the time was written by hand`}
              .
            </p>
          )}
        </Section>
      </div>
      <StatRow label="Rates">
        <Stat
          label="Reached"
          value={rateText(room.rates.reached)}
          definition="Of the enrolled patients, the share with a completed call in the month."
          to={to('not_contacted')}
          change="opens those not reached yet"
        />
        <Stat
          label="Live contact"
          value={rateText(room.rates.liveContact)}
          definition="Of the calls tried in the month, the share in which the patient was spoken with."
          to={to('contacted')}
          change="of the calls tried"
        />
        <Stat
          label="Left in 90 days"
          value={rateText(room.rates.dropOut90Days)}
          definition="Enrollments that ended within 90 days, of those and the ones still enrolled."
          to={to('left_90_days')}
          change="of all who were enrolled"
        />
        <Stat
          label="By hand"
          value={rateText(room.minutes.manualShare)}
          definition="The share of logged time that was written by hand and not by the timer."
          change="of the logged time"
        />
      </StatRow>
      <Section
        title="Capacity"
        subtitle="What each caseload still needs to reach 20 minutes a patient, against the time that is left."
      >
        <CaseloadTable room={room} />
      </Section>
      <div className={css.half}>
        <Section framed title="Engagement">
          <BarList
            captionHidden
            caption="Engagement"
            labelHeader="Group"
            countHeader="Patients"
            bars={room.engagement.map(bar)}
          />
        </Section>
        <Section framed title="Why patients leave">
          {room.reasonsForLeaving.length === 0 ? (
            <EmptyState title="Nobody left">When an enrollment ends, its reason is counted here.</EmptyState>
          ) : (
            <BarList
              captionHidden
              caption="Why patients leave"
              labelHeader="Reason"
              countHeader="Enrollments"
              bars={room.reasonsForLeaving.map(({ reason, count }) => ({
                id: reason,
                label: leavingText(reason),
                count,
              }))}
            />
          )}
        </Section>
      </div>
    </>
  )
}

function leavingText(reason: string): string {
  const known: Partial<Record<string, string>> = endReasonWords
  return known[reason] ?? reason
}

/** Many hours as whole minutes: `2,524`. */
function wholeMinutes(seconds: number): string {
  return countText(Math.floor(seconds / 60))
}

function rateText(rate: number | null): string {
  return rate === null ? 'not yet' : percentText(rate)
}
