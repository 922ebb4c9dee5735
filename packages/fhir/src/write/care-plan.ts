import { assert, assertDay, coded, escapeXml, present, reference, references, resource, systems } from './building.ts'
import type { FhirResource, JsonValue, ReferenceTo } from './json.ts'

const mcc = 'http://hl7.org/fhir/us/mcc/StructureDefinition/'
const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition/'
const pertainsToGoal = 'http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal'

export type AchievementStatus =
  | 'in-progress'
  | 'improving'
  | 'worsening'
  | 'no-change'
  | 'achieved'
  | 'sustaining'
  | 'not-achieved'
  | 'no-progress'
  | 'not-attainable'

export interface PlanGoal {
  readonly id: string
  readonly patient: ReferenceTo
  readonly description: string
  readonly lifecycleStatus:
    | 'proposed'
    | 'planned'
    | 'accepted'
    | 'active'
    | 'on-hold'
    | 'completed'
    | 'cancelled'
    | 'entered-in-error'
    | 'rejected'
  readonly achievementStatus?: AchievementStatus
  readonly priority?: 'high-priority' | 'medium-priority' | 'low-priority'
  readonly startsOn?: string
  /** A measured target; `loincCode` says what is measured, which FHIR asks for with every value (gol-1). */
  readonly target?: {
    readonly dueOn?: string
    readonly measure?: { readonly loincCode: string; readonly display: string }
    readonly quantity?: {
      readonly value: number
      readonly ucumUnit: string
      readonly comparator?: '<' | '<=' | '>=' | '>'
    }
    readonly text?: string
  }
  readonly expressedBy?: ReferenceTo
  readonly addresses?: readonly ReferenceTo[]
  readonly outcomes?: readonly ReferenceTo[]
  readonly note?: string
}

/** A goal of the care plan as MCCGoal. */
export function planGoal(goal: PlanGoal): FhirResource {
  if (goal.startsOn !== undefined) assertDay(goal.startsOn, 'startsOn')
  return resource('Goal', goal.id, {
    meta: { profile: [`${mcc}MCCGoal`, `${usCore}us-core-goal`] },
    lifecycleStatus: goal.lifecycleStatus,
    achievementStatus:
      goal.achievementStatus === undefined
        ? undefined
        : { coding: [{ system: systems.goalAchievement, code: goal.achievementStatus }] },
    priority:
      goal.priority === undefined ? undefined : { coding: [{ system: systems.goalPriority, code: goal.priority }] },
    description: { text: goal.description },
    subject: reference(goal.patient),
    startDate: goal.startsOn,
    target: goal.target === undefined ? undefined : [goalTarget(goal.target)],
    expressedBy: goal.expressedBy === undefined ? undefined : reference(goal.expressedBy),
    addresses: references(goal.addresses),
    note: goal.note === undefined ? undefined : [{ text: goal.note }],
    outcomeReference: references(goal.outcomes),
  })
}

function goalTarget(target: NonNullable<PlanGoal['target']>): JsonValue {
  if (target.dueOn !== undefined) assertDay(target.dueOn, 'target.dueOn')
  assert(
    target.measure !== undefined || (target.quantity === undefined && target.text === undefined),
    'a target value needs the measure it belongs to (gol-1).',
  )
  assert(target.quantity === undefined || target.text === undefined, 'a target is a quantity or a text, not both.')
  return present({
    measure:
      target.measure === undefined ? undefined : coded(systems.loinc, target.measure.loincCode, target.measure.display),
    detailQuantity:
      target.quantity === undefined
        ? undefined
        : present({
            value: target.quantity.value,
            comparator: target.quantity.comparator,
            unit: target.quantity.ucumUnit,
            system: systems.ucum,
            code: target.quantity.ucumUnit,
          }),
    detailString: target.text,
    dueDate: target.dueOn,
  })
}

export interface PlanIntervention {
  readonly id: string
  readonly patient: ReferenceTo
  readonly description: string
  readonly status: 'draft' | 'active' | 'on-hold' | 'revoked' | 'completed' | 'entered-in-error' | 'unknown'
  /** Who asked for it and who does it: a practitioner, the patient, a caregiver, an agency. */
  readonly requester?: ReferenceTo
  readonly performers?: readonly ReferenceTo[]
  readonly authoredOn?: string
  readonly reasons?: readonly ReferenceTo[]
  readonly goals?: readonly ReferenceTo[]
  readonly note?: string
}

/** A planned intervention as MCCServiceRequest: the care plan may only point at it. */
export function planIntervention(intervention: PlanIntervention): FhirResource {
  return resource('ServiceRequest', intervention.id, {
    meta: { profile: [`${mcc}MCCServiceRequest`, `${usCore}us-core-servicerequest`] },
    extension: (intervention.goals ?? []).map((goal) => ({
      url: pertainsToGoal,
      valueReference: reference(goal),
    })),
    status: intervention.status,
    intent: 'plan',
    code: { text: intervention.description },
    subject: reference(intervention.patient),
    authoredOn: intervention.authoredOn,
    requester: intervention.requester === undefined ? undefined : reference(intervention.requester),
    performer: references(intervention.performers),
    reasonReference: references(intervention.reasons),
    note: intervention.note === undefined ? undefined : [{ text: intervention.note }],
  })
}

export interface PlanCareTeam {
  readonly id: string
  readonly patient: ReferenceTo
  readonly name: string
  readonly status: 'proposed' | 'active' | 'suspended' | 'inactive' | 'entered-in-error'
  /** The patient is added by the writer; caregivers are RelatedPersons. */
  readonly members: readonly {
    readonly member: ReferenceTo
    /** What they do here, in words ('Care manager', 'Cardiologist'). */
    readonly role: string
    readonly snomedCode?: string
  }[]
  readonly organization?: ReferenceTo
}

/** The care team as MCCCareTeam, with the patient as a member of it. */
export function planCareTeam(team: PlanCareTeam): FhirResource {
  const others = team.members.filter((one) => one.member.reference !== team.patient.reference)
  return resource('CareTeam', team.id, {
    meta: { profile: [`${mcc}MCCCareTeam`, `${usCore}us-core-careteam`] },
    status: team.status,
    name: team.name,
    subject: reference(team.patient),
    participant: [
      {
        role: [coded(systems.snomed, '116154003', 'Patient (person)')],
        member: reference(team.patient),
      },
      ...others.map((one) => ({ role: [memberRole(one)], member: reference(one.member) })),
    ],
    managingOrganization: team.organization === undefined ? undefined : [reference(team.organization)],
  })
}

function memberRole(one: PlanCareTeam['members'][number]): JsonValue {
  if (one.member.reference.startsWith('RelatedPerson/')) {
    return coded(systems.snomed, '133932002', 'Caregiver (person)', one.role)
  }
  if (one.snomedCode === undefined) return { text: one.role }
  return { coding: [{ system: systems.snomed, code: one.snomedCode }], text: one.role }
}

/** What a CarePlan's activity may point at when planned (MCC eCare Plan 1.0.0). */
const plannedTypes = new Set([
  'Appointment',
  'CommunicationRequest',
  'DeviceRequest',
  'MedicationRequest',
  'NutritionOrder',
  'RequestGroup',
  'ServiceRequest',
  'Task',
  'VisionPrescription',
])

export interface PlanSection {
  readonly heading: string
  readonly lines: readonly string[]
}

export interface CarePlanVersion {
  readonly id: string
  readonly patient: ReferenceTo
  readonly title: string
  /** Draft until the provider has signed. */
  readonly status: 'draft' | 'active' | 'on-hold' | 'revoked' | 'completed' | 'entered-in-error' | 'unknown'
  readonly startsOn?: string
  readonly endsOn?: string
  readonly createdOn?: string
  /** Who answers for the plan: MCC's custodian in place of author. */
  readonly custodian?: ReferenceTo
  readonly contributors?: readonly ReferenceTo[]
  readonly careTeams?: readonly ReferenceTo[]
  readonly addresses?: readonly ReferenceTo[]
  readonly supportingInfo?: readonly ReferenceTo[]
  readonly goals?: readonly ReferenceTo[]
  readonly activities?: readonly {
    readonly planned?: ReferenceTo
    readonly outcomes?: readonly ReferenceTo[]
    /** Dated notes on how it goes, newest last. */
    readonly progress?: readonly { readonly at: string; readonly text: string }[]
  }[]
  /** Human words of the plan: US Core makes the narrative mandatory. */
  readonly narrative: readonly PlanSection[]
  readonly replaces?: ReferenceTo
}

/**
 * The comprehensive care plan as mccCarePlan (on us-core-careplan). Every intervention is a reference:
 * `activity.detail` is forbidden there, so this function has no way to write it.
 */
export function carePlanResource(plan: CarePlanVersion): FhirResource {
  for (const activity of plan.activities ?? []) {
    const type = activity.planned?.reference.split('/')[0]
    assert(type === undefined || plannedTypes.has(type), `an activity cannot point at a ${type ?? ''}.`)
  }
  if (plan.startsOn !== undefined) assertDay(plan.startsOn, 'startsOn')
  if (plan.endsOn !== undefined) assertDay(plan.endsOn, 'endsOn')
  if (plan.createdOn !== undefined) assertDay(plan.createdOn, 'createdOn')
  const period = present({ start: plan.startsOn, end: plan.endsOn })
  return resource('CarePlan', plan.id, {
    meta: { profile: [`${mcc}mccCarePlan`, `${usCore}us-core-careplan`] },
    text: { status: 'additional', div: narrative(plan.title, plan.narrative) },
    extension:
      plan.custodian === undefined
        ? undefined
        : [{ url: `${mcc}custodian`, valueReference: reference(plan.custodian) }],
    replaces: plan.replaces === undefined ? undefined : [reference(plan.replaces)],
    status: plan.status,
    intent: 'plan',
    category: [
      coded(systems.carePlanCategory, 'assess-plan', 'Assessment and Plan of Treatment'),
      coded(systems.snomed, '734163000', 'Care plan'),
    ],
    title: plan.title,
    subject: reference(plan.patient),
    period: Object.keys(period).length === 0 ? undefined : period,
    created: plan.createdOn,
    contributor: references(plan.contributors),
    careTeam: references(plan.careTeams),
    addresses: references(plan.addresses),
    supportingInfo: references(plan.supportingInfo),
    goal: references(plan.goals),
    activity: (plan.activities ?? []).map((activity) =>
      present({
        outcomeReference: references(activity.outcomes),
        progress: (activity.progress ?? []).map((note) => ({ time: note.at, text: note.text })),
        reference: activity.planned === undefined ? undefined : reference(activity.planned),
      }),
    ),
  })
}

function narrative(title: string, sections: readonly PlanSection[]): string {
  const body = sections
    .map((section) => {
      const lines = section.lines.map((line) => `<li>${escapeXml(line)}</li>`).join('')
      const list = lines === '' ? '<p>Nothing recorded.</p>' : `<ul>${lines}</ul>`
      return `<h2>${escapeXml(section.heading)}</h2>${list}`
    })
    .join('')
  return `<div xmlns="http://www.w3.org/1999/xhtml"><h1>${escapeXml(title)}</h1>${body}</div>`
}
