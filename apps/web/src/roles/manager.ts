import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const manager: RoleManifest = {
  role: 'ccm_manager',
  home: () => paths.controlRoom(),
  sentence: 'Oversees the program: funnel, workload, compliance and money.',
  nav: [
    nav.controlRoom,
    nav.month,
    nav.eligible,
    nav.outreach,
    nav.patients,
    nav.coverage,
    nav.claims,
    nav.payments,
    nav.denials,
    nav.receivables,
    nav.staffing,
    nav.timeApprovals,
    nav.tasks,
    nav.imports,
    nav.codeLists,
    nav.settings,
    nav.audit,
    nav.knowledge,
  ],
  slots: {
    'patient.header': [from.consents, from.eligibility, from.minutes],
    'patient.tabs': [from.patients, from.enrollments, from.minutes, from.consents, from.claims, from.documents],
    'patient.actions': [from.enrollments],
  },
}
