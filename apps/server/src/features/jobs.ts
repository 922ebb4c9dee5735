import type { Job } from '../jobs/worker.ts'
import { sendDueBatch } from './claims/index.ts'
import { sweepCoverage } from './coverage-sweeps/index.ts'
import { deliverNextEhrItem } from './documents/index.ts'
import { sendDueInquiry } from './inquiries/index.ts'
import { resumeNextClose } from './months/index.ts'
import { collectAnswers } from './remittances/index.ts'

/** Everything that happens by itself, in the order of a round. */
export const jobs: readonly Job[] = [
  { name: 'ehr.deliver', run: ({ app, step, now }) => deliverNextEhrItem(step, app.runner.outside.ehr, now) },
  { name: 'months.close', run: resumeNextClose },
  { name: 'claims.send', run: ({ app, step, now }) => sendDueBatch(step, app.runner.outside, now) },
  { name: 'inquiries.send', run: ({ app, step, now }) => sendDueInquiry(step, app.runner.outside, now) },
  { name: 'claims.collect', run: ({ app, step, now }) => collectAnswers(step, app.runner.outside.drops, now) },
  {
    name: 'coverage.sweep',
    run: ({ app, actor, step, now }) => sweepCoverage(step, app.runner.outside, actor.clinic.id, now),
  },
]
