import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const biller: RoleManifest = {
  role: 'biller',
  home: ({ month }) => paths.month(month),
  sentence: 'Closes the month, sends claims, posts payments and works denials.',
  nav: [
    nav.month,
    nav.coverage,
    nav.claims,
    nav.payments,
    nav.denials,
    nav.receivables,
    nav.patients,
    nav.tasks,
    nav.codeLists,
    nav.knowledge,
  ],
  slots: {
    'patient.header': [from.eligibility, from.consents],
    'patient.tabs': [from.patients, from.enrollments, from.claims, from.minutes, from.consents, from.documents],
    'patient.actions': [from.patients],
  },
}
