import { type Call, type CallAnswer, type CallWorkspace, contract } from '@keepwell/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { type ProblemError, call as send, viewKey } from '../../api/index.ts'

/**
 * The call of the workspace as one types it: answers and the note show at once, go to the server one after another, and
 * what the server makes of them (branches, red flags, the note) comes back into the same view.
 */
export function useCallInHand(patientId: string) {
  const client = useQueryClient()
  const key = viewKey(contract.calls.workspace, { params: { patientId } })
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const waiting = useRef(0)
  const [error, setError] = useState<ProblemError | null>(null)

  const change = useCallback(
    (work: (before: Call) => Call) => {
      client.setQueryData<CallWorkspace>(key, (old) =>
        old === undefined || old.call === null ? old : { ...old, call: work(old.call) },
      )
    },
    [client, key],
  )
  const put = useCallback(
    (request: () => Promise<Call>) => {
      waiting.current += 1
      line.current = line.current
        .then(request)
        .then((answer) => {
          setError(null)
          // While later answers are on their way, only theirs may set the view.
          if (waiting.current === 1) change(() => answer)
        })
        .catch((problem: ProblemError) => {
          setError(problem)
          void client.invalidateQueries({ queryKey: [key[0]] })
        })
        .finally(() => {
          waiting.current -= 1
        })
      return line.current
    },
    [change, client, key],
  )
  const answer = useCallback(
    (id: string, questionId: string, given: CallAnswer) => {
      change((before) => ({ ...before, answers: { ...before.answers, [questionId]: given } }))
      return put(() => send(contract.calls.answer, { params: { id, questionId }, body: given }))
    },
    [change, put],
  )
  const writeNote = useCallback(
    (id: string, note: string | null) => put(() => send(contract.calls.writeNote, { params: { id }, body: { note } })),
    [put],
  )
  /** Resolves when everything typed so far is with the server. */
  const settled = useCallback(() => line.current, [])
  return { answer, writeNote, settled, error, show: change }
}
