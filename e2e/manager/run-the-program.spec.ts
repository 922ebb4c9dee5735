import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

let june: Seated
let page: Page
beforeAll(async () => {
  june = await sitDown('june')
  page = june.page
})
afterAll(async () => {
  expect(june.troubles).toEqual([])
  await june.leave()
  await closeBrowser()
})

describe('June runs the program', () => {
  test('each number of the control room opens a list of as many patients', async () => {
    await page.goto('/control-room?month=2026-10')
    await isSettled(page)
    for (const table of ['The funnel', 'Minutes of the month', 'Engagement']) {
      const links = page.getByRole('table', { name: table }).getByRole('link')
      await links.first().waitFor()
      const hrefs = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
      const counts = await links.allInnerTexts()
      // The addresses are opened, as somebody with the link would: three of each table are enough to trust the rest.
      for (const at of [0, 1, hrefs.length - 1]) {
        await page.goto(hrefs[at] ?? '')
        await expect
          .poll(() => patientsListed(page), { timeout: 30_000, message: `${table}: ${hrefs[at]}` })
          .toBe(Number(counts[at]))
      }
      await page.goto('/control-room?month=2026-10')
      await isSettled(page)
    }
    const capacity = page.getByRole('region', { name: 'Capacity by care manager' })
    const rosa = capacity.getByRole('row', { name: /Rosa Marin/ })
    const patients = Number(await rosa.getByRole('link').first().innerText())
    await rosa.getByRole('link').first().click()
    await page.getByRole('dialog', { name: /of Rosa Marin$/ }).waitFor()
    await expect.poll(() => patientsListed(page), { timeout: 30_000 }).toBe(patients)
    await isAccessible(page)
  })

  test('a file of the EHR is looked at first; what is broken is named with file, line and reason, and the rest comes in', async () => {
    await page.goto('/imports')
    await isSettled(page)
    const file = {
      name: 'monday.ndjson.gz',
      mimeType: 'application/gzip',
      buffer: gzipSync(
        `${patient('e2e-ana', 'Ana')}\n{"resourceType": "Patient", "id": \n${patient('e2e-luis', 'Luis')}\n`,
      ),
    }
    await page.getByLabel(/FHIR file/).setInputFiles(file)
    await page.getByRole('button', { name: 'Look what it would do' }).click()
    await page.getByText('Nothing is kept yet').waitFor()
    const findings = page.getByRole('region', { name: 'Findings with their places' })
    await findings.getByRole('row', { name: /Refused.*monday\.ndjson\.gz, line 2/ }).waitFor()
    await isAccessible(page)
    await page.getByRole('button', { name: 'Bring in 2 records' }).click()
    await page.getByText('Brought in, with faults').waitFor()

    await page.getByRole('button', { name: 'Bring in another file' }).click()
    await page.getByLabel(/FHIR file/).setInputFiles(file)
    await page.getByRole('button', { name: 'Look what it would do' }).click()
    await page.getByText('0 new, 0 changed, 2 already here', { exact: false }).waitFor()
    const history = page.getByRole('region', { name: 'Imports, the newest first' })
    await history.getByRole('link', { name: 'monday.ndjson.gz' }).first().click()
    await findings.getByRole('row', { name: /line 2/ }).waitFor()
    await isAccessible(page)
  })

  test('long time by hand counts once June has approved it', async () => {
    const rosa = await sitDown('rosa')
    await writeTimeByHand(rosa.page)
    await rosa.leave()

    await page.goto('/time-approvals')
    await isSettled(page)
    const waiting = page.getByRole('region', { name: 'Time that waits for approval' }).getByRole('row', {
      name: /Read the whole hospital record/,
    })
    await waiting.waitFor()
    await isAccessible(page)
    await waiting.getByRole('button', { name: 'Approve' }).click()
    await waiting.waitFor({ state: 'detached' })
    await page.getByText(/of Rosa Marin counts now/).waitFor()
  })

  test('a choice of the clinic changes from a day on, with its reason', async () => {
    await page.goto('/settings')
    await isSettled(page)
    await page.getByRole('button', { name: 'Change: How far back time may be written by hand' }).click()
    const dialog = page.getByRole('dialog', { name: 'How far back time may be written by hand' })
    await dialog.getByLabel('Your choice').fill('5')
    await isAccessible(page)
    const choose = dialog.getByRole('button', { name: 'Choose', exact: true })
    expect(await choose.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Why').fill('The auditors ask about old entries first.')
    await choose.click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(/since .* June Park: The auditors ask about old entries first\./).waitFor()
  })

  test('the audit log names who did it and when', async () => {
    await page.goto('/audit')
    await isSettled(page)
    const log = page.getByRole('region', { name: 'Audit log' })
    await page.getByLabel('Deed').fill('clinic.policy_set')
    await log
      .getByRole('row', { name: /June Park.*clinic: policy set.*Done/ })
      .first()
      .waitFor()
    await isAccessible(page)
  })

  test('an emergency opening is reviewed by somebody else', async () => {
    await openInAnEmergency()
    await page.goto('/audit?tab=openings')
    const openings = page.getByRole('region', { name: 'Emergency openings' })
    const waiting = openings.getByRole('row', { name: /Nia Cole.*dizzy after the new tablet.*Waits for review/ })
    await waiting.getByRole('button', { name: /^Review the opening of / }).click()
    await page.getByRole('dialog').getByLabel('Note').fill('The call log shows the call.')
    await isAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Justified' }).click()
    await openings.getByRole('row', { name: /Nia Cole.*dizzy after the new tablet.*Justified/ }).waitFor()
  })
})

/** The count under the list that a number opened. */
async function patientsListed(page: Page): Promise<number> {
  const text = await page.getByRole('dialog').innerText()
  return Number(/(\d+) patients?$/m.exec(text)?.[1] ?? -1)
}

function patient(id: string, given: string): string {
  return JSON.stringify({
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'urn:riverside:mrn', value: id }],
    name: [{ use: 'official', family: 'Monday', given: [given] }],
    gender: 'female',
    birthDate: '1950-05-05',
  })
}

/** Half an hour of reading, by hand, for one of Rosa's patients. */
async function writeTimeByHand(desk: Page): Promise<void> {
  await desk.goto('/my-month')
  await isSettled(desk)
  await desk.getByRole('main').getByRole('cell').getByRole('button').first().click()
  await desk.getByRole('complementary', { name: 'Patient beside the list' }).getByRole('link').first().click()
  await desk.getByRole('tab', { name: 'Minutes' }).click()
  await desk.getByRole('button', { name: 'Write time by hand' }).first().click()
  const form = desk.getByRole('dialog')
  await form.getByLabel('Day', { exact: true }).fill('2026-11-02')
  await form.getByLabel('From', { exact: true }).fill('20:00:00')
  await form.getByLabel('To', { exact: true }).fill('20:30:00')
  await form.getByRole('combobox', { name: 'Kind of work' }).or(form.getByLabel('Kind of work')).first().click()
  await desk.getByRole('option').first().click()
  await form.getByLabel('What was done').fill('Read the whole hospital record.')
  await form.getByLabel('Why by hand').fill('The computer was down.')
  await form.getByLabel('I did this work myself, at these times.').check()
  await form.getByRole('button', { name: /^Keep/ }).click()
  await desk.getByText('It counts once the CCM manager has approved it', { exact: false }).waitFor()
}

async function openInAnEmergency(): Promise<void> {
  const { page: phone, leave } = await sitDown('nia')
  await phone.goto('/on-call')
  await phone.getByRole('searchbox').fill('an')
  await phone.getByRole('list', { name: 'Patients who fit' }).getByRole('link').last().click()
  await phone.getByText('The patient is calling').click()
  await phone.getByLabel('What is it about?').fill('Feels dizzy after the new tablet.')
  await phone.getByRole('button', { name: 'Open the record' }).click()
  await phone.getByRole('heading', { name: 'Urgent call' }).waitFor()
  await leave()
}
