import '@mantine/spotlight/styles.layer.css'
import { contract } from '@keepwell/contract'
import { Modal, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch, IconUser } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useCan, useView } from '../api/index.ts'
import { paths } from '../paths.ts'
import type { NavItem } from '../roles/index.ts'
import { veil } from '../theme.ts'
import { dayText, useGo } from '../ui/index.ts'

const [store, palette] = createSpotlight()
const listId = 'palette-list'

/** Finds patients and pages by a few letters; loaded when it is first opened. */
export default function Palette(props: { nav: readonly NavItem[]; month: string; onClose: () => void }) {
  const go = useGo()
  const can = useCan()
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 200)
  useEffect(() => palette.open(), [])

  const searches = can('patient:search')
  const found = useView(
    contract.patients.search,
    { body: { text: asked, limit: 8 } },
    { enabled: searches && asked.length >= 2, keepPrevious: true },
  )
  const wanted = query.trim().toLowerCase()
  const pages = props.nav.filter((item) => item.label.toLowerCase().includes(wanted))
  const patients = searches && wanted.length >= 2 ? (found.data?.items ?? []) : []

  // Patients arrive after the pages were listed; the first of all is what Enter opens.
  const firstId = patients[0]?.id
  useEffect(() => {
    if (firstId !== undefined) selectFirst()
  }, [firstId])

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      store={store}
      scrollable
      overlayProps={{ color: veil, backgroundOpacity: 0.4, blur: 0 }}
      maxHeight={420}
      onSpotlightClose={props.onClose}
    >
      <VisuallyHidden>
        <Modal.Title>Find patients and pages</Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search
        placeholder={searches ? 'A name, a date of birth, a phone number, or a page' : 'A page'}
        aria-label="Find"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList id={listId}>
        {patients.length > 0 && (
          <Spotlight.ActionsGroup label="Patients">
            {patients.map((patient) => (
              <Spotlight.Action
                key={patient.id}
                label={patient.deceased ? `${patient.name} (has died)` : patient.name}
                description={[
                  patient.bornOn === null ? 'date of birth not known' : `born ${dayText(patient.bornOn)}`,
                  patient.enrollment === 'enrolled' ? 'enrolled' : null,
                  patient.phone,
                ]
                  .filter((fact) => fact !== null)
                  .join(' · ')}
                leftSection={<IconUser size={18} stroke={1.6} aria-hidden />}
                onClick={() => go(paths.patient(patient.id))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label="Pages">
            {pages.map((item) => (
              <Spotlight.Action
                key={item.id}
                label={item.label}
                leftSection={<item.icon size={18} stroke={1.6} aria-hidden />}
                onClick={() => go(item.to({ month: props.month }))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length + patients.length === 0 && (
          <Spotlight.Empty>
            {found.isFetching
              ? 'Searching…'
              : found.error !== null
                ? 'The search did not answer. Try again.'
                : 'Nothing found. Try fewer letters.'}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function selectFirst(): void {
  const list = document.getElementById(listId)
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}
