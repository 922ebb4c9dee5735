import { INTERCHANGE_NOTES } from '../codes/acknowledgments.ts'
import { isTime, parseDate6 } from '../dates.ts'
import { quoted } from '../envelope-rules.ts'
import { type Finding, finding } from '../findings.ts'
import { element, type Segment } from '../segments.ts'

/** What is wrong with a TA1: it must name one interchange and say clearly what became of it. */
export function checkTA1(segment: Segment, interchange: string): Finding[] {
  const findings: Finding[] = []
  const unless = (fine: boolean, code: string, at: string, message: string): void => {
    if (!fine)
      findings.push(finding(1, 'error', code, message, { interchange, segment: segment.position, element: at }))
  }
  const day = element(segment, 2)
  const time = element(segment, 3)
  const note = element(segment, 5)
  unless(
    /^\d{9}$/.test(element(segment, 1)),
    'ta1_control',
    'TA101',
    `TA101 is ${quoted(segment, 1)}; it must be the nine digits of an ISA13.`,
  )
  unless(parseDate6(day) !== null, 'ta1_date', 'TA102', `TA102 is ${quoted(segment, 2)}; it must be a date as YYMMDD.`)
  unless(
    /^\d{4}$/.test(time) && isTime(time),
    'ta1_time',
    'TA103',
    `TA103 is ${quoted(segment, 3)}; it must be a time as HHMM.`,
  )
  unless(
    /^[AER]$/.test(element(segment, 4)),
    'ta1_code',
    'TA104',
    `TA104 is ${quoted(segment, 4)}; it must be A, E or R.`,
  )
  unless(
    Object.hasOwn(INTERCHANGE_NOTES, note),
    'ta1_note',
    'TA105',
    `TA105 is ${quoted(segment, 5)}, which is no interchange note.`,
  )
  return findings
}
