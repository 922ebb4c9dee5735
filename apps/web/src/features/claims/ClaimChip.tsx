import { type ClaimStatus, claimStatusWords } from '@keepwell/contract'
import { StatusChip } from '../../ui/index.ts'
import { claimFaces } from './faces.ts'

/** The status of a claim; `explained` tells on hover what it means. */
export function ClaimChip(props: { status: ClaimStatus; plain?: boolean; explained?: boolean }) {
  const { state, means } = claimFaces[props.status]
  return (
    <StatusChip
      state={state}
      word={claimStatusWords[props.status]}
      {...(props.plain ? { plain: true } : {})}
      {...(props.explained ? { why: means } : {})}
    />
  )
}
