import * as deeds from './enrollments.actions.ts'

export {
  type AttestationRow,
  attestationOn,
  type DecisionRow,
  type Enrollment,
  listDecisions,
  readEnrollment,
  readEnrollmentBetween,
  readRecordedVisit,
  type VisitRow,
} from './enrollments.store.ts'
export { isEnrolledOn } from './enrollments.ts'
export { listCaseload, statusOf } from './enrollments.views.ts'

export const handlers = {
  'enrollments.status': deeds.status,
  'enrollments.evidence': deeds.evidence,
  'enrollments.attest': deeds.attest,
  'enrollments.visits': deeds.visits,
  'enrollments.recordVisit': deeds.recordVisit,
  'enrollments.askForVisit': deeds.askForVisit,
  'enrollments.enroll': deeds.enroll,
  'enrollments.end': deeds.end,
  'enrollments.withdraw': deeds.withdraw,
  'enrollments.assign': deeds.assign,
  'enrollments.caseload': deeds.caseload,
  'enrollments.awaiting': deeds.awaiting,
  'enrollments.decisions': deeds.decisions,
  'enrollments.recordDecision': deeds.recordDecision,
}
