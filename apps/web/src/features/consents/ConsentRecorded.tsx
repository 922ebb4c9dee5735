import { type Consent, contract } from '@keepwell/contract'
import { fileUrl } from '../../api/index.ts'
import { Button, Callout, dayText, FormActions, Page, PrintButton } from '../../ui/index.ts'
import { ehrStanding } from './standing.ts'

/** After the deed: what was kept, and the next step. */
export function ConsentRecorded(props: { consent: Consent; back: { to: string; label: string } }) {
  const { consent } = props
  return (
    <Page title="Consent recorded" width="form" back={props.back}>
      <Callout state="good" title={`${consent.signerName} consented on ${dayText(consent.givenOn)}`} alert>
        <p>
          The form, what was told and the signature are kept. {ehrStanding(consent.ehr).word}.
          {consent.copyGivenOn === null && ' The patient has no copy yet.'}
        </p>
      </Callout>
      <FormActions>
        <Button kind="primary" to={props.back.to}>
          Go on to the patient
        </Button>
        <PrintButton label="Print the copy" href={fileUrl(contract.consents.pdf, { params: { id: consent.id } })} />
      </FormActions>
    </Page>
  )
}
