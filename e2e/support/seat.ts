import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'

let browser: Promise<Browser> | undefined

/** Root may start no sandbox; the pages are our own. The package's single-process mode cannot open a second window. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']

/** The browser inside the npm package, or the one that CHROMIUM_PATH names. */
async function launch(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH
  const executablePath = own !== undefined && existsSync(own) ? own : await sparticuz.executablePath()
  return chromium.launch({ executablePath, args })
}

export const seats = {
  sam: 'Sam Porter',
  rosa: 'Rosa Marin',
  tomas: 'Tomas Reyes',
  okafor: 'Dr Ada Okafor',
  june: 'June Park',
  lena: 'Lena Weiss',
  nia: 'Nia Cole',
  alex: 'Alex Kim',
} as const
export type SeatName = keyof typeof seats

export interface Seated {
  page: Page
  context: BrowserContext
  /** What the page wrote to its console as an error, and answers of 500. */
  troubles: string[]
  leave(): Promise<void>
}

/** Opens a browser of its own and steps into a seat of the demo with one click. */
export async function sitDown(
  name: SeatName,
  options: { width?: number; height?: number; dark?: boolean; touch?: boolean } = {},
): Promise<Seated> {
  browser ??= launch()
  const context = await (await browser).newContext({
    baseURL: inject('address'),
    viewport: { width: options.width ?? 1280, height: options.height ?? 860 },
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.touch ?? false,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    // A refused request is written by the browser itself and is often what the test is about.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(seats[name]) }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  return { page, context, troubles, leave: () => context.close() }
}

/** Nothing on the page breaks WCAG 2.2 A or AA by what axe can see. */
export async function isAccessible(page: Page): Promise<void> {
  // A colour that is still on its way to the next one would be measured halfway.
  await page.waitForFunction(() => document.getAnimations().length === 0)
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const engine = (globalThis as unknown as { axe: typeof axe }).axe
    const results = await engine.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return results.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`,
    )
  })
  expect(violations, new URL(page.url()).pathname).toEqual([])
}

/** Waits until the page has drawn what it asked for. */
export async function isSettled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('h1').first().waitFor()
}

export async function closeBrowser(): Promise<void> {
  if (browser !== undefined) await (await browser).close()
  browser = undefined
}
