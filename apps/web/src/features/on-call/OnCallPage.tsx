import { contract } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { IconPhoneIncoming, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { EmptyState, Link, LocalDate, Page, StatusChip, Viewed } from '../../ui/index.ts'
import css from './on-call.module.css'

const typingPauseMilliseconds = 250

/** Who is calling? The number on the phone, a name or a birth date; the next click opens the record. */
export default function OnCallPage() {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  // The search follows the typing at a short distance; this timer is the only thing outside React here.
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), typingPauseMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <Page
      title="On call"
      subtitle="Find who is calling, then open the record with a reason. Every opening is reviewed."
    >
      <TextInput
        label="Phone number, name or birth date"
        description="The number on your phone, or 1952-03-14"
        size="md"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<IconSearch size={18} aria-hidden />}
        autoFocus
        autoComplete="off"
        type="search"
        className={css.search ?? ''}
      />
      {asked.length < 2 ? (
        <EmptyState icon={IconPhoneIncoming} title="Nobody searched yet">
          Type at least two letters of the name, or four digits of the number.
        </EmptyState>
      ) : (
        <Hits text={asked} />
      )}
    </Page>
  )
}

function Hits({ text }: { text: string }) {
  const view = useView(contract.onCall.search, { query: { text } })
  return (
    <Viewed view={view} what="patients">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="Nobody fits">Try the birth date as 1952-03-14, or fewer letters of the name.</EmptyState>
        ) : (
          <ul className={css.hits} aria-label="Patients who fit">
            {items.map((hit) => (
              <li key={hit.id}>
                <Link to={paths.onCallPatient(hit.id)} quiet className={css.hit ?? ''}>
                  <span className={css.name}>{hit.name}</span>
                  <span className={css.facts}>
                    born <LocalDate day={hit.bornOn} otherwise="unknown" />
                    {hit.phoneLast4 !== null && <> · phone …{hit.phoneLast4}</>}
                  </span>
                  <StatusChip
                    plain
                    {...(hit.enrolled
                      ? ({ state: 'good', word: 'Enrolled' } as const)
                      : ({ state: 'neutral', word: 'Not enrolled' } as const))}
                  />
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </Viewed>
  )
}
