import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pressOn } from '../support/keyboard.ts'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

let lena: Seated
let page: Page
beforeAll(async () => {
  lena = await sitDown('lena')
  page = lena.page
})
afterAll(async () => {
  expect(lena.troubles).toEqual([])
  await lena.leave()
  await closeBrowser()
})

describe('Lena watches the coverage by the keyboard alone', () => {
  test('she asks about everybody at once, and the page says how far it is until it is done', async () => {
    await isSettled(page)
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.getByRole('heading', { name: 'Coverage', level: 1 }).waitFor()
    await page.getByText(/Medicare was not asked for/).waitFor()
    await isAccessible(page)
    await page.keyboard.press('a')
    await page.getByText(/of \d+ enrolled patients answered/).waitFor()
    expect(await page.getByRole('button', { name: 'Ask about everybody again' }).isEnabled()).toBe(true)
    await isAccessible(page)
  })

  test('a change of coverage leaves the list with what she did, and the focus stays in the page', async () => {
    const list = page.getByRole('region', { name: 'Changes of coverage' })
    const row = list.getByRole('row', { name: /pays before Medicare now/ })
    const patient = (await row.getByRole('link').first().innerText()).trim()
    await page.keyboard.press('j')
    const open = row.getByRole('button', { name: `Looked at: ${patient}` })
    await pressOn(page, open, 'Enter')
    const dialog = page.getByRole('dialog', { name: 'Looked at' })
    await dialog.getByLabel('What you did about it').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Looked at: '))
    await page.keyboard.press('Enter')
    await dialog.getByLabel('What you did about it').waitFor()
    await isAccessible(page)
    await page.keyboard.type('The notice of the first insurer is asked for.')
    await pressOn(page, dialog.getByRole('button', { name: 'Looked at' }), 'Enter')
    await dialog.waitFor({ state: 'hidden' })
    await row.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement !== document.body)
    await page.goto('/coverage?state=looked_at')
    await page.getByText('Lena Weiss: The notice of the first insurer is asked for.').waitFor()
  })
})
