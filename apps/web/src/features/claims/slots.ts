import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'claims',
      title: 'Claims',
      permission: 'claim:read',
      load: () => import('./PatientClaimsTab.tsx'),
    }),
  ],
}
