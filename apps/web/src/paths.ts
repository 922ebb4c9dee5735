/**
 * Every address of the staff application. A pattern is what the router matches; `paths` makes the address to
 * link to. Addresses never carry protected health information: ids only, and filters that name no person.
 */
export const patterns = {
  signIn: '/sign-in',
  invitation: '/invitation',
  today: '/today',
  outreach: '/outreach',
  patients: '/patients',
  patient: '/patients/:patientId',
  recordConsent: '/patients/:patientId/consent',
  eligible: '/eligible',
  myMonth: '/my-month',
  call: '/calls/:patientId',
  inbox: '/inbox',
  carePlan: '/care-plans/:planId',
  carePlanSigning: '/care-plans/:planId/signing',
  tasks: '/tasks',
  month: '/months/:month',
  coverage: '/coverage',
  claims: '/claims',
  claim: '/claims/:claimId',
  batch: '/batches/:batchId',
  payments: '/payments',
  paperRemittance: '/payments/paper',
  remittance: '/remittances/:remittanceId',
  receivables: '/receivables',
  denials: '/denials',
  denial: '/denials/:denialId',
  edits: '/edits',
  codeLists: '/code-lists',
  codeList: '/code-lists/:editionId',
  payers: '/payers',
  payer: '/payers/:payerId',
  controlRoom: '/control-room',
  staffing: '/staffing',
  timeApprovals: '/time-approvals',
  imports: '/imports',
  import: '/imports/:importId',
  settings: '/settings',
  audit: '/audit',
  users: '/users',
  onCall: '/on-call',
  onCallPatient: '/on-call/:patientId',
  knowledge: '/knowledge',
} as const

export type Pattern = (typeof patterns)[keyof typeof patterns]

/** The names of the parameters in a pattern, as the page of that pattern receives them. */
export type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & ParamsOf<Rest>
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown

/** Filters, tab and open dialog: what stands behind the question mark. Empty values are left out. */
export type Search = Record<string, string | number | boolean | null | undefined>

export const patientTabs = ['overview', 'chart', 'program', 'consent', 'plan', 'minutes', 'calls', 'claims'] as const
export type PatientTab = (typeof patientTabs)[number]

/** Fills a pattern: parameters are escaped, empty search values left out. */
export function fill(pattern: Pattern, params: Record<string, string> = {}, search: Search = {}): string {
  const path = pattern.replace(/:([A-Za-z]+)/g, (_whole, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`${pattern} needs ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value === null || value === undefined || value === '' || value === false) continue
    query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

export const paths = {
  signIn: (search?: { next?: string }) => fill(patterns.signIn, {}, search),
  invitation: (search?: { token?: string }) => fill(patterns.invitation, {}, search),
  today: (search?: Search) => fill(patterns.today, {}, search),
  outreach: (search?: Search) => fill(patterns.outreach, {}, search),
  patients: (search?: Search) => fill(patterns.patients, {}, search),
  patient: (patientId: string, tab?: PatientTab, search?: Search) =>
    fill(patterns.patient, { patientId }, { tab, ...search }),
  recordConsent: (patientId: string, search?: Search) => fill(patterns.recordConsent, { patientId }, search),
  eligible: (search?: Search) => fill(patterns.eligible, {}, search),
  myMonth: (search?: Search) => fill(patterns.myMonth, {}, search),
  call: (patientId: string, search?: Search) => fill(patterns.call, { patientId }, search),
  inbox: (search?: Search) => fill(patterns.inbox, {}, search),
  carePlan: (planId: string, search?: Search) => fill(patterns.carePlan, { planId }, search),
  carePlanSigning: (planId: string, search?: Search) => fill(patterns.carePlanSigning, { planId }, search),
  tasks: (search?: Search) => fill(patterns.tasks, {}, search),
  month: (month: string, search?: Search) => fill(patterns.month, { month }, search),
  coverage: (search?: Search) => fill(patterns.coverage, {}, search),
  claims: (search?: Search) => fill(patterns.claims, {}, search),
  claim: (claimId: string, search?: Search) => fill(patterns.claim, { claimId }, search),
  batch: (batchId: string, search?: Search) => fill(patterns.batch, { batchId }, search),
  payments: (search?: Search) => fill(patterns.payments, {}, search),
  paperRemittance: (search?: Search) => fill(patterns.paperRemittance, {}, search),
  remittance: (remittanceId: string, search?: Search) => fill(patterns.remittance, { remittanceId }, search),
  receivables: (search?: Search) => fill(patterns.receivables, {}, search),
  denials: (search?: Search) => fill(patterns.denials, {}, search),
  denial: (denialId: string, search?: Search) => fill(patterns.denial, { denialId }, search),
  edits: (search?: Search) => fill(patterns.edits, {}, search),
  codeLists: (search?: Search) => fill(patterns.codeLists, {}, search),
  codeList: (editionId: string, search?: Search) => fill(patterns.codeList, { editionId }, search),
  payers: (search?: Search) => fill(patterns.payers, {}, search),
  payer: (payerId: string, search?: Search) => fill(patterns.payer, { payerId }, search),
  controlRoom: (search?: Search) => fill(patterns.controlRoom, {}, search),
  staffing: (search?: Search) => fill(patterns.staffing, {}, search),
  timeApprovals: (search?: Search) => fill(patterns.timeApprovals, {}, search),
  imports: (search?: Search) => fill(patterns.imports, {}, search),
  import: (importId: string, search?: Search) => fill(patterns.import, { importId }, search),
  settings: (search?: Search) => fill(patterns.settings, {}, search),
  audit: (search?: Search) => fill(patterns.audit, {}, search),
  users: (search?: Search) => fill(patterns.users, {}, search),
  onCall: (search?: Search) => fill(patterns.onCall, {}, search),
  onCallPatient: (patientId: string, search?: Search) => fill(patterns.onCallPatient, { patientId }, search),
  knowledge: (search?: Search) => fill(patterns.knowledge, {}, search),
}
