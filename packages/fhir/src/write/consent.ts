import { assert, assertInstant, coded, keepwellExtension, present, reference, resource, systems } from './building.ts'
import type { FhirResource, JsonValue, ReferenceTo } from './json.ts'

export interface SignedForm {
  readonly id: string
  readonly patient: ReferenceTo
  /** When the document was made or scanned. */
  readonly documentedAt: string
  readonly title: string
  /** 'application/pdf', 'image/png'… as found in the bytes, not in the name. */
  readonly contentType: string
  /** BCP 47 of the form, e.g. 'es-US'. */
  readonly language?: string
  readonly sizeBytes: number
  /** Base64 of the SHA-1 of the bytes: FHIR's Attachment.hash is SHA-1 by definition. */
  readonly sha1Base64: string
  /** Where the bytes can be had; give this or `dataBase64`. */
  readonly url?: string
  readonly dataBase64?: string
  readonly author?: ReferenceTo
  readonly custodian?: ReferenceTo
  readonly encounter?: ReferenceTo
  /** Our own identifier of the document, so that an EHR can see that it has it already. */
  readonly identifier?: { readonly system: string; readonly value: string }
  /** Superseded when a newer form took its place. */
  readonly status?: 'current' | 'superseded' | 'entered-in-error'
}

/**
 * The signed consent form as a US Core DocumentReference (LOINC 59284-0).
 * Throws when the hash, size or times are not what FHIR asks: that is a bug in the caller.
 */
export function consentDocumentReference(form: SignedForm): FhirResource {
  assertInstant(form.documentedAt, 'documentedAt')
  assert(/^[A-Za-z0-9+/]{27}=$/.test(form.sha1Base64), 'sha1Base64 must be 20 bytes in base64.')
  assert(Number.isInteger(form.sizeBytes) && form.sizeBytes > 0, 'sizeBytes must be a positive whole number.')
  assert(form.url !== undefined || form.dataBase64 !== undefined, 'the document needs a url or its data.')
  return resource('DocumentReference', form.id, {
    meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference'] },
    identifier: form.identifier === undefined ? undefined : [{ ...form.identifier }],
    status: form.status ?? 'current',
    docStatus: form.status === 'entered-in-error' ? 'entered-in-error' : 'final',
    type: coded(systems.loinc, '59284-0', 'Consent Document', form.title),
    category: [coded(systems.documentCategory, 'clinical-note', 'Clinical Note')],
    subject: reference(form.patient),
    date: form.documentedAt,
    author: form.author === undefined ? undefined : [reference(form.author)],
    custodian: form.custodian === undefined ? undefined : reference(form.custodian),
    content: [
      {
        attachment: present({
          contentType: form.contentType,
          language: form.language,
          data: form.dataBase64,
          url: form.url,
          size: form.sizeBytes,
          hash: form.sha1Base64,
          title: form.title,
          creation: form.documentedAt,
        }),
      },
    ],
    context: form.encounter === undefined ? undefined : { encounter: [reference(form.encounter)] },
  })
}

export interface ConsentGiven {
  readonly id: string
  readonly patient: ReferenceTo
  /** Rejected: the patient said no. Inactive: withdrawn. */
  readonly status: 'active' | 'rejected' | 'inactive'
  readonly givenAt: string
  readonly form: 'written' | 'verbal'
  /** Who gave it: the patient, or the RelatedPerson who may decide for them. */
  readonly givenBy: ReferenceTo
  /** Who took it and documented it. */
  readonly documentedBy?: ReferenceTo
  readonly organization: ReferenceTo
  /** Each statement told, by our code, in the words shown. */
  readonly statementsTold: readonly { readonly code: string; readonly text: string }[]
  /** The version of the form or script, e.g. 'ccm-consent-en-3'. */
  readonly formVersion: string
  readonly document?: ReferenceTo
  /** Day from which the consent no longer counts (after a withdrawal). */
  readonly endsOn?: string
}

/**
 * The patient's answer to CCM as a base R4 Consent. FHIR has no element for a verbal consent or for what was
 * told, so both go into extensions under `urn:keepwell:fhir:extension:`.
 */
export function consentResource(consent: ConsentGiven): FhirResource {
  assertInstant(consent.givenAt, 'givenAt')
  assert(
    consent.status === 'rejected' || consent.statementsTold.length > 0,
    'a consent that was given must list the statements told.',
  )
  const statements: JsonValue[] = consent.statementsTold.map((statement) => ({
    url: `${keepwellExtension}statement-told`,
    extension: [
      { url: 'code', valueCode: statement.code },
      { url: 'text', valueString: statement.text },
    ],
  }))
  const provision = present({
    type: consent.status === 'rejected' ? 'deny' : 'permit',
    period: present({
      start: consent.status === 'rejected' ? undefined : consent.givenAt,
      end: consent.endsOn,
    }),
  })
  return resource('Consent', consent.id, {
    extension: [
      { url: `${keepwellExtension}consent-form`, valueCode: consent.form },
      { url: `${keepwellExtension}consent-form-version`, valueString: consent.formVersion },
      ...(consent.documentedBy === undefined
        ? []
        : [{ url: `${keepwellExtension}documented-by`, valueReference: reference(consent.documentedBy) }]),
      ...statements,
    ],
    status: consent.status,
    scope: coded(systems.consentScope, 'treatment', 'Treatment'),
    category: [coded(systems.loinc, '59284-0', 'Consent Document')],
    patient: reference(consent.patient),
    dateTime: consent.givenAt,
    performer: [reference(consent.givenBy)],
    organization: [reference(consent.organization)],
    sourceReference: consent.document === undefined ? undefined : reference(consent.document),
    policyRule: coded(
      systems.actCode,
      consent.status === 'active' ? 'OPTIN' : 'OPTOUT',
      consent.status === 'active' ? 'opt-in' : 'opt-out',
      'Chronic Care Management under Medicare: 42 CFR 410.26(b) and the physician fee schedule rules',
    ),
    // Consent.verification says that somebody checked the answer with the giver; only an answer that was
    // documented by a person has been.
    verification:
      consent.documentedBy === undefined
        ? undefined
        : [{ verified: true, verifiedWith: reference(consent.givenBy), verificationDate: consent.givenAt }],
    provision,
  })
}
