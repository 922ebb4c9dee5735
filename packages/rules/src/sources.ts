/** Bibliography of the book. `tag`: S = confirmed in a source, S2 = one weak source, K = common knowledge of the field. */
export interface Source {
  readonly id: string
  readonly title: string
  readonly tag: 'S' | 'S2' | 'K'
  /** Where the text can be read, if it stands at a lasting public address. */
  readonly url?: string
}

const source = (id: string, tag: Source['tag'], title: string, url?: string): Source =>
  url === undefined ? { id, tag, title } : { id, tag, title, url }

export const sources = {
  cmsFaq2015: source('cms-faq-2015', 'S', 'CMS frequently asked questions on CCM billing, 2015, as quoted by AAFP'),
  cmsFaq2017: source('cms-faq-2017', 'S', 'CMS frequently asked questions on CCM, 2017'),
  pfs2015: source('pfs-2015', 'K', 'CY 2015 Physician Fee Schedule final rule (first CCM payment, 99490)'),
  pfs2017: source(
    'pfs-2017',
    'K',
    'CY 2017 Physician Fee Schedule final rule (verbal consent, complex CCM, visit only for new or unseen patients)',
  ),
  pfs2019: source('pfs-2019', 'K', 'CY 2019 Physician Fee Schedule final rule (99491)'),
  pfs2020: source(
    'pfs-2020',
    'S',
    'CY 2020 Physician Fee Schedule final rule (TCM beside CCM; plan revision no longer part of complex CCM)',
  ),
  pfs2021: source('pfs-2021', 'S', 'CY 2021 Physician Fee Schedule final rule (99439)'),
  pfs2022: source('pfs-2022', 'K', 'CY 2022 Physician Fee Schedule final rule (99437)'),
  pfs2025: source('pfs-2025', 'S', 'CY 2025 Physician Fee Schedule final rule (APCM)'),
  pfs2026: source('pfs-2026', 'S', 'CMS-1832-F, CY 2026 Physician Fee Schedule final rule (two conversion factors)'),
  pfs2027Proposed: source('pfs-2027-proposed', 'S', 'CMS-1848-P, 91 FR 43842, CY 2027 proposed rule'),
  rvu24c: source('rvu24c', 'S', 'CMS relative value file RVU24C'),
  rvu26c: source('rvu26c', 'S', 'CMS relative value file RVU26C, July 2026, non-qualifying-APM file'),
  gpci2026: source('gpci-2026', 'S', 'CMS geographic practice cost indices 2026, with the 1.0 work floor'),
  amounts2025: source('amounts-2025', 'S', 'Published national non-facility amounts for 2025'),
  ccw2022: source('ccw-2022', 'S', 'CMS Chronic Conditions Warehouse, 30 chronic conditions algorithms, 02/2022'),
  mln909188: source(
    'mln909188',
    'S',
    'CMS booklet MLN909188, Chronic Care Management Services',
    'https://www.cms.gov/files/document/chroniccaremanagement.pdf',
  ),
  noridianTpe: source('noridian-tpe', 'S', 'Noridian, targeted probe and educate on 99490'),
  noridianQa2017: source('noridian-qa-2017', 'S', 'Noridian CCM questions and answers, 02/2017 and 11/2017'),
  noridianMrFaq: source('noridian-mr-faq', 'S', 'Noridian medical review questions on CCM'),
  aafp2016: source('aafp-2016', 'S', 'AAFP on CCM, quoting CMS'),
  aafpApcm: source('aafp-apcm', 'S', 'AAFP on advanced primary care management'),
  oig2019: source(
    'oig-a-07-17-05101',
    'S',
    'OIG A-07-17-05101, CCM payments 2015-2016',
    'https://oig.hhs.gov/oas/reports/region7/71705101.asp',
  ),
  oig2021: source(
    'oig-a-07-19-05122',
    'S',
    'OIG A-07-19-05122, CCM payments 2017-2018',
    'https://oig.hhs.gov/oas/reports/region7/71905122.asp',
  ),
  cfr41026: source(
    '42-cfr-410.26',
    'S',
    '42 CFR 410.26, services incident to a practitioner',
    'https://www.ecfr.gov/current/title-42/section-410.26',
  ),
  cfr41456: source(
    '42-cfr-414.56',
    'K',
    '42 CFR 414.56, payment of nurse practitioners, physician assistants and clinical nurse specialists',
    'https://www.ecfr.gov/current/title-42/section-414.56',
  ),
  regence2021: source('regence-2021', 'S', 'Payer policy on CCM units, 2021'),
  txMedicalAssociation: source('tma-2016', 'S', 'Texas Medical Association page on CCM'),
  mbAndC: source('mb-and-c', 'S', 'Practice guidance on who may bill 99491'),
  timedoc: source('timedoc', 'S', 'Published guidance on countable CCM activities'),
  cms8091n: source('cms-8091-n', 'S', '90 FR 52063, CMS-8091-N, Part B deductible 2026'),
  deductibles: source('part-b-deductibles', 'K', 'Part B deductibles 2024 and 2025'),
  sequestration: source(
    'sequestration',
    'K',
    'Sequestration of Medicare payments, 2 %, in force through fiscal year 2032',
  ),
  hetsQmb: source('hets-qmb', 'S', 'HETS shows the QMB period; QMB patients owe no cost sharing'),
  claimsManual: source(
    'claims-manual',
    'K',
    'Medicare claims processing practice: dates, places and adjustment reasons',
  ),
  cfr4052413: source(
    '42-cfr-405.2413',
    'S',
    '42 CFR 405.2413 and 405.2415, services incident to a practitioner of a rural health clinic or health center',
    'https://www.ecfr.gov/current/title-42/section-405.2413',
  ),
  narhc2025: source(
    'narhc-2025',
    'S',
    'National Association of Rural Health Clinics, December 2025: end of G0511, individual codes from October 2025',
  ),
  cms1654f: source('cms-1654-f', 'S', 'CMS-1654-F, CY 2017 rule: 99484 and collaborative care exclude each other'),
  calTrc: source('caltrc', 'S', 'California Telehealth Resource Center: transitional care beside G0511 from 2022'),
  noridianChi: source('noridian-chi', 'S', 'Noridian on community health integration'),
  ngsAppeals: source('ngs-appeals', 'S', 'National Government Services and Noridian, the five levels of appeal'),
  fr55869: source('90-fr-55869', 'S', '90 FR 55869, amounts in controversy of 2026'),
  cfr405942: source(
    '42-cfr-405.942',
    'S',
    '42 CFR 405.942, time to ask for a redetermination',
    'https://www.ecfr.gov/current/title-42/section-405.942',
  ),
  cfr405980: source(
    '42-cfr-405.980',
    'S',
    '42 CFR 405.980, reopenings: one year for any reason, four for good cause',
    'https://www.ecfr.gov/current/title-42/section-405.980',
  ),
  cfr41133: source(
    '42-cfr-411.33',
    'S',
    '42 CFR 411.33(a), amount of a Medicare secondary payment for services on the fee schedule',
    'https://www.ecfr.gov/current/title-42/section-411.33',
  ),
  cfr42444: source(
    '42-cfr-424.44',
    'K',
    '42 CFR 424.44, time limit for claims: one calendar year after the service',
    'https://www.ecfr.gov/current/title-42/section-424.44',
  ),
  cfr401305: source(
    '42-cfr-401.305',
    'K',
    '42 CFR 401.305, overpayments: report and return within 60 days, six years back',
    'https://www.ecfr.gov/current/title-42/section-401.305',
  ),
  npiStandard: source('npi-standard', 'K', 'National Provider Identifier: ten digits with a Luhn check over 80840'),
  mbiFormat: source('mbi-format', 'S', 'CMS, format of the Medicare Beneficiary Identifier'),
  icd10cm: source('icd-10-cm', 'S', 'ICD-10-CM tables of CDC and CMS, one a fiscal year from 1 October'),
  fieldKnowledge: source(
    'field-knowledge',
    'K',
    'Common knowledge of the field, not confirmed in a source: an organization may decide otherwise',
  ),
  clinicPolicy: source('clinic-policy', 'K', 'Choice of the clinic; it can only narrow what the law allows'),
} as const satisfies Record<string, Source>
