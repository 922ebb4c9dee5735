import type { CodeList, CodeListChange, CodeListEdition, CodeListLine } from '@keepwell/contract'
import type { Icd10Standing } from '@keepwell/rules'
import { type RawBuilder, sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import type { ListedCode } from './code-lists.ts'

const editionsAtMost = 500
const linesAtOnce = 10_000
const usedAtMost = 50

export async function insertEdition(
  tx: Tx,
  edition: {
    list: CodeList
    holdsFrom: string
    holdsUntil: string | null
    source: string
    fileName: string
    fileSha256: string
    by: string
    now: Date
  },
  lines: readonly ListedCode[],
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('code_list_editions')
    .values({
      tenant_id: tx.tenantId,
      id,
      list: edition.list,
      holds_from: edition.holdsFrom,
      holds_until: edition.holdsUntil,
      source: edition.source,
      file_name: edition.fileName,
      file_sha256: edition.fileSha256,
      lines: lines.length,
      brought_by: edition.by,
      brought_at: edition.now,
    })
    .execute()
  for (let at = 0; at < lines.length; at += linesAtOnce)
    await sql`
      insert into code_list_lines (tenant_id, edition_id, code, area, wording, from_on, to_on, billable, non_facility_cents, facility_cents)
      select ${tx.tenantId}::uuid, ${id}::uuid, r.code, r.area, r.text, r."from", r."to", r.billable, r."nonFacilityCents", r."facilityCents"
      from json_to_recordset(${json(lines.slice(at, at + linesAtOnce))}::json) as r(code text, area text, text text, "from" date, "to" date, billable boolean,
        "nonFacilityCents" integer, "facilityCents" integer)`.execute(tx.db)
  return id
}

/** The same file of the same list for the same day, unless it was taken back. */
export async function knownEdition(
  tx: Tx,
  file: { list: CodeList; holdsFrom: string; fileSha256: string },
): Promise<CodeListEdition | undefined> {
  const [known] = await editionsWhere(
    tx,
    sql`e.list = ${file.list} and e.holds_from = ${file.holdsFrom}::date and e.file_sha256 = ${file.fileSha256} and b.id is null`,
  )
  return known
}

export async function insertListDeed(
  tx: Tx,
  deed: { editionId: string; kind: 'taken_in' | 'taken_back'; reason: string | null; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('code_list_deeds')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      edition_id: deed.editionId,
      kind: deed.kind,
      reason: deed.reason,
      recorded_by: deed.by,
      recorded_at: deed.now,
    })
    .execute()
}

/** `t` is an edition's taking in, `b` its taking back. */
const withDeeds = sql`code_list_editions e
  left join code_list_deeds t on t.tenant_id = e.tenant_id and t.edition_id = e.id and t.kind = 'taken_in'
  left join code_list_deeds b on b.tenant_id = e.tenant_id and b.edition_id = e.id and b.kind = 'taken_back'`
const newestFirst = sql`e.holds_from desc, t.recorded_at desc nulls first, e.brought_at desc, e.id desc`

type EditionRow = Omit<CodeListEdition, 'at' | 'takenIn' | 'takenBack'> & {
  at: Date
  takenIn: CodeListEdition['takenIn']
  takenBack: CodeListEdition['takenBack']
}

async function editionsWhere(tx: Tx, where: RawBuilder<unknown>): Promise<CodeListEdition[]> {
  const who = (deed: RawBuilder<unknown>) =>
    sql`(select jsonb_build_object('id', s.id, 'name', s.name) from staff s where s.tenant_id = e.tenant_id and s.id = ${deed})`
  const { rows } = await sql<EditionRow>`
    select e.id, e.list, e.holds_from as "holdsFrom", e.holds_until as "holdsUntil", e.source, e.file_name as "fileName", e.lines,
      ${who(sql`e.brought_by`)} as by, e.brought_at as at,
      case when t.id is not null then jsonb_build_object('by', ${who(sql`t.recorded_by`)}, 'at', t.recorded_at) end as "takenIn",
      case when b.id is not null then jsonb_build_object('by', ${who(sql`b.recorded_by`)}, 'at', b.recorded_at, 'reason', b.reason) end as "takenBack"
    from ${withDeeds} where e.tenant_id = ${tx.tenantId} and ${where} order by ${newestFirst} limit ${editionsAtMost}`.execute(
    tx.db,
  )
  const instant = <T extends { at: string }>(deed: T | null) =>
    deed === null ? null : { ...deed, at: new Date(deed.at).toISOString() }
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    takenIn: instant(row.takenIn),
    takenBack: instant(row.takenBack),
  }))
}

/** Every edition of every list, the latest day first. */
export const listEditions = (tx: Tx): Promise<CodeListEdition[]> => editionsWhere(tx, sql`true`)

export async function readEdition(tx: Tx, id: string): Promise<CodeListEdition> {
  return found((await editionsWhere(tx, sql`e.id = ${id}`))[0], 'There is no such list.')
}

/** The edition that stands before another one: of its day or an earlier one, taken in before it. */
export async function editionBefore(tx: Tx, edition: CodeListEdition): Promise<CodeListEdition | undefined> {
  const [before] = await editionsWhere(
    tx,
    sql`e.list = ${edition.list} and e.id <> ${edition.id} and t.id is not null and b.id is null and e.holds_from <= ${edition.holdsFrom}::date
      and (e.holds_from < ${edition.holdsFrom}::date or t.recorded_at < ${edition.takenIn?.at ?? 'infinity'}::timestamptz)`,
  )
  return before
}

/** The edition of `list` that holds on the day `on`, for a lateral join: the latest that was taken in and not taken back. */
function holdingOn(tx: Tx, list: RawBuilder<unknown>, on: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select e.id from ${withDeeds}
    where e.tenant_id = ${tx.tenantId} and e.list = ${list} and t.id is not null and b.id is null and e.holds_from <= ${on} and coalesce(e.holds_until, 'infinity') >= ${on}
    order by ${newestFirst} limit 1)`
}

/** The ids of the editions that hold on a day, one a list at most. */
export async function holdingIds(tx: Tx, on: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select h.id from unnest(array['carc', 'rarc', 'icd10cm', 'fees']) as k(list) cross join lateral ${holdingOn(tx, sql`k.list`, sql`${on}::date`)} h`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

const lineOn = (on: RawBuilder<unknown>) =>
  sql`coalesce(l.from_on, '-infinity') <= ${on} and coalesce(l.to_on, 'infinity') >= ${on}`

/** A code of a list on a day 'YYYY-MM-DD'. */
export interface CodeOnDay {
  list: 'carc' | 'rarc'
  code: string
  on: string
}

/** What the clinic's lists say of reasons and remarks, each on its day. A code that they do not have answers undefined. */
export async function codeTexts(
  tx: Tx,
  asked: readonly CodeOnDay[],
): Promise<(list: CodeOnDay['list'], code: string, on: string) => string | undefined> {
  if (asked.length === 0) return () => undefined
  const { rows } = await sql<CodeOnDay & { text: string }>`
    select a.list, a.code, a."on", l.wording as text
    from (select distinct list, code, "on" from jsonb_to_recordset(${json(asked)}::jsonb) as r(list text, code text, "on" date)) a
    cross join lateral ${holdingOn(tx, sql`a.list`, sql`a."on"`)} h
    join code_list_lines l on l.tenant_id = ${tx.tenantId} and l.edition_id = h.id and l.code = a.code and l.area = '' and ${lineOn(sql`a."on"`)}`.execute(
    tx.db,
  )
  const keyOf = (list: string, code: string, on: string) => `${list} ${code} ${on}`
  const texts = new Map(rows.map(({ list, code, on, text }) => [keyOf(list, code, on), text]))
  return (list, code, on) => texts.get(keyOf(list, code, on))
}

/**
 * How diagnoses stand, each on its day, by the clinic's list of that fiscal year. Without such a list the answer is
 * undefined. In a list that names no headings, a code with which others begin is one.
 */
export async function diagnosesOnDays(
  tx: Tx,
  asked: readonly { code: string; on: string }[],
): Promise<(code: string, on: string) => Icd10Standing | undefined> {
  if (asked.length === 0) return () => undefined
  const { rows } = await sql<{ code: string; on: string; standing: Icd10Standing }>`
    select a.code, a."on", case
      when l.code is not null then case when l.billable then 'billable' when l.billable is null then 'billable' else 'category' end
      when exists (select 1 from code_list_lines n where n.tenant_id = ${tx.tenantId} and n.edition_id = h.id and n.code > a.code and n.code < a.code || '~') then 'category'
      else 'not_listed' end as standing
    from (select distinct code, "on" from jsonb_to_recordset(${json(asked)}::jsonb) as r(code text, "on" date)) a
    cross join lateral ${holdingOn(tx, sql`'icd10cm'`, sql`a."on"`)} h
    left join code_list_lines l on l.tenant_id = ${tx.tenantId} and l.edition_id = h.id and l.code = a.code and l.area = '' and ${lineOn(sql`a."on"`)}`.execute(
    tx.db,
  )
  const standings = new Map(rows.map(({ code, on, standing }) => [`${code} ${on}`, standing]))
  return (code, on) => standings.get(`${code} ${on}`)
}

/** Codes of a list with the number of claims since a day that had each. */
function usedSince(tx: Tx, list: CodeList, since: string): RawBuilder<unknown> {
  const own = sql`c.tenant_id = ${tx.tenantId} and c.service_on >= ${since}::date`
  if (list === 'icd10cm')
    return sql`select replace(d, '.', '') as code, count(*)::integer as used from claims c cross join unnest(c.diagnoses) d where ${own} and c.status <> 'withdrawn' group by 1`
  if (list === 'fees')
    return sql`select l.code, count(distinct c.id)::integer as used from claims c join claim_lines l on l.tenant_id = c.tenant_id and l.claim_id = c.id where ${own} and c.status <> 'withdrawn' group by 1`
  const path = list === 'carc' ? sql`'$.**.adjustments[*].code'::jsonpath` : sql`'$.**.remarks[*]'::jsonpath`
  return sql`select j #>> '{}' as code, count(distinct coalesce(rc.claim_id, rc.id))::integer as used
    from remittances r join remittance_claims rc on rc.tenant_id = r.tenant_id and rc.remittance_id = r.id cross join lateral jsonb_path_query(rc.detail, ${path}) j
    where r.tenant_id = ${tx.tenantId} and r.paid_on >= ${since}::date group by 1`
}

const lineJson = (line: RawBuilder<unknown>) =>
  sql`case when ${line}.code is not null then jsonb_build_object('text', ${line}.wording, 'from', ${line}.from_on, 'to', ${line}.to_on, 'billable', ${line}.billable,
    'nonFacilityCents', ${line}.non_facility_cents, 'facilityCents', ${line}.facility_cents) end`

export interface ComparedLine {
  code: string
  area: string
  change: CodeListChange
  before: CodeListLine | null
  after: CodeListLine | null
  used: number
}

/** The lines of an edition against those of another one (null: none), what claims have used first. */
export async function compareEditions(
  tx: Tx,
  edition: CodeListEdition,
  againstId: string | null,
  asked: {
    since: string
    change?: CodeListChange | undefined
    search?: string | undefined
    offset: number
    limit: number
  },
): Promise<ComparedLine[]> {
  const search = asked.search?.replace('.', '').toUpperCase() ?? ''
  const words = `%${(asked.search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<ComparedLine>`
    with ${bothSides(tx, edition.id, againstId)}, used as (${usedSince(tx, edition.list, asked.since)})
    select coalesce(n.code, o.code) as code, coalesce(n.area, o.area) as area, ${changeOf} as change, ${lineJson(sql`o`)} as before, ${lineJson(sql`n`)} as after, coalesce(u.used, 0) as used
    from n full join o on o.code = n.code and o.area = n.area left join used u on u.code = coalesce(n.code, o.code)
    where ${asked.change === undefined ? sql`true` : sql`${changeOf} = ${asked.change}`}
      and ${search === '' ? sql`true` : sql`(starts_with(coalesce(n.code, o.code), ${search}) or coalesce(n.wording, o.wording) ilike ${words} or coalesce(n.area, o.area) ilike ${words})`}
    order by coalesce(u.used, 0) desc, 1, 2 offset ${asked.offset} limit ${asked.limit}`.execute(tx.db)
  return rows
}

const changeOf = sql`case when o.code is null then 'added' when n.code is null then 'gone'
  when (n.wording, n.from_on, n.to_on, n.billable, n.non_facility_cents, n.facility_cents) is distinct from (o.wording, o.from_on, o.to_on, o.billable, o.non_facility_cents, o.facility_cents)
  then 'changed' else 'unchanged' end`

function bothSides(tx: Tx, id: string, againstId: string | null): RawBuilder<unknown> {
  const side = (of: string | null) =>
    sql`(select * from code_list_lines where tenant_id = ${tx.tenantId} and edition_id = ${of}::uuid)`
  return sql`n as ${side(id)}, o as ${side(againstId)}`
}

export async function countChanges(
  tx: Tx,
  id: string,
  againstId: string | null,
): Promise<Record<CodeListChange, number>> {
  const { rows } = await sql<{ change: CodeListChange; count: number }>`
    with ${bothSides(tx, id, againstId)} select ${changeOf} as change, count(*)::integer as count from n full join o on o.code = n.code and o.area = n.area group by 1`.execute(
    tx.db,
  )
  return {
    added: 0,
    gone: 0,
    changed: 0,
    unchanged: 0,
    ...Object.fromEntries(rows.map(({ change, count }) => [change, count])),
  }
}

/** Codes of claims since a day that an edition does not have, the most used first. */
export async function usedNotListed(
  tx: Tx,
  edition: CodeListEdition,
  since: string,
): Promise<{ code: string; used: number }[]> {
  const { rows } = await sql<{ code: string; used: number }>`
    with used as (${usedSince(tx, edition.list, since)}) select code, used from used u
    where not exists (select 1 from code_list_lines l where l.tenant_id = ${tx.tenantId} and l.edition_id = ${edition.id} and l.code = u.code)
    order by used desc, code limit ${usedAtMost}`.execute(tx.db)
  return rows
}
