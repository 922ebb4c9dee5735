import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read837P } from '@keepwell/x12'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { billable, billed, violations } from '../../test/support/claims.ts'
import { openStory, type Story } from '../../test/support/story.ts'
import { writeMonth } from './close-month.ts'

let story: Story
let folder: string
beforeAll(async () => {
  story = await openStory()
  folder = mkdtempSync(join(tmpdir(), 'keepwell-close-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await story.close()
})

test('the command line closes a month and writes its claims and a summary; a second time it finds them gone', async () => {
  await billable(story, '10')
  await billable(story, '11')
  await billable(story, '12', { plan: null })
  const actor = await story.app.systemActor(story.tenantId)
  const written = await writeMonth(story.app, actor, billed, folder)
  expect(written.close.counts).toMatchObject({ patients: 3, ready: 2, claims: 2 })
  expect(written.claimFile).toMatchObject({ claims: 2 })
  expect(written.faulty).toEqual([])
  expect(readdirSync(folder).sort()).toEqual([`${written.claimFile?.name}`, `${billed}.json`].sort())
  const text = readFileSync(join(folder, written.claimFile?.name ?? ''), 'utf8')
  expect(read837P(text).batches.flatMap(({ billing }) => billing.flatMap(({ claims }) => claims))).toHaveLength(2)
  expect(JSON.parse(readFileSync(join(folder, `${billed}.json`), 'utf8'))).toEqual(JSON.parse(JSON.stringify(written)))
  expect((await story.auditOf('batch.made')).at(-1)).toMatchObject({ outcome: 'done', actor_id: null })
  expect(await violations(story)).toEqual([])

  const again = await writeMonth(story.app, actor, billed, folder)
  expect(again.close).toEqual(written.close)
  expect(again.claimFile).toBeNull()
})
