import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const auditor: RoleManifest = {
  role: 'auditor',
  home: () => paths.patients(),
  sentence: 'Reads everything and changes nothing.',
  nav: [
    nav.patients,
    nav.audit,
    nav.month,
    nav.coverage,
    nav.claims,
    nav.payments,
    nav.denials,
    nav.receivables,
    nav.controlRoom,
    nav.outreach,
    nav.staffing,
    nav.imports,
    nav.knowledge,
  ],
  slots: {
    'patient.header': [from.consents, from.eligibility, from.minutes],
    'patient.tabs': [
      from.patients,
      from.enrollments,
      from.carePlans,
      from.consents,
      from.minutes,
      from.calls,
      from.claims,
      from.documents,
    ],
  },
}
