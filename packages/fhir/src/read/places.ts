/** US states and territories: EHRs write them out, claims want two letters. */
const states = new Map<string, string>(
  (
    'Alabama AL,Alaska AK,Arizona AZ,Arkansas AR,California CA,Colorado CO,Connecticut CT,Delaware DE,' +
    'District of Columbia DC,Florida FL,Georgia GA,Hawaii HI,Idaho ID,Illinois IL,Indiana IN,Iowa IA,Kansas KS,' +
    'Kentucky KY,Louisiana LA,Maine ME,Maryland MD,Massachusetts MA,Michigan MI,Minnesota MN,Mississippi MS,' +
    'Missouri MO,Montana MT,Nebraska NE,Nevada NV,New Hampshire NH,New Jersey NJ,New Mexico NM,New York NY,' +
    'North Carolina NC,North Dakota ND,Ohio OH,Oklahoma OK,Oregon OR,Pennsylvania PA,Rhode Island RI,' +
    'South Carolina SC,South Dakota SD,Tennessee TN,Texas TX,Utah UT,Vermont VT,Virginia VA,Washington WA,' +
    'West Virginia WV,Wisconsin WI,Wyoming WY,Puerto Rico PR,Guam GU,American Samoa AS,Virgin Islands VI,' +
    'Northern Mariana Islands MP'
  )
    .split(',')
    .map((pair) => [pair.slice(0, -3).toLowerCase(), pair.slice(-2)]),
)

/** 'Massachusetts' and 'ma' to 'MA'; anything else as stated. */
export function stateCode(stated: string): string {
  if (/^[A-Za-z]{2}$/.test(stated)) return stated.toUpperCase()
  return states.get(stated.toLowerCase()) ?? stated
}

/** Languages by their English name, own name or ISO 639-2 code, as EHRs write them. */
const languages = new Map<string, string>(
  (
    'english eng en,spanish spa español es,portuguese por português pt,chinese chi zho mandarin zh,cantonese yue,' +
    'french fra fre français fr,haitian hat creole ht,italian ita it,german deu ger de,vietnamese vie vi,' +
    'korean kor ko,russian rus ru,arabic ara ar,tagalog tgl filipino fil tl,polish pol pl,hindi hin hi,' +
    'japanese jpn ja,greek gre ell el,armenian arm hye hy,persian per fas farsi fa,urdu urd ur,bengali ben bn,' +
    'gujarati guj gu,punjabi pan pa,khmer khm km,hmong hmn,navajo nav nv,somali som so,amharic amh am,' +
    'ukrainian ukr uk,yiddish yid yi,hebrew heb he,thai tha th,lao lao lo,nepali nep ne,swahili swa sw'
  )
    .split(',')
    .flatMap((line) => {
      const names = line.split(' ')
      const tag = names.at(-1) ?? ''
      return names.map((name): [string, string] => [name, tag])
    }),
)

/** BCP 47 tag of a language code or name; null when it is neither. */
export function languageTag(stated: string): string | null {
  const key = stated.trim().toLowerCase()
  const named = languages.get(key) ?? languages.get(key.split(/[\s(,;]/)[0] ?? '')
  if (named !== undefined) return named
  const match = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$/.exec(key)
  if (match === null) return null
  const [, language = '', script, region] = match
  // "und" and "zxx" are ISO's ways to say that the language is not known, or that there is none.
  if (language === 'und' || language === 'zxx' || language === 'mul') return null
  const parts = [languages.get(language) ?? language]
  if (script !== undefined) parts.push(`${script.charAt(0).toUpperCase()}${script.slice(1)}`)
  if (region !== undefined) parts.push(region.toUpperCase())
  return parts.join('-')
}
