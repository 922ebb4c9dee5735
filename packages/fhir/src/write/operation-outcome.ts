import type { Finding, FindingCode } from '../read/findings.ts'
import type { JsonValue } from './json.ts'

/** FHIR's own issue types for what the reader finds; everything else is 'invalid'. */
const issueTypes: Partial<Record<FindingCode, string>> = {
  resource_type_unknown: 'not-supported',
  nested_too_deep: 'too-costly',
  id_missing: 'required',
  subject_missing: 'required',
  code_missing: 'required',
  medication_missing: 'required',
  value_missing: 'required',
  code_unknown: 'code-invalid',
  subject_unresolved: 'not-found',
  reference_unresolved: 'not-found',
  medication_not_found: 'not-found',
  value_wrong_type: 'structure',
  value_wrong_shape: 'structure',
  not_an_object: 'structure',
  entry_repeated: 'duplicate',
  identifier_repeated: 'duplicate',
}

/** The reader's findings as an OperationOutcome; one informational issue when there are none. */
export function operationOutcome(findings: readonly Finding[]): {
  readonly resourceType: 'OperationOutcome'
  readonly issue: readonly JsonValue[]
} {
  const issue = findings.map((finding) => ({
    severity: finding.severity,
    code: issueTypes[finding.code] ?? 'invalid',
    details: { coding: [{ system: 'urn:keepwell:fhir:finding', code: finding.code }], text: finding.message },
    diagnostics: finding.path,
    expression: [finding.path],
  }))
  return {
    resourceType: 'OperationOutcome',
    issue: issue.length > 0 ? issue : [{ severity: 'information', code: 'informational' }],
  }
}
