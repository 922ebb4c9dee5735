import { costSharingKnown, priceKnown } from '../ccm/money.ts'
import { monthRules } from '../ccm/rules.ts'
import { besideCcm, sameMonthMatrix } from '../ccm/same-month.ts'
import { gpci2026 } from '../data/gpci-2026.gen.ts'
import { dataFiles } from '../data/manifest.gen.ts'
import { pfs2026 } from '../data/pfs-2026.gen.ts'
import { denialCauses } from '../denials/causes.ts'
import { chronicGroups } from '../eligibility/groups.ts'
import { riskRubric } from '../eligibility/risk.ts'
import { snomedMap } from '../eligibility/snomed.ts'
import { programPairs } from '../programs/pairs.ts'
import { programs } from '../programs/programs.ts'
import { activities } from '../values/activities.ts'
import { carePlanElements } from '../values/care-plan.ts'
import { ccmCodes } from '../values/ccm/codes.ts'
import { consent } from '../values/consent.ts'
import { credentials } from '../values/credentials.ts'
import { switches } from '../values/switches.ts'
import { allValues } from './dated.ts'
import { allRules } from './rule.ts'
import { sha256 } from './sha256.ts'

/** Raised by hand with every change of what a rule decides. */
export const bookVersion = '2026.11.5'

/** JSON with sorted keys: the same content is the same text, whatever the order of writing. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

const byKey = <T>(list: readonly T[], key: (one: T) => string): T[] =>
  [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1))

/** Hash over everything in the book that is data: values, rules with their branches, dates and law, and tables. */
export const bookHash: string = sha256(
  canonical({
    version: bookVersion,
    values: byKey(allValues(), (value) => value.key),
    rules: byKey(allRules(), (one) => one.id),
    order: [...monthRules.map((one) => one.id), besideCcm.id, priceKnown.id, costSharingKnown.id],
    tables: {
      activities,
      carePlanElements,
      ccmCodes,
      chronicGroups,
      consent,
      credentials,
      dataFiles,
      denialCauses,
      gpci2026,
      pfs2026,
      programPairs,
      programs,
      riskRubric,
      sameMonthMatrix,
      switches: switches.map(({ byDefault, ...row }) => ({ ...row, byDefault: byDefault.key })),
      snomed: byKey([...snomedMap.values()], (row) => row.code),
    },
  }),
)
