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

describe('Lena writes down what she knows of a payer', () => {
  test('a rule is tried on past claims before it can be switched on, by the keyboard alone', async () => {
    await page.goto('/claims')
    await isSettled(page)
    await page.getByRole('link', { name: 'Payers', exact: true }).press('Enter')
    const payers = page.getByRole('region', { name: 'Payers' })
    await payers.getByRole('link').first().waitFor()
    await isAccessible(page)
    await payers.getByRole('link').first().press('Enter')
    await page.getByText('Nothing was written down').waitFor()
    const bench = page.getByRole('form', { name: 'Try a rule' })
    const switchOn = bench.getByRole('button', { name: 'Switch on' })
    expect(await switchOn.getAttribute('aria-disabled')).toBe('true')
    await bench.getByLabel('Days after the service to file').fill('365')
    await bench.getByRole('button', { name: 'Try it' }).press('Enter')
    const trial = page.getByRole('region', { name: 'What it would have done' })
    await trial.getByText(/claims of the last twelve months/).waitFor()
    await trial.getByRole('link').first().waitFor()
    await isAccessible(page)
    // What was changed after it was tried has to be tried again.
    await bench.getByLabel('Days after the service to file').fill('364')
    expect(await switchOn.getAttribute('aria-disabled')).toBe('true')
    await bench.getByLabel('Days after the service to file').fill('365')
    await switchOn.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Switch the rule on' })
    await dialog.getByLabel('Where you have it from').fill('Told on the telephone.')
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Switch on' }).press('Enter')
    await page.getByText('A claim has to arrive within 365 days of the service.', { exact: true }).waitFor()
    await isAccessible(page)
  })

  test('a made-up case says what would be said', async () => {
    await page.getByText('Try one case that is made up').press('Enter')
    const made = page.getByRole('form', { name: 'A made-up case' })
    await made.getByLabel('Code').fill('99490')
    await made.getByLabel('Day of the service').fill('2020-01-31')
    await made.getByRole('button', { name: 'What would be said?' }).press('Enter')
    await page.getByText('It would be stopped').waitFor()
    await isAccessible(page)
  })
})
