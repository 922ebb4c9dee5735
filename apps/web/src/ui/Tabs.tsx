import { Tabs as MantineTabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useUrlState } from './context.tsx'
import css from './controls.module.css'

export interface TabItem {
  id: string
  label: ReactNode
  content: ReactNode
}

/** Tabs whose open one stands in the address (`?tab=…`); only the open one is rendered. */
export function Tabs(props: { label: string; items: readonly TabItem[]; name?: string }) {
  const [value, setValue] = useUrlState(props.name ?? 'tab')
  const open = props.items.find((item) => item.id === value) ?? props.items[0]
  if (open === undefined) return null
  return (
    <MantineTabs
      value={open.id}
      onChange={(next) => setValue(next === props.items[0]?.id ? null : next, { push: true })}
      keepMounted={false}
      classNames={{ list: css.tabList ?? '', tab: css.tab ?? '', panel: css.tabPanel ?? '' }}
    >
      <MantineTabs.List aria-label={props.label}>
        {props.items.map((item) => (
          <MantineTabs.Tab key={item.id} value={item.id}>
            {item.label}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {props.items.map((item) => (
        <MantineTabs.Panel key={item.id} value={item.id}>
          {item.id === open.id && item.content}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  )
}
