import { contract } from '@keepwell/contract'
import { Suspense } from 'react'
import { useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import { type PageProps, Slot, useSlot } from '../../shell/slots.tsx'
import { Callout, dayText, Page, Skeletons, type TabItem, Tabs, Viewed } from '../../ui/index.ts'
import { OverviewTab } from './OverviewTab.tsx'
import { PatientHeader } from './PatientHeader.tsx'

/** Everything about one patient: who it is on top, then a tab for each thing that this person's seats work with. */
export default function PatientPage({ params: { patientId } }: PageProps<typeof patterns.patient>) {
  const view = useView(contract.patients.get, { params: { patientId } })
  const tabs = useSlot('patient.tabs')
  return (
    <>
      <PatientHeader patientId={patientId} />
      <Page
        title="Patient record"
        back={{ to: paths.patients(), label: 'Patients' }}
        actions={<Slot name="patient.actions" patientId={patientId} />}
      >
        <Viewed view={view} what="the patient">
          {(patient) => {
            const items: TabItem[] = [
              { id: 'overview', label: 'Overview', content: <OverviewTab patient={patient} /> },
              ...tabs.map(({ id, title, component: Piece }) => ({
                id,
                label: title,
                content: (
                  <Suspense fallback={<Skeletons what={title} />}>
                    <Piece patientId={patientId} />
                  </Suspense>
                ),
              })),
            ]
            return (
              <>
                {patient.deceased && (
                  <Callout
                    state="stop"
                    title={patient.diedOn === null ? 'The patient has died' : `Died on ${dayText(patient.diedOn)}`}
                  >
                    <p>The record stays for reading. Nothing is offered, called or billed from here on.</p>
                  </Callout>
                )}
                <Tabs label="Parts of the record" items={items} />
              </>
            )
          }}
        </Viewed>
      </Page>
    </>
  )
}
