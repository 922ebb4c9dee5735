import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const careManager: RoleManifest = {
  role: 'care_manager',
  home: () => paths.myMonth(),
  sentence: 'Finds and calls patients, keeps the care plan and the minutes.',
  nav: [nav.myMonth, nav.eligible, nav.today, nav.outreach, nav.patients, nav.tasks, nav.knowledge],
  slots: {
    'patient.header': [from.consents, from.eligibility, from.minutes],
    'patient.tabs': [
      from.patients,
      from.enrollments,
      from.carePlans,
      from.consents,
      from.minutes,
      from.calls,
      from.documents,
    ],
    'patient.actions': [from.calls, from.minutes, from.enrollments, from.consents, from.carePlans],
    'today.cards': [from.outreach],
    'call.side': [from.patients, from.carePlans, from.tasks],
    dock: [from.minutes],
  },
}
