import type { Rule } from '../book/rule.ts'
import { access24x7 } from './access.ts'
import { carePlanApproved } from './care-plan.ts'
import { carePlanCopyGiven } from './care-plan-copy.ts'
import { twoConditions, twoDiagnoses } from './conditions.ts'
import { consentForm } from './consent-form.ts'
import { consentInForce } from './consent-in-force.ts'
import { consentTold } from './consent-told.ts'
import { designatedCareManager } from './continuity.ts'
import { patientAlive } from './death.ts'
import { complexDecisionMaking } from './decision-making.ts'
import { familyChoice } from './family-choice.ts'
import { hospiceSettled } from './hospice.ts'
import { initiatingVisit } from './initiating-visit.ts'
import { otherServicesKnown, staysKnown, timeKnown } from './known-facts.ts'
import { notMedicareAdvantage } from './medicare-advantage.ts'
import type { MonthView } from './month-view.ts'
import { practitionerNpi } from './npi.ts'
import { medicareIsPrimary } from './other-primary.ts'
import { partBActive } from './part-b.ts'
import { placeOfService } from './place.ts'
import { planningAddOn } from './planning-add-on.ts'
import { practitionerMayBill } from './practitioner.ts'
import { programChoice } from './program-choice.ts'
import { timeEnough } from './time-enough.ts'
import { timelyFiling } from './timely-filing.ts'
import { visitDayMinutes } from './visit-day.ts'

/** The rules asked of every month, in the order in which a biller reads them. */
export const monthRules: ReadonlyArray<Rule<MonthView>> = [
  programChoice,
  patientAlive,
  partBActive,
  notMedicareAdvantage,
  medicareIsPrimary,
  hospiceSettled,
  practitionerMayBill,
  practitionerNpi,
  twoConditions,
  twoDiagnoses,
  initiatingVisit,
  consentForm,
  consentTold,
  consentInForce,
  carePlanApproved,
  carePlanCopyGiven,
  access24x7,
  designatedCareManager,
  placeOfService,
  timelyFiling,
  planningAddOn,
  staysKnown,
  otherServicesKnown,
  timeKnown,
  visitDayMinutes,
  timeEnough,
  complexDecisionMaking,
  familyChoice,
]
