import type { Severity } from '../findings.ts'
import {
  isAdjustmentReason,
  isPlaceOfService,
  isProcedureCode,
  isProviderAdjustment,
  isRemark,
  isStatusCategory,
  isStatusCode,
} from '../identifiers.ts'
import { centsOf, elementName, type SetReading } from '../read/reading.ts'
import { component, element, type Segment } from '../segments.ts'
import { checkPairs } from './hierarchy.ts'
import type { Reporter } from './reporting.ts'

/** STC01, STC10 and STC11 each hold a status. */
const STATUS_ELEMENTS = [1, 10, 11]

/**
 * Codes in what payers send (835, 277CA, 277) that no outside list can hold (SNIP 5), and amounts that their own segment
 * contradicts (SNIP 4). Mostly warnings, for the payer's answer stands, and a code that is only newer than ours is let
 * pass. Numbers of providers come back as we sent them, and are checked before.
 */
export function checkAnswerCodes(segment: Segment, loop: string, reading: SetReading, report: Reporter): void {
  switch (segment.id) {
    case 'BPR':
      checkPayment(segment, loop, reading)
      checkPairs(segment, loop, report)
      break
    case 'CAS':
      for (let position = 2; position <= Math.min(17, segment.count); position += 3) {
        if (segment.isEmpty(position)) {
          // The first is required by the guide.
          if (position === 2 || segment.isEmpty(position + 1)) continue
          const at = elementName(segment, position)
          report.error(1, 'cas_incomplete', `${at} is empty; every adjustment needs its reason.`, segment, at, loop)
          continue
        }
        if (isAdjustmentReason(element(segment, position))) continue
        note('reason_unknown', 'adjustment reason code', segment, position, undefined, loop, reading)
      }
      break
    case 'CLP':
      if (segment.is(2, '22') && (centsOf(segment, 5) ?? 0) !== 0) {
        const message = 'CLP05 says what the patient owes, but a reversal takes a decision back and has no such amount.'
        say('warning', 'patient_responsibility_unexpected', message, 'CLP05', loop, reading)
      }
      if (!segment.isEmpty(8) && !isPlaceOfService(element(segment, 8))) {
        note('place_of_service_unknown', 'place of service', segment, 8, undefined, loop, reading)
      }
      break
    case 'LQ':
      if (segment.is(1, 'HE')) checkRemarks(segment, 2, 2, loop, reading)
      break
    case 'MIA':
      checkRemarks(segment, 5, 5, loop, reading)
      checkRemarks(segment, 20, 23, loop, reading)
      break
    case 'MOA':
      checkRemarks(segment, 3, 7, loop, reading)
      break
    case 'N1':
    case 'NM1':
    case 'PER':
      checkPairs(segment, loop, report)
      break
    case 'PLB':
      for (let position = 3; position <= Math.min(13, segment.count); position += 2) {
        const code = component(segment, position, 1)
        if (code === '' || isProviderAdjustment(code)) continue
        note('provider_adjustment_unknown', 'reason of a provider adjustment', segment, position, 1, loop, reading)
      }
      break
    case 'STC':
      for (const position of STATUS_ELEMENTS) checkStatus(segment, position, loop, reading)
      break
    case 'SVC': {
      const code = component(segment, 1, 2)
      if (code !== '' && !isProcedureCode(code) && component(segment, 1, 1) === 'HC') {
        note('procedure_unknown', 'CPT or HCPCS code', segment, 1, 2, loop, reading)
      }
      break
    }
  }
}

/** A payer pays nothing or something, and by no means only when it is nothing. */
function checkPayment(segment: Segment, loop: string, reading: SetReading): void {
  const cents = centsOf(segment, 2)
  if (cents === null) return
  if (cents < 0) {
    const message =
      'BPR02 is negative; where the payer takes back more than it pays, it pays 0 and carries the rest on.'
    say('error', 'payment_negative', message, 'BPR02', loop, reading)
  } else if (cents > 0 && segment.is(4, 'NON')) {
    const message = 'BPR04 is NON (no payment), but BPR02 says that something was paid.'
    say('warning', 'payment_method_differs', message, 'BPR04', loop, reading)
  }
}

function checkRemarks(segment: Segment, from: number, to: number, loop: string, reading: SetReading): void {
  for (let position = from; position <= Math.min(to, segment.count); position++) {
    if (segment.isEmpty(position) || isRemark(element(segment, position))) continue
    note('remark_unknown', 'remark code', segment, position, undefined, loop, reading)
  }
}

function checkStatus(segment: Segment, position: number, loop: string, reading: SetReading): void {
  if (segment.isEmpty(position)) return
  const category = component(segment, position, 1)
  const status = component(segment, position, 2)
  if (category !== '' && !isStatusCategory(category)) {
    note('status_category_unknown', 'claim status category', segment, position, 1, loop, reading)
  }
  if (status !== '' && !isStatusCode(status)) {
    note('status_code_unknown', 'claim status code', segment, position, 2, loop, reading)
  }
}

function say(severity: Severity, code: string, message: string, at: string, loop: string, reading: SetReading): void {
  reading.loop = loop
  reading.note(severity, 4, code, message, at)
}

function note(
  code: string,
  what: string,
  segment: Segment,
  position: number,
  part: number | undefined,
  loop: string,
  reading: SetReading,
): void {
  const at = elementName(segment, position, part)
  const found = part === undefined ? element(segment, position) : component(segment, position, part)
  reading.loop = loop
  reading.note('warning', 5, code, `${at} is "${found.slice(0, 20)}", which is no ${what}.`, at)
}
