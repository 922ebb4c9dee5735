import '@mantine/spotlight/styles.layer.css'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { NavItem } from '../roles/index.ts'
import { veil } from '../theme.ts'
import { useGo } from '../ui/index.ts'

/** Finds pages and patients by a few letters; loaded when it is first opened. */
export default function Palette(props: { nav: readonly NavItem[]; month: string; onClose: () => void }) {
  const go = useGo()
  const [query, setQuery] = useState('')
  useEffect(() => spotlight.open(), [])
  const wanted = query.trim().toLowerCase()
  const pages = props.nav.filter((item) => item.label.toLowerCase().includes(wanted))
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      overlayProps={{ color: veil, backgroundOpacity: 0.4, blur: 0 }}
      maxHeight={420}
      onSpotlightClose={props.onClose}
    >
      <Spotlight.Search
        placeholder="A name, a date of birth, or a page"
        aria-label="Find"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
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
        {pages.length === 0 && <Spotlight.Empty>Nothing found. Try fewer letters.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
