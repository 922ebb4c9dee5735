import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.imports, 'import:read', () => import('./ImportsPage.tsx')),
  route(patterns.import, 'import:read', () => import('./ImportPage.tsx')),
]
