import type { Job } from '../jobs/worker.ts'
import { deliverNextEhrItem } from './documents/index.ts'

/** Everything that happens by itself, in the order of a round. */
export const jobs: readonly Job[] = [
  { name: 'ehr.deliver', run: ({ app, step, now }) => deliverNextEhrItem(step, app.runner.outside.ehr, now) },
]
