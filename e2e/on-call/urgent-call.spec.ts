import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

let nia: Seated
let page: Page
let caller = { name: '', lastDigits: '' }
beforeAll(async () => {
  nia = await sitDown('nia', { width: 375, height: 740, touch: true })
  page = nia.page
})
afterAll(async () => {
  expect(nia.troubles).toEqual([])
  await nia.leave()
  await closeBrowser()
})

describe('Nia takes a call in the night, on her phone', () => {
  test('she finds the caller by name and by the last digits of the number', async () => {
    await page.goto('/on-call')
    await isSettled(page)
    const search = page.getByRole('searchbox', { name: 'Phone number, name or birth date' })
    const hits = page.getByRole('list', { name: 'Patients who fit' })
    await search.fill('er')
    const first = hits
      .getByRole('link', { name: /phone …\d{4}/ })
      .filter({ hasText: /^(?!.*Not enrolled)/s })
      .first()
    await first.waitFor()
    const text = await first.innerText()
    caller = { name: text.split('\n')[0]?.trim() ?? '', lastDigits: /…(\d{4})/.exec(text)?.[1] ?? '' }
    expect(caller.lastDigits).toMatch(/^\d{4}$/)

    await search.fill(caller.lastDigits)
    await hits.getByRole('link', { name: new RegExp(caller.name) }).waitFor()
    await isAccessible(page)
    expect(await widerThanTheScreen(page)).toBe(false)
  })

  test('two clicks and a reason open the record: plan, medications, allergies and contacts', async () => {
    await page.getByRole('link', { name: new RegExp(caller.name) }).click()
    await page.getByRole('heading', { name: 'Open this record' }).waitFor()
    await isAccessible(page)
    await page.getByText('A caregiver is calling').click()
    await page.getByLabel('What is it about?').fill('Her daughter says that she is short of breath.')
    await page.getByRole('button', { name: 'Open the record' }).click()
    for (const name of ['Allergies', 'Medications', 'Conditions', 'Care plan', 'Who else']) {
      await page.getByRole('heading', { name, exact: true }).waitFor()
    }
    await page.getByText('Her daughter says that she is short of breath.').waitFor()
    await isAccessible(page)
    expect(await widerThanTheScreen(page)).toBe(false)
  })

  test('her note is kept with the record and handed over to the care manager', async () => {
    await page.getByLabel('Who called').fill('Ana Diaz')
    await page.getByLabel('What happened').fill('Short of breath when lying down.')
    await page.getByLabel('What you advised').fill('Sit up; call 911 if it gets worse; visit tomorrow.')
    await page.getByRole('button', { name: 'Keep the note' }).click()
    await page.getByText('the care manager finds it in the morning').waitFor()
    await page.getByRole('list', { name: 'Last notes' }).getByText('Short of breath when lying down.').waitFor()
  })

  test('the care manager finds the hand-over among her tasks', async () => {
    const finders = await Promise.all(
      (['rosa', 'tomas'] as const).map(async (seat) => {
        const { page: desk, leave } = await sitDown(seat)
        await desk.goto('/tasks')
        await isSettled(desk)
        const found = await desk.getByRole('main').getByText(caller.name).count()
        await leave()
        return found
      }),
    )
    expect(Math.max(...finders)).toBeGreaterThan(0)
  })
})

/** A page of a phone never scrolls sideways. */
function widerThanTheScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}
