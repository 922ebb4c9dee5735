import { contract } from '@keepwell/contract'
import { checkClaims, sendDueBatch } from '../../src/features/claims/index.ts'
import { checkMoney, collectAnswers } from '../../src/features/remittances/index.ts'
import type { ClaimDrop } from '../../src/outside/clearinghouse/claim-drop.ts'
import { type Delays, payerSimulator } from '../../src/outside/clearinghouse/payer-simulator.ts'
import {
  deductiblesLeft,
  simulatorDeductibles,
  simulatorMailbox,
  simulatorTerms,
} from '../../src/outside/clearinghouse/simulator-store.ts'
import { billableMonth, type MonthStory } from './month.ts'
import type { Story } from './story.ts'

export const billed = '2026-10'

/** A made-up Medicare number (the S is never given out) with two last digits of our choice. */
let made = 0
export function mbiEnding(ending: string): string {
  made++
  return `${1 + (made % 9)}S${'ACDEFGHJKM'[made % 10]}${Math.floor(made / 10) % 10}AA${Math.floor(made / 100) % 10}AA${ending}`
}

/** A patient of October whose minutes make a claim; `ending` chooses what the payer does. */
export function billable(story: Story, ending: string, change: Partial<MonthStory> = {}): Promise<string> {
  return billableMonth(story, { ...change, patient: { mbi: mbiEnding(ending), ...change.patient } })
}

/** Lena closes October; answers the ready claims by patient. */
export async function closeOctober(story: Story): Promise<Map<string, string>> {
  await story.as('lena').does(contract.months.close, { params: { month: billed } })
  const { items } = await story.as('lena').does(contract.claims.list, { query: { month: billed, limit: 500 } })
  return new Map(items.map((claim) => [claim.patient.id, claim.id]))
}

/** A payer that answers at once; without deductibles unless they are asked for. */
export function instantPayer(story: Story, delays: Partial<Delays> = {}, withDeductibles = false): ClaimDrop {
  const tenantOf = async () => story.tenantId
  return payerSimulator({
    mailbox: simulatorMailbox(story.database, tenantOf),
    clock: story.clock,
    termsOf: simulatorTerms(story.database, tenantOf),
    ...(withDeductibles
      ? {
          deductiblesLeft: (asked) =>
            deductiblesLeft(simulatorDeductibles(story.database, tenantOf), asked, story.clock.now()),
        }
      : {}),
    delays: { acknowledged: 0, reported: 0, paid: 0, corrected: 0, ...delays },
  })
}

/** Lena makes a batch of what is ready and it leaves; answers the batch's id. */
export async function sendAll(story: Story, drop: ClaimDrop): Promise<string> {
  await story.setPolicy('claim.channel', 'simulator')
  const batch = await story.as('lena').does(contract.claims.batch, { body: {} })
  story.clock.advanceSeconds(901)
  await sendDueBatch(story.look, { drops: { sftp: null, simulator: drop } }, story.clock.now())
  return batch.id
}

export async function collect(story: Story, drop: ClaimDrop): Promise<void> {
  await collectAnswers(story.look, { sftp: null, simulator: drop }, story.clock.now())
}

/** Everything that the invariants of claims and money find wrong. */
export async function violations(story: Story) {
  return story.look(async (tx) => {
    const found = []
    for await (const one of checkClaims(tx)) found.push(one)
    for await (const one of checkMoney(tx)) found.push(one)
    return found
  })
}

/** The sums of the whole ledger by account, in cents. */
export async function ledgerSums(story: Story): Promise<Record<string, number>> {
  const rows = await story.look((tx) =>
    tx.db
      .selectFrom('postings')
      .select(['account', (row) => row.fn.sum<number>('amount_cents').as('cents')])
      .where('tenant_id', '=', tx.tenantId)
      .groupBy('account')
      .execute(),
  )
  return Object.fromEntries(
    rows
      .map(({ account, cents }) => [account, Number(cents)])
      .filter(([, cents]) => cents !== 0)
      .sort(),
  )
}
