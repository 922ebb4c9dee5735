/** A day as people write it: `Tue 3 Nov 2026`. */
export function dayWords(localDate: string, language: 'en' | 'es' = 'en'): string {
  const [year = 0, month = 1, day = 1] = localDate.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { ...options, timeZone: 'UTC' }).format(date)
  return `${part({ weekday: 'short' })} ${day} ${part({ month: 'short' })} ${year}`
}

/** An instant in the clinic's zone: `Tue 3 Nov 2026, 09:12`. */
export function instantWords(instant: Date, timeZone: string, language: 'en' | 'es' = 'en'): string {
  const local = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant)
  return `${dayWords(local, language)}, ${time}`
}
