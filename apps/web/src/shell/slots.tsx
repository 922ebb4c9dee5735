/**
 * The door of the shell for features: how a page becomes a route, how a feature puts a piece of itself onto
 * another's page, the patient strip and the dock. Features import nothing else of the shell.
 */
import type { Permission } from '@keepwell/contract'
import { type ComponentType, createContext, type LazyExoticComponent, lazy, Suspense, useContext } from 'react'
import { useCan } from '../api/index.ts'

export { Dock, type DockProps } from './Dock.tsx'
export { type FeatureRoute, type PageProps, route } from './feature-route.ts'
export { PatientStrip, type PatientStripProps } from './PatientStrip.tsx'

/** Every place where a page lets other features in, with what it tells them. */
export interface SlotProps {
  /** Badges in the patient strip. */
  'patient.header': { patientId: string }
  /** Tabs of the patient page; `id` is the tab in the address, `title` its word. */
  'patient.tabs': { patientId: string }
  /** Buttons at the right of the patient page. */
  'patient.actions': { patientId: string }
  /** Cards beside the day's list. */
  'today.cards': Record<never, never>
  /** Panels beside the call. */
  'call.side': { patientId: string }
  /** The dock at the foot of every page: one, it outlives pages. */
  dock: Record<never, never>
}
export type SlotName = keyof SlotProps

export interface SlotItem<K extends SlotName> {
  id: string
  title: string
  permission: Permission
  component: LazyExoticComponent<ComponentType<SlotProps[K]>>
}

/** What a feature offers to the slots, exported as `slots` from its `slots.ts`. */
export type FeatureSlots = { readonly [K in SlotName]?: readonly SlotItem<K>[] }

/** One piece for a slot, loaded when it is first shown. */
export function slotItem<K extends SlotName>(
  item: Omit<SlotItem<K>, 'component'> & { load: () => Promise<{ default: ComponentType<SlotProps[K]> }> },
): SlotItem<K> {
  const { load, ...rest } = item
  return { ...rest, component: lazy(load) }
}

const SlotsContext = createContext<FeatureSlots>({})
export const SlotsProvider = SlotsContext

/** The pieces that this person's seats put into a slot, in order, and which they may see. */
export function useSlot<K extends SlotName>(name: K): readonly SlotItem<K>[] {
  const can = useCan()
  const items: readonly SlotItem<K>[] = useContext(SlotsContext)[name] ?? []
  return items.filter((item) => can(item.permission))
}

/** Renders a slot: `<Slot name="patient.header" patientId={id} />`. */
export function Slot<K extends SlotName>({ name, ...props }: { name: K } & SlotProps[K]) {
  return (
    <>
      {useSlot(name).map((item) => {
        const Piece: ComponentType<SlotProps[K]> = item.component
        return (
          <Suspense key={item.id} fallback={null}>
            <Piece {...(props as unknown as SlotProps[K])} />
          </Suspense>
        )
      })}
    </>
  )
}
