import type { Case } from './case.ts'
import { claimCases } from './ccm/claim.ts'
import { consentCases } from './ccm/consent.ts'
import { patientCases } from './ccm/patient.ts'
import { practiceCases } from './ccm/practice.ts'
import { timeCases } from './ccm/time.ts'

/** Every case of the book. */
export const allCases: readonly Case[] = [
  ...patientCases,
  ...consentCases,
  ...practiceCases,
  ...timeCases,
  ...claimCases,
]
