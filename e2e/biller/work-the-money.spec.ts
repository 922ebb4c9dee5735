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

describe('Lena works the money', () => {
  test('a batch of nothing is a calm page that leads to the month board', async () => {
    await page.goto('/claims?status=ready&dialog=batch&month=2025-01')
    const dialog = page.getByRole('dialog', { name: 'Make a batch' })
    await dialog.getByText('Nothing waits to be sent').waitFor()
    await isAccessible(page)
    await page.keyboard.press('Escape')
  })

  test('a payment is tied to the bank by the keyboard alone; what differs stands on the list', async () => {
    await page.goto('/payments')
    await isSettled(page)
    await page.getByRole('region', { name: 'Payments' }).getByRole('link', { name: /2026$/ }).nth(1).press('Enter')
    const tie = page.getByRole('button', { name: 'Tie to the bank' })
    await tie.waitFor()
    const address = page.url()
    await tie.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'What the bank received' })
    const amount = dialog.getByLabel('Amount on the bank statement')
    await amount.waitFor()
    const paid = await amount.inputValue()
    await amount.fill('1.00')
    await dialog.getByText('the bank has').waitFor()
    await isAccessible(page)
    await amount.press('Enter')
    await page.getByText('Less', { exact: true }).waitFor()
    await page.goto('/payments?bank=different')
    await isSettled(page)
    await page.getByRole('region', { name: 'Payments for which the bank says otherwise' }).waitFor()
    await isAccessible(page)
    await page.goto(address)
    await page.getByRole('button', { name: 'Change what the bank received' }).press('Enter')
    await amount.fill(paid)
    await amount.press('Enter')
    await page.getByText('Ties', { exact: true }).waitFor()
  })

  test('a held payment says why; it is discarded with a reason, and that is taken back', async () => {
    await page.goto('/payments')
    await isSettled(page)
    await page.getByRole('button', { name: 'Take in a file' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Take in a file' })
    await dialog
      .getByLabel(/drop it here/)
      .setInputFiles({ name: 'off.835', mimeType: 'text/plain', buffer: Buffer.from(unbalanced) })
    await dialog.getByRole('button', { name: 'Take it in' }).press('Enter')
    await page.getByRole('alert').getByRole('link', { name: 'Open the payment' }).press('Enter')
    await page.getByText('Held: nothing of it is posted').waitFor()
    await page
      .getByText(/is unexplained/)
      .first()
      .waitFor()
    await isAccessible(page)
    await page.getByRole('button', { name: 'Discard' }).press('Enter')
    const reason = page.getByLabel('Why it is discarded')
    await reason.fill('A test of the payer.')
    await page.getByRole('button', { name: 'Discard it' }).press('Enter')
    await page.getByText('Discarded: nothing of it is posted').waitFor()
    await page.getByRole('button', { name: 'Hold it again' }).press('Enter')
    await page.getByText('Held: nothing of it is posted').waitFor()
    await page.getByRole('button', { name: 'Post it by hand' }).press('Enter')
    await page.getByText(/booked as an adjustment of the whole payment/).waitFor()
    await isAccessible(page)
    await page.getByLabel('Why it may be posted').fill('The payer confirmed the amount by telephone.')
    await page.getByRole('button', { name: 'Post it', exact: true }).press('Enter')
    await page.getByText('Balances to the cent').waitFor()
    await page.getByText('not explained by the file', { exact: false }).first().waitFor()
  })

  test('a paper notice is typed claim by claim and says what is missing until it balances', async () => {
    await page.goto('/payments/paper')
    await isSettled(page)
    await page.getByLabel('Who paid').fill('NGS Medicare')
    await page.getByLabel('Number of the check or transfer').fill('CHECK 77')
    await page.getByLabel('Amount', { exact: true }).fill('1.00')
    await page.getByLabel('Where the notice comes from').fill('Mail of Tuesday.')
    await page.getByRole('combobox', { name: 'Add a claim' }).click()
    await page.getByRole('option').first().click()
    await page.getByText(/of the charge is not explained yet/).waitFor()
    await page.getByRole('button', { name: 'As expected' }).press('Enter')
    await page.getByText('Balances.', { exact: true }).first().waitFor()
    await page.getByText('The claims do not come to the payment', { exact: true }).waitFor()
    await isAccessible(page)
  })

  test('a denial is taken on, worked and answered with letter and packet', async () => {
    await page.goto('/denials')
    await isSettled(page)
    const denials = page.getByRole('region', { name: 'Denials' })
    await denials
      .getByRole('row', { name: /CO-119/ })
      .last()
      .getByRole('link')
      .first()
      .press('Enter')
    await page.getByText('Ways to the money').waitFor()
    await isAccessible(page)
    await page.getByRole('button', { name: 'Take it on' }).press('Enter')
    await page.getByRole('dialog', { name: 'Who works it' }).getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText('Lena Weiss has it.').first().waitFor()
    await page.getByRole('button', { name: 'Write down' }).press('Enter')
    await page.getByLabel('What was done or said').fill('They see the consent of another practice.')
    await page.getByLabel("The payer's reference").fill('CALL 12')
    await isAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Write down' }).press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText('They see the consent of another practice.').waitFor()
    await page.getByRole('button', { name: 'Letter and packet' }).press('Enter')
    const letter = page.getByLabel('The letter')
    await letter.waitFor()
    expect(await letter.inputValue()).toContain('Request for redetermination')
    await isAccessible(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Make the PDF' }).press('Enter'),
    ])
    expect(download.suggestedFilename()).toMatch(/^appeal-KW\w+\.pdf$/)
    await page.getByText('Letter and packet made.').waitFor()
  })

  test('receivables: ageing, first pass, causes and the clock of timely filing, each with its list', async () => {
    await page.goto('/receivables')
    await isSettled(page)
    for (const label of ['Owed by payers', 'First pass', 'No decision in 30 days']) {
      await page.getByRole('link', { name: new RegExp(`, ${label}: open the list`) }).waitFor()
    }
    await page.getByRole('table', { name: 'Owed by payers, by age' }).waitFor()
    await isAccessible(page)
    await page.getByRole('table', { name: 'Owed by payers, by age' }).getByRole('link').first().press('Enter')
    await page.getByText('Owed by the payer, up to 30 days old').first().waitFor()
  })

  test('a supplement is billed by the keyboard alone, once its payer id is known', async () => {
    await page.goto('/claims?tab=supplements')
    await isSettled(page)
    const unasked = page.getByRole('region', { name: 'Supplements to bill' })
    await unasked
      .getByText(/The payer id of Hudson Mutual Medigap is not known/)
      .first()
      .waitFor()
    await isAccessible(page)
    await unasked
      .getByRole('row', { name: /payer id/ })
      .getByRole('link')
      .first()
      .press('Enter')
    const card = page.getByRole('region', { name: 'Supplement' })
    await card.getByText('Left to the patient').waitFor()
    await card.getByRole('button', { name: 'Enter the payer id' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Hudson Mutual Medigap on a claim' })
    await dialog.getByLabel('Payer id').fill('71412')
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Keep it' }).press('Enter')
    const bill = card.getByRole('button', { name: 'Bill the supplement' })
    await expect.poll(() => bill.isEnabled(), { timeout: 30_000 }).toBe(true)
    await bill.press('Enter')
    await page.getByText('Expected of Hudson Mutual Medigap').waitFor()
    await page.getByText('the claim that Medicare decided').waitFor()
    expect(await page.getByText('Second', { exact: true }).count()).toBeGreaterThan(0)
    await isAccessible(page)
  })
})

/** A payment of two dollars for a claim of one dollar that is nobody's. */
const unbalanced = [
  'ISA*00*          *00*          *ZZ*13202          *ZZ*KEEPWELL1      *261103*0800*^*00501*000000777*0*T*:',
  'GS*HP*13202*KEEPWELL1*20261103*0800*777*X*005010X221A1',
  'ST*835*0001',
  'BPR*I*2*C*CHK************20261103',
  'TRN*1*OFFBYONE*1352469876',
  'DTM*405*20261103',
  'N1*PR*NGS MEDICARE PART B',
  'N3*1 MAIN',
  'N4*BALTIMORE*MD*212441850',
  'REF*2U*13202',
  'PER*BL*HELP*TE*8005550100',
  'N1*PE*RIVERSIDE*XX*1972534865',
  'LX*1',
  'CLP*NOTOURS*1*1*1**MB*H9',
  'NM1*QC*1*NOBODY*NORA****MI*1S00A00AA10',
  'SVC*HC:99490*1*1**1',
  'DTM*472*20261031',
  'SE*16*0001',
  'GE*1*777',
  'IEA*1*000000777~',
].join('~')
