import type { FeatureRoute } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = []
