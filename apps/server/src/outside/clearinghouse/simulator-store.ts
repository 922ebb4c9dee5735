import { credentialRow } from '@keepwell/rules'
import { sql } from 'kysely'
import { type Database, json, type Tx } from '../../db/database.ts'
import { newId, sha256 } from '../../kernel/ids.ts'
import { deductibleLeftOf } from '../eligibility/eligibility-simulator.ts'
import type { Terms } from './payer-decisions.ts'
import type { SimulatorMailbox } from './payer-simulator.ts'

/** The mailbox in the tables of one organization. `tenantOf` answers null while there is none: then nothing is there. */
export function simulatorMailbox(database: Database, tenantOf: () => Promise<string | null>): SimulatorMailbox {
  const within = async <T>(nobody: T, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const tenantId = await tenantOf()
    return tenantId === null ? nobody : database.withTenant(tenantId, work)
  }
  return {
    received: (name) =>
      within(null, async (tx) => {
        const row = await tx.db
          .selectFrom('simulator_files')
          .select('content')
          .where('tenant_id', '=', tx.tenantId)
          .where('direction', '=', 'to_payer')
          .where('name', '=', name)
          .executeTakeFirst()
        return row?.content ?? null
      }),
    async keep(received, answers, now, taken) {
      const tenantId = await tenantOf()
      if (tenantId === null) throw new Error('The payer simulator serves the demo clinic only.')
      await database.withTenant(tenantId, async (tx) => {
        const { numInsertedOrUpdatedRows } = await insert(tx, 'to_payer', { ...received, availableAt: now })
        if (numInsertedOrUpdatedRows === 0n) return
        for (const answer of answers) await insert(tx, 'from_payer', answer)
        const rows = taken.map(({ from, ...one }) => ({ id: newId(), ...one, from: from.toISOString() }))
        await sql`
          insert into simulator_deductibles (tenant_id, id, member_id, year, file_name, taken_cents, from_at)
          select ${tx.tenantId}::uuid, r.id, r."memberId", r.year, ${received.name}, r."takenCents", r."from"
          from json_to_recordset(${json(rows)}::json) as r (id uuid, "memberId" text, year text, "takenCents" integer, "from" timestamptz)`.execute(
          tx.db,
        )
      })
    },
    latest: (limit) =>
      within([], async (tx) => {
        const rows = await tx.db
          .selectFrom('simulator_files')
          .select('content')
          .where('tenant_id', '=', tx.tenantId)
          .where('direction', '=', 'to_payer')
          .orderBy('available_at', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ content }) => content)
      }),
    about: (controls, now) =>
      within({ received: [], answered: [] }, async (tx) => {
        const { rows } = await sql<{ direction: string; content: string }>`
          select direction, content from simulator_files f where tenant_id = ${tx.tenantId} and available_at <= ${now}
            and exists (select 1 from unnest(${[...controls]}::text[]) as k where strpos(f.content, '*' || k || '*') > 0 or strpos(f.content, '*' || k || '~') > 0)
          order by available_at, id limit 2000`.execute(tx.db)
        const of = (direction: string) =>
          rows.filter((row) => row.direction === direction).map(({ content }) => content)
        return { received: of('to_payer'), answered: of('from_payer') }
      }),
    waiting: (now) =>
      within([], (tx) =>
        tx.db
          .selectFrom('simulator_files')
          .select(['name', 'content'])
          .where('tenant_id', '=', tx.tenantId)
          .where('direction', '=', 'from_payer')
          .where('taken_at', 'is', null)
          .where('available_at', '<=', now)
          .orderBy('available_at')
          .orderBy('id')
          .limit(100)
          .execute(),
      ),
    taken: (name, now) =>
      within(undefined, async (tx) => {
        await tx.db
          .updateTable('simulator_files')
          .set({ taken_at: now })
          .where('tenant_id', '=', tx.tenantId)
          .where('direction', '=', 'from_payer')
          .where('name', '=', name)
          .execute()
      }),
  }
}

async function insert(
  tx: Tx,
  direction: 'to_payer' | 'from_payer',
  file: { name: string; content: string; availableAt: Date },
): Promise<{ numInsertedOrUpdatedRows: bigint }> {
  const result = await tx.db
    .insertInto('simulator_files')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      direction,
      name: file.name,
      sha256: sha256(file.content),
      content: file.content,
      available_at: file.availableAt,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'direction', 'name']).doNothing())
    .executeTakeFirst()
  return { numInsertedOrUpdatedRows: result.numInsertedOrUpdatedRows ?? 0n }
}

export interface DeductibleBook {
  /** What the payer simulator has taken from these patients' deductibles of these years by now, in cents, by `memberId year`. */
  taken(asked: readonly { memberId: string; year: string }[], now: Date): Promise<ReadonlyMap<string, number>>
}

/** The payer simulator's book of deductibles, which the eligibility simulator reads. */
export function simulatorDeductibles(database: Database, tenantOf: () => Promise<string | null>): DeductibleBook {
  return {
    async taken(asked, now) {
      const tenantId = await tenantOf()
      if (tenantId === null || asked.length === 0) return new Map()
      const members = [...new Set(asked.map(({ memberId }) => memberId))]
      const rows = await database.withTenant(tenantId, (tx) =>
        tx.db
          .selectFrom('simulator_deductibles')
          .select(['member_id', 'year', (row) => row.fn.sum<number>('taken_cents').as('cents')])
          .where('tenant_id', '=', tx.tenantId)
          .where('member_id', 'in', members)
          .where('from_at', '<=', now)
          .groupBy(['member_id', 'year'])
          .execute(),
      )
      return new Map(rows.map((row) => [`${row.member_id} ${row.year}`, Number(row.cents)]))
    },
  }
}

/** What is left of these patients' deductibles on their days, by `memberId year`: what the eligibility simulator would tell. */
export async function deductiblesLeft(
  book: DeductibleBook,
  asked: readonly { memberId: string; serviceOn: string }[],
  now: Date,
): Promise<Map<string, number>> {
  const years = asked.map(({ memberId, serviceOn }) => ({ memberId, year: serviceOn.slice(0, 4) }))
  const taken = await book.taken(years, now)
  return new Map(
    asked.map(({ memberId, serviceOn }) => [
      `${memberId} ${serviceOn.slice(0, 4)}`,
      deductibleLeftOf(memberId, serviceOn, taken.get(`${memberId} ${serviceOn.slice(0, 4)}`) ?? 0),
    ]),
  )
}

const kinds: Readonly<Record<string, Terms['practitionerKind']>> = {
  MD: 'physician',
  DO: 'physician',
  NP: 'np',
  PA: 'pa',
  CNS: 'cns',
  CNM: 'cnm',
}

/** What the payer has on file of a clinic and its practitioners; strangers are paid the national amount of a physician. */
export function simulatorTerms(
  database: Database,
  tenantOf: () => Promise<string | null>,
): (npis: { billing: string; rendering: string }) => Promise<Terms> {
  return async ({ billing, rendering }) => {
    const tenantId = await tenantOf()
    const stranger: Terms = { locality: null, qualifyingApm: false, practitionerKind: 'physician' }
    if (tenantId === null) return stranger
    return database.withTenant(tenantId, async (tx) => {
      const { rows } = await sql<{ locality: string | null; qualifyingApm: boolean | null; credential: string | null }>`
        select (select locality from clinics where tenant_id = ${tx.tenantId} and npi = ${billing} limit 1) as locality, s.qualifying_apm as "qualifyingApm",
          (select credential from staff_credentials c where c.tenant_id = ${tx.tenantId} and c.staff_id = s.id order by valid_from desc limit 1) as credential
        from (select 1) one left join staff s on s.tenant_id = ${tx.tenantId} and s.npi = ${rendering} limit 1`.execute(
        tx.db,
      )
      const row = rows[0]
      if (row === undefined) return stranger
      const credential = row.credential === null ? undefined : credentialRow(row.credential)
      return {
        locality: row.locality,
        qualifyingApm: row.qualifyingApm ?? false,
        practitionerKind: credential === undefined ? 'physician' : (kinds[credential.id] ?? 'other'),
      }
    })
  }
}
