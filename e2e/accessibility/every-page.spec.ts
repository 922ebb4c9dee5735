import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type SeatName, sitDown } from '../support/seat.ts'

afterAll(closeBrowser)

const seats: SeatName[] = ['sam', 'rosa', 'okafor', 'june', 'lena', 'nia', 'alex']

describe('every page of the navigation opens without trouble and is accessible, light and dark', () => {
  test.each(seats)('for %s', async (name) => {
    const { page, troubles, leave } = await sitDown(name)
    await isSettled(page)
    const links = await page.getByRole('navigation').first().getByRole('link').all()
    const addresses = new Set(await Promise.all(links.map((link) => link.getAttribute('href'))))
    expect(addresses.size).toBeGreaterThan(0)
    for (const address of addresses) {
      await page.goto(address ?? '/')
      await isSettled(page)
      await isAccessible(page)
      // The page follows the colours of the device while it is open.
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark')
      await isAccessible(page)
      await page.emulateMedia({ colorScheme: 'light' })
    }
    expect(troubles).toEqual([])
    await leave()
  })
})
