/** Endpoints of this feature. */
export const patients = {}
