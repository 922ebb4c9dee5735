import { isAdjustmentReason, isRemark } from '../identifiers.ts'
import { elementName, type SetReading } from '../read/reading.ts'
import { element, type Segment } from '../segments.ts'

/** Reasons and remarks of an 835 that no list can hold; a code that is only newer than ours is let pass. */
export function checkRemittanceCodes(segment: Segment, loop: string, reading: SetReading): void {
  switch (segment.id) {
    case 'CAS':
      for (let position = 2; position <= Math.min(17, segment.count); position += 3) {
        if (!segment.isEmpty(position) && !isAdjustmentReason(element(segment, position))) {
          note(segment, position, 'reason_unknown', 'which is no adjustment reason code', loop, reading)
        }
      }
      break
    case 'LQ':
      if (segment.is(1, 'HE') && !segment.isEmpty(2) && !isRemark(element(segment, 2))) {
        note(segment, 2, 'remark_unknown', 'which is no remark code', loop, reading)
      }
      break
  }
}

function note(segment: Segment, position: number, code: string, what: string, loop: string, reading: SetReading): void {
  const at = elementName(segment, position)
  reading.loop = loop
  reading.note('warning', 5, code, `${at} is "${element(segment, position).slice(0, 20)}", ${what}.`, at)
}
