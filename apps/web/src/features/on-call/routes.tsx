import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.onCall, 'on_call:search', () => import('./OnCallPage.tsx')),
  route(patterns.onCallPatient, 'on_call:open', () => import('./OnCallRecordPage.tsx')),
]
