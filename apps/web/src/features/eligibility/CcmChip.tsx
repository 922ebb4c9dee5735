import { type CcmChip as Chip, ccmStatusWords } from '@keepwell/contract'
import { StatusChip } from '../../ui/index.ts'
import { statusStates } from './standing.ts'

/** Where a patient stands with the program, with the reason on hover and focus. */
export function CcmChip({ chip, plain }: { chip: Chip; plain?: boolean }) {
  return (
    <StatusChip
      state={statusStates[chip.status]}
      word={ccmStatusWords[chip.status]}
      why={chip.reason}
      {...(plain ? { plain } : {})}
    />
  )
}
