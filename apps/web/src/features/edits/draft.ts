import type { EditConditions } from '@keepwell/contract'

/** The conditions of an edit while they are written: what is empty is not asked. */
export interface Draft {
  code: string
  otherService: string
  diagnosis: string
  withoutDiagnosis: string
  payerId: string
  placeOfService: string
  qmb: 'either' | 'yes' | 'no'
}

export const emptyDraft: Draft = {
  code: '',
  otherService: '',
  diagnosis: '',
  withoutDiagnosis: '',
  payerId: '',
  placeOfService: '',
  qmb: 'either',
}

/** What is asked; null where nothing is. */
export function conditionsOf({ qmb, ...texts }: Draft): EditConditions | null {
  const written = Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]]))
  const conditions: EditConditions = {
    ...Object.fromEntries(written),
    ...(qmb === 'either' ? {} : { qmb: qmb === 'yes' }),
  }
  return Object.keys(conditions).length === 0 ? null : conditions
}
