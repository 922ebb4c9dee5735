/** Endpoints of this feature. */
export const months = {}
