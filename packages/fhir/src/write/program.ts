import {
  assert,
  assertDay,
  assertInstant,
  coded,
  present,
  reference,
  references,
  resource,
  systems,
} from './building.ts'
import type { FhirResource, ReferenceTo } from './json.ts'

export interface Enrollment {
  readonly id: string
  readonly patient: ReferenceTo
  readonly status: 'planned' | 'active' | 'onhold' | 'finished' | 'cancelled'
  readonly startsOn?: string
  readonly endsOn?: string
  readonly organization: ReferenceTo
  /** The billing practitioner: FHIR's careManager is the one responsible for the episode. */
  readonly billingPractitioner?: ReferenceTo
  readonly careTeams?: readonly ReferenceTo[]
  /** The qualifying conditions, most important first. */
  readonly conditions?: readonly ReferenceTo[]
}

/** The patient's time in the CCM program as an EpisodeOfCare. */
export function enrollmentEpisode(enrollment: Enrollment): FhirResource {
  if (enrollment.startsOn !== undefined) assertDay(enrollment.startsOn, 'startsOn')
  if (enrollment.endsOn !== undefined) assertDay(enrollment.endsOn, 'endsOn')
  assert(
    enrollment.status !== 'finished' || enrollment.endsOn !== undefined,
    'a finished enrollment needs the day on which it ended.',
  )
  const period = present({ start: enrollment.startsOn, end: enrollment.endsOn })
  return resource('EpisodeOfCare', enrollment.id, {
    status: enrollment.status,
    type: [{ text: 'Chronic Care Management' }],
    diagnosis: (enrollment.conditions ?? []).map((condition, index) => ({
      condition: reference(condition),
      rank: index + 1,
    })),
    patient: reference(enrollment.patient),
    managingOrganization: reference(enrollment.organization),
    period: Object.keys(period).length === 0 ? undefined : period,
    careManager: enrollment.billingPractitioner === undefined ? undefined : reference(enrollment.billingPractitioner),
    team: references(enrollment.careTeams),
  })
}

export interface CcmCall {
  readonly id: string
  readonly patient: ReferenceTo
  readonly startedAt: string
  readonly endedAt: string
  /** Countable seconds of this call, as in the ledger; not the difference of the two times. */
  readonly secondsCredited: number
  readonly performer: ReferenceTo
  readonly organization?: ReferenceTo
  readonly episode?: ReferenceTo
  readonly reason?: string
  /** True when the line was video; otherwise it was the telephone. */
  readonly video?: boolean
}

/**
 * One CCM call as a US Core Encounter of class VR. `length` is in minutes with decimals, so that no second is
 * lost; it tells about this call only and must never be summed into a claim.
 */
export function callEncounter(call: CcmCall): FhirResource {
  assertInstant(call.startedAt, 'startedAt')
  assertInstant(call.endedAt, 'endedAt')
  assert(Number.isInteger(call.secondsCredited) && call.secondsCredited >= 0, 'secondsCredited must be whole seconds.')
  const period = { start: call.startedAt, end: call.endedAt }
  return resource('Encounter', call.id, {
    meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-encounter'] },
    status: 'finished',
    class: { system: systems.actCode, code: 'VR', display: 'virtual' },
    type: [
      call.video === true
        ? coded(systems.snomed, '448337001', 'Telemedicine consultation with patient', 'CCM video call')
        : coded(systems.snomed, '185317003', 'Telephone encounter', 'CCM telephone call'),
    ],
    subject: reference(call.patient),
    episodeOfCare: call.episode === undefined ? undefined : [reference(call.episode)],
    participant: [
      {
        type: [coded(systems.participationType, 'PPRF', 'primary performer')],
        period,
        individual: reference(call.performer),
      },
    ],
    period,
    length: {
      value: Math.round((call.secondsCredited / 60) * 10_000) / 10_000,
      unit: 'min',
      system: systems.ucum,
      code: 'min',
    },
    reasonCode: call.reason === undefined ? undefined : [{ text: call.reason }],
    serviceProvider: call.organization === undefined ? undefined : reference(call.organization),
  })
}
