const MBI =
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}$/

/** The form of a Medicare Beneficiary Identifier: eleven characters, stored without dashes; no S, L, O, I, B or Z. */
export function hasMbiForm(text: string): boolean {
  return MBI.test(text)
}

/** Ten digits, the first 1 or 2, the last a Luhn check over 80840 and the nine before it. */
export function hasNpiForm(text: string): boolean {
  if (!/^[12][0-9]{9}$/.test(text)) return false
  const digits = `80840${text}`
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48
    const value = place % 2 === 1 ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}
