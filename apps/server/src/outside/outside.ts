import type { ClaimDrop } from './clearinghouse/claim-drop.ts'
import type { EhrWriter } from './ehr/ehr-writer.ts'
import type { EligibilityService } from './eligibility/eligibility-service.ts'

/** The parties outside the clinic that the product speaks to, each behind an interface. */
export interface Outside {
  eligibility: EligibilityService
  ehr: EhrWriter
  /** Where claim files go by channel; `download` needs nobody. */
  drops: { sftp: ClaimDrop | null; simulator: ClaimDrop | null }
}
