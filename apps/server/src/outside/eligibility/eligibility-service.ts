/** Asks a payer or clearinghouse about a patient's coverage: one 270 out, one 271 back. */
export interface EligibilityService {
  /** Its name as the log shows it. */
  readonly name: string
  /** False where nobody is connected, so that every question would fail. */
  readonly connected: boolean
  /** @throws Error with a plain message when the other side does not answer in time. */
  ask(request270: string): Promise<string>
}
