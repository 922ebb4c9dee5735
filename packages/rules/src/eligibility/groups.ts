import { ccwOther } from '../data/ccw-other.gen.ts'
import { sources } from '../sources.ts'
import type { CcmUse, ChronicGroup } from './types.ts'

interface CommonGroup {
  readonly id: string
  readonly label: string
  readonly use: CcmUse
  readonly prefixes: string
  /** Codes that the CCW counts here and that are no ground for chronic care: acute, historical or a finding. */
  readonly notForCcm?: string
  /** Codes added for chronic care that the CCW does not list. */
  readonly added?: string
  readonly note?: string
}

/** The 30 common conditions of the CCW, 02/2022, as prefixes; later children of a prefix are taken in. */
const common: readonly CommonGroup[] = [
  {
    id: 'acute_myocardial_infarction',
    label: 'Acute myocardial infarction',
    use: 'no',
    prefixes: 'I21 I22 I23',
    note: 'Afterwards it is ischemic heart disease (I25.2).',
  },
  { id: 'alzheimers', label: 'Alzheimer’s disease', use: 'yes', prefixes: 'G30' },
  {
    id: 'anemia',
    label: 'Anemia',
    use: 'yes',
    prefixes: 'C946 D46 D474 D50 D51 D52 D53 D55 D56 D57 D58 D59 D60 D61 D63 D64 D7581',
    note: 'Only where it is chronic.',
  },
  { id: 'asthma', label: 'Asthma', use: 'yes', prefixes: 'J45' },
  {
    id: 'atrial_fibrillation',
    label: 'Atrial fibrillation or flutter',
    use: 'yes',
    prefixes: 'I480 I481 I482 I483 I484 I4891',
    added: 'I4892',
  },
  { id: 'prostatic_hyperplasia', label: 'Benign prostatic hyperplasia', use: 'weak', prefixes: 'N40' },
  {
    id: 'breast_cancer',
    label: 'Breast cancer',
    use: 'active_only',
    prefixes: 'C50',
    notForCcm: 'D05 Z17 Z19 Z853 Z86000',
  },
  {
    id: 'colorectal_cancer',
    label: 'Colorectal cancer',
    use: 'active_only',
    prefixes: 'C18 C19 C20 C49A4 C49A5 D010 D011 D012',
    notForCcm: 'Z8503 Z8504',
  },
  {
    id: 'endometrial_cancer',
    label: 'Endometrial cancer',
    use: 'active_only',
    prefixes: 'C54 D070',
    notForCcm: 'Z8542',
  },
  { id: 'lung_cancer', label: 'Lung cancer', use: 'active_only', prefixes: 'C34 D022', notForCcm: 'Z8511' },
  {
    id: 'prostate_cancer',
    label: 'Prostate cancer',
    use: 'active_only',
    prefixes: 'C61 D075',
    notForCcm: 'Z8546',
  },
  {
    id: 'urologic_cancer',
    label: 'Cancer of kidney, bladder or ureter',
    use: 'active_only',
    prefixes: 'C64 C65 C66 C688 C689 D091',
    added: 'C67',
    notForCcm: 'Z8552 Z8553 Z8554 Z8559',
  },
  {
    id: 'cataract',
    label: 'Cataract',
    use: 'no',
    prefixes: 'H25 H260 H261 H2620 H2621 H2622 H263 H264 H268 H269 Q120',
    notForCcm: 'E0836 E0936 E1036 E1136 E1336',
  },
  {
    id: 'chronic_kidney_disease',
    label: 'Chronic kidney disease',
    use: 'yes',
    prefixes:
      'A1811 A5275 B520 E082 E092 E102 E112 E132 I12 I13 K767 M103 M3214 M3215 M3504 M350A N01 N02 N03 N04 N05 N06 N07 N08 N14 N150 N158 N159 N16 N18 N251 N2589 N259 N261 N269 N990 Q6102 Q611 Q612 Q613 Q614 Q615 Q618',
  },
  {
    id: 'copd',
    label: 'COPD',
    use: 'yes',
    prefixes: 'J41 J42 J430 J431 J432 J439 J44 J47 J982 J983',
    notForCcm: 'J40',
  },
  {
    id: 'depression_bipolar',
    label: 'Depression or bipolar disorder',
    use: 'yes',
    prefixes:
      'F0631 F0632 F310 F311 F312 F313 F314 F315 F316 F3171 F3173 F3175 F3176 F3177 F3178 F318 F319 F320 F321 F322 F323 F324 F325 F328 F329 F32A F33 F340 F341',
    notForCcm: 'F4321 F4323',
  },
  { id: 'diabetes', label: 'Diabetes', use: 'yes', prefixes: 'E08 E09 E10 E11 E13' },
  {
    id: 'glaucoma',
    label: 'Glaucoma',
    use: 'weak',
    prefixes: 'H4001 H4002 H4004 H4005 H401 H402 H403 H404 H405 H406 H408 H409 H42 H4451 H4723 Q150',
  },
  {
    id: 'heart_failure',
    label: 'Heart failure',
    use: 'yes',
    prefixes: 'I0981 I110 I130 I132 I420 I425 I426 I427 I428 I43 I50',
    notForCcm: 'P290',
  },
  {
    id: 'hip_fracture',
    label: 'Hip or pelvic fracture',
    use: 'no',
    prefixes: 'M8005 M8085 M8435 M8445 M8455 M8465 M970 S323 S324 S325 S326 S328 S329 S720 S721 S722 S790',
  },
  {
    id: 'hyperlipidemia',
    label: 'Hyperlipidemia',
    use: 'yes',
    prefixes: 'E780 E781 E782 E783 E784 E785',
    note: 'Low risk alone.',
  },
  {
    id: 'hypertension',
    label: 'Hypertension',
    use: 'yes',
    prefixes: 'H3503 I10 I11 I12 I13 I15 I674 N262',
    added: 'I1A',
  },
  {
    id: 'hypothyroidism',
    label: 'Hypothyroidism',
    use: 'yes',
    prefixes: 'E00 E018 E02 E030 E031 E032 E033 E034 E038 E039 E890',
    note: 'Low risk alone.',
  },
  {
    id: 'ischemic_heart_disease',
    label: 'Ischemic heart disease',
    use: 'yes',
    prefixes:
      'I200 I201 I208 I240 I241 I248 I251 I253 I254 I255 I256 I2570 I2571 I2572 I2573 I2575 I2576 I2579 I258 I259',
    added: 'I202 I209 I252',
  },
  {
    id: 'dementia',
    label: 'Dementia other than Alzheimer’s',
    use: 'yes',
    prefixes: 'F01 F02 F03 G138 G310 G311 G312 G3183 G94',
    notForCcm: 'F05 R4181',
  },
  { id: 'osteoporosis', label: 'Osteoporosis', use: 'yes', prefixes: 'M81 M800 M808' },
  {
    id: 'parkinsons',
    label: 'Parkinson’s disease',
    use: 'yes',
    prefixes: 'G20 G211 G213 G214 G218 G219 G3183',
  },
  {
    id: 'pneumonia',
    label: 'Pneumonia',
    use: 'no',
    prefixes:
      'A0103 A0222 A065 A202 A212 A221 A310 A3701 A3711 A3781 A3791 A403 A420 A430 A481 A5004 A5484 B012 B052 B0681 B371 B380 B382 B390 B392 B400 B402 B410 B583 B59 B664 B671 B7781 B953 B960 B961 J09X1 J100 J110 J12 J13 J14 J15 J16 J17 J18 J200 J84111 J84116 J84117 J84178 J842 J851 J95851 P23 Z8701',
  },
  {
    id: 'arthritis',
    label: 'Rheumatoid arthritis or osteoarthritis',
    use: 'yes',
    prefixes:
      'L4050 L4051 L4054 L4059 M05 M060 M061 M062 M063 M068 M069 M08 M15 M16 M17 M18 M19 M45 M468 M469 M470 M471 M472 M478 M479 M488',
  },
  {
    id: 'stroke',
    label: 'Stroke or its after-effects',
    use: 'yes',
    prefixes: '',
    added: 'I69',
    notForCcm: 'G450 G451 G452 G453 G458 G459 G46 G973 I60 I61 I6200 I6201 I6202 I629 I63 I6784 I6789 I9781 I9782',
    note: 'Chronic care is for the after-effects (I69), not for the acute event.',
  },
]

/** Of the wider set: those a practitioner may sanely manage. Others of the set are not used. */
const wider: ReadonlyArray<readonly [id: string, condition: string, label: string, use: CcmUse]> = [
  ['leukemia_lymphoma', 'Leukemias and Lymphomas', 'Leukemia or lymphoma', 'active_only'],
  ['hiv', 'Human Immunodeficiency Virus and/or Acquired Immunodeficiency Syndrome (HIV/AIDS)', 'HIV', 'yes'],
  ['hepatitis_b', 'Hepatitis B (chronic)', 'Chronic hepatitis B', 'yes'],
  ['hepatitis_c', 'Hepatitis C (chronic)', 'Chronic hepatitis C', 'yes'],
  [
    'liver_disease',
    'Liver Disease, Cirrhosis, and Other Liver Conditions (except Viral Hepatitis)',
    'Liver disease',
    'yes',
  ],
  ['peripheral_vascular_disease', 'Peripheral Vascular Disease (PVD)', 'Peripheral vascular disease', 'yes'],
  ['chronic_ulcers', 'Pressure and Chronic Ulcers', 'Pressure or chronic ulcer', 'yes'],
  ['multiple_sclerosis', 'Multiple Sclerosis and Transverse Myelitis', 'Multiple sclerosis', 'yes'],
  ['epilepsy', 'Epilepsy', 'Epilepsy', 'yes'],
  ['cerebral_palsy', 'Cerebral Palsy', 'Cerebral palsy', 'yes'],
  ['muscular_dystrophy', 'Muscular Dystrophy', 'Muscular dystrophy', 'yes'],
  ['paralysis', 'Mobility Impairments', 'Paralysis', 'yes'],
  ['schizophrenia', 'Schizophrenia and Other Psychotic Disorders', 'Schizophrenia or other psychosis', 'yes'],
  ['bipolar_other', 'Bipolar Disorder', 'Bipolar disorder', 'yes'],
  ['post_traumatic_stress', 'Post-Traumatic Stress Disorder (PTSD)', 'Post-traumatic stress disorder', 'yes'],
  ['anxiety', 'Anxiety Disorders', 'Anxiety', 'weak'],
  ['alcohol_use', 'Alcohol Use Disorders', 'Alcohol use disorder', 'yes'],
  ['drug_use', 'Drug Use Disorders', 'Drug use disorder', 'yes'],
  ['chronic_pain', 'Fibromyalgia and Chronic Pain and Fatigue', 'Chronic pain or fibromyalgia', 'weak'],
  ['migraine', 'Migraine and Chronic Headache', 'Migraine or chronic headache', 'weak'],
  [
    'metabolic_disorder',
    'Cystic Fibrosis and Other Metabolic Developmental Disorders',
    'Cystic fibrosis or metabolic disorder',
    'yes',
  ],
  ['obesity', 'Obesity', 'Obesity', 'weak'],
  ['intellectual_disability', 'Intellectual Disabilities and Related Conditions', 'Intellectual disability', 'yes'],
  ['tobacco', 'Tobacco Use', 'Tobacco use', 'no'],
]

/** Lasting conditions that no CCW list names. */
const own: ReadonlyArray<readonly [id: string, label: string, use: CcmUse, prefixes: string]> = [
  ['gout', 'Gout', 'yes', 'M10 M1A'],
  ['prediabetes', 'Prediabetes', 'weak', 'R7303'],
  ['sleep_apnea', 'Sleep apnea', 'weak', 'G473'],
  ['valve_disease', 'Heart valve disease', 'yes', 'I05 I06 I07 I08 I34 I35 I36 I37'],
  ['brain_injury', 'After-effects of a brain injury', 'yes', 'F07'],
]

const split = (text: string | undefined): string[] => (text ? text.split(' ') : [])

/** The codes the CCW counts in a common group that are no ground for chronic care; for the comparison with its list. */
export const notForCcm: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  common.map((group) => [group.id, split(group.notForCcm)]),
)

/** Disease groups, the 30 common ones first. A condition counts once for each group it is in. */
export const chronicGroups: readonly ChronicGroup[] = [
  ...common.map((group) => ({
    id: group.id,
    label: group.label,
    use: group.use,
    prefixes: [...split(group.prefixes), ...split(group.added)],
    common: true,
    ...(group.note === undefined ? {} : { note: group.note }),
    source: sources.ccw2022,
  })),
  ...wider.map(([id, condition, label, use]) => ({
    id,
    label,
    use,
    prefixes: split(ccwOther[condition]),
    common: false,
    source: sources.ccw2022,
  })),
  ...own.map(([id, label, use, prefixes]) => ({
    id,
    label,
    use,
    prefixes: split(prefixes),
    common: false,
    note: 'Not in the CCW.',
    source: sources.clinicPolicy,
  })),
]

const byPrefix = new Map<string, ChronicGroup[]>()
for (const group of chronicGroups) {
  for (const prefix of group.prefixes) byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), group])
}

const NONE: readonly ChronicGroup[] = []
const CACHE_LIMIT = 20_000
const answers = new Map<string, readonly ChronicGroup[]>()

function lookUp(code: string): readonly ChronicGroup[] {
  const found = new Set<ChronicGroup>()
  for (let length = 3; length <= code.length; length += 1) {
    for (const group of byPrefix.get(code.slice(0, length)) ?? []) found.add(group)
  }
  const inCommon = [...found].filter((group) => group.common)
  if (inCommon.length > 0) return inCommon
  // The wider lists overlap one another for one disease, so a code counts in the first of them only.
  const first = [...found][0]
  return first ? [first] : NONE
}

/** The disease groups of an ICD-10-CM code, with or without the dot. I12 and I13 are several diseases in one code. */
export function groupsOfIcd10(code: string): readonly ChronicGroup[] {
  const known = answers.get(code)
  if (known) return known
  const found = lookUp(code.replace('.', '').toUpperCase())
  if (answers.size >= CACHE_LIMIT) answers.clear()
  answers.set(code, found)
  return found
}

export function groupById(id: string): ChronicGroup | undefined {
  return chronicGroups.find((group) => group.id === id)
}
