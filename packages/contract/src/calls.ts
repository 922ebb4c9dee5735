/** Endpoints of this feature. */
export const calls = {}
