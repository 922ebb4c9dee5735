/** JSON as FHIR uses it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** A FHIR R4 resource ready for JSON.stringify. */
export interface FhirResource {
  readonly resourceType: string
  readonly id: string
  readonly [key: string]: JsonValue
}

/** 'Type/id' with the words to show beside it. */
export interface ReferenceTo {
  readonly reference: string
  readonly display?: string
}
