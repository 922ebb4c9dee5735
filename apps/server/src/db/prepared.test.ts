import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../test/support/store.ts'
import type { Database } from './database.ts'
import { isOutdatedPlan } from './prepared.ts'

let database: Database
beforeAll(async () => {
  database = await openStore()
})
afterAll(() => database.close())

test('a statement that comes again is prepared, one that comes once is not', async () => {
  const names = await database.beforeTenant(async (db) => {
    for (let time = 0; time < 3; time++) await sql`select 'asked again' as what where 1 = ${1}::int`.execute(db)
    await sql`select 'asked once' as what where 1 = ${1}::int`.execute(db)
    const { rows } = await sql<{
      name: string
      statement: string
    }>`select name, statement from pg_prepared_statements`.execute(db)
    return rows
  })
  expect(names.filter(({ statement }) => statement.includes('asked again'))).toHaveLength(1)
  expect(names.filter(({ statement }) => statement.includes('asked once'))).toEqual([])
})

test('a statement whose table changed under it is refused once and works from then on', async () => {
  const rowsOf = async (change: boolean) =>
    database.beforeTenant(async (db) => {
      await sql`create temp table passing (a int) on commit drop`.execute(db)
      const read = () => sql`select * from passing where a is distinct from ${7}`.execute(db)
      await sql`insert into passing values (1)`.execute(db)
      await read()
      await read()
      if (change) await sql`alter table passing add column b int`.execute(db)
      return (await read()).rows
    })
  const error = await rowsOf(true).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(isOutdatedPlan(error)).toBe(true)
  expect(await rowsOf(false)).toEqual([{ a: 1 }])
})
