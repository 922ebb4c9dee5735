import sparticuz from '@sparticuz/chromium'
import { chromium, type Page } from 'playwright-core'

// `npm run screenshots -- http://localhost:3000` renews the pictures of the guides from a running demo clinic.
const [address = 'http://localhost:3000'] = process.argv.slice(2)

interface Shot {
  file: string
  seat: string
  width: number
  height: number
  open(page: Page): Promise<unknown>
}

const shots: Shot[] = [
  { file: 'front-desk', seat: 'Sam Porter', width: 1280, height: 800, open: (page) => page.goto('/today') },
  {
    file: 'care-manager',
    seat: 'Rosa Marin',
    width: 1360,
    height: 860,
    async open(page) {
      await page.goto('/my-month', { waitUntil: 'networkidle' })
      await page.getByRole('table').getByRole('row').nth(1).getByRole('cell').first().click()
      await page.getByRole('link', { name: /Open the call/ }).click()
      await page.getByRole('button', { name: /Start the call/ }).click()
      await page.getByText(/May I have your full name/).waitFor()
    },
  },
  { file: 'provider', seat: 'Dr Ada Okafor', width: 1280, height: 800, open: (page) => page.goto('/inbox') },
  { file: 'biller', seat: 'Lena Weiss', width: 1280, height: 800, open: (page) => page.goto('/months/2026-10') },
  {
    file: 'manager',
    seat: 'June Park',
    width: 1280,
    height: 800,
    open: (page) => page.goto('/control-room?month=2026-10'),
  },
  {
    file: 'on-call',
    seat: 'Nia Cole',
    width: 420,
    height: 800,
    async open(page) {
      await page.goto('/on-call')
      await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('er')
      await page.getByRole('link').filter({ hasText: 'born' }).first().waitFor()
    },
  },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? (await sparticuz.executablePath()),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
for (const { file, seat, width, height, open } of shots) {
  const context = await browser.newContext({ baseURL: address, viewport: { width, height }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(seat) }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  await open(page)
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: `docs/guides/${file}.png` })
  console.log(`wrote docs/guides/${file}.png`)
  await context.close()
}
await browser.close()
