/** The written forms of money, minutes and days. Pure, so that they can be tested and used in titles. */

const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

/** `$1,204.50` from 120450. Negative amounts carry a minus sign, not brackets. */
export function moneyText(amountCents: number): string {
  return cents.format(amountCents / 100).replace('-', '−')
}

/** `12:40` from 760 seconds; above an hour still minutes, `75:00`, because codes count minutes. */
export function minutesText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** `12 minutes 40 seconds`, for those who hear it. */
export function minutesSpoken(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor(whole / 60)
  const rest = whole % 60
  const one = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
  return rest === 0 ? one(minutes, 'minute') : `${one(minutes, 'minute')} ${one(rest, 'second')}`
}

const dayParts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const

/** `Tue 3 Nov 2026` from '2026-11-03'. */
export function dayText(day: string): string {
  return joined(new Date(`${day}T00:00:00Z`), 'UTC')
}

/** `Tue 3 Nov 2026` at an instant in a zone. */
export function dayTextAt(instant: number | string, timeZone: string): string {
  return joined(new Date(instant), timeZone)
}

function joined(at: Date, timeZone: string): string {
  if (Number.isNaN(at.getTime())) return ''
  const parts = new Intl.DateTimeFormat('en-GB', { ...dayParts, timeZone }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('weekday')} ${part('day')} ${part('month').slice(0, 3)} ${part('year')}`
}

/** `09:12` at an instant in a zone. */
export function timeTextAt(instant: number | string, timeZone: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
}

/** `November 2026` from '2026-11'. */
export function monthText(month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return month
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
}

/** `Nov 2026` from '2026-11', for columns. */
export function monthShortText(month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return month
  const name = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' }).format(at)
  return `${name} ${month.slice(0, 4)}`
}

/** `EST`, said once a page where instants stand. */
export function zoneText(timeZone: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(instant)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

/** Whole years between two days 'YYYY-MM-DD'. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

/** `1,204` and `38 %`, the percent from a share between 0 and 1. */
export function countText(count: number): string {
  return new Intl.NumberFormat('en-US').format(count)
}
export function percentText(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** `5 KB`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
