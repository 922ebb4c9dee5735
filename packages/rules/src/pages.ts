/** What the written pages of the book need beyond its public parts: the cases and the schema of the facts. */
export type { Case } from './cases/case.ts'
export { allCases as ruleCases } from './cases/index.ts'
export { adjustmentGroups } from './denials/causes.ts'
export * from './index.ts'
export { factsSchema } from './parse-facts.ts'
