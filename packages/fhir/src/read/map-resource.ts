import { readAllergy, readCondition, readImmunization, readProcedure } from './clinical.ts'
import { readClaimHints, readCoverage } from './coverage.ts'
import type { Finding, FindingCode } from './findings.ts'
import { readMedication, readMedicationRequest } from './medications.ts'
import { readObservation } from './observations.ts'
import {
  readCareTeam,
  readOrganization,
  readPatient,
  readPractitioner,
  readPractitionerRole,
  readRelatedPerson,
} from './people.ts'
import { readCarePlan, readDocumentReference, readGoal, readOther } from './plans.ts'
import { isObject, quietText, type Reading, shapeOf, shown, warn } from './reading.ts'
import type { ImportRecord } from './records.ts'
import { resourceTypes } from './resource-types.ts'
import { readAppointment, readEncounter } from './visits.ts'

export interface MapOptions {
  /** Day of the import, 'YYYY-MM-DD': with it, births and deaths in the future are noticed. */
  readonly today?: string
  /**
   * Resolves a reference that is not `Type/id` ('Practitioner?identifier=system|value') to 'Type/id', or null.
   * `referenceIndex()` gives one.
   */
  readonly resolve?: (reference: string) => string | null
  /** Finds another resource by 'Type/id' (a Medication, a PractitionerRole, a Condition), or null. */
  readonly find?: (reference: string) => unknown
}

export interface MappedResource {
  /** FHIR type as stated; '' when it has none. */
  readonly type: string
  /** Logical id as stated; '' when it has none. */
  readonly id: string
  /** Empty exactly when `refused` is set. */
  readonly records: ImportRecord[]
  readonly findings: Finding[]
  /** Why the resource is not taken, one plain sentence: the message of its first error. */
  readonly refused?: string
}

/** Reads one resource into records; null after a refusal. */
type Reader = (reading: Reading) => ImportRecord[] | null

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['AllergyIntolerance', readAllergy],
  ['Appointment', readAppointment],
  ['CarePlan', readCarePlan],
  ['CareTeam', readCareTeam],
  ['Claim', readClaimHints],
  ['Condition', readCondition],
  ['Coverage', readCoverage],
  ['DocumentReference', readDocumentReference],
  ['Encounter', readEncounter],
  ['ExplanationOfBenefit', readClaimHints],
  ['Goal', readGoal],
  ['Immunization', readImmunization],
  ['Medication', readMedication],
  ['MedicationRequest', readMedicationRequest],
  ['Observation', readObservation],
  ['Organization', readOrganization],
  ['Patient', readPatient],
  ['Practitioner', readPractitioner],
  ['PractitionerRole', readPractitionerRole],
  ['Procedure', readProcedure],
  ['RelatedPerson', readRelatedPerson],
])

const usualId = /^[A-Za-z0-9\-.]{1,64}$/
const bearableId = /^[^\s/#?|\p{Cc}]{1,128}$/u

const nowhere = () => null

/**
 * Maps one FHIR R4 resource, as parsed from JSON, to import records. Never throws: what is wrong is said in
 * `findings`, each with its place. A finding of severity 'error' refuses the whole resource; with warnings only,
 * the resource is taken without the values they name.
 */
export function mapResource(json: unknown, options: MapOptions = {}): MappedResource {
  if (!isObject(json)) {
    return refused('', '', 'not_an_object', '$this', `A FHIR resource was expected here, not ${shapeOf(json)}.`)
  }
  const type = json.resourceType
  const statedId = json.id
  const idText = typeof statedId === 'string' ? statedId : ''
  if (typeof type !== 'string' || type === '') {
    const message =
      type === undefined || type === null
        ? 'It does not say what it is: resourceType is missing.'
        : `resourceType must be a text, not ${shapeOf(type)}.`
    return refused('', idText, 'resource_type_missing', 'resourceType', message)
  }
  if (!resourceTypes.has(type)) {
    return refused(type, idText, 'resource_type_unknown', 'resourceType', `FHIR R4 has no resource ${shown(type)}.`)
  }
  if (type === 'Bundle') {
    return refused(type, idText, 'bundle_unexpected', 'resourceType', 'This is a Bundle, not a single resource.')
  }
  if (statedId === undefined || statedId === null || statedId === '') {
    return refused(type, '', 'id_missing', `${type}.id`, `The ${type} has no id, so it could not be recognised again.`)
  }
  if (typeof statedId !== 'string' || !bearableId.test(statedId) || !statedId.isWellFormed()) {
    const what = typeof statedId === 'string' ? shown(statedId) : shapeOf(statedId)
    return refused(type, idText, 'id_invalid', `${type}.id`, `${what} cannot be a FHIR id.`)
  }
  const reading: Reading = {
    type,
    id: statedId,
    root: json,
    findings: [],
    today: options.today ?? null,
    resolve: options.resolve ?? nowhere,
    find: options.find ?? nowhere,
    approximate: [],
  }
  if (!usualId.test(statedId)) {
    warn(reading, 'id_unusual', `${type}.id`, `The id ${shown(statedId)} is not of FHIR's form; it is kept as it is.`)
  }
  noticeModifiers(reading)
  const records = (readers.get(type) ?? readOther)(reading)
  const error = reading.findings.find((finding) => finding.severity === 'error')
  if (error !== undefined || records === null) {
    const message = error?.message ?? 'The resource could not be read.'
    return { type, id: statedId, records: [], findings: reading.findings, refused: message }
  }
  return { type, id: statedId, records, findings: reading.findings }
}

/** FHIR: elements that can turn a resource's meaning round must not pass unnoticed. */
function noticeModifiers(reading: Reading): void {
  const { root, type } = reading
  const modifiers = root.modifierExtension
  if (Array.isArray(modifiers) && modifiers.length > 0) {
    const first: unknown = modifiers[0]
    const url = isObject(first) ? shown(first.url) : 'without an address'
    warn(
      reading,
      'modifier_unknown',
      `${type}.modifierExtension`,
      `It carries an extension that may change its meaning (${url}); look at the source.`,
    )
  }
  if (typeof root.implicitRules === 'string') {
    warn(
      reading,
      'modifier_unknown',
      `${type}.implicitRules`,
      `It was written under special rules (${shown(root.implicitRules)}); look at the source.`,
    )
  }
}

function refused(type: string, id: string, code: FindingCode, path: string, message: string): MappedResource {
  return {
    type: quietText(type.slice(0, 64)) ?? '',
    id: quietText(id.slice(0, 128)) ?? '',
    records: [],
    findings: [{ severity: 'error', code, path, message }],
    refused: message,
  }
}
