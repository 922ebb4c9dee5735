// Written by packages/rules/tools/gen-data.ts. Do not edit.
/** Where each table comes from. */
export interface DataFile {
  readonly file: string
  readonly source: string
  readonly releasedOn: string
  readonly sha256: string
  readonly rows: number
}
export const dataFiles: readonly DataFile[] = [
  {
    file: 'pfs-2026.csv',
    source: 'CMS Physician Fee Schedule RVU26C, non-qualifying-APM file; 2024 totals from RVU24C',
    releasedOn: '2026-06-30',
    sha256: 'acc658bd2a1ba0bc2b43ad9d3febfe7a1bcc2c34e20d9a586720f6841ad9075b',
    rows: 84,
  },
  {
    file: 'gpci-2026.csv',
    source: 'CMS geographic practice cost indices 2026, with the 1.0 work floor',
    releasedOn: '2026-06-30',
    sha256: '0b003a523f86a1870e70f606b28b4c159e71156ac7942bef4b85902366db07a1',
    rows: 109,
  },
  {
    file: 'ccw-conditions.csv',
    source: 'CMS Chronic Conditions Warehouse algorithms',
    releasedOn: '2022-02',
    sha256: '322d70d6d5c20f39bf0655e8e2338416e220fd4638fe2597b301f360cc30fe65',
    rows: 6206,
  },
  {
    file: 'icd10cm-2023.csv.gz',
    source: 'ICD-10-CM, fiscal year 2023, CDC and CMS',
    releasedOn: '2022-10-01',
    sha256: 'fca744171acc321bfff98fa0ca07507d65ade59e73906b9260ccf216e3fbc2c9',
    rows: 96745,
  },
]
