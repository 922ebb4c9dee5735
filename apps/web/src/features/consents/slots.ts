import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.header': [
    slotItem<'patient.header'>({
      id: 'consent',
      title: 'Consent',
      permission: 'consent:read',
      load: () => import('./ConsentBadge.tsx'),
    }),
  ],
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'consent',
      title: 'Consent',
      permission: 'consent:read',
      load: () => import('./ConsentTab.tsx'),
    }),
  ],
  'patient.actions': [
    slotItem<'patient.actions'>({
      id: 'record-consent',
      title: 'Record consent',
      permission: 'consent:record',
      load: () => import('./RecordConsentButton.tsx'),
    }),
  ],
}
