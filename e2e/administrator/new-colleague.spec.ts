import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type Seated, sitDown } from '../support/seat.ts'

const email = 'mia.stone@riverside.example'
const password = 'quiet harbour seven lamps'

let alex: Seated
let page: Page
let link = ''
beforeAll(async () => {
  alex = await sitDown('alex')
  page = alex.page
})
afterAll(async () => {
  expect(alex.troubles).toEqual([])
  await alex.leave()
  await closeBrowser()
})

describe('Alex brings a new colleague in', () => {
  test('an invitation gives a link that is shown once', async () => {
    await page.goto('/users')
    await isSettled(page)
    await page.getByRole('button', { name: 'Invite a person' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a person' })
    await dialog.getByLabel('Name', { exact: true }).fill('Mia Stone')
    await dialog.getByLabel('Work e-mail').fill(email)
    await dialog.getByText('Biller', { exact: true }).click()
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Invite' }).click()
    link = await dialog.getByText(/\/invitation#token=/).innerText()
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByRole('row', { name: /Mia Stone.*Biller.*Not signed in yet/ }).waitFor()
  })

  test('the colleague chooses a password, connects an authenticator and stands in her seat', async () => {
    const mia = await newcomer(alex)
    await mia.goto(link)
    await mia.getByLabel('Password', { exact: true }).fill(password)
    await mia.getByLabel('The same once more').fill(password)
    await isAccessible(mia)
    await mia.getByRole('button', { name: 'Set the password' }).click()
    await mia.getByRole('button', { name: 'Go to the sign-in' }).click()
    await signIn(mia)

    await mia.getByRole('heading', { name: 'Connect your authenticator' }).waitFor()
    const secret = (await mia.getByText(/^(?:[A-Z2-7]{4} ){3,}[A-Z2-7]{1,4}$/).innerText()).replaceAll(' ', '')
    await isAccessible(mia)
    await mia.getByLabel('Code', { exact: true }).fill(generateSync({ secret }))
    await mia.getByRole('button', { name: 'Confirm' }).click()
    await mia.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
    const recovery = await mia.getByRole('listitem').allInnerTexts()
    expect(recovery.length).toBeGreaterThanOrEqual(8)
    await isAccessible(mia)
    await mia.getByLabel('I have put them in a safe place').check()
    await mia.getByRole('button', { name: 'Start working' }).click()
    await mia.getByRole('navigation').getByRole('link', { name: 'Claims' }).waitFor()

    await mia.context().clearCookies()
    await mia.goto('/sign-in')
    await signIn(mia)
    await mia.getByText('One more step').waitFor()
    await mia.getByRole('button', { name: 'I cannot reach my authenticator' }).click()
    await mia.getByLabel('Recovery code').fill(recovery[0] ?? '')
    await mia.getByRole('button', { name: 'Confirm' }).click()
    await mia.getByRole('navigation').getByRole('link', { name: 'Claims' }).waitFor()
    await mia.context().close()
  })

  test('the link works once only', async () => {
    const stranger = await newcomer(alex)
    await stranger.goto(link)
    await stranger.getByLabel('Password', { exact: true }).fill('another long password')
    await stranger.getByLabel('The same once more').fill('another long password')
    await stranger.getByRole('button', { name: 'Set the password' }).click()
    await stranger.getByRole('alert').waitFor()
    expect(await stranger.getByRole('button', { name: 'Go to the sign-in' }).count()).toBe(0)
    await stranger.context().close()
  })

  test('a colleague who leaves can no longer sign in', async () => {
    await page.reload()
    await page.getByRole('row', { name: /Mia Stone.*With authenticator/ }).waitFor()
    await page.getByRole('button', { name: 'Deactivate Mia Stone' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await page.getByRole('row', { name: /Mia Stone.*Deactivated/ }).waitFor()
    const mia = await newcomer(alex)
    await mia.goto('/sign-in')
    await signIn(mia)
    await mia.getByRole('alert').waitFor()
    await mia.context().close()
  })
})

/** A browser that knows nobody yet. */
async function newcomer(seated: Seated): Promise<Page> {
  const context = await seated.context.browser()?.newContext({ baseURL: new URL(seated.page.url()).origin })
  if (context === undefined) throw new Error('The browser has gone.')
  return context.newPage()
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with a password' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
