import { type Consent, consentCan, contract } from '@keepwell/contract'
import { Group } from '@mantine/core'
import { fileUrl, useCan, useToday } from '../../api/index.ts'
import {
  Button,
  Callout,
  Facts,
  Instant,
  LocalDate,
  PrintButton,
  Section,
  StatusChip,
  useDialog,
} from '../../ui/index.ts'
import css from './consents.module.css'
import { GiveCopyDialog } from './GiveCopyDialog.tsx'
import { RevokeConsentDialog } from './RevokeConsentDialog.tsx'
import { consentStanding, ehrStanding, formText } from './standing.ts'

const languages: Record<Consent['language'], string> = { en: 'English', es: 'Spanish' }
const channels: Record<string, string> = {
  printed: 'printed',
  e_mail: 'by e-mail',
  portal: 'in the portal',
  mailed: 'by post',
}

/** One consent: its standing, what was shown and told, who signed, and what can be done with it. */
export function ConsentCard({ consent }: { consent: Consent }) {
  const can = useCan()
  const today = useToday()
  const revoking = useDialog(`withdraw-${consent.id}`)
  const copying = useDialog(`copy-${consent.id}`)
  const standing = consentStanding([consent], today)
  const ehr = ehrStanding(consent.ehr)
  const document = (id: string) => fileUrl(contract.documents.content, { params: { id } })

  return (
    <Section
      framed
      title="Chronic Care Management"
      subtitle={
        <>
          Given on <LocalDate day={consent.givenOn} /> for {consent.practitioner.name}
        </>
      }
      actions={
        <>
          <StatusChip state={standing.state} word={standing.word} why={standing.why} />
          <StatusChip {...ehr} />
        </>
      }
    >
      <Facts
        columns={3}
        items={[
          ['How', formText(consent)],
          [
            'Signed by',
            consent.signerCapacity === 'self'
              ? `${consent.signerName}, the patient`
              : `${consent.signerName}, legal representative`,
          ],
          ['Taken by', consent.obtainedBy.name],
          ['Language', languages[consent.language]],
          ['Recorded', <Instant key="at" at={consent.givenAt} />],
          [
            'Copy to the patient',
            consent.copyGivenOn === null ? (
              'not given yet'
            ) : (
              <>
                <LocalDate day={consent.copyGivenOn} />
                {consent.copyChannel !== null && `, ${channels[consent.copyChannel] ?? consent.copyChannel}`}
              </>
            ),
          ],
          [
            'Form',
            <a key="form" href={document(consent.formDocumentId)} target="_blank" rel="noreferrer">
              version {consent.formVersion}
            </a>,
          ],
          [
            'Signature',
            consent.signatureDocumentId === null ? (
              consent.signature === 'typed' ? (
                'typed'
              ) : (
                'none, by word of mouth'
              )
            ) : (
              <a key="signature" href={document(consent.signatureDocumentId)} target="_blank" rel="noreferrer">
                {consent.signature === 'paper' ? 'the scanned paper' : 'as drawn'}
              </a>
            ),
          ],
          [
            'Fingerprint of the form',
            <span key="hash" className={css.hash} title={`SHA-256 ${consent.formSha256}`}>
              {consent.formSha256.slice(0, 16)}…
            </span>,
          ],
        ]}
      />
      {consent.revocation !== null && (
        <Callout state={standing.state} title={standing.why}>
          <p>
            Reason: {consent.revocation.reason} Recorded by {consent.revocation.by.name}.
          </p>
        </Callout>
      )}
      <Group gap="sm">
        <PrintButton label="Print" href={fileUrl(contract.consents.pdf, { params: { id: consent.id } })} />
        <Button
          disabledReason={
            can('consent:record') ? consentCan.giveCopy.whyNot(consent) : 'Your seat does not record consent.'
          }
          onClick={copying.open}
        >
          Copy was given
        </Button>
        {can('consent:revoke') && (
          <Button kind="danger" disabledReason={consentCan.revoke.whyNot(consent)} onClick={revoking.open}>
            Patient wants to stop
          </Button>
        )}
      </Group>
      <RevokeConsentDialog consent={consent} opened={revoking.opened} onClose={revoking.close} />
      <GiveCopyDialog consent={consent} opened={copying.opened} onClose={copying.close} />
    </Section>
  )
}
