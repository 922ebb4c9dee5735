import { contract } from '@keepwell/contract'
import { Stack } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, EmptyState, Viewed } from '../../ui/index.ts'
import { ConsentCard } from './ConsentCard.tsx'

/** Every consent of the patient, the newest first. */
export default function ConsentTab({ patientId }: { patientId: string }) {
  const can = useCan()
  const view = useView(contract.consents.list, { params: { patientId } })
  return (
    <Viewed view={view} what="consents">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            icon={IconSignature}
            title="No consent yet"
            action={
              <Button
                kind="primary"
                to={paths.recordConsent(patientId)}
                disabledReason={can('consent:record') ? null : 'Your seat does not record consent.'}
              >
                Record consent
              </Button>
            }
          >
            Medicare pays for care between visits only once the patient has agreed. The form, what was told and the
            signature will stand here.
          </EmptyState>
        ) : (
          <Stack gap="lg">
            {items.map((consent) => (
              <ConsentCard key={consent.id} consent={consent} />
            ))}
          </Stack>
        )
      }
    </Viewed>
  )
}
