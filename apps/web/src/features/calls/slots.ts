import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'calls',
      title: 'Calls',
      permission: 'call:read',
      load: () => import('./CallsTab.tsx'),
    }),
  ],
  'patient.actions': [
    slotItem<'patient.actions'>({
      id: 'call',
      title: 'Call',
      permission: 'call:make',
      load: () => import('./CallButton.tsx'),
    }),
  ],
}
