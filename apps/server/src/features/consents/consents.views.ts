import type { Consent } from '@keepwell/contract'
import type { ConsentRow } from './consents.store.ts'

export function presentConsent(row: ConsentRow): Consent {
  return {
    id: row.id,
    patientId: row.patientId,
    form: row.form,
    practitioner: { id: row.practitionerId, name: row.practitionerName },
    givenOn: row.givenOn,
    givenAt: row.givenAt.toISOString(),
    faceToFace: row.faceToFace,
    language: row.language,
    told: row.told,
    formVersion: row.formVersion,
    formSha256: row.formSha256,
    formDocumentId: row.formDocumentId,
    signatureDocumentId: row.signatureDocumentId,
    signature: row.signature,
    signerName: row.signerName,
    signerCapacity: row.signerCapacity,
    obtainedBy: { id: row.obtainedById, name: row.obtainedByName },
    copyGivenOn: row.copyGivenOn,
    copyChannel: row.copyChannel,
    revocation: row.revocation,
    ehr: { status: row.ehrStatus ?? 'none', receipt: row.ehrReceipt },
  }
}
