/** What somebody typed to find a patient, understood. */
export type PatientQuestion =
  | { kind: 'all' }
  | { kind: 'name'; words: string[] }
  | { kind: 'born'; on: string }
  | { kind: 'phone'; digits: string }
  /** Four characters: the end of a Medicare number, or of a phone number. */
  | { kind: 'ending'; text: string }

/** Lower case, no accents, single spaces: what is compared on both sides of a search. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The text under which a patient is found. */
export function searchTextOf(given: string, family: string): string {
  return plain(`${given} ${family}`)
}

/** Reads a search: a name, a date of birth in any usual form, a phone number, or the last four of a Medicare number. */
export function readQuestion(text: string): PatientQuestion {
  const given = text.trim()
  if (given === '') return { kind: 'all' }
  const on = dateIn(given)
  if (on !== null) return { kind: 'born', on }
  const digits = given.replace(/\D/g, '')
  if (digits.length >= 7 && /^[\d\s().+\-x]+$/i.test(given))
    return {
      kind: 'phone',
      digits: digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits,
    }
  if (/^[0-9a-z]{4}$/i.test(given) && /\d/.test(given)) return { kind: 'ending', text: given.toUpperCase() }
  const words = plain(given)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 6)
  return words.length === 0 ? { kind: 'all' } : { kind: 'name', words }
}

/** A day written as 1952-03-14, 3/14/1952, 03-14-1952 or 03141952. */
function dateIn(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso !== null) return dayOf(iso[1], iso[2], iso[3])
  const american = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})((?:19|20)\d{2})$/.exec(text)
  return american === null ? null : dayOf(american[3], american[1], american[2])
}

function dayOf(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== text ? null : text
}

/** Where a page of the list ended. */
export interface PatientCursor {
  family: string
  given: string
  id: string
}

export function writeCursor({ family, given, id }: PatientCursor): string {
  return Buffer.from(JSON.stringify([family, given, id])).toString('base64url')
}

/** The place after which the next page begins; null at the start, and for a cursor that is none of ours. */
export function readCursor(text: string | undefined): PatientCursor | null {
  if (text === undefined) return null
  try {
    const [family, given, id]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return typeof family === 'string' &&
      typeof given === 'string' &&
      typeof id === 'string' &&
      /^[0-9a-f-]{36}$/.test(id)
      ? { family, given, id }
      : null
  } catch {
    return null
  }
}
