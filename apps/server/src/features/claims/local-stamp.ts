/** The clinic's day and time of an instant, for the envelope. */
export function localStamp(now: Date, timeZone: string): { createdOn: string; createdAt: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  return {
    createdOn: `${part('year')}-${part('month')}-${part('day')}`,
    createdAt: `${part('hour')}:${part('minute')}`,
  }
}
