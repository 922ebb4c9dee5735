import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.patients, 'patient:search', () => import('./PatientsPage.tsx')),
  route(patterns.patient, 'patient:read', () => import('./PatientPage.tsx')),
]
