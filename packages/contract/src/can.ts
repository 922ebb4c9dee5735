/** Whether a deed is possible now: the same answer greys the button and makes the server refuse. */
export interface Can<T> {
  /** Null when the deed is possible, otherwise the sentence that says why not. */
  whyNot(subject: T): string | null
}

export function can<T>(whyNot: (subject: T) => string | null): Can<T> {
  return { whyNot }
}
