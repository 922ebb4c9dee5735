/** A mailbox for X12 files at a payer or clearinghouse. Names are ours and stable, so that a resend can look first. */
export interface ClaimDrop {
  readonly name: string
  /** Puts a file unless one of that name and content is there; answers whether it had been there before. */
  put(name: string, content: string): Promise<{ alreadyThere: boolean }>
  /** Files that the other side left for us and that were not taken yet. */
  collect(): Promise<{ name: string; content: string }[]>
  /** Marks a collected file as taken, so that it is not offered again. */
  taken(name: string): Promise<void>
}
