import type {
  CcmChip,
  CcmStatus,
  EligibilityCheck,
  EligibilityView,
  EligiblePatient,
  EligibleState,
  RiskLevel,
} from '@keepwell/contract'
import { bookHash, type Eligibility } from '@keepwell/rules'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { sha256 } from '../../kernel/ids.ts'
import { found, Problem } from '../../kernel/problem.ts'
import {
  type Assessment,
  listAssessments,
  readShown,
  renewAssessments,
  type Shown,
  saveAssessments,
  stateOfCharts,
} from './assessments.store.ts'
import {
  batchSize,
  candidateIds,
  nothingTold,
  readChartFacts,
  readCoreFacts,
  readProgramFacts,
  readTold,
  type Told,
} from './eligibility.facts.ts'
import { type CheckRow, listChecks, listMarks, type MarkRow } from './eligibility.store.ts'
import {
  assessPatient,
  assessRiskOf,
  type ChartFacts,
  type CoreFacts,
  ccmChip,
  hasMedicareHint,
  nothingYet,
  openStatuses,
} from './eligibility.ts'

/** What a reading of many patients needs to know of its moment. */
export interface Moment {
  tx: Tx
  today: string
  timeZone: string
}

/** Nobody keeps more living patients with conditions in one clinic; beyond it the list says so. */
const candidatesAtMost = 50_000

interface Proposed {
  facts: CoreFacts
  eligibility: Eligibility
}

/** Every patient of a clinic (or of all) whom the rules propose: ids, facts, assessment, batch by batch. */
async function proposedPatients(tx: Tx, today: string, clinicId: string | null): Promise<Proposed[]> {
  const proposed: Proposed[] = []
  let after: string | null = null
  for (let seen = 0; seen < candidatesAtMost; seen += batchSize) {
    const ids: string[] = await candidateIds(tx, clinicId, after)
    for (const facts of await readCoreFacts(tx, ids, today)) {
      const eligibility = assessPatient(facts, [], today)
      if (eligibility.proposed) proposed.push({ facts, eligibility })
    }
    if (ids.length < batchSize) break
    after = ids.at(-1) ?? null
  }
  return proposed
}

export interface EligibleLine {
  id: string
  sourceId: string
  name: string
  bornOn: string | null
  /** Labels of the distinct disease groups. */
  conditions: string[]
  evidence: {
    group: string
    label: string
    icd10: string
    conditionId: string
    system: string
    code: string
    display: string
    onsetOn: string | null
  }[]
}

/** The patients whom the rules propose on a day, by name, for the command line; of one clinic or of all. */
export async function listEligible(tx: Tx, today: string, clinicId: string | null = null): Promise<EligibleLine[]> {
  const lines = (await proposedPatients(tx, today, clinicId)).map(({ facts, eligibility }) => ({
    id: facts.id,
    sourceId: facts.sourceId,
    name: facts.name,
    bornOn: facts.bornOn,
    conditions: eligibility.groups.map((hit) => hit.label),
    evidence: eligibility.groups.flatMap((hit) =>
      hit.evidence.map((one) => ({
        group: hit.group,
        label: hit.label,
        icd10: one.icd10,
        conditionId: one.conditionId,
        system: one.system,
        code: one.code,
        display: one.display,
        onsetOn: one.onsetOn,
      })),
    ),
  }))
  return lines.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id))
}

/** The computed status of a set of patients, each with its reason in a sentence that names no diagnosis. */
export async function ccmStatusOf(
  { tx, today, timeZone }: Moment,
  patientIds: readonly string[],
): Promise<Map<string, CcmChip>> {
  const chips = new Map<string, CcmChip>()
  for (let from = 0; from < patientIds.length; from += batchSize) {
    const ids = patientIds.slice(from, from + batchSize)
    const program = await readProgramFacts(tx, ids, today, timeZone)
    for (const facts of await readCoreFacts(tx, ids, today)) {
      chips.set(facts.id, ccmChip(assessPatient(facts, [], today), program.get(facts.id) ?? nothingYet, today))
    }
  }
  return chips
}

/** Conditions by name, risk and mark of a set of patients, for those who read the chart. */
export async function riskOf(
  { tx, today, timeZone }: Moment,
  patientIds: readonly string[],
): Promise<Map<string, Pick<EligiblePatient, 'risk' | 'groups' | 'mark'>>> {
  const chart = await readChartFacts(tx, patientIds, today, timeZone)
  const marks = newestMarks(await listMarks(tx, patientIds, 1))
  const answer = new Map<string, Pick<EligiblePatient, 'risk' | 'groups' | 'mark'>>()
  for (const facts of await readCoreFacts(tx, patientIds, today)) {
    const own = chart.get(facts.id) ?? { visits: [], medications: [], values: [] }
    const eligibility = assessPatient(facts, own.visits, today)
    answer.set(facts.id, {
      risk: presentRisk(assessRiskOf(facts, own, eligibility, today)),
      groups: presentGroups(facts, eligibility),
      mark: marks.get(facts.id) ?? null,
    })
  }
  return answer
}

export interface ListFilter {
  state: z.infer<typeof EligibleState>
  risk?: RiskLevel | undefined
  priority?: MarkRow['level'] | undefined
  group?: string | undefined
  coverage?: EligiblePatient['coverage'] | undefined
  sort: 'priority' | 'risk' | 'name'
  cursor?: string | undefined
  limit: number
}

export interface EligibleList {
  items: EligiblePatient[]
  nextCursor: string | null
  counts: { open: number; total: number; byStatus: Record<string, number>; byRisk: Record<string, number> }
  groups: { group: string; label: string; patients: number }[]
}

/** One page of the proposed patients of a clinic. Sorted by the provider's mark and the risk, never by money. */
export async function listEligiblePatients(
  moment: Moment & { now: Date },
  clinicId: string,
  filter: ListFilter,
): Promise<EligibleList> {
  const { tx } = moment
  const all = await standingOf(moment, await assessedPatients(moment, clinicId))
  const matching = all.filter((one) => matches(one, filter))
  const keyed = matching.map((one) => ({ one, key: sortKey(one, filter.sort) })).sort((a, b) => compare(a.key, b.key))
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor)
  const rest = after === null ? keyed : keyed.filter(({ key }) => key > after)
  const page = rest.slice(0, filter.limit)
  const checks = new Map(
    (
      await listChecks(
        tx,
        page.map(({ one }) => one.patientId),
        1,
      )
    ).map((check) => [check.patientId, check]),
  )
  const shown = await shownOf(
    moment,
    page.map(({ one }) => one),
  )
  const open = all.filter((one) => isOpen(one.chip.status))
  const last = page.at(-1)
  return {
    items: page.map(({ one }) => ({
      ...found(shown.get(one.patientId), 'The list changed at this moment. Load it again.'),
      chip: one.chip,
      mark: one.mark,
      lastCheck: glanceOf(checks.get(one.patientId)),
    })),
    nextCursor: rest.length > page.length && last !== undefined ? Buffer.from(last.key).toString('base64url') : null,
    counts: {
      open: open.length,
      total: all.length,
      byStatus: countBy(all, (one) => one.chip.status),
      byRisk: countBy(open, (one) => one.level),
    },
    groups: groupCounts(open),
  }
}

/** What is shown of a page: as just assessed, as kept, and assessed anew where another look renewed it in this moment. */
async function shownOf(moment: Moment, page: readonly Assessment[]): Promise<Map<string, Shown>> {
  const shown = new Map(page.flatMap((one) => (one.shown === null ? [] : [[one.patientId, one.shown] as const])))
  const missing = () => page.map(({ patientId }) => patientId).filter((id) => !shown.has(id))
  for (const [id, one] of await readShown(moment.tx, missing())) shown.set(id, one)
  for (const one of await assessAnew(moment, missing())) if (one.shown !== null) shown.set(one.patientId, one.shown)
  return shown
}

interface Standing extends Assessment {
  chip: CcmChip
  mark: EligiblePatient['mark']
}

/** The proposed among the assessed, each with what the clinic did and heard so far. */
async function standingOf({ tx, today, timeZone }: Moment, assessed: readonly Assessment[]): Promise<Standing[]> {
  const proposed = assessed.filter((one) => one.proposed)
  const standing: Standing[] = []
  for (let from = 0; from < proposed.length; from += batchSize) {
    const batch = proposed.slice(from, from + batchSize)
    const ids = batch.map(({ patientId }) => patientId)
    const program = await readProgramFacts(tx, ids, today, timeZone)
    const marks = newestMarks(await listMarks(tx, ids, 1))
    for (const one of batch)
      standing.push({
        ...one,
        chip: ccmChip(one, program.get(one.patientId) ?? nothingYet, today),
        mark: marks.get(one.patientId) ?? null,
      })
  }
  return standing
}

/**
 * The clinic's living patients with an active condition, assessed. What was assessed before is read where the day, the
 * rule book and the charts are the same, and renewed for those of whom something else was told since.
 */
async function assessedPatients(moment: Moment & { now: Date }, clinicId: string): Promise<Assessment[]> {
  const { tx, today, timeZone, now } = moment
  const charts = await stateOfCharts(tx, clinicId, now)
  const basis = charts === null ? null : [today, timeZone, bookHash, charts].join('|')
  const kept = basis === null ? [] : await listAssessments(tx, clinicId, basis)
  if (basis === null || kept.length === 0) {
    const all: Assessment[] = []
    let after: string | null = null
    for (let seen = 0; seen < candidatesAtMost; seen += batchSize) {
      const ids: string[] = await candidateIds(tx, clinicId, after)
      all.push(...(await assessAnew(moment, ids)))
      if (ids.length < batchSize) break
      after = ids.at(-1) ?? null
    }
    if (basis !== null) await saveAssessments(tx, clinicId, basis, all)
    return all
  }
  const changed: string[] = []
  for (let from = 0; from < kept.length; from += batchSize) {
    const batch = kept.slice(from, from + batchSize)
    const told = await readTold(
      tx,
      batch.map(({ patientId }) => patientId),
      today,
    )
    for (const one of batch)
      if (one.told !== fingerprintOf(told.get(one.patientId) ?? nothingTold)) changed.push(one.patientId)
  }
  if (changed.length === 0) return kept
  const renewed = new Map<string, Assessment>()
  for (let from = 0; from < changed.length; from += batchSize)
    for (const one of await assessAnew(moment, changed.slice(from, from + batchSize))) renewed.set(one.patientId, one)
  await renewAssessments(tx, basis, [...renewed.values()])
  return kept.map((one) => renewed.get(one.patientId) ?? one)
}

/** The same rows in any order give the same text. */
function fingerprintOf({ coverages, answer, enrolledElsewhere }: Told): string {
  return sha256(JSON.stringify([coverages.map((row) => JSON.stringify(row)).sort(), answer, enrolledElsewhere]))
}

async function assessAnew({ tx, today, timeZone }: Moment, ids: readonly string[]): Promise<Assessment[]> {
  const cores = await readCoreFacts(tx, ids, today)
  const chart = await readChartFacts(tx, ids, today, timeZone)
  return cores.map((facts) => {
    const own = chart.get(facts.id) ?? { visits: [], medications: [], values: [] }
    const { proposed } = assessPatient(facts, [], today)
    const eligibility = assessPatient(facts, own.visits, today)
    const shown = present(facts, own, eligibility, today)
    return {
      patientId: facts.id,
      name: facts.name,
      told: fingerprintOf(facts),
      proposed,
      status: eligibility.status,
      coverage: eligibility.coverage,
      groups: shown.groups.map(({ group, label }) => ({ group, label })),
      level: shown.risk.level,
      score: shown.risk.score,
      shown: proposed ? shown : null,
    }
  })
}

function present(facts: CoreFacts, chart: ChartFacts, eligibility: Eligibility, today: string): Shown {
  return {
    patient: { id: facts.id, name: facts.name, bornOn: facts.bornOn },
    age: eligibility.age ?? null,
    groups: presentGroups(facts, eligibility),
    coverage: eligibility.coverage,
    medicareHint: hasMedicareHint(facts),
    seenWithinYear: eligibility.seenWithinYear,
    lastVisitOn: newestDay(chart.visits, today),
    initiatingVisit: eligibility.initiatingVisit,
    risk: presentRisk(assessRiskOf(facts, chart, eligibility, today)),
  }
}

function newestDay(visits: readonly { on: string }[], today: string): string | null {
  return visits.reduce<string | null>(
    (newest, { on }) => (on <= today && (newest === null || on > newest) ? on : newest),
    null,
  )
}

function presentGroups(facts: CoreFacts, eligibility: Eligibility): EligiblePatient['groups'] {
  const rows = new Map(facts.conditions.map((row) => [row.id, row]))
  return eligibility.groups.map((hit) => ({
    group: hit.group,
    label: hit.label,
    weak: hit.use === 'weak',
    icd10: hit.icd10,
    evidence: hit.evidence.map((one) => {
      const row = rows.get(one.conditionId)
      const primary = row === undefined ? [] : [{ system: row.system, code: row.code }]
      const others = (row?.codings ?? []).filter(
        (coding) => coding.code !== row?.code && (coding.system === 'snomed' || coding.system === 'icd10cm'),
      )
      return {
        conditionId: one.conditionId,
        display: one.display,
        icd10: one.icd10,
        onsetOn: one.onsetOn,
        codings: [...primary, ...others.map(({ system, code }) => ({ system, code }))],
      }
    }),
  }))
}

function presentRisk(risk: ReturnType<typeof assessRiskOf>): EligiblePatient['risk'] {
  return {
    level: risk.level,
    score: risk.score,
    points: risk.points.map((point) => ({ ...point, evidence: [...point.evidence] })),
  }
}

function presentMark(row: MarkRow): NonNullable<EligiblePatient['mark']> {
  return {
    level: row.level,
    reason: row.reason,
    by: { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
  }
}

function newestMarks(rows: readonly MarkRow[]): Map<string, NonNullable<EligiblePatient['mark']>> {
  return new Map(rows.map((row) => [row.patientId, presentMark(row)]))
}

export function presentCheck(row: CheckRow): EligibilityCheck {
  return {
    id: row.id,
    patientId: row.patientId,
    serviceOn: row.serviceOn,
    verdict: row.verdict,
    reasons: row.reasons,
    failure: row.failure,
    facts: row.facts,
    by: { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
  }
}

function glanceOf(check: CheckRow | undefined): EligiblePatient['lastCheck'] {
  return check === undefined
    ? null
    : { verdict: check.verdict, at: check.at.toISOString(), failed: check.failure !== null }
}

const isOpen = (status: CcmStatus) => openStatuses.includes(status)

function matches(one: Standing, filter: ListFilter): boolean {
  if (filter.state === 'open' ? !isOpen(one.chip.status) : filter.state !== 'all' && one.chip.status !== filter.state)
    return false
  if (filter.risk !== undefined && one.level !== filter.risk) return false
  if (filter.priority !== undefined && (one.mark?.level ?? 'normal') !== filter.priority) return false
  if (filter.coverage !== undefined && one.coverage !== filter.coverage) return false
  return filter.group === undefined || one.groups.some((hit) => hit.group === filter.group)
}

const markOrder = { first: 0, soon: 1, normal: 2, later: 3 } as const

/** A text that sorts as the list does; the id at its end makes it one of a kind. */
function sortKey(one: Standing, sort: ListFilter['sort']): string {
  const risk = String(999 - one.score).padStart(3, '0')
  const name = one.name.toLowerCase()
  if (sort === 'name') return `${name}|${one.patientId}`
  return `${sort === 'priority' ? markOrder[one.mark?.level ?? 'normal'] : ''}|${risk}|${name}|${one.patientId}`
}

function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!text.includes('|'))
    throw new Problem('bad_request', 'This page of the list cannot be found. Go back to its beginning.')
  return text
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1
  return counts
}

function groupCounts(items: readonly Standing[]): EligibleList['groups'] {
  const counts = new Map<string, EligibleList['groups'][number]>()
  for (const one of items) {
    for (const { group, label } of one.groups) {
      const known = counts.get(group)
      if (known === undefined) counts.set(group, { group, label, patients: 1 })
      else known.patients += 1
    }
  }
  return [...counts.values()].sort((a, b) => b.patients - a.patients || compare(a.label, b.label))
}

/** One patient, proposed or not, with all evidence. @throws Problem not_found */
export async function readEligibility({ tx, today, timeZone }: Moment, patientId: string): Promise<EligibilityView> {
  const facts = found((await readCoreFacts(tx, [patientId], today))[0], 'There is no such patient here.')
  const chart = (await readChartFacts(tx, [patientId], today, timeZone)).get(patientId) ?? {
    visits: [],
    medications: [],
    values: [],
  }
  const program = (await readProgramFacts(tx, [patientId], today, timeZone)).get(patientId) ?? nothingYet
  const eligibility = assessPatient(facts, chart.visits, today)
  const marks = (await listMarks(tx, [patientId], 20)).map(presentMark)
  const checks = await listChecks(tx, [patientId], 1)
  return {
    ...present(facts, chart, eligibility, today),
    chip: ccmChip(eligibility, program, today),
    mark: marks[0] ?? null,
    lastCheck: glanceOf(checks[0]),
    proposed: eligibility.proposed,
    reasons: [...eligibility.reasons],
    marks,
    suspected: eligibility.suspected.map(({ conditionId, display, code, why }) => ({
      conditionId,
      display,
      code,
      why,
    })),
    visits: chart.visits.slice(0, 20).map(({ id, on, kind, code }) => ({ id, on, kind, code: code ?? null })),
    medicationCount: chart.medications.length,
  }
}
