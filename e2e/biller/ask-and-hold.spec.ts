import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

describe('Lena asks the payer and learns from a denial', () => {
  test('what waits too long for a decision is asked about by one key, and the question stands below', async () => {
    await page.goto('/claims?tab=waiting')
    await isSettled(page)
    const waiting = page.getByRole('region', { name: 'Claims without a decision' })
    await waiting.getByRole('link').first().waitFor()
    await page.getByText(/waits? for more than 30 days/).waitFor()
    await isAccessible(page)
    await page.keyboard.press('a')
    await page.getByText(/The question about \d+ claims? is on its way/).waitFor()
    const questions = page.getByRole('region', { name: 'Questions to the payer' }).first()
    await questions
      .getByText(/^Q\d{6}$/)
      .first()
      .waitFor()
    await isAccessible(page)
  })

  test('a claim says what the payer told last and what to do', async () => {
    await page.getByRole('region', { name: 'Claims without a decision' }).getByRole('link').first().press('Enter')
    const atPayer = page.getByRole('region', { name: 'At the payer' })
    await atPayer.getByText('With the payer since').waitFor()
    await atPayer.getByRole('button', { name: 'Ask for its status' }).waitFor()
    await isAccessible(page)
  })

  test('from a denial an edit is proposed, tested on past claims, switched on and off, by the keyboard alone', async () => {
    await page.goto('/denials')
    await isSettled(page)
    await page.getByRole('region', { name: 'Denials' }).getByRole('link').first().press('Enter')
    await page.getByRole('button', { name: 'Hold claims like this' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Hold claims like this' })
    await dialog.getByLabel('It bills').fill('99490')
    await dialog.getByLabel('No diagnosis begins with').fill('Z99')
    await dialog.getByLabel('What to do with a claim that it holds').fill('Ask the other practice first.')
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Propose it' }).press('Enter')
    const edit = page.getByRole('region', { name: 'Ask the other practice first.' })
    await edit.getByText('nobody knows what it would stop', { exact: false }).waitFor()
    await edit.getByRole('button', { name: 'Test on past claims' }).press('Enter')
    await edit.getByText('It would have stopped', { exact: true }).waitFor()
    await isAccessible(page)
    await edit.getByRole('button', { name: 'Switch on' }).press('Enter')
    await page.getByLabel('Why claims are to be held').fill('It came back every month.')
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).press('Enter')
    await edit.getByText('On: holds claims').waitFor()
    await edit.getByRole('button', { name: 'Switch off' }).press('Enter')
    await page.getByLabel('Why claims may pass again').fill('Shown and tried.')
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).press('Enter')
    await edit.getByText('Off', { exact: true }).waitFor()
    await isAccessible(page)
  })

  test('the pages are as readable in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const address of ['/edits', '/claims?tab=waiting']) {
      await page.goto(address)
      await isSettled(page)
      await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark')
      await isAccessible(page)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })
})
