import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

describe('Dr Okafor between two patients', () => {
  let seat: Seated
  let page: Page

  const lane = (name: string) => page.getByRole('region', { name, exact: true })
  const inbox = async () => {
    await page.goto('/inbox')
    await isSettled(page)
    await lane('Sign').getByRole('listitem').first().waitFor()
  }
  const nameIn = (text: string) => text.split('\n')[0] ?? ''

  beforeAll(async () => {
    seat = await sitDown('okafor')
    page = seat.page
    page.setDefaultTimeout(30_000)
  })
  afterAll(async () => {
    await seat.leave()
    await closeBrowser()
  })

  test('the inbox says what waits: to sign, to decide, to discuss', async () => {
    await inbox()
    for (const name of ['Sign', 'Decide', 'Discuss today']) await lane(name).waitFor()
    await isAccessible(page)
  })

  test('she signs a plan on what changed since her last signature, and it leaves the inbox', async () => {
    await inbox()
    const changed = lane('Sign')
      .getByRole('listitem')
      .filter({ hasText: /\d+ (added|changed|removed)/ })
      .first()
    const name = nameIn(await changed.innerText())
    await changed.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByText(/last signed/).waitFor()
    await page.getByRole('list', { name: 'What the change costs' }).getByRole('listitem').first().waitFor()
    await page
      .getByText(/^(added|changed|removed):/)
      .first()
      .waitFor({ state: 'attached' })
    await isAccessible(page)
    await page.getByRole('button', { name: /^Sign/ }).click()
    await page.getByText(`Signed: ${name}.`).waitFor()
    await inbox()
    expect(await lane('Sign').getByRole('link', { name, exact: true }).count()).toBe(0)
    await page.goto('/inbox')
  })

  test('she returns a plan with what has to change, and whoever submitted it gets that as a task', async () => {
    await inbox()
    const first = lane('Sign').getByRole('listitem').first()
    const words = await first.innerText()
    const name = nameIn(words)
    const author = /Tomas Reyes|Rosa Marin/.exec(words)?.[0] ?? ''
    expect(author).not.toBe('')
    await first.getByRole('link', { name }).click()
    await page.getByRole('button', { name: /^Return/ }).click()
    const form = page.getByRole('dialog', { name: 'Return the plan' })
    await form
      .getByLabel(/What has to change\?/)
      .fill('The fall goal needs a day. Please ask who will fit the rails in the bathroom.')
    await form.getByRole('button', { name: 'Return' }).click()
    await page.getByText(`Returned to ${author}.`).waitFor()
    await inbox()
    expect(await lane('Sign').getByRole('link', { name, exact: true }).count()).toBe(0)
    const colleague = await sitDown(author === 'Rosa Marin' ? 'rosa' : 'tomas')
    await colleague.page.goto('/tasks')
    await colleague.page.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Today' }).first().waitFor()
    expect(colleague.troubles).toEqual([])
    await colleague.leave()
  })

  test('she signs by telephone screen: the same plan fits 375 pixels without scrolling sideways', async () => {
    await page.setViewportSize({ width: 375, height: 720 })
    await inbox()
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await lane('Sign')
      .getByRole('link', { name: /Go through|Look and sign/ })
      .click()
    await page.getByRole('button', { name: /^Sign/ }).waitFor()
    expect(await overflow()).toBeLessThanOrEqual(0)
    await isAccessible(page)
    await page.setViewportSize({ width: 1280, height: 860 })
  })

  test('she attests two lasting conditions, settles the starting visit and enrolls a patient who consented', async () => {
    await inbox()
    const waiting = lane('Decide')
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: 'Attest' }) })
      .first()
    const name = nameIn(await waiting.innerText())
    await waiting.getByRole('link', { name: 'Attest' }).click()
    const form = page.getByRole('form', { name: 'Attest conditions' })
    const attest = form.getByRole('button', { name: /^Attest/ })
    await attest.waitFor()
    const conditions = form.getByRole('list').first().getByRole('checkbox')
    expect(await conditions.count()).toBeGreaterThanOrEqual(2)
    for (const condition of await conditions.all()) await condition.uncheck()
    await conditions.first().check()
    await form.getByLabel(/expected to last 12 months/).check()
    expect(await attest.getAttribute('aria-disabled'), 'half of the statement is not enough').toBe('true')
    await form.getByLabel(/significant risk of death/).check()
    await attest.click()
    await form.getByText('Your choice is still here.').waitFor()
    for (const condition of await conditions.all()) await condition.check()
    await isAccessible(page)
    await attest.click()
    await page.getByText(/Attested by Dr Ada Okafor/).waitFor()

    const noVisitNeeded = page.getByText('No starting visit needed')
    const useVisit = page.getByRole('button', { name: 'Use this visit' }).first()
    await noVisitNeeded.or(useVisit).first().waitFor()
    if (!(await noVisitNeeded.isVisible())) {
      await useVisit.click()
      const visit = page.getByRole('dialog', { name: 'Record the starting visit' })
      await visit.getByLabel('CCM was discussed in this visit').check()
      await visit.getByRole('button', { name: 'Record visit' }).click()
      await page.getByText(/starts care/).waitFor()
    }

    const enroll = page.getByRole('form', { name: 'Enroll' })
    await enroll.getByLabel('Care manager').click()
    await page.getByRole('option', { name: /Rosa Marin/ }).click()
    await enroll.getByRole('button', { name: 'Enroll' }).click()
    await page.getByRole('heading', { name: 'Enrolled' }).waitFor()
    await page.getByRole('main').getByText('Rosa Marin').first().waitFor()
    await isAccessible(page)
    await page.goto('/inbox')
    await lane('Decide').waitFor()
    await isSettled(page)
    expect(await lane('Decide').getByRole('link', { name, exact: true }).count()).toBe(0)
  })

  test('the list of eligible patients opens each to its evidence: both codes, and every point of the risk', async () => {
    await page.goto('/eligible')
    await isSettled(page)
    const table = page.getByRole('table', { name: 'Eligible patients' })
    await table.getByRole('row').nth(1).waitFor()
    await isAccessible(page)
    await table.getByRole('row').nth(1).getByRole('cell').nth(1).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('heading', { name: 'Conditions' }).waitFor()
    await drawer
      .getByText(/SNOMED CT \d+ → ICD-10-CM [A-Z]\d/)
      .first()
      .waitFor()
    const points = drawer.getByRole('table')
    const rows = await points.getByRole('row').all()
    const values = await Promise.all(rows.slice(1).map((row) => row.getByRole('cell').innerText()))
    const total = Number(values.at(-1))
    expect(total).toBeGreaterThan(0)
    expect(
      values.slice(0, -1).reduce((sum, value) => sum + Number(value), 0),
      'the points add up',
    ).toBe(total)
    await isAccessible(page)
  })

  test('her priority mark stands in the list with her reason', async () => {
    await page.goto('/eligible')
    await isSettled(page)
    const table = page.getByRole('table', { name: 'Eligible patients' })
    const row = table.getByRole('row').nth(2)
    const name = /^\D+/.exec(await row.getByRole('cell').first().innerText())?.[0].trim() ?? ''
    await row.getByRole('cell').nth(1).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: 'Set priority' }).click()
    const form = drawer.getByRole('form', { name: 'Priority' })
    await form.getByRole('radio').first().check()
    await form.getByLabel('Why').fill('Two falls this autumn, lives alone.')
    await form.getByRole('button', { name: 'Set priority' }).click()
    await page.getByText('The priority is set; the care team sees it with your reason.').waitFor()
    await page.goto('/eligible')
    await table.getByRole('row').filter({ hasText: name }).getByText('Two falls this autumn, lives alone.').waitFor()
    expect(seat.troubles).toEqual([])
  })
})
