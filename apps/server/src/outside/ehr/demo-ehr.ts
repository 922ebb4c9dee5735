import { sha256 } from '../../kernel/ids.ts'
import type { EhrWriter } from './ehr-writer.ts'

/**
 * The demo clinic's EHR: takes what it is given and answers with a receipt that is the same for the same
 * identifier. A title with REFUSE in it is refused, so that the failure can be seen as well.
 */
export const demoEhr: EhrWriter = {
  name: 'Demo EHR',
  async write(resource) {
    const text = JSON.stringify(resource)
    if (text.includes('REFUSE')) throw new Error('The demo EHR refuses what says REFUSE.')
    return {
      receipt: `${String(resource.resourceType)}/demo-${sha256(JSON.stringify(resource.identifier ?? resource)).slice(0, 12)}`,
    }
  },
}
