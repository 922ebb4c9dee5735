import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const provider: RoleManifest = {
  role: 'provider',
  home: () => paths.inbox(),
  sentence: 'Signs care plans, decides, attests conditions and enrolls.',
  nav: [nav.inbox, nav.eligible, nav.today, nav.myMonth, nav.patients, nav.outreach, nav.tasks, nav.knowledge],
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
    'patient.actions': [from.minutes, from.enrollments, from.consents, from.carePlans],
    'today.cards': [from.eligibility],
    'call.side': [from.patients, from.carePlans],
    dock: [from.minutes],
  },
}
