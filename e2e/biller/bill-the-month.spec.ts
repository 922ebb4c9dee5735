import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payerSimulator, type SimulatorMailbox } from '../../apps/server/src/outside/clearinghouse/payer-simulator.ts'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

/** The month that is over and waits for its close when the demo begins. */
const month = '2026-10'

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

describe('Lena bills October', () => {
  test('every enrolled patient stands in one lane, and the reasons with their law are two clicks away', async () => {
    await page.goto(`/months/${month}`)
    await isSettled(page)
    const lanes = page.getByRole('tablist', { name: 'Lanes of the month' }).getByRole('tab')
    expect(await lanes.count()).toBe(4)
    for (const lane of await lanes.all()) {
      await lane.click()
      const count = Number(/\d+/.exec(await lane.innerText())?.[0])
      await expect.poll(() => patientsIn(page), { timeout: 30_000 }).toBe(count)
    }

    await page.getByRole('tab', { name: /^Ready/ }).click()
    await page.getByRole('tabpanel', { name: 'Ready' }).getByRole('cell').getByRole('button').first().click()
    const verdict = page.getByRole('dialog', { name: /, October 2026$/ })
    const reasons = verdict.getByRole('list', { name: /^Why .* is to be billed$/ })
    await reasons.waitFor()
    expect(await verdict.getByRole('columnheader', { name: 'Medicare pays' }).count()).toBe(1)

    await reasons.getByText('Consent', { exact: true }).click()
    await reasons.getByText('Was consent given before the care and not withdrawn?').waitFor()
    await reasons
      .getByText(/CMS booklet MLN909188/)
      .first()
      .waitFor()
    await reasons.getByRole('link', { name: 'The consent' }).first().waitFor()
    await isAccessible(page)
    await page.keyboard.press('Escape')
  })

  test('what an employer plan decided is typed to the cent, and the month behind it is ready for Medicare second', async () => {
    await page.goto(`/months/${month}`)
    await isSettled(page)
    await page.getByRole('tab', { name: /^Hold/ }).click()
    const held = page.getByRole('tabpanel', { name: 'Hold' })
    await held
      .getByRole('row', { name: /Another insurer pays before Medicare/ })
      .getByRole('cell')
      .getByRole('button')
      .first()
      .click()
    const verdict = page.getByRole('dialog', { name: /, October 2026$/ })
    await verdict.getByRole('button', { name: 'Enter what the first insurer decided' }).click()
    const form = verdict.getByRole('form', { name: 'What the first insurer decided' })
    expect(await form.getByLabel('Insurer', { exact: true }).inputValue()).toBe('ACME EMPLOYEE HEALTH')
    await form.getByLabel('Payer id').fill('55555')
    await form.getByLabel('Member number').fill('ACM20011')
    await form.getByRole('combobox', { name: 'Why Medicare pays second' }).click()
    await page.getByRole('option', { name: /^Working at 65/ }).click()
    for (const line of await form.getByRole('group').all()) {
      const charge = Number((await line.locator('legend').innerText()).replace(/.*\$/, ''))
      await line.getByLabel('Allowed').fill('50')
      await line.getByLabel('Paid').fill('30')
      await line.getByLabel('Adjustment 1: amount').fill((charge - 50).toFixed(2))
      await line.getByLabel('Adjustment 3: amount').fill('19.99')
      await line.getByText('$0.01 of the charge is neither paid nor adjusted.').waitFor()
      await line.getByLabel('Adjustment 3: amount').fill('20')
      await line.getByText('Balances.').waitFor()
    }
    await isAccessible(page)
    await form.getByRole('button', { name: 'Keep it' }).click()
    await verdict.getByText(/^Ready: /).waitFor()
    await verdict.getByText('ACME EMPLOYEE HEALTH decided on', { exact: false }).first().waitFor()
    await isAccessible(page)
    await page.keyboard.press('Escape')
  })

  test('closing the month makes the claims once: who closes it again sees the same close', async () => {
    const again = await page.context().newPage()
    for (const one of [page, again]) {
      await one.goto(`/months/${month}`)
      await one.getByRole('button', { name: 'Close October 2026' }).click()
      await one.getByRole('dialog', { name: 'Close October 2026' }).getByRole('table').waitFor()
    }
    const ready = Number(
      /\d+/.exec(
        await page.getByRole('dialog').getByRole('row', { name: /Ready/ }).getByRole('cell').first().innerText(),
      )?.[0],
    )
    expect(ready).toBeGreaterThan(0)
    // Two people press at the same moment.
    await Promise.all(
      [page, again].map((one) =>
        one.getByRole('dialog').getByRole('button', { name: 'Close October 2026' }).click({ noWaitAfter: true }),
      ),
    )
    for (const one of [page, again]) {
      await one.getByRole('dialog').getByText(`${ready} claims were made`).waitFor({ timeout: 60_000 })
    }
    await again.close()
    await page.getByRole('dialog').getByRole('link', { name: 'See the claims' }).click()
    await page.getByRole('heading', { name: 'Claims', level: 1 }).waitFor()
    await expect.poll(() => waitingClaims(page), { timeout: 30_000 }).toBe(ready)

    await page.goto(`/months/${month}`)
    await page.getByText('October 2026 is closed').waitFor()
    expect(await page.getByRole('button', { name: 'Close October 2026' }).count()).toBe(0)
  })

  test('a batch is shown before it is made and can be taken back until it leaves', async () => {
    await page.goto(`/claims?month=${month}`)
    await isSettled(page)
    const ready = await waitingClaims(page)
    await makeBatch(page)
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back before it left', { exact: true }).waitFor()
    await page.goto(`/claims?month=${month}`)
    await expect.poll(() => waitingClaims(page), { timeout: 30_000 }).toBe(ready)
  })

  let claims837 = ''

  test('a batch leaves at once when Lena says so, and the payer says that it was read', async () => {
    await makeBatch(page)
    await page.getByRole('button', { name: 'Send now' }).click()
    const answers = page.getByRole('region', { name: 'Answers of the payer' })
    await answers.getByText('999', { exact: false }).first().waitFor({ timeout: 40_000 })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the 837P' }).click(),
    ])
    claims837 = await readFile(await download.path(), 'utf8')
    expect(claims837).toMatch(/^ISA/)
    expect(claims837).toMatch(/SBR\*S\*18\*\*\*12\*\*\*\*MB~[\s\S]*SBR\*P\*18\*GRP778\*\*\*\*\*\*CI~/)
    await isAccessible(page)
  })

  test('a payment that is cut off is held with the reason; the whole one is posted, and a second upload changes nothing', async () => {
    const remittance = await paymentFor(claims837)
    await page.goto('/payments')
    await isSettled(page)
    await takeIn(page, 'payment.835', remittance.slice(0, Math.floor(remittance.length * 0.6)))
    await page
      .getByRole('alert')
      .getByText(/: held, nothing was posted$/)
      .waitFor()
    await page
      .getByRole('alert')
      .getByText(/The file is cut off/)
      .first()
      .waitFor()

    await takeIn(page, 'payment-whole.835', remittance)
    await page
      .getByRole('alert')
      .getByText(/: posted$/)
      .waitFor()
    await takeIn(page, 'payment-whole.835', remittance)
    await page
      .getByRole('alert')
      .getByText(/known already, nothing changed/)
      .waitFor()
    await isAccessible(page)
    await page.getByRole('alert').getByRole('link', { name: 'Open the payment' }).click()
    await page.getByText('Balances to the cent').waitFor()
    await isAccessible(page)
  })

  test('each claim shows what was expected and paid, and a ledger with two equal sides', async () => {
    await page.goto(`/claims?month=${month}&status=paid`)
    await page.getByRole('region', { name: 'Claims: Paid' }).getByRole('cell').getByRole('link').first().click()
    const ledger = page.getByRole('table', { name: 'Ledger of this claim' })
    await ledger.waitFor()
    const [debit, credit] = await ledger
      .getByRole('row', { name: /^Both sides/ })
      .getByRole('cell')
      .allInnerTexts()
    expect(debit).toMatch(/^\$\d/)
    expect(credit).toBe(debit)
    const balance = await page.getByLabel('Balance').innerText()
    expect(balance).toMatch(/Open\s+\$0\.00/)
    await page.getByText('What happened').first().waitFor()
    await isAccessible(page)
  })

  test('payments stand against what was expected, and every number opens its list', async () => {
    await page.goto('/payments')
    await isSettled(page)
    const figures = page.getByRole('region', { name: 'Payments in figures' })
    for (const label of ['Expected', 'Paid', 'Open', 'Held', 'Not attributed']) {
      await figures.getByRole('link', { name: new RegExp(`, ${label}: open the list`) }).waitFor()
    }
    await page.getByRole('region', { name: 'Payments' }).getByRole('link', { name: /2026$/ }).first().click()
    await page.getByRole('region', { name: 'Claims of the payment' }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'Difference' }).count()).toBe(1)
  })

  test('a denial says its cause, the next step and the last day, and is resolved with a note', async () => {
    await page.goto('/denials')
    await isSettled(page)
    const denials = page.getByRole('region', { name: 'Denials' })
    const before = await denials.getByRole('button', { name: /^Resolve / }).count()
    expect(before).toBeGreaterThan(0)
    await denials
      .getByText(/CO-\d+/)
      .first()
      .waitFor()
    await denials
      .getByRole('button', { name: /^Resolve / })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('What to do').waitFor()
    await isAccessible(page)
    await dialog.getByLabel('How it ended').last().fill('Another practice was paid for the month; written off.')
    await dialog.getByRole('button', { name: 'Resolve' }).click()
    await expect
      .poll(() => denials.getByRole('button', { name: /^Resolve / }).count(), { timeout: 30_000 })
      .toBe(before - 1)
  })
})

async function patientsIn(page: Page): Promise<number> {
  const text = await page.getByRole('tabpanel').innerText()
  if (text.includes('Nobody is in this lane')) return 0
  return Number(/(\d+) of \d+ patients?/.exec(text)?.[1] ?? -1)
}

/** The count in the lane of claims that wait to be sent. */
async function waitingClaims(page: Page): Promise<number> {
  return Number(/\d+/.exec(await page.getByRole('link', { name: /^Ready to send/ }).innerText())?.[0])
}

async function makeBatch(page: Page): Promise<void> {
  await page.goto(`/claims?month=${month}`)
  await page.getByRole('button', { name: 'Make a batch' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a batch' })
  await dialog.getByText('Expected of Medicare').waitFor()
  await dialog.getByRole('button', { name: 'Make the batch' }).click()
  await page.getByRole('heading', { name: /^Batch \w+\d/ }).waitFor()
}

async function takeIn(page: Page, name: string, content: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Take in a file' })
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Take in a file' }).click()
  await dialog.getByLabel(/drop it here/).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await dialog.getByRole('button', { name: 'Take it in' }).click()
  expect((await answered).status()).toBe(200)
}

/** What the payer simulator pays for these claims, without waiting for its minutes. */
async function paymentFor(claims: string): Promise<string> {
  const sent = new Date('2026-11-03T15:00:00Z')
  let answers: readonly { name: string; content: string; availableAt: Date }[] = []
  const mailbox: SimulatorMailbox = {
    received: async () => null,
    keep: async (_file, files) => {
      answers = files
    },
    about: async () => ({ received: [], answered: [] }),
    latest: async () => [],
    waiting: async () => [],
    taken: async () => undefined,
  }
  const payer = payerSimulator({
    mailbox,
    clock: { now: () => sent },
    termsOf: async () => ({ locality: '13202-01', qualifyingApm: false, practitionerKind: 'physician' }),
  })
  await payer.put('october.837', claims)
  const payment = answers.find(({ content }) => content.includes('ST*835'))
  if (payment === undefined) throw new Error('The payer simulator pays nothing for these claims.')
  return payment.content
}
