import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.claims, 'claim:read', () => import('./ClaimsPage.tsx')),
  route(patterns.claim, 'claim:read', () => import('./ClaimPage.tsx')),
  route(patterns.batch, 'claim:read', () => import('./BatchPage.tsx')),
]
