import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

describe('A patient tells Rosa that she wants to stop', () => {
  let seat: Seated
  let page: Page

  const tab = (name: string) => page.getByRole('tab', { name }).or(page.getByRole('link', { name })).first()
  const dialog = () => page.getByRole('dialog', { name: 'The patient wants to stop' })

  beforeAll(async () => {
    seat = await sitDown('rosa')
    page = seat.page
    page.setDefaultTimeout(30_000)
  })
  afterAll(async () => {
    await seat.leave()
    await closeBrowser()
  })

  test('ending the enrollment for it leads to the one deed that stops the consent as well', async () => {
    await page.goto('/my-month')
    await isSettled(page)
    await page.getByRole('table').getByRole('row').last().getByRole('cell').nth(1).click()
    await page
      .getByRole('complementary', { name: 'Patient beside the list' })
      .getByRole('link', { name: /Open the call/ })
      .waitFor()
    await page.getByRole('complementary', { name: 'Patient beside the list' }).getByRole('link').first().click()
    await tab('Enrollment').click()
    await page.getByRole('button', { name: 'End enrollment' }).click()
    const ending = page.getByRole('dialog', { name: 'End the enrollment' })
    await ending.getByRole('combobox', { name: 'Reason' }).click()
    await page.getByRole('option', { name: 'The patient withdrew' }).click()
    const wish = ending.getByRole('link', { name: 'Record the wish to stop' })
    await wish.waitFor()
    const end = ending.getByRole('button', { name: 'End enrollment' })
    expect(await end.getAttribute('aria-disabled')).toBe('true')
    await isAccessible(page)
    await wish.click()
    await dialog().waitFor()
  })

  test('she chooses what stops, and reads the last day that the law gives before she records it', async () => {
    await dialog()
      .getByText(/Consent and enrollment end on \w+ 30 Nov 2026/)
      .waitFor()
    expect(await dialog().getByRole('radio', { name: 'The consent and the enrollment' }).isChecked()).toBe(true)
    await dialog().getByRole('radio', { name: 'The consent alone' }).check()
    await dialog()
      .getByText(/Consent stays in force until \w+ 30 Nov 2026/)
      .waitFor()
    await dialog().getByRole('radio', { name: 'The consent and the enrollment' }).check()
    const record = dialog().getByRole('button', { name: 'Record the wish to stop' })
    expect(await record.getAttribute('aria-disabled'), 'not without a reason').toBe('true')
    await dialog().getByLabel('Reason').fill('Her daughter looks after her now.')
    await isAccessible(page)
    await record.click()
    await page.getByText(/Recorded. Consent and enrollment end on/).waitFor()
    await page.getByText('Reason: Her daughter looks after her now.').waitFor()
  })

  test('consent and enrollment have the same last day, and neither can be stopped twice', async () => {
    const again = page.getByRole('button', { name: 'Patient wants to stop' })
    expect(await again.getAttribute('aria-disabled')).toBe('true')
    await tab('Enrollment').click()
    await page.getByText(/Enrolled until \w+ 30 Nov 2026/).waitFor()
    const end = page.getByRole('button', { name: 'End enrollment' })
    expect(await end.getAttribute('aria-disabled')).toBe('true')
    await isAccessible(page)
    expect(seat.troubles).toEqual([])
  })
})
