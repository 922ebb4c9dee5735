/** Endpoints of this feature. */
export const outreach = {}
