import { type ConsentForm, contract, type Language } from '@keepwell/contract'
import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core'
import { ChoiceCards, DateField, FieldRow, FileDrop, Section, SignaturePad, TickCards } from '../../ui/index.ts'
import css from './consents.module.css'
import { type Draft, practitionerOf } from './record-draft.ts'

interface StepProps {
  draft: Draft
  form: ConsentForm
  today: string
  change: (part: Partial<Draft>) => void
}

const notAllowed = 'This clinic does not take consent in that way.'

/** Language, practitioner, and in which way the patient consents. */
export function HowStep({ draft, form, change, onLanguage }: StepProps & { onLanguage: (language: Language) => void }) {
  const ways = [
    { value: 'written', label: 'Signs here', hint: 'On this screen: drawn, or the name typed.' },
    { value: 'scanned', label: 'Has signed on paper', hint: 'Add a scan or a photo of the signed form.' },
    { value: 'verbal', label: 'Says yes aloud', hint: 'You read a script to the patient, also by phone.' },
  ] as const
  return (
    <Stack gap="xl">
      <ChoiceCards
        inRow
        legend="In which language does the patient read and talk?"
        value={draft.language}
        onChange={onLanguage}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'es', label: 'Español' },
        ]}
      />
      <ChoiceCards
        legend="How does the patient consent?"
        value={draft.how}
        onChange={(how) => change({ how })}
        choices={ways.map((way) => ({
          ...way,
          disabledReason: form.allowedForms.includes(way.value) ? null : notAllowed,
        }))}
      />
      <ChoiceCards
        inRow
        legend="Is the patient here?"
        value={draft.faceToFace === null ? null : draft.faceToFace ? 'here' : 'away'}
        onChange={(where) => change({ faceToFace: where === 'here' })}
        choices={[
          { value: 'here', label: 'Yes, face to face' },
          {
            value: 'away',
            label: 'No',
            disabledReason: form.mode === 'written_face_to_face' ? 'This clinic takes consent at a visit only.' : null,
          },
        ]}
      />
      <NativeSelect
        label="Practitioner who is responsible"
        description="Only one practitioner may bill for a month; the form names this one."
        value={practitionerOf(draft, form) ?? ''}
        onChange={(event) => change({ practitionerId: event.currentTarget.value || null })}
        data={[
          ...(practitionerOf(draft, form) === null ? [{ value: '', label: 'Choose' }] : []),
          ...form.practitioners.map((person) => ({ value: person.id, label: person.name })),
        ]}
      />
    </Stack>
  )
}

/** The form exactly as it is kept, and each statement ticked apart once it was told. */
export function TellStep({ draft, form, change }: StepProps) {
  const verbal = draft.how === 'verbal' && form.verbalScript !== null
  return (
    <Stack gap="xl">
      <Section title={verbal ? 'Read this aloud' : 'Read this with the patient'}>
        <article
          className={`${css.paper} ${verbal ? css.script : ''}`}
          lang={form.language}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
          tabIndex={0}
          aria-label={form.title}
        >
          {verbal ? form.verbalScript : form.text}
        </article>
        <div className={css.formFoot}>
          Form {form.version}. These words are kept as they are, under their fingerprint {form.sha256.slice(0, 16)}…
        </div>
      </Section>
      <div lang={form.language}>
        <TickCards
          legend="Tick each once you have told it and the patient had no more questions"
          value={draft.told}
          onChange={(told) => change({ told })}
          choices={form.statements.map((statement) => ({
            value: statement.id,
            label: statement.words,
            ...(statement.required ? {} : { hint: 'May be left out' }),
          }))}
        />
      </div>
    </Stack>
  )
}

/** Who consents, and the signature in the way chosen. */
export function SignStep({ draft, form, change, today }: StepProps) {
  return (
    <Stack gap="xl">
      <ChoiceCards
        inRow
        legend="Who consents?"
        value={draft.signerCapacity}
        onChange={(signerCapacity) => change({ signerCapacity })}
        choices={[
          { value: 'self', label: 'The patient' },
          { value: 'legal_representative', label: 'A legal representative' },
        ]}
      />
      <TextInput
        label="Full name"
        autoComplete="off"
        maxLength={120}
        value={draft.signerName}
        onChange={(event) => change({ signerName: event.currentTarget.value })}
      />
      {draft.how === 'written' && (
        <SignaturePad
          signer={draft.signerName}
          value={draft.signature}
          onChange={(signature) => change({ signature })}
          agreement={
            form.language === 'es'
              ? 'Mi nombre escrito aquí vale como mi firma.'
              : 'My name typed here counts as my signature.'
          }
        />
      )}
      {draft.how === 'scanned' && (
        <>
          <FileDrop
            label="The signed form"
            hint="PDF, PNG or JPEG, up to 15 MB. On a tablet you can take a photo."
            accept=".pdf,application/pdf,image/png,image/jpeg"
            limitBytes={contract.documents.upload.spec.upload?.limitBytes ?? 0}
            file={draft.scan}
            onChange={(scan) => change({ scan })}
          />
          <FieldRow>
            <DateField
              label="Signed on"
              value={draft.givenOn === '' ? today : draft.givenOn}
              max={today}
              onChange={(givenOn) => change({ givenOn })}
            />
            {draft.givenOn !== '' && draft.givenOn < today && (
              <TextInput
                label="Why is it recorded only today?"
                maxLength={500}
                value={draft.backDatingReason}
                onChange={(event) => change({ backDatingReason: event.currentTarget.value })}
              />
            )}
          </FieldRow>
        </>
      )}
      {draft.how === 'verbal' && (
        <>
          <Checkbox
            label="I read the script aloud, the patient had time to ask, and said yes."
            checked={draft.readAloud}
            onChange={(event) => change({ readAloud: event.currentTarget.checked })}
          />
          <TextInput
            label="Witness"
            description="If somebody listened. May be left empty."
            maxLength={120}
            value={draft.witness}
            onChange={(event) => change({ witness: event.currentTarget.value })}
          />
        </>
      )}
    </Stack>
  )
}

/** How the patient gets the copy that the form promises. */
export function CopyStep({ draft, change }: StepProps) {
  return (
    <ChoiceCards
      legend="How does the patient get a copy?"
      value={draft.copyChannel}
      onChange={(copyChannel) => change({ copyChannel })}
      choices={[
        { value: 'printed', label: 'Printed, now', hint: 'The print button comes with the next page.' },
        { value: 'e_mail', label: 'By e-mail' },
        { value: 'mailed', label: 'By post' },
        { value: 'portal', label: 'In the portal' },
        { value: 'later', label: 'Later', hint: 'It stays on the list of what is open.' },
      ]}
    />
  )
}
