export { type Enrollment, readEnrollment } from './enrollments.store.ts'

export const handlers = {}
