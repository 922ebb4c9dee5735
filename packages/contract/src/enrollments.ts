/** Endpoints of this feature. */
export const enrollments = {}
