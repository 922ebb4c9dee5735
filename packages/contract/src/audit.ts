/** Endpoints of this feature. */
export const audit = {}
