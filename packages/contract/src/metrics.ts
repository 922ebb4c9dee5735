/** Endpoints of this feature. */
export const metrics = {}
