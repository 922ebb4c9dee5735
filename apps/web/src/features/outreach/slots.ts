import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.actions': [
    slotItem<'patient.actions'>({
      id: 'talk',
      title: 'Talk about the program',
      permission: 'outreach:record',
      load: () => import('./TalkButton.tsx'),
    }),
  ],
  'today.cards': [
    slotItem<'today.cards'>({
      id: 'desk',
      title: 'Forms and brochures',
      permission: 'outreach:read',
      load: () => import('./DeskCards.tsx'),
    }),
  ],
}
