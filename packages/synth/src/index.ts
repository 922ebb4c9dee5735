/** Synthetic clinics for the demo and for measuring: deterministic, from a seed, with no clock of their own. */
export {
  type Candidate,
  type ClinicEvent,
  type ClinicYear,
  planClinicYear,
  type StaffName,
  workday,
  type YearOptions,
} from './clinic-year.ts'
export { type Chance, chance } from './random.ts'
export { mbiFor } from './synthetic-mbi.ts'
