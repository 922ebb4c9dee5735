import type { Role } from '@keepwell/contract'
import type { FeatureSlots, SlotItem, SlotName } from '../shell/slots.tsx'
import { admin } from './admin.ts'
import { auditor } from './auditor.ts'
import { biller } from './biller.ts'
import { careManager } from './care-manager.ts'
import { frontDesk } from './front-desk.ts'
import { manager } from './manager.ts'
import type { NavItem, Present, RoleManifest } from './manifest.ts'
import { onCall } from './on-call.ts'
import { provider } from './provider.ts'

export type { NavItem, Present, RoleManifest } from './manifest.ts'

/** In the order in which several seats of one person merge: the first one's home is the home. */
export const manifests: readonly RoleManifest[] = [
  provider,
  careManager,
  manager,
  biller,
  frontDesk,
  onCall,
  admin,
  auditor,
]

export interface MergedManifest {
  home: (present: Present) => string
  nav: readonly NavItem[]
  slots: FeatureSlots
}

/** One manifest of all seats held; nothing twice, the order of the first seat that has it. */
export function mergeManifests(held: readonly Role[]): MergedManifest {
  const mine = manifests.filter((manifest) => held.includes(manifest.role))
  const first = mine[0] ?? auditor
  return {
    home: first.home,
    nav: once(mine.flatMap((manifest) => manifest.nav)),
    slots: {
      'patient.header': filled(mine, 'patient.header'),
      'patient.tabs': filled(mine, 'patient.tabs'),
      'patient.actions': filled(mine, 'patient.actions'),
      'today.cards': filled(mine, 'today.cards'),
      'call.side': filled(mine, 'call.side'),
      dock: filled(mine, 'dock'),
    },
  }
}

function filled<K extends SlotName>(mine: readonly RoleManifest[], slot: K): readonly SlotItem<K>[] {
  return once(
    mine.flatMap((manifest) =>
      (manifest.slots[slot] ?? []).flatMap((feature): readonly SlotItem<K>[] => feature[slot] ?? []),
    ),
  )
}

function once<T extends { id: string }>(items: readonly T[]): T[] {
  return items.filter((item, at) => items.findIndex((other) => other.id === item.id) === at)
}
