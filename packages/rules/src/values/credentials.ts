import { type Source, sources } from '../sources.ts'

/**
 * Who a credential makes somebody. Clinical: the minutes may count. May bill: may be the billing practitioner
 * of chronic care management. Which tasks a licence allows is state law and stays with the clinic.
 */
export interface CredentialRow {
  readonly id: string
  readonly label: string
  readonly clinical: boolean
  readonly mayBill: boolean
  readonly law: readonly Source[]
}

const billing = (id: string, label: string): CredentialRow => ({
  id,
  label,
  clinical: true,
  mayBill: true,
  law: [sources.mbAndC, sources.mln909188],
})
const clinical = (id: string, label: string): CredentialRow => ({
  id,
  label,
  clinical: true,
  mayBill: false,
  law: [sources.cfr41026, sources.timedoc],
})
const notClinical = (id: string, label: string): CredentialRow => ({
  id,
  label,
  clinical: false,
  mayBill: false,
  law: [sources.timedoc],
})

export const credentials = [
  billing('MD', 'Physician (MD)'),
  billing('DO', 'Physician (DO)'),
  billing('NP', 'Nurse practitioner'),
  billing('PA', 'Physician assistant'),
  billing('CNS', 'Clinical nurse specialist'),
  billing('CNM', 'Certified nurse midwife'),
  clinical('RN', 'Registered nurse'),
  clinical('LPN', 'Licensed practical nurse'),
  clinical('LVN', 'Licensed vocational nurse'),
  clinical('MA', 'Medical assistant'),
  clinical('CMA', 'Certified medical assistant'),
  clinical('RMA', 'Registered medical assistant'),
  clinical('CNA', 'Certified nursing assistant'),
  clinical('PharmD', 'Pharmacist'),
  clinical('RPh', 'Registered pharmacist'),
  clinical('CPhT', 'Pharmacy technician'),
  clinical('LCSW', 'Licensed clinical social worker'),
  clinical('LMSW', 'Licensed master social worker'),
  clinical('MSW', 'Medical social worker'),
  clinical('RD', 'Registered dietitian'),
  clinical('CDCES', 'Certified diabetes educator'),
  clinical('RT', 'Respiratory therapist'),
  clinical('PT', 'Physical therapist'),
  clinical('OT', 'Occupational therapist'),
  clinical('PhD', 'Psychologist'),
  notClinical('CHW', 'Community health worker'),
  notClinical('SCHEDULER', 'Scheduler'),
  notClinical('FRONT_DESK', 'Front desk'),
  notClinical('BILLER', 'Biller'),
  notClinical('ADMIN', 'Administrative staff'),
  notClinical('INTERPRETER', 'Interpreter'),
  notClinical('NONE', 'No credential'),
] as const satisfies readonly CredentialRow[]

/** A known credential, or any other text a clinic uses; other texts are unknown to the book and never count. */
export type Credential = string

const byId = new Map<string, CredentialRow>(credentials.map((row) => [row.id.toUpperCase(), row]))

/** The row of a credential, upper and lower case alike; undefined where the book does not know it. */
export function credentialRow(credential: string): CredentialRow | undefined {
  return byId.get(credential) ?? byId.get(credential.trim().toUpperCase().replaceAll('.', ''))
}
