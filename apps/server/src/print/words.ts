const formats = new Map<string, Intl.DateTimeFormat>()

/** A formatter of its own for each way of writing: making one costs a hundred times what using it does. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(locale, options)
  formats.set(key, made)
  return made
}

/** A day as people write it: `Tue 3 Nov 2026`. */
export function dayWords(localDate: string, language: 'en' | 'es' = 'en'): string {
  const [year = 0, month = 1, day = 1] = localDate.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  const part = (options: Intl.DateTimeFormatOptions) =>
    formatOf(language === 'es' ? 'es-US' : 'en-US', { ...options, timeZone: 'UTC' }).format(date)
  return `${part({ weekday: 'short' })} ${day} ${part({ month: 'short' })} ${year}`
}

/** An instant in the clinic's zone: `Tue 3 Nov 2026, 09:12`. */
export function instantWords(instant: Date, timeZone: string, language: 'en' | 'es' = 'en'): string {
  const local = formatOf('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant)
  const time = formatOf('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant)
  return `${dayWords(local, language)}, ${time}`
}
