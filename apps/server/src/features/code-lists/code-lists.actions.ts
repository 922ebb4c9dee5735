import { codeListCan, codeListKinds, contract } from '@keepwell/contract'
import { addYears } from '@keepwell/rules'
import { action } from '../../action/action.ts'
import { sha256 } from '../../kernel/ids.ts'
import { orThrow, Problem } from '../../kernel/problem.ts'
import {
  compareEditions,
  countChanges,
  editionBefore,
  holdingIds,
  insertEdition,
  insertListDeed,
  knownEdition,
  listEditions,
  readEdition,
  usedNotListed,
} from './code-lists.store.ts'
import { holdsUntil, readCodeList } from './code-lists.ts'

export const list = action(contract.codeLists.list, async ({ tx, today }) => {
  const editions = await listEditions(tx)
  const holding = await holdingIds(tx, today)
  return {
    items: codeListKinds.map((kind) => {
      const own = editions.filter((edition) => edition.list === kind)
      return { list: kind, today: own.find(({ id }) => holding.includes(id)) ?? null, editions: own }
    }),
  }
})

export const bringIn = action(contract.codeLists.bringIn, async ({ tx, by, now, touch }, { params, query, file }) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of file) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const given = { list: params.list, holdsFrom: query.holdsFrom, fileSha256: sha256(bytes) }
  const known = await knownEdition(tx, given)
  if (known !== undefined) {
    touch({ subjectId: known.id, detail: { list: params.list, known: true } })
    return { edition: known, known: true }
  }
  const lines = orThrow(readCodeList(params.list, bytes, query.holdsFrom))
  const until = holdsUntil(params.list, query.holdsFrom)
  const id = await insertEdition(
    tx,
    { ...given, holdsUntil: until, source: query.source, fileName: query.name, by, now },
    lines,
  )
  touch({ subjectId: id, detail: { list: params.list, holdsFrom: query.holdsFrom, lines: lines.length } })
  return { edition: await readEdition(tx, id), known: false }
})

export const compare = action(contract.codeLists.compare, async ({ tx, today }, { params, query }) => {
  const edition = await readEdition(tx, params.id)
  const against = (await editionBefore(tx, edition)) ?? null
  const since = addYears(today, -1)
  const offset = Number.parseInt(query.cursor ?? '0', 10) || 0
  const { change, search, limit } = query
  const rows = await compareEditions(tx, edition, against?.id ?? null, {
    since,
    change,
    search,
    offset,
    limit: limit + 1,
  })
  return {
    edition,
    against,
    counts: await countChanges(tx, edition.id, against?.id ?? null),
    usedNotListed: await usedNotListed(tx, edition, since),
    items: rows.slice(0, limit),
    nextCursor: rows.length > limit ? String(offset + limit) : null,
  }
})

export const takeIn = action(contract.codeLists.takeIn, async ({ tx, by, now, touch }, { params }) => {
  const edition = await readEdition(tx, params.id)
  const whyNot = codeListCan.takeIn.whyNot(edition)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await insertListDeed(tx, { editionId: edition.id, kind: 'taken_in', reason: null, by, now })
  touch({ subjectId: edition.id, detail: { list: edition.list, holdsFrom: edition.holdsFrom } })
  return readEdition(tx, edition.id)
})

export const takeBack = action(contract.codeLists.takeBack, async ({ tx, by, now, touch }, { params, body }) => {
  const edition = await readEdition(tx, params.id)
  const whyNot = codeListCan.takeBack.whyNot(edition)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await insertListDeed(tx, { editionId: edition.id, kind: 'taken_back', reason: body.reason, by, now })
  touch({ subjectId: edition.id, detail: { list: edition.list, holdsFrom: edition.holdsFrom } })
  return readEdition(tx, edition.id)
})
