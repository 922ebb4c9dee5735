import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

describe('Rosa writes the plan of a patient who consented', () => {
  let seat: Seated
  let page: Page
  let patient = ''
  let planAddress = ''

  const meter = () => page.getByRole('region', { name: 'Completeness' })
  const section = async (name: string) => {
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name }).click()
    return page.getByRole('region', { name, exact: true })
  }
  const planTab = async () => {
    await page
      .getByRole('tab', { name: 'Care plan' })
      .or(page.getByRole('link', { name: 'Care plan' }))
      .first()
      .click()
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

  test('templates that fit the chart make the first draft', async () => {
    await page.goto('/eligible?state=consented')
    await isSettled(page)
    const row = page.getByRole('table', { name: 'Eligible patients' }).getByRole('row').nth(1)
    patient = /^\D+/.exec(await row.getByRole('cell').first().innerText())?.[0].trim() ?? ''
    await row.getByRole('cell').nth(1).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Open patient' }).click()
    await planTab()
    await page.getByRole('button', { name: 'Draft from the chart' }).click()
    const dialog = page.getByRole('dialog', { name: 'Draft a care plan' })
    const fitting = dialog.getByRole('checkbox', { checked: true })
    await fitting.first().waitFor()
    await dialog.getByRole('button', { name: /Show the other \d+ templates/ }).click()
    expect(await dialog.getByRole('checkbox').count(), 'six conditions at the least').toBeGreaterThanOrEqual(6)
    await dialog.getByText(/problems, .* goals, .* steps/).waitFor()
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Make the draft' }).click()
    await page.getByRole('navigation', { name: 'Sections' }).waitFor()
    planAddress = new URL(page.url()).pathname
    await isAccessible(page)
  })

  test('the meter names what Medicare still asks for, and fills while she writes', async () => {
    await meter()
      .getByText(/^\d+ of \d+$/)
      .waitFor()
    await meter()
      .getByText(/\d+ needed/)
      .waitFor()
    const submit = page.getByRole('button', { name: 'Submit for signature' })
    expect(await submit.getAttribute('aria-disabled'), 'not while something is missing').toBe('true')

    await (await section('What matters to me'))
      .getByLabel('What matters most')
      .fill('To dance at her granddaughter’s wedding.')
    const abilities = await section('Thinking and function')
    await abilities.getByLabel('Thinking and memory').fill('Clear; remembers the day and the doctor.')
    await abilities.getByLabel('Daily tasks').fill('Cooks and washes alone; her daughter Ana drives.')
    await (await section('Home and surroundings'))
      .getByLabel('Home', { exact: true })
      .fill('Second floor, no elevator.')
    await (await section('Caregiver')).getByLabel('Name').fill('Ana Diaz')
    await (await section('Other providers')).getByLabel('Nobody else treats the patient').check()
    await (await section('Community services')).getByLabel('No service is needed now').check()
    const medications = await section('Medications, allergies')
    await medications.getByLabel('Gone through with the patient on').fill('2026-11-02')
    if (await meter().getByText('List the medications').isVisible())
      await medications.getByLabel('Takes no medicines').check()
    await (await section('Next review')).getByLabel('Next review').fill('2027-02-02')
    for (const goal of await goalsWithoutTarget()) await fillGoal(goal)
    await (await section('What changed')).getByLabel('What is new in this version').fill('First plan, from the talk.')
    await meter().getByText('ready to be signed').waitFor()
  })

  /** The goals that the template left without a number or a day. */
  async function goalsWithoutTarget(): Promise<string[]> {
    const region = await section('Goals')
    return (await region.getByRole('button', { expanded: false }).allInnerTexts()).map(
      (text) => text.split('\n')[0] ?? '',
    )
  }
  async function fillGoal(title: string): Promise<void> {
    const region = await section('Goals')
    await region.getByRole('button', { name: title, expanded: false }).first().click()
    const target = region.getByLabel('Target')
    if ((await target.inputValue()) === '') await target.fill('3 days a week')
    const by = region.getByLabel('To be reached by')
    if ((await by.inputValue()) === '') await by.fill('2027-02-02')
    await region.getByRole('button', { expanded: true }).first().click()
  }

  test('what she typed is kept when the page is closed before it is saved', async () => {
    await page.getByText(/changed, kept/).waitFor()
    await page.reload()
    await page.getByText('This is what you typed last time').waitFor()
    await meter().getByText('ready to be signed').waitFor()
  })

  test('she saves a version, and it goes to the provider', async () => {
    await page.getByRole('button', { name: 'Save version' }).first().click()
    const naming = page.getByRole('dialog', { name: 'Save a version' })
    await naming.getByLabel('What is new in this version?').fill('First plan, from the talk on Monday.')
    await naming.getByRole('button', { name: 'Save version' }).click()
    await naming.waitFor({ state: 'hidden' })
    const submit = page.getByRole('button', { name: 'Submit for signature' })
    await expect.poll(() => submit.getAttribute('aria-disabled')).toBeNull()
    await submit.click()
    await page.getByText('Submitted for signature.').waitFor()
  })

  test('Dr Okafor signs it, and Rosa gives the copy and keeps what shows it', async () => {
    const provider = await sitDown('okafor')
    provider.page.setDefaultTimeout(30_000)
    await provider.page.goto(`${planAddress}/signing`)
    await provider.page.getByRole('heading', { level: 1, name: patient }).waitFor()
    await provider.page.getByText('To dance at her granddaughter’s wedding.').waitFor()
    await provider.page.getByRole('button', { name: /^Sign/ }).click()
    await provider.page.getByText(`Signed: ${patient}.`).waitFor()
    expect(provider.troubles).toEqual([])
    await provider.leave()

    await page.goto(planAddress)
    await page.getByRole('link', { name: patient }).first().click()
    await planTab()
    await page.getByRole('button', { name: 'Give a copy' }).click()
    const copy = page.getByRole('dialog', { name: 'Give a copy of the signed plan' })
    await copy.getByLabel(/What shows it/).fill('Handed to her daughter Ana at the desk.')
    await isAccessible(page)
    await copy.getByRole('button', { name: 'Record the copy' }).click()
    await page.getByText(new RegExp(`Copy to ${patient}`)).waitFor()
    await isAccessible(page)
  })

  test('the plan comes on paper as a PDF', async () => {
    const [popup] = await Promise.all([
      page.context().waitForEvent('request', (request) => /pdf/.test(request.url())),
      page.getByRole('button', { name: 'Paper (PDF)' }).click(),
    ])
    const answer = await page.request.get(popup.url())
    expect(answer.headers()['content-type']).toContain('application/pdf')
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
    expect(seat.troubles).toEqual([])
  })
})
