const MBI =
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}$/

/** True when the text has the form of a Medicare Beneficiary Identifier: 11 characters, no dashes (CMS MBI format). */
export function isMbi(text: string): boolean {
  return MBI.test(text)
}

/** A number that CMS and synthetic data mark as nobody's, by an S in second place where no real one has it. For test files only. */
export function isSyntheticMbi(text: string): boolean {
  return /^[1-9]S[AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/.test(text)
}

/** True for a ten digit NPI that starts with 1 or 2 and whose Luhn check digit over 80840 + NPI is right. */
export function isNpi(text: string): boolean {
  if (text.length !== 10) return false
  // The constant 24 is the Luhn sum of the issuer prefix 80840.
  let sum = 24
  for (let index = 0; index < 10; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9 || (index === 0 && digit !== 1 && digit !== 2)) return false
    const doubled = index % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/**
 * True when the text has the shape of a Medicare id but uses a letter that real ones never have (S, L, O, I, B, Z).
 * Made-up ids for tests are built so, that nobody may take them for a person's.
 */
export function isMadeUpMbi(text: string): boolean {
  return /^[1-9][A-Z][A-Z0-9]\d[A-Z][A-Z0-9]\d[A-Z]{2}\d{2}$/.test(text) && !isMbi(text)
}

/** True for the nine digits of an employer identification number. */
export function isEin(text: string): boolean {
  return /^\d{9}$/.test(text) && text !== '000000000'
}

/** True for a ZIP code of five or nine digits, without a dash. */
export function isZip(text: string): boolean {
  return (text.length === 5 || text.length === 9) && areDigits(text, 0, text.length) && !text.startsWith('00000')
}

/** True for a nine digit ZIP code, as Medicare wants it of billing and facility addresses. */
export function isZip9(text: string): boolean {
  return text.length === 9 && isZip(text)
}

/** True for a code with the form of the NUCC taxonomy: three digits, six letters or digits, and a letter. */
export function isTaxonomy(text: string): boolean {
  return text.length === 10 && areDigits(text, 0, 3) && areCapitalsOrDigits(text, 3, 9) && isCapital(text.charCodeAt(9))
}

/** True for ten digits that can be a North American telephone number. */
export function isPhone(text: string): boolean {
  return /^[2-9]\d{9}$/.test(text)
}

/** True for the form of an ICD-10-CM code, with or without its point. Whether the code exists is another question. */
export function isIcd10Cm(text: string): boolean {
  const third = text.charCodeAt(2)
  if (!isCapital(text.charCodeAt(0)) || !isDigit(text.charCodeAt(1))) return false
  if (!isDigit(third) && third !== 65 && third !== 66) return false
  const rest = text.charCodeAt(3) === 46 ? 4 : 3
  const places = text.length - rest
  return (places > 0 ? places <= 4 : rest === 3) && areCapitalsOrDigits(text, rest, text.length)
}

/** True for the form of a CPT or HCPCS Level II code. Whether the code exists is another question. */
export function isProcedureCode(text: string): boolean {
  if (text.length !== 5) return false
  const first = text.charCodeAt(0)
  if (!isDigit(first)) return first >= 65 && first <= 86 && areDigits(text, 1, 5)
  return areDigits(text, 1, 4) && '0123456789AFMTU'.includes(text.charAt(4))
}

/** True for a two character modifier. */
export function isModifier(text: string): boolean {
  return text.length === 2 && areCapitalsOrDigits(text, 0, 2)
}

/** The national two digit places of service in use. */
const PLACES_OF_SERVICE = new Set(
  '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 53 54 55 56 57 58 60 61 62 65 66 71 72 81 99'.split(
    ' ',
  ),
)

/** True for a place of service code that is in use. */
export function isPlaceOfService(text: string): boolean {
  return PLACES_OF_SERVICE.has(text)
}

const STATES = new Set(
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI FM MH PW AA AE AP'.split(
    ' ',
  ),
)

/** True for a United States state, territory or military post code. */
export function isState(text: string): boolean {
  return STATES.has(text)
}

/** True for a post office box, which may not be the billing provider's street address. */
export function isPostOfficeBox(text: string): boolean {
  return /^\s*(?:P\.?\s*O\.?\s*BOX|POST\s+OFFICE\s+BOX|LOCK\s*BOX)\b/i.test(text)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90
}

function areDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isDigit(text.charCodeAt(at))) return false
  return true
}

function areCapitalsOrDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (!isDigit(code) && !isCapital(code)) return false
  }
  return true
}

/** How far X12 has numbered the adjustment reasons of each series; some numbers inside were withdrawn. */
const REASON_SERIES: ReadonlyMap<string, number> = new Map([
  ['', 320],
  ['A', 8],
  ['B', 23],
  ['D', 23],
  ['P', 40],
  ['W', 9],
  ['Y', 3],
])

/** True for a text that can be a claim adjustment reason code (CARC). */
export function isAdjustmentReason(text: string): boolean {
  const digits = /^\d/.test(text) ? text : text.slice(1)
  const last = REASON_SERIES.get(text.slice(0, text.length - digits.length))
  if (last === undefined || !/^\d{1,3}$/.test(digits) || Number(digits) > last) return false
  return digits.length < text.length || !digits.startsWith('0')
}

const PROVIDER_ADJUSTMENTS = new Set(
  '50 51 72 90 AH AM AP B2 B3 BD BN C5 CR CS CT CV CW DM E3 FB FC GO HM IP IR IS J1 L3 L6 LE LS OA OB PI PL RA RE SL TL WO WU'.split(
    ' ',
  ),
)

/** True for a reason of a provider adjustment (PLB03-1). */
export function isProviderAdjustment(text: string): boolean {
  return PROVIDER_ADJUSTMENTS.has(text)
}

/** True for a text that can be a remittance advice remark code (RARC). */
export function isRemark(text: string): boolean {
  return /^(?:MA?|N)\d{1,3}$/.test(text)
}

/** True for a text that can be a claim status category (list 507). */
export function isStatusCategory(text: string): boolean {
  return /^(?:A[0-8]|D0|DR0[1-8]|E[0-4]|F[0-4]|P[0-5]|R(?:\d|1[0-7])|RQ)$/.test(text)
}

/** True for a text that can be a claim status code (list 508), which X12 numbers up to three digits without leading zeros. */
export function isStatusCode(text: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(text)
}
