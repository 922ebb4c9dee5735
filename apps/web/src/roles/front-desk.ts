import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const frontDesk: RoleManifest = {
  role: 'front_desk',
  home: () => paths.today(),
  sentence: 'Introduces the program at check-in, records consent and checks coverage.',
  nav: [nav.today, nav.outreach, nav.patients, nav.tasks],
  slots: {
    'patient.header': [from.consents, from.eligibility],
    'patient.tabs': [from.patients, from.consents, from.documents],
    'patient.actions': [from.outreach, from.consents],
    'today.cards': [from.outreach, from.consents],
  },
}
