const MBI =
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}$/

/** The form of a Medicare Beneficiary Identifier: eleven characters, stored without dashes; no S, L, O, I, B or Z. */
export function hasMbiForm(text: string): boolean {
  return MBI.test(text)
}

/** Ten digits, the first 1 or 2, the last a Luhn check over 80840 and the nine before it. */
export function hasNpiForm(text: string): boolean {
  if (!/^[12][0-9]{9}$/.test(text)) return false
  let sum = 0
  ;[...`80840${text}`].reverse().forEach((digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  })
  return sum % 10 === 0
}
