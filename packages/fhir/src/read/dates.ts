export interface When {
  readonly precision: 'year' | 'month' | 'day' | 'time'
  /** 'YYYY-MM-DD' as written, in the source's own offset. */
  readonly day: string
  /** The instant as written with seconds; null unless precision is 'time'. */
  readonly at: string | null
  /** A time stood there without its zone and was left out. */
  readonly zoneMissing: boolean
}

const pattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?)?)?$/

/**
 * Reads a FHIR date, dateTime or instant. 'unreadable' when it is not of that form, 'impossible' when it is but
 * no such day or time exists. Years outside 1800-2200 are placeholders of some system (0001, 9999), not dates.
 */
export function parseWhen(value: string): When | 'unreadable' | 'impossible' {
  const match = pattern.exec(value.trim())
  if (match === null) return 'unreadable'
  const [, yearText = '', monthText, dayText, hour, minute, second, fraction, zone] = match
  const year = Number(yearText)
  if (year < 1800 || year > 2200) return 'impossible'
  if (monthText === undefined) return { precision: 'year', day: `${yearText}-01-01`, at: null, zoneMissing: false }
  const month = Number(monthText)
  if (month < 1 || month > 12) return 'impossible'
  if (dayText === undefined) {
    return { precision: 'month', day: `${yearText}-${monthText}-01`, at: null, zoneMissing: false }
  }
  const dayOfMonth = Number(dayText)
  if (dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) return 'impossible'
  const day = `${yearText}-${monthText}-${dayText}`
  if (hour === undefined || minute === undefined) return { precision: 'day', day, at: null, zoneMissing: false }
  // FHIR allows a leap second (60) and forbids 24:00.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? '0') > 60) return 'impossible'
  if (zone === undefined) return { precision: 'day', day, at: null, zoneMissing: true }
  const offset = zone.toUpperCase()
  if (offset !== 'Z') {
    const hours = Number(offset.slice(1, 3))
    const minutes = Number(offset.slice(4, 6))
    if (minutes > 59 || hours > 14 || (hours === 14 && minutes > 0)) return 'impossible'
  }
  const at = `${day}T${hour}:${minute}:${second ?? '00'}${fraction ?? ''}${offset}`
  return { precision: 'time', day, at, zoneMissing: false }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** True when instant `a` lies after instant `b`; both as `parseWhen` gives them. */
export function isAfter(a: string, b: string): boolean {
  const first = Date.parse(a)
  const second = Date.parse(b)
  return !Number.isNaN(first) && !Number.isNaN(second) && first > second
}
