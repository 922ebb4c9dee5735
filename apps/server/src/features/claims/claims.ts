import { batchCan, type ClaimStatus, claimCan, claimStatusWords } from '@keepwell/contract'
import { accept, assert, type Decision, refuse } from '../../kernel/problem.ts'

/**
 * The lawful ways of a claim. `ready` is the only door to the payer; what the payer has can only be moved by the
 * payer's answers; a withdrawn claim is over, and so is one that was billed anew.
 */
export const lawfulMoves: Readonly<Record<ClaimStatus, readonly ClaimStatus[]>> = {
  ready: ['batched', 'withdrawn'],
  batched: ['ready', 'sent'],
  sent: ['accepted', 'rejected', 'paid', 'denied', 'underpaid', 'reversed'],
  accepted: ['rejected', 'paid', 'denied', 'underpaid', 'reversed'],
  // Payers have been seen to decide a claim that their front end had refused.
  rejected: ['ready', 'withdrawn', 'paid', 'denied', 'underpaid', 'reversed'],
  paid: ['denied', 'underpaid', 'reversed', 'replaced'],
  denied: ['paid', 'underpaid', 'reversed', 'replaced'],
  underpaid: ['paid', 'denied', 'reversed', 'replaced'],
  reversed: ['paid', 'denied', 'underpaid'],
  withdrawn: [],
  // What the payer still says of it is booked, and moves it no more: the claim in its place is the one that lives.
  replaced: [],
}

export function mayMove(from: ClaimStatus, to: ClaimStatus): boolean {
  return lawfulMoves[from].includes(to)
}

/** What must hold by our own code before a claim's status is written. */
export function assertMove(from: ClaimStatus, to: ClaimStatus): void {
  assert(from === to || mayMove(from, to), `a claim goes from ${from} to ${to} only on a lawful way`)
}

/** The statuses of a claim that has left us once, so that its charge stands in the ledger. */
export const leftStatuses: readonly ClaimStatus[] = [
  'sent',
  'accepted',
  'rejected',
  'paid',
  'denied',
  'underpaid',
  'reversed',
  'replaced',
]

export function decideWithdrawal(status: ClaimStatus): Decision<'withdrawn'> {
  const reason = claimCan.withdraw.whyNot({ status })
  return reason === null ? accept('withdrawn') : refuse('claim_already_sent', reason)
}

export function decideCorrection(status: ClaimStatus): Decision<'ready'> {
  const reason = claimCan.correct.whyNot({ status })
  return reason === null ? accept('ready') : refuse('claim_not_ready', reason)
}

export interface Wanted {
  /** The ids that somebody named; null takes every ready claim. */
  ids: readonly string[] | null
  found: readonly { id: string; controlNumber: string; status: ClaimStatus }[]
}

/** Which claims go into a batch: all the named ones, each of them ready, or every ready one. */
export function decideChosen({ ids, found }: Wanted): Decision<readonly string[]> {
  if (ids === null) {
    const ready = found.filter(({ status }) => status === 'ready').map(({ id }) => id)
    return ready.length > 0 ? accept(ready) : refuse('claim_not_ready', 'No claim is ready to be sent.')
  }
  const faults = ids.flatMap((id) => {
    const claim = found.find((one) => one.id === id)
    if (claim === undefined) return [{ path: `claimIds.${id}`, message: 'There is no such claim here.' }]
    return claim.status === 'ready'
      ? []
      : [{ path: claim.controlNumber, message: `It is “${claimStatusWords[claim.status]}”.` }]
  })
  if (ids.length === 0) return refuse('claim_not_ready', 'No claim was chosen.')
  if (faults.length === 0) return accept(ids)
  const left = ids.some((id) =>
    found.some(
      (one) => one.id === id && one.status !== 'ready' && one.status !== 'rejected' && one.status !== 'withdrawn',
    ),
  )
  return left
    ? refuse(
        'claim_already_sent',
        'At least one of these claims is in a batch or has left already. Nothing was made.',
        faults,
      )
    : refuse('claim_not_ready', 'At least one of these claims is not ready. Nothing was made.', faults)
}

/** Who gets a bill: the id of a payer behind Medicare, or null for the clinic's own payer. */
export interface Addressed {
  controlNumber: string
  payer: { payerId: string; name: string } | null
}
const payerOf = ({ payer }: Addressed): string | null => payer?.payerId ?? null

/**
 * A batch goes to one payer. Named claims have to have the same one; of all that are ready those of the wanted payer are
 * taken, else those of the clinic's own, else those of the first other one.
 */
export function decideAddressee<C extends Addressed>(
  claims: readonly C[],
  { named, payerId }: { named: boolean; payerId: string | undefined },
): Decision<{ claims: C[]; others: { payerId: string | null; name: string | null; claims: number }[] }> {
  const byPayer = Map.groupBy(claims, payerOf)
  const groups = [...byPayer].map(([id, of]) => ({ payerId: id, name: of[0]?.payer?.name ?? null, claims: of.length }))
  if (named && byPayer.size > 1)
    return refuse(
      'claim_not_ready',
      `These claims go to ${byPayer.size} payers, and a batch goes to one. Make a batch for each. Nothing was made.`,
      [...byPayer].map(([, of]) => ({
        path: of.map(({ controlNumber }) => controlNumber).join(', '),
        message: `For ${of[0]?.payer?.name ?? "the clinic's own payer"}.`,
      })),
    )
  const to = payerId ?? (byPayer.has(null) ? null : (groups[0]?.payerId ?? null))
  return accept({ claims: byPayer.get(to) ?? [], others: groups.filter((group) => group.payerId !== to) })
}

export type BatchStatus = 'waiting' | 'sending' | 'sent' | 'undone' | 'failed' | 'accepted' | 'rejected'

export function decideUndo(batch: { status: BatchStatus; leavesAt: Date }, now: Date): Decision<'undone'> {
  const reason = batchCan.undo.whyNot({
    status: batch.status,
    leavesAt: batch.leavesAt.toISOString(),
    now: now.toISOString(),
  })
  return reason === null ? accept('undone') : refuse('undo_window_over', reason)
}

/** A waiting batch may leave at once, a failed one may be tried again. */
export function decideSendNow(batch: { status: BatchStatus; channel: string }): Decision<'waiting'> {
  if (batch.status === 'undone')
    return refuse('undo_window_over', 'The batch was taken back; its claims are ready for another one.')
  if (batch.status !== 'waiting' && batch.status !== 'failed') return refuse('undo_window_over', 'The batch has left.')
  if (batch.channel === 'download')
    return refuse(
      'undo_window_over',
      'This clinic sends its claims itself: download the file, and the batch counts as sent.',
    )
  return accept('waiting')
}

/** Seconds until the next try after so many failed ones: one minute, then twice as long each time; null after the fifth. */
export function pauseAfter(failures: number): number | null {
  return failures >= 5 ? null : 60 * 2 ** (failures - 1)
}

/** How long a sender has a batch for itself. If it dies meanwhile, another one takes over after that. */
export const sendingLeaseSeconds = 180
