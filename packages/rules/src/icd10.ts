/** The ICD-10-CM tables that come with the book, apart from it: a page that shows a verdict does not carry them. */
import { icd10Of2023 } from './data/icd10-2023.gen.ts'
import { type Icd10Table, packedIcd10Table } from './diagnoses/icd10.ts'

/** Fiscal year 2023 alone; a clinic loads the table of each later year, and until then those years are unknown. */
export const icd10Tables: readonly Icd10Table[] = [packedIcd10Table(2023, icd10Of2023)]
