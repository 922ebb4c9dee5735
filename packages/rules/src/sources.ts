/** Bibliography of the book. `tag`: S = confirmed in a source, S2 = one weak source, K = common knowledge of the field. */
export interface Source {
  readonly id: string
  readonly title: string
  readonly tag: 'S' | 'S2' | 'K'
}

const source = (id: string, tag: Source['tag'], title: string): Source => ({ id, tag, title })

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
  mln909188: source('mln909188', 'S', 'CMS booklet MLN909188, Chronic Care Management Services'),
  noridianTpe: source('noridian-tpe', 'S', 'Noridian, targeted probe and educate on 99490'),
  noridianQa2017: source('noridian-qa-2017', 'S', 'Noridian CCM questions and answers, 02/2017 and 11/2017'),
  noridianMrFaq: source('noridian-mr-faq', 'S', 'Noridian medical review questions on CCM'),
  aafp2016: source('aafp-2016', 'S', 'AAFP on CCM, quoting CMS'),
  aafpApcm: source('aafp-apcm', 'S', 'AAFP on advanced primary care management'),
  oig2019: source('oig-a-07-17-05101', 'S', 'OIG A-07-17-05101, CCM payments 2015-2016'),
  oig2021: source('oig-a-07-19-05122', 'S', 'OIG A-07-19-05122, CCM payments 2017-2018'),
  cfr41026: source('42-cfr-410.26', 'S', '42 CFR 410.26, services incident to a practitioner'),
  cfr41456: source(
    '42-cfr-414.56',
    'K',
    '42 CFR 414.56, payment of nurse practitioners, physician assistants and clinical nurse specialists',
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
  clinicPolicy: source('clinic-policy', 'K', 'Choice of the clinic; it can only narrow what the law allows'),
} as const satisfies Record<string, Source>
