import { contract, roleNames } from '@keepwell/contract'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { call, useServerNow, useSession, useView } from '../api/index.ts'
import { dayTextAt, ErrorState, timeTextAt } from '../ui/index.ts'
import { Pop } from './Pop.tsx'
import css from './shell.module.css'

/** Says that this is the demo, at which time it stands and in which seat one sits; changes the seat in one click. */
export function DemoBanner() {
  const session = useSession()
  const now = useServerNow(15)
  const welcome = useView(contract.session.welcome, {})
  const [error, setError] = useState<unknown>(null)
  const zone = session.clinic.timeZone
  const seat = session.person.roles.map((role) => midSentence(roleNames[role])).join(', ')

  async function stepIn(seatId: string) {
    try {
      await call(contract.session.stepIn, { body: { seatId } })
      // A full load: nothing of the one seat's pages stays for the other.
      window.location.assign('/')
    } catch (cause) {
      setError(cause)
    }
  }
  return (
    <section className={css.demo} aria-label="Demo clinic">
      <span className={css.demoWord}>Demo clinic</span>
      <span className={css.demoText}>
        <span className={css.longWords}>the clock stands at </span>
        {dayTextAt(now, zone)}, {timeTextAt(now, zone)}
      </span>
      <span className={css.demoText}>
        <span className={css.longWords}>sitting in: </span>
        <strong>{session.person.name}</strong>, {seat}
      </span>
      <Pop
        at="right"
        buttonClass={css.seatButton}
        button={
          <>
            Change seat <IconChevronDown size={14} aria-hidden />
          </>
        }
      >
        {() => (
          <ul className={css.popList}>
            {(welcome.data?.seats ?? []).map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={css.popItem}
                  onClick={() => void stepIn(one.id)}
                  {...(one.id === session.person.id ? { 'aria-current': 'true' as const } : {})}
                >
                  <span>
                    <span className={css.seatName}>{one.name}</span>
                    <span className={css.seatTitle}>{one.title}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Pop>
      {error !== null && <ErrorState error={error} />}
    </section>
  )
}

/** `care manager` within a sentence, but `CCM manager` stays. */
function midSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}
