import { OutOfForce } from './book/dated.ts'
import { bookHash, bookVersion } from './book/edition.ts'
import { branchFor, type Decision, type Finding, findingOf, type Rule } from './book/rule.ts'
import { conditionsOf } from './ccm/conditions.ts'
import { candidatesOf, complexDecisionsOf, lastPossibleDate, supportedFirst } from './ccm/families.ts'
import { linesOf } from './ccm/lines.ts'
import { tallyMinutes } from './ccm/minutes.ts'
import { costSharingKnown, priceKnown, priceQuestionOf } from './ccm/money.ts'
import type { MonthView } from './ccm/month-view.ts'
import { monthRules } from './ccm/rules.ts'
import { besideCcm, sameMonthRow } from './ccm/same-month.ts'
import type { Facts } from './facts.ts'
import { type Asked, neededOf } from './fixes/needed.ts'
import { alternativesOf } from './programs/alternatives.ts'
import { firstDayOf, lastDayOf, type Month } from './time.ts'
import type { Alternative, Fix, NoLegalStep, Outcome, Verdict } from './verdict.ts'

export interface AssessOptions {
  /**
   * full (default): every finding with its facts and values, and what else the record could bill. plain: the outcome,
   * the lines, the steps and the findings that are not passed, without facts, values and alternatives.
   */
  readonly proof?: 'full' | 'plain'
}

/** The first service month of the book. */
export const FIRST_MONTH: Month = '2024-01'
const NO_ALTERNATIVES: readonly Alternative[] = Object.freeze([])
const edition = Object.freeze({ version: bookVersion, hash: bookHash })

function viewOf(facts: Facts): MonthView {
  const firstDay = firstDayOf(facts.month)
  const lastDay = lastDayOf(facts.month)
  const tally = tallyMinutes(facts)
  const complexDecisions = complexDecisionsOf(facts)
  const last = lastPossibleDate(facts, firstDay, lastDay)
  const candidates = candidatesOf(facts, tally, complexDecisions, last)
  const { diagnoses, diseases, open } = conditionsOf(facts.conditions, lastDay)
  const { choice } = facts
  const byPerson = choice ? candidates.find((one) => one.family === choice.family) : undefined
  const chosen = byPerson ?? supportedFirst(candidates, tally, facts.month)
  return {
    facts,
    firstDay,
    lastDay,
    tally,
    complexDecisions,
    candidates,
    chosen,
    dateOfService: chosen?.dateOfService ?? last,
    diagnoses,
    diseases,
    open,
  }
}

/** Collects findings and what they mean for the outcome. */
class Ledger {
  readonly findings: Finding[] = []
  readonly #asked: Asked[] = []
  #endless: NoLegalStep | undefined
  dead = false
  waiting = false
  blocked = false
  readonly #month: Month
  readonly #full: boolean
  readonly #running: boolean

  constructor(month: Month, full: boolean, running: boolean) {
    this.#month = month
    this.#full = full
    this.#running = running
  }

  ask<F>(one: Rule<F>, subject: F, suffix = ''): void {
    const branch = branchFor(one, subject, this.#month)
    const decision = branch.decide(subject, this.#month)
    const { status } = decision
    if (status === 'pass' && !this.#full) return
    this.findings.push(findingOf(one, branch, decision, subject, this.#month, this.#full))
    if (status !== 'pass' && status !== 'info') this.#weigh(one.id, suffix, decision)
  }

  #weigh(rule: string, suffix: string, { status, cures, sentence }: Decision): void {
    const open = cures.filter((cure) => this.#running || cure.late === true)
    if (status === 'block') {
      if (open.some((cure) => cure.forgoes !== true)) this.blocked = true
      else this.dead = true
    } else this.waiting = true
    if (open.length === 0 || (status !== 'block' && open.every((cure) => cure.forgoes === true))) {
      this.#endless ??= { rule, sentence: `No legal step makes this month billable to Part B. ${sentence}` }
    }
    for (const { step, role, sentence } of open) {
      this.#asked.push({ rule, id: `${rule}${suffix}.${step}`, step, role, sentence })
    }
  }

  /** The steps, or the sentence that none helps: then only what another payer may still pay is left as a step. */
  fixes(): { readonly fixes: readonly Fix[]; readonly noLegalStep: NoLegalStep | null } {
    if (this.#endless === undefined) return { fixes: neededOf(this.#asked), noLegalStep: null }
    return {
      fixes: neededOf(this.#asked.filter((one) => one.step === 'bill_the_plan')),
      noLegalStep: this.#endless,
    }
  }

  outcome(): Outcome {
    if (this.dead) return 'not_billable'
    if (this.waiting) return 'held'
    return this.blocked ? 'not_yet' : 'billable'
  }
}

/**
 * Whether one patient-month may be billed, as what, and why. Pure: the same facts give the same verdict, whatever
 * the order of the time entries. What is not known never counts as no, and never lets a month be billed.
 * @throws OutOfForce for months before the book begins
 */
export function assess(facts: Facts, options: AssessOptions = {}): Verdict {
  const { month } = facts
  if (month < FIRST_MONTH) throw new OutOfForce(`the book begins with ${FIRST_MONTH}; ${month} is before it`)
  const full = options.proof !== 'plain'
  const view = viewOf(facts)
  const running = !facts.asOf || facts.asOf <= view.lastDay
  const ledger = new Ledger(month, full, running)
  for (const one of monthRules) ledger.ask(one, view)
  if (facts.otherServices) {
    for (const service of facts.otherServices) {
      if (service.on.slice(0, 7) !== month) continue
      const row = sameMonthRow(service.code, month)
      if (row) ledger.ask(besideCcm, { service, row, policy: facts.policy }, `.${service.code}`)
    }
  }
  const supported = view.chosen ? linesOf(view.chosen, view) : []
  const question = priceQuestionOf(facts, view.dateOfService)
  const money = { facts, lines: supported, dateOfService: view.dateOfService, question }
  ledger.ask(priceKnown, money)
  ledger.ask(costSharingKnown, money)
  const outcome = ledger.outcome()
  const { fixes, noLegalStep } = ledger.fixes()
  const { staffSeconds, practitionerSeconds, countedSeconds, pooledMinutes, leftOut } = view.tally
  return {
    outcome,
    family: view.chosen?.family ?? null,
    lines: outcome === 'billable' ? supported : [],
    linesIfCleared: supported,
    findings: ledger.findings,
    fixes,
    noLegalStep,
    alternatives: full ? alternativesOf(view, supported) : NO_ALTERNATIVES,
    minutes: { staffSeconds, practitionerSeconds, countedSeconds, pooledMinutes, leftOut },
    book: edition,
  }
}
