import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pressOn } from '../support/keyboard.ts'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

/** The shortest file that is a PDF by its content. */
const paper = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

describe('Sam at the front desk, today', () => {
  let desk: Seated
  let page: Page
  /** Patients of today to whom nobody has spoken yet: who signs here, who signed on paper, who says no. */
  let signer: string
  let paperSigner: string
  let decliner: string

  const lines = () => page.getByRole('list', { name: 'Appointments of today' }).getByRole('listitem')
  const lineOf = (name: string) => lines().filter({ has: page.getByRole('button', { name, exact: true }) })
  const open = async (name: string): Promise<Locator> => {
    await page.goto('/today')
    await lineOf(name).getByRole('button', { name, exact: true }).click()
    const drawer = page.getByRole('dialog', { name })
    await drawer.getByText('Say it like this').or(drawer.getByText('What was said so far')).first().waitFor()
    return drawer
  }

  beforeAll(async () => {
    // A tablet at the desk.
    desk = await sitDown('sam', { width: 1024, height: 768, touch: true })
    page = desk.page
    page.setDefaultTimeout(30_000)
    await page.goto('/today')
    await isSettled(page)
    const untouched = lines().filter({ has: page.getByRole('button', { name: 'Mentioned', pressed: false }) })
    await untouched.first().waitFor()
    const names = await Promise.all(
      (await untouched.all()).slice(0, 3).map((line) => line.getByRole('button').first().innerText()),
    )
    expect(names).toHaveLength(3)
    ;[signer = '', paperSigner = '', decliner = ''] = names
  })
  afterAll(async () => {
    await desk.leave()
    await closeBrowser()
  })

  test('each patient of the day carries the standing in the program and the reason for it', async () => {
    for (const line of await lines().all()) {
      await expect(line.innerText()).resolves.toMatch(
        /Unknown|Eligible|Introduced|Thinking|Declined|Consented|Enrolled|Not eligible/,
      )
      const words = (await line.innerText()).split('\n').filter((word) => word.trim().length > 20)
      expect(words.length, 'a sentence that says why').toBeGreaterThan(0)
    }
    await isAccessible(page)
  })

  test('a patient who is in the program is not asked again', async () => {
    const enrolled = lines().filter({ hasText: 'The patient is in the program.' }).first()
    await enrolled.waitFor()
    expect(await enrolled.getByRole('button').count(), 'the name alone').toBe(1)
  })

  test('the brochure comes out of the printer in English and Spanish, also in large print', async () => {
    const links = page.getByRole('complementary', { name: 'Beside the day' }).getByRole('link')
    const sizes = new Set<number>()
    for (const name of ['English', 'English, large print', 'Español', 'Español, letra grande']) {
      const href = await links.and(page.getByRole('link', { name, exact: true })).getAttribute('href')
      const answer = await page.request.get(href ?? '')
      expect(answer.headers()['content-type']).toContain('application/pdf')
      const bytes = await answer.body()
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      sizes.add(bytes.length)
    }
    expect(sizes.size, 'four different papers').toBe(4)
  })

  test('one tap says that the program was mentioned, another that the brochure was given', async () => {
    const line = lineOf(signer)
    await line.getByRole('button', { name: 'Mentioned' }).click()
    await line.getByRole('button', { name: 'Mentioned', pressed: true }).waitFor()
    await line.getByRole('button', { name: 'Brochure' }).click()
    await line.getByRole('button', { name: 'Brochure', pressed: true }).waitFor()
    await page.reload()
    await line.getByRole('button', { name: 'Mentioned', pressed: true }).waitFor()
    await line.getByRole('button', { name: 'Brochure', pressed: true }).waitFor()
  })

  test('Medicare is asked from the desk, and what it answered stands there with who asked', async () => {
    const drawer = await open(signer)
    await drawer.getByRole('button', { name: /^Check (Medicare|again)$/ }).click()
    await drawer.getByText(/asked by Sam Porter/).waitFor()
    await drawer.getByText(/Medicare can(not)? be billed|Not sure yet|Medicare could not be asked/).waitFor()
    await isAccessible(page)
  })

  test('a new phone number is written down and confirmed as of today', async () => {
    const drawer = await open(signer)
    await drawer.getByRole('link', { name: 'Change' }).click()
    const form = page.getByRole('dialog', { name: 'How to reach the patient' })
    await form.getByLabel('Phone', { exact: true }).fill('617-555-0142')
    await form.getByLabel('Best time to call, from').fill('10:00')
    await form.getByLabel('to', { exact: true }).fill('12:00')
    await form.getByRole('button', { name: 'Confirm as of today' }).click()
    await form.waitFor({ state: 'hidden' })
    await page.getByText(/Confirmed on .* by Sam Porter/).waitFor()
    const again = await open(signer)
    await again.getByText('Still 617-555-0142?').waitFor()
    await again.getByText(/best 10:00 to 12:00/).waitFor()
  })

  test('a patient says no: the reason and who speaks with them again are kept, and they are thanked', async () => {
    const drawer = await open(decliner)
    await drawer.getByRole('button', { name: 'No…' }).click()
    const form = drawer.getByRole('form', { name: 'The patient says no' })
    await form.getByRole('radio').first().check()
    const reason = (await form.getByRole('radio').first().getAttribute('value')) ?? ''
    expect(reason).not.toBe('')
    await form.getByLabel('Who speaks with the patient again').click()
    await page.getByRole('option', { name: /Rosa Marin/ }).click()
    await form.getByLabel('When').fill('2027-02-02')
    await form.getByRole('button', { name: 'Record the no' }).click()
    await page.getByText('Thank the patient; the answer is on record.').waitFor()
    await drawer.getByText('Rosa Marin speaks with the patient again.').waitFor()
    await page.goto('/today')
    await lineOf(decliner).getByText('Declined').waitFor()
    await lineOf(decliner).getByRole('button', { name: 'Mentioned' }).waitFor({ state: 'detached' })
  })

  test('a patient says yes and signs on the tablet by typing the name, with the keyboard alone', async () => {
    const drawer = await open(signer)
    await drawer.getByRole('button', { name: 'Yes', exact: true }).last().click()
    const consentNow = drawer.getByRole('link', { name: 'Consent now' })
    await consentNow.waitFor()
    // From here on no finger and no mouse.
    await consentNow.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Record consent' }).waitFor()
    await pressOn(page, page.getByRole('radio', { name: /Signs here/ }), 'Space')
    await pressOn(page, page.getByRole('radio', { name: 'Yes, face to face' }), 'Space')
    await pressOn(page, page.getByRole('button', { name: 'Go on' }), 'Enter')
    const statements = page.getByRole('group', { name: /Tick each once/ }).getByRole('checkbox')
    await statements.first().waitFor()
    expect(await statements.count(), 'each required statement apart').toBeGreaterThanOrEqual(4)
    await page.getByText(/Form .*fingerprint [0-9a-f]{16}/).waitFor()
    const goOn = page.getByRole('button', { name: 'Go on' })
    expect(await goOn.getAttribute('aria-disabled'), 'not before all is told').toBe('true')
    for (const statement of await statements.all()) await pressOn(page, statement, 'Space')
    await isAccessible(page)
    await pressOn(page, goOn, 'Enter')
    await pressOn(page, page.getByRole('radio', { name: 'Draw' }), 'ArrowRight')
    await pressOn(page, page.getByLabel('Full name, typed as the signature'), 'End')
    await page.keyboard.type(signer)
    await pressOn(page, page.getByRole('checkbox', { name: 'My name typed here counts as my signature.' }), 'Space')
    await pressOn(page, page.getByRole('button', { name: 'Go on' }), 'Enter')
    await page.getByRole('radio', { name: /Printed, now/ }).waitFor()
    await pressOn(page, page.getByRole('button', { name: 'Record consent' }), 'Enter')
    await page.getByRole('heading', { name: 'Consent recorded' }).waitFor()
    await page.getByText(new RegExp(`${signer} consented on`)).waitFor()
    await isAccessible(page)
    await page.getByRole('link', { name: 'Go on to the patient' }).click()
    await page.getByText('Consent given').first().waitFor()
  })

  test('a scan that is not what its name says is refused in clear words; the real one is taken', async () => {
    const drawer = await open(paperSigner)
    await drawer.getByRole('button', { name: 'Yes', exact: true }).last().click()
    await drawer.getByRole('link', { name: 'Consent now' }).click()
    await page.getByRole('radio', { name: /Has signed on paper/ }).check()
    await page.getByRole('radio', { name: 'Yes, face to face' }).check()
    await page.getByRole('button', { name: 'Go on' }).click()
    for (const statement of await page
      .getByRole('group', { name: /Tick each once/ })
      .getByRole('checkbox')
      .all()) {
      await statement.check()
    }
    await page.getByRole('button', { name: 'Go on' }).click()
    const file = page.getByLabel(/The signed form/)
    await file.setInputFiles({ name: 'consent.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ no paper') })
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Record consent' }).click()
    await page.getByText(/“consent.pdf” is neither a PDF nor a PNG or JPEG picture/).waitFor()
    await page.getByText(/Nothing was recorded; what you entered is still here/).waitFor()
    await page.getByRole('button', { name: /^Sign/ }).click()
    await page.getByRole('button', { name: 'Take consent.pdf away' }).click()
    await file.setInputFiles({ name: 'consent.pdf', mimeType: 'application/pdf', buffer: paper })
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Record consent' }).click()
    await page.getByRole('heading', { name: 'Consent recorded' }).waitFor()
    await page.getByRole('link', { name: 'Go on to the patient' }).click()
    await page
      .getByRole('tab', { name: 'Documents' })
      .or(page.getByRole('link', { name: 'Documents' }))
      .click()
    await page
      .getByRole('row')
      .filter({ hasText: 'Scanned consent' })
      .getByText(/On its way|In the EHR/)
      .first()
      .waitFor()
  })

  test('the introduction log tells who said what to whom, with the version of the words', async () => {
    await page.goto('/outreach')
    const log = page.getByRole('table', { name: 'Introduction log' })
    const said = log.getByRole('row').filter({ hasText: signer })
    await said.filter({ hasText: 'Mentioned' }).first().waitFor()
    await said.filter({ hasText: 'Said yes' }).first().waitFor()
    await expect(said.filter({ hasText: 'Brochure given' }).first().innerText()).resolves.toMatch(/brochure \d{4}/)
    await expect(log.getByRole('row').filter({ hasText: decliner }).first().innerText()).resolves.toContain('because')
    await isAccessible(page)
    expect(desk.troubles).toEqual([])
  })
})
