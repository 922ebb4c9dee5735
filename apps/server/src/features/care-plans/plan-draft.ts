import { type CarePlanContent, emptyCarePlan } from '@keepwell/contract'
import { addDays, type GroupHit } from '@keepwell/rules'
import { dayWords } from '../../print/words.ts'
import { type ChartMeasure, type Doer, nameOf, type Template, templates } from './templates/index.ts'

/** What of a chart goes into a plan. */
export interface PlanChart {
  groups: readonly GroupHit[]
  /** Active problems that carry an ICD-10-CM code, the chronic ones first. */
  problems: readonly { name: string; icd10: string; since: string | null }[]
  /** The newest value of each measure, in words, with its day. */
  latest: Readonly<Partial<Record<ChartMeasure, { words: string; on: string }>>>
  medications: readonly { name: string; dose: string; reason: string }[]
  allergies: readonly { substance: string; reaction: string }[]
  caregiver: { name: string; relationship: string; phone: string } | null
  /** Vaccines and services done, with their newest day. */
  done: readonly { words: string; on: string }[]
}

export interface DraftPeople {
  patient: string
  careManager: string | null
  provider: string | null
}

/** The templates that the chart calls for, each with the condition that does. */
export function fittingTemplates(groups: readonly GroupHit[]): { templateId: string; because: string }[] {
  return templates.flatMap((template) => {
    const hit = groups.find((one) => template.groups.includes(one.group))
    return hit === undefined ? [] : [{ templateId: template.id, because: `${hit.label} (${hit.icd10})` }]
  })
}

/**
 * A proposal of a plan from templates and the chart: each template's parts once, however many templates name them,
 * with the newest values as baselines. Nothing is invented: what only a conversation can tell stays empty.
 */
export function composeDraft(
  chosen: readonly string[],
  chart: PlanChart,
  people: DraftPeople,
  today: string,
): CarePlanContent {
  const used = templates.filter((template) => chosen.includes(template.id))
  const doers: Record<Doer, string> = {
    patient: people.patient,
    caregiver: chart.caregiver?.name ?? 'Caregiver',
    care_manager: people.careManager ?? 'Care manager',
    provider: people.provider ?? 'Provider',
    pharmacist: 'Pharmacist',
    front_desk: 'Front desk',
  }
  const nextReview = Math.min(...used.map((template) => template.reviewInDays), 180)
  return {
    ...emptyCarePlan,
    problems: chart.problems.map((one) => ({
      id: `p:${one.icd10}`,
      name: one.name,
      icd10: one.icd10,
      since: one.since,
      status: 'unknown',
      note: '',
    })),
    outlook: used.map((template) => ({
      id: template.id,
      problem: template.title,
      ...template.outlook,
      from: nameOf(template),
    })),
    goals: once(used, (template) => template.goals).map(({ part, from, conditions }) => ({
      id: part.key,
      title: part.title,
      problem: conditions,
      measure: part.measure,
      loinc: part.loinc ?? null,
      baseline: baselineOf(chart, part.baseline),
      target: part.target,
      unit: part.unit,
      dueOn: addDays(today, part.dueInDays),
      confidence: null,
      expressedBy: 'care_team',
      nextStep: part.nextStep,
      from,
    })),
    interventions: once(used, (template) => template.interventions).map(({ part, from, conditions }) => ({
      id: part.key,
      what: part.what,
      who: doers[part.who],
      when: part.when,
      problem: conditions,
      from,
    })),
    symptoms: once(used, (template) => template.symptoms).map(({ part, from }) => ({
      id: part.key,
      symptom: part.symptom,
      selfCare: part.selfCare,
      callUs: part.callUs,
      emergency: part.emergency,
      from,
    })),
    medications: {
      ...emptyCarePlan.medications,
      items: chart.medications.map((one, index) => ({
        id: `m${index + 1}`,
        name: one.name,
        dose: one.dose,
        reason: one.reason,
        note: '',
      })),
      allergies: chart.allergies.map((one, index) => ({
        id: `a${index + 1}`,
        substance: one.substance,
        reaction: one.reaction,
      })),
    },
    caregiver: chart.caregiver === null ? emptyCarePlan.caregiver : { ...emptyCarePlan.caregiver, ...chart.caregiver },
    coordination: {
      none: false,
      parties: once(used, (template) => template.parties).map(({ part, from }) => ({
        id: part.key,
        name: '',
        role: part.role,
        phone: '',
        purpose: part.purpose,
        from,
      })),
    },
    review: {
      nextOn: addDays(today, nextReview),
      how: 'By phone with the care manager; with the provider at the next visit.',
    },
    preventive: once(used, (template) => template.preventive).map(({ part, from }) => {
      const on = doneOn(chart, part.key, today)
      return { id: part.key, service: part.service, status: on === null ? 'due' : 'done', on, from }
    }),
    community: {
      none: false,
      services: once(used, (template) => template.community).map(({ part, from }) => ({
        id: part.key,
        service: part.service,
        need: part.need,
        status: 'to_ask',
        from,
      })),
    },
    revision: { note: 'First plan.' },
  }
}

/** Each part once, by its key, with the titles of all templates that name it. */
function once<P extends { key: string }>(
  used: readonly Template[],
  partsOf: (template: Template) => readonly P[],
): { part: P; from: string; conditions: string }[] {
  const byKey = new Map<string, { part: P; from: string; titles: string[] }>()
  for (const template of used) {
    for (const part of partsOf(template)) {
      const known = byKey.get(part.key)
      if (known === undefined) byKey.set(part.key, { part, from: nameOf(template), titles: [template.title] })
      else if (!known.titles.includes(template.title)) known.titles.push(template.title)
    }
  }
  return [...byKey.values()].map(({ part, from, titles }) => ({
    part,
    from,
    conditions: titles.join(', ').slice(0, 300),
  }))
}

function baselineOf(chart: PlanChart, measure: ChartMeasure | undefined): string {
  const latest = measure === undefined ? undefined : chart.latest[measure]
  return latest === undefined ? '' : `${latest.words} on ${dayWords(latest.on)}`
}

/** How charts name a preventive service, and for how many days it holds; null for good. */
const doneWords: Record<string, { pattern: RegExp; holdsDays: number | null }> = {
  influenza: { pattern: /influenza/i, holdsDays: 300 },
  pneumococcal: { pattern: /pneumococcal/i, holdsDays: null },
  covid: { pattern: /sars-cov-2|covid/i, holdsDays: 365 },
  hepatitis_b: { pattern: /hep(atitis)?\.? ?b/i, holdsDays: null },
  rsv: { pattern: /\brsv\b|respiratory syncytial/i, holdsDays: null },
  bone_density: { pattern: /bone (mineral )?density|dxa/i, holdsDays: 730 },
}

function doneOn(chart: PlanChart, key: string, today: string): string | null {
  const known = doneWords[key]
  if (known === undefined) return null
  const newest =
    chart.done
      .filter((one) => one.on <= today && known.pattern.test(one.words))
      .map((one) => one.on)
      .sort()
      .at(-1) ?? null
  return newest !== null && known.holdsDays !== null && newest < addDays(today, -known.holdsDays) ? null : newest
}
