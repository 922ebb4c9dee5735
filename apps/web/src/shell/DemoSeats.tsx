import { contract, type OutputOf, type Role, roleNames } from '@keepwell/contract'
import { useCall } from '../api/index.ts'
import { manifests } from '../roles/index.ts'
import { Button, dayTextAt, ErrorState, timeTextAt } from '../ui/index.ts'
import { Outside } from './Outside.tsx'
import css from './outside.module.css'

type Welcome = OutputOf<typeof contract.session.welcome>

/** The seats of the demo clinic: one click and one sits. */
export function DemoSeats(props: { welcome: Welcome; onSeated: () => void; onOwnAccount: () => void }) {
  const { seats, now, store, timeZone } = props.welcome
  const stepIn = useCall(contract.session.stepIn, { onDone: props.onSeated })
  const zone = timeZone ?? 'UTC'
  return (
    <Outside
      wide
      title="Take a seat in the demo clinic"
      lead={
        <>
          <p>Every patient here is made up. Choose whose work you want to see; you can change the seat at any time.</p>
          <p>
            The clinic's clock stands at {dayTextAt(now, zone)}, {timeTextAt(now, zone)}.
          </p>
        </>
      }
    >
      {stepIn.error !== null && <ErrorState error={stepIn.error} />}
      <ul className={css.seats}>
        {seats.map((seat) => (
          <li key={seat.id}>
            <button
              type="button"
              className={css.seat}
              aria-disabled={stepIn.isPending}
              onClick={() => {
                if (!stepIn.isPending) stepIn.mutate({ body: { seatId: seat.id } })
              }}
            >
              <span className={css.seatName}>{seat.name}</span>
              <span className={css.seatRole}>{seat.title || rolesText(seat.roles)}</span>
              <span className={css.seatText}>{seat.roles.map(sentenceOf).join(' ')}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={css.foot}>
        {store === 'embedded'
          ? 'The records are kept in a small store on this computer, for looking around only. '
          : 'The records are kept in PostgreSQL. '}
        A real clinic signs in with a password and an authenticator code.
      </p>
      <p className={css.foot}>
        Invited here?{' '}
        <Button kind="quiet" size="compact-sm" onClick={props.onOwnAccount}>
          Sign in with a password
        </Button>
      </p>
    </Outside>
  )
}

function rolesText(roles: readonly Role[]): string {
  return roles.map((role) => roleNames[role]).join(', ')
}
function sentenceOf(role: Role): string {
  return manifests.find((manifest) => manifest.role === role)?.sentence ?? ''
}
