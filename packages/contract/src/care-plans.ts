/** Endpoints of this feature. */
export const carePlans = {}
