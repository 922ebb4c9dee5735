import { patterns } from '../../paths.ts'
import { type FeatureRoute, route } from '../../shell/slots.tsx'

export const routes: readonly FeatureRoute[] = [
  route(patterns.payments, 'remittance:read', () => import('./PaymentsPage.tsx')),
  route(patterns.paperRemittance, 'remittance:post', () => import('./PaperPage.tsx')),
  route(patterns.receivables, 'remittance:read', () => import('./ReceivablesPage.tsx')),
  route(patterns.remittance, 'remittance:read', () => import('./RemittancePage.tsx')),
]
