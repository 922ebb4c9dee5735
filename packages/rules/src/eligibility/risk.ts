import { compare } from '../compare.ts'
import { addYears, ageOn } from '../time.ts'
import type { Risk, RiskInput, RiskLevel, RiskPoint } from './types.ts'

/**
 * Risk rubric of our own, in the manner of published ones: more diseases, grave ones, age, recent hospital or
 * emergency use, many medications and values out of control each add points. It orders whom to ask and call first;
 * it is no diagnosis, and the provider may overrule it.
 */
export const riskRubric = {
  levels: [
    { level: 'low', from: 0 },
    { level: 'moderate', from: 4 },
    { level: 'high', from: 7 },
    { level: 'very_high', from: 11 },
  ],
  pointsPerCondition: 1,
  conditionsCountedAtMost: 5,
  grave: {
    heart_failure: 2,
    copd: 2,
    chronic_kidney_disease: 1,
    dementia: 2,
    alzheimers: 2,
    lung_cancer: 3,
    colorectal_cancer: 2,
    breast_cancer: 2,
    prostate_cancer: 1,
    urologic_cancer: 2,
    endometrial_cancer: 2,
    leukemia_lymphoma: 3,
    stroke: 2,
    ischemic_heart_disease: 1,
    atrial_fibrillation: 1,
    diabetes: 1,
    depression_bipolar: 1,
    liver_disease: 2,
    parkinsons: 1,
    schizophrenia: 1,
  },
  ages: [
    { from: 85, points: 2 },
    { from: 75, points: 1 },
  ],
  inpatientStay: 2,
  inpatientAtMost: 4,
  emergencyVisit: 1,
  emergencyAtMost: 2,
  medications: [
    { from: 10, points: 2 },
    { from: 5, points: 1 },
  ],
  uncontrolled: {
    systolic: { from: 160, label: 'Systolic pressure 160 or more', points: 1 },
    hba1c: { from: 9, label: 'HbA1c 9 or more', points: 1 },
    egfr: { below: 30, label: 'eGFR below 30', points: 1 },
    phq9: { from: 10, label: 'PHQ-9 of 10 or more', points: 1 },
  },
} as const

const graveOf: Readonly<Record<string, number>> = riskRubric.grave

function conditionPoints(input: RiskInput): RiskPoint[] {
  const points: RiskPoint[] = []
  const groups = input.groups.filter((hit) => hit.use !== 'weak')
  if (groups.length > 0) {
    points.push({
      id: 'conditions',
      label: groups.length === 1 ? '1 chronic condition' : `${groups.length} chronic conditions`,
      points: Math.min(groups.length, riskRubric.conditionsCountedAtMost) * riskRubric.pointsPerCondition,
      evidence: groups.map((hit) => hit.label),
    })
  }
  for (const hit of groups) {
    const extra = graveOf[hit.group]
    if (extra === undefined) continue
    points.push({
      id: `grave.${hit.group}`,
      label: hit.label,
      points: extra,
      evidence: hit.evidence.map((one) => one.conditionId),
    })
  }
  return points
}

function usePoints(input: RiskInput): RiskPoint[] {
  const points: RiskPoint[] = []
  const since = addYears(input.asOf, -1)
  const recent = input.visits.filter((visit) => visit.on <= input.asOf && visit.on >= since)
  const stays = recent.filter((visit) => visit.kind === 'inpatient')
  const emergencies = recent.filter((visit) => visit.kind === 'emergency')
  if (stays.length > 0) {
    points.push({
      id: 'inpatient',
      label: `${stays.length} hospital ${stays.length === 1 ? 'stay' : 'stays'} within a year`,
      points: Math.min(stays.length * riskRubric.inpatientStay, riskRubric.inpatientAtMost),
      evidence: stays.map((visit) => visit.id),
    })
  }
  if (emergencies.length > 0) {
    points.push({
      id: 'emergency',
      label: `${emergencies.length} emergency ${emergencies.length === 1 ? 'visit' : 'visits'} within a year`,
      points: Math.min(emergencies.length * riskRubric.emergencyVisit, riskRubric.emergencyAtMost),
      evidence: emergencies.map((visit) => visit.id),
    })
  }
  return points
}

function valuePoints(input: RiskInput): RiskPoint[] {
  const points: RiskPoint[] = []
  const since = addYears(input.asOf, -1)
  for (const kind of ['systolic', 'hba1c', 'egfr', 'phq9'] as const) {
    const latest = (input.values ?? [])
      .filter((value) => value.kind === kind && value.on <= input.asOf && value.on >= since)
      .sort((a, b) => compare(b.on, a.on) || compare(b.id, a.id))[0]
    if (!latest) continue
    const limit = riskRubric.uncontrolled[kind]
    const out = 'below' in limit ? latest.value < limit.below : latest.value >= limit.from
    if (out) points.push({ id: `value.${kind}`, label: limit.label, points: limit.points, evidence: [latest.id] })
  }
  return points
}

function levelOf(score: number): RiskLevel {
  let level: RiskLevel = 'low'
  for (const step of riskRubric.levels) if (score >= step.from) level = step.level
  return level
}

/** The risk level of a patient with every point and what it rests on. */
export function assessRisk(input: RiskInput): Risk {
  const points = conditionPoints(input)
  if (input.bornOn !== undefined) {
    const age = ageOn(input.bornOn, input.asOf)
    const step = riskRubric.ages.find((one) => age >= one.from)
    if (step) {
      points.push({
        id: 'age',
        label: `Aged ${age}`,
        points: step.points,
        evidence: [`born ${input.bornOn}`],
      })
    }
  }
  points.push(...usePoints(input))
  const step = riskRubric.medications.find((one) => input.medications.length >= one.from)
  if (step) {
    points.push({
      id: 'medications',
      label: `${input.medications.length} medications`,
      points: step.points,
      evidence: input.medications.map((one) => one.id),
    })
  }
  points.push(...valuePoints(input))
  const score = points.reduce((sum, one) => sum + one.points, 0)
  return { level: levelOf(score), score, points }
}
