import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.header': [
    slotItem<'patient.header'>({
      id: 'eligibility',
      title: 'Program status',
      permission: 'coverage:read',
      load: () => import('./EligibilityBadge.tsx'),
    }),
  ],
  'today.cards': [
    slotItem<'today.cards'>({
      id: 'discuss-today',
      title: 'Discuss today',
      permission: 'eligibility:prioritize',
      load: () => import('./DiscussTodayCard.tsx'),
    }),
  ],
}
