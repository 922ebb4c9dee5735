import { json, type Tx } from '../../src/db/database.ts'
import { newId, sha256 } from '../../src/kernel/ids.ts'
import type { Story, StoryPatient } from './story.ts'

export interface EnrolledPatient extends Partial<StoryPatient> {
  enrolledOn?: string
  /** The instant of the consent; the day before the enrollment when left out. */
  consentAt?: string
  careManager?: 'rosa' | 'tomas' | null
  newOrNotSeenWithinYear?: boolean
}

/** A patient who has gone the whole way to enrollment: consent, attestation, enrollment, care manager. Answers the id. */
export async function addEnrolledPatient(story: Story, patient: EnrolledPatient = {}): Promise<string> {
  const {
    enrolledOn = '2026-01-05',
    consentAt = '2026-01-04T15:00:00Z',
    careManager = 'rosa',
    newOrNotSeenWithinYear = false,
    ...rest
  } = patient
  const patientId = await story.addPatient(rest)
  const people = {
    doctor: story.as('okafor').id,
    desk: story.as('sam').id,
    careManager: careManager === null ? null : story.as(careManager).id,
  }
  await story.look((tx) =>
    enroll(tx, {
      patientId,
      clinicId: story.clinicId,
      enrolledOn,
      consentAt: new Date(consentAt),
      newOrNotSeenWithinYear,
      ...people,
    }),
  )
  return patientId
}

interface Enrolling {
  patientId: string
  clinicId: string
  enrolledOn: string
  consentAt: Date
  newOrNotSeenWithinYear: boolean
  doctor: string
  desk: string
  careManager: string | null
}

async function enroll(tx: Tx, one: Enrolling): Promise<void> {
  const tenant_id = tx.tenantId
  const documentId = newId()
  const consentId = newId()
  const attestationId = newId()
  const consentOn = one.consentAt.toISOString().slice(0, 10)
  await tx.db
    .insertInto('documents')
    .values({
      tenant_id,
      id: documentId,
      patient_id: one.patientId,
      kind: 'consent_form',
      name: 'Consent.txt',
      media_type: 'text/plain',
      size_bytes: 4,
      sha256: sha256('form'),
      stored_at: one.consentAt,
      stored_by: one.desk,
    })
    .execute()
  await tx.db
    .insertInto('consents')
    .values({
      tenant_id,
      id: consentId,
      patient_id: one.patientId,
      clinic_id: one.clinicId,
      practitioner_id: one.doctor,
      form: 'written',
      mode: 'written',
      given_on: consentOn,
      given_at: one.consentAt,
      face_to_face: true,
      language: 'en',
      told: ['availability_and_cost', 'one_practitioner', 'right_to_stop'],
      form_id: 'ccm-consent',
      form_version: '2026.1',
      form_sha256: sha256('form'),
      form_document_id: documentId,
      signature: 'typed',
      signer_name: 'Elena Diaz',
      signer_capacity: 'self',
      obtained_by: one.desk,
    })
    .execute()
  await tx.db
    .insertInto('attestations')
    .values({
      tenant_id,
      id: attestationId,
      patient_id: one.patientId,
      practitioner_id: one.doctor,
      attested_on: one.enrolledOn,
      attested_at: one.consentAt,
      lasts_12_months: true,
      significant_risk: true,
      conditions: json([
        { code: 'I10', label: 'Hypertension', groups: ['hypertension'], conditionIds: [] },
        {
          code: 'E11.22',
          label: 'Diabetes with kidney disease',
          groups: ['diabetes', 'chronic_kidney_disease'],
          conditionIds: [],
        },
      ]),
      facts: json({}),
      facts_sha256: sha256('{}'),
      statement: 'Both last a year and carry risk.',
    })
    .execute()
  await tx.db
    .insertInto('enrollments')
    .values({
      tenant_id,
      id: newId(),
      patient_id: one.patientId,
      clinic_id: one.clinicId,
      practitioner_id: one.doctor,
      consent_id: consentId,
      attestation_id: attestationId,
      new_or_not_seen_within_year: one.newOrNotSeenWithinYear,
      enrolled_on: one.enrolledOn,
      enrolled_by: one.doctor,
      enrolled_at: one.consentAt,
    })
    .execute()
  if (one.careManager !== null) {
    await tx.db
      .insertInto('care_manager_assignments')
      .values({
        tenant_id,
        id: newId(),
        patient_id: one.patientId,
        care_manager_id: one.careManager,
        from_on: one.enrolledOn,
        reason: 'Enrolled',
        assigned_by: one.doctor,
        assigned_at: one.consentAt,
      })
      .execute()
  }
}
