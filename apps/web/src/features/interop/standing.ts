import type { ImportSummary } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

/** The outcome of an import in a word. */
export function importStanding(one: Pick<ImportSummary, 'status' | 'dryRun' | 'errors'>): {
  state: State
  word: string
  why?: string
} {
  if (one.status === 'running') return { state: 'info', word: 'Running' }
  if (one.status === 'failed')
    return {
      state: 'stop',
      word: 'Failed',
      why: 'It broke off on our side. Run the same file again; what is in stays in.',
    }
  if (one.status === 'stopped')
    return {
      state: 'attention',
      word: 'Stopped',
      why: 'The server ended meanwhile. Run the same file again; what is in stays in.',
    }
  if (one.dryRun) return { state: 'neutral', word: 'Only looked' }
  return one.errors === 0 ? { state: 'good', word: 'Done' } : { state: 'attention', word: 'Done, with faults' }
}
