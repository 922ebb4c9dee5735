import { type FeatureSlots, slotItem } from '../../shell/slots.tsx'

export const slots: FeatureSlots = {
  'patient.header': [
    slotItem<'patient.header'>({
      id: 'minutes',
      title: 'Minutes of the month',
      permission: 'minutes:read',
      load: () => import('./MinutesBadge.tsx'),
    }),
  ],
  'patient.tabs': [
    slotItem<'patient.tabs'>({
      id: 'minutes',
      title: 'Minutes',
      permission: 'minutes:read',
      load: () => import('./MinutesTab.tsx'),
    }),
  ],
  'patient.actions': [
    slotItem<'patient.actions'>({
      id: 'start-timer',
      title: 'Start timer',
      permission: 'minutes:log',
      load: () => import('./StartTimerButton.tsx'),
    }),
  ],
  dock: [
    slotItem<'dock'>({
      id: 'timer',
      title: 'Running timer',
      permission: 'minutes:log',
      load: () => import('./TimerDock.tsx'),
    }),
  ],
}
