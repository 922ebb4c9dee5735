/** Endpoints of this feature. */
export const claims = {}
