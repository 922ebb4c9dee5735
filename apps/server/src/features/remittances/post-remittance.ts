import type { ClaimStatus } from '@keepwell/contract'
import { dollars, type Remittance as ReadRemittance } from '@keepwell/x12'
import type { Tx } from '../../db/database.ts'
import { canonicalJson, newId, sha256 } from '../../kernel/ids.ts'
import {
  type Account,
  book,
  type Entry,
  type FoundClaim,
  findByControls,
  findByPayerNumbers,
  findClaim,
  insertEvents,
  leftStatuses,
  moveClaims,
  type NewClaimEvent,
  setPayerClaimNumber,
} from '../claims/index.ts'
import { policyOn } from '../clinics/index.ts'
import { closeDenialsOf, denialsOf, insertDenials } from '../denials/index.ts'
import {
  type Attribution,
  attribute,
  balanceSentences,
  decidedClaimOf,
  judgeAlone,
  judgeBeside,
  mirroredEntry,
  paymentName,
  postedSentences,
  providerEntry,
  recognisedEntry,
  settledAs,
  unrecognisedEntry,
} from './decide-posting.ts'
import {
  insertDecisions,
  insertRemittance,
  listPosted,
  listStanding,
  listWaitingReversals,
  type NewRemittance,
  postingsOf,
  type StandingDecision,
  type StoredDecision,
  setMatched,
  setReversed,
  sumsOf,
} from './remittances.store.ts'
import {
  contentOf,
  type Decision,
  decisionOf,
  earlierOf,
  entriesOf,
  isNotCollectable,
  matchLines,
  type Tolerance,
  toleranceOf,
} from './remittances.ts'

export interface PostContext {
  tx: Tx
  now: Date
  today: string
  by: string | null
  clinicId: string
  /** The file that brings the payment; null for a notice on paper. */
  fileId: string | null
}

export interface PostOutcome {
  remittanceId: string | null
  /** posted; held with its reasons; known: this payment was posted before, nothing changed. */
  result: 'posted' | 'held' | 'known'
  sentences: string[]
  claimsChanged: number
  unknownClaims: { controlNumber: string; sentence: string }[]
}

/**
 * Posts one remittance, or holds it, or finds that it was posted before. A held one books nothing at all. Every cent of a
 * posted one is booked: on its claim, on `unapplied` where the claim is not recognised, or as a provider adjustment, so
 * that the cash of its entries is BPR02.
 */
export async function postRemittance(ctx: PostContext, remittance: ReadRemittance): Promise<PostOutcome> {
  const payerId = remittance.trn03 === '' ? (remittance.payerId ?? 'unknown') : remittance.trn03
  const setSha256 = sha256(canonicalJson(contentOf(remittance)))
  const name = paymentName(remittance)
  const faults = judgeAlone(remittance)
  const judged =
    faults.length > 0
      ? { holds: faults }
      : judgeBeside(remittance, setSha256, await listPosted(ctx.tx, payerId, remittance.trn02))
  if ('known' in judged)
    return {
      remittanceId: judged.known,
      result: 'known',
      sentences: [`${name} was posted before; nothing was changed.`],
      claimsChanged: 0,
      unknownClaims: [],
    }
  const { holds } = judged
  const held = holds.map(({ sentence }) => sentence)
  const row: NewRemittance = {
    fileId: ctx.fileId,
    payerId,
    payerName: remittance.payerName === '' ? 'Payer without a name' : remittance.payerName,
    trace: remittance.trn02,
    paidOn: remittance.paidOn ?? ctx.today,
    amountCents: remittance.bpr02Cents,
    method: remittance.paymentMethod,
    setSha256,
    status: held.length === 0 ? 'posted' : 'held',
    holdReason: held.length === 0 ? null : held.join(' '),
    claimsCents: remittance.totals.claimsPaidCents,
    providerAdjustmentCents: remittance.totals.plbCents,
    detail: {
      providerAdjustments: remittance.plb.map(({ code, reference, amountCents }) => ({ code, reference, amountCents })),
      differenceCents: remittance.balance.differenceCents,
      sentences: balanceSentences(remittance),
      holds,
    },
    by: ctx.by,
    now: ctx.now,
  }
  const remittanceId = await insertRemittance(ctx.tx, row)
  const decisions = remittance.claims.map((claim, index) => decisionOf(claim, index + 1))
  if (held.length > 0) {
    await insertDecisions(
      ctx.tx,
      decisions.map((decision) => unclaimed(remittanceId, decision)),
    )
    return {
      remittanceId,
      result: 'held',
      sentences: [`${name} is held, nothing of it was posted. ${held.join(' ')}`],
      claimsChanged: 0,
      unknownClaims: [],
    }
  }
  return post(
    ctx,
    { ...row, id: remittanceId },
    decisions.map((decision) => unclaimed(remittanceId, decision)),
    {
      name,
      keep: insertDecisions,
    },
  )
}

const unclaimed = (remittanceId: string, decision: Decision): StoredDecision => ({
  id: newId(),
  remittanceId,
  claimId: null,
  matchedBy: null,
  decision,
})

/** Posts a payment that was held, whose decisions lie in the store already; everything of it is booked as with any other. */
export async function postHeld(
  ctx: PostContext,
  payment: Payment,
  decisions: readonly StoredDecision[],
): Promise<PostOutcome> {
  return post(ctx, payment, decisions, {
    name: `Payment ${payment.trace} of ${dollars(payment.amountCents)}`,
    keep: async (tx, rows) => {
      for (const row of rows) if (row.claimId !== null) await setMatched(tx, row)
    },
  })
}

/** Posts a payment whose notice a person typed; the decisions name our own claims. */
export async function postPaper(
  ctx: PostContext,
  row: NewRemittance,
  decisions: readonly Decision[],
): Promise<PostOutcome & { remittanceId: string }> {
  const id = await insertRemittance(ctx.tx, row)
  const outcome = await post(
    ctx,
    { ...row, id },
    decisions.map((decision) => unclaimed(id, decision)),
    {
      name: `Payment ${row.trace} of ${dollars(row.amountCents)}`,
      keep: insertDecisions,
    },
  )
  return { ...outcome, remittanceId: id }
}

type Payment = Pick<NewRemittance, 'trace' | 'paidOn' | 'amountCents' | 'providerAdjustmentCents' | 'detail'> & {
  id: string
}

async function post(
  ctx: PostContext,
  row: Payment,
  unclaimedRows: readonly StoredDecision[],
  how: { name: string; keep: (tx: Tx, rows: readonly StoredDecision[]) => Promise<void> },
): Promise<PostOutcome> {
  const { id: remittanceId } = row
  const decisions = unclaimedRows.map(({ decision }) => decision)
  const poster = await Poster.open(ctx, { trace: row.trace, paidOn: row.paidOn }, decisions)
  const unknownClaims: PostOutcome['unknownClaims'] = []
  // What is taken back goes before what is decided anew, whatever their order in the file.
  const ordered = [
    ...unclaimedRows.filter(({ decision }) => decision.kind === 'reversal'),
    ...unclaimedRows.filter(({ decision }) => decision.kind === 'payment'),
  ]
  const waiting: StoredDecision[] = []
  const certain: [StoredDecision, FoundClaim, StandingDecision | undefined][] = []
  for (const stored of ordered) {
    const { decision } = stored
    const attributed = poster.attribute(decision)
    if ('why' in attributed) {
      waiting.push(stored)
      unknownClaims.push({ controlNumber: decision.controlNumber, sentence: attributed.why })
      continue
    }
    const { claim, by, earlier } = attributed
    const matched: StoredDecision = {
      ...stored,
      claimId: claim.id,
      matchedBy: by,
      decision: { ...decision, lines: matchLines(decision.lines, claim.lines) },
    }
    certain.push([matched, claim, earlier])
    poster.remember(matched, claim, earlier)
  }
  await how.keep(
    ctx.tx,
    [...waiting, ...certain.map(([stored]) => stored)].sort((a, b) => a.decision.position - b.decision.position),
  )
  for (const [stored, claim, earlier] of certain) await poster.apply(stored, claim, earlier)
  poster.entries.push(...waiting.map(({ id, decision }) => unrecognisedEntry(remittanceId, id, decision)))
  poster.entries.push(...row.detail.providerAdjustments.map((one) => providerEntry(remittanceId, one)))
  await poster.pairWaitingReversals()
  const claimsChanged = await poster.settle()
  const sentences = postedSentences(how.name, {
    decisions: decisions.length,
    unknown: unknownClaims.length,
    providerAdjustmentCents: row.providerAdjustmentCents,
  })
  return { remittanceId, result: 'posted', sentences, claimsChanged, unknownClaims }
}

/** Posts one decision that had waited, on the claim that a person chose. Answers how many claims changed. */
export async function postMatched(
  ctx: Omit<PostContext, 'fileId'>,
  stored: StoredDecision & { trace: string; paidOn: string },
  claimId: string,
): Promise<number> {
  const claim = await findClaim(ctx.tx, claimId)
  if (claim === undefined) return 0
  const poster = await Poster.open({ ...ctx, fileId: null }, stored, [], [claim])
  await poster.applyWaiting(stored, claim, 'person')
  await poster.pairWaitingReversals()
  return poster.settle()
}

async function toleranceOn({
  tx,
  clinicId,
  today,
}: Pick<PostContext, 'tx' | 'clinicId' | 'today'>): Promise<Tolerance> {
  return {
    generalCents: await policyOn(tx, clinicId, 'remittance.variance_cents', today),
    byPayer: await policyOn(tx, clinicId, 'remittance.variance_by_payer', today),
    ownPayerId: (await policyOn(tx, clinicId, 'claim.parties', today))?.payerId ?? null,
  }
}

/** One posting run: which claims it touches, what stands on them, what it books. Everything is written in the run's one transaction. */
class Poster {
  readonly entries: Entry[] = []
  readonly #ctx: PostContext
  readonly #payment: { trace: string; paidOn: string }
  readonly #byControl: Map<string, FoundClaim>
  readonly #byNumber: Map<string, FoundClaim>
  readonly #standing: StandingDecision[]
  /** The accounts of the claims behind another payer, as they stood before this run. */
  readonly #sums: ReadonlyMap<string, Partial<Record<Account, number>>>
  readonly #touched = new Map<string, FoundClaim>()
  readonly #reversed: string[] = []
  readonly #decided: { stored: StoredDecision; claim: FoundClaim; paidOn: string }[] = []
  readonly #tolerance: Tolerance

  private constructor(parts: {
    ctx: PostContext
    payment: { trace: string; paidOn: string }
    byControl: Map<string, FoundClaim>
    byNumber: Map<string, FoundClaim>
    standing: StandingDecision[]
    sums: ReadonlyMap<string, Partial<Record<Account, number>>>
    tolerance: Tolerance
  }) {
    this.#ctx = parts.ctx
    this.#payment = parts.payment
    this.#byControl = parts.byControl
    this.#byNumber = parts.byNumber
    this.#standing = parts.standing
    this.#sums = parts.sums
    this.#tolerance = parts.tolerance
  }

  static async open(
    ctx: PostContext,
    payment: { trace: string; paidOn: string },
    decisions: readonly Decision[],
    claims: readonly FoundClaim[] = [],
  ): Promise<Poster> {
    const byControl = await findByControls(
      ctx.tx,
      decisions.map(({ controlNumber }) => controlNumber),
    )
    const numbers = decisions
      .filter(({ controlNumber }) => !byControl.has(controlNumber))
      .flatMap((one) => [one.payerClaimNumber, one.earlierPayerClaimNumber])
      .filter((number) => number !== null)
    const byNumber = await findByPayerNumbers(ctx.tx, numbers)
    const all = [...byControl.values(), ...byNumber.values(), ...claims]
    return new Poster({
      ctx,
      payment,
      byControl,
      byNumber,
      standing: await listStanding(ctx.tx, [...new Set(all.map(({ id }) => id))]),
      sums: await sumsOf(
        ctx.tx,
        all.filter(({ behindAnother }) => behindAnother).map(({ id }) => id),
      ),
      tolerance: await toleranceOn(ctx),
    })
  }

  attribute(decision: Decision): Attribution {
    return attribute(decision, {
      byControl: this.#byControl,
      byNumber: this.#byNumber,
      standing: this.#standing,
      left: leftStatuses,
    })
  }

  /** What the following decisions of this run have to know of this one. */
  remember({ id, decision }: StoredDecision, claim: FoundClaim, earlier: StandingDecision | undefined): void {
    if (earlier !== undefined) this.#standing.splice(this.#standing.indexOf(earlier), 1)
    else if (decision.kind === 'payment') {
      this.#standing.push({
        id,
        claimId: claim.id,
        payerClaimNumber: decision.payerClaimNumber,
        chargeCents: decision.chargeCents,
        paidCents: decision.paidCents,
        trace: this.#payment.trace,
      })
    }
  }

  /** Books a decision on its claim. A reversal books exactly the postings of what it takes back, with their signs changed. */
  async apply(
    stored: StoredDecision,
    claim: FoundClaim,
    earlier: StandingDecision | undefined,
    trace = this.#payment.trace,
    paidOn = this.#payment.paidOn,
  ): Promise<void> {
    const { decision, remittanceId } = stored
    this.#touched.set(claim.id, claim)
    if (earlier !== undefined) {
      const mirrored = [
        ...(await postingsOf(this.#ctx.tx, earlier.id, claim.id)),
        ...this.entries
          .filter((entry) => entry.decisionId === earlier.id && entry.claimId === claim.id)
          .flatMap(({ postings }) => postings),
      ]
      this.entries.push(mirroredEntry({ claimId: claim.id, remittanceId, decisionId: stored.id, trace }, mirrored))
      await setReversed(this.#ctx.tx, earlier.id, stored.id)
      this.#reversed.push(earlier.id)
      return
    }
    const notCollectable = isNotCollectable(decision, claim.qmb)
    const othersCents = claim.behindAnother && decision.kind === 'payment' ? this.#othersCents(claim.id) : null
    this.entries.push(
      ...entriesOf(decision, {
        claimId: claim.id,
        remittanceId,
        decisionId: stored.id,
        trace,
        notCollectable,
        othersCents,
      }),
    )
    if (decision.kind === 'payment') this.#decided.push({ stored, claim, paidOn })
  }

  /** What others took on of a claim's charge, as the ledger and this run leave it undecided. */
  #othersCents(claimId: string): number {
    const booked = this.entries
      .filter((entry) => entry.claimId === claimId)
      .flatMap(({ postings }) => postings)
      .reduce((sum, { account, amountCents }) => (account === 'other_payer' ? sum + amountCents : sum), 0)
    return -((this.#sums.get(claimId)?.other_payer ?? 0) + booked)
  }

  /** Posts what waited: its money leaves `unapplied`, within the same remittance, and is booked on the claim. */
  async applyWaiting(
    stored: StoredDecision & { trace: string; paidOn?: string },
    claim: FoundClaim,
    by: string,
  ): Promise<void> {
    const { decision, remittanceId } = stored
    const matched: StoredDecision = {
      id: stored.id,
      remittanceId,
      claimId: claim.id,
      matchedBy: by,
      decision: { ...decision, lines: matchLines(decision.lines, claim.lines) },
    }
    const earlier =
      decision.kind === 'reversal'
        ? earlierOf(
            decision,
            this.#standing.filter((one) => one.claimId === claim.id),
          )
        : undefined
    await setMatched(this.#ctx.tx, matched)
    this.entries.push(recognisedEntry(remittanceId, stored.id, decision, claim.controlNumber))
    this.remember(matched, claim, earlier)
    await this.apply(matched, claim, earlier, stored.trace, stored.paidOn)
  }

  /** Reversals that arrived before what they take back find it now. */
  async pairWaitingReversals(): Promise<void> {
    const payments = this.#decided.map(({ stored }) => stored.decision)
    if (payments.length === 0) return
    const numbers = payments.flatMap(({ payerClaimNumber }) => payerClaimNumber ?? [])
    const controls = [
      ...payments.map(({ controlNumber }) => controlNumber),
      ...[...this.#touched.values()].map(({ controlNumber }) => controlNumber),
    ]
    for (const waiting of await listWaitingReversals(this.#ctx.tx, controls, numbers)) {
      const claim =
        [...this.#touched.values()].find(
          (one) => one.controlNumber === waiting.decision.controlNumber.trim().toUpperCase(),
        ) ??
        this.#decided.find(
          ({ stored }) =>
            stored.decision.payerClaimNumber !== null &&
            stored.decision.payerClaimNumber === waiting.decision.payerClaimNumber,
        )?.claim
      if (claim === undefined) continue
      if (
        earlierOf(
          waiting.decision,
          this.#standing.filter((one) => one.claimId === claim.id),
        ) === undefined
      )
        continue
      await this.applyWaiting(waiting, claim, 'reversal')
    }
  }

  /** Writes the entries, and where each touched claim now stands, with its event and what is left to be worked on. */
  async settle(): Promise<number> {
    const { tx, now, by, today, fileId } = this.#ctx
    await book(tx, this.entries, { bookedOn: today, now, by })
    const sums = await sumsOf(tx, [...this.#touched.keys()])
    const standing = Map.groupBy(this.#standing, ({ claimId }) => claimId)
    const moves = new Map<ClaimStatus, FoundClaim[]>()
    const events: NewClaimEvent[] = []
    for (const claim of this.#touched.values()) {
      const settled = settledAs(claim, sums.get(claim.id) ?? {}, {
        decisions: standing.get(claim.id)?.length ?? 0,
        trace: this.#payment.trace,
        toleranceCents: toleranceOf(claim, this.#tolerance),
      })
      const number = standing
        .get(claim.id)
        ?.findLast(({ payerClaimNumber }) => payerClaimNumber !== null)?.payerClaimNumber
      if (number != null && number !== claim.payerClaimNumber) await setPayerClaimNumber(tx, claim.id, number)
      if (settled.to !== claim.status && settled.kind === 'decided')
        moves.set(settled.to, [...(moves.get(settled.to) ?? []), claim])
      events.push({ claimId: claim.id, kind: settled.kind, fileId, sentence: settled.sentence })
    }
    for (const [to, claims] of moves) await moveClaims(tx, claims, to, now)
    await insertEvents(tx, events, { now, by })
    await closeDenialsOf(tx, this.#reversed, { resolution: 'The payer took the decision back.', by, now })
    const stands = new Set(this.#standing.map(({ id }) => id))
    await insertDenials(
      tx,
      this.#decided.filter(({ stored }) => stands.has(stored.id)).flatMap((one) => this.#denialsOf(one)),
      now,
    )
    return this.#touched.size
  }

  #denialsOf({ stored, claim, paidOn }: { stored: StoredDecision; claim: FoundClaim; paidOn: string }) {
    return denialsOf(decidedClaimOf(stored.decision, claim, paidOn, toleranceOf(claim, this.#tolerance))).map(
      (denial) => ({
        ...denial,
        claimId: claim.id,
        decisionId: stored.id,
      }),
    )
  }
}
