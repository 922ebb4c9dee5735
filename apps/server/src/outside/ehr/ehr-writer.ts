/** Writes a FHIR resource to the clinic's EHR and answers its receipt (the resource's address there). */
export interface EhrWriter {
  readonly name: string
  /** @throws Error with a plain message when the EHR refuses or does not answer. */
  write(resource: Record<string, unknown>, content: Uint8Array | null): Promise<{ receipt: string }>
}
