import { type CodeList, contract } from '@keepwell/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billable, closeOctober, collect, instantPayer, sendAll, violations } from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { codeTexts, diagnosesOnDays } from './index.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const june = () => story.as('june')
const bytes = (text: string) => new TextEncoder().encode(text)
const given = (list: CodeList, holdsFrom: string, text: string) => ({
  params: { list },
  query: { name: `${list}.csv`, holdsFrom, source: 'Our licence' },
  file: bytes(text),
})
async function bringIn(list: CodeList, holdsFrom: string, text: string): Promise<string> {
  return (await june().does(contract.codeLists.bringIn, given(list, holdsFrom, text))).edition.id
}
async function takeIn(list: CodeList, holdsFrom: string, text: string): Promise<string> {
  const id = await bringIn(list, holdsFrom, text)
  await june().does(contract.codeLists.takeIn, { params: { id } })
  return id
}
const today = async (list: CodeList) =>
  (await story.as('lena').does(contract.codeLists.list, {})).items.find((item) => item.list === list)?.today?.id ?? null

test('a list holds from its day once it is taken in; a later one stands beside it, and taken back the one before holds again', async () => {
  const first = await bringIn('carc', '2025-03-01', '45,Old words\n96,Not covered\n18,Twice')
  expect(await today('carc')).toBeNull()
  expect(await june().does(contract.codeLists.takeIn, { params: { id: first } })).toMatchObject({
    takenIn: { by: { name: 'June Park' } },
    holdsUntil: null,
    lines: 3,
  })
  expect(await today('carc')).toBe(first)
  const second = await bringIn('carc', '2025-07-01', '45,New words\n96,Not covered\n97,Included')
  const compared = await story.as('lena').does(contract.codeLists.compare, { params: { id: second }, query: {} })
  expect(compared).toMatchObject({
    against: { id: first },
    counts: { added: 1, gone: 1, changed: 1, unchanged: 1 },
    nextCursor: null,
  })
  expect(compared.items.map(({ code, change }) => `${code} ${change}`)).toEqual([
    '18 gone',
    '45 changed',
    '96 unchanged',
    '97 added',
  ])
  const changed = await june().does(contract.codeLists.compare, {
    params: { id: second },
    query: { change: 'changed', search: 'new' },
  })
  expect(changed.items).toEqual([
    expect.objectContaining({
      before: expect.objectContaining({ text: 'Old words' }),
      after: expect.objectContaining({ text: 'New words' }),
    }),
  ])
  const page = await june().does(contract.codeLists.compare, { params: { id: second }, query: { limit: 3 } })
  expect(page.items).toHaveLength(3)
  const rest = await june().does(contract.codeLists.compare, {
    params: { id: second },
    query: { limit: 3, cursor: page.nextCursor ?? '' },
  })
  expect(rest.items.map(({ code }) => code)).toEqual(['97'])

  await june().does(contract.codeLists.takeIn, { params: { id: second } })
  expect(await today('carc')).toBe(second)
  expect(await june().isRefused(contract.codeLists.takeIn, { params: { id: second } })).toMatchObject({
    code: 'conflict',
    detail: 'It is taken in already.',
  })
  const body = { reason: 'It was the draft.' }
  await june().does(contract.codeLists.takeBack, { params: { id: second }, body })
  expect(await today('carc')).toBe(first)
  expect(await june().isRefused(contract.codeLists.takeBack, { params: { id: second }, body })).toMatchObject({
    code: 'conflict',
  })
  const texts = await story.look((tx) =>
    codeTexts(tx, [
      { list: 'carc', code: '45', on: '2025-02-28' },
      { list: 'carc', code: '45', on: '2025-08-01' },
    ]),
  )
  expect([texts('carc', '45', '2025-02-28'), texts('carc', '45', '2025-08-01')]).toEqual([undefined, 'Old words'])
  expect((await story.auditOf('code_list.taken_in')).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'refused'])
  expect((await story.auditOf('code_list.taken_back')).at(0)).toMatchObject({
    outcome: 'done',
    detail: { list: 'carc' },
  })
})

test('bad lines are told with their number and nothing is kept; the same file again changes nothing and says so', async () => {
  const refused = await june().isRefused(contract.codeLists.bringIn, given('rarc', '2026-03-01', 'MA130,Text\nQQ,What'))
  expect(refused).toMatchObject({
    code: 'unreadable_file',
    faults: [{ path: 'line 2', message: 'QQ is no remark code, such as MA130.' }],
  })
  const good = given('rarc', '2026-03-01', 'MA130,Text')
  const { edition } = await june().does(contract.codeLists.bringIn, good)
  expect(await june().does(contract.codeLists.bringIn, good)).toEqual({ edition, known: true })
  const { items } = await june().does(contract.codeLists.list, {})
  expect(items.flatMap(({ editions }) => editions)).toHaveLength(1)
  await june().does(contract.codeLists.takeBack, { params: { id: edition.id }, body: { reason: 'Put aside.' } })
  expect(await june().does(contract.codeLists.bringIn, good)).toMatchObject({ known: false })
})

test('a diagnosis is answered for the fiscal year of its list alone, by its own days, and headings are no codes', async () => {
  await takeIn(
    'icd10cm',
    '2025-10-01',
    'code,text,from,to\nE11.9,Diabetes,,\nI10,Pressure,2026-01-01,\nJ449,COPD,,2025-12-31',
  )
  const asked = (code: string, on: string) => ({ code, on })
  const answer = await story.look((tx) =>
    diagnosesOnDays(tx, [
      asked('E119', '2025-10-31'),
      asked('E11', '2025-10-31'),
      asked('I10', '2025-10-31'),
      asked('I10', '2026-01-31'),
      asked('J449', '2026-01-31'),
      asked('E119', '2026-10-01'),
      asked('E119', '2025-09-30'),
    ]),
  )
  expect(answer('E119', '2025-10-31')).toBe('billable')
  expect(answer('E11', '2025-10-31')).toBe('category')
  expect(answer('I10', '2025-10-31')).toBe('not_listed')
  expect(answer('I10', '2026-01-31')).toBe('billable')
  expect(answer('J449', '2026-01-31')).toBe('not_listed')
  expect(answer('E119', '2026-10-01')).toBeUndefined()
  expect(answer('E119', '2025-09-30')).toBeUndefined()
})

test('what claims of the last year have used comes first, and what the list lacks of it is named', async () => {
  await billable(story, '79')
  await billable(story, '10')
  await closeOctober(story)
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  const [denial] = (await story.as('lena').does(contract.denials.list, { query: {} })).items
  const code = denial?.adjustment?.code ?? ''
  expect(denial?.adjustment?.meaning).not.toContain('As X12 says')
  await takeIn('carc', '2025-01-01', `${code},As X12 says.`)
  const { items: told } = await story.as('lena').does(contract.denials.list, { query: {} })
  expect(told[0]?.adjustment?.meaning).toMatch(/^As X12 says\. /)
  const [payment] = (await story.as('lena').does(contract.remittances.list, { query: {} })).items
  const { claims } = await story.as('lena').does(contract.remittances.get, { params: { id: payment?.id ?? '' } })
  const meanings = new Map(
    claims.flatMap(({ lines }) => lines.flatMap((line) => line.adjustments.map((one) => [one.code, one.meaning]))),
  )
  expect(meanings.get(code)).toBe('As X12 says.')
  expect(meanings.get('45')).not.toContain('As X12 says')

  const id = await bringIn('carc', '2026-03-01', `1,First\n${code},Denied`)
  const { items, usedNotListed } = await june().does(contract.codeLists.compare, { params: { id }, query: {} })
  expect(items[0]).toMatchObject({ code, used: 1 })
  expect(usedNotListed).toContainEqual({ code: '45', used: expect.any(Number) })
  const fees = await bringIn('fees', '2026-01-01', '2026,13202,01,99490,66.30,50.00')
  expect((await june().does(contract.codeLists.compare, { params: { id: fees }, query: {} })).items).toMatchObject([
    { code: '99490', area: '13202 01', used: 2, after: { nonFacilityCents: 6630 } },
  ])
})

test('before a claim leaves, the list of its fiscal year says whether its diagnoses are codes; without one nothing is said', async () => {
  await billable(story, '10')
  await closeOctober(story)
  const faulty = async () =>
    (await story.as('lena').does(contract.claims.preview, { body: {} })).faulty.flatMap(({ findings }) =>
      findings.map(({ code }) => code),
    )
  expect(await faulty()).toEqual([])
  await takeIn('icd10cm', '2025-10-01', 'A00,Cholera')
  expect(await faulty()).toEqual([])
  const id = await takeIn('icd10cm', '2026-10-01', 'A00,Cholera')
  expect(await faulty()).toContain('diagnosis_not_billable')
  await june().does(contract.codeLists.takeBack, { params: { id }, body: { reason: 'Not the whole list.' } })
  expect(await faulty()).toEqual([])
})
