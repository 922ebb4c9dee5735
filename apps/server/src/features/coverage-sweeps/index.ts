import * as deeds from './coverage-sweeps.actions.ts'

export { sweepCoverage } from './sweep-coverage.ts'

export const handlers = {
  'coverageSweeps.standing': deeds.standing,
  'coverageSweeps.unanswered': deeds.unanswered,
  'coverageSweeps.start': deeds.start,
  'coverageSweeps.changes': deeds.changes,
  'coverageSweeps.look': deeds.look,
}
