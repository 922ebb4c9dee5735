/** Everything the reader can say about a resource. An error refuses the resource, a warning does not. */
export type FindingCode =
  // Errors: the resource (or the whole bundle) is refused.
  | 'not_an_object'
  | 'resource_type_missing'
  | 'resource_type_unknown'
  | 'bundle_unexpected'
  | 'bundle_expected'
  | 'entries_missing'
  | 'nested_too_deep'
  | 'id_missing'
  | 'id_invalid'
  | 'subject_missing'
  | 'subject_not_patient'
  | 'subject_unresolved'
  | 'code_missing'
  | 'medication_missing'
  // Warnings about single values: the value is left out or repaired, the rest is taken.
  | 'value_wrong_type'
  | 'value_wrong_shape'
  | 'value_missing'
  | 'list_too_long'
  | 'code_unknown'
  | 'id_unusual'
  | 'character_forbidden'
  | 'date_impossible'
  | 'date_unreadable'
  | 'date_partial'
  | 'date_in_future'
  | 'dates_out_of_order'
  | 'time_zone_missing'
  | 'reference_invalid'
  | 'reference_unresolved'
  // Warnings about meaning.
  | 'name_missing'
  | 'name_only_text'
  | 'identifier_repeated'
  | 'mbi_invalid'
  | 'npi_invalid'
  | 'npi_check_digit'
  | 'language_unknown'
  | 'death_contradictory'
  | 'patient_inactive'
  | 'patient_replaced'
  | 'category_missing'
  | 'clinical_status_missing'
  | 'medication_not_found'
  | 'do_not_perform'
  | 'appointment_without_patient'
  | 'member_missing'
  | 'modifier_unknown'
  // Warnings about a bundle's entries: the entry is passed over, the rest is taken.
  | 'bundle_type_unknown'
  | 'entry_invalid'
  | 'entry_without_resource'
  | 'entry_deleted'
  | 'entry_repeated'
  | 'entry_older_version'
  | 'entry_outcome'

export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly code: FindingCode
  /** FHIRPath-like place, e.g. 'Patient.name[0].family' or 'Bundle.entry[12].resource'. */
  readonly path: string
  /** One plain sentence for the person who reads the import report. */
  readonly message: string
}
