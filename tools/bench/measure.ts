import { cpuUsage } from 'node:process'

export interface Figure {
  job: string
  what: string
  /** The job's figure with its unit, and the limit's measured in the same run. */
  value: string
  limit: string
  /** The median of the ratios of the pairs; null where no limit was measured. */
  ratio: number | null
  goal: string
}

/** Wall-clock milliseconds of one run. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** CPU milliseconds (user and system) of one run of this process: on a machine with other work to do, steadier than the clock. */
export async function cpuMilliseconds(work: () => unknown): Promise<number> {
  return (await cpuSeconds(work)) * 1000
}

/** CPU seconds (user and system) of one run of this process. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const began = cpuUsage()
  await work()
  const { user, system } = cpuUsage(began)
  return (user + system) / 1e6
}

/** Runs job and limit in turn and answers the medians and the median of the pair ratios (performance.md). */
export async function paired(
  times: number,
  job: () => Promise<number>,
  limit: () => Promise<number>,
): Promise<{ job: number; limit: number; ratio: number }> {
  const pairs: { job: number; limit: number }[] = []
  for (let run = 0; run < times; run++) pairs.push({ limit: await limit(), job: await job() })
  return {
    job: median(pairs.map((pair) => pair.job)),
    limit: median(pairs.map((pair) => pair.limit)),
    ratio: median(pairs.map((pair) => pair.job / pair.limit)),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)
}
