import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.today, 'outreach:record', () => import('./TodayPage.tsx')),
  route(patterns.outreach, 'outreach:read', () => import('./OutreachPage.tsx')),
]
