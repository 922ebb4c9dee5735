const MBI =
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}$/

/** The form of a Medicare Beneficiary Identifier: eleven characters, stored without dashes; no S, L, O, I, B or Z. */
export function hasMbiForm(text: string): boolean {
  return MBI.test(text)
}

/** What the digits 80840, which stand before every NPI in its check, add to the sum. */
const PREFIX_SUM = 24

/** Ten digits, the first 1 or 2, the last a Luhn check over 80840 and the nine before it. */
export function hasNpiForm(text: string): boolean {
  if (!/^[12][0-9]{9}$/.test(text)) return false
  let sum = PREFIX_SUM
  for (let place = 0; place < 10; place += 1) {
    const digit = text.charCodeAt(place) - 48
    const value = place % 2 === 0 ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}
