/** Endpoints of this feature. */
export const tasks = {}
