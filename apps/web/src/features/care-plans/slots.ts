import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'plan',
      title: 'Care plan',
      permission: 'care_plan:read',
      load: () => import('./PlanTab.tsx'),
    }),
  ],
  'call.side': [
    slotItem<'call.side'>({
      id: 'plan',
      title: 'Care plan',
      permission: 'care_plan:read',
      load: () => import('./PlanAside.tsx'),
    }),
  ],
}
