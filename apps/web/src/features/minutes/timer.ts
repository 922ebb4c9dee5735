import { type CurrentTimer, contract } from '@keepwell/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { call, keyOf } from '../../api/index.ts'
import { offerUndo, say } from '../../ui/index.ts'

/** The views that change when a timer starts, stops or is corrected. */
export const timerViews = [
  contract.minutes.timer,
  contract.minutes.list,
  contract.calls.workspace,
  contract.calls.worklist,
  contract.calls.preview,
] as const

/** After a switch: says whose timer stopped, and for ten seconds offers to take it back. */
export function useSwitchUndo(): (timer: CurrentTimer) => void {
  const client = useQueryClient()
  return useCallback(
    (timer) => {
      const { undo, running } = timer
      if (undo === null || running === null) return
      void offerUndo(`Switched from ${undo.fromPatient.name} to ${running.patient.name}.`, () => {
        call(contract.minutes.undoSwitch, { params: { id: undo.timerId } })
          .then(() => say(`Back with ${undo.fromPatient.name}; nothing was lost.`))
          .catch(() => say('It was too late to take it back. Correct the two entries instead.'))
          .finally(() => {
            for (const view of timerViews) void client.invalidateQueries({ queryKey: keyOf(view) })
          })
      })
    },
    [client],
  )
}
