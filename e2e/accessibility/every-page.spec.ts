import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, isAccessible, isSettled, type SeatName, sitDown } from '../support/seat.ts'

afterAll(closeBrowser)

const seats: SeatName[] = ['sam', 'rosa', 'okafor', 'june', 'lena', 'nia', 'alex']

describe.each(seats)('every page of the navigation of %s', (name) => {
  test.each([{ dark: false }, { dark: true }])(
    'opens without trouble and is accessible (dark: $dark)',
    async ({ dark }) => {
      const { page, troubles, leave } = await sitDown(name, { dark })
      await isSettled(page)
      const links = await page.getByRole('navigation').first().getByRole('link').all()
      const addresses = [...new Set(await Promise.all(links.map((link) => link.getAttribute('href'))))].filter((href) =>
        href?.startsWith('/'),
      )
      expect(addresses.length).toBeGreaterThan(0)
      for (const address of addresses) {
        await page.goto(address ?? '/')
        await isSettled(page)
        await isAccessible(page)
      }
      expect(troubles).toEqual([])
      await leave()
    },
  )
})
