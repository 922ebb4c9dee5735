import { contract } from '@keepwell/contract'
import type { ReactNode } from 'react'
import { useView } from '../../api/index.ts'
import { PatientStrip, Slot } from '../../shell/slots.tsx'
import { languageText } from './language.ts'

/**
 * The patient strip with the badges of this person's seats, for the top of every page about one patient.
 * `children` stand after the badges; `to` makes the name a link back to the patient.
 */
export function PatientHeader(props: { patientId: string; to?: string; children?: ReactNode }) {
  const { patientId, to, children } = props
  const { data } = useView(contract.patients.get, { params: { patientId } })
  if (data === undefined) return null
  const window = [data.bestFrom, data.bestTo].filter((time) => time !== null)
  return (
    <PatientStrip
      name={data.name}
      bornOn={data.bornOn}
      diedOn={data.diedOn}
      language={languageText(data.language)}
      pronoun={data.pronouns}
      phone={data.phone}
      phoneWindow={window.length === 0 ? null : `best ${window.join(' to ')}`}
      recordNumber={data.mrn === null || data.mrn.length > 16 ? null : `Record ${data.mrn}`}
      {...(to === undefined ? {} : { to })}
    >
      <Slot name="patient.header" patientId={patientId} />
      {children}
    </PatientStrip>
  )
}
