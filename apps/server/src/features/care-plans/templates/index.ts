import { arthritis, asthma, dementia, hypothyroidism, osteoporosis } from './bones-lungs-mind.ts'
import { copd } from './copd.ts'
import { depression } from './depression.ts'
import { diabetes } from './diabetes.ts'
import { heartFailure } from './heart-failure.ts'
import { atrialFibrillation, hyperlipidemia, ischemicHeartDisease, stroke } from './heart-vessels.ts'
import { hypertension } from './hypertension.ts'
import { kidneyDisease } from './kidney-disease.ts'
import type { Template } from './template.ts'

export type { ChartMeasure, Doer, Template } from './template.ts'

/** Every template; the order is that in which their parts come into a plan: what is gravest stands first. */
export const templates: readonly Template[] = [
  heartFailure,
  diabetes,
  kidneyDisease,
  copd,
  ischemicHeartDisease,
  atrialFibrillation,
  stroke,
  hypertension,
  dementia,
  depression,
  asthma,
  hyperlipidemia,
  osteoporosis,
  arthritis,
  hypothyroidism,
]

/** The name under which a plan remembers where a part came from. */
export const nameOf = (template: Template): string => `${template.id}@${template.version}`
