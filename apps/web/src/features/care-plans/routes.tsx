import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.carePlan, 'care_plan:read', () => import('./BuilderPage.tsx')),
  route(patterns.carePlanSigning, 'care_plan:sign', () => import('./SigningPage.tsx')),
]
