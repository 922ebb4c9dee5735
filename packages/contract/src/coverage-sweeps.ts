import { z } from 'zod'
import { can } from './can.ts'
import { CoverageChange } from './eligibility.ts'
import { endpoint } from './endpoint.ts'
import { ById, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf, Sentence } from './models.ts'

/** Asking Medicare once about every enrolled patient of a month. */
export const CoverageSweep = z.object({
  id: Id,
  month: Month,
  startedAt: Instant,
  /** Null where it began by itself. */
  startedBy: Person.nullable(),
  /** Null while it goes on. */
  endedAt: Instant.nullable(),
  /** While the service gives no answer: when it is asked again. */
  pausedUntil: Instant.nullable(),
})
export type CoverageSweep = z.infer<typeof CoverageSweep>

export const SweepStanding = z.object({
  month: Month,
  /** False where no eligibility service is connected. */
  connected: z.boolean(),
  /** The day on which it begins by itself; null where the clinic lets it begin by hand only. */
  beginsOn: LocalDate.nullable(),
  /** The newest of the month. */
  sweep: CoverageSweep.nullable(),
  /** Patients enrolled on some day of the month. */
  enrolledCount: z.int(),
  /** Of them, since the sweep began: answered, and asked without an answer that can be used. 0 without a sweep. */
  answeredCount: z.int(),
  failedCount: z.int(),
})
export type SweepStanding = z.infer<typeof SweepStanding>

/** A patient about whom the newest sweep brought no answer that can be used, and why. */
export const UnansweredPatient = z.object({ patient: Person, failure: z.string(), at: Instant })
export type UnansweredPatient = z.infer<typeof UnansweredPatient>

/** What one answer changed about an enrolled patient, and what was done about it. */
export const ChangedCoverage = z.object({
  id: Id,
  patient: Person,
  changes: z.array(CoverageChange),
  verdict: z.enum(['yes', 'no', 'unsure']),
  serviceOn: LocalDate,
  at: Instant,
  look: z.object({ note: z.string(), by: Person, at: Instant }).nullable(),
})
export type ChangedCoverage = z.infer<typeof ChangedCoverage>

export const sweepCan = {
  start: can<Pick<SweepStanding, 'connected' | 'sweep' | 'enrolledCount'>>(({ connected, sweep, enrolledCount }) =>
    !connected
      ? 'No eligibility service is connected. Your administrator connects one.'
      : sweep !== null && sweep.endedAt === null
        ? 'Medicare is being asked already.'
        : enrolledCount === 0
          ? 'Nobody is enrolled this month.'
          : null,
  ),
}

export const coverageSweeps = {
  standing: endpoint({
    method: 'GET',
    path: '/coverage-sweep',
    summary: "How far Medicare was asked about this month's enrolled patients, as counts",
    permission: 'month:read',
    audit: null,
    phi: false,
    background: true,
    errors: [],
    output: SweepStanding,
  }),
  unanswered: endpoint({
    method: 'GET',
    path: '/coverage-sweep/unanswered',
    summary: "Enrolled patients about whom this month's sweep brought no answer, by name",
    permission: 'month:read',
    audit: 'coverage.unanswered_listed',
    phi: true,
    errors: [],
    output: z.object({ items: z.array(UnansweredPatient) }),
  }),
  start: endpoint({
    method: 'POST',
    path: '/coverage-sweeps',
    summary: 'Ask Medicare about every enrolled patient of this month, one after the other',
    permission: 'coverage:write',
    audit: 'coverage.sweep_started',
    phi: false,
    idempotent: true,
    errors: ['conflict'],
    body: z.object({}).strict(),
    output: CoverageSweep,
  }),
  changes: endpoint({
    method: 'GET',
    path: '/coverage-changes',
    summary: "What Medicare's newest answers told otherwise than the answers before, of enrolled patients",
    permission: 'month:read',
    audit: 'coverage.changes_listed',
    phi: true,
    errors: ['bad_request'],
    query: PageQuery.extend({ state: z.enum(['open', 'looked_at']).default('open') }),
    output: pageOf(ChangedCoverage).extend({ openCount: z.int() }),
  }),
  look: endpoint({
    method: 'POST',
    path: '/coverage-changes/:id/looks',
    summary: 'Say what was done about a change of coverage; it leaves the list',
    permission: 'coverage:write',
    audit: 'coverage.change_looked_at',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ note: Sentence }),
    output: ChangedCoverage,
  }),
}
