/** A place where an invariant of the data does not hold. */
export interface Violation {
  /** I1 to I11, as docs/fsck.md lists them. */
  invariant: string
  /** The row: its table and key. */
  row: string
  message: string
}
