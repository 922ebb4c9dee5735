import { OutOfForce, valueOn } from './book/dated.ts'
import { bookHash, bookVersion } from './book/edition.ts'
import { branchFor, type Cure, type Decision, type Finding, findingOf, type Rule } from './book/rule.ts'
import { diagnosesOf } from './ccm/conditions.ts'
import { coverageOn } from './ccm/coverage-on.ts'
import { candidatesOf, complexDecisionsOf, lastPossibleDate, supportedFirst } from './ccm/families.ts'
import { familyWords } from './ccm/family-choice.ts'
import { tallyMinutes } from './ccm/minutes.ts'
import { costSharingKnown, priceKnown, priceQuestionOf } from './ccm/money.ts'
import type { Candidate, MonthView } from './ccm/month-view.ts'
import { monthRules } from './ccm/rules.ts'
import { besideCcm, sameMonthRow } from './ccm/same-month.ts'
import type { Facts } from './facts.ts'
import { type Asked, neededOf } from './fixes/needed.ts'
import { programChoices } from './programs/alternatives.ts'
import { firstDayOf, lastDayOf, type Month } from './time.ts'
import { familyShapes } from './values/ccm/codes.ts'
import { expected } from './values/pfs/expected.ts'
import { priceOf } from './values/pfs/price.ts'
import { isRural, ruralBundle, ruralIndividualCodes } from './values/rural.ts'
import type { Alternative, Fix, Line, NoLegalStep, Outcome, Verdict } from './verdict.ts'

export interface AssessOptions {
  /** full (default): every finding with its facts and values. plain: only what is not passed, without them. */
  readonly proof?: 'full' | 'plain'
}

/** The first service month of the book. */
export const FIRST_MONTH: Month = '2024-01'
const POINTERS = 4

const edition = Object.freeze({ version: bookVersion, hash: bookHash })

/** Lines of some codes as the view would bill them, priced and shared where that is known. */
function linesFor(
  codes: ReadonlyArray<readonly [code: string, units: number]>,
  view: MonthView,
  dateOfService: string,
  diagnoses: readonly string[],
): Line[] {
  const { facts } = view
  const question = priceQuestionOf(facts, dateOfService)
  const modifier = modifierOf(facts, dateOfService)
  const second = secondToAnother(facts, dateOfService)
  const { qmb, secondary } = facts
  const sharing = !second && facts.deductible !== undefined && qmb !== undefined && secondary !== undefined
  let deductible = facts.deductible?.remainingCents ?? 0
  const lines: Line[] = []
  for (const [code, units] of codes) {
    const amount = question ? priceOf(code, question).amountCents : null
    const allowedCents = amount === null ? null : amount * units
    let medicareCents: number | null = null
    let patientCents: number | null = null
    if (allowedCents !== null && sharing) {
      const money = expected(allowedCents, {
        on: dateOfService,
        deductibleRemainingCents: deductible,
        qmb: qmb === true,
        secondary,
      })
      deductible = money.deductibleRemainingCents
      medicareCents = money.medicareCents
      patientCents = money.patientCents
    }
    const line = { code, units, dateOfService, diagnoses, allowedCents, medicareCents, patientCents }
    lines.push(modifier === null ? line : { ...line, modifiers: [modifier] })
  }
  return lines
}

function linesOf(candidate: Candidate, view: MonthView): Line[] {
  const shape = familyShapes[candidate.family]
  const codes: ReadonlyArray<readonly [string, number]> = bundled(view.facts)
    ? [[valueOn(ruralBundle, view.facts.month), 1]]
    : candidate.addOns > 0
      ? [
          [shape.base, 1],
          [shape.addOn, candidate.addOns],
        ]
      : [[shape.base, 1]]
  return linesFor(codes, view, candidate.dateOfService, view.diagnoses.slice(0, POINTERS))
}

/** GV or GW where the patient is in hospice and the care is not the hospice's. */
function modifierOf(facts: Facts, dateOfService: string): 'GV' | 'GW' | null {
  if (!facts.coverage || !coverageOn(facts.coverage, 'hospice', dateOfService)) return null
  return facts.hospiceCare === 'attending' ? 'GV' : facts.hospiceCare === 'unrelated' ? 'GW' : null
}

/** What Medicare pays second to another insurer is not worked out by the book. */
function secondToAnother(facts: Facts, dateOfService: string): boolean {
  return Boolean(facts.coverage && coverageOn(facts.coverage, 'other_primary', dateOfService))
}

/** Until the end of 2024 a rural clinic or health center bills one code for the month, whatever the family. */
function bundled(facts: Facts): boolean {
  return isRural(facts.placeOfService) && !valueOn(ruralIndividualCodes, facts.month)
}

function totalOf(lines: readonly Line[]): number | null {
  let total = 0
  for (const line of lines) {
    if (line.allowedCents === null) return null
    total += line.allowedCents
  }
  return total
}

function dollars(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function moneyWords(differenceCents: number | null): string {
  if (differenceCents === null) return 'What it pays is not known.'
  if (differenceCents === 0) return 'It pays the same.'
  return differenceCents > 0
    ? `It pays ${dollars(differenceCents)} more.`
    : `It pays ${dollars(-differenceCents)} less.`
}

/**
 * What else the record could bill: the other families of CCM first, then other programs, each by what it pays. Money
 * never decides; another choice needs a person and a reason.
 */
function alternativesOf(view: MonthView, lines: readonly Line[]): Alternative[] {
  const { chosen, candidates, facts } = view
  const total = totalOf(lines)
  const priced = (alternative: readonly Line[]) => {
    const totalAllowedCents = totalOf(alternative)
    const differenceCents = total === null || totalAllowedCents === null ? null : totalAllowedCents - total
    return { lines: alternative, totalAllowedCents, differenceCents, money: moneyWords(differenceCents) }
  }
  const others = chosen && !bundled(facts) ? candidates.filter((candidate) => candidate !== chosen) : []
  const families = others.map((candidate): Alternative => {
    const { money, ...amounts } = priced(linesOf(candidate, view))
    return {
      program: 'ccm',
      family: candidate.family,
      ...amounts,
      why: `The minutes also reach ${familyWords[candidate.family]}. ${money} Choosing it needs a person and a reason.`,
      needs: [],
    }
  })
  const programs = programChoices(view).map((choice): Alternative => {
    const { money, ...amounts } = priced(
      linesFor(choice.codes, view, view.dateOfService, choice.diagnoses.slice(0, POINTERS)),
    )
    return {
      program: choice.program,
      family: null,
      ...amounts,
      why: `${choice.why} ${money} It stands instead of CCM, and choosing it needs a person and a reason.`,
      needs: choice.needs,
    }
  })
  const byMoney = (a: Alternative, b: Alternative): number => (b.totalAllowedCents ?? -1) - (a.totalAllowedCents ?? -1)
  return [...families.sort(byMoney), ...programs.sort(byMoney)]
}

function viewOf(facts: Facts): MonthView {
  const firstDay = firstDayOf(facts.month)
  const lastDay = lastDayOf(facts.month)
  const tally = tallyMinutes(facts)
  const complexDecisions = complexDecisionsOf(facts)
  const last = lastPossibleDate(facts, firstDay, lastDay)
  const candidates = candidatesOf(facts, tally, complexDecisions, last)
  const byPerson = facts.choice ? candidates.find((one) => one.family === facts.choice?.family) : undefined
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
    diagnoses: diagnosesOf(facts.conditions, lastDay),
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
    if (decision.status === 'pass' && !this.#full) return
    this.findings.push(findingOf(one, branch, decision, subject, this.#month, this.#full))
    this.#weigh(one.id, one.id + suffix, decision)
  }

  #weigh(rule: string, id: string, decision: Decision): void {
    const { status, cures = [] } = decision
    if (status === 'pass' || status === 'info') return
    const open = cures.filter((cure) => this.#running || cure.late === true)
    if (status === 'block') {
      if (open.some((cure) => cure.forgoes !== true)) this.blocked = true
      else this.dead = true
    } else this.waiting = true
    if (open.length === 0 || (status !== 'block' && open.every((cure) => cure.forgoes === true))) {
      this.#endless ??= { rule, sentence: `No legal step makes this month billable to Part B. ${decision.sentence}` }
    }
    for (const cure of open) this.#offer(rule, id, cure)
  }

  #offer(rule: string, id: string, cure: Cure): void {
    this.#asked.push({ rule, id: `${id}.${cure.step}`, step: cure.step, role: cure.role, sentence: cure.sentence })
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
  const { staffSeconds, practitionerSeconds, countedSeconds, pooledMinutes, leftOut } = view.tally
  return {
    outcome,
    family: view.chosen?.family ?? null,
    lines: outcome === 'billable' ? supported : [],
    linesIfCleared: supported,
    findings: ledger.findings,
    ...ledger.fixes(),
    alternatives: alternativesOf(view, supported),
    minutes: { staffSeconds, practitionerSeconds, countedSeconds, pooledMinutes, leftOut },
    book: edition,
  }
}
