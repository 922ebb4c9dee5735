import { localities } from '@keepwell/rules'
import { Select } from '@mantine/core'

/** The locality of the fee schedule; loaded when shown, because its list comes with the rule book. */
export default function LocalityField(props: {
  value: string | null
  onChange: (value: string | null) => void
  error?: string | undefined
}) {
  return (
    <Select
      label="Locality of the fee schedule"
      description="Decides what Medicare pays here"
      searchable
      clearable
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      data={localities.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
    />
  )
}
