import type { Source } from '../sources.ts'
import { lastDayOf, type Month } from '../time.ts'
import type { Fix } from '../verdict.ts'
import { type Dated, entryOn, isStale, OutOfForce } from './dated.ts'

export type FindingStatus = 'pass' | 'block' | 'hold' | 'unknown' | 'info'

/** How a decision can be cleared. late = the step also helps after the month is over; forgoes = it costs another payment. */
export type Cure = Omit<Fix, 'id'> & { readonly late?: boolean; readonly forgoes?: boolean }

export interface Decision {
  readonly status: FindingStatus
  readonly sentence: string
  readonly cures: readonly Cure[]
}

export interface ValueUsed {
  readonly key: string
  readonly value: unknown
  readonly unit: string
  readonly from: string
  readonly source: string
  readonly checkedThrough: string
}

/** One answer of the book: which rule and branch gave it, by which law, from which facts and values, in one plain sentence. */
export interface Finding {
  readonly rule: string
  readonly branch: string
  readonly law: readonly Source[]
  readonly month: Month
  readonly status: FindingStatus
  readonly sentence: string
  /** Empty in a plain verdict. */
  readonly facts: Readonly<Record<string, unknown>>
  /** Empty in a plain verdict. */
  readonly values: readonly ValueUsed[]
  /** True where a value it rests on was not compared for this month. */
  readonly stale?: boolean
}

export interface Branch<F> {
  readonly id: string
  /** First month in force. */
  readonly from: Month
  /** First month no longer in force. */
  readonly until?: Month | undefined
  readonly law: readonly Source[]
  /** An exception applies only where this holds. */
  readonly when?: ((facts: F, month: Month) => boolean) | undefined
  readonly decide: (facts: F, month: Month) => Decision
}

export interface Rule<F> {
  readonly id: string
  /** The question, as a person would ask it. */
  readonly asks: string
  readonly base: Branch<F>
  readonly exceptions: ReadonlyArray<Branch<F>>
  /** Values the answer rests on. */
  readonly values: ReadonlyArray<Dated<unknown>>
  /** The day on which those values are read; default the end of the service month. */
  readonly valuedOn?: ((facts: F) => string) | undefined
  /** The facts the answer rests on, for the proof. */
  readonly reads: (facts: F) => Readonly<Record<string, unknown>>
}

/** Two exceptions of one rule both claim the case. */
export class RuleConflict extends Error {
  override readonly name = 'RuleConflict'
}

const every: Array<Rule<never>> = []

/** Registers a rule of the book; ids are unique. */
export function rule<F>(
  spec: Omit<Rule<F>, 'exceptions' | 'values'> & Partial<Pick<Rule<F>, 'exceptions' | 'values'>>,
): Rule<F> {
  if (every.some((known) => known.id === spec.id)) throw new Error(`two rules are called ${spec.id}`)
  const { id, asks, base, exceptions = [], values = [], valuedOn, reads } = spec
  const complete: Rule<F> = {
    id,
    asks,
    base: evenly(base),
    exceptions: exceptions.map(evenly),
    values,
    valuedOn,
    reads,
  }
  every.push(complete)
  return complete
}

/** Every verdict reads every rule, and objects with the same keys in the same order are read several times faster. */
function evenly<F>({ id, from, until, law, when, decide }: Branch<F>): Branch<F> {
  return { id, from, until, law, when, decide }
}

/** What can be said of any rule without its facts: the register, the pages and the hash need no more. */
export interface RuleSummary {
  readonly id: string
  readonly asks: string
  readonly branches: ReadonlyArray<{
    readonly id: string
    readonly from: Month
    readonly until?: Month
    readonly exception: boolean
    readonly law: readonly Source[]
  }>
  readonly values: readonly string[]
}

/** Every registered rule, in the order of loading. */
export function allRules(): RuleSummary[] {
  return every.map((one) => ({
    id: one.id,
    asks: one.asks,
    branches: [one.base, ...one.exceptions].map((branch, index) => ({
      id: branch.id,
      from: branch.from,
      ...(branch.until === undefined ? {} : { until: branch.until }),
      exception: index > 0,
      law: branch.law,
    })),
    values: one.values.map((value) => value.key),
  }))
}

function inForce<F>(branch: Branch<F>, month: Month): boolean {
  return branch.from <= month && (branch.until === undefined || month < branch.until)
}

/**
 * The one branch that answers for a month.
 * @throws RuleConflict where two exceptions apply, OutOfForce where no text is law in the month
 */
export function branchFor<F>(one: Rule<F>, facts: F, month: Month): Branch<F> {
  let hit: Branch<F> | undefined
  for (const exception of one.exceptions) {
    if (!inForce(exception, month) || (exception.when && !exception.when(facts, month))) continue
    if (hit) throw new RuleConflict(`${one.id}: ${hit.id} and ${exception.id} both apply in ${month}`)
    hit = exception
  }
  const branch = hit ?? one.base
  if (!inForce(branch, month)) throw new OutOfForce(`${one.id} is not law in ${month}`)
  return branch
}

/** Values of a rule as they stood, for the proof. */
export function valuesUsed(values: ReadonlyArray<Dated<unknown>>, on: string): ValueUsed[] {
  const used: ValueUsed[] = []
  for (const value of values) {
    const entry = entryOn(value, on)
    if (!entry) continue
    used.push({
      key: value.key,
      value: entry.value,
      unit: value.unit,
      from: entry.from,
      source: entry.source.id,
      checkedThrough: value.checkedThrough,
    })
  }
  return used
}

export const NO_FACTS: Readonly<Record<string, unknown>> = Object.freeze({})
export const NO_VALUES: readonly ValueUsed[] = Object.freeze([])

interface Resting {
  readonly on: string
  readonly values: readonly ValueUsed[]
  readonly stale: boolean
}

/** What a rule rests on in a month is the same for every patient, so it is worked out once. */
const resting = new WeakMap<ReadonlyArray<Dated<unknown>>, Resting>()

function restingOn(values: ReadonlyArray<Dated<unknown>>, on: string): Resting {
  const known = resting.get(values)
  if (known && known.on === on) return known
  const fresh = { on, values: valuesUsed(values, on), stale: values.some((value) => isStale(value, on)) }
  resting.set(values, fresh)
  return fresh
}

export function findingOf<F>(
  one: Rule<F>,
  branch: Branch<F>,
  decision: Decision,
  facts: F,
  month: Month,
  full: boolean,
): Finding {
  const ground = restingOn(one.values, one.valuedOn ? one.valuedOn(facts) : lastDayOf(month))
  const finding: Finding = {
    rule: one.id,
    branch: branch.id,
    law: branch.law,
    month,
    status: decision.status,
    sentence: decision.sentence,
    facts: full ? one.reads(facts) : NO_FACTS,
    values: full ? ground.values : NO_VALUES,
  }
  return ground.stale ? { ...finding, stale: true } : finding
}

/** Asks one rule about one month. Exactly one branch answers, or the error says why none may. */
export function evaluate<F>(one: Rule<F>, facts: F, month: Month, proof: 'full' | 'plain' = 'full'): Finding {
  const branch = branchFor(one, facts, month)
  return findingOf(one, branch, branch.decide(facts, month), facts, month, proof === 'full')
}

const NO_CURES: readonly Cure[] = Object.freeze([])

export const pass = (sentence: string): Decision => ({ status: 'pass', sentence, cures: NO_CURES })
export const info = (sentence: string): Decision => ({ status: 'info', sentence, cures: NO_CURES })
/** No legal step clears a block without cures. */
export const block = (sentence: string, ...cures: Cure[]): Decision => ({ status: 'block', sentence, cures })
export const hold = (sentence: string, ...cures: Cure[]): Decision => ({ status: 'hold', sentence, cures })
export const unknown = (sentence: string, ...cures: Cure[]): Decision => ({ status: 'unknown', sentence, cures })
