import { contract } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { Page, Tabs, Viewed } from '../../ui/index.ts'
import { AccessForm } from './AccessForm.tsx'
import { ClinicForm } from './ClinicForm.tsx'
import { EhrOutbox } from './EhrOutbox.tsx'
import { Policies } from './Policies.tsx'

/** The clinic's own details, its choices within the law, its reachability and what goes to the EHR. */
export default function SettingsPage() {
  const can = useCan()
  return (
    <Page
      title="Settings"
      subtitle="A choice can be stricter than the law, never looser. Every change is kept with its reason."
    >
      <Tabs
        label="Settings"
        items={[
          { id: 'choices', label: 'Choices', content: <Policies /> },
          { id: 'clinic', label: 'The clinic', content: <ClinicTab /> },
          { id: 'access', label: 'Day and night', content: <AccessTab /> },
          ...(can('import:read') ? [{ id: 'ehr', label: 'To the EHR', content: <EhrOutbox /> }] : []),
        ]}
      />
    </Page>
  )
}

function ClinicTab() {
  const view = useView(contract.clinics.get, {})
  return (
    <Viewed view={view} what="the clinic" lines={8}>
      {(clinic) => <ClinicForm key={view.dataUpdatedAt} clinic={clinic} />}
    </Viewed>
  )
}

function AccessTab() {
  const view = useView(contract.clinics.get, {})
  return (
    <Viewed view={view} what="the attestation" lines={4}>
      {(clinic) => <AccessForm clinic={clinic} />}
    </Viewed>
  )
}
