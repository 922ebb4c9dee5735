import { accept, type Decision, refuse } from '../../kernel/problem.ts'

/** An opening lasts an hour and covers one patient (security.md SEC-25). */
export const openingSeconds = 3600

export interface Opening {
  staffId: string
  reviewed: boolean
}

/** The opening by which the record is open to this person now, or the refusal that asks for one. */
export function decideView<T extends { expiresAt: Date }>(opening: T | null, now: Date): Decision<T> {
  if (opening === null || opening.expiresAt <= now) {
    return refuse(
      'break_glass_needed',
      'Say why you need this record; it then opens for one hour, and the opening is reviewed.',
    )
  }
  return accept(opening)
}

/** Somebody else reviews, and once. */
export function decideReview(opening: Opening, reviewerId: string): Decision<true> {
  if (opening.staffId === reviewerId)
    return refuse('same_person', 'Somebody else reviews an opening, not the person who made it.')
  if (opening.reviewed) return refuse('conflict', 'This opening was reviewed already.')
  return accept(true)
}
