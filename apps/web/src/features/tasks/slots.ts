import type { FeatureSlots } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {}
