/** The seats of the product. A person may hold several; what a seat may do is the table below and nowhere else. */
export const roles = [
  'front_desk',
  'care_manager',
  'provider',
  'biller',
  'ccm_manager',
  'on_call',
  'admin',
  'auditor',
] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  front_desk: 'Front desk',
  care_manager: 'Care manager',
  provider: 'Provider',
  biller: 'Biller',
  ccm_manager: 'CCM manager',
  on_call: 'On call',
  admin: 'Administrator',
  auditor: 'Auditor',
}

const grants = {
  front_desk: [
    'patient:search', 'patient:read', 'patient:contact', 'coverage:read', 'coverage:capture', 'eligibility:check',
    'outreach:read', 'outreach:record', 'consent:read', 'consent:record', 'document:read', 'document:write',
    'task:read', 'task:create', 'task:work', 'clinic:read',
  ],
  care_manager: [
    'patient:search', 'patient:read', 'patient:contact', 'patient:chart', 'coverage:read', 'eligibility:read',
    'eligibility:check', 'outreach:read', 'outreach:record', 'consent:read', 'consent:record', 'consent:revoke',
    'enrollment:read', 'enrollment:prepare', 'enrollment:end', 'care_plan:read', 'care_plan:write', 'care_plan:give_copy', 'minutes:read',
    'minutes:log', 'call:read', 'call:make', 'document:read', 'document:write', 'task:read', 'task:create',
    'task:work', 'month:progress', 'clinic:read', 'rule:read',
  ],
  provider: [
    'patient:search', 'patient:read', 'patient:contact', 'patient:chart', 'coverage:read', 'eligibility:read',
    'eligibility:prioritize', 'outreach:read', 'outreach:record', 'consent:read', 'consent:record',
    'consent:revoke', 'enrollment:read', 'enrollment:prepare', 'enrollment:attest', 'enrollment:enroll', 'enrollment:end',
    'care_plan:read', 'care_plan:write', 'care_plan:sign', 'care_plan:give_copy', 'minutes:read', 'minutes:log',
    'call:read', 'call:make', 'decision:record', 'document:read', 'task:read', 'task:create', 'task:work',
    'month:progress', 'clinic:read', 'rule:read',
  ],
  biller: [
    'patient:search', 'patient:read', 'coverage:read', 'coverage:capture', 'coverage:write', 'eligibility:check', 'consent:read',
    'enrollment:read', 'minutes:read', 'month:progress', 'month:read', 'month:close', 'claim:read', 'claim:send',
    'remittance:read', 'remittance:post', 'revenue:read', 'document:read', 'task:read', 'task:create', 'task:work',
    'clinic:read', 'rule:read',
  ],
  ccm_manager: [
    'patient:search', 'patient:read', 'coverage:read', 'outreach:read', 'consent:read', 'enrollment:read',
    'enrollment:assign', 'eligibility:read', 'minutes:read', 'minutes:approve', 'month:progress', 'month:read',
    'month:close', 'correction:resolve', 'claim:read', 'remittance:read', 'revenue:read', 'metrics:read',
    'staffing:read', 'staffing:manage', 'import:read', 'import:run', 'clinic:read', 'clinic:configure',
    'break_glass:review', 'audit:read', 'document:read', 'task:read', 'task:create', 'task:work', 'rule:read',
  ],
  on_call: [
    'on_call:search', 'on_call:open', 'on_call:note', 'minutes:log', 'task:create', 'clinic:read',
  ],
  admin: [
    'user:manage', 'clinic:read', 'clinic:configure', 'staffing:read', 'staffing:manage', 'import:read',
    'import:run', 'rule:read',
  ],
  auditor: [
    'patient:search', 'patient:read', 'patient:chart', 'coverage:read', 'outreach:read', 'consent:read',
    'enrollment:read', 'care_plan:read', 'minutes:read', 'call:read', 'month:progress', 'month:read', 'claim:read',
    'remittance:read', 'revenue:read', 'metrics:read', 'staffing:read', 'import:read', 'audit:read',
    'document:read', 'clinic:read', 'rule:read',
  ],
} as const satisfies Record<Role, readonly string[]>

export type Permission = (typeof grants)[Role][number]

const granted: Record<Role, ReadonlySet<string>> = Object.fromEntries(
  roles.map((role) => [role, new Set<string>(grants[role])]),
) as never

/** Whether any of the seats held grants the permission. Deny is the default: what is not in the table is refused. */
export function isGranted(held: readonly Role[], permission: Permission): boolean {
  return held.some((role) => granted[role].has(permission))
}

/** Every permission of the seats held, for the navigation and for greying buttons. */
export function permissionsOf(held: readonly Role[]): Permission[] {
  return [...new Set(held.flatMap((role) => [...grants[role]]))]
}

/** Every permission that exists, for the walks. */
export const permissions: readonly Permission[] = [...new Set(roles.flatMap((role) => [...grants[role]]))]
