/** A mailbox for X12 files at a payer or clearinghouse. Names are ours and stable, so that a resend can look first. */
export interface ClaimDrop {
  readonly name: string
  /** How long to wait between two looks for answers. */
  readonly pauseSeconds: number
  /**
   * Puts a file unless one of that name and content is there; answers whether it had been there before.
   * @throws UnclearDelivery where it may have arrived all the same, any other Error where it surely has not.
   */
  put(name: string, content: string): Promise<{ alreadyThere: boolean }>
  /** Whether a file of ours lies there. `unknown` where the other side clears its mailbox, so that an absent file tells nothing. */
  find(name: string, content: string): Promise<'there' | 'not_there' | 'unknown'>
  /** Files that the other side left for us and that were not taken yet. */
  collect(): Promise<{ name: string; content: string }[]>
  /** Marks a collected file as taken, so that it is not offered again. */
  taken(name: string): Promise<void>
}

/** The connection broke at a point where nobody can say whether the file has arrived. */
export class UnclearDelivery extends Error {}
