import type { Permission, Role } from '@keepwell/contract'
import type { ComponentType, LazyExoticComponent } from 'react'
import type { FeatureSlots, SlotName } from '../shell/slots.tsx'
import type { Icon } from '../ui/index.ts'

/** What an address may depend on besides ids. */
export interface Present {
  /** The current service month in the clinic's zone, 'YYYY-MM'. */
  month: string
}

export interface NavItem {
  id: string
  label: string
  icon: Icon
  to: (present: Present) => string
  /** What the page itself needs: nobody sees the item without it. */
  permission: Permission
  /** Addresses of pages that belong to it besides those below its own: it is lit there too. */
  holds?: readonly `/${string}`[]
  /** What else can be done or seen on the pages behind this item. */
  opens?: readonly Permission[]
  /** After `g`. */
  key?: string
  /** A count beside the word, loaded when shown. */
  badge?: LazyExoticComponent<ComponentType>
}

/** One role's way through the product, as data. */
export interface RoleManifest {
  role: Role
  home: (present: Present) => string
  /** One sentence of what this seat does, for the demo's cards. */
  sentence: string
  nav: readonly NavItem[]
  /** Which features come into which slot, in this order. */
  slots: { readonly [K in SlotName]?: readonly FeatureSlots[] }
}
