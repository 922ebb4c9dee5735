import { contract, roleNames } from '@keepwell/contract'
import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconKeyboard, IconLock, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useCall, useSession } from '../api/index.ts'
import { KeyHint } from '../ui/index.ts'
import { signOut } from './LockScreen.tsx'
import { Pop } from './Pop.tsx'
import css from './shell.module.css'

const schemes = [
  { value: 'auto', label: 'Auto', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const

/** Who one is; light or dark; keys; lock and sign out. */
export function PersonMenu(props: { onKeys: () => void }) {
  const { person, organization } = useSession()
  const client = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const lock = useCall(contract.session.lock, {
    onDone: () => void client.invalidateQueries({ queryKey: keyOf(contract.session.get) }),
  })
  return (
    <Pop
      at="right"
      label={`${person.name}: settings and sign out`}
      buttonClass={css.person}
      button={<IconUser size={18} stroke={1.8} aria-hidden />}
    >
      {(close) => (
        <>
          <div className={css.personCard}>
            <strong>{person.name}</strong>
            <span>{person.roles.map((role) => roleNames[role]).join(', ')}</span>
            <span>{organization}</span>
          </div>
          <fieldset className={css.schemes}>
            <legend>Appearance</legend>
            {schemes.map((scheme) => (
              <button
                key={scheme.value}
                type="button"
                aria-pressed={colorScheme === scheme.value}
                onClick={() => setColorScheme(scheme.value)}
              >
                <scheme.icon size={16} stroke={1.6} aria-hidden />
                {scheme.label}
              </button>
            ))}
          </fieldset>
          <ul className={css.popList}>
            <li>
              <button
                type="button"
                className={css.popItem}
                onClick={() => {
                  close()
                  props.onKeys()
                }}
              >
                <IconKeyboard size={16} stroke={1.6} aria-hidden />
                <span>Keys</span>
                <KeyHint keys="?" />
              </button>
            </li>
            <li>
              <button type="button" className={css.popItem} onClick={() => lock.mutate({})}>
                <IconLock size={16} stroke={1.6} aria-hidden />
                <span>Lock the screen</span>
              </button>
            </li>
            <li>
              <button type="button" className={css.popItem} onClick={() => void signOut()}>
                <IconLogout size={16} stroke={1.6} aria-hidden />
                <span>Sign out</span>
              </button>
            </li>
          </ul>
        </>
      )}
    </Pop>
  )
}
