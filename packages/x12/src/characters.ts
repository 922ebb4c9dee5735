/** Letters that Unicode does not split into a base letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  æ: 'AE',
  Æ: 'AE',
  œ: 'OE',
  Œ: 'OE',
  ø: 'O',
  Ø: 'O',
  đ: 'D',
  Đ: 'D',
  ð: 'D',
  Ð: 'D',
  þ: 'TH',
  Þ: 'TH',
  ł: 'L',
  Ł: 'L',
  ħ: 'H',
  Ħ: 'H',
  ı: 'I',
  ŋ: 'NG',
  Ŋ: 'NG',
  ŧ: 'T',
  Ŧ: 'T',
  ĸ: 'K',
  ĳ: 'IJ',
  Ĳ: 'IJ',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  ʻ: "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '…': '...',
  '№': 'NO',
  '&': '&',
}

const BASIC = /[^A-Z0-9 !"&'()*+,\-./:;?=]/g
const EXTENDED = /[^A-Za-z0-9 !"&'()*+,\-./:;?=%@[\]_{}\\|<>#$~^`]/g

/**
 * Writes a text in the X12 basic character set: accents taken off, upper case, other characters replaced by a
 * blank, runs of blanks made one, ends trimmed.
 */
export function basicText(text: string): string {
  if (isPlain(text)) return text
  return squeeze(plainLetters(text).toUpperCase().replace(BASIC, ' '))
}

/** The same in the extended set and without changing the case, for e-mail and web addresses. */
export function extendedText(text: string): string {
  return squeeze(plainLetters(text).replace(EXTENDED, ' '))
}

/** Digits, capitals, . / - and single blanks between them need no work; most elements are so. */
export function isPlain(text: string): boolean {
  let blank = true
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const isWord = (code >= 65 && code <= 90) || (code >= 45 && code <= 57)
    if (!isWord && (code !== 32 || blank)) return false
    blank = !isWord
  }
  return !blank || text === ''
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function plainLetters(text: string): string {
  let plain = ''
  for (const character of text.normalize('NFKD')) {
    const code = character.codePointAt(0) ?? 0
    if (code < 128) plain += character
    else if (code >= 0x300 && code <= 0x36f) continue
    else plain += LETTERS[character] ?? ' '
  }
  return plain
}

/** True when every character is of the basic or the extended set (X12.6; the delimiters are judged elsewhere). */
export function isExtendedText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 32 || code > 126) return false
  }
  return true
}
