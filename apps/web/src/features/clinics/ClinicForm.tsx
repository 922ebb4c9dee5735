import { contract, type OutputOf } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { faultsByField, useCall, useCan } from '../../api/index.ts'
import { Button, ErrorState, FieldRow, Form, FormActions, Section, Skeletons, say } from '../../ui/index.ts'
import css from './clinics.module.css'

const LocalityField = lazy(() => import('./LocalityField.tsx'))

type Clinic = OutputOf<typeof contract.clinics.get>

const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
]

const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
const empty = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** Who the clinic is, on forms and on claims. */
export function ClinicForm({ clinic }: { clinic: Clinic }) {
  const can = useCan()
  const [draft, setDraft] = useState({
    name: clinic.name,
    phone: clinic.phone,
    afterHoursPhone: clinic.afterHoursPhone ?? '',
    timeZone: clinic.timeZone,
    npi: clinic.npi ?? '',
    taxId: '',
    taxonomy: clinic.taxonomy ?? '',
    locality: clinic.locality,
    placeOfService: clinic.placeOfService,
    street: clinic.address.lines[0] ?? '',
    street2: clinic.address.lines[1] ?? '',
    city: clinic.address.city,
    state: clinic.address.state,
    zip: clinic.address.zip,
  })
  const save = useCall(contract.clinics.update, {
    invalidates: [contract.clinics.get, contract.session.get],
    onDone: () => void say('Saved.'),
  })
  const faults = faultsByField(save.error)
  type Name = Exclude<keyof typeof draft, 'locality'>
  const field = (name: Name, fault?: string) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setDraft((before) => ({ ...before, [name]: value }))
    },
    error: fault ?? faults[name],
  })
  const whyNot = !can('clinic:configure')
    ? 'Your seat does not change the settings.'
    : draft.name.trim() === ''
      ? 'The clinic needs a name.'
      : draft.street.trim() === ''
        ? 'The clinic needs a street address: it stands on every claim.'
        : null
  return (
    <Form
      label="The clinic"
      onSubmit={() => {
        if (whyNot !== null) return
        const taxId = empty(draft.taxId)
        save.mutate({
          body: {
            name: draft.name.trim(),
            phone: draft.phone.trim(),
            afterHoursPhone: empty(draft.afterHoursPhone),
            timeZone: draft.timeZone,
            npi: empty(draft.npi),
            taxonomy: empty(draft.taxonomy.toUpperCase()),
            locality: draft.locality,
            placeOfService: draft.placeOfService,
            address: {
              lines: [draft.street.trim(), draft.street2.trim()].filter((line) => line !== ''),
              city: draft.city.trim(),
              state: draft.state.trim().toUpperCase(),
              zip: draft.zip.replace('-', '').trim(),
            },
            ...(taxId === null ? {} : { taxId: taxId.replace('-', '') }),
          },
        })
      }}
    >
      <Section title="On forms and plans">
        <div className={css.stack}>
          <TextInput label="Name" maxLength={120} {...field('name')} />
          <FieldRow>
            <TextInput label="Phone" type="tel" {...field('phone')} />
            <TextInput label="Phone at night" type="tel" {...field('afterHoursPhone')} />
          </FieldRow>
          <TextInput label="Street" maxLength={55} {...field('street', faults['address.lines.0'])} />
          <TextInput label="Second line" maxLength={55} {...field('street2', faults['address.lines.1'])} />
          <FieldRow>
            <TextInput label="City" maxLength={30} {...field('city', faults['address.city'])} />
            <TextInput label="State" maxLength={2} placeholder="NY" {...field('state', faults['address.state'])} />
            <TextInput
              label="ZIP"
              inputWrapperOrder={below}
              description="All nine digits where known"
              inputMode="numeric"
              maxLength={10}
              {...field('zip', faults['address.zip'])}
            />
          </FieldRow>
          <Select
            label="Time zone"
            description="Days and months begin and end in this zone"
            searchable
            maw={320}
            data={zones.includes(draft.timeZone) ? zones : [draft.timeZone, ...zones]}
            value={draft.timeZone}
            onChange={(value) => setDraft((before) => ({ ...before, timeZone: value ?? before.timeZone }))}
            error={faults.timeZone}
          />
        </div>
      </Section>
      <Section title="On claims">
        <div className={css.stack}>
          <FieldRow>
            <TextInput label="NPI of the clinic" inputMode="numeric" maxLength={10} {...field('npi')} />
            <TextInput
              label="Tax number"
              inputWrapperOrder={below}
              description={clinic.taxIdLast4 === null ? 'Nine digits' : `Now ends in ${clinic.taxIdLast4}`}
              placeholder="Only to change it"
              inputMode="numeric"
              maxLength={10}
              {...field('taxId')}
            />
          </FieldRow>
          <FieldRow>
            <TextInput label="Taxonomy" placeholder="207Q00000X" maxLength={10} {...field('taxonomy')} />
            <TextInput
              label="Place of service"
              inputWrapperOrder={below}
              description="11 is an office"
              inputMode="numeric"
              maxLength={2}
              {...field('placeOfService')}
            />
          </FieldRow>
          <Suspense fallback={<Skeletons lines={2} what="the localities" />}>
            <LocalityField
              value={draft.locality}
              onChange={(locality) => setDraft((before) => ({ ...before, locality }))}
              error={faults.locality}
            />
          </Suspense>
        </div>
      </Section>
      {save.error !== null && <ErrorState error={save.error} kept="What you entered is still here." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={save.isPending} disabledReason={whyNot}>
          Save
        </Button>
      </FormActions>
    </Form>
  )
}
