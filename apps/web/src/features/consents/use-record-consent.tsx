import { type Consent, type ConsentForm, contract } from '@keepwell/contract'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { keyOf, useCall } from '../../api/index.ts'
import { ErrorState } from '../../ui/index.ts'
import { type Draft, requestOf } from './record-draft.ts'

/**
 * Records the consent; a scan is stored first. When the second half fails the stored scan is used again, so
 * that pressing the button once more does not store it twice.
 */
export function useRecordConsent(patientId: string, onRecorded: (consent: Consent) => void) {
  const client = useQueryClient()
  const stored = useRef<{ file: File; documentId: string } | null>(null)
  const upload = useCall(contract.documents.upload, { invalidates: [contract.documents.list] })
  const record = useCall(contract.consents.record, {
    invalidates: [contract.consents.list, contract.documents.list],
    onDone: onRecorded,
  })

  async function scanOf(draft: Draft): Promise<string | null> {
    if (draft.how !== 'scanned' || draft.scan === null) return null
    if (stored.current?.file === draft.scan) return stored.current.documentId
    const document = await upload.mutateAsync({
      params: { patientId },
      query: { name: draft.scan.name, kind: 'consent_scan' },
      file: draft.scan,
    })
    stored.current = { file: draft.scan, documentId: document.id }
    return document.id
  }

  /** Sends the draft with the form as it was shown. Refusals stand in `problem`. */
  async function submit(draft: Draft, form: ConsentForm, today: string): Promise<void> {
    record.reset()
    try {
      const body = requestOf(draft, form, today, await scanOf(draft))
      if (body !== null) await record.mutateAsync({ params: { patientId }, body })
    } catch {
      // Both halves keep their own error; the page shows it below.
      await client.invalidateQueries({ queryKey: keyOf(contract.consents.form) })
    }
  }

  const error = upload.error ?? record.error
  const problem: ReactNode =
    error === null ? null : <ErrorState error={error} kept="Nothing was recorded; what you entered is still here." />
  return { submit, isPending: upload.isPending || record.isPending, problem }
}
