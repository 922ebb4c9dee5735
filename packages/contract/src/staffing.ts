/** Endpoints of this feature. */
export const staffing = {}
