import type { CcmChip, CcmStatus, EligibilityCheck, EligibilityView, EligiblePatient } from '@keepwell/contract'
import { bookHash, type Eligibility } from '@keepwell/rules'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found, Problem } from '../../kernel/problem.ts'
import {
  type AssessedCounts,
  type Assessment,
  countAssessed,
  type ListFilter,
  listOutdated,
  listProposed,
  placeOf,
  readChanges,
  renewAssessments,
  type Shown,
  saveAssessments,
  stateOfCharts,
} from './assessments.store.ts'
import { batchSize, candidateIds, readChartFacts, readCoreFacts, readProgramFacts } from './eligibility.facts.ts'
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
  filter: ListFilter & { cursor?: string | undefined; limit: number },
): Promise<EligibleList> {
  const { tx } = moment
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor)
  const { basis, counts } = await assessedOn(moment, clinicId)
  const rows = await listProposed(tx, clinicId, basis, { ...filter, after, limit: filter.limit + 1 })
  const page = rows.slice(0, filter.limit)
  const ids = page.map(({ patientId }) => patientId)
  const checks = new Map((await listChecks(tx, ids, 1)).map((check) => [check.patientId, check]))
  const open = counts.byStatus.filter((one) => isOpen(one.status))
  const last = page.at(-1)
  return {
    items: page.map(({ patientId, shown, chip, mark }) => ({
      ...shown,
      chip,
      mark,
      lastCheck: glanceOf(checks.get(patientId)),
    })),
    nextCursor: rows.length > page.length && last !== undefined ? Buffer.from(last.key).toString('base64url') : null,
    counts: {
      open: sumOf(open),
      total: sumOf(counts.byStatus),
      byStatus: sumsBy(counts.byStatus, (one) => one.status),
      byRisk: sumsBy(open, (one) => one.level),
    },
    groups: counts.groups,
  }
}

/**
 * The clinic's living patients with an active condition, assessed and kept: all of them where the day, the rule book or
 * the charts are others than before, and otherwise those alone about whom a deed was done since.
 */
async function assessedOn(
  moment: Moment & { now: Date },
  clinicId: string,
): Promise<{ basis: string; counts: AssessedCounts }> {
  const { tx, today, timeZone, now } = moment
  // While an import runs, what is assessed is good for this one look.
  const charts = (await stateOfCharts(tx, clinicId, now)) ?? `running ${newId()}`
  const basis = [today, timeZone, bookHash, charts].join('|')
  const outdated = await listOutdated(tx, clinicId, basis, candidatesAtMost)
  for (let from = 0; from < outdated.length; from += batchSize)
    await renewAssessments(tx, basis, await assessAnew(moment, clinicId, outdated.slice(from, from + batchSize)))
  const counts = await countAssessed(tx, clinicId, basis)
  if (counts.whole) return { basis, counts }
  const all: Assessment[] = []
  let after: string | null = null
  for (let seen = 0; seen < candidatesAtMost; seen += batchSize) {
    const ids: string[] = await candidateIds(tx, clinicId, after)
    all.push(...(await assessAnew(moment, clinicId, ids)))
    if (ids.length < batchSize) break
    after = ids.at(-1) ?? null
  }
  await saveAssessments(tx, clinicId, basis, all)
  return { basis, counts: await countAssessed(tx, clinicId, basis) }
}

async function assessAnew(
  { tx, today, timeZone }: Moment,
  clinicId: string,
  ids: readonly string[],
): Promise<Assessment[]> {
  // First of all, so that a deed that comes while the facts are read makes the row outdated.
  const changes = await readChanges(tx, clinicId, ids)
  const cores = await readCoreFacts(tx, ids, today)
  const chart = await readChartFacts(tx, ids, today, timeZone)
  const program = await readProgramFacts(tx, ids, today, timeZone)
  const marks = newestMarks(await listMarks(tx, ids, 1))
  return cores.map((facts) => {
    const own = chart.get(facts.id) ?? { visits: [], medications: [], values: [] }
    const { proposed } = assessPatient(facts, [], today)
    const eligibility = assessPatient(facts, own.visits, today)
    const shown = present(facts, own, eligibility, today)
    const mark = marks.get(facts.id) ?? null
    const { level, score } = shown.risk
    return {
      patientId: facts.id,
      seen: changes.get(facts.id) ?? 0,
      proposed,
      status: eligibility.status,
      coverage: eligibility.coverage,
      groups: shown.groups.map(({ group, label }) => ({ group, label })),
      level,
      score,
      chip: ccmChip({ ...eligibility, proposed }, program.get(facts.id) ?? nothingYet, today),
      mark,
      place: placeOf(mark?.level ?? 'normal', { score, name: facts.name, patientId: facts.id }),
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
    by: row.byId === null || row.byName === null ? null : { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
  }
}

function glanceOf(check: CheckRow | undefined): EligiblePatient['lastCheck'] {
  return check === undefined
    ? null
    : { verdict: check.verdict, at: check.at.toISOString(), failed: check.failure !== null }
}

const isOpen = (status: CcmStatus) => openStatuses.includes(status)

function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!text.includes('|'))
    throw new Problem('bad_request', 'This page of the list cannot be found. Go back to its beginning.')
  return text
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sumOf(rows: readonly { patients: number }[]): number {
  return rows.reduce((sum, one) => sum + one.patients, 0)
}

function sumsBy<T extends { patients: number }>(rows: readonly T[], key: (row: T) => string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const row of rows) sums[key(row)] = (sums[key(row)] ?? 0) + row.patients
  return sums
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
