/** denial: not paid and worked on. posting: explains the price, nothing to do. contractual and patient share included. */
export type ReasonKind = 'denial' | 'posting'

export interface ReasonText {
  /** What the payer says, in our words. */
  readonly meaning: string
  /** The usual cause for chronic care management. */
  readonly cause: string
  readonly firstAction: string
  /** Whether an appeal (redetermination) is the way, when the payer is wrong. */
  readonly appealable: boolean
  readonly kind: ReasonKind
}

export const CARC: Readonly<Record<string, ReasonText>> = {}
