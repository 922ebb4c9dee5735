import type { Permission } from '@keepwell/contract'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { ParamsOf, Pattern } from '../paths.ts'

/** What a page receives: the parameters of its address. Filters are read with `useUrlState`. */
export interface PageProps<P extends Pattern> {
  params: ParamsOf<P>
}

export interface FeatureRoute {
  path: Pattern
  /** Without it the page does not exist for this person: they see "not found". */
  permission: Permission | 'signed_in'
  component: LazyExoticComponent<ComponentType<{ params: Record<string, string> }>>
}

/**
 * One page of a feature, loaded when it is first opened:
 * `route(patterns.recordConsent, 'consent:record', () => import('./RecordConsentPage.tsx'))`.
 */
export function route<P extends Pattern>(
  path: P,
  permission: Permission | 'signed_in',
  load: () => Promise<{ default: ComponentType<PageProps<P>> }>,
): FeatureRoute {
  // The router gives each page exactly the parameters that its own pattern names.
  return { path, permission, component: lazy(load) as unknown as FeatureRoute['component'] }
}
