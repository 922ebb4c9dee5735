import { ContactUpdate, contract, type PatientContact, type SendOf } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { safeParse } from 'zod/v4/core'
import { faultsByField, useCall } from '../../api/index.ts'
import { Button, ErrorState, FieldRow, Form, FormActions, say } from '../../ui/index.ts'

type Sent = SendOf<typeof contract.patients.updateContact>['body']
type Field = keyof ContactUpdate
type Draft = Record<Field, string>

const fields: readonly Field[] = [
  'phone',
  'phoneType',
  'textable',
  'voicemailAllowed',
  'email',
  'bestFrom',
  'bestTo',
  'language',
  'hearingNote',
  'pronouns',
  'caregiverName',
  'caregiverPhone',
  'caregiverRelationship',
]
const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]
const phoneTypes = [
  { value: 'mobile', label: 'Mobile' },
  { value: 'home', label: 'Home' },
  { value: 'work', label: 'Work' },
  { value: 'other', label: 'Other' },
]
const languages = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Spanish' },
  { value: 'zh', label: 'Chinese' },
  { value: 'vi', label: 'Vietnamese' },
  { value: 'tl', label: 'Tagalog' },
  { value: 'ko', label: 'Korean' },
  { value: 'ru', label: 'Russian' },
  { value: 'ht', label: 'Haitian Creole' },
  { value: 'ar', label: 'Arabic' },
  { value: 'fr', label: 'French' },
  { value: 'pt', label: 'Portuguese' },
  { value: 'pl', label: 'Polish' },
]

interface Ehr {
  phones: { number: string; use: string | null }[]
  email: string | null
  language: string | null
}

/** What was confirmed last, otherwise what the EHR has: the person at the desk asks and corrects. */
export function draftOf(current: PatientContact | null, ehr: Ehr): Draft {
  const words = (value: string | boolean | null | undefined) =>
    value === true ? 'yes' : value === false ? 'no' : (value ?? '')
  const draft = Object.fromEntries(fields.map((field) => [field, words(current?.[field])])) as Draft
  if (current !== null) return draft
  const phone = ehr.phones.find((one) => one.use === 'mobile') ?? ehr.phones[0]
  return {
    ...draft,
    phone: phone?.number ?? '',
    phoneType: phoneTypes.some((type) => type.value === phone?.use) ? (phone?.use ?? '') : '',
    email: ehr.email ?? '',
    language: ehr.language?.split('-')[0] ?? '',
  }
}

/** An empty field is one that nobody asked about: it is sent as not known, never as no. */
export function sentOf(draft: Draft): Sent {
  const text = (field: Field) => (draft[field].trim() === '' ? null : draft[field].trim())
  const answer = (field: Field) => (draft[field] === '' ? null : draft[field] === 'yes')
  return {
    ...(Object.fromEntries(fields.map((field) => [field, text(field)])) as Sent),
    textable: answer('textable'),
    voicemailAllowed: answer('voicemailAllowed'),
  }
}

/** Confirms or corrects how to reach a patient; each time is kept with its day. */
export function ContactForm(props: {
  patientId: string
  current: PatientContact | null
  ehr: Ehr
  onDone: () => void
}) {
  const { patientId, current, ehr, onDone } = props
  const [draft, setDraft] = useState(() => draftOf(current, ehr))
  const [tried, setTried] = useState(false)
  const save = useCall(contract.patients.updateContact, {
    invalidates: [contract.patients.contact, contract.patients.get, contract.patients.search],
    onDone: () => {
      onDone()
      void say('Contact confirmed as of today.')
    },
  })
  const body = sentOf(draft)
  const faults = { ...(tried ? faultsOf(body) : {}), ...faultsByField(save.error) }
  const bind = (field: Field) => ({
    value: draft[field],
    error: faults[field] ?? null,
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [field]: event.currentTarget.value }),
  })
  const choose = (field: Field) => ({
    value: draft[field] === '' ? null : draft[field],
    error: faults[field] ?? null,
    onChange: (value: string | null) => setDraft({ ...draft, [field]: value ?? '' }),
    clearable: true,
    placeholder: 'Not asked',
  })
  return (
    <Form
      label="How to reach the patient"
      onSubmit={() => {
        setTried(true)
        if (Object.keys(faultsOf(body)).length === 0) save.mutate({ params: { patientId }, body })
      }}
    >
      <FieldRow>
        <TextInput label="Phone" type="tel" autoComplete="off" data-autofocus {...bind('phone')} />
        <Select label="What kind of phone" data={phoneTypes} {...choose('phoneType')} />
      </FieldRow>
      <FieldRow>
        <Select label="May we send text messages?" data={yesNo} {...choose('textable')} />
        <Select label="May we leave a voicemail?" data={yesNo} {...choose('voicemailAllowed')} />
      </FieldRow>
      <FieldRow>
        <TextInput label="Best time to call, from" type="time" {...bind('bestFrom')} />
        <TextInput label="to" type="time" {...bind('bestTo')} />
      </FieldRow>
      <FieldRow>
        <Select label="Language" searchable data={languages} {...choose('language')} />
        <TextInput label="Pronouns" {...bind('pronouns')} />
      </FieldRow>
      <FieldRow>
        <TextInput label="Hearing: what helps on the phone" {...bind('hearingNote')} />
        <TextInput label="E-mail" type="email" autoComplete="off" {...bind('email')} />
      </FieldRow>
      <FieldRow>
        <TextInput label="Caregiver" {...bind('caregiverName')} />
        <TextInput label="Relationship" placeholder="Daughter" {...bind('caregiverRelationship')} />
        <TextInput label="Caregiver's phone" type="tel" autoComplete="off" {...bind('caregiverPhone')} />
      </FieldRow>
      {save.error !== null && <ErrorState error={save.error} kept="What you entered is still here." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={save.isPending}>
          Confirm as of today
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </FormActions>
    </Form>
  )
}

function faultsOf(body: Sent): Record<string, string> {
  const parsed = safeParse(ContactUpdate, body)
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]))
}
