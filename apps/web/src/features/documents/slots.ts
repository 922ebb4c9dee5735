import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'documents',
      title: 'Documents',
      permission: 'document:read',
      load: () => import('./DocumentsTab.tsx'),
    }),
  ],
}
