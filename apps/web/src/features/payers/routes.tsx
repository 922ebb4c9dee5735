import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.payers, 'claim:read', () => import('./PayersPage.tsx')),
  route(patterns.payer, 'claim:read', () => import('./PayerPage.tsx')),
]
