import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.codeLists, 'rule:read', () => import('./CodeListsPage.tsx')),
  route(patterns.codeList, 'rule:read', () => import('./EditionPage.tsx')),
]
