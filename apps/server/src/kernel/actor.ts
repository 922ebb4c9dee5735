import type { Role } from '@keepwell/contract'

/** Who does a deed, for which organization and in which clinic. The system acts with no id and no seat. */
export interface Actor {
  id: string | null
  name: string
  roles: readonly Role[]
  tenantId: string
  clinic: { id: string; name: string; timeZone: string; phone: string }
  /** True for jobs and the command line, which do the deeds of the contract without a seat. */
  system: boolean
}
