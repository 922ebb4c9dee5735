import { type CarePlan, type CarePlanContent, contract, type PlanMerge } from '@keepwell/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ProblemError, useCall } from '../../api/index.ts'
import { say } from '../../ui/index.ts'

const keepAfterMilliseconds = 2000

/**
 * The text of a plan while somebody writes it. What is typed goes to the server as this person's working copy, never
 * into the browser's own store, so a closed browser loses at most two seconds and leaves nothing behind.
 */
export function usePlanEditor(plan: CarePlan) {
  const working = plan.workingCopy
  const [content, setContent] = useState<CarePlanContent>(working?.content ?? plan.content)
  const [base, setBase] = useState(working?.basedOn ?? plan.newest.number)
  const [dirty, setDirty] = useState(working !== null)
  const [restored, setRestored] = useState(working !== null)
  const [merge, setMerge] = useState<PlanMerge | null>(null)
  const pending = useRef<CarePlanContent | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const keep = useCall(contract.carePlans.keep)
  const keepNow = useRef<() => void>(() => {})
  keepNow.current = () => {
    const text = pending.current
    if (text === null) return
    pending.current = null
    keep.mutate({ params: { id: plan.id }, body: { baseNumber: base, content: text } })
  }
  const stopTimer = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
  }, [])
  // Leaving the page or hiding the window is outside of React: what is not kept yet goes to the server then.
  useEffect(() => {
    const flush = () => keepNow.current()
    document.addEventListener('visibilitychange', flush)
    return () => {
      document.removeEventListener('visibilitychange', flush)
      stopTimer()
      flush()
    }
  }, [stopTimer])

  const change = useCallback(
    (next: CarePlanContent) => {
      setContent(next)
      setDirty(true)
      pending.current = next
      stopTimer()
      timer.current = setTimeout(() => keepNow.current(), keepAfterMilliseconds)
    },
    [stopTimer],
  )

  const views = [
    contract.carePlans.open,
    contract.carePlans.get,
    contract.carePlans.versions,
    contract.carePlans.toSign,
  ]
  const proposeMerge = useCall(contract.carePlans.merge, { onDone: setMerge })
  const saving = useCall(contract.carePlans.save, {
    invalidates: views,
    onDone: (saved) => {
      setBase(saved.newest.number)
      setDirty(false)
      setRestored(false)
      setMerge(null)
      void say(`Version ${saved.newest.number} saved.`)
    },
  })
  function save(text: CarePlanContent, on = base) {
    stopTimer()
    pending.current = null
    setContent(text)
    saving.mutate(
      { params: { patientId: plan.patient.id }, body: { baseNumber: on, content: text } },
      {
        onError: (error) => {
          // What could not become a version is kept all the same.
          pending.current = text
          keepNow.current()
          if (error instanceof ProblemError && error.code === 'plan_changed')
            proposeMerge.mutate({ params: { id: plan.id }, body: { baseNumber: base, content: text } })
        },
      },
    )
  }
  const discarding = useCall(contract.carePlans.discard, {
    invalidates: views,
    onDone: (clean) => {
      stopTimer()
      pending.current = null
      setContent(clean.content)
      setBase(clean.newest.number)
      setDirty(false)
      setRestored(false)
    },
  })
  return {
    content,
    change,
    dirty,
    restored,
    base,
    merge,
    closeMerge: () => setMerge(null),
    save,
    saving,
    proposeMerge,
    keptAt: keep.data?.keptAt ?? working?.keptAt ?? null,
    keepError: keep.error,
    discard: () => discarding.mutate({ params: { id: plan.id } }),
    discarding,
  }
}
