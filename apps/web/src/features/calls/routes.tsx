import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.myMonth, 'month:progress', () => import('./MyMonthPage.tsx')),
  route(patterns.call, 'call:make', () => import('./CallWorkspacePage.tsx')),
]
