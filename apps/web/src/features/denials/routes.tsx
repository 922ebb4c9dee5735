import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.denials, 'remittance:read', () => import('./DenialsPage.tsx')),
  route(patterns.denial, 'remittance:read', () => import('./DenialPage.tsx')),
]
