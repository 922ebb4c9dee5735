/** Endpoints of this feature. */
export const eligibility = {}
