/** Endpoints of this feature. */
export const minutes = {}
