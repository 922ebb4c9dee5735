import type { CarePlanContent, PlanSectionId } from '@keepwell/contract'
import { Checkbox, Stack } from '@mantine/core'
import css from './care-plans.module.css'
import { Fields } from './Fields.tsx'
import {
  allergyList,
  caregiverFields,
  environmentFields,
  functionFields,
  goalList,
  medicationFields,
  medicineList,
  outlookList,
  partyList,
  preventionList,
  problemList,
  reviewFields,
  revisionFields,
  serviceList,
  stepList,
  symptomList,
  valuesFields,
} from './fields.ts'
import { ItemList } from './ItemList.tsx'

/** The fields of one section of the plan. */
export function SectionEditor(props: {
  section: PlanSectionId
  plan: CarePlanContent
  onChange: (plan: CarePlanContent) => void
  disabled: boolean
}) {
  const { section, plan, disabled } = props
  const put = <K extends PlanSectionId>(name: K, value: CarePlanContent[K]) =>
    props.onChange({ ...plan, [name]: value })
  switch (section) {
    case 'values':
      return (
        <Fields
          value={plan.values}
          fields={valuesFields}
          disabled={disabled}
          onChange={(next) => put('values', next)}
        />
      )
    case 'problems':
      return (
        <ItemList
          spec={problemList}
          items={plan.problems}
          disabled={disabled}
          onChange={(next) => put('problems', next)}
        />
      )
    case 'outlook':
      return (
        <ItemList
          spec={outlookList}
          items={plan.outlook}
          disabled={disabled}
          onChange={(next) => put('outlook', next)}
        />
      )
    case 'goals':
      return <ItemList spec={goalList} items={plan.goals} disabled={disabled} onChange={(next) => put('goals', next)} />
    case 'interventions':
      return (
        <ItemList
          spec={stepList}
          items={plan.interventions}
          disabled={disabled}
          onChange={(next) => put('interventions', next)}
        />
      )
    case 'symptoms':
      return (
        <ItemList
          spec={symptomList}
          items={plan.symptoms}
          disabled={disabled}
          onChange={(next) => put('symptoms', next)}
        />
      )
    case 'medications':
      return (
        <Stack gap="lg">
          <ItemList
            spec={medicineList}
            items={plan.medications.items}
            disabled={disabled}
            onChange={(items) => put('medications', { ...plan.medications, items })}
          />
          <h3 className={css.subTitle}>Allergies</h3>
          <ItemList
            spec={allergyList}
            items={plan.medications.allergies}
            disabled={disabled}
            onChange={(allergies) => put('medications', { ...plan.medications, allergies })}
          />
          <Fields
            value={plan.medications}
            fields={medicationFields}
            disabled={disabled}
            onChange={(next) => put('medications', next)}
          />
        </Stack>
      )
    case 'function':
      return (
        <Fields
          value={plan.function}
          fields={functionFields}
          disabled={disabled}
          onChange={(next) => put('function', next)}
        />
      )
    case 'environment':
      return (
        <Fields
          value={plan.environment}
          fields={environmentFields}
          disabled={disabled}
          onChange={(next) => put('environment', next)}
        />
      )
    case 'caregiver':
      return (
        <Fields
          value={plan.caregiver}
          fields={plan.caregiver.none ? caregiverFields.slice(0, 1) : caregiverFields}
          disabled={disabled}
          onChange={(next) => put('caregiver', next)}
        />
      )
    case 'coordination':
      return (
        <Stack gap="md">
          <ItemList
            spec={partyList}
            items={plan.coordination.parties}
            disabled={disabled}
            onChange={(parties) => put('coordination', { ...plan.coordination, parties })}
          />
          <Checkbox
            label="Nobody else treats the patient"
            disabled={disabled}
            checked={plan.coordination.none}
            onChange={(event) => put('coordination', { ...plan.coordination, none: event.currentTarget.checked })}
          />
        </Stack>
      )
    case 'community':
      return (
        <Stack gap="md">
          <ItemList
            spec={serviceList}
            items={plan.community.services}
            disabled={disabled}
            onChange={(services) => put('community', { ...plan.community, services })}
          />
          <Checkbox
            label="No service is needed now"
            disabled={disabled}
            checked={plan.community.none}
            onChange={(event) => put('community', { ...plan.community, none: event.currentTarget.checked })}
          />
        </Stack>
      )
    case 'preventive':
      return (
        <ItemList
          spec={preventionList}
          items={plan.preventive}
          disabled={disabled}
          onChange={(next) => put('preventive', next)}
        />
      )
    case 'review':
      return (
        <Fields
          value={plan.review}
          fields={reviewFields}
          disabled={disabled}
          onChange={(next) => put('review', next)}
        />
      )
    case 'revision':
      return (
        <Fields
          value={plan.revision}
          fields={revisionFields}
          disabled={disabled}
          onChange={(next) => put('revision', next)}
        />
      )
  }
}
