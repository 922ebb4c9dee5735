import { valueOn } from '../book/dated.ts'
import { initiatingVisitCodes } from '../values/visits.ts'

/** True where a visit with this code may start chronic care management. */
export function visitStarts(code: string, month: string): boolean {
  return valueOn(initiatingVisitCodes, month).includes(code)
}
