/**
 * From SNOMED CT to ICD-10-CM, for conditions that last. Our own choice of the nearest code that can go on a claim;
 * the coder confirms it. The SNOMED terms themselves are not carried, only code numbers and our own short words.
 */
export interface SnomedRow {
  readonly code: string
  readonly label: string
  /** null = lasting or notable, but no ICD-10-CM code is proposed. */
  readonly icd10cm: string | null
  /** Set where the finding only points to a disease: it goes to the provider and never counts. */
  readonly suspects?: string
}

const rows: ReadonlyArray<readonly [code: string, label: string, icd10cm: string | null, suspects?: string]> = [
  // Heart and vessels
  ['38341003', 'High blood pressure', 'I10'],
  ['59621000', 'Essential high blood pressure', 'I10'],
  ['55822004', 'High blood fats', 'E78.5'],
  ['302870006', 'High triglycerides', 'E78.1'],
  ['13644009', 'High cholesterol', 'E78.00'],
  ['49436004', 'Atrial fibrillation', 'I48.91'],
  ['53741008', 'Coronary heart disease', 'I25.10'],
  ['414545008', 'Ischemic heart disease', 'I25.9'],
  ['413838009', 'Chronic ischemic heart disease', 'I25.9'],
  ['22298006', 'Heart attack', 'I25.2'],
  ['399211009', 'Past heart attack', 'I25.2'],
  ['88805009', 'Chronic heart failure', 'I50.9'],
  ['42343007', 'Congestive heart failure', 'I50.9'],
  ['84114007', 'Heart failure', 'I50.9'],
  ['230690007', 'Stroke', 'I69.30'],
  ['48724000', 'Mitral valve leak', 'I34.0'],
  ['400047006', 'Peripheral vascular disease', 'I73.9'],
  // Sugar, weight, thyroid, blood
  ['44054006', 'Type 2 diabetes', 'E11.9'],
  ['73211009', 'Diabetes', 'E11.9'],
  ['46635009', 'Type 1 diabetes', 'E10.9'],
  ['368581000119106', 'Nerve damage from type 2 diabetes', 'E11.40'],
  ['422034002', 'Eye damage from type 2 diabetes', 'E11.319'],
  ['1551000119108', 'Early eye damage from type 2 diabetes', 'E11.3299'],
  ['1501000119109', 'Late eye damage from type 2 diabetes', 'E11.3599'],
  ['97331000119101', 'Swelling of the retina from type 2 diabetes', 'E11.311'],
  ['90781000119102', 'Albumin in urine from type 2 diabetes', 'E11.29'],
  ['157141000119108', 'Protein in urine from type 2 diabetes', 'E11.29'],
  ['127013003', 'Kidney disease from diabetes', 'E11.21'],
  ['15777000', 'Prediabetes', 'R73.03'],
  ['162864005', 'Obesity', 'E66.9'],
  ['414916001', 'Obesity', 'E66.9'],
  ['408512008', 'Severe obesity', 'E66.01'],
  ['40930008', 'Low thyroid', 'E03.9'],
  ['83664006', 'Low thyroid from wasting', 'E03.4'],
  ['271737000', 'Anemia', 'D64.9'],
  ['90560007', 'Gout', 'M10.9'],
  ['237602007', 'Metabolic syndrome', 'E88.810'],
  // Kidney
  ['709044004', 'Chronic kidney disease', 'N18.9'],
  ['431855005', 'Chronic kidney disease, stage 1', 'N18.1'],
  ['431856006', 'Chronic kidney disease, stage 2', 'N18.2'],
  ['433144002', 'Chronic kidney disease, stage 3', 'N18.30'],
  ['700378005', 'Chronic kidney disease, stage 3a', 'N18.31'],
  ['700379002', 'Chronic kidney disease, stage 3b', 'N18.32'],
  ['431857002', 'Chronic kidney disease, stage 4', 'N18.4'],
  ['433146000', 'Chronic kidney disease, stage 5', 'N18.5'],
  ['46177005', 'End-stage kidney disease', 'N18.6'],
  ['161665007', 'Past kidney transplant', 'Z94.0', 'chronic_kidney_disease'],
  // Lungs, sleep
  ['13645005', 'COPD', 'J44.9'],
  ['185086009', 'Chronic bronchitis with obstruction', 'J44.9'],
  ['87433001', 'Emphysema', 'J43.9'],
  ['195967001', 'Asthma', 'J45.909'],
  ['233678006', 'Childhood asthma', 'J45.909'],
  ['78275009', 'Obstructive sleep apnea', 'G47.33'],
  // Mind and nerves
  ['26929004', 'Alzheimer’s disease', 'G30.9'],
  ['52448006', 'Dementia', 'F03.90'],
  ['370143000', 'Major depression', 'F32.9'],
  ['35489007', 'Depression', 'F32.A'],
  ['13746004', 'Bipolar disorder', 'F31.9'],
  ['58214004', 'Schizophrenia', 'F20.9'],
  ['48694002', 'Anxiety', 'F41.9'],
  ['197480006', 'Anxiety disorder', 'F41.9'],
  ['47505003', 'Post-traumatic stress', 'F43.10'],
  ['7200002', 'Alcohol dependence', 'F10.20'],
  ['84757009', 'Epilepsy', 'G40.909'],
  ['128613002', 'Seizure disorder', 'G40.909'],
  ['49049000', 'Parkinson’s disease', 'G20.A1'],
  ['24700007', 'Multiple sclerosis', 'G35'],
  ['124171000119105', 'Chronic migraine', 'G43.719'],
  ['698754002', 'Paralysis from a spinal cord injury', 'G82.20'],
  ['275272006', 'Brain damage from an injury', 'F07.89'],
  // Bones, joints, pain
  ['64859006', 'Osteoporosis', 'M81.0'],
  ['443165006', 'Fracture from osteoporosis', 'M80.00XA'],
  ['396275006', 'Osteoarthritis', 'M19.90'],
  ['239873007', 'Osteoarthritis of the knee', 'M17.9'],
  ['239872002', 'Osteoarthritis of the hip', 'M16.9'],
  ['201834006', 'Osteoarthritis of the hand', 'M19.049'],
  ['69896004', 'Rheumatoid arthritis', 'M06.9'],
  ['82423001', 'Chronic pain', 'G89.29'],
  ['278860009', 'Chronic low back pain', 'G89.29'],
  ['1121000119107', 'Chronic neck pain', 'G89.29'],
  ['203082005', 'Fibromyalgia', 'M79.7'],
  // Liver, infections
  ['19943007', 'Cirrhosis', 'K74.60'],
  ['61977001', 'Chronic hepatitis B', 'B18.1'],
  ['128302006', 'Chronic hepatitis C', 'B18.2'],
  ['86406008', 'HIV', 'B20'],
  // Cancer
  ['254637007', 'Lung cancer, not small cell', 'C34.90'],
  ['424132000', 'Lung cancer, not small cell, stage 1', 'C34.90'],
  ['109838007', 'Colon cancer', 'C18.8'],
  ['254837009', 'Breast cancer', 'C50.919'],
  ['92691004', 'Early prostate cancer', 'D07.5'],
  ['126906006', 'Growth of the prostate', 'D49.59', 'prostate_cancer'],
  ['162573006', 'Suspected lung cancer', null, 'lung_cancer'],
  // Lasting, but no ground for chronic care management by itself
  ['40055000', 'Chronic sinusitis', 'J32.9'],
  ['446096008', 'Allergic rhinitis all year', 'J30.89'],
  ['367498001', 'Seasonal allergic rhinitis', 'J30.2'],
  ['24079001', 'Atopic dermatitis', 'L20.9'],
  ['197927001', 'Recurrent urinary infection', 'N39.0'],
  ['68496003', 'Polyp of the colon', 'K63.5'],
  ['713197008', 'Recurrent rectal polyp', 'K62.1'],
  ['39898005', 'Sleep disorder', 'G47.9'],
  ['449868002', 'Daily smoker', 'F17.210'],
  // Findings that point to something
  ['80394007', 'High blood sugar', 'R73.9', 'diabetes'],
  ['703151001', 'A single seizure in the past', null, 'epilepsy'],
  ['399261000', 'Past coronary bypass', 'Z95.1', 'ischemic_heart_disease'],
  ['274531002', 'Abnormal heart imaging', 'R93.1', 'ischemic_heart_disease'],
  ['429007001', 'Past cardiac arrest', 'Z86.74', 'ischemic_heart_disease'],
  ['10939881000119105', 'Unhealthy drinking', null, 'alcohol_use'],
  ['361055000', 'Drug misuse', null, 'drug_use'],
]

export const snomedMap: ReadonlyMap<string, SnomedRow> = new Map(
  rows.map(([code, label, icd10cm, suspects]) => [
    code,
    { code, label, icd10cm, ...(suspects === undefined ? {} : { suspects }) },
  ]),
)

/** The ICD-10-CM code proposed for a SNOMED CT code; undefined where the book has none. */
export function snomedToIcd10(code: string): string | undefined {
  return snomedMap.get(code)?.icd10cm ?? undefined
}
