import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'program',
      title: 'Enrollment',
      permission: 'enrollment:read',
      load: () => import('./EnrollmentTab.tsx'),
    }),
  ],
  'patient.actions': [
    slotItem<'patient.actions'>({
      id: 'enrollment-next',
      title: 'Next step of enrollment',
      permission: 'enrollment:read',
      load: () => import('./NextStepButton.tsx'),
    }),
  ],
}
