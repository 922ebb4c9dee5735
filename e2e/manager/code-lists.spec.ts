import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

let june: Seated
let page: Page
beforeAll(async () => {
  june = await sitDown('june')
  page = june.page
})
afterAll(async () => {
  expect(june.troubles).toEqual([])
  await june.leave()
  await closeBrowser()
})

const choose = async (text: string) => {
  await page.getByLabel('File of the list').setInputFiles({
    name: 'carc.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })
  await page.getByLabel('Holds from').fill('2025-03-01')
  await page.getByLabel('Where it comes from').fill('Our licence of X12')
  await page.getByRole('button', { name: 'Read and compare' }).press('Enter')
}

describe('June brings in a list', () => {
  test('a file with a bad line is told where, and nothing of it is kept', async () => {
    await page.goto('/code-lists')
    await isSettled(page)
    await isAccessible(page)
    await choose('45,Over the fee\nnonsense,What')
    await page.getByText('line 2: NONSENSE is no reason code, such as 45.').waitFor()
    await isAccessible(page)
  })

  test('a right one shows what changes, is taken in, and taken back with a reason', async () => {
    await page.goto('/code-lists')
    await isSettled(page)
    await choose('code,text\n45,Over the fee\n96,Not covered')
    await page.getByText('every line is new', { exact: false }).waitFor()
    await page.getByText('Not taken in').waitFor()
    await isAccessible(page)
    await page.getByLabel('Code or words').fill('fee')
    await page.getByRole('region', { name: 'Lines of the list' }).getByText('Over the fee').waitFor()
    await page.getByRole('button', { name: 'Take it in' }).press('Enter')
    await page.getByText('Holds today').waitFor()
    await page.getByRole('button', { name: 'Take it back' }).press('Enter')
    await page.getByLabel('Why it does not hold').fill('Shown and tried.')
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).press('Enter')
    await page.getByText('Taken back', { exact: true }).first().waitFor()
    await isAccessible(page)
  })
})
