import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'chart',
      title: 'Chart',
      permission: 'patient:chart',
      load: () => import('./ChartTab.tsx'),
    }),
  ],
  'patient.actions': [
    slotItem<'patient.actions'>({
      id: 'add-coverage',
      title: 'Write down coverage',
      permission: 'coverage:capture',
      load: () => import('./AddCoverageButton.tsx'),
    }),
  ],
  'call.side': [
    slotItem<'call.side'>({
      id: 'chart',
      title: 'Chart',
      permission: 'patient:chart',
      load: () => import('./ChartPanel.tsx'),
    }),
  ],
}
