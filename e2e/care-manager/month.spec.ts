import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

describe('Rosa in her month', () => {
  let seat: Seated
  let page: Page
  /** The patient whom the list proposes to ring first. */
  let patient = ''

  const dock = () => page.getByRole('complementary', { name: /timer/i })
  const secondsOf = (text: string) => {
    const parts = /(\d+):(\d{2})(?!\d)/.exec(text)
    return parts === null ? -1 : Number(parts[1]) * 60 + Number(parts[2])
  }

  beforeAll(async () => {
    seat = await sitDown('rosa')
    page = seat.page
    page.setDefaultTimeout(30_000)
  })
  afterAll(async () => {
    await seat.leave()
    await closeBrowser()
  })

  test('her list says who needs her first and why, and opens the first patient to the last note', async () => {
    await page.goto('/my-month')
    await isSettled(page)
    const first = page.getByRole('table').getByRole('row').nth(1)
    await first.waitFor()
    patient = (await first.getByRole('cell').or(first.getByRole('rowheader')).first().innerText())
      .replace(/\s*\d+\s*$/, '')
      .trim()
    await first.getByText(patient).click()
    const beside = page.getByRole('complementary', { name: 'Patient beside the list' })
    await beside.getByText('Last note').waitFor()
    await isAccessible(page)
    await beside.getByRole('link', { name: /Open the call/ }).click()
    await page.getByRole('button', { name: /Start the call/ }).waitFor()
  })

  test('the call starts with its timer; script, plan and chart stand in one view', async () => {
    await page.getByRole('button', { name: /Start the call/ }).click()
    await page.getByText(/May I have your full name/).waitFor()
    await page.getByRole('region', { name: 'Care plan' }).waitFor()
    await page.getByRole('region', { name: 'Chart and open loops' }).waitFor()
    await dock().getByText(patient).waitFor()
    await isAccessible(page)
  })

  test('answers are given by keys and build the note', async () => {
    await page.keyboard.press('y')
    const note = page.getByRole('textbox', { name: 'Note' })
    await expect.poll(() => note.inputValue()).toContain('Identity confirmed by name and date of birth.')
  })

  test('the timer and the answers survive a reload, and a browser that is closed', async () => {
    const before = secondsOf(await dock().innerText())
    expect(before).toBeGreaterThanOrEqual(0)
    await page.reload()
    await dock().getByText(patient).waitFor()
    expect(secondsOf(await dock().innerText())).toBeGreaterThanOrEqual(before)
    await expect.poll(() => page.getByRole('textbox', { name: 'Note' }).inputValue()).toContain('Identity confirmed')
    const address = page.url()
    expect(seat.troubles).toEqual([])
    await seat.leave()
    seat = await sitDown('rosa')
    page = seat.page
    page.setDefaultTimeout(30_000)
    await dock().getByText(patient).waitFor()
    expect(secondsOf(await dock().innerText())).toBeGreaterThanOrEqual(before)
    await page.goto(address)
  })

  test('a red flag stops the script until she has said what she did', async () => {
    await page
      .getByText(/May I have your full name/)
      .or(page.getByText('Since the last call'))
      .first()
      .waitFor()
    await page.keyboard.press('2')
    await page.getByText(/Right now: any chest pain/).waitFor()
    await page.keyboard.press('y')
    const flag = page.getByRole('dialog', { name: 'Emergency' })
    await flag.getByText(/Emergency symptoms now/).waitFor()
    await page.keyboard.press('Escape')
    expect(await flag.isVisible(), 'Escape does not get past it').toBe(true)
    const acknowledge = flag.getByRole('button', { name: 'Acknowledge and tell the provider' })
    expect(await acknowledge.getAttribute('aria-disabled')).toBe('true')
    await isAccessible(page)
    await flag.getByLabel('What did you do?').fill('Told her to hang up and call 911; her daughter Ana is with her.')
    await acknowledge.click()
    await flag.waitFor({ state: 'hidden' })
    await page.getByText('Emergency symptoms now.').first().waitFor()
  })

  test('she signs by keys: the seconds are kept, and the next patient opens', async () => {
    const call = new URL(page.url()).pathname
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^Signed\./).waitFor()
    await page.waitForURL((url) => url.pathname !== call)
    await page.goto(`/patients/${call.split('/').at(-1)}?tab=calls`)
    const calls = page.getByRole('table')
    await calls.getByRole('row').nth(1).getByText('Talked').waitFor()
    await calls
      .getByRole('row')
      .nth(1)
      .getByText(/\d:\d\d/)
      .first()
      .waitFor()
    expect(await dock().count(), 'the timer stopped with the signature').toBe(0)
  })

  test('the provider has the red flag as a question for now', async () => {
    const provider = await sitDown('okafor')
    await provider.page.goto('/inbox')
    await provider.page
      .getByRole('region', { name: 'Decide' })
      .getByRole('listitem')
      .filter({ hasText: patient })
      .getByText('Now', { exact: true })
      .waitFor()
    await provider.leave()
  })

  test('time by hand needs start, end, a reason and her word for it', async () => {
    await page.goto('/my-month')
    await page.getByLabel('Search by name').fill(patient)
    await page.getByRole('table').getByText(patient).first().click()
    await page
      .getByRole('complementary', { name: 'Patient beside the list' })
      .getByRole('link', { name: patient })
      .click()
    await page
      .getByRole('tab', { name: 'Minutes' })
      .or(page.getByRole('link', { name: 'Minutes' }))
      .click()
    await page.getByRole('button', { name: 'Write time by hand' }).click()
    const form = page.getByRole('dialog', { name: 'Write time by hand' })
    await form.getByLabel('From', { exact: true }).fill('07:00:00')
    await form.getByLabel('To', { exact: true }).fill('07:06:40')
    await form.getByLabel('Kind of work').click()
    await page.getByRole('option').first().click()
    await form.getByLabel('What was done').fill('Read the letter of the cardiologist and the new values.')
    const keep = form.getByRole('button', { name: 'Keep 6:40' })
    expect(await keep.getAttribute('aria-disabled'), 'no reason yet').toBe('true')
    await form.getByLabel('Why by hand').fill('The letter came on paper before the clinic opened.')
    expect(await keep.getAttribute('aria-disabled'), 'not attested yet').toBe('true')
    await form.getByLabel('I did this work myself, at these times.').check()
    await isAccessible(page)
    await keep.click()
    await form.waitFor({ state: 'hidden' })
    const entry = page.getByRole('row').filter({ hasText: 'Read the letter of the cardiologist' })
    await entry.getByText('6:40').first().waitFor()
    await entry.getByText(/by hand: The letter came on paper/).waitFor()
  })

  test('two pieces of work of one person cannot lie over each other', async () => {
    await page.getByRole('button', { name: 'Write time by hand' }).click()
    const form = page.getByRole('dialog', { name: 'Write time by hand' })
    await form.getByLabel('From', { exact: true }).fill('07:03:00')
    await form.getByLabel('To', { exact: true }).fill('07:09:00')
    await form.getByLabel('Kind of work').click()
    await page.getByRole('option').first().click()
    await form.getByLabel('What was done').fill('The same again.')
    await form.getByLabel('Why by hand').fill('By mistake.')
    await form.getByLabel('I did this work myself, at these times.').check()
    await form.getByRole('button', { name: 'Keep 6:00' }).click()
    await form.getByText(/What you wrote is still here/).waitFor()
    await form.getByRole('button', { name: 'Cancel' }).click()
    expect(seat.troubles).toEqual([])
  })
})
