import { contract, type DeskRow } from '@keepwell/contract'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useServerNow, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Slot } from '../../shell/slots.tsx'
import { Button, Drawer, EmptyState, LocalDate, Page, useUrlState, Viewed } from '../../ui/index.ts'
import { DeskDrawer } from './DeskDrawer.tsx'
import { DeskLine } from './DeskLine.tsx'
import css from './outreach.module.css'

/** The front desk's seat: today's appointments, what to say to whom, and the deeds of one tap. */
export default function TodayPage() {
  const today = useToday()
  const now = useServerNow(30)
  const [openId, setOpenId] = useUrlState('patient')
  const view = useView(contract.outreach.today, { query: {} }, { refetchSeconds: 120 })
  const open = view.data?.rows.find((row) => row.patient.id === openId)
  const isPast = (row: DeskRow) =>
    row.appointment !== null && Date.parse(row.appointment.endsAt ?? row.appointment.startsAt) < now
  return (
    <Page
      title="Today"
      subtitle={<LocalDate day={today} />}
      asOf={view.dataUpdatedAt}
      actions={<Button to={paths.outreach()}>Introduction log</Button>}
    >
      <div className={css.board}>
        <div className={css.stack}>
          <Viewed view={view} what="the day" lines={8}>
            {(day) => (
              <>
                {day.rows.length === 0 ? (
                  <EmptyState
                    icon={IconCalendarEvent}
                    title="No appointments today"
                    action={<Button to={paths.patients()}>Find a patient</Button>}
                  >
                    Appointments come in from the EHR. Each then shows whether the patient may hear about the program,
                    and why.
                  </EmptyState>
                ) : (
                  <ul className={css.rows} aria-label="Appointments of today">
                    {day.rows.map((row) => (
                      <DeskLine
                        key={row.appointment?.id ?? row.patient.id}
                        row={row}
                        open={row.patient.id === openId}
                        past={isPast(row)}
                        onOpen={() => setOpenId(row.patient.id, { push: true })}
                      />
                    ))}
                  </ul>
                )}
                <footer className={css.counter}>
                  <span>
                    Introduced <strong>{day.introduced.count}</strong> of <strong>{day.introduced.of}</strong>
                  </span>
                  <span>
                    Forms missing <strong>{day.formsMissing.length}</strong>
                  </span>
                  <span className={css.quiet}>
                    Counted: patients of today who may be asked, and those somebody spoke to today.
                  </span>
                </footer>
              </>
            )}
          </Viewed>
        </div>
        <aside className={css.side} aria-label="Beside the day">
          <Slot name="today.cards" />
        </aside>
      </div>
      <Drawer
        title={open?.patient.name ?? 'Patient'}
        opened={openId !== null}
        onClose={() => setOpenId(null)}
        size={640}
      >
        {openId !== null && <DeskDrawer patientId={openId} />}
      </Drawer>
    </Page>
  )
}
