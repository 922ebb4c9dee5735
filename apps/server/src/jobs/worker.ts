import type { App } from '../app.ts'
import type { Tx } from '../db/database.ts'
import type { Actor } from '../kernel/actor.ts'

/** What a job may use: the system as actor, one transaction a step, and the parties outside. */
export interface JobCtx {
  app: App
  actor: Actor
  now: Date
  step<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/**
 * Work that waits in a feature's own rows. `run` does one piece and says whether there was one; the rows
 * are the queue, so a job exists exactly when its deed does (docs/decisions/006-jobs-are-rows.md).
 */
export interface Job {
  name: string
  run(ctx: JobCtx): Promise<boolean>
}

/** The most pieces of one job that are done in a row before the others get their turn. */
const piecesInARow = 50

export interface Worker {
  /** Does everything that is due now, once through; answers how many pieces were done. */
  drain(): Promise<number>
  stop(): Promise<void>
}

/** Goes round all organizations and jobs every `everyMilliseconds`; one failing job never stops another. */
export function startWorker(
  app: App,
  jobs: readonly Job[],
  everyMilliseconds: number,
  onError: (job: string, error: Error) => void,
): Worker {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<number> = Promise.resolve(0)

  async function drain(): Promise<number> {
    let done = 0
    for (const tenantId of await app.organizations()) {
      const actor = await app.systemActor(tenantId)
      for (const job of jobs) {
        for (let piece = 0; piece < piecesInARow && !stopped; piece++) {
          try {
            const ctx: JobCtx = {
              app,
              actor,
              now: app.runner.clock.now(),
              step: (work) => app.runner.database.withTenant(tenantId, work),
            }
            if (!(await job.run(ctx))) break
            done++
          } catch (error) {
            onError(job.name, error as Error)
            break
          }
        }
      }
    }
    return done
  }

  function schedule(): void {
    if (stopped) return
    timer = setTimeout(() => {
      round = drain().catch((error: Error) => {
        onError('worker', error)
        return 0
      })
      void round.then(schedule)
    }, everyMilliseconds)
    timer.unref()
  }
  if (everyMilliseconds > 0) schedule()
  return {
    drain,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}
